"""In: the origins of blocks by bookmark. Out: the custom part that keeps them beside the text (part 1, 15.2.5 and 22.5).

Word and LibreOffice carry such a part through editing and saving as it is, so a returned file tells by itself where
its blocks come from: docs/notes/origin-ids.md.
"""

from __future__ import annotations

from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import ORIGINS, declare
from icat_reports.ooxml.package import DECLARATION, Part, Relationships
from icat_reports.write_docx.build import Build

_ID = "{1CA7CA7A-0000-4000-8000-000000000001}"


def parts(build: Build) -> list[Part]:
    """The part and the one that names it."""
    rows = "".join(f'<origin bookmark="{name}" id="{escape(origin.id)}"/>' for name, origin in build.origins.items())
    links = Relationships()
    links.to("customXmlProps", "itemProps1.xml")
    named = f'<ds:datastoreItem ds:itemID="{_ID}"{declare("ds")}><ds:schemaRefs><ds:schemaRef ds:uri="{ORIGINS}"/></ds:schemaRefs></ds:datastoreItem>'
    return [
        Part("customXml/item1.xml", "xml", f'{DECLARATION}<origins xmlns="{ORIGINS}">{rows}</origins>'.encode(), links),
        Part("customXml/itemProps1.xml", "customXmlProps", (DECLARATION + named).encode()),
    ]
