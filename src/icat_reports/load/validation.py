"""In: a tree of a YAML file and the type it must have. Out: the typed value, or findings in plain words with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

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
        report.tell()
        return None


class _Report:
    """Tells what pydantic found in an editor's words."""

    def __init__(self, tree: Tree, adapter: TypeAdapter[Any], file: str, sink: Sink) -> None:
        self.tree, self.file, self.sink = tree, file, sink
        self.type = adapter._type  # noqa: SLF001 - it has no other name
        self.unknown: dict[Path, list[str]] = {}
        self.known: dict[Path, list[str]] = {}
        self.missing: dict[Path, list[str | int]] = {}
        self.required: dict[Path, list[str]] = {}
        self.unfit: dict[Span, list[tuple[Path, Any]]] = {}

    def add(self, found: Any) -> None:  # noqa: ANN401
        """Take one of pydantic's errors."""
        *steps, last = found["loc"] or ("",)
        if found["type"] == "extra_forbidden":
            path, models = _follow(self.type, tuple(steps), self.tree)
            self.unknown.setdefault(path, []).append(str(last))
            self.known[path] = _keys_of(models)
        elif found["type"] == "missing":
            path, models = _follow(self.type, tuple(steps), self.tree)
            self.missing.setdefault(path, []).append(last)
            self.required[path] = _required(models)
        elif found["type"] in ("union_tag_not_found", "union_tag_invalid"):
            path, members = _follow(self.type, tuple(found["loc"]), self.tree)
            self._no_type(path, [tag for tag, _ in members])
        else:
            steps = steps if last == "[key]" else [*steps, last]
            path, _ = _follow(self.type, tuple(steps), self.tree)
            places = self.tree.keys if last == "[key]" else self.tree.spans
            self.unfit.setdefault(places.get(path, Span(self.file, 1)), []).append((path, found))

    def tell(self) -> None:
        """Report what was taken."""
        for path in [path for path, keys in self.unknown.items() if self._is_elsewhere(path, keys)]:
            self._misplaced(path, self.unknown.pop(path), self.missing.pop(path))
        for path, keys in self.unknown.items():
            for key in keys:
                self._unknown_key((*path, key), self.known[path])
        for path, lacking in self.missing.items():
            for one in lacking:
                self._missing(path, one)
        for place, errors in self.unfit.items():
            # A value that may be of several kinds: what is wrong with it as the kind that it is
            telling = [(path, found) for path, found in errors if found["type"] not in _OTHER_KINDS] or errors[:1]
            for path, found in telling:
                message, hint = _message(found, _name(path))
                self.sink.error("value-fits", message, place, hint)

    def _is_elsewhere(self, path: Path, keys: list[str]) -> bool:
        """Whether an item of a list has nothing of what it must have, but other keys: it belongs to another list."""
        lacking = set(map(str, self.missing.get(path, ())))
        inside = bool(path) and isinstance(path[-1], int)
        return inside and len(keys) > 1 and bool(lacking) and lacking == set(self.required[path])

    def _misplaced(self, path: Path, keys: list[str], lacking: list[str | int]) -> None:
        has, needs = (", ".join(f"`{key}`" for key in row) for row in (keys, lacking))
        self.sink.error("item-in-place", f"this is no item of `{_name(path)}`: it has {has}", self.tree.spans[path],
                        f"an item of `{_name(path)}` has {needs}; move this one up, to the list that it belongs to")  # fmt: skip

    def _unknown_key(self, path: Path, known: list[str]) -> None:
        here = ", ".join(f"`{key}`" for key in known)
        self.sink.error("key-known", f"the key `{path[-1]}` is not known here", self.tree.keys.get(path, Span(self.file, 1)),
                        nearest(str(path[-1]), known, 1) or f"known here are {here}")  # fmt: skip

    def _missing(self, path: Path, key: str | int) -> None:
        place = self.tree.keys.get(path, self.tree.spans.get(path, Span(self.file, 1)))
        inside = f" in `{_name(path)}`" if path else ""
        if isinstance(key, int):
            self.sink.error(
                "value-fits", f"`{_name(path)}` has {key} items, which are too few", place, "add the next one"
            )
        else:
            self.sink.error("key-present", f"the key `{key}` is missing{inside}", place, f"add `{key}:`")

    def _no_type(self, path: Path, tags: list[str]) -> None:
        given = self.tree.spans.get((*path, "type"))
        said = self.tree.value.get("type") if given and isinstance(self.tree.value, dict) else ""
        self.sink.error("type-known", f"there is no type `{said}`" if given else "the file does not say of what type it is",
                        given or Span(self.file, 1), f"begin it with `type:` and one of {', '.join(f'`{t}`' for t in tags)}")  # fmt: skip


