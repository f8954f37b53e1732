"""In: a project, the id of a publication in it, a folder. Out: a project in that folder with this publication alone, once or ten times.

Of ten times, everything that grows with a publication is there under new ids: parts, data, organizations. What publications
share is there once: references, sources, layouts, catalogues. Equal input gives equal files.

Run by hand: .venv/bin/python benchmarks/tenfold.py tenfold PROJECT PUBLICATION FOLDER, then ./icat check --root FOLDER
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter

from icat_reports.compose.tallies import TALLIES
from icat_reports.content import (
    Answer,
    AnyDataset,
    Block,
    ChartDefinition,
    Fact,
    Option,
    Organization,
    Part,
    PartFile,
    PartLink,
    Publication,
    Status,
)
from icat_reports.words import Id, Prose, Words

TIMES = 10

SHARED = ("layouts", "i18n", "content/references", "content/sources.yaml")
"""What is taken over as it is."""

CHANGES = (
    ("*.j2", r'="table-[\w-]+"', '="table-{{ block.data }}"'),
    ("*.j2", r'="[\w-]+-silent"', '="{{ block.data }}-silent"'),
)
"""In the copies of layouts, whose own ids do for one table of a kind."""

KEPT: frozenset[tuple[type, str]] = frozenset((
    (Block, "show"),
    (Part, "numbering"),
    (Publication, "layout"),
    *((kind, "id") for kind in (Fact, Option, Publication)),
    (Answer, "options"),
    (Status, "source"),
))  # fmt: skip
"""Ids that are the layout's words, or are known only inside what is copied whole."""

STATED = ("members", "partners", "entities", "respondents", "joined-after", "no-field-presence")
"""Counts and lists that go by these names however many datasets there are."""

MEMORANDUMS = "-memorandums"
"""Ends the name of a list of organizations, which begins with one's id."""

TOKEN = re.compile(r"\{(orgs|fact|count|Count|ref):([^}]*)\}")


