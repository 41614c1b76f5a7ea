"""What the Arlington PDF Model says of the objects of a PDF: required keys, types, values.

pdf_objects.py FILE.pdf ...: prints what is wrong, and exits with 1. The model's tables are `arlington/tsv-1.7`. A rule
that needs one of the model's functions (`fn:…`) is left out, so that less is said than the model does, never more; the
trees of names and numbers are not followed.
"""

import csv
import decimal
import functools
import pathlib
import sys

import pikepdf

MODEL = pathlib.Path(__file__).parent / "arlington/tsv-1.7"
# A name under one of these keys tells kinds of dictionaries apart.
TELLING = {"Type", "Subtype", "S", "FunctionType", "ShadingType", "PatternType", "O"}
DICTIONARY = (pikepdf.Dictionary, pikepdf.Stream)
# Deeper than any tree of pages that is not a loop.
ANCESTORS = 50


@functools.cache
def table(name):
    """The rows of one of the model's tables by key, or None."""
    path = MODEL / f"{name}.tsv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return {row["Key"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


@functools.cache
def alternatives(cell):
    """`[a,b];[c]` as [[a, b], [c]]; commas within the brackets of a function part nothing."""
    lists = []
    for part in cell.split(";"):
        items, depth = [""], 0
        for char in part.strip().removeprefix("[").removesuffix("]"):
            depth += (char == "(") - (char == ")")
            if char == "," and depth == 0:
                items.append("")
            else:
                items[-1] += char
        lists.append([item.strip() for item in items if item.strip()])
    return lists


def is_function(items):
    return any("fn:" in item for item in items)


def types(value):
    """The model's names of the types that a value can be of."""
    if isinstance(value, bool):
        return {"boolean"}
    if isinstance(value, int):
        return {"integer", "number", "bitmask"}
    if isinstance(value, (decimal.Decimal, float)):
        return {"number"}
    if isinstance(value, pikepdf.Name):
        return {"name"}
    if isinstance(value, pikepdf.String):
        return {"string", "string-text", "string-byte", "string-ascii", "date"}
    if isinstance(value, pikepdf.Array):
        is_numbers = all(isinstance(item, (int, float, decimal.Decimal)) for item in value)
        shapes = {4: {"rectangle"}, 6: {"matrix"}}
        return {"array"} | (shapes.get(len(value), set()) if is_numbers else set())
    if isinstance(value, pikepdf.Stream):
        return {"stream"}
    if isinstance(value, pikepdf.Dictionary):
        return {"dictionary", "name-tree", "number-tree"}
    return {"null"}


def shown(value):
    """A value as the model writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[1:] if isinstance(value, pikepdf.Name) else str(value)


def likeness(value, name):
    """How much a dictionary looks like one of a table; None if it is another."""
    rows = table(name)
    if rows is None:
        return None
    points = 0
    for key, row in rows.items():
        if key.rstrip("*").isdigit() or key == "*":
            continue
        own = value.get(f"/{key}")
        if own is None:
            points -= row["Required"] == "TRUE"
            continue
        points += 1
        allowed = [item for items in alternatives(row["PossibleValues"]) for item in items]
        if isinstance(own, pikepdf.Name) and row["Type"] == "name" and allowed and not is_function(allowed):
            if shown(own) in allowed:
                points += 5
            elif key in TELLING:
                return None
    return points


def is_inherited(value, key):
    for _ in range(ANCESTORS):
        value = value.get("/Parent")
        if not isinstance(value, pikepdf.Dictionary):
            return False
        if key in value:
            return True
    return False


def entries(value, rows):
    """The keys and values of an object, each with its row of the table, if it has one."""
    if isinstance(value, pikepdf.Array):
        # Groups that repeat (`0*`, `1*`): which of them it is, is not looked at.
        repeated = [row for key, row in rows.items() if key.endswith("*") and key != "*"]
        for number, item in enumerate(value):
            row = rows.get(str(number)) or rows.get("*")
            fitting = (row for row in repeated if types(item) & set(row["Type"].split(";")))
            yield str(number), item, row or next(fitting, None)
    else:
        dictionary = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        for key, item in dictionary.items():
            yield str(key)[1:], item, rows.get(str(key)[1:]) or rows.get("*")


class Check:
    """A walk over the objects of a file, from the trailer on."""

    def __init__(self, pdf):
        is_stream = pdf.trailer.get("/Type") == "/XRef"
        self.todo = [(pdf.trailer, ["XRefStream" if is_stream else "FileTrailer"], "trailer")]
        self.seen, self.wrong = set(), []

    def run(self):
        while self.todo:
            value, links, where = self.todo.pop()
            name = self.table_of(value, [link for link in links if "fn:" not in link], where)
            if name is None or table(name) is None:
                continue
            if value.objgen != (0, 0):
                if (value.objgen, name) in self.seen:
                    continue
                self.seen.add((value.objgen, name))
            self.look_at(value, name, where)
        return self.wrong

    def table_of(self, value, links, where):
        if isinstance(value, DICTIONARY):
            points = [(likeness(value, link), link) for link in links]
            points = [(own, link) for own, link in points if own is not None]
            if points:
                return max(points)[1]
            if links:
                self.wrong.append(f"{where} is none of {links[:6]}")
        elif isinstance(value, pikepdf.Array) and len(links) == 1:
            return links[0]
        return None

    def look_at(self, value, name, where):
        rows = table(name)
        if isinstance(value, DICTIONARY):
            for key, row in rows.items():
                is_there = key == "*" or f"/{key}" in value
                if row["Required"] == "TRUE" and not is_there:
                    if row["Inheritable"] != "TRUE" or not is_inherited(value, f"/{key}"):
                        self.wrong.append(f"{where} ({name}) lacks {key}")
        for key, item, row in entries(value, rows):
            if row is not None and item is not None:
                self.look_at_entry(item, row, f"{where}/{key}", name)

    def look_at_entry(self, item, row, where, name):
        allowed_types = row["Type"].split(";")
        fitting = [number for number, own in enumerate(allowed_types) if own in types(item)]
        if not fitting:
            if "fn:" not in row["Type"]:
                self.wrong.append(f"{where} ({name}) is {sorted(types(item))[0]}, not {row['Type']}")
            return
        number = fitting[0]

        def of_type(column):
            lists = alternatives(row[column])
            return lists[number] if number < len(lists) else []

        values = of_type("PossibleValues")
        is_plain = not isinstance(item, (pikepdf.Array, *DICTIONARY))
        if is_plain and values and not is_function(values) and shown(item) not in values:
            self.wrong.append(f"{where} ({name}) is {shown(item)}, none of {values[:10]}")
        if allowed_types[number] in ("dictionary", "stream", "array") and of_type("Link"):
            self.todo.append((item, of_type("Link"), where))


def main():
    is_wrong = len(sys.argv) < 2
    for path in sys.argv[1:]:
        with pikepdf.open(path) as pdf:
            wrong = Check(pdf).run()
        for what in wrong[:40]:
            print(f"{path}: {what}")
        is_wrong |= bool(wrong)
    sys.exit(is_wrong)


main()