def _name(path: Path) -> str:
    """The innermost key of a path."""
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")


# ---------------------------------------------------------------- along pydantic's path, through the types

_Members = list[tuple[str, Any]]
"""Types that a value may have, each with its tag in a union."""


def _follow(kind: Any, loc: tuple[Any, ...], tree: Tree) -> tuple[Path, _Members]:  # noqa: ANN401
    """The key path that `loc` means, and the types found there; pydantic's own steps, tags of unions, are left out."""
    path: Path = ()
    members = list(_members(kind))
    for step in loc:
        tagged = [(tag, one) for tag, one in members if tag == step]
        if tagged and len(members) > 1:
            members = tagged
        elif (*path, step) in tree.spans:
            path = (*path, step)
            members = [inner for _, one in members for inner in _inside(one, step)]
    return path, members


def _keys_of(members: _Members) -> list[str]:
    """Keys of models, in the order of their definition."""
    models = [one for _, one in members if _is_model(one)]
    return list(dict.fromkeys(field.alias or name for model in models for name, field in model.model_fields.items()))


def _required(members: _Members) -> list[str]:
    """Keys that each of the models must have."""
    fields = [one.model_fields for _, one in members if _is_model(one)]
    return list(dict.fromkeys(f.alias or name for row in fields for name, f in row.items() if f.is_required()))


def _is_model(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _members(kind: Any, tag: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The types that a type may be, each with its tag in a union."""
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        yield from _members(inner, next((mark.tag for mark in marks if isinstance(mark, Tag)), tag))
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


def _inside(kind: Any, step: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The types found one step further: the field of a model, the item of a list, the value of a mapping."""
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if step in (name, field.alias):
                yield from _members(get_type_hints(kind, include_extras=True)[name])
    else:
        for inner in get_args(kind):
            if inner is not Ellipsis:
                yield from _members(inner)


# ---------------------------------------------------------------- words

_EXPECTED = {
    "string_type": "expected text",
    "tuple_type": "expected a list: begin each item on a line of its own with `- `",
    "list_type": "expected a list: begin each item on a line of its own with `- `",
    "dict_type": "expected keys with values: write `key: value` on lines of their own",
    "model_type": "expected keys with values: write `key: value` on lines of their own",
    "model_attributes_type": "expected keys with values: write `key: value` on lines of their own",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "too_short": "expected at least {min_length}",
    "too_long": "expected at most {max_length}",
    "greater_than_equal": "expected {ge:g} or more",
    "less_than_equal": "expected {le:g} or less",
    "string_pattern_mismatch": "expected the form {pattern}",
    "literal_error": "expected {expected}",
}

_OTHER_KINDS = frozenset(kind for kind in _EXPECTED if kind.endswith("_type"))
"""Errors that say no more than that a value is of another kind."""


def _message(found: Any, name: str) -> tuple[str, str]:  # noqa: ANN401
    """What is wrong with a value, and how to mend it."""
    kind, value = found["type"], found.get("input")
    shown = f"`{value}`" if isinstance(value, str) else "keys with values" if isinstance(value, dict) else "a list"
    if kind in ("too_short", "too_long"):
        shown = f"a list of {len(value)}"
    if kind in _EXPECTED:
        expected = _EXPECTED[kind].format(**found.get("ctx", {})).replace("'", "`")
        return f"`{name}` cannot be {shown}", expected
    text, _, remedy = str(found["msg"]).removeprefix("Value error, ").partition("; ")
    return (text, remedy) if remedy else (f"`{name}` cannot be {shown}", text)
