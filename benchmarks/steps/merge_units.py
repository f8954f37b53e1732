"""In: a number of units. Out: nothing: a catalogue of so many is brought up to date with a text of which a tenth changed."""

import sys

from icat_reports.catalogue.extract import Place, Unit
from icat_reports.catalogue.header import forms, header
from icat_reports.catalogue.merge import merge
from icat_reports.catalogue.po import Catalogue, read_po, write_po
from icat_reports.catalogue.texts import Setting
from icat_reports.diagnostics import Sink, Span
from icat_reports.language import LANGUAGES

NUMBER, FRENCH = int(sys.argv[1]), LANGUAGES["fr"]


def units(word: str) -> list[Unit]:
    """Units that are like each other, as those of lists and tables are; every tenth holds `word`."""
    return [
        Unit(
            f"Sentence {n} {word if n % 10 == 0 else 'about'} matter {n * 31 % 997} and place {n * 17 % 991}, of {n * 7919 % 10007}.",
            (Place(Span("content/x.yaml", n + 1), n + 1, Setting("paragraph")),),
            prose=True,
        )
        for n in range(NUMBER)
    ]


new = merge(Catalogue("x.po", header(FRENCH)), units("about"), len(forms(FRENCH)))
text = write_po(new).replace('msgstr ""\n\n', 'msgstr "Phrase."\n\n')
merged = merge(read_po("x.po", text, Sink()), units("on the"), len(forms(FRENCH)))
changed = sum(entry.fuzzy for entry in merged.entries)
if changed != len(range(0, NUMBER, 10)):
    sys.exit(f"{changed} units have changed")
read_po("x.po", write_po(merged), Sink())
