"""In: a theme and the tree it was read from. Out: findings about what it lacks, and about names that nothing has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.fonts import FONT_SETS
from icat_reports.load.yaml_tree import Path, Tree
from icat_reports.ooxml.styles import STYLES
from icat_reports.theme import COLOURS, ROLES, Theme

NARROWEST = 50
"""Millimetres that the margins must leave for text."""
_KNOWN_ROLES = frozenset(style.role for style in STYLES.values() if style.role) | {"masthead"}
"""The last says how far a masthead reaches."""


def is_whole(theme: Theme, tree: Tree, sink: Sink) -> bool:
    """Whether all that the theme names is known and nothing is lacking; findings go to `sink`."""
    found = Sink()
    check = _Check(theme, tree, found)
    check.lacks("colors", COLOURS, "colours")
    check.lacks("type", ROLES, "roles")
    check.names()
    check.room()
    sink.extend(found)
    return not found.failed


class _Check(Struct, frozen=True):
    """Checks one theme."""

    theme: Theme
    tree: Tree
    sink: Sink

    def lacks(self, key: str, wanted: Iterable[str], noun: str) -> None:
        """Report what the program needs and the mapping `key` has not."""
        there: dict[str, object] = self.tree.value[key]
        if lacking := ", ".join(f"`{name}`" for name in wanted if name not in there):
            self.sink.error("theme-whole", f"the theme lacks the {noun} {lacking}", self.tree.keys[(key,)],
                            f"add them under `{key}:`")  # fmt: skip

    def names(self) -> None:
        """Report names of colours, fonts, roles and styles that there are not."""
        for path, name in (
            (("fonts", "text"), self.theme.fonts.text),
            (("fonts", "heading"), self.theme.fonts.heading),
        ):
            self._known(name, FONT_SETS, "family of fonts", self.tree.spans[path])
        for role, style in self.theme.type.items():
            if "color" in style.model_fields_set:
                self._known(style.color, self.theme.colors, "colour", self.tree.spans["type", role, "color"])
        for id_, looks in self.theme.word.items():
            if looks.ground:
                self._known(looks.ground, self.theme.colors, "colour", self.tree.spans["word", id_, "ground"])
        for place, ground in self.theme.grounds.items():
            for key in sorted(ground.model_fields_set & {"color", "line"}):
                name = getattr(ground, key)
                self._known(name, self.theme.colors, "colour", self.tree.spans["grounds", place, key])
        self._named("type", _KNOWN_ROLES, "role of type")
        self._named("word", STYLES, "style of the Word file")

    def _named(self, key: str, known: Collection[str], noun: str) -> None:
        """Check the keys of the mapping `key`."""
        for name in self.tree.value.get(key, ()):
            self._known(name, known, noun, self.tree.keys[key, str(name)])

    def _known(self, name: str, known: Collection[str], noun: str, place: Span) -> None:
        if name not in known:
            self.sink.error("look-known", f"there is no {noun} `{name}`", place,
                            nearest(name, known) or f"there are {', '.join(sorted(known))}")  # fmt: skip

    def room(self) -> None:
        """Report margins that leave no room for text."""
        page = self.theme.page
        for sides, size in ((("inside", "outside"), page.width), (("top", "bottom"), page.height)):
            taken = sum(getattr(page.margin, side) for side in sides)
            if size - taken < NARROWEST:
                path: Path = ("page", "margin", sides[0])
                self.sink.error("margins-fit", f"`{sides[0]}` and `{sides[1]}` take {taken:g} mm of {size:g} mm",
                                self.tree.spans[path], f"leave {NARROWEST} mm for the text")  # fmt: skip
