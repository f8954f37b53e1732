"""In: the program and the shared layouts. Out: the tables of `docs/layouts.md`, row by row, as they have to be.

Each table is a function that gives, for each key in its first column, the cells that follow from the source; what stands
in the last column of most tables is written by hand, and kept.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from tests import sample
from tests.tiny import ROOT

from icat_reports.compose.elements import BLOCK, INLINE, RULES, VALUES
from icat_reports.document.nodes import ParagraphRole
from icat_reports.fonts import FONT_SETS
from icat_reports.language import LANGUAGES
from icat_reports.layout import WORDS
from icat_reports.load.layouts import _CounterFile
from icat_reports.load.themes import _KNOWN_ROLES
from icat_reports.ooxml.styles import STYLES
from icat_reports.theme import COLOURS, ROLES, Theme
from icat_reports.write_html.style import _PRINT_ROLES, _ROLES, theme_css

SHARED = ROOT / "layouts/shared"
COMPOSE = ROOT / "src/icat_reports/compose/__init__.py"
Rows = Mapping[str, Sequence[str]]

MOST_CHOICES = 10
"""As many as an attribute's cell lists; more stand in a table of their own."""


@dataclass(frozen=True)
class TableOf:
    """A table of the reference: its heads, and its rows by key."""

    heads: Sequence[str]
    rows: Callable[[], Rows]
    described: bool = True
    """Whether the last column is written by hand."""


# ---------------------------------------------------------------- templates


def elements() -> Rows:
    return {tag: (_attributes(tag), _held(tag)) for tag in RULES}


def _attributes(tag: str) -> str:
    rule, values = RULES[tag], VALUES.get(tag, {})
    names = sorted(rule.attributes, key=lambda name: (name not in rule.required, name))
    return ", ".join(
        f"`{name}`{'*' if name in rule.required else ''}{_choices(values[name].what) if name in values else ''}"
        for name in names
    )


def _choices(what: str) -> str:
    choices = what.removeprefix("one of ").split(", ") if what.startswith("one of ") else []
    return f" ({', '.join(choices)})" if 0 < len(choices) <= MOST_CHOICES else ""


def _held(tag: str) -> str:
    rule = RULES[tag]
    kinds = [name for name, kind in (("blocks", BLOCK), ("words", INLINE)) if kind <= rule.children]
    others = sorted(rule.children - (BLOCK if "blocks" in kinds else set()) - (INLINE if "words" in kinds else set()))
    if rule.text and not kinds:
        return "plain text"
    return ", ".join((*(f"`{name}`" for name in others), " or ".join(kinds))).rstrip(", ") or "nothing"


def _keys_of(function: str) -> Rows:
    """The keys of the mapping that a method of `_Studio` gives."""
    tree = ast.parse(COMPOSE.read_text(encoding="utf-8"))
    studio = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "_Studio")
    body = next(node for node in studio.body if isinstance(node, ast.FunctionDef) and node.name == function).body
    (given,) = (node.value for node in body if isinstance(node, ast.Return))
    assert isinstance(given, ast.Dict)
    return {ast.literal_eval(key): () for key in given.keys if key is not None}


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(SHARED.glob("*.xml.j2")):
        yield path.name.removesuffix(".xml.j2"), path.read_text(encoding="utf-8")


def macros() -> Rows:
    return {
        f"{file}.{name}": (f"`{taken}`" if taken else "",)
        for file, text in _templates()
        for name, taken in re.findall(r"\{%-? macro (\w+)\((.*)\) -?%\}", text)
    }


def blocks() -> Rows:
    return {
        name: () for file, text in _templates() if file == "document" for name in re.findall(r"\{% block (\w+)", text)
    }


# ---------------------------------------------------------------- looks


def roles() -> Rows:
    """Every role of type: those of paragraphs, then those of other things."""
    found = [*get_args(ParagraphRole), *sorted(_KNOWN_ROLES - set(get_args(ParagraphRole)))]
    selectors = {**_ROLES, **_PRINT_ROLES}
    styles = {role: [s.name for s in STYLES.values() if s.role == role] for role in found}
    return {
        role: (
            "yes" if role in get_args(ParagraphRole) else "",
            "yes" if role in ROLES else "",
            f"`{selectors[role]}`" if role in selectors else "",
            ", ".join(styles[role]),
        )
        for role in found
    }


def theme_keys() -> Rows:
    return dict(_fields("", Theme))


def _fields(path: str, model: type[BaseModel]) -> Iterator[tuple[str, Sequence[str]]]:
    for name, field in model.model_fields.items():
        key = f"{path}{field.alias or name}"
        inner, placeholder = _inner(field.annotation)
        if inner is not None:
            yield from _fields(f"{key}.{placeholder}", inner)
        else:
            yield f"{key}.<name>" if get_origin(field.annotation) is dict else key, (_said(field),)


