"""In: command lines, as an editor types them. Out: what she reads, the files, and the exit codes."""

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from tests.tiny import change, write_tiny

from icat_reports import cli
from icat_reports.diagnostics import Diagnostic, Span, Stopped


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "a project")


def run(project: Path, *words: str) -> int:
    """Exit code of a command line; argparse's own exits are exit codes too."""
    try:
        return cli.main(["--root", str(project), *words])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def test_check_of_sound_content_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "check") == 0
    assert "1 publication checked: nothing wrong" in capsys.readouterr().out


def test_check_names_every_problem_with_its_place_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "content/publications/tiny/introduction.yaml", "{ref:mandates}", "{ref:mandate}")
    change(project, "content/publications/tiny/profiles/ilo.yaml", "organization: ilo", "organization: iol")
    change(project, "content/publications/tiny/profiles/unodc.yaml", "UNODC assists", "UNODC <b>assists</b>")
    assert run(project, "check") == 1
    said = capsys.readouterr().err
    assert "content/publications/tiny/introduction.yaml:8:40: error: there is nothing with the id `mandate`" in said
    assert "content/publications/tiny/profiles/unodc.yaml:4:9: error: raw HTML is refused" in said
    assert "content/publications/tiny/profiles/ilo.yaml:2:15: error: there is no organization `iol`" in said
    assert "did you mean `ilo`?" in said


def test_check_reports_a_wrong_reference_at_its_column(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "content/publications/tiny/introduction.yaml", "{ref:mandates}", "{ref:mandate}")
    assert run(project, "check") == 1
    assert (
        "introduction.yaml:8:40: error: there is nothing with the id `mandate` to refer to" in capsys.readouterr().err
    )


def test_show_gives_the_outline_with_numbers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "show", "tiny") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  Section One | What entities do" in lines
    assert "    1. Mandates" in lines
    assert "      International Labour Organization (ILO)" in lines
    assert "      (Figure 1: Areas of expertise)" in lines


def test_list_gives_publications_with_layout_and_state(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "list") == 0
    assert "layout mapping; unofficial; languages: en" in capsys.readouterr().out


def test_an_unknown_publication_is_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "tinny") == 2
    assert "there is no publication `tinny`; did you mean `tiny`?" in capsys.readouterr().err


def test_an_unknown_format_is_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "--format", "odt") == 2
    assert "there is no format `odt`" in capsys.readouterr().err


def test_a_language_without_a_catalogue_is_a_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "--lang", "fr", "--format", "html") == 1
    said = capsys.readouterr().err
    assert "`tiny` has not been translated into French" in said
    assert "it can be built in: en" in said


def test_build_writes_the_three_files_and_a_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "--jobs", "1") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == ["file", "pages", "size", "seconds", "warnings"]
    names = sorted(p.name for p in (project / "build/tiny").iterdir() if not p.name.startswith("."))
    assert names == ["tiny.en.docx", "tiny.en.html", "tiny.en.pdf"]


def test_an_error_leaves_earlier_output_as_it_was(project: Path) -> None:
    assert run(project, "build", "--format", "html") == 0
    before = (project / "build/tiny/tiny.en.html").read_bytes()
    change(project, "content/publications/tiny/introduction.yaml", "[@A/RES/61/180]", "[@A/RES/61/108]")
    assert run(project, "build", "--format", "html") == 1
    assert (project / "build/tiny/tiny.en.html").read_bytes() == before


def test_a_change_in_the_content_is_seen_in_the_next_build(project: Path) -> None:
    assert run(project, "build", "--format", "html") == 0
    change(project, "content/publications/tiny/profiles/ilo.yaml", "sets labour standards", "sets standards of work")
    assert run(project, "build", "--format", "html") == 0
    assert "sets standards of work" in (project / "build/tiny/tiny.en.html").read_text("utf-8")


def test_what_has_not_changed_is_not_built_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "--format", "html") == 0
    capsys.readouterr()
    assert run(project, "build", "--format", "html") == 0
    assert "unchanged" in capsys.readouterr().out


