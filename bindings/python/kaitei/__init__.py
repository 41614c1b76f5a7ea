"""Kaitei (改訂): the official lists of Japan's local governments, from the spreadsheets that their departments send.

    import kaitei
    built = kaitei.build(Path("templates/kpi-2026.toml"), Path("input/kpi-2026"))
    built.files["kpi-2026.pdf"]

What is wrong with a file is a finding, a dictionary; what is wrong with the template or with a call is a `KaiteiError`. No
clock is read: the same template and files give the same bytes, on every system those of the command line.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from ._kaitei import KaiteiError, __version__
from . import _kaitei

__all__ = ["Built", "KaiteiError", "__version__", "build", "check", "compare", "read"]


@dataclass(frozen=True)
class Built:
    """What comes of a build: `files` by name (none if a finding is an error), `findings`, and the list's rows: what each says by the
    template's keys (`rows`), when its values are from (`times`), where it stands in the files (`origins`)."""

    files: dict
    findings: list
    rows: list
    times: list
    origins: list

    @property
    def has_errors(self):
        """Whether a finding is an error, so that there are no files."""
        return any(finding["severity"] == "error" for finding in self.findings)


def build(
    template,
    files,
    *,
    name=None,
    fonts=None,
    corrections="",
    accepted="",
    earlier=None,
    formats=None,
    source_date_epoch=None,
):
    """Reads, checks and understands the files, and makes every document that the template wants.

    `template` is the path of a template or its text, `files` a folder or a dictionary of names (`課/01.xlsx`) and bytes.
    `name` is the document's (a path's stem, else `list`); `fonts` the files of fonts by the paths that the template names
    (of a path's template, they are read); `earlier` a file of the earlier edition, as a path or as (name, bytes); `formats`
    some of xlsx, pdf, html, data, json.
    """
    material = _material(template, files, name, fonts, corrections, accepted, earlier, formats, source_date_epoch)
    made, findings, rows = _kaitei.build(material)
    rows = json.loads(rows)
    return Built(
        files=dict(made),
        findings=json.loads(findings),
        rows=[row["texts"] for row in rows],
        times=[row["times"] for row in rows],
        origins=[row["origin"] for row in rows],
    )


def check(template, files, **options):
    """The findings alone; nothing is made. The options are those of `build`."""
    return build(template, files, **(options | {"formats": []})).findings


def compare(template, files, earlier, **options):
    """What changed since the earlier edition: the dictionary that `kaitei compare --format json` prints."""
    known = {"name", "fonts", "corrections", "accepted"}
    if unknown := options.keys() - known:
        raise KaiteiError(f"compare() takes no {', '.join(sorted(unknown))}")
    return json.loads(_kaitei.compare(_material(template, files, earlier=earlier, **options)))


def read(texts, *, era=None):
    """How texts are understood as values: the dictionaries that `kaitei read --format json` prints; of one text, one."""
    alone = isinstance(texts, str)
    readings = json.loads(_kaitei.read([texts] if alone else list(texts), era))
    return readings[0] if alone else readings


def _material(
    template,
    files,
    name=None,
    fonts=None,
    corrections="",
    accepted="",
    earlier=None,
    formats=None,
    source_date_epoch=None,
):
    bases = []
    try:
        if isinstance(template, os.PathLike):
            path = Path(template)
            name = name or path.stem
            template = path.read_text("utf-8-sig")
            bases = _bases(path, template)
            if fonts is None:
                fonts = _fonts(path, [template, *(text for _, text in bases)])
        if isinstance(files, (str, os.PathLike)):
            files = _files(Path(files))
        if isinstance(earlier, (str, os.PathLike)):
            earlier = (Path(earlier).name, Path(earlier).read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise KaiteiError(str(error)) from error
    return SimpleNamespace(
        name=name or "list",
        template=template,
        bases=bases,
        files=[(name, bytes(content)) for name, content in files.items()],
        fonts=[(path, bytes(content)) for path, content in (fonts or {}).items()],
        corrections=corrections,
        accepted=accepted,
        earlier=earlier,
        formats=None if formats is None else list(formats),
        source_date_epoch=source_date_epoch,
    )


def _bases(path, text):
    """The templates that one extends, the nearest first. That they end is for the library to say."""
    bases = []
    following = _kaitei.extended("", text)
    while following is not None and len(bases) < 9:
        text = (path.parent / following).read_text("utf-8-sig")
        bases.append((following, text))
        following = _kaitei.extended(following, text)
    return bases


def _fonts(path, texts):
    """The font files that templates name."""
    fonts = {}
    for text in texts:
        try:
            table = tomllib.loads(text).get("fonts", {})
        except tomllib.TOMLDecodeError:
            continue  # What is wrong with it, the library says better.
        named = [table.get("regular"), table.get("bold"), *table.get("fallback", [])]
        for font in named:
            if isinstance(font, str) and (path.parent / font).is_file():
                fonts.setdefault(font, (path.parent / font).read_bytes())
    return fonts


def _files(folder):
    """The files below a folder as the program takes them: without what operating systems and Office leave behind."""
    if not folder.is_dir():
        raise KaiteiError(f"{folder} is no folder")
    files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(_kaitei.is_litter(part) for part in name.parts):
            files[name.as_posix()] = path.read_bytes()
    return files
