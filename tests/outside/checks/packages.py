"""What independent readers say of the data editions of any lists: frictionless and jsonschema.

packages.py SCHEMAS... -- OUTPUT-FOLDER..., the schemas being those of the edition, the manifest and the data package.
"""

import json
import pathlib
import sys

import frictionless
import jsonschema


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    at = sys.argv.index("--")
    validators = [jsonschema.Draft202012Validator(read(pathlib.Path(path))) for path in sys.argv[1:at]]
    faults = []
    for folder in map(pathlib.Path, sys.argv[at + 1 :]):
        report = frictionless.validate(str(folder / "datapackage.json"))
        found = report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
        faults += [f"{folder.name}: {fault}" for fault in found[:5]]
        assert len(report.tasks) == 6, [task.name for task in report.tasks]
        for name, validator in zip([f"{folder.name}.json", "manifest.json", "datapackage.json"], validators, strict=True):
            errors = validator.iter_errors(read(folder / name))
            faults += [f"{folder.name}: {name}: {error.json_path}: {error.message}" for error in list(errors)[:5]]
    assert not faults, "\n".join(faults)


main()
