"""What the tags of a PDF say, which no validator of the standard can judge: the table with its rows, the title, the language.

pdf_tags.py FILE.pdf ROWS.json: the rows of all tagged tables that hold a data cell, as lists of cell texts in the order
of the tags; white space is not compared. Prints what is wrong, and exits with 1.
"""

import json
import pathlib
import sys

import pdfplumber
import pikepdf

LANGUAGE = "ja"


def squeezed(text):
    return "".join(text.split())


def listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


class Node:
    """An element of the structure: its standard type, its children, its own and their text."""

    def __init__(self, element, kind):
        self.element, self.kind = element, kind
        self.children, self.text = [], ""

    def attribute(self, name):
        for attributes in listed(self.element.get("/A")):
            if isinstance(attributes, pikepdf.Dictionary) and name in attributes:
                return attributes[name]
        return None

    def span(self, name):
        return int(self.attribute(name) or 1)

    def find(self, *kinds):
        for child in self.children:
            if child.kind in kinds:
                yield child
            yield from child.find(*kinds)


class Structure:
    """The tree of the tags, with the text of the marked content that hangs on it."""

    def __init__(self, pdf, texts):
        root = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
        self.texts, self.used = texts, set()
        self.root = Node(root, "")
        self.root.children = [self.node(element, None) for element in listed(root.get("/K"))]

    def page(self, element, inherited):
        return self.pages.get(element.Pg.objgen, inherited) if "/Pg" in element else inherited

    def node(self, element, page):
        page = self.page(element, page)
        kind = str(element.get("/S", "/?"))
        node = Node(element, self.roles.get(kind, kind)[1:])
        for kid in listed(element.get("/K")):
            if isinstance(kid, int):
                kid = pikepdf.Dictionary(MCID=kid)
            if "/MCID" in kid:
                content = (self.page(kid, page), int(kid.MCID))
                self.used.add(content)
                node.text += self.texts.get(content, "")
            elif "/S" in kid:
                child = self.node(kid, page)
                node.children.append(child)
                node.text += child.text
        return node


def about_the_document(pdf):
    language = str(pdf.Root.get("/Lang", ""))
    if not language.startswith(LANGUAGE):
        yield f"the language is {language!r}"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        title = metadata.get("dc:title")
    if not title:
        yield "there is no title"
    if "/Title" in pdf.docinfo and str(pdf.docinfo["/Title"]) != title:
        yield f"two titles: {str(pdf.docinfo['/Title'])!r} and {title!r}"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the window does not show the title"


def text_by_content(path):
    """The text by page and number of its marked content, and what is neither tagged nor an artifact."""
    texts, loose = {}, []
    with pdfplumber.open(path) as pages:
        for number, page in enumerate(pages.pages):
            for char in page.chars:
                if char.get("mcid") is not None:
                    key = (number, char["mcid"])
                    texts[key] = texts.get(key, "") + char["text"]
                elif char.get("tag") != "Artifact":
                    loose.append(f"page {number + 1}: {char['text']!r}")
    return texts, loose


def about_a_table(table):
    rows, headers = list(table.find("TR")), list(table.find("TH"))
    if not headers:
        yield "a table without header cells"
    cells = [*table.find("TD"), *headers]
    named = {str(name) for cell in cells for name in listed(cell.attribute("/Headers"))}
    for header in headers:
        if header.attribute("/Scope") is None and str(header.element.get("/ID", "")) not in named:
            yield f"the header cell {header.text!r} has no scope, and no cell names it"
    if rows and any(cell.kind == "TD" for cell in rows[0].children):
        yield "a data cell in a table's first row"
    widths, reaching = [], {}
    for number, row in enumerate(rows):
        width = reaching.get(number, 0)
        for cell in row.children:
            columns = cell.span("/ColSpan")
            width += columns
            for below in range(number + 1, number + cell.span("/RowSpan")):
                reaching[below] = reaching.get(below, 0) + columns
        widths.append(width)
    if len(set(widths)) > 1:
        yield f"the rows of a table have different numbers of columns: {sorted(set(widths))}"


def about_rows(tables, expected):
    rows = [row for table in tables for row in table.find("TR")]
    tagged = [row for row in rows if any(cell.kind == "TD" for cell in row.children)]
    found = [[squeezed(cell.text) for cell in row.children] for row in tagged]
    wanted = [[squeezed(cell) for cell in row] for row in expected]
    if len(found) != len(wanted):
        yield f"{len(found)} rows are tagged, not {len(wanted)}"
    for number, (row, want) in enumerate(zip(found, wanted), start=1):
        if row != want:
            yield f"row {number} is tagged {row}, not {want}"


def findings(path, expected):
    with pikepdf.open(path) as pdf:
        yield from about_the_document(pdf)
        texts, loose = text_by_content(path)
        if loose:
            yield f"{len(loose)} characters are neither tagged nor artifacts, the first on {loose[0]}"
        structure = Structure(pdf, texts)
        for content in sorted(texts.keys() - structure.used):
            if texts[content].strip():
                yield f"on page {content[0] + 1}, {texts[content]!r} hangs on no element"
        if not any(structure.root.find("H1")):
            yield "there is no first heading"
        tables = list(structure.root.find("Table"))
        for table in tables:
            yield from about_a_table(table)
        for figure in structure.root.find("Figure"):
            if "/Alt" not in figure.element and "/ActualText" not in figure.element:
                yield "a figure without words"
        yield from about_rows(tables, expected)


def main():
    path = sys.argv[1]
    expected = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    found = list(findings(path, expected))
    for what in found[:40]:
        print(what)
    sys.exit(bool(found))


main()
