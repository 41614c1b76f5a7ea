"""What independent readers make of the machine-readable edition: data.py OUTPUT-FOLDER DOCUMENT SCHEMA."""

import json
import pathlib
import shutil
import sys
import tempfile

import frictionless
import jsonschema
import openpyxl
import pandas


def package_is_valid(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]
    assert len(report.tasks) == 6, [task.name for task in report.tasks]


def change_is_noticed(folder, document):
    with tempfile.TemporaryDirectory() as copy:
        copy = pathlib.Path(copy, "package")
        shutil.copytree(folder, copy)
        table = copy / f"{document}-values.csv"
        text = table.read_bytes()
        table.write_bytes(text.replace(b"exact", b"exalt", 1))
        report = frictionless.validate(str(copy / "datapackage.json"))
        found = {error for error, in report.flatten(["type"])}
        assert {"hash-count", "constraint-error", "foreign-key"} <= found, found


def pandas_reads_it(folder, document):
    rows = pandas.read_csv(folder / f"{document}.csv")
    values = pandas.read_csv(folder / f"{document}-values.csv")
    codes = pandas.read_csv(folder / "codes.csv", dtype=str)
    assert rows.columns[0] == "goal", "no byte order mark in the first name"
    assert rows["row_id"].tolist() == list(range(1, len(rows) + 1))
    for column in ["amount", "lower", "upper", "fiscal_year"]:
        assert pandas.api.types.is_numeric_dtype(values[column]), column
    pandas.to_datetime(values["date_from"], format="%Y-%m-%d")
    joined = values.merge(rows[["row_id", "indicator"]], on="row_id", validate="many_to_one")
    assert len(joined) == len(values) > len(rows)
    labels = codes.loc[codes["code_list"] == "disposition"].set_index("code")["label"]
    assert (rows["disposition_code"].astype(str).map(labels) == rows["disposition"]).all()
    return rows, values


def openpyxl_reads_the_same(folder, document, rows, values):
    book = openpyxl.load_workbook(folder / f"{document}-data.xlsx")
    assert book.sheetnames == ["indicators", "values", "notes", "codes", "dictionary"]
    for name, table in [("indicators", rows), ("values", values)]:
        sheet = book[name]
        assert not sheet.merged_cells.ranges
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        assert sheet.max_row == len(table) + 1
        for column, header in enumerate(table.columns, start=1):
            for cell, expected in zip(sheet.iter_rows(2, None, column, column), table[header]):
                value = cell[0].value
                assert (value is None) == pandas.isna(expected), (header, value, expected)
                assert value is None or cell[0].data_type in "ns", cell[0].data_type
                if isinstance(value, (int, float)):
                    assert value == expected, (header, value, expected)


def json_conforms(folder, document, schema):
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    edition = json.loads((folder / f"{document}.json").read_text(encoding="utf-8"))
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(edition)]
    assert not errors, errors[:5]
    del edition["rows"][0]["indicator"]["raw"]
    assert not validator.is_valid(edition), "a broken edition is accepted"


def main():
    folder, document, schema = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    package_is_valid(folder)
    change_is_noticed(folder, document)
    rows, values = pandas_reads_it(folder, document)
    openpyxl_reads_the_same(folder, document, rows, values)
    json_conforms(folder, document, schema)


main()
