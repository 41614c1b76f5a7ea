from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any, TypeAlias, overload

__version__: str

_Template: TypeAlias = str | PathLike[str]
_Files: TypeAlias = Mapping[str, bytes] | str | PathLike[str]
_Earlier: TypeAlias = tuple[str, bytes] | str | PathLike[str]

class KaiteiError(ValueError): ...

@dataclass(frozen=True)
class Built:
    files: dict[str, bytes]
    findings: list[dict[str, Any]]
    rows: list[dict[str, str]]
    times: list[dict[str, str]]
    origins: list[str]
    @property
    def has_errors(self) -> bool: ...

def build(
    template: _Template,
    files: _Files,
    *,
    name: str | None = None,
    fonts: Mapping[str, bytes] | None = None,
    corrections: str = "",
    accepted: str = "",
    earlier: _Earlier | None = None,
    formats: Iterable[str] | None = None,
    source_date_epoch: int | None = None,
) -> Built: ...
def check(
    template: _Template,
    files: _Files,
    *,
    name: str | None = None,
    fonts: Mapping[str, bytes] | None = None,
    corrections: str = "",
    accepted: str = "",
    earlier: _Earlier | None = None,
) -> list[dict[str, Any]]: ...
def compare(
    template: _Template,
    files: _Files,
    earlier: _Earlier,
    *,
    name: str | None = None,
    fonts: Mapping[str, bytes] | None = None,
    corrections: str = "",
    accepted: str = "",
) -> dict[str, Any]: ...
@overload
def read(texts: str, *, era: str | None = None) -> dict[str, Any]: ...
@overload
def read(texts: Iterable[str], *, era: str | None = None) -> list[dict[str, Any]]: ...
