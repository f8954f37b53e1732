"""In: a `World`, a language and names of catalogues. Out: the catalogues, and findings about their files."""

from __future__ import annotations

from collections.abc import Iterable

from icat_reports.catalogue.header import check_header, header
from icat_reports.catalogue.po import Catalogue, catalogue_path, read_po
from icat_reports.diagnostics import Sink
from icat_reports.language import Language
from icat_reports.load.files import as_text, read_bytes
from icat_reports.world import World

LARGEST = 20_000_000
"""Bytes. The largest catalogue has a twentieth of it."""


def load_catalogues(world: World, language: Language, names: Iterable[str], sink: Sink) -> dict[str, Catalogue]:
    """The catalogues of a language by name; an empty one where there is no file, or none that can be read."""
    return {name: _catalogue(world, catalogue_path(language.code, name), language, sink) for name in names}


def _catalogue(world: World, file: str, language: Language, sink: Sink) -> Catalogue:
    empty = Catalogue(file, header(language))
    if file not in world.files(file.rpartition("/")[0], ".po"):
        return empty
    data = read_bytes(world, file, sink, largest=LARGEST)
    text = as_text(file, data, sink) if data is not None else None
    if text is None:
        return empty
    catalogue = read_po(file, text, sink)
    check_header(catalogue, language, sink)
    return catalogue
