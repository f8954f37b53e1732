"""In: the content types. Out: their JSON Schema, from which editors' programs complete and explain YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from icat_reports.content import AnyDataset, Glossary, Organization, Publication, ReferenceFile, SourceFile

_TYPES: Mapping[str, Any] = {
    "organization": Organization,
    "references": ReferenceFile,
    "sources": SourceFile,
    "glossary": Glossary,
    "publication": Publication,
    "dataset": AnyDataset,
}


def json_schemas() -> Mapping[str, str]:
    """By name of the kind of file, its JSON Schema (draft 2020-12) as text, to be kept in `schemas/<name>.json`."""
    return {name: _schema(kind) for name, kind in _TYPES.items()}


class _Generator(GenerateJsonSchema):
    """What is left out is left out: a key without a value is refused. Keys are their own titles."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """See pydantic's `GenerateJsonSchema.nullable_schema`."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """See pydantic's `GenerateJsonSchema.default_schema`."""
        made = super().default_schema(schema)
        if made.get("default", "") is None:
            del made["default"]
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - pydantic's union has no public name
        """See pydantic's `GenerateJsonSchema.field_title_should_be_set`."""
        del schema
        return False


def _schema(kind: Any) -> str:  # noqa: ANN401
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | TypeAdapter(kind).json_schema(
        schema_generator=_Generator
    )
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
