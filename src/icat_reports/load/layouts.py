"""In: a `World` and a layout's id. Out: the `Layout`, and findings about its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document.resolved import Counter, NumberFormat
from icat_reports.layout import WORDS, Layout
from icat_reports.load.files import LARGEST_PICTURE, read_bytes, read_text
from icat_reports.load.pictures import is_picture
from icat_reports.load.themes import is_whole
from icat_reports.load.validation import validated
from icat_reports.load.yaml_tree import Tree, read_tree
from icat_reports.theme import Theme
from icat_reports.words import Words
from icat_reports.world import World

LAYOUTS = "layouts"
SHARED = f"{LAYOUTS}/shared"
MEDIA = ("print", "web")
_REFUSED = (
    (re.compile(r"</style", re.IGNORECASE), "`</style`, which would end it inside a web page", "delete it"),
    (
        re.compile(r"\btext-transform\s*:(?!\s*none)", re.IGNORECASE),
        "`text-transform`: the PDF would have other words than the Word file",
        "delete it; where capitals are wanted, write them",
    ),
)
"""What no style sheet may hold, and why: the end of its element (HTML, 13.2.5.15), wherever it stands; a change of words
(CSS Text 3, 2.1), of which the engine writes the result."""


def _counted(value: Words) -> Words:
    if not _COUNTED.fullmatch(value):
        message = "it must hold the count once, as `{n}`; write `{n}` where the count stands, and `{up}.` before it for the one above"  # fmt: skip
        raise ValueError(message)
    return value


_COUNTED = re.compile(r"[^{}]*(\{up\}[^{}]*)?\{n\}[^{}]*")
_Counted = Annotated[Words, AfterValidator(_counted)]


def _bare(value: Words) -> Words:
    """What stands before a heading: Word builds it from the count alone (ECMA-376 part 1, 17.9.11)."""
    if "{up}" in value:
        message = "Word's numbering cannot show `{up}` as a reference does; write the count alone, as `{n}.`"
        raise ValueError(message)
    return _counted(value)


_Bare = Annotated[Words, AfterValidator(_bare)]


class _CounterFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    class Change(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
        format: NumberFormat | None = None
        pattern: _Bare | None = None
        separator: str | None = None
        reference: _Counted | None = None

    class Row(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
        format: NumberFormat
        pattern: _Bare
        separator: str
        reference: _Counted
        level: Annotated[int, Field(ge=1, le=6)]
        restarts: bool = True
        languages: dict[Literal["ar", "zh", "en", "fr", "ru", "es"], _CounterFile.Change] = Field(default_factory=dict)

    counters: dict[str, Row]


class _WordsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    words: dict[str, Words]


def load_layout(world: World, name: str, span: Span, sink: Sink) -> Layout | None:
    """Read the layout `name`, which `span` asks for; None after an error."""
    folder = f"{LAYOUTS}/{name}"
    known = sorted({f.split("/")[1] for f in world.files(LAYOUTS, "layout.xml.j2")})
    if name not in known:
        sink.error("layout-known", f"there is no layout `{name}`", span,
                   nearest(name, known) or f"there are: {', '.join(known) or 'none'}")  # fmt: skip
        return None
    theme = _theme(world, f"{folder}/theme.yaml", sink)
    counters = _merged(world, folder, "numbering", _CounterFile, sink)
    words = _merged(world, folder, "words", _WordsFile, sink)
    if theme is None or counters is None or words is None:
        return None
    if not _has_words(words, sink):
        return None
    templates = {f.removeprefix(f"{LAYOUTS}/"): read_text(world, f, sink) or "" for f in world.files(LAYOUTS, ".j2")}
    css = {medium: _css(world, folder, medium, sink) for medium in MEDIA}
    rows = {key: Counter(name=key, **row.model_dump(exclude_none=True)) for key, row in counters.items()}
    every = {**words, **dict(_words_of(rows.values()))}
    return Layout(name, templates, theme, rows, every, css, _assets(world, folder, sink))


def _words_of(counters: Iterable[Counter]) -> Iterator[tuple[str, Words]]:
    """Words in the numbers of headings, such as “Section {n}”, which catalogues translate as all words of a layout."""
    for counter in counters:
        for key in counter.worded:
            yield counter.word(key), getattr(counter, key)


def _has_words(words: Mapping[str, str], sink: Sink) -> bool:
    """Whether the layout has the words that the program sets, each with the places for what is set in it."""
    place = Span(f"{SHARED}/words.yaml", 1)
    lacking = ", ".join(f"`{word}`" for word in sorted(WORDS.keys() - words.keys()))
    if lacking:
        sink.error("layout-whole", f"the layout lacks the words {lacking}", place, "add them under `words:`")
    for word, filled in WORDS.items():
        if filled and word in words and words[word].count(filled) != 1:
            sink.error("layout-whole", f"the words `{word}` must hold `{filled}` once, and are “{words[word]}”", place,
                       f"write {filled} where it is to stand")  # fmt: skip
            return False
    return not lacking


def _assets(world: World, folder: str, sink: Sink) -> Mapping[str, bytes]:
    """Pictures of the shared folder, the layout's own and the user's, each winning over the ones before."""
    found: dict[str, bytes] = {}
    for place in (SHARED, folder, "content"):
        for name in world.files(f"{place}/assets", ""):
            data = read_bytes(world, name, sink, largest=LARGEST_PICTURE)
            if data is not None and is_picture(name, data, sink):
                found[name.removeprefix(f"{place}/")] = data
    _report_unshown(world, sink)
    return found


def _report_unshown(world: World, sink: Sink) -> None:
    """Warn of pictures of the user's that take the place of none of a layout's."""
    known = {f.partition("/assets/")[2] for f in world.files(LAYOUTS, "") if "/assets/" in f}
    known |= {
        f"{name.removesuffix('.svg')}.png" for name in known if name.endswith(".svg")
    }  # for older readers of Word
    for file in world.files("content/assets", ""):
        name = file.removeprefix("content/assets/")
        if name not in known:
            sink.warn("picture-shown", "no layout shows this picture", Span(file),
                      nearest(name, known) or f"name it as one of theirs: {', '.join(sorted(known))}")  # fmt: skip


def _theme(world: World, file: str, sink: Sink) -> Theme | None:
    """The theme, when all that it names is known."""
    tree = _tree(world, file, sink)
    theme: Theme | None = validated(tree, TypeAdapter(Theme), file, sink) if tree else None
    return theme if theme is not None and tree is not None and is_whole(theme, tree, sink) else None


def _css(world: World, folder: str, medium: str, sink: Sink) -> str:
    """The style sheets of a medium, the shared ones first."""
    sheets = _sheets(world, folder, medium)
    if not sheets:
        sink.error("layout-whole", f"the layout has no style sheet for {medium}", Span(f"{folder}/{medium}.css"),
                   "see the other layouts for its form")  # fmt: skip
    texts = [(sheet, read_text(world, sheet, sink) or "") for sheet in sheets]
    for sheet, text in texts:
        for found, what, hint in _refused(text):
            before = text[:found]
            place = Span(sheet, before.count("\n") + 1, len(before) - before.rfind("\n"))
            sink.error("style-sheet-plain", f"a style sheet cannot hold {what}", place, hint)
    return "\n".join(text for _, text in texts)


def _refused(sheet: str) -> Iterator[tuple[int, str, str]]:
    """Where a style sheet has what it may not hold, what that is, and how to mend it."""
    return ((found.start(), what, hint) for pattern, what, hint in _REFUSED for found in pattern.finditer(sheet))


def _sheets(world: World, folder: str, medium: str) -> list[str]:
    paths = [f"{place}/{name}.css" for place in (SHARED, folder) for name in ("common", medium)]
    return [path for path in paths if _is_there(world, path)]


def _is_there(world: World, file: str) -> bool:
    """Whether the folder lists `file`, readable or not."""
    return file in world.files(LAYOUTS, file.rpartition("/")[2])


def _merged(world: World, folder: str, name: str, model: type[BaseModel], sink: Sink) -> Mapping[str, Any] | None:
    """Rows of the shared file and of the layout's own, which wins; None when one of them cannot be read."""
    rows: dict[str, Any] = {}
    for place in (SHARED, folder):
        file = f"{place}/{name}.yaml"
        if not _is_there(world, file):
            continue
        found = _yaml(world, file, TypeAdapter(model), sink)
        if found is None:
            return None
        for table in model.model_fields:
            rows |= getattr(found, table)
    return rows


def _yaml(world: World, file: str, adapter: TypeAdapter[Any], sink: Sink) -> Any:  # noqa: ANN401
    tree = _tree(world, file, sink)
    return validated(tree, adapter, file, sink) if tree else None


def _tree(world: World, file: str, sink: Sink) -> Tree | None:
    """What a file of the layout says; None after a finding."""
    if not _is_there(world, file):
        sink.error(
            "layout-whole", f"the layout lacks the file {file}", Span(file), "see the other layouts for its form"
        )
        return None
    text = read_text(world, file, sink)
    tree = read_tree(file, text, sink) if text is not None else None
    return tree if tree is not None and tree.value is not None else None