def _inner(annotation: object) -> tuple[type[BaseModel] | None, str]:
    """The model that a field holds, or a mapping of which it holds, with what stands for the mapping's keys."""
    if get_origin(annotation) is dict:
        key, value = get_args(annotation)
        if isinstance(value, type) and issubclass(value, BaseModel):
            return value, f"<{' or '.join(get_args(key))}>." if get_origin(key) is Literal else "<name>."
        return None, ""
    return (annotation, "") if isinstance(annotation, type) and issubclass(annotation, BaseModel) else (None, "")


def _said(field: FieldInfo) -> str:
    """Whether a key is needed, else what it is when left out; and the values of which it is one."""
    bare = field.annotation
    while get_origin(bare) is Annotated:
        bare = get_args(bare)[0]
    choices = ", ".join(str(choice) for choice in get_args(bare) if choice) if get_origin(bare) is Literal else ""
    if field.is_required():
        said = "needed"
    elif field.default in (None, "", (), {}):
        said = ""
    else:
        said = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"{said}: {choices}" if said and choices else said or choices


def colours() -> Rows:
    return dict.fromkeys(COLOURS, ())


def fonts() -> Rows:
    return {
        name: tuple(f"{family.name}, for {family.word}" for family in fonts.families)
        for name, fonts in FONT_SETS.items()
    }


def counter_keys() -> Rows:
    return dict(_fields("", _CounterFile.Row))


def schemes() -> Rows:
    rows = yaml.safe_load((SHARED / "numbering.yaml").read_text(encoding="utf-8"))["counters"]
    return {
        name: (f"`{row['pattern']}{row['separator']}`", f"`{row['reference']}`", row["format"], str(row["level"]))
        for name, row in rows.items()
    }


def words() -> Rows:
    rows = yaml.safe_load((SHARED / "words.yaml").read_text(encoding="utf-8"))["words"]
    return {name: (text, "yes" if name in WORDS else "") for name, text in rows.items()}


@cache
def _root() -> Mapping[str, str]:
    css = theme_css(sample.theme(), LANGUAGES["en"], "print")
    return dict(re.findall(r"--([\w-]+): ([^;]+);", css.partition("}")[0]))


def properties() -> Rows:
    return {f"--{name}": () for name in _root() if name not in sample.theme().colors}


TABLES: Mapping[str, TableOf] = {
    "Elements": TableOf(("Element", "Attributes (* needed)", "Holds", "What it is"), elements),
    "Roles": TableOf(("Role", "`p`", "Theme needs it", "CSS", "Word’s styles", "What it is for"), roles),
    "Names": TableOf(("Name", "What it is"), lambda: _keys_of("context")),
    "Filters": TableOf(("Filter", "What it makes"), lambda: _keys_of("filters")),
    "Shared macros": TableOf(("Macro", "Takes", "What it makes"), macros),
    "Blocks of a document": TableOf(("Block", "What stands in it"), blocks),
    "Words": TableOf(("Key", "English", "Needed"), words, described=False),
    "Numbering schemes": TableOf(
        ("Scheme", "Before the heading", "Reference", "Format", "Level"), schemes, described=False
    ),
    "Keys of a scheme": TableOf(("Key", "Needed, or what it is when left out", "What it is"), counter_keys),
    "Theme": TableOf(("Key", "Needed, or what it is when left out", "What it is"), theme_keys),
    "Colours": TableOf(("Colour", "Where the program uses it"), colours),
    "Fonts": TableOf(("Family", "Latin and Cyrillic", "Arabic", "Chinese"), fonts, described=False),
    "Custom properties": TableOf(("Property", "What it is"), properties),
}
"""By the heading that each stands under."""


# ---------------------------------------------------------------- Markdown


def table_under(text: str, heading: str) -> list[list[str]]:
    """The cells of the rows of the first table under a heading of any level, the head left out."""
    found = _table(heading).search(text)
    assert found, f"there is no table under “{heading}”"
    return [_cells(line) for line in found["table"].splitlines()[2:]]


def _table(heading: str) -> re.Pattern[str]:
    return re.compile(rf"^#+ {re.escape(heading)}\n(?:(?!\#)[^|\n].*\n|\n)*(?P<table>(?:\|.*\n)+)", re.MULTILINE)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def written_anew(text: str) -> str:
    """The reference with its tables as the source has them; what is written by hand is kept for keys that are still there."""
    for heading, table in TABLES.items():
        kept = {row[0].strip("`"): row[-1] for row in table_under(text, heading)} if table.described else {}
        rows = [
            (f"`{key}`", *cells, *((kept.get(key, ""),) if table.described else ()))
            for key, cells in table.rows().items()
        ]
        lines = [_line(table.heads), f"|{'---|' * len(table.heads)}", *map(_line, rows)]
        found = _table(heading).search(text)
        assert found
        text = text[: found.start("table")] + "\n".join(lines) + "\n" + text[found.end("table") :]
    return text
