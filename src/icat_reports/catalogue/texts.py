"""In: a value of the content. Out: the same with every text and address that a reader sees changed by a function.

This is the one list of what is translated. Texts that are prose always are; of plain words, those of `KINDS`, and
`KEPT` says why the others are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from icat_reports import content as c
from icat_reports.language import ORIGINAL
from icat_reports.words import Address, CellText, Id, Prose, Words

_T = TypeVar("_T")


class Setting(Struct, frozen=True):
    """Where a text stands: what a translator needs to know of it beside its words."""

    kind: str = ""
    """What it is: `heading`, `paragraph`, `note` …"""
    trail: tuple[str, ...] = ()
    """Headings it stands under, the outermost first."""
    organization: str = ""
    """Id of the organization whose part, profile or file it stands in."""
    catalogue: str = ""
    """Name of its catalogue where the file does not say it."""


Change = Callable[[Words, Setting], Words]

LAYOUTS = "layouts"
"""The catalogue of the layouts' words."""
NAMES = "names"
"""The catalogue of names, which all publications share."""

KINDS: Mapping[type[BaseModel], Mapping[str, str]] = {
    c.Name: {"name": "name of an organization", "acronym": "acronym of an organization"},
    c.FactValue: {"value": "value of a fact", "qualifier": "words before a number"},
    c.DocumentReference: {"cite_as": "name of a document in running text"},
    c.Source: {"title": "title of a source", "publisher": "publisher of a source"},
    c.Box: {"title": "title of a box", "text": "text of a box", "source": "source of a box"},
    c.Contact: {"honorific": "form of address", "post": "post of a focal point", "unit": "office of a focal point"},
    c.Part: {"title": "heading", "short_title": "running head", "lead": "opening sentence"},
    c.FrontMatter: {"imprint": "imprint", "disclaimers": "disclaimer"},
    c.Masthead: {
        "organization": "masthead",
        "organ": "masthead",
        "distribution": "masthead",
        "session": "masthead",
        "item": "masthead",
        "item_title": "masthead",
    },
    c.Publication: {
        "title": "title of the publication",
        "subtitle": "subtitle",
        "series": "series, above the title",
        "place": "where the body sits",
        "occasion": "occasion, on the cover",
        "summary": "summary",
        "short_title": "running head",
        "date_text": "date on the cover",
        "author": "author, in the file's properties",
        "subject": "subject, in the file's properties",
        "keywords": "keyword, in the file's properties",
        "back_page": "last page",
        "headings": "heading",
        "notes": "note",
    },
    c.Activity: {"label": "item"},
    c.Area: {"title": "heading"},
    c.Group: {"title": "heading"},
    c.Frameworks: {
        "caption": "caption of a table",
        "columns": "head of a column",
        "silent_note": "note of a table",
        "unspecified": "cell",
    },
    c.Initiatives: {"caption": "caption of a table", "columns": "head of a column"},
    c.Initiative: {"title": "name of an initiative", "acronym": "acronym of an initiative"},
    c.Toolbox: {"upcoming_title": "heading"},
    c.ToolboxItem: {"title": "title of a work"},
    c.BibliographyItem: {"title": "title of a work", "bodies": "name of an organization"},
    c.Option: {"label": "category of a chart"},
    c.ChartDefinition: {
        "title": "caption of a figure",
        "unit": "unit of a chart",
        "alt": "alternative text",
        "remark": "remark under a figure",
    },
    c.Names: {"names": "name in a list"},
}
"""By type of content and field, what a text is to its reader."""

