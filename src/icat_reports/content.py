"""In: plain trees of strings read from YAML. Out: the author's world as frozen, checked types.

Every string is a `Words`, which remembers its place in the file, so that any later finding can name
file, line and column. Field descriptions become the JSON Schema that editors' programs complete from.
"""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from icat_reports.diagnostics import Acceptance
from icat_reports.words import (
    Address,
    CellText,
    Date,
    Email,
    Id,
    Positive,
    Prose,
    Provenance,
    ReferenceId,
    Symbol,
    Words,
)

_T = TypeVar("_T")


class Model(BaseModel):
    """Base of all content types: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


def values_in(value: object, kind: type[_T]) -> list[_T]:
    """Every value of a kind inside a content value, itself among them, in the order of fields."""
    found: list[_T] = []
    _gather(value, kind, found)
    return found


def _gather(value: object, kind: type[_T], found: list[_T]) -> None:
    if isinstance(value, kind):
        found.append(value)
    if isinstance(value, Model):
        value = tuple(vars(value).values())
    elif isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for inner in value:
            _gather(inner, kind, found)


Departure = Literal[
    "subheading-accompanied",
    "count-borne-out",
    "memorandum-stated-by-both",
    "heading-in-sentence-case",
    "emphasis-plain",
    "mark-after-punctuation",
    "items-unpunctuated",
    "per-cent-in-text",
    "per-cent-in-table",
    "abbreviation-given",
    "parts-in-order",
    "words-within-limit",
]
"""Codes of the findings that an author may accept."""


class Accepting(Model):
    """An item for which the author accepts a departure from house style."""

    accept: dict[Departure, Words] = Field(
        default_factory=dict, description="Findings about this item that are accepted: the code and the reason."
    )


class Sourced(Accepting):
    """A datum that can say where it comes from."""

    provenance: Provenance | None = None


class Asking(Model):
    """A text that the entity it speaks of may be asked to look at."""

    attention: Words | None = Field(
        None, description="What the entity is asked to look at: a comment in the Word file, and shown nowhere else."
    )


class Correction(Model):
    """A slip of the source that we put right."""

    place: Provenance
    has: Words = Field(description="What the source has, in few words.")
    publish: Words = Field(description="What we publish instead.")
    why: Words = Field(description="Why: what shows that it is a slip.")


class ContentFile(Accepting):
    """What every content file may hold beside its own matter."""

    corrections: tuple[Correction, ...] = ()


# ---------------------------------------------------------------- organizations

OrganizationKind = Literal[
    "united-nations-entity",
    "specialized-agency",
    "special-procedure",
    "regional-organization",
    "intergovernmental-organization",
    "national-institution",
    "other",
]


class Name(Sourced):
    """A name and the time in which it was the official one."""

    name: Words
    acronym: Words | None = None
    since: Date | None = Field(None, alias="from", description="First day of validity; open when absent.")
    until: Date | None = Field(None, alias="to", description="Last day of validity; open when absent.")


class Membership(Sourced):
    """Membership of ICAT."""

    status: Literal["member", "partner", "entity"] = Field(
        description="`entity` where the source does not say whether it is a member or a partner."
    )
    since: Date | None = Field(None, alias="from")
    until: Date | None = Field(None, alias="to")


class FactValue(Sourced):
    """A value of a fact at a date."""

    value: Words
    as_of: Date | None = None
    qualifier: Words | None = Field(None, description="`over`, `nearly` …, set before the value.")


class Fact(Model):
    """A quantity that publications cite with `{fact:organization/id}` or `{fact:reference/id}`."""

    id: Id
    label: Words
    kind: Literal["quantity", "year"] = Field("quantity", description="A year is set without grouping its figures.")
    changes: Literal["freely", "upwards", "never"] = Field(
        "freely", description="How it may differ from date to date; what the sources state against this disagrees."
    )
    values: tuple[FactValue, ...] = Field(min_length=1)


class Organization(ContentFile):
    """An organization, body or mandate: its identity, once for all publications."""

    id: Id
    names: tuple[Name, ...] = Field(min_length=1, description="The oldest first; the last is the present one.")
    kind: OrganizationKind
    sort_as: Words | None = Field(None, description="What to sort by in English when it is not the name.")
    parent: Id | None = Field(None, description="The organization that it is a part of.")
    website: Address | None = None
    aliases: tuple[Words, ...] = Field((), description="Other forms met in sources; the checks know them.")
    membership: tuple[Membership, ...] = ()
    facts: tuple[Fact, ...] = ()
    predecessors: tuple[Id, ...] = ()

    def name_at(self, date: str) -> Name:
        """The official name on `date` (ISO 8601); the last known one when none is said to be valid then."""
        for name in reversed(self.names):
            if (name.since is None or name.since.first <= date) and (name.until is None or date <= name.until.last):
                return name
        return self.names[-1]

    def membership_at(self, date: str) -> Membership | None:
        """The membership of ICAT on `date`, or None."""
        for membership in self.membership:
            if (membership.since is None or membership.since.first <= date) and (
                membership.until is None or date <= membership.until.last
            ):
                return membership
        return None


# ---------------------------------------------------------------- references and sources


class DocumentReference(Sourced):
    """A document that texts cite: resolution, treaty, report, decision."""

    id: ReferenceId = Field(description="The symbol where there is one, such as `A/RES/61/180`; else lower-case words.")
    symbol: Symbol | None = None
    title: Words | None = None
    body: Words | None = Field(None, description="The body that adopted or issued it.")
    date: Date | None = None
    url: Address | None = None
    cite_as: Words = Field(description="How running text names it: `General Assembly resolution 61/180`.")
    facts: tuple[Fact, ...] = ()


class ReferenceFile(ContentFile):
    """`content/references/*.yaml`."""

    references: tuple[DocumentReference, ...]


class Source(Model):
    """A published source that content was written from."""

    id: Id
    title: Words
    date: Date
    publisher: Words
    description: Words | None = None


class SourceFile(Model):
    """`content/sources.yaml`."""

    sources: tuple[Source, ...]


class Equivalent(Model):
    """How a language says a term; `*` in a form stands for any letters, as of an ending."""

    use: tuple[Words, ...] = Field(min_length=1, description="Approved forms, the first one to be preferred.")
    avoid: tuple[Words, ...] = Field((), description="Forms met in translations that are not approved.")


class Term(Model):
    """A term and its approved equivalents."""

    id: Id
    english: tuple[Words, ...] = Field(
        min_length=1, description="Its forms in English; a plural in -s need not be given."
    )
    remark: Words | None = Field(None, description="Where the equivalents come from, or what to mind.")
    equivalents: dict[Id, Equivalent] = Field(description="By language: ar, zh, fr, ru, es.")


class Glossary(Model):
    """`content/glossary.yaml`."""

    terms: tuple[Term, ...]


# ---------------------------------------------------------------- parts of publications


class Box(Sourced):
    """A box beside the running text, or a quotation set off from it."""

    kind: Literal["box", "quotation"] = "box"
    title: Words | None = None
    text: Prose
    source: Prose | None = Field(None, description="Where its words come from: set under it, after “Source:”.")


_IN_BLOCK = ("text", "show", "box")


class Block(Asking):
    """One block of a part: running text, a box, or something that the layout shows from data."""

    id: Id | None = Field(
        None, description="Name of the first paragraph for `{ref:…}`, where the layout numbers paragraphs."
    )
    text: Prose | None = None
    box: Box | None = None
    show: Id | None = Field(None, description="Name of a `show` macro of the layout, such as `profiles` or `chart`.")
    data: Id | None = Field(None, description="Id of the dataset shown, when it is not the only one of its type.")
    select: Words | None = Field(None, description="What to take from the dataset: a group, a priority, a chart.")

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if sum(getattr(self, name) is not None for name in _IN_BLOCK) != 1:
            message = "a block holds one of `text`, `box` and `show`; keep one of them"
            raise ValueError(message)
        return self


class Contact(Sourced):
    """A focal point: a person and how to reach her, as published."""

    honorific: Words | None = Field(None, description="`Ms.`, `Mr.` or `Dr.`, where the source has it.")
    name: Words
    post: tuple[Words, ...] = Field((), description="Title of the post, line by line.")
    unit: tuple[Words, ...] = Field((), description="Section, branch, office, line by line.")
    address: tuple[Words, ...] = Field((), description="Postal address, line by line.")
    emails: tuple[Email, ...] = ()
    telephones: tuple[Words, ...] = ()
    faxes: tuple[Words, ...] = ()


_NAMES_OF_PART = ("title", "heading", "organization", "each")


class Part(Sourced):
    """A section of a publication: heading, lead, blocks and subsections."""

    id: Id
    title: Words | None = None
    heading: Id | None = Field(None, description="Instead of a title: one of the publication's `headings`.")
    organization: Id | None = Field(None, description="Instead of a title: whose entry it is; its name is the heading.")
    each: Id | None = Field(
        None, description="Instead of a title: such a part for each organization of a list, such as `entities`."
    )
    short_title: Words | None = Field(None, description="For the running head, where the title is too long.")
    numbering: Id | None = Field(None, description="Name of a numbering scheme of the layout; unnumbered when absent.")
    kind: Literal["", "opener", "annex", "front"] = ""
    in_contents: bool = True
    lead: Prose | None = None
    body: tuple[Block, ...] = ()
    contacts: tuple[Contact, ...] = Field((), description="Focal points, shown as the publication's `contacts` says.")
    parts: "tuple[PartOrLink, ...]" = ()

    @model_validator(mode="after")
    def _named(self) -> Self:
        if sum(getattr(self, name) is not None for name in _NAMES_OF_PART) != 1:
            message = "a part has one of `title`, `heading`, `organization` and `each`; keep one of them"
            raise ValueError(message)
        return self


class PartLink(Model):
    """A part that stands in a file of its own."""

    file: Words = Field(description="Path from the publication's folder.")


def _part_or_link(value: object) -> str:
    return "link" if isinstance(value, PartLink) or (isinstance(value, dict) and "file" in value) else "part"


PartOrLink = Annotated[
    Annotated[Part, Tag("part")] | Annotated[PartLink, Tag("link")],
    Discriminator(_part_or_link),
]


class Noted(ContentFile):
    """A file with texts that carry notes."""

    notes: dict[Id, Prose] = Field(
        default_factory=dict, description="Notes of this file's texts by id: `[^id]` in a text."
    )


class PartFile(Noted):
    """A part in a file of its own."""

    type: Literal["part"]
    part: Part


class Status(Model):
    """How official a text is."""

    kind: Literal["unofficial", "draft", "final"]
    source: Id | None = Field(None, description="Id of the published source that an unofficial text was written from.")


class FrontMatter(Model):
    """What stands before the introduction."""

    imprint: Prose | None = None
    disclaimers: tuple[Prose, ...] = ()
    contents_depth: int = Field(3, ge=1, le=6)
    list_of_figures: bool = True
    list_of_tables: bool = True


class Masthead(Model):
    """What stands at the head of a document with a symbol, as the Editorial Manual orders it."""

    organization: Words = Field(Words("United Nations"))
    symbol: Symbol | None = None
    organ: Words
    distribution: Words = Field(description="`General`, `Limited` or `Restricted`.")
    original: Literal["ar", "zh", "en", "fr", "ru", "es"] = Field("en", description="Language of the original.")
    session: Words | None = None
    item: Prose | None = Field(None, description="The agenda line; a note marked here is set with an asterisk.")
    item_title: Words | None = None
    job_number: Words | None = None


class StatedCount(Sourced):
    """A count that a source states and the data does not hold one by one."""

    value: Annotated[int, Field(ge=0)]


class Publication(Noted):
    """`publication.yaml`: what the publication is and the order of its parts."""

    id: Id
    title: Words
    subtitle: Words | None = None
    series: Words | None = Field(None, description="The body or the series, above the title.")
    place: Words | None = Field(None, description="Where that body sits, below its name.")
    occasion: Words | None = Field(None, description="The meeting that it was made for.")
    masthead: Masthead | None = None
    summary: Prose | None = None
    short_title: Words = Field(description="For running heads and the file's metadata.")
    date: Date
    date_text: Words | None = Field(None, description="What the cover says of the date, when not the date alone.")
    as_of: Date = Field(description="The day at which names and memberships are taken.")
    layout: Id
    status: Status
    language: Literal["en"] = "en"
    author: Words
    subject: Words | None = None
    keywords: tuple[Words, ...] = ()
    abbreviations: dict[Words, Words] = Field(
        default_factory=dict,
        description="Abbreviations that need no spelling out in the text, with what they stand for.",
    )
    alphabetical: bool = Field(False, description="Whether the chapters are to stand in alphabetical order.")  # noqa: FBT003
    uses: tuple[Id, ...] = Field((), description="Other publications whose datasets this one shows.")
    front: FrontMatter = Field(default_factory=lambda: FrontMatter(contents_depth=3))
    back_page: Prose | None = Field(None, description="What stands on the last page: the issuing body's addresses.")
    headings: dict[Id, Words] = Field(
        default_factory=dict, description="Headings that many parts share: a part names one as its `heading`."
    )
    contacts: Literal["full", "names", "none"] = Field(
        "full",
        description="How focal points are shown: with all that is known of them, by name and post, or not at all.",
    )
    word_limit: Positive | None = Field(
        None, description="Most words that the document may have, notes and headings included."
    )
    counts: dict[Id, StatedCount] = Field(
        default_factory=dict, description="Counts for `{count:…}` that the data cannot give, such as `members`."
    )
    parts: tuple[PartOrLink, ...] = Field(min_length=1)


# ---------------------------------------------------------------- datasets


class Dataset(Noted):
    """A file of data of a publication."""

    id: Id | None = Field(None, description="Name of the dataset; the file's name without its ending when absent.")


class Profile(Dataset, Asking):
    """The entry of one organization."""

    type: Literal["profile"]
    organization: Id
    text: Prose
    provenance: Provenance | None = None


class Activity(Sourced):
    """An activity in an area of intervention and the organizations that reported it; `{orgs:id}` lists them."""

    id: Id
    label: Words
    organizations: tuple[Id, ...] = Field(min_length=1)


class Area(Sourced, Asking):
    """An area of intervention."""

    id: Id
    title: Words
    group: Id
    text: Prose
    activities: tuple[Activity, ...] = ()


class Group(Model):
    """A named group of the items of a dataset, with an introduction."""

    id: Id
    title: Words
    text: Prose | None = None
    organizations: tuple[Id, ...] = Field((), description="Organizations that the group is about.")


class Areas(Dataset):
    """Areas of intervention and which entities work in each."""

    type: Literal["areas"]
    groups: tuple[Group, ...]
    areas: tuple[Area, ...]


class Example(Sourced, Asking):
    """An example of an initiative."""

    id: Id
    group: Id
    organizations: tuple[Id, ...] = Field(
        min_length=1, description="Who carries it out; the first is the reporting one."
    )
    partners: tuple[Words, ...] = Field(
        (), description="Others named: governments, companies, non-governmental organizations."
    )
    countries: tuple[Words, ...] = Field((), description="Countries, by their United Nations short names.")
    regions: tuple[Words, ...] = ()
    objectives: tuple[Id, ...] = Field((), description="Ids of the groups that the source says it contributes to.")
    text: Prose


class Examples(Dataset):
    """Examples of initiatives, in groups (the priorities of a plan, kinds of partnership …)."""

    type: Literal["examples"]
    groups: tuple[Group, ...]
    examples: tuple[Example, ...]


class Memorandum(Sourced):
    """What one entity states: it has memorandums of understanding with others."""

    organization: Id
    partners: tuple[Id, ...] = ()
    silent: tuple[Id, ...] = Field(
        (),
        description="Of these, the ones whose memorandum only the partner stated, as this entity did not answer: asterisk.",
    )
    phrase: CellText | None = Field(
        None, description="Words of the table's cell when not the bare list; may hold `{orgs:…}`."
    )


class Arrangement(Sourced):
    """Another formal framework between entities."""

    id: Id
    parties: tuple[Id, ...] = Field(min_length=2)
    text: Prose
    year: Words | None = None
    stated_by: tuple[Id, ...] = Field(min_length=1)
    silent: tuple[Id, ...] = Field((), description="Statements that carry the asterisk: id of the stating entity.")


class Frameworks(Dataset):
    """Memorandums of understanding and other formal frameworks between entities."""

    type: Literal["frameworks"]
    caption: Words
    columns: tuple[Words, Words, Words]
    silent_note: Prose = Field(description="The asterisk's note.")
    unspecified: Words = Field(Words("Not specified"), description="Cell of an entity that names no partner.")
    memorandums: tuple[Memorandum, ...]
    arrangements: tuple[Arrangement, ...]


class Initiative(Sourced, Asking):
    """A multi-stakeholder initiative."""

    id: Id
    title: Words
    acronym: Words | None = None
    description: CellText
    scope: Id = Field(description="Id of a scope of the dataset.")
    composition: CellText
    leads: tuple[Id, ...] = ()
    participants: tuple[Id, ...] = ()
    url: Address | None = None


class Initiatives(Dataset):
    """Multi-stakeholder initiatives that entities lead or are part of."""

    type: Literal["initiatives"]
    caption: Words
    columns: tuple[Words, Words, Words, Words]
    scopes: tuple[Group, ...]
    initiatives: tuple[Initiative, ...]


class LanguageVersion(Model):
    """A language version of an item and its address."""

    language: Literal["ar", "zh", "en", "fr", "ru", "es", "bn", "pt"]
    url: Address | None = None
    status: Literal["published", "in-preparation"] = "published"


class ToolboxItem(Sourced):
    """A product of the toolbox."""

    id: Id
    title: Words
    year: Date | None = None
    group: Id
    status: Literal["published", "upcoming"] = "published"
    versions: tuple[LanguageVersion, ...] = ()


class Toolbox(Dataset):
    """The products of ICAT by kind, with their language versions."""

    type: Literal["toolbox"]
    upcoming_title: Words
    groups: tuple[Group, ...]
    items: tuple[ToolboxItem, ...]


class BibliographyItem(Sourced):
    """A publication of one or more organizations."""

    id: Id
    group: Id
    title: Words
    title_language: Literal["ar", "zh", "en", "fr", "ru", "es", "pt", "pl"] = "en"
    authors: tuple[Words, ...] = Field((), description="Persons, who keep their names in every language.")
    bodies: tuple[Words, ...] = Field(
        (), description="Authors that are bodies of no file of their own, whose names are translated."
    )
    year: Date | None = None
    symbol: Symbol | None = Field(None, description="Document symbol, set before the title.")
    publishers: tuple[Id, ...] = Field((), description="The group's organizations when empty.")
    url: Address | None = None
    remark: Prose | None = Field(None, description="A short remark after the entry, such as `updated in 2019`.")


class Bibliography(Dataset):
    """Publications by group."""

    type: Literal["bibliography"]
    groups: tuple[Group, ...]
    items: tuple[BibliographyItem, ...]


class Option(Model):
    """A possible answer."""

    id: Id
    label: Words


class Answer(Sourced):
    """What one organization answered, or what was coded for it from the published text."""

    organization: Id
    options: tuple[Id, ...]


class Question(Model):
    """A question of the survey."""

    id: Id
    title: Words
    options: tuple[Option, ...] = Field(min_length=1)
    answers: tuple[Answer, ...] = ()
    coded: bool = Field(False, description="Whether the answers were coded from the published text, not given.")  # noqa: FBT003


class Survey(Dataset):
    """The survey behind a publication: who was asked, who answered, what."""

    type: Literal["survey"]
    date: Date
    respondents: tuple[Id, ...]
    joined_after: tuple[Id, ...] = ()
    no_field_presence: tuple[Id, ...] = ()
    questions: tuple[Question, ...] = ()


class ChartDefinition(Model):
    """A chart or map that a publication shows when there is data for it."""

    id: Id
    title: Words
    kind: Literal["bar", "matrix", "map"]
    source: Literal["survey", "areas", "examples", "memorandums", "initiatives", "bibliography"]
    data: Id | None = Field(None, description="Id of the dataset, when it is not the only one of its type.")
    select: Id | None = Field(None, description="Survey: id of the question.")
    order: Literal["value", "listed"] = "listed"
    unit: Words
    alt: Prose = Field(description="Alternative text; may hold `{top:1}` and other tokens.")
    remark: Prose | None = None


class Charts(Dataset):
    """The charts of a publication."""

    type: Literal["charts"]
    charts: tuple[ChartDefinition, ...]


class Names(Dataset):
    """A list of names, such as States, which every language sorts by itself; `{names:id}` puts it into a text."""

    type: Literal["names"]
    names: tuple[Words, ...] = Field(min_length=1)
    provenance: Provenance | None = None


AnyDataset = Annotated[
    Profile | Areas | Examples | Frameworks | Initiatives | Toolbox | Bibliography | Survey | Charts | Names | PartFile,
    Field(discriminator="type"),
]


class Edition(Model):
    """A publication with all its parts and datasets loaded and checked."""

    publication: Publication
    parts: tuple[Part, ...]
    """The tree of parts with the linked files in their places."""
    datasets: dict[str, AnyDataset]
    """By id: the publication's own datasets and those of the publications it uses."""
    notes: dict[str, dict[str, Prose]]
    """By file, the notes of that file's texts."""
    unreviewed: int = 0
    """Of a translation, how many of its units nobody has read again."""


class Library(Model):
    """All content of a project."""

    organizations: dict[str, Organization]
    references: dict[str, DocumentReference]
    sources: dict[str, Source]
    editions: dict[str, Edition]
    corrections: tuple[Correction, ...]
    glossary: tuple[Term, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    unread: frozenset[str] = frozenset()
    """Content files that could not be read; what they define counts as unknown, not as missing."""

    def with_those_above(self, name: str) -> tuple[str, ...]:
        """An organization and those that it is a part of, the innermost first; each once, even in a circle."""
        found: list[str] = []
        while name in self.organizations and name not in found:
            found.append(name)
            name = str(self.organizations[name].parent)
        return tuple(found)
