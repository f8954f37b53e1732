"""In: what a file says of itself. Out: its core, application and custom properties (part 2, 11; part 1, 22.2 and 22.3).

No date of making: the same content gives the same file on any day.
"""

from __future__ import annotations

from icat_reports.document.nodes import Metadata
from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import CUSTOM_PROPERTIES, EXTENDED_PROPERTIES, declare
from icat_reports.ooxml.package import DECLARATION

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of all custom properties (22.3.2.2)."""


def core(metadata: Metadata) -> str:
    """`core.xml`."""
    rows = {
        "dc:title": metadata.title,
        "dc:subject": metadata.subject,
        "dc:creator": metadata.author,
        "cp:keywords": ", ".join(metadata.keywords),
        "cp:category": metadata.publication,
        "cp:contentStatus": metadata.status,
        "dc:language": metadata.language,
        "cp:version": metadata.edition,
    }
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows.items() if value)
    return f"{DECLARATION}<cp:coreProperties{declare('cp', 'dc', 'dcterms')}>{inner}</cp:coreProperties>"


def app() -> str:
    """`app.xml`."""
    return (
        f'{DECLARATION}<Properties xmlns="{EXTENDED_PROPERTIES}"><Application>icat-reports</Application></Properties>'
    )


def custom(metadata: Metadata) -> str:
    """`custom.xml`: what leads a returned file back to the content that it was made from."""
    rows = {
        "Publication": metadata.publication,
        "Edition": metadata.edition,
        "Content revision": metadata.revision,
        "Language": metadata.language,
        "Status": metadata.status,
    }
    inner = "".join(
        f'<property fmtid="{_FORMAT}" pid="{place}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for place, (name, value) in enumerate(rows.items(), 2)
    )
    return f'{DECLARATION}<Properties xmlns="{CUSTOM_PROPERTIES}"{declare("vt")}>{inner}</Properties>'
