"""In: a `World` and a layout's id. Out: the `Layout`, and findings about its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document.resolved import Counter
from icat_reports.layout import WORDS, Layout
from icat_reports.load.files import LARGEST_PICTURE, read_bytes, read_text
from icat_reports.load.validation import validated
from icat_reports.load.yaml_tree import read_tree
from icat_reports.theme import Theme
from icat_reports.world import World

LAYOUTS = "layouts"
SHARED = f"{LAYOUTS}/shared"
MEDIA = ("print", "web")


class _CounterFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    class Row(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True)
        format: Literal["decimal", "cardinalText", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter"]
        pattern: str
        separator: str
        reference: str
        restarts: bool = True

    counters: dict[str, Row]


class _WordsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    words: dict[str, str]


def load_layout(world: World, name: str, span: Span, sink: Sink) -> Layout | None:
    """Read the layout `name`, which `span` asks for; None after an error."""
    folder = f"{LAYOUTS}/{name}"
    known = sorted({f.split("/")[1] for f in world.files(LAYOUTS, "layout.xml.j2")})
    if name not in known:
        sink.error("layout-known", f"there is no layout `{name}`", span, nearest(name, known))
        return None
    theme = _yaml(world, f"{folder}/theme.yaml", TypeAdapter(Theme), sink)
    counters = _merged(world, folder, "numbering", _CounterFile, sink)
    words = _merged(world, folder, "words", _WordsFile, sink)
    if theme is None or counters is None or words is None:
        return None
    if lacking := sorted(WORDS - set(words)):
        sink.error("layout-whole", f"the layout lacks the words {', '.join(f'`{word}`' for word in lacking)}",
                   Span(f"{SHARED}/words.yaml", 1), "add them under `words:`")  # fmt: skip
        return None
    templates = {f.removeprefix(f"{LAYOUTS}/"): read_text(world, f, sink) or "" for f in world.files(LAYOUTS, ".j2")}
    css = {m: "\n".join(read_text(world, f, sink) or "" for f in _sheets(world, folder, m)) for m in MEDIA}
    rows = {key: Counter(name=key, **row.model_dump()) for key, row in counters.items()}
    return Layout(name, templates, theme, rows, words, css, _assets(world, folder, sink))


def _assets(world: World, folder: str, sink: Sink) -> Mapping[str, bytes]:
    """Pictures of the shared folder, the layout's own and the user's, each winning over the ones before."""
    found: dict[str, bytes] = {}
    for place in (SHARED, folder, "content"):
        for name in world.files(f"{place}/assets", ""):
            data = read_bytes(world, name, sink, largest=LARGEST_PICTURE)
            if data is not None:
                found[name.removeprefix(f"{place}/")] = data
    return found


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
    if not _is_there(world, file):
        sink.error(
            "layout-whole", f"the layout lacks the file {file}", Span(file), "see the other layouts for its form"
        )
        return None
    text = read_text(world, file, sink)
    tree = read_tree(file, text, sink) if text is not None else None
    return validated(tree, adapter, file, sink) if tree is not None and tree.value is not None else None
