"""In: a folder. Out: the tiny project in it, translated into every language: the layouts' words and names are our own."""

from __future__ import annotations

from pathlib import Path

import yaml
from tests.tiny import ROOT, write_tiny

from icat_reports import i18n, pipeline
from icat_reports.catalogue.header import forms, header
from icat_reports.catalogue.merge import merge
from icat_reports.catalogue.po import Catalogue, Entry, catalogue_path, write_po
from icat_reports.catalogue.texts import LAYOUTS, NAMES
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.load.catalogues import load_catalogues
from icat_reports.world import DiskWorld

TABLE = Path(__file__).parent / "data/tiny-in-six-languages.yaml"


def write_versions(root: Path) -> Path:
    """Write the project into `root` with its catalogues in all languages; returns `root`."""
    units = i18n.units(pipeline.open_project(DiskWorld(write_tiny(root)), Sink()), Sink())
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    for code in i18n.targets():
        language = LANGUAGES[code]
        ours = load_catalogues(DiskWorld(ROOT), language, (LAYOUTS, NAMES), Sink())
        memory = {entry.key: entry for own in ours.values() for entry in own.entries}
        memory |= {(None, text): Entry(text, (words[code],)) for text, words in table.items()}
        for name, own in units.items():
            file = root / catalogue_path(code, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            catalogue = merge(
                Catalogue(catalogue_path(code, name), header(language)), own, len(forms(language)), memory
            )
            file.write_text(write_po(catalogue), encoding="utf-8")
    return root
