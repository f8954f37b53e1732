"""In: a project and a language. Out: the same project with catalogues in a pseudo-language: every text of it changed.

In Latin script each vowel has an accent and stands twice, so that texts are longer by 40 per cent; in Arabic script each letter is an Arabic one.
What shows plain English in such a version is translated by nobody.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace
from tests.shipped import ROOT

from icat_reports import i18n, pipeline
from icat_reports.catalogue.header import forms, header
from icat_reports.catalogue.merge import merge
from icat_reports.catalogue.po import Catalogue, catalogue_path, write_po
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld, World

PSEUDO = ("fr", "ar")
"""The languages that pseudo-languages stand for: one in Latin script, one from right to left."""

_KEPT = re.compile(
    r"\]\([^)]*\)|\[[@^][^\]]*\]|\]\{[a-z]+\}|\{[^{}]*\}|\b(?=[A-Za-z0-9./()-]*\d)[A-Z][A-Z0-9.]*(?:/[A-Za-z0-9.()-]+)+"
    r"|https?://\S+|&\w+;|\\."
)
"""What a translation keeps letter for letter."""
_ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "ابجدهوزحطيكلمنسعفصقرشتثخذضابجدهوزحطيكلمنسعفصقرشتثخذض"
)
ACCEPTED = ("accept translation-keeps-figures: pseudo", "accept translation-keeps-dates: pseudo")


def pseudo(text: str, code: str) -> str:
    """`text` in the pseudo-language that stands for `code`."""
    parts, place = [], 0
    for found in _KEPT.finditer(text):
        parts += [_changed(text[place : found.start()], code), found[0]]
        place = found.end()
    return "".join((*parts, _changed(text[place:], code)))


def _changed(text: str, code: str) -> str:
    if LANGUAGES[code].script == "arabic":
        return text.translate(_ARABIC)
    return re.sub(r"([aeiouy])", r"\1\1", text, flags=re.IGNORECASE).translate(_ACCENTS)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A world with some files put over it."""

    world: World
    over: Mapping[str, bytes]

    def files(self, folder: str, suffix: str) -> tuple[str, ...]:
        """See `World.files`."""
        own = (path for path in self.over if path.startswith(f"{folder}/") and path.endswith(suffix))
        return tuple(sorted({*self.world.files(folder, suffix), *own}))

    def exists(self, path: str) -> bool:
        """See `World.exists`."""
        return path in self.over or self.world.exists(path)

    def size(self, path: str) -> int:
        """See `World.size`."""
        return len(self.over[path]) if path in self.over else self.world.size(path)

    def read(self, path: str) -> bytes:
        """See `World.read`."""
        return self.over[path] if path in self.over else self.world.read(path)


def pseudo_world(world: World, code: str) -> Overlay:
    """`world` with all catalogues of a language in the pseudo-language."""
    files = {}
    for name, own in i18n.units(pipeline.open_project(world, Sink()), Sink()).items():
        file = catalogue_path(code, name)
        catalogue = merge(Catalogue(file, header(LANGUAGES[code])), own, len(forms(LANGUAGES[code])))
        entries = tuple(
            replace(e, translations=tuple(pseudo(e.text, code) for _ in e.translations), remarks=ACCEPTED)
            for e in catalogue.entries
        )
        files[file] = write_po(replace(catalogue, entries=entries)).encode()
    return Overlay(world, files)


def write_pseudo(root: Path) -> Path:
    """Write our content into `root`, with catalogues in the pseudo-languages; returns `root`."""
    for name in ("content", "layouts"):
        shutil.copytree(ROOT / name, root / name)
    for code in PSEUDO:
        for file, data in pseudo_world(DiskWorld(ROOT), code).over.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(data)
    return root
