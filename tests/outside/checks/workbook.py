"""Whether Excel opens a workbook without repairing it: the schema, and what Excel asks for beyond it.

workbook.py OOXML-VALIDATE.js FILE.xlsx: the first is the command of the npm package @ooxml-tools/validate, which holds
Microsoft's Open XML SDK. Prints what is wrong, and exits with 1.
"""

import json
import posixpath
import re
import subprocess
import sys
import zipfile

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)")
COLUMNS, ROWS = 16_384, 1_048_576
TEXT, FORMULA, LIST, WIDTH = 32_767, 8_192, 255, 255
SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
CELL_TYPES = {"b", "d", "e", "inlineStr", "n", "s", "str"}
# Letters of the texts beside a validation.
PROMPTS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}


def place(reference):
    """Column and row of a cell, from 1, or None."""
    match = CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (column, row) if column <= COLUMNS and row <= ROWS else None


def area(reference):
    """First and last place of a range, or None."""
    first, _, last = reference.partition(":")
    first, last = place(first), place(last or first)
    if first is None or last is None or first[0] > last[0] or first[1] > last[1]:
        return None
    return first, last


def overlap(one, other):
    return all(one[0][i] <= other[1][i] and other[0][i] <= one[1][i] for i in (0, 1))


def text_of(element):
    return "".join(text.text or "" for text in element.iter(MAIN + "t"))


class Package:
    """The parts of the file, and what points from one to the other."""

    def __init__(self, path):
        self.wrong, self.parts, self.relations = [], {}, {}
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            broken = archive.testzip()
            if broken:
                self.wrong.append(f"{broken} is broken")
            for name in self.names:
                if name.endswith((".xml", ".rels", ".vml")):
                    self.read(name, archive.read(name))
        if len(self.names) != len({name.lower() for name in self.names}):
            self.wrong.append("two parts of one name")
        self.read_types()
        for name in [name for name in self.parts if name.endswith(".rels")]:
            self.read_relations(name)

    def read(self, name, content):
        try:
            self.parts[name] = etree.fromstring(content)
        except etree.XMLSyntaxError as error:
            self.wrong.append(f"{name}: {error}")

    def read_types(self):
        types = self.parts["[Content_Types].xml"]
        self.types = {item.get("PartName") for item in types if item.tag.endswith("Override")}
        for name in self.types:
            if name.lstrip("/") not in self.names:
                self.wrong.append(f"a type for {name}, which is not there")

    def read_relations(self, name):
        folder = posixpath.dirname(posixpath.dirname(name))
        source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        own = self.relations.setdefault(source, {})
        for relation in self.parts[name]:
            target = relation.get("Target")
            if relation.get("Id") in own:
                self.wrong.append(f"{name}: two relations {relation.get('Id')}")
            if relation.get("TargetMode") != "External":
                is_absolute = target.startswith("/")
                target = target[1:] if is_absolute else posixpath.normpath(posixpath.join(folder, target))
                if target not in self.names:
                    self.wrong.append(f"{name}: {target} is not there")
                elif target.startswith("xl/") and target.endswith(".xml") and f"/{target}" not in self.types:
                    self.wrong.append(f"{target} has no type")
            own[relation.get("Id")] = (relation.get("Type").rsplit("/", 1)[-1], target)

    def related(self, source, kind):
        return [target for own, target in self.relations.get(source, {}).values() if own == kind]

    def elements(self, name, tag):
        return list(self.parts[name].iter(MAIN + tag)) if name in self.parts else []


class Book:
    """The workbook's sheets, looked at one by one."""

    def __init__(self, package):
        self.package, self.wrong = package, package.wrong
        [self.workbook] = package.related("", "officeDocument")
        self.shared = [text_of(item) for item in package.elements("xl/sharedStrings.xml", "si")]
        formats = package.elements("xl/styles.xml", "cellXfs")
        self.formats = len(formats[0]) if formats else 1
        self.tables = set()

    def look(self):
        for number, text in enumerate(self.shared):
            if len(text) > TEXT:
                self.wrong.append(f"shared text {number} has {len(text)} characters")
        names = set()
        for sheet in self.package.elements(self.workbook, "sheet"):
            name = sheet.get("name")
            if not SHEET_NAME.fullmatch(name):
                self.wrong.append(f"a sheet may not be named {name!r}")
            if name.lower() in names:
                self.wrong.append(f"two sheets {name!r}")
            names.add(name.lower())
            relation = self.package.relations[self.workbook].get(sheet.get(RELATION))
            if relation is None:
                self.wrong.append(f"the sheet {name!r} has no part")
            else:
                Sheet(self, name, relation[1]).look()
        return self.wrong


