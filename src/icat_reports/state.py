"""In: what is wanted of a project. Out: which of the files built before still stand, without reading any content.

A file beside the built ones remembers what they were made from, as a hash over content, layouts, catalogues, program
and options. It can be deleted or spoilt without harm: the next build makes everything anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from icat_reports.formats import Untranslated, Variant
from icat_reports.records import dataclass
from icat_reports.report import Built
from icat_reports.versions import versions
from icat_reports.world import Outside, World, find_office

NAME = ".icat-build.json"
_LARGEST = 50_000_000
"""Bytes; a larger file is none that a build could read, and none that is worth hashing."""


_LONGEST_NAME = 100
"""Characters of the parts in the name of a file, which may have 255 (POSIX, NAME_MAX)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build."""

    publications: tuple[str, ...]
    languages: tuple[str, ...]
    """None for each that a publication has."""
    formats: tuple[str, ...]
    out: Path
    jobs: int = 1
    variant: Variant = "pdf/ua-1"
    force: bool = False
    untranslated: Untranslated = "source"
    parts: tuple[str, ...] = ()
    """Ids of the sections to build as a document of their own; none for the whole."""
    first_paragraph: int | None = None
    """Number of the first paragraph of such a document; None to keep the numbers of the whole."""

    def targets(self, world: World) -> tuple[Target, ...]:
        """Every publication in every language."""
        return tuple(
            Target(name, language, self)
            for name in self.publications
            for language in self.languages or versions(world, name)
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A publication in a language."""

    publication: str
    language: str
    request: Request

    @property
    def version(self) -> str:
        """Its language and parts, as its files are named: `en`, `en.unodc+iom`."""
        parts = "+".join(self.request.parts)
        if len(parts) > _LONGEST_NAME:
            parts = f"{self.request.parts[0]}+{hashlib.sha256(parts.encode()).hexdigest()[:8]}"
        return f"{self.language}.{parts}" if parts else self.language

    @property
    def folder(self) -> Path:
        """Where its files go."""
        return self.request.out / self.publication

    def path(self, kind: str) -> Path:
        """Its file of a format."""
        return self.folder / f"{self.publication}.{self.version}.{kind}"


@dataclass(frozen=True, slots=True)
class _File:
    """What is remembered of a file that was built."""

    pages: int | None
    warnings: int
    sha256: str
    length: str = ""


def standing(world: World, request: Request) -> list[Built] | None:
    """Rows of all files that are wanted when each is there as it was built from the same input; else None."""
    key = fingerprint(world, request)
    rows = [unchanged(target, key) for target in request.targets(world)]
    return [row for found in rows for row in found] if key and all(rows) else None


def unchanged(target: Target, key: str) -> list[Built]:
    """Rows of a target's files when all that are wanted still stand; else nothing."""
    remembered = _remembered(target, key) if key else {}
    rows = []
    for kind in target.request.formats:
        path = target.path(kind)
        file = remembered.get(path.name)
        if file is None or not path.is_file() or _sha(path) != file.sha256:
            return []
        size = path.stat().st_size
        rows.append(Built(path, file.pages, size, 0, file.warnings, unchanged=True, length=file.length))
    return rows


def memory(target: Target, rows: Sequence[Built], data: Mapping[Path, bytes], key: str) -> tuple[Path, bytes]:
    """The file that remembers what `rows` were made from, and its bytes; `data` are those of the files."""
    files = {
        r.path.name: {
            "pages": r.pages,
            "warnings": r.warnings,
            "sha256": hashlib.sha256(data[r.path]).hexdigest(),
            "length": r.length,
        }
        for r in rows
    }
    before = _read(target)
    entry = before.get(target.version)
    if isinstance(entry, dict) and entry.get("key") == key and isinstance(entry.get("files"), dict):
        files = entry["files"] | files
    state = before | {target.version: {"key": key, "files": files}}
    return target.folder / NAME, json.dumps(state, indent=1, sort_keys=True).encode()


def fingerprint(world: World, request: Request) -> str:
    """Names everything that the files depend on; empty when something cannot be read."""
    digest = hashlib.sha256()
    try:
        for folder in ("content", "layouts", "i18n"):
            for file in world.files(folder, ""):
                if world.size(file) > _LARGEST:
                    return ""
                digest.update(file.encode("utf-8", "surrogateescape") + b"\0" + world.read(file) + b"\0")
    except (OSError, Outside):
        return ""
    wanted = (request.variant, request.untranslated, str(request.first_paragraph))
    for part in (_program(), *wanted, str(find_office())):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


@cache
def _program() -> str:
    """Hash of the program's own source."""
    digest = hashlib.sha256()
    for place, folders, names in os.walk(Path(__file__).parent):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                digest.update(Path(place, name).read_bytes())
    return digest.hexdigest()


def _read(target: Target) -> dict[str, Any]:
    """What is remembered of a publication, by language; nothing when it cannot be read."""
    try:
        found = json.loads((target.folder / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remembered(target: Target, key: str) -> Mapping[str, _File]:
    """Files of a target that were built from the same input, by name."""
    try:
        entry = _read(target)[target.version]
        return {name: _File(**facts) for name, facts in entry["files"].items()} if entry["key"] == key else {}
    except (KeyError, TypeError, AttributeError):
        return {}  # a file that was spoilt costs no more than a build


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
