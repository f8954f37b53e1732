"""In: the commands. Out: the parser of their options, and the words that explain each."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from icat_reports import __version__
from icat_reports.cli import commands
from icat_reports.diagnostics import Span
from icat_reports.formats import UNTRANSLATED, VARIANTS

_EXAMPLES: Mapping[str, str] = {
    "build": """examples:
  ./icat build                                 every publication, in each language that it has, in every format
  ./icat build mapping-2021 --lang en          one publication in English
  ./icat build mapping-2021 --format docx      its Word files alone
  ./icat build --lang en,fr --out /tmp/proofs  into another folder
  ./icat build sg-report-2019 --parts entities,group
                                               these sections as a document of their own, with the numbers of the whole;
                                               `./icat show sg-report-2019 --ids` lists the sections
  ./icat build sg-report-2019 --parts group --paragraphs 12
                                               the same, its paragraphs from 12 on""",
    "check": """examples:
  ./icat check                  everything that can be wrong in the content, with file, line and column;
                                ./icat i18n check does the same for translations
  ./icat check --corrections    where we publish something else than the source, and why
  ./icat check --disagreements  facts on which two sources disagree, with both values""",
    "list": """example:
  ./icat list                   publications, their layouts, states and languages""",
    "show": """example:
  ./icat show mapping-2021      its headings, tables and figures with their numbers""",
    "i18n": """examples:
  ./icat i18n update fr           bring the French catalogues up to date with the content
  ./icat i18n check fr            marks, figures, terms: what the French translation lost or changed
  ./icat i18n status              how far each publication is in each language""",
    "schema": """example:
  ./icat schema                 write schemas/*.json, which editors' programs complete from""",
}


def parser() -> argparse.ArgumentParser:
    """What `main` reads a command line with: `run` of its result is the command."""
    whole = argparse.ArgumentParser(
        prog="./icat",
        description="Regenerate the publications of ICAT as PDF, Word and HTML from structured content.",
        epilog="Each command explains itself: ./icat build --help",
    )
    whole.add_argument("--version", action="version", version=f"icat-reports {__version__}")
    whole.add_argument("--root", type=Path, default=_root(), help=argparse.SUPPRESS)
    named = whole.add_subparsers(required=True, metavar="COMMAND")

    one = _command(named, "build", commands.build, "build publications")
    one.add_argument("publication", nargs="*", metavar="PUBLICATION", help="which ones; all of them if none is named")
    one.add_argument(
        "--lang", metavar="en,…", default="", help="languages, joined by commas (default: each that a publication has)"
    )
    one.add_argument("--format", metavar="pdf,docx,html", default="", help="formats, joined by commas (default: all)")
    one.add_argument("--out", metavar="FOLDER", type=_folder, help="where the files go (default: build)")
    one.add_argument("--jobs", metavar="N", type=_positive, default=os.cpu_count() or 1, help="processes at once")
    one.add_argument("--pdf-variant", metavar="VARIANT", default="pdf/ua-1",
                     choices=VARIANTS,
        help="pdf/ua-1 (default) for readers; pdf/a-2a, pdf/a-3a and others for archives")  # fmt: skip
    one.add_argument("--parts", metavar="id,…", default="",
                     help="of one publication, these sections alone, at any level, joined by commas")  # fmt: skip
    one.add_argument("--paragraphs", metavar="keep|N", type=_first_paragraph, default=None,
                     help="with --parts: keep the paragraph numbers of the whole (default), or begin at N")  # fmt: skip
    one.add_argument("--force", action="store_true", help="build also what has not changed")
    one.add_argument("--quiet", action="store_true", help="say errors and warnings only")

    one.add_argument("--untranslated", choices=UNTRANSLATED, default="source",
                     help="words without a translation: in English (default), marked as such, or an error")  # fmt: skip

    two = _command(named, "check", commands.check, "check the content without building")
    two.add_argument("publication", nargs="*", metavar="PUBLICATION", help="which ones; all of them if none is named")
    two.add_argument("--corrections", action="store_true", help="list where we put the source right, and why")
    two.add_argument("--disagreements", action="store_true", help="list facts on which the sources disagree")
    two.add_argument("--strict", action="store_true", help="take warnings for errors")

    _command(named, "list", commands.list_, "list publications, languages and states")
    three = _command(named, "show", commands.outline, "show a publication's outline as text")
    three.add_argument("publication", metavar="PUBLICATION")
    three.add_argument("--ids", action="store_true", help="the ids of sections, by which texts and --parts name them")
    _catalogue_commands(_command(named, "i18n", commands.i18n, "extract, merge, check and count the catalogues"))
    _command(named, "schema", commands.schema, "write the JSON Schema of the content files")
    return whole


def _catalogue_commands(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("extract", help="write the templates i18n/templates/*.pot")
    one.set_defaults(action="extract")
    two = actions.add_parser("update", help="bring catalogues up to date with the content")
    two.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    two.add_argument("--typo", action="append", type=_place, default=[], metavar="FILE:LINE",
                     help="a line where you mended a slip that no translation shows: its translations stay")  # fmt: skip
    two.set_defaults(action="update")
    three = actions.add_parser("check", help="find what translations lost, doubled or changed")
    three.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    three.add_argument("--strict", action="store_true", help="take warnings for errors")
    three.set_defaults(action="check")
    four = actions.add_parser("status", help="count what is translated, fuzzy, missing, unreviewed")
    four.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    four.add_argument("--fail-under", type=_percentage, metavar="N", help="fail when a catalogue is below N per cent")
    four.add_argument("--organizations", action="store_true", help="count also each organization's parts")
    four.set_defaults(action="status")
    _exchange_commands(actions)


def _exchange_commands(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    five = actions.add_parser("export", help="write catalogues for translators' other programs")
    five.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    five.add_argument(
        "--catalogue", action="append", default=[], metavar="NAME", help="which one; all if none is named"
    )
    five.add_argument("--format", choices=("xliff", "tmx", "docx"), default="xliff",
                      help="XLIFF 1.2 (default); TMX 1.4; a table in Word, the original beside the translation")  # fmt: skip
    five.add_argument("--out", metavar="FOLDER", type=_folder, required=True, help="where the files go")
    five.set_defaults(action="export")
    six = actions.add_parser("import", help="take in such files when they come back")
    six.add_argument("file", nargs="+", type=Path, metavar="FILE")
    six.set_defaults(action="import")


def _place(text: str) -> Span:
    file, _, line = text.rpartition(":")
    if not file or not line.isdecimal():
        message = "expected a file and a line, such as content/organizations/ilo.yaml:3"
        raise argparse.ArgumentTypeError(message)
    return Span(file, int(line))


def _percentage(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100:  # noqa: PLR2004 - of a hundred
        message = "expected a number from 0 to 100"
        raise argparse.ArgumentTypeError(message)
    return number


def _command(
    named: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
) -> argparse.ArgumentParser:
    command = named.add_parser(
        name,
        help=purpose,
        description=purpose.capitalize() + ".",
        epilog=_EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "expected a number from 1"
        raise argparse.ArgumentTypeError(message)
    return number


def _first_paragraph(text: str) -> int | None:
    return None if text == "keep" else _positive(text)


def _folder(text: str) -> Path:
    if not text.strip() or "\0" in text:
        message = "expected the name of a folder"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _root() -> Path:
    """The project: the nearest folder above this file, or above the present one, that holds `content`."""
    for start in (Path(__file__).resolve(), Path.cwd()):
        for folder in start.parents if start.is_file() else (start, *start.parents):
            if (folder / "content").is_dir() and (folder / "layouts").is_dir():
                return folder
    return Path.cwd()