KEPT: Mapping[str, str] = {
    "Accepting.accept": "reasons are for editors",
    "Asking.attention": "a question to an entity is asked once, in the original; a translation leaves it out",
    "Correction.has": "for editors",
    "Correction.publish": "for editors",
    "Correction.why": "for editors",
    "Fact.label": "for editors",
    "Organization.sort_as": "the order of the original's names; another language has its own",
    "Organization.aliases": "for the checks",
    "DocumentReference.title": "shown nowhere; running text has `cite_as`",
    "DocumentReference.body": "shown nowhere",
    "Source.description": "shown nowhere",
    "Contact.name": "persons keep their names",
    "Contact.address": "what stands on an envelope",
    "Contact.telephones": "numbers",
    "Contact.faxes": "numbers",
    "Block.select": "an id",
    "PartLink.file": "a path",
    "Masthead.job_number": "a number",
    "Publication.abbreviations": "for the checks",
    "Example.partners": "shown nowhere",
    "Example.countries": "counted, shown nowhere",
    "Example.regions": "counted, shown nowhere",
    "Arrangement.year": "shown nowhere",
    "BibliographyItem.authors": "persons keep their names",
    "Question.title": "shown nowhere",
}
"""Fields of plain words that are not translated, and why."""

ADDRESS = "address"
"""What a page of the web is to its reader: no unit, but there may be one in the reader's language."""

OPTIONAL = frozenset(("title of a work",))
"""Kinds that are translated only where there is an official form: without one, the original stands as such."""

TITLES = OPTIONAL | {"name of a document in running text", "title of a source", "name of an initiative"}
"""Kinds of names that a work keeps where it has none in a language: a translation of several words that is its original,
letter for letter, is in the original's language."""

LIMITS: Mapping[str, int] = {"running head": 70, "category of a chart": 60, "head of a column": 40}
"""Most characters that there is room for."""


_NOWHERE = Setting()


def changed(value: _T, change: Change, setting: Setting = _NOWHERE) -> _T:
    """`value` with each of its texts changed; the value itself where nothing has changed."""
    found: Any = _changed(value, change, setting)
    return found  # type: ignore[no-any-return]


def _changed(value: Any, change: Change, setting: Setting) -> Any:  # noqa: ANN401
    if isinstance(value, BaseModel):
        return _model(value, change, setting)
    if isinstance(value, tuple):
        items = tuple(_changed(item, change, setting) for item in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _changed(item, change, setting) for key, item in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    if isinstance(value, Address):
        return change(value, replace(setting, kind=ADDRESS))
    if isinstance(value, Prose) or (type(value) is Words and setting.kind):
        return change(value, replace(setting, kind=setting.kind or _kind_of_prose(value)))
    return value


def _kind_of_prose(text: Words) -> str:
    return "cell" if isinstance(text, CellText) else "paragraph"


def _model(value: BaseModel, change: Change, setting: Setting) -> BaseModel:
    kinds = KINDS.get(type(value), {})
    own = _inside(value, setting)
    update: dict[str, Any] = {}
    for name in type(value).model_fields:
        if name == "title" and getattr(value, "title_language", ORIGINAL) != ORIGINAL:
            continue
        before = getattr(value, name)
        kind = "note" if name == "notes" else kinds.get(name, "")
        after = _changed(before, change, replace(own, kind=kind))
        if after is not before:
            update[name] = after
    return value.model_copy(update=update) if update else value


def _inside(value: BaseModel, setting: Setting) -> Setting:
    """The setting of what stands in `value`."""
    heading = next((str(text) for name in ("title", "caption") if (text := getattr(value, name, None))), "")
    trail = (*setting.trail, heading) if heading and not isinstance(value, c.Publication) else setting.trail
    whose = value.id if isinstance(value, c.Organization) else getattr(value, "organization", None)
    organization = str(whose) if isinstance(whose, Id) else setting.organization
    catalogue = NAMES if isinstance(value, c.Names) else setting.catalogue
    return replace(setting, trail=trail, organization=organization, catalogue=catalogue)


def catalogue_of(text: Words, setting: Setting) -> str:
    """Name of the catalogue that a text belongs to: its publication, or that of names."""
    return setting.catalogue or catalogue_of_file(text.span.file)


def catalogue_of_file(file: str) -> str:
    """Name of the catalogue of a content file's texts."""
    parts = file.split("/")
    return parts[2] if parts[:2] == ["content", "publications"] and len(parts) > 3 else NAMES  # noqa: PLR2004 - …/<id>/<file>
