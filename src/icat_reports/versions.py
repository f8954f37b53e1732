"""In: the files of a project. Out: the languages that a publication can be built in, without reading any of them."""

from __future__ import annotations

from icat_reports.catalogue.po import catalogue_path
from icat_reports.language import LANGUAGES, ORIGINAL
from icat_reports.world import World


def versions(world: World, publication: str) -> tuple[str, ...]:
    """Its own language, and those with a catalogue for it, in the order of the United Nations."""
    return tuple(code for code in LANGUAGES if code == ORIGINAL or world.exists(catalogue_path(code, publication)))
