"""In: what is wanted of a project. Out: which of the files built before still stand, without reading any content.

A file beside the built ones remembers what they were made from, in two steps. The first is a hash over all that may
concern a publication in a language: content without other publications, layouts, the language's catalogues, program and
options. Where it has changed, the document is laid out, and its own name tells whether its files must be made anew: a
publication that does not show what was changed is not. What is remembered can be deleted or spoilt without harm: the next
build makes everything anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from icat_reports.formats import Untranslated, Variant
from icat_reports.report import Built
from icat_reports.versions import versions
from icat_reports.world import Outside, World, find_office

NAME = ".icat-build.json"
_LARGEST = 50_000_000
"""Bytes; a larger file is none that a build could read, and none that is worth hashing."""


_LONGEST_NAME = 100
"""Characters of the parts in the name of a file, which may have 255 (POSIX, NAME_MAX)."""


class Request(Struct, frozen=True):
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


class Target(Struct, frozen=True):
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


class _File(Struct, frozen=True):
    """What is remembered of a file that was built."""

    pages: int | None
    warnings: int
    sha256: str
    length: str = ""


class Source(Struct, frozen=True):
    """What the files of a target are made from."""

    key: str
    """Hash of all that may concern it; empty when something cannot be read."""
    uses: tuple[str, ...]
    """Publications whose data it shows."""
    document: str
    """Hash of what it says and how it looks, of the program and the options."""


class Inputs(Struct, frozen=True):
    """All files that a build may read."""

    digests: Mapping[str, bytes]
    """By path; empty when one of them cannot be read."""
    program: str
    """The program, and the options of the build."""

    @classmethod
    def of(cls, world: World, request: Request) -> Inputs:
        """Read them."""
        wanted = (request.variant, request.untranslated, str(request.first_paragraph))
        return cls(_digests(world), "\0".join((_program(), *wanted, str(find_office()))))

    def key(self, target: Target, uses: Sequence[str]) -> str:
        """Names all that may concern a target which shows data of the publications `uses`."""
        if not self.digests:
            return ""
        digest = hashlib.sha256(self.program.encode())
        for file, own in self.digests.items():
            if _concerns(file.split("/"), target, uses):
                digest.update(file.encode("utf-8", "surrogateescape") + b"\0" + own)
        return digest.hexdigest()

    def source(self, target: Target, uses: tuple[str, ...], name: str) -> Source:
        """What a target is made from, when its document goes by `name`."""
        return Source(self.key(target, uses), uses, hashlib.sha256(f"{self.program}\0{name}".encode()).hexdigest())


def _digests(world: World) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        for folder in ("content", "layouts", "i18n"):
            for file in world.files(folder, ""):
                if world.size(file) > _LARGEST:
                    return {}
                found[file] = hashlib.sha256(world.read(file)).digest()
    except (OSError, Outside):
        return {}
    return found


def _concerns(path: Sequence[str], target: Target, uses: Sequence[str]) -> bool:
    """Whether a file may have to do with a target."""
    if path[0] == "i18n":
        return path[1] == target.language
    of_publication = path[:2] == ["content", "publications"] and len(path) > 3  # noqa: PLR2004 - …/<id>/<file>
    return not of_publication or path[2] == target.publication or path[2] in uses


def standing(world: World, request: Request) -> list[Built] | None:
    """Rows of all files that are wanted when each is there as it was built from the same input; else None."""
    inputs = Inputs.of(world, request)
    rows = [unchanged(target, inputs) for target in request.targets(world)]
    return [row for found in rows for row in found] if all(rows) else None


def unchanged(target: Target, inputs: Inputs) -> list[Built]:
    """Rows of a target's files when nothing has changed that may concern it, and all still stand; else nothing."""
    entry = _entry(target)
    uses = [name for name in entry.get("uses", ()) if isinstance(name, str)]
    key = inputs.key(target, uses)
    return _rows(target, entry) if key and entry.get("key") == key else []


def same(target: Target, source: Source) -> list[Built]:
    """Rows of a target's files when they were made from the same document, and all still stand; else nothing."""
    entry = _entry(target)
    return _rows(target, entry) if entry.get("document") == source.document else []


def _rows(target: Target, entry: Mapping[str, Any]) -> list[Built]:
    """Rows of the files that are wanted; none when one of them is not as it was built."""
    remembered = _files(entry)
    rows = []
    for kind in target.request.formats:
        path = target.path(kind)
        file = remembered.get(path.name)
        if file is None or not path.is_file() or _sha(path) != file.sha256:
            return []
        size = path.stat().st_size
        rows.append(Built(path, file.pages, size, 0, file.warnings, unchanged=True, length=file.length))
    return rows


def memory(target: Target, rows: Sequence[Built], data: Mapping[Path, bytes], source: Source) -> tuple[Path, bytes]:
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
    entry = _entry(target)
    if entry.get("document") == source.document and isinstance(entry.get("files"), dict):
        files = entry["files"] | files
    return _remembering(target, source, files)


def renewed(target: Target, source: Source) -> tuple[Path, bytes]:
    """The same, when the files that are remembered were made from the same document."""
    return _remembering(target, source, _entry(target)["files"])


def _remembering(target: Target, source: Source, files: Mapping[str, Any]) -> tuple[Path, bytes]:
    entry = {"key": source.key, "uses": source.uses, "document": source.document, "files": files}
    state = _read(target) | {target.version: entry}
    return target.folder / NAME, json.dumps(state, indent=1, sort_keys=True).encode()


@cache
def _program() -> str:
    """Hash of the program's own source, and of what it stands on: Python and the libraries, each in its version."""
    digest = hashlib.sha256(sys.version.encode())
    # NAME-VERSION.dist-info of each that is installed (PyPA, Recording installed projects)
    for library in sorted({found.name for folder in sys.path for found in Path(folder).glob("*.dist-info")}):
        digest.update(b"\0" + library.encode("utf-8", "surrogateescape"))
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


def _entry(target: Target) -> Mapping[str, Any]:
    """What is remembered of a target; nothing when it is spoilt."""
    entry = _read(target).get(target.version)
    return entry if isinstance(entry, dict) and isinstance(entry.get("uses", []), list) else {}


def _files(entry: Mapping[str, Any]) -> Mapping[str, _File]:
    """The files that are remembered, by name."""
    try:
        return {name: _File(**facts) for name, facts in entry["files"].items()}
    except (KeyError, TypeError, AttributeError):
        return {}  # a file that was spoilt costs no more than a build


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
