"""The shape of the program: what may import what, what may print, what must not be named, and how long things may be."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct
from tests.tiny import ROOT

from icat_reports.document.nodes import Column

SOURCE = ROOT / "src/icat_reports"
STAGES = ("load", "translate", "compose", "resolve", "check", "excerpt", "write_html", "write_pdf", "write_docx", "paginate", "verify",
          "review")  # fmt: skip
ORCHESTRATORS = ("pipeline", "build", "i18n", "cli", "__main__")
"""Only these may know several stages."""

LONGEST_FUNCTION = 60
LONGEST_MODULE = 600
LONGER = {"content.py": 750}
"""Modules that may be longer: `content.py` is the author's whole world as types, and holds no logic to speak of."""

BANNED = {
    "random": "two builds must give the same bytes",
    "secrets": "two builds must give the same bytes",
    "uuid": "two builds must give the same bytes",
    "locale": "formats of a language come from Babel with the language named",
    "platform": "the output must not depend on the machine",
    "getpass": "the output must not depend on the user",
    "socket": "a build needs no network",
    "ssl": "a build needs no network",
    "http": "a build needs no network",
    "requests": "a build needs no network",
    "urllib.request": "a build needs no network",
    "pickle": "what is read back must not be able to run code",
}
CLOCKS = {"pipeline.py": {"time"}, "paginate/office.py": {"time"}, "compose/__init__.py": {"datetime"}}
"""Who may import what knows the time: to measure how long a format took or to wait for a program, and to reckon with dates."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    """Names of our own top modules that a module imports."""
    found = (name.split(".") for name in imports(path))
    return {parts[1] for parts in found if parts[0] == "icat_reports" and len(parts) > 1}


def top(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=short)
def test_a_stage_imports_no_stage_and_a_noun_imports_none(path: Path) -> None:
    if top(path) in ORCHESTRATORS:
        return
    assert own_imports(path) & set(STAGES) - {top(path)} == set()
    assert own_imports(path) & set(ORCHESTRATORS) <= ({"cli"} if top(path) == "__main__" else set())


@pytest.mark.parametrize("stage", [s for s in STAGES if (SOURCE / s).is_dir()])
def test_a_stage_has_one_public_function_named_as_the_package(stage: str) -> None:
    init = tree(SOURCE / stage / "__init__.py")
    names = [
        ast.literal_eval(node.value)
        for node in init.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    ]
    assert names
    assert stage in names[0]


def test_every_package_is_a_stage_or_a_noun_that_is_known() -> None:
    folders = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").is_file()}
    assert folders <= {*STAGES, "catalogue", "cli", "document", "exchange", "ooxml"}


MAY_CALL = {"cli/saying.py": {"print", "input", "breakpoint"}}
"""One module prints."""


@pytest.mark.parametrize("path", modules(), ids=short)
def test_only_one_module_prints(path: Path) -> None:
    calls = {n.func.id for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert calls & {"print", "input", "breakpoint", "exec", "eval"} <= MAY_CALL.get(short(path), set())


BETWEEN_PROCESSES = {"build.py": {"pickle"}}
"""Documents go from one process of a build to another as bytes, and never to a disk."""


@pytest.mark.parametrize("path", modules(), ids=short)
def test_nothing_is_random_and_nothing_asks_the_clock_the_machine_or_the_network(path: Path) -> None:
    found = {name for name in imports(path) for banned in BANNED if name == banned or name.startswith(f"{banned}.")}
    assert found <= BETWEEN_PROCESSES.get(short(path), set())
    assert {"time", "datetime"} & set(imports(path)) <= CLOCKS.get(short(path), set())
    attributes = {n.attr for n in ast.walk(tree(path)) if isinstance(n, ast.Attribute)}
    assert not attributes & {"now", "utcnow", "today", "localtime", "gmtime", "urandom"}


def literals(path: Path) -> Iterator[str]:
    """Every string of a module that is no docstring."""
    documented = {
        id(node.body[place].value)  # type: ignore[attr-defined]
        for node in ast.walk(tree(path))
        for place in range(len(getattr(node, "body", ()) if isinstance(getattr(node, "body", ()), list) else ()))
        if isinstance(node.body[place], ast.Expr)  # type: ignore[attr-defined]
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


@pytest.mark.parametrize("path", modules(), ids=short)
def test_no_module_names_a_publication_a_layout_or_an_organization(path: Path) -> None:
    folders = (ROOT / "content/publications", ROOT / "layouts")
    names = {p.name for folder in folders for p in folder.iterdir() if p.is_dir()} - {"shared"}
    names |= {p.stem for p in (ROOT / "content/organizations").glob("*.yaml")}
    pattern = re.compile(rf"(?:.*/)?(?:{'|'.join(map(re.escape, sorted(names)))})(?:/.*)?")
    assert [text for text in literals(path) if pattern.fullmatch(text)] == []


@pytest.mark.parametrize("path", modules(), ids=short)
def test_modules_and_functions_are_short_and_say_what_they_are(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGER.get(short(path), LONGEST_MODULE)
    assert ast.get_docstring(tree(path)) or not tree(path).body
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


NOUNS = [path for path in modules() if top(path) not in {*STAGES, *ORCHESTRATORS}]
COLLECTORS = {"Sink": "findings", "Relationships": "the parts that a part of a Word package refers to"}
"""Types of the nouns whose values may change, and what they collect."""


@pytest.mark.parametrize("path", NOUNS, ids=short)
def test_the_values_that_stages_hand_to_one_another_cannot_be_changed(path: Path) -> None:
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    changeable = [
        kind.__name__
        for kind in vars(importlib.import_module(name)).values()
        if isinstance(kind, type) and kind.__module__ == name and not kind.__name__.startswith("_")
        if issubclass(kind, Struct) and not kind.__struct_config__.frozen
    ]
    assert [name for name in changeable if name not in COLLECTORS] == []


def test_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert [short(p) for p in modules() if set(Path(short(p)).with_suffix("").parts) & drawers] == []


def test_every_path_that_the_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]+(?:/|\.(?:py|yaml|md|css|j2|toml|json|lock)))`", text))
    assert len(named) > 15
    lost = [
        name
        for name in named
        if not any((base / name).exists() for base in (ROOT, SOURCE, SOURCE / "document", ROOT / "content"))
        and not ("/" not in name and any(ROOT.glob(f"*/**/{name}")))
    ]
    assert sorted(lost) == []


def test_words_that_the_program_sets_by_itself_are_those_that_a_layout_must_have() -> None:
    from icat_reports.layout import WORDS  # noqa: PLC0415

    used = set()
    for path in modules():
        used |= set(re.findall(r"""\bwords\[["']([a-z-]+)["']\]""", path.read_text(encoding="utf-8")))
    assert used <= WORDS.keys()
    chosen_by_kind = {"contents", "figures", "tables", "figure", "table", "figure-reference", "table-reference"}
    assert used | chosen_by_kind | set(get_args(Column)) == WORDS.keys()