def alone(project: Path, publication: str, folder: Path) -> None:
    """Write the project into `folder`, in place of what is there, without its other publications."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in (*SHARED, "content/organizations", f"content/publications/{publication}"):
        source, target = project / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def tenfold(project: Path, publication: str, folder: Path) -> None:
    """Write the project into `folder`, in place of what is there, with the publication ten times in one."""
    alone(project, publication, folder)
    for name in ("organizations", "publications"):
        shutil.rmtree(folder / "content" / name)
    _change(folder / "layouts")
    _write_content(project / "content", publication, folder / "content")


def _change(layouts: Path) -> None:
    for pattern, old, new in CHANGES:
        for file in sorted(layouts.rglob(pattern)):
            file.write_text(re.sub(old, new, file.read_text(encoding="utf-8")), encoding="utf-8")


def _write_content(old: Path, publication: str, new: Path) -> None:
    home = old / "publications" / publication
    datasets = {
        path.relative_to(home): _read(path, TypeAdapter(AnyDataset))
        for path in sorted(home.rglob("*.yaml"))
        if path.name != "publication.yaml"
    }
    organizations = [_read(path, TypeAdapter(Organization)) for path in sorted((old / "organizations").glob("*.yaml"))]
    ids = {
        str(data.type): str(data.id or path.stem) for path, data in datasets.items() if not isinstance(data, PartFile)
    }
    names = frozenset(str(organization.id) for organization in organizations)
    for number in range(1, TIMES + 1):
        copy = _Copy(number, ids, names)
        for organization in organizations:
            _write(new / "organizations" / f"{copy.id(organization.id)}.yaml", copy.plain(organization))
        for path, data in datasets.items():
            _write(new / "publications" / publication / copy.path(path), copy.dataset(path, data))
    whole = _read(home / "publication.yaml", TypeAdapter(Publication))
    _write(new / "publications" / publication / "publication.yaml", _many(whole, ids, names))


def _many(publication: Publication, ids: Mapping[str, str], names: frozenset[str]) -> dict[str, Any]:
    """The publication with every part ten times, annexes last."""
    plain = _Copy(1, ids, names).plain(publication, keep=True)
    copies = [_Copy(number, ids, names).plain(part) for number in range(1, TIMES + 1) for part in publication.parts]
    return plain | {"parts": sorted(copies, key=lambda part: str(part.get("file")).startswith("annex"))}


@dataclass(frozen=True, slots=True)
class _Copy:
    """One of the ten."""

    number: int
    ids: Mapping[str, str]
    """The dataset of a type, where there is one."""
    organizations: frozenset[str]
    """Their ids; what else has facts is shared."""

    def id(self, name: str) -> str:
        stem = name.removesuffix(MEMORANDUMS)
        return f"{stem}-{self.number}{name[len(stem) :]}"

    def path(self, path: Path) -> Path:
        return path.with_stem(self.id(path.stem))

    def dataset(self, path: Path, data: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the datasets
        named = {} if isinstance(data, PartFile) else {"id": self.id(str(data.id or path.stem))}
        return self.plain(data) | named

    def plain(self, model: BaseModel, *, keep: bool = False) -> dict[str, Any]:
        """What a file says of `model`, as YAML has it; with `keep`, its own ids stay."""
        names = type(model).model_fields
        found = {
            names[key].alias or key: self._value(getattr(model, key), keep=keep or (type(model), key) in KEPT)
            for key in names
            if key in model.model_fields_set
        }
        return found | dict(self._data(model))

    def _data(self, model: BaseModel) -> Iterator[tuple[str, str]]:
        """Names of the dataset shown and of the chart or file meant, which are only said where there are several."""
        if isinstance(model, PartLink):
            yield "file", str(self.path(Path(str(model.file))))
        elif isinstance(model, ChartDefinition) and model.data is None:
            yield "data", self.id(self.ids[TALLIES[model.source][0]])
        elif isinstance(model, Block) and model.select is not None:
            yield "select", self.id(str(model.select))
        elif isinstance(model, Block) and model.data is None and str(model.show) in self.ids:
            yield "data", self.id(self.ids[str(model.show)])

    def _value(self, value: object, *, keep: bool) -> object:
        if isinstance(value, BaseModel):
            return self.plain(value)
        if isinstance(value, tuple):
            return [self._value(item, keep=keep) for item in value if self._is_shown(item)]
        if isinstance(value, dict):
            return {str(key): self._value(item, keep=keep) for key, item in value.items()}
        if isinstance(value, Prose):
            return _Text(TOKEN.sub(self._token, value))
        if isinstance(value, Id) and not keep:
            return self.id(value)
        return str(value) if isinstance(value, Words) else value

    def _is_shown(self, item: object) -> bool:
        """Profiles are shown all together, so only in the first copy."""
        return not (isinstance(item, Block) and item.show == "profiles" and self.number > 1)

    def _token(self, found: re.Match[str]) -> str:
        kind, words = found.groups()
        if kind == "fact":
            of, slash, fact = words.rpartition("/")
            return f"{{fact:{self.id(of) if of in self.organizations else of}{slash}{fact}}}"
        new = [name if name in STATED else self.id(name) for name in words.split("/")]
        return f"{{{kind}:{'/'.join(new)}}}"


# ---------------------------------------------------------------- files


class _Text(str):
    """Prose, which stands in a literal block, as authors write it."""

    __slots__ = ()


class _Dumper(yaml.CSafeDumper):
    """Writes prose as literal blocks."""


_Dumper.add_representer(
    _Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def _read(path: Path, adapter: TypeAdapter[Any]) -> Any:  # noqa: ANN401 - whatever the adapter is of
    return adapter.validate_python(yaml.load(path.read_bytes(), yaml.CBaseLoader))  # noqa: S506 - it makes strings only


def _write(path: Path, plain: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")


WRITERS = {"once": alone, "tenfold": tenfold}

if __name__ == "__main__":
    WRITERS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