class Sheet:
    """A sheet: its cells in order, its ranges, its tables."""

    def __init__(self, book, name, part):
        self.book, self.name, self.part = book, name, part
        self.root = book.package.parts[part]
        self.values = {}

    def say(self, what):
        self.book.wrong.append(f"sheet {self.name}: {what}")

    def elements(self, *tags):
        return self.root.iter(*(MAIN + tag for tag in tags))

    def look(self):
        self.look_at_cells()
        merges = self.look_at_merges()
        self.look_at_ranges()
        self.look_at_validations()
        for column in self.elements("col"):
            if not 0 <= float(column.get("width", 8)) <= WIDTH:
                self.say(f"a column {column.get('width')} wide")
        self.look_at_tables(merges)

    def look_at_cells(self):
        last_row = 0
        for row in self.elements("row"):
            number = int(row.get("r", last_row + 1))
            if number <= last_row:
                self.say(f"row {number} after row {last_row}")
            last_row, last_column = number, 0
            for cell in row.iter(MAIN + "c"):
                at = place(cell.get("r")) if cell.get("r") else (last_column + 1, number)
                if at is None or at[1] != number or at[0] <= last_column:
                    self.say(f"cell {cell.get('r')} is not in its place")
                    continue
                last_column = at[0]
                self.look_at_cell(cell, at)

    def look_at_cell(self, cell, at):
        where, kind, value = cell.get("r"), cell.get("t", "n"), cell.findtext(MAIN + "v")
        if int(cell.get("s", 0)) >= self.book.formats:
            self.say(f"{where} has a format that is not there")
        if kind not in CELL_TYPES:
            self.say(f"{where} has the type {kind!r}")
        if len(cell.findtext(MAIN + "f") or "") > FORMULA:
            self.say(f"the formula of {where} is too long")
        if kind == "s":
            if value is None or not value.isdigit() or int(value) >= len(self.book.shared):
                self.say(f"{where} shows shared text {value}, which is not there")
            else:
                self.values[at] = self.book.shared[int(value)]
        elif kind == "inlineStr":
            self.values[at] = text_of(cell)
        elif kind == "n" and value is not None:
            self.values[at] = value
            try:
                float(value)
            except ValueError:
                self.say(f"{where} is a number, and {value!r}")

    def look_at_merges(self):
        merges = []
        for merge in self.elements("mergeCell"):
            own = area(merge.get("ref"))
            if own is None or own[0] == own[1]:
                self.say(f"{merge.get('ref')} cannot be merged")
                continue
            if any(overlap(own, other) for other in merges):
                self.say(f"the merge {merge.get('ref')} overlaps another")
            merges.append(own)
        if any(len(merged) == 0 for merged in self.elements("mergeCells")):
            self.say("a list of no merges")
        return merges

    def look_at_ranges(self):
        several = self.elements("dataValidation", "conditionalFormatting", "selection", "ignoredError")
        ranges = [(element, part) for element in several for part in element.get("sqref", "").split()]
        single = self.elements("autoFilter", "dimension", "hyperlink")
        ranges += [(element, element.get("ref")) for element in single if element.get("ref")]
        for element, reference in ranges:
            if area(reference) is None:
                self.say(f"{etree.QName(element).localname} of {reference!r}")

    def look_at_validations(self):
        for validation in self.elements("dataValidation"):
            formula = validation.findtext(MAIN + "formula1") or ""
            if validation.get("type") == "list" and formula.startswith('"') and len(formula) - 2 > LIST:
                self.say(f"a list of {len(formula) - 2} characters to choose from")
            for key, length in PROMPTS.items():
                if len(validation.get(key, "")) > length:
                    self.say(f"{key} of a validation is longer than {length}")

    def look_at_tables(self, taken):
        filters = [area(own.get("ref")) for own in self.root.findall(MAIN + "autoFilter")]
        for part in self.book.package.related(self.part, "table"):
            table = self.book.package.parts[part]
            name, own = table.get("displayName").lower(), area(table.get("ref"))
            if name in self.book.tables:
                self.say(f"two tables {name!r}")
            self.book.tables.add(name)
            if own is None:
                self.say(f"a table of {table.get('ref')!r}")
                continue
            if any(overlap(own, other) for other in taken):
                self.say(f"the table {name!r} overlaps a merge or a table")
            if own in filters and table.find(MAIN + "autoFilter") is not None:
                self.say(f"the sheet and its table {name!r} both filter")
            taken.append(own)
            self.look_at_columns(table, own)

    def look_at_columns(self, table, own):
        names = [column.get("name") for column in table.iter(MAIN + "tableColumn")]
        if len(names) != own[1][0] - own[0][0] + 1:
            self.say(f"a table of {table.get('ref')} with {len(names)} columns")
        if len(names) != len({name.lower() for name in names}):
            self.say(f"columns of one name: {names}")
        if table.get("headerRowCount", "1") == "0":
            return
        for number, name in enumerate(names):
            header = self.values.get((own[0][0] + number, own[0][1]), "")
            if header.replace("\n", "_x000a_") != name.replace("\n", "_x000a_"):
                self.say(f"the column {name!r} has the header {header!r}")


def by_schema(validator, path):
    command = ["node", validator, "--of", "json", "-f", "xlsx", path]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        return [f"the validator cannot read it: {ended.stdout}{ended.stderr}"]
    errors = answer if isinstance(answer, list) else answer["errors"]
    return [f"{error.get('path', {}).get('partUri')}: {error.get('description')}" for error in errors]


def main():
    validator, path = sys.argv[1:]
    wrong = Book(Package(path)).look() + by_schema(validator, path)
    for what in wrong[:40]:
        print(what)
    sys.exit(bool(wrong))


main()
