"""Loading: places in every style of YAML, files that cannot be read, hostile input, and schemas that are current."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.casefile import check_project, tiny
from tests.tiny import ROOT, write_tiny

from icat_reports import pipeline
from icat_reports.content import AnyDataset, Organization
from icat_reports.diagnostics import Acceptance, Diagnostic, Severity, Sink, Span, nearest
from icat_reports.load import load
from icat_reports.load.files import LARGEST_TEXT, as_text
from icat_reports.load.validation import validated
from icat_reports.load.yaml_tree import DEEPEST, read_tree
from icat_reports.schema import json_schemas
from icat_reports.words import Symbol, Words
from icat_reports.world import DiskWorld, MemoryWorld, Outside

ILO = "content/organizations/ilo.yaml"
ORGANIZATION: TypeAdapter[Any] = TypeAdapter(Organization)
DATASET: TypeAdapter[Any] = TypeAdapter(AnyDataset)


def findings(data: bytes, file: str = ILO) -> list[str]:
    """What `./icat check` says when `file` of the tiny project holds `data`."""
    return [str(f) for f in check_project(MemoryWorld(tiny() | {file: data}))]


def codes(data: bytes, file: str = ILO) -> list[str]:
    return [f.code for f in check_project(MemoryWorld(tiny() | {file: data}))]


def words_in(text: str) -> Words:
    """The value of the key `text` in a YAML text."""
    tree = read_tree("a.yaml", text, Sink())
    found = tree.value["text"]
    assert isinstance(found, Words)
    return found


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    "text",
    [
        "text: one @ two\n",
        "text: 'it''s one @ two'\n",
        'text: "\\u00e9\\t\\"one\\" @ two"\n',
        "text: |\n  one\n\n    - indented\n    @ two\n",
        "text: |-\n\n  one\n  @ two\n",
        "text: >\n  one\n  more @ two\n\n  three\n",
        "text: one\n  more\n  @ two\n",
        'text: "one\n  more\n\n  \\\n  @ two"\n',
        "text: |2\n    one\n  @ two\n",
        "text: |\r\n  one\r\n  @ two\r\n",
    ],
)
def test_a_place_inside_a_scalar_is_the_place_in_the_file(text: str) -> None:
    words = words_in(text)
    place = words.at(words.index("@"))
    lines = text.split("\n")
    assert lines[place.line - 1][place.column - 1] == "@"


@given(st.lists(st.text("ab é\"'\\:-", min_size=1, max_size=12), min_size=1, max_size=4), st.sampled_from("|>'\""))
def test_every_word_of_every_style_is_found_where_it_stands(lines: list[str], style: str) -> None:
    body = [re.sub(r"^[\s-]+", "x", line).strip() or "x" for line in lines]
    body[-1] += "@"
    if style in "|>":
        text = f"text: {style}\n" + "".join(f"  {line}\n" for line in body)
    else:
        escape = {"'": ("'", "''"), '"': ('"', '\\"')}[style]
        text = "text: " + style + "\n  ".join(line.replace("\\", "").replace(*escape) for line in body) + style + "\n"
    words = words_in(text)
    place = words.at(words.index("@"))
    assert text.split("\n")[place.line - 1][place.column - 1] == "@"


def test_norway_stays_a_text_and_so_do_numbers() -> None:
    tree = read_tree("a.yaml", "a: NO\nb: 1.10\nc: 0o17\nd: 2021-07-01\ne: yes\n", Sink())
    assert tree.value == {"a": "NO", "b": "1.10", "c": "0o17", "d": "2021-07-01", "e": "yes"}


def test_a_quoted_null_is_a_text() -> None:
    assert read_tree("a.yaml", "a: 'null'\nb: \"\"\n", Sink()).value == {"a": "null", "b": ""}


# ---------------------------------------------------------------- how a file is written


def test_windows_line_ends_a_byte_order_mark_and_no_last_line_end_are_fine() -> None:
    text = tiny()[ILO].replace(b"\n", b"\r\n").rstrip()
    assert findings(b"\xef\xbb\xbf" + text) == []


def test_line_numbers_are_right_with_windows_line_ends() -> None:
    text = tiny()[ILO].replace(b"kind: specialized-agency", b"kind: agency").replace(b"\n", b"\r\n")
    assert findings(text)[0].startswith(f"{ILO}:3:7: error: `kind` cannot be `agency`")


def test_a_file_that_is_not_utf_8_is_named_with_line_and_column() -> None:
    said = findings(
        "id: ilo\nnames: [{name: Organisation internationale du Travail – é}]\n".encode("latin-1", "replace")
    )
    assert said[0].startswith(f"{ILO}:2:57: error: the file is not UTF-8 text from here on")
    assert codes(b"id: \xff") == ["file-in-utf-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_in_another_unicode_encoding_is_refused(encoding: str) -> None:
    assert codes("id: ilo\n".encode(encoding)) in (["file-in-utf-8"], ["text-printable"])


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffd", "\uffff"]
)
def test_a_character_that_no_text_may_hold_is_named_with_its_place(character: str) -> None:
    number = f"U+{ord(character):04X}"
    (said,) = findings(f"id: ilo\n# é {character}\n".encode())
    assert said.startswith(f"{ILO}:2:5: error: there is a character here that no text may hold ({number})")


def test_a_message_shows_no_control_character_and_is_not_endless() -> None:
    sink = Sink()
    sink.error("key-known", "the key `a\x1b[31m\n\u202eb` " + "x" * 10_000, Span("a.yaml"))
    (said,) = sink
    assert said.message.isprintable()
    assert len(said.message) < 1000


def test_a_very_long_id_is_told_in_one_short_line() -> None:
    said = findings(tiny()[ILO].replace(b"id: ilo", b"id: " + b"x" * 100_000))
    assert all(len(line) < 1500 for line in said)


# ---------------------------------------------------------------- what would cost memory, stack or time


class _Huge(MemoryWorld, frozen=True):
    """A world with a file of 50 MB, which must not be read."""

    def size(self, path: str) -> int:
        return 50_000_000 if path == ILO else len(self.contents[path])

    def read(self, path: str) -> bytes:
        assert path != ILO, "read into memory"
        return self.contents[path]


def test_a_file_of_50_mb_is_refused_without_being_read() -> None:
    found = check_project(_Huge(tiny()))
    assert [(f.code, str(f.span)) for f in found] == [("file-of-reasonable-size", ILO)]
    assert "50,000,000 bytes" in found[0].message


def test_the_largest_content_file_is_far_below_the_limit() -> None:
    assert max(p.stat().st_size for p in (ROOT / "content").rglob("*.yaml")) * 10 < LARGEST_TEXT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "nesting-bounded"),
        ("a:\n" + "".join(" " * n + "a:\n" for n in range(1, 200)), "nesting-bounded"),
        ("- " * 5_000 + "a", "nesting-bounded"),
        ("{a: " * 1_000 + "1" + "}" * 1_000, "nesting-bounded"),
        ("? " + "k" * 1_000_000 + "\n: v", "key-short"),
        ("a: &a [x]\nb: *a\n", "alias-free"),
        ("a: !!binary aGk=\n", "tag-free"),
        ("%YAML 1.1\n---\na: b\n---\nc: d\n", "one-document-a-file"),
        ("<<: {a: b}\n", ""),
        ("a: " + "é" * 500_000, ""),
    ],
)
def test_what_would_cost_memory_or_stack_is_refused_at_once(text: str, code: str) -> None:
    sink = Sink()
    tree = read_tree("a.yaml", text, sink)
    assert [f.code for f in sink] == ([code] if code else [])
    assert (tree.value is None) == bool(code)


def test_nesting_up_to_the_bound_is_fine() -> None:
    sink = Sink()
    assert read_tree("a.yaml", "[" * DEEPEST + "]" * DEEPEST, sink).value is not None
    assert len(sink) == 0


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_give_a_tree_or_findings_never_an_exception(data: bytes) -> None:
    sink = Sink()
    text = as_text("a.yaml", data, sink)
    tree = read_tree("a.yaml", text, sink) if text is not None else None
    assert sink.failed == (tree is None or tree.value is None)


@given(st.text("ab:-?#|>&*!%@`'\"[]{},\n \t\\~.0", max_size=60))
@settings(max_examples=500)
def test_any_yaml_like_text_gives_a_checked_value_or_findings_with_places(text: str) -> None:
    sink = Sink()
    tree = read_tree("a.yaml", text, sink)
    if tree.value is not None:
        assert validated(tree, DATASET, "a.yaml", sink) is None
    assert sink.failed
    assert all(f.span.line > 0 for f in sink)


_VALUES = st.recursive(
    st.sampled_from(["x", "2021", "ilo", "mapping-2021: L1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "type", "names", "name", "part", "parts", "notes", "facts", "values", "accept", "groups", "text"]), inner,
        max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(_VALUES, st.sampled_from([ORGANIZATION, DATASET]))
@settings(max_examples=300)
def test_any_tree_is_explained_with_places_in_it(value: object, kind: TypeAdapter[Any]) -> None:
    text = json.dumps(value, indent=1)
    sink = Sink()
    tree = read_tree("a.yaml", text, sink)
    if tree.value is not None:
        validated(tree, kind, "a.yaml", sink)
    places = {str(span) for span in (*tree.spans.values(), *tree.keys.values())} | {"a.yaml:1"}
    assert all(str(f.span) in places and f.hint for f in sink if f.code != "value-present")


# ---------------------------------------------------------------- files on a disk


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tiny(tmp_path)


def check(project: Path) -> list[Diagnostic]:
    return list(check_project(DiskWorld(project)))


def test_a_link_that_leads_out_of_the_project_is_not_followed(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("id: secret\n", encoding="utf-8")
    (project / "content/organizations/secret.yaml").symlink_to(outside)
    (project / "layouts/mapping/web.css").unlink(missing_ok=True)
    (project / "layouts/mapping/web.css").symlink_to(outside)
    found = check(project)
    assert [(f.code, f.span.file) for f in found] == [
        ("file-inside-project", "content/organizations/secret.yaml"),
        ("file-inside-project", "layouts/mapping/web.css"),
    ]


@pytest.mark.parametrize("target", ["nowhere.yaml", "loop.yaml"])
def test_a_broken_link_is_told(project: Path, target: str) -> None:
    (project / "content/organizations/loop.yaml").symlink_to(target)
    assert [(f.code, f.span.file) for f in check(project)] == [("file-readable", "content/organizations/loop.yaml")]


def test_a_link_of_a_folder_that_leads_out_of_the_project_is_not_followed(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text("secret")
    (project / "away").symlink_to(outside)
    world = DiskWorld(project)
    for _ in range(2):
        with pytest.raises(Outside):
            world.read("away/secret.yaml")


def test_a_link_inside_the_project_is_fine(project: Path) -> None:
    path = project / ILO
    path.rename(project / "content/ilo.md")
    path.symlink_to("../ilo.md")
    assert check(project) == []


def test_a_pipe_does_not_keep_us_waiting(project: Path) -> None:
    os.mkfifo(project / "content/organizations/pipe.yaml")
    assert [f.code for f in check(project)] == ["file-readable"]


def test_a_folder_named_like_a_file_is_told(project: Path) -> None:
    (project / "content/organizations/who.yaml").mkdir()
    assert [(f.code, f.span.file) for f in check(project)] == [("file-readable", "content/organizations/who.yaml")]


def test_a_link_to_a_folder_is_told_as_what_stands_there_is_not_read(project: Path) -> None:
    profiles = project / "content/publications/tiny/profiles"
    profiles.rename(project / "elsewhere")
    profiles.symlink_to(project / "elsewhere")
    found = {f.code: f.span.file for f in check(project)}
    assert found["folder-itself"] == "content/publications/tiny/profiles"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_told(project: Path) -> None:
    (project / ILO).chmod(0)
    assert [(f.code, f.span.file) for f in check(project)] == [("file-readable", ILO)]


class _Unreadable(MemoryWorld, frozen=True):
    def read(self, path: str) -> bytes:
        if path in (ILO, "layouts/mapping/shows.xml.j2", "layouts/mapping/theme.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return self.contents[path]


def test_files_that_cannot_be_read_are_all_told_in_one_run() -> None:
    found = check_project(_Unreadable(tiny()))
    assert {(f.code, f.span.file, f.message) for f in found} >= {
        ("file-readable", ILO, "the file cannot be read: Permission denied"),
        ("file-readable", "layouts/mapping/theme.yaml", "the file cannot be read: Permission denied"),
    }


def test_a_name_that_is_not_unicode_does_not_stop_the_check(project: Path) -> None:
    path = os.fsencode(project / "content/organizations") + b"/\xff.yaml"
    Path(os.fsdecode(path)).write_bytes(tiny()[ILO])
    assert "file-named-as-id" in [f.code for f in check(project)]


def test_a_project_without_a_publication_says_so(tmp_path: Path) -> None:
    sink = Sink()
    assert load(DiskWorld(tmp_path), sink).editions == {}
    assert [f.code for f in sink] == ["publication-present"]


def test_a_layout_without_its_theme_is_told() -> None:
    files = {name: data for name, data in tiny().items() if name != "layouts/mapping/theme.yaml"}
    found = check_project(MemoryWorld(files))
    assert [(f.code, f.span.file) for f in found] == [("layout-whole", "layouts/mapping/theme.yaml")]


@pytest.mark.parametrize("name", ["layouts/mapping/theme.yaml", "layouts/shared/words.yaml", "layouts/mapping/layout.xml.j2",
                                  "layouts/shared/numbering.yaml"])  # fmt: skip
@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a: [", b"x" * (LARGEST_TEXT + 1), b"\x00", b"words: 1\n"])
def test_a_spoilt_layout_file_gives_findings_and_no_exception(name: str, data: bytes) -> None:
    found = check_project(MemoryWorld(tiny() | {name: data}))
    assert any(f.severity is Severity.ERROR and f.span.file.startswith("layouts/") for f in found)


# ---------------------------------------------------------------- small things


@pytest.mark.parametrize(
    "symbol",
    ["A/RES/61/180", "S/RES/1888(2009)", "A/74/964-S/2020/501", "E/2002/68/Add.1", "AG/RES. 2880 (XLVI-O/16)", "PC.DEC/637",
     "CTOC/COP/WG.4/2011/2", "Recommendation 7 (Dubai, 2018)"],
)  # fmt: skip
def test_symbols_as_documents_have_them(symbol: str) -> None:
    assert Symbol.fits(symbol)


@pytest.mark.parametrize(
    "symbol", ["", "A", "A/", "/A/1", "A//1", "a/res/61/180", "A/RES/61/180 ", "A / RES / 1", "see A/1"]
)
def test_what_is_no_symbol(symbol: str) -> None:
    assert not Symbol.fits(symbol)


def test_near_names_are_told_the_nearest_first() -> None:
    assert nearest("undp", ["unodc", "undp-", "ilo"]).startswith("did you mean `undp-`")
    assert nearest("zzz", ["ilo"]) == ""
    assert nearest("x" * 100_000, ["ilo"]) == ""


def test_an_acceptance_covers_its_item_and_nothing_beside_it() -> None:
    sink = Sink((Acceptance("count-borne-out", Span("a.yaml", 1, 1, "parts.1"), "so it is"),))
    for code, file, path in (
        ("count-borne-out", "a.yaml", "parts.1.body.0"),
        ("count-borne-out", "a.yaml", "parts.10.body.0"),
        ("count-borne-out", "b.yaml", "parts.1.body.0"),
        ("value-fits", "a.yaml", "parts.1.body.0"),
    ):
        sink.error(code, "…", Span(file, 1, 1, path))
    assert len(sink) == 3


def test_findings_come_by_place_and_each_once() -> None:
    sink = Sink()
    for line in (2, 1, 2):
        sink.error("id-unique", "twice", Span("a.yaml", line))
    assert [f.span.line for f in sink.sorted()] == [1, 2]


# ---------------------------------------------------------------- our own content, and the schemas


def test_our_own_content_is_without_errors_and_warnings() -> None:
    sink = Sink()
    project = pipeline.open_project(DiskWorld(ROOT), sink)
    for name in project.library.editions:
        pipeline.lay_out(project, name, "en", sink)
    assert [str(f) for f in sink.sorted() if f.severity is not Severity.ADVICE] == []


def test_the_committed_schemas_are_current() -> None:
    committed = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "schemas").glob("*.json")}
    assert committed == dict(json_schemas()), "run ./icat schema"


def test_every_content_file_names_the_schema_of_its_kind() -> None:
    wrong = []
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        found = re.search(r"^# yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8"))
        place = path.relative_to(ROOT / "content").parts
        kind = {
            "organizations": "organization",
            "references": "references",
            "sources.yaml": "sources",
            "glossary.yaml": "glossary",
        }.get(place[0], "dataset")
        kind = "publication" if path.name == "publication.yaml" else kind
        if not found or (path.parent / found[1]).resolve() != ROOT / "schemas" / f"{kind}.json":
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