def test_a_file_that_was_spoilt_by_hand_is_built_again(project: Path) -> None:
    assert run(project, "build", "--format", "html") == 0
    file = project / "build/tiny/tiny.en.html"
    before = file.read_bytes()
    file.write_bytes(b"spoilt")
    assert run(project, "build", "--format", "html") == 0
    assert file.read_bytes() == before


def test_a_spoilt_state_file_does_no_harm(project: Path) -> None:
    assert run(project, "build", "--format", "html") == 0
    state = project / "build/tiny/.icat-build.json"
    for spoilt in ("{", "[]", json.dumps({"en": 1}), json.dumps({"en": {"key": 1, "files": 2}})):
        state.write_text(spoilt)
        assert run(project, "build", "--format", "html") == 0


def test_two_builds_in_different_folders_give_the_same_bytes(project: Path, tmp_path: Path) -> None:
    assert run(project, "build", "--out", str(tmp_path / "one")) == 0
    other = write_tiny(tmp_path / "elsewhere")
    assert run(other, "build", "--out", str(tmp_path / "two"), "--jobs", "1") == 0
    for kind in ("pdf", "docx", "html"):
        one, two = (tmp_path / place / f"tiny/tiny.en.{kind}" for place in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), kind


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_plainly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = project / "locked"
    out.mkdir(mode=0o500)
    assert run(project, "build", "--out", str(out)) == 3
    assert "cannot write to the folder" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file_is_said_plainly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("a file")
    assert run(project, "build", "--out", str(project / "taken")) == 3
    assert "cannot write to the folder" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_no_half_written_file(project: Path) -> None:
    # A tmpfs of a few kilobytes would need rights; a limit on the size of files has the same effect on a write.
    code = """
import resource, signal, sys
from icat_reports.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.exit(main(sys.argv[1:]))
"""
    words = ["--root", str(project), "build", "--format", "html"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((project / "build/tiny").glob("*")) == []


def test_a_missing_font_is_said_plainly(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("icat_reports.build.missing_fonts", lambda: (Path("/x/Carlito-Regular.ttf"),))
    assert run(project, "build") == 3
    assert "Carlito-Regular.ttf" in capsys.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_build_leaves_no_half_written_file(project: Path, how: signal.Signals) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "icat_reports", "--root", str(project), "build"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    time.sleep(1.2)
    os.killpg(running.pid, how)
    _, said = running.communicate(timeout=60)
    assert "Traceback" not in said
    finished = [p for p in (project / "build").rglob("tiny.en.*") if not p.name.startswith(".")]
    for file in finished:
        data = file.read_bytes()
        assert data.endswith((b"%%EOF\n", b"%%EOF", b"</html>\n")) or data[:2] == b"PK"
    assert run(project, "build") == 0


def test_an_error_of_our_own_shows_no_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("icat_reports.pipeline.lay_out", broken)
    assert run(project, "check") == 4
    said = capsys.readouterr().err
    assert "bug of icat-reports" in said
    assert "Traceback" not in said
    assert "ZeroDivisionError" in Path(said.split(": ")[-1].strip()).read_text()


def test_facts_on_which_sources_disagree_are_listed_with_both_values(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = """\
facts:
  - {id: founded, label: Founded, kind: year, changes: never, values: [{value: 1965, as_of: 2018}, {value: 1968, as_of: 2021}]}
  - {id: members, label: Members, changes: upwards, values: [{value: 190, as_of: 2019}, {value: 192, as_of: 2018}]}
  - {id: offices, label: Offices, values: [{value: 6, as_of: 2008}, {value: 7, as_of: 2008}]}
  - {id: staff, label: Staff, values: [{value: 9, as_of: 2008}, {value: 7, as_of: 2010}]}
"""
    with (project / "content/organizations/ilo.yaml").open("a") as file:
        file.write(facts)
    assert run(project, "check", "--disagreements") == 0
    said = capsys.readouterr().out
    assert "1. ilo: Founded  (content/organizations/ilo.yaml:6:10)" in said
    assert "   1965 (2018)\n   1968 (2021)\n" in said
    assert "2. ilo: Members" in said
    assert "   192 (2018)\n   190 (2019)\n" in said
    assert "3. ilo: Offices" in said
    assert "3 facts on which sources disagree" in said


def test_corrections_are_listed_with_what_the_source_has(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (project / "content/publications/tiny/survey.yaml").open("a") as file:
        file.write('corrections: [{place: "test-source: L1", has: 3 lists, publish: 2 lists, why: two are printed}]\n')
    assert run(project, "check", "--corrections") == 0
    said = capsys.readouterr().out
    assert "1. test-source: L1" in said
    assert "the source has: 3 lists" in said
    assert "1 corrections" not in said
    assert "1 correction" in said


@pytest.mark.parametrize("command", ["build", "check", "list", "show", "schema"])
def test_each_command_explains_itself_with_an_example(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, command, "--help") == 0
    assert f"./icat {command}" in capsys.readouterr().out


def words_of(project: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command line run as a program of its own, with these environment variables."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "icat_reports", "--root", str(project), *words],
        capture_output=True, text=True, errors="replace", check=False, env={**os.environ, **settings},
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["ascii", "latin-1:strict", "cp1252"])
def test_a_terminal_that_lacks_a_character_shows_another(project: Path, encoding: str) -> None:
    done = words_of(project, "build", "--format", "html", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "tiny.en.html" in done.stdout


def test_a_relative_folder_is_below_the_one_where_the_command_is_typed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run(project, "build", "--format", "html", "--out", "proofs") == 0
    assert (tmp_path / "here/proofs/tiny/tiny.en.html").is_file()


def test_an_empty_folder_name_is_wrong_usage(project: Path) -> None:
    assert run(project, "build", "--format", "html", "--out", "") == 2


def test_a_file_that_cannot_be_written_leaves_all_others_as_they_were(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "build", "--format", "html") == 0
    before = (project / "build/tiny/tiny.en.html").read_bytes()
    (project / "build/tiny/tiny.en.pdf").mkdir()
    change(project, "content/publications/tiny/profiles/ilo.yaml", "sets labour standards", "sets standards of work")
    capsys.readouterr()
    assert run(project, "build", "--format", "html,pdf") == 3
    assert "tiny.en.pdf: Is a directory. Earlier files are as they were" in capsys.readouterr().err
    assert (project / "build/tiny/tiny.en.html").read_bytes() == before
    assert sorted(p.name for p in (project / "build/tiny").iterdir()) == [
        ".icat-build.json", "tiny.en.html", "tiny.en.pdf",
    ]  # fmt: skip


def test_a_build_leaves_the_unfinished_files_of_another_that_runs(project: Path) -> None:
    folder = project / "build/tiny"
    folder.mkdir(parents=True)
    running, ended = folder / f".tiny.en.html.{os.getppid()}.abc", folder / ".tiny.en.html.abcdefgh"
    for file in (running, ended):
        file.write_text("unfinished")
    assert run(project, "build", "--format", "html") == 0
    assert running.exists()
    assert not ended.exists()


def test_a_schema_that_cannot_be_written_is_said_plainly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "schemas").write_text("a file")
    assert run(project, "schema") == 3
    assert "cannot write" in capsys.readouterr().err


def test_a_relative_cache_folder_is_passed_over(project: Path) -> None:
    """XDG Base Directory Specification: relative paths are to be ignored."""
    done = words_of(project, "build", "--format", "pdf", XDG_CACHE_HOME="relative")
    assert done.returncode == 0, done.stderr
    assert "Fontconfig error" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("whole_group", [True, False])
def test_a_build_that_is_ended_ends_libreoffice_with_it(
    project: Path, tmp_path: Path, how: signal.Signals, jobs: str, *, whole_group: bool
) -> None:
    """What stands on the path as `soffice` is a script, which starts another program that does the work."""
    programs, working = tmp_path / "bin", tmp_path / "working"
    programs.mkdir()
    temporary = Path(tempfile.mkdtemp(dir="/tmp"))
    (programs / "soffice").write_text(f'#!/bin/sh\n/bin/sleep 300 &\necho $! > "{working}.new"\n'
                                      f'/bin/mv "{working}.new" "{working}"\nwait\n')  # fmt: skip
    (programs / "soffice").chmod(0o755)
    running = subprocess.Popen(
        [sys.executable, "-m", "icat_reports", "--root", str(project), "build", "--format", "docx,html", "--jobs", jobs],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env={**os.environ, "PATH": str(programs), "TMPDIR": str(temporary)},
    )  # fmt: skip
    try:
        waited = time.monotonic()
        while not working.exists() and running.poll() is None and time.monotonic() - waited < 60:
            time.sleep(0.05)
        assert running.poll() is None, running.communicate()[0]
        worker = int(working.read_text())
        (os.killpg if whole_group else os.kill)(running.pid, how)
        said, _ = running.communicate(timeout=60)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
    assert running.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 130)
    assert "Traceback" not in said
    waited = time.monotonic()  # a process that was told to end by others than its parent may take a moment longer
    while time.monotonic() - waited < 10 and not (is_ended(worker) and not list(temporary.glob("icat-reports-*"))):
        time.sleep(0.1)
    assert is_ended(worker)
    assert list(temporary.glob("icat-reports-*")) == []


def is_ended(process: int) -> bool:
    """Whether a process has ended, or is a mere entry that its parent has not yet read."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return listed.stdout.strip() == "" or listed.stdout.startswith("Z")


def test_an_acceptance_that_is_not_needed_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (project / "content/publications/tiny/introduction.yaml").open("a") as file:
        file.write("accept: {count-borne-out: both answered together}\n")
    assert run(project, "check") == 0
    said = capsys.readouterr().err
    assert "warning: `count-borne-out` is accepted here, but there is nothing to accept [acceptance-needed]" in said
    assert run(project, "check", "--strict") == 1


def test_findings_that_follow_from_a_file_that_cannot_be_read_are_not_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(
        project,
        "content/publications/tiny/introduction.yaml",
        "The Group",
        "Two entities ({orgs:respondents}) met. The Group",
    )
    change(project, "content/organizations/unodc.yaml", "https://www.unodc.org/", "javascript:alert(1)")
    assert run(project, "check") == 1
    assert "count-borne-out" not in capsys.readouterr().err


def test_a_project_without_publications_is_not_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == 1
    assert "there is no publication [publication-present]" in capsys.readouterr().err


def test_findings_that_stopped_a_worker_reach_its_parent() -> None:
    stopped = Stopped([Diagnostic("word-laid-out", "LibreOffice failed", Span("LibreOffice"), "try again")])
    assert pickle.loads(pickle.dumps(stopped)).diagnostics == stopped.diagnostics  # noqa: S301 - our own


def test_a_word_file_that_libreoffice_failed_to_lay_out_is_tried_again(project: Path, tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\necho 'source file could not be loaded' >&2\nexit 1\n")
    (tmp_path / "soffice").chmod(0o755)
    for _ in range(2):
        done = words_of(project, "build", "--format", "docx,html", "--jobs", "1", PATH=str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert "unchanged" not in done.stdout
        assert "LibreOffice made no PDF of the Word file" in done.stderr
        assert "they are the PDF's [word-pages-from-layout]" in done.stderr


def test_the_workers_of_a_build_that_was_killed_end_with_it(project: Path, tmp_path: Path) -> None:
    test_a_build_that_is_ended_ends_libreoffice_with_it(project, tmp_path, signal.SIGKILL, "3", whole_group=False)


def test_a_folder_for_temporary_files_of_a_long_name_does_no_harm(project: Path, tmp_path: Path) -> None:
    long = tmp_path / ("long" * 30)
    long.mkdir()
    done = words_of(project, "build", "--format", "html,pdf", "--jobs", "2", TMPDIR=str(long))
    assert done.returncode == 0, done.stderr
