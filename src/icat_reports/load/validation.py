"""In: a tree of a YAML file and the type it must have. Out: the typed value, or findings in plain words with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, TypeAdapter, ValidationError

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.load.yaml_tree import Path, Tree


def validated(tree: Tree, adapter: TypeAdapter[Any], file: str, sink: Sink) -> Any:  # noqa: ANN401
    """The value of `tree` as the adapter's type, or None after findings."""
    try:
        return adapter.validate_python(tree.value)
    except ValidationError as error:
        report = _Report(tree, adapter, file, sink)
        for found in error.errors(include_url=False):
            report.add(found)
        return None


class _Report:
    """Tells what pydantic found in an editor's words."""

    def __init__(self, tree: Tree, adapter: TypeAdapter[Any], file: str, sink: Sink) -> None:
        self.tree, self.type, self.file, self.sink = tree, adapter._type, file, sink  # noqa: SLF001 - it has no other name

    def add(self, found: Any) -> None:  # noqa: ANN401
        """Report one of pydantic's errors."""
        loc = tuple(found["loc"])
        path = _path_of(loc, self.tree)
        span = self.tree.spans.get(path, Span(self.file, 1))
        match found["type"]:
            case "extra_forbidden":
                self._unknown_key(path, _keys_at(self.type, loc[:-1]), span)
            case "missing":
                self.sink.error("key-present", f"the key `{loc[-1]}` is missing{_in(path)}",
                                self.tree.keys.get(path, span), f"add `{loc[-1]}:`")  # fmt: skip
            case "union_tag_not_found" | "union_tag_invalid":
                expected = found.get("ctx", {}).get("expected_tags", "").replace("'", "`")
                given = self.tree.spans.get((*path, "type"))
                what = (
                    f"there is no type `{found['ctx']['tag']}`" if given else "the file does not say of what type it is"
                )
                self.sink.error("type-known", what, given or span, f"begin it with `type:` and one of {expected}")
            case _:
                self.sink.error("value-fits", _message(found, path), span, _HINTS.get(found["type"], ""))

    def _unknown_key(self, path: Path, known: list[str], span: Span) -> None:
        here = ", ".join(f"`{key}`" for key in known)
        self.sink.error("key-known", f"the key `{path[-1]}` is not known here", self.tree.keys.get(path, span),
                        nearest(str(path[-1]), known, 1) or f"known here are {here}")  # fmt: skip


def _in(path: Path) -> str:
    """The innermost key of a path, for a message: ` in `names``."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    return f" in `{name}`" if name else ""


def _path_of(loc: tuple[Any, ...], tree: Tree) -> Path:
    """The longest key path that `loc` leads along; pydantic's own steps (tags of unions) are passed over."""
    path: Path = ()
    for step in loc:
        if (*path, step) in tree.spans:
            path = (*path, step)
    return path


# ---------------------------------------------------------------- the keys of a model, found along pydantic's path


def _keys_at(kind: Any, loc: tuple[Any, ...]) -> list[str]:  # noqa: ANN401
    """Keys of the models to which `loc` leads inside the type `kind`, in the order of their definition."""
    kinds = list(_members(kind))
    for step in loc:
        kinds = [inner for one in kinds for inner in _inside(one, step)]
    models = [model for _, model in kinds if isinstance(model, type) and issubclass(model, BaseModel)]
    return list(dict.fromkeys(field.alias or name for model in models for name, field in model.model_fields.items()))


def _members(kind: Any, tag: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The types that a type may be, each with its tag in a union."""
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        tags = [mark.tag for mark in marks if isinstance(mark, Tag)]
        yield from _members(inner, tags[0] if tags else tag)
    elif get_origin(kind) in (Union, UnionType):
        for member in get_args(kind):
            if member is not NoneType:
                yield from _members(member, tag)
    else:
        yield tag or _type_tag(kind), kind


def _type_tag(kind: Any) -> str:  # noqa: ANN401
    """The value of a model's key `type`, by which a union of models is told apart."""
    fields: Mapping[str, Any] = getattr(kind, "model_fields", {})
    said = fields["type"].annotation if "type" in fields else None
    return str(get_args(said)[0]) if get_origin(said) is Literal else ""


def _inside(tagged: tuple[str, Any], step: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The types found one step further: the field of a model, the item of a list, the value of a mapping."""
    tag, kind = tagged
    if step == tag and not isinstance(step, int):
        yield tagged
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        field = next((f for n, f in kind.model_fields.items() if step in (n, f.alias)), None)
        if field is not None:
            yield from _members(field.annotation)
            for mark in field.metadata:
                yield from _members(mark) if get_origin(mark) is Annotated else ()
    else:
        for inner in get_args(kind):
            if inner is not Ellipsis:
                yield from _members(inner)


# ---------------------------------------------------------------- words

_WORDS = {
    "string_type": "expected text",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "too_short": "expected at least {min_length} of them",
    "too_long": "expected at most {max_length} of them",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "string_pattern_mismatch": "expected the form {pattern}",
}
_LIST = "begin each item on a line of its own with `- `"
_KEYS = "write `key: value` on lines of their own"
_HINTS = {
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
}


def _message(found: Any, path: Path) -> str:  # noqa: ANN401
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    kind = found["type"]
    value = found.get("input")
    shown = f", not `{value}`" if isinstance(value, str) else ""
    if kind in _WORDS:
        return f"`{name}`: {_WORDS[kind].format(**found.get('ctx', {}))}{shown}"
    if kind == "literal_error":
        expected = found["ctx"]["expected"].replace("'", "`")
        return f"`{name}`: expected {expected}{shown}"
    text = found["msg"].removeprefix("Value error, ")
    return f"`{name}`: {text}{shown}"
