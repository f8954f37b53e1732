"""In: the parts of a package. Out: the archive's bytes, the same on any day and any machine (ECMA-376 part 2)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, RELATIONSHIPS, TYPES

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date that an archive can hold."""
_LEVEL = 6
"""Of compression: zlib's own default, named so that it stays."""


class Relationships(Struct):
    """The links of one part to others and to the web; a target that was given before keeps its id."""

    _ids: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def to(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship of this kind to `target`, such as `rId1`."""
        return self._ids.setdefault((kind, target, external), f"rId{len(self._ids) + 1}")

    def __len__(self) -> int:
        """Count the relationships."""
        return len(self._ids)

    def markup(self) -> str:
        """The `.rels` part (part 2, 9.3)."""
        rows = (
            f'<Relationship Id="{id_}" Type="{RELATIONSHIPS[kind]}" Target="{escape(target)}"'
            + (' TargetMode="External"/>' if external else "/>")
            for (kind, target, external), id_ in self._ids.items()
        )
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{"".join(rows)}</Relationships>'


class Part(Struct, frozen=True):
    """A part of the package."""

    path: str
    """From the package's root, without a slash before it: `word/document.xml`."""
    type: str
    """Short name of its content type (`namespaces.TYPES`)."""
    data: bytes
    relationships: Relationships | None = None

    @property
    def relationships_path(self) -> str:
        """Path of its `.rels` part (part 2, 9.3.3)."""
        folder, _, name = self.path.rpartition("/")
        return f"{folder}/_rels/{name}.rels".removeprefix("/")


def pack(parts: Iterable[Part], root: Relationships) -> bytes:
    """Zip the parts with their content types and relationships, in the order given."""
    parts = tuple(parts)
    files: dict[str, str | bytes] = {"[Content_Types].xml": content_types(parts), "_rels/.rels": root.markup()}
    for part in parts:
        files[part.path] = part.data
        if part.relationships:
            files[part.relationships_path] = part.relationships.markup()
    return pack_raw(files)


def pack_raw(files: Mapping[str, str | bytes]) -> bytes:
    """Zip files by path, in the order given; text is stored as UTF-8."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # as on any system: bytes must not tell where they were made
            archive.writestr(info, data, compresslevel=_LEVEL)
    return stream.getvalue()


def content_types(parts: Iterable[Part]) -> str:
    """The part that names the others' content types (part 2, 10.1.2): by ending for media, by name for XML."""
    parts = tuple(parts)
    endings = {"rels": TYPES["rels"], "xml": TYPES["xml"]}
    endings |= {p.path.rpartition(".")[2]: TYPES[p.type] for p in parts if not p.path.endswith(".xml")}
    defaults = "".join(f'<Default Extension="{end}" ContentType="{type_}"/>' for end, type_ in endings.items())
    overrides = "".join(
        f'<Override PartName="/{part.path}" ContentType="{TYPES[part.type]}"/>'
        for part in parts
        if part.path.endswith(".xml") and part.type != "xml"
    )
    return f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">{defaults}{overrides}</Types>'
