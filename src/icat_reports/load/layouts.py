"""In: a `World` and a layout's id. Out: the `Layout`, and findings about its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document.resolved import Counter
from icat_reports.layout import Layout
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
        format: str
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
    counters = _merged(world, folder, "numbering", _CounterFile, "counters", sink)
    words = _merged(world, folder, "words", _WordsFile, "words", sink)
    if theme is None:
        return None
    templates = {f.removeprefix(f"{LAYOUTS}/"): _text(world, f) for f in world.files(LAYOUTS, ".j2")}
    css = {m: "\n".join(_text(world, f) for f in _sheets(world, folder, m)) for m in MEDIA}
    rows = {key: Counter(name=key, **row.model_dump()) for key, row in counters.items()}
    return Layout(name, templates, theme, rows, words, css, _assets(world, folder))


def _assets(world: World, folder: str) -> Mapping[str, bytes]:
    """Pictures of the shared folder, the layout's own and the user's, each winning over the ones before."""
    found: dict[str, bytes] = {}
    for place in (SHARED, folder, "content"):
        names = world.files(f"{place}/assets", "")
        found |= {name.removeprefix(f"{place}/"): world.read(name) for name in names}
    return found


def _sheets(world: World, folder: str, medium: str) -> list[str]:
    paths = [f"{place}/{name}.css" for place in (SHARED, folder) for name in ("common", medium)]
    return [path for path in paths if world.exists(path)]


def _text(world: World, file: str) -> str:
    return world.read(file).decode("utf-8")


def _merged(world: World, folder: str, name: str, model: Any, key: str, sink: Sink) -> Mapping[str, Any]:  # noqa: ANN401
    """Rows of the shared file and of the layout's own, which wins."""
    rows: dict[str, Any] = {}
    for place in (SHARED, folder):
        file = f"{place}/{name}.yaml"
        found = _yaml(world, file, TypeAdapter(model), sink) if world.exists(file) else None
        rows |= getattr(found, key) if found is not None else {}
    return rows


def _yaml(world: World, file: str, adapter: TypeAdapter[Any], sink: Sink) -> Any:  # noqa: ANN401
    if not world.exists(file):
        sink.error(
            "layout-whole", f"the layout lacks the file {file}", Span(file), "see the other layouts for its form"
        )
        return None
    tree = read_tree(file, world.read(file), sink)
    return validated(tree, adapter, file, sink) if tree.value is not None else None
