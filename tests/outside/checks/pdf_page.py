"""What the pages of a PDF show, by the drawn rules and the places of the glyphs, whatever the tags say.

pdf_page.py FILE.pdf ROWS.json HEADER-ROWS: the drawn rows of all pages as lists of cell texts, but for the first
HEADER-ROWS of each table; white space is not compared. No glyph may cross its cell's edge, leave the page or be printed
over another. Prints what is wrong, and exits with 1.
"""

import json
import pathlib
import sys

import pdfplumber

# Points by which a glyph may stand over an edge: an italic or a wide bracket does.
TOLERANCE = 0.6
TABLES = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "text_x_tolerance": 6}


def squeezed(text):
    return "".join((text or "").split())


def about_glyphs(page, chars):
    seen = {}
    for char in chars:
        across = -TOLERANCE <= char["x0"] and char["x1"] <= page.width + TOLERANCE
        down = -TOLERANCE <= char["top"] and char["bottom"] <= page.height + TOLERANCE
        if not (across and down):
            yield f"{char['text']!r} leaves the page"
        # Half a point apart, two glyphs are two characters.
        place = (round(char["x0"] * 2), round(char["top"] * 2))
        if place in seen:
            yield f"{char['text']!r} is printed over {seen[place]!r}"
        seen[place] = char["text"]


def about_edges(row, chars):
    _, top, _, bottom = row.bbox
    chars = [char for char in chars if top <= (char["top"] + char["bottom"]) / 2 <= bottom]
    for left, top, right, bottom in filter(None, row.cells):
        for char in chars:
            across = left <= (char["x0"] + char["x1"]) / 2 <= right
            down = top <= (char["top"] + char["bottom"]) / 2 <= bottom
            if across and down and (char["x0"] < left - TOLERANCE or char["x1"] > right + TOLERANCE):
                yield f"{char['text']!r} crosses its cell's edge"


def drawn(page, header_rows):
    """What is wrong on a page, and the texts of its rows."""
    chars = [char for char in page.chars if char["text"].strip()]
    wrong, rows = list(about_glyphs(page, chars)), []
    # A row that is cut is open at the foot of the page: its vertical rules say where it ends.
    ends = [edge["bottom"] for edge in page.edges if edge["orientation"] == "v"]
    settings = TABLES | {"explicit_horizontal_lines": [max(ends)] if ends else []}
    for table in page.find_tables(settings):
        for row in table.rows:
            wrong.extend(about_edges(row, chars))
        texts = table.extract(x_tolerance=TABLES["text_x_tolerance"])
        rows.extend([squeezed(cell) for cell in row] for row in texts[header_rows:])
    return [f"page {page.page_number}: {what}" for what in wrong], rows


def main():
    expected = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    header_rows = int(sys.argv[3])
    found, rows = [], []
    with pdfplumber.open(sys.argv[1]) as pdf:
        for page in pdf.pages:
            wrong, own = drawn(page, header_rows)
            found += wrong
            rows += own
    wanted = [[squeezed(cell) for cell in row] for row in expected]
    if len(rows) != len(wanted):
        found.append(f"{len(rows)} rows are drawn, not {len(wanted)}")
    for number, (row, want) in enumerate(zip(rows, wanted), start=1):
        if row != want:
            found.append(f"row {number} shows {row}, not {want}")
    for what in found[:40]:
        print(what)
    sys.exit(bool(found))


main()
