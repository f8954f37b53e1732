"""In: the content types. Out: their JSON Schema, from which editors' programs complete and explain YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from icat_reports.content import AnyDataset, Organization, Publication, ReferenceFile, SourceFile

_TYPES: Mapping[str, Any] = {
    "organization": Organization,
    "references": ReferenceFile,
    "sources": SourceFile,
    "publication": Publication,
    "dataset": AnyDataset,
}


def json_schemas() -> Mapping[str, str]:
    """By name of the kind of file, its JSON Schema (draft 2020-12) as text, to be kept in `schemas/<name>.json`."""
    return {name: _schema(kind) for name, kind in _TYPES.items()}


def _schema(kind: Any) -> str:  # noqa: ANN401
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | TypeAdapter(kind).json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
