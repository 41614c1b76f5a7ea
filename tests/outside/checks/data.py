"""What independent readers make of the machine-readable editions.

data.py OUTPUT-FOLDER DOCUMENT ANOTHER.json SCHEMAS, ANOTHER.json being one more edition that must conform to its schema; the schemas
are those of the edition, the manifest and the data package.
"""

import copy
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
    with tempfile.TemporaryDirectory() as changed:
        changed = pathlib.Path(changed, "package")
        shutil.copytree(folder, changed)
        table = changed / f"{document}-values.csv"
        text = table.read_bytes()
        table.write_bytes(text.replace(b"exact", b"exalt", 1))
        report = frictionless.validate(str(changed / "datapackage.json"))
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


def json_conforms(edition, validator):
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(edition)]
    assert not errors, errors[:5]


def put(edition, path, value):
    *path, last = path
    for step in path:
        edition = edition[step]
    edition[last] = value


def what_differs_is_rejected(edition, validator):
    number, row = next(
        (i, row)
        for i, row in enumerate(edition["rows"])
        if row["fields"]["target"] and row["fields"]["target"]["time"]
    )
    fields = ("rows", number, "fields")
    target = (*fields, "target")
    quantity = (*target, "parts", 0, "quantity")
    disposition = next(i for i, field in enumerate(edition["fields"]) if field["role"] == "disposition")
    for path, value in [
        (("$schema",), "urn:kaitei:schema:edition:1"),
        (("document", "date"), "令和2年"),
        (("document", "title"), None),
        (("tally", "total"), -1),
        (("tally", "field"), None),
        (("fields", 0, "kind"), "words"),
        (("fields", 0, "role"), "label"),
        (("fields", disposition, "choices", 0, "reason"), "perhaps"),
        (("rows", number, "groups"), {"Goal": row["fields"]["indicator"]}),
        ((*fields, "indicator"), "a text"),
        ((*target, "origin", "cell"), "23C"),
        ((*target, "time", "kind"), "era"),
        ((*target, "time", "kind"), "month"),
        ((*target, "time", "fiscal_year"), "2018"),
        (quantity, {"kind": "exact", "value": 1113}),
        (quantity, {"kind": "exact", "value": "1,113"}),
        (quantity, {"kind": "range", "min": "1"}),
        (quantity, {"kind": "about", "value": "1113"}),
    ]:
        broken = copy.deepcopy(edition)
        put(broken, path, value)
        assert not validator.is_valid(broken), (path, value)
    # A key too many and a key too few, in every object of the row.
    for path, keys in objects(row, ("rows", number)):
        more = copy.deepcopy(edition)
        put(more, (*path, "Extra"), None)
        assert not validator.is_valid(more), (path, "a key too many")
        for key in keys:
            fewer = copy.deepcopy(edition)
            parent = fewer
            for step in path:
                parent = parent[step]
            del parent[key]
            assert path[-1] in ["groups", "fields"] or not validator.is_valid(fewer), (path, key)


def objects(value, path):
    if isinstance(value, dict):
        yield path, list(value)
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for step, inner in steps:
        yield from objects(inner, (*path, step))


def main():
    folder, document = pathlib.Path(sys.argv[1]), sys.argv[2]
    edition, another, manifest, package, *schemas = (
        json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        for path in [
            folder / f"{document}.json",
            sys.argv[3],
            folder / "manifest.json",
            folder / "datapackage.json",
            *sys.argv[4:],
        ]
    )
    package_is_valid(folder)
    change_is_noticed(folder, document)
    rows, values = pandas_reads_it(folder, document)
    openpyxl_reads_the_same(folder, document, rows, values)
    for schema in schemas:
        jsonschema.Draft202012Validator.check_schema(schema)
    of_edition, of_manifest, of_package = map(jsonschema.Draft202012Validator, schemas)
    json_conforms(edition, of_edition)
    json_conforms(another, of_edition)
    json_conforms(manifest, of_manifest)
    json_conforms(package, of_package)
    what_differs_is_rejected(edition, of_edition)
    for path, value in [
        (("$schema",), "urn:kaitei:schema:manifest:1"),
        (("template", "sha256"), "0"),
        (("outputs", 0, "bytes"), "1"),
        (("extra",), 1),
    ]:
        broken = copy.deepcopy(manifest)
        put(broken, path, value)
        assert not of_manifest.is_valid(broken), path
    for path, value in [
        (("conformsTo",), "urn:kaitei:schema:data:1"),
        (("resources", 1, "name"), "numbers"),
        (("resources", 1, "schema", "fields", 0, "name"), "row"),
    ]:
        broken = copy.deepcopy(package)
        put(broken, path, value)
        assert not of_package.is_valid(broken), path


main()
