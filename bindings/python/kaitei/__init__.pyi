from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any, overload

__version__: str

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
    template: str | PathLike[str],
    files: Mapping[str, bytes] | str | PathLike[str],
    *,
    name: str | None = None,
    fonts: Mapping[str, bytes] | None = None,
    corrections: str = "",
    accepted: str = "",
    earlier: tuple[str, bytes] | str | PathLike[str] | None = None,
    formats: Iterable[str] | None = None,
    source_date_epoch: int | None = None,
) -> Built: ...
def check(
    template: str | PathLike[str],
    files: Mapping[str, bytes] | str | PathLike[str],
    *,
    name: str | None = None,
    fonts: Mapping[str, bytes] | None = None,
    corrections: str = "",
    accepted: str = "",
    earlier: tuple[str, bytes] | str | PathLike[str] | None = None,
) -> list[dict[str, Any]]: ...
def compare(
    template: str | PathLike[str],
    files: Mapping[str, bytes] | str | PathLike[str],
    earlier: tuple[str, bytes] | str | PathLike[str],
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
