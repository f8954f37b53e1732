"""In: a tree of a YAML file and the type it must have. Out: the typed value, or findings in plain words with places."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.load.yaml_tree import Path, Tree


def validated(tree: Tree, adapter: TypeAdapter[Any], file: str, sink: Sink) -> Any:  # noqa: ANN401
    """The value of `tree` as the adapter's type, or None after findings."""
    try:
        return adapter.validate_python(tree.value)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            _report(found, tree, file, sink)
        return None


def _report(found: Any, tree: Tree, file: str, sink: Sink) -> None:  # noqa: ANN401
    loc = tuple(found["loc"])
    path, rest = _place(loc, tree)
    kind = found["type"]
    span = tree.spans.get(path, Span(file, 1))
    if kind == "extra_forbidden":
        known = _known_keys(found, loc)
        sink.error("key-known", f"the key `{path[-1]}` is not known here", tree.keys.get(path, span),
                   nearest(str(path[-1]), known))  # fmt: skip
    elif kind == "missing":
        sink.error("key-present", f"the key `{rest[-1] if rest else loc[-1]}` is missing", _begin(path, tree, span),
                   f"add `{rest[-1] if rest else loc[-1]}:`")  # fmt: skip
    elif kind in ("union_tag_not_found", "union_tag_invalid"):
        expected = found.get("ctx", {}).get("expected_tags", "").replace("'", "`")
        sink.error("type-known", "the file does not say what it is, or says it wrongly",
                   tree.spans.get((*path, "type"), span),
                   f"begin it with `type:` and one of {expected}")  # fmt: skip
    else:
        sink.error("value-fits", _message(found, path), span, "")


def _begin(path: Path, tree: Tree, span: Span) -> Span:
    """Where the mapping that lacks a key is named, which reads better than its first key."""
    return tree.keys.get(path, span)


def _place(loc: tuple[Any, ...], tree: Tree) -> tuple[Path, tuple[Any, ...]]:
    """The longest key path that `loc` leads along; pydantic's own steps (tags of unions) are passed over."""
    path: Path = ()
    rest: list[Any] = []
    for step in loc:
        if (*path, step) in tree.spans:
            path, rest = (*path, step), []
        else:
            rest.append(step)
    return path, tuple(rest)


def _known_keys(found: Any, loc: tuple[Any, ...]) -> list[str]:  # noqa: ANN401
    from icat_reports import content  # noqa: PLC0415 - only when there is an error to explain

    models = [m for m in vars(content).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    keys = {f.alias or n for m in models for n, f in m.model_fields.items()}
    del found, loc
    return sorted(keys)


_WORDS = {
    "string_type": "expected text",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "bool_parsing": "expected true or false",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "too_short": "expected at least one item",
}


def _message(found: Any, path: Path) -> str:  # noqa: ANN401
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    kind = found["type"]
    value = found.get("input")
    shown = f", not `{value[:60]}`" if isinstance(value, str) else ""
    if kind in _WORDS:
        return f"`{name}`: {_WORDS[kind]}{shown}"
    if kind == "literal_error":
        expected = found["ctx"]["expected"].replace("'", "`")
        return f"`{name}`: expected {expected}{shown}"
    text = found["msg"].removeprefix("Value error, ")
    return f"`{name}`: {text}{shown}"
