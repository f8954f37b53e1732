"""`./icat` sets up, hands over, and says plainly what is lacking: with a Python of straw, so fast and offline."""

import os
import re
import shutil
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent

UTILITIES = (
    "sh env cat cp mv rm mkdir cmp ls id uname grep tail tr sleep".split()  # noqa: SIM905, it reads better
)
"""All that the script may count on before it has installed anything."""

STRAW = """#!/bin/sh
# Stands for Python: makes a folder that looks like a venv, installs nothing, prints what it is told to run.
echo "$*" >>"$STRAW_LOG"
case "$*" in
    *version_info\\ \\<*) exit "${STRAW_OLD-0}" ;;
    *realpath*) echo "$0" ;;
    -c*) ;;
    "-m venv "*)
        mkdir -p "$3/bin" "$3/lib/python3.11/site-packages"
        cp "$0" "$3/bin/python"
        ;;
    "-m pip "*)
        sleep "${STRAW_PIP_SECONDS-0}"
        [ -z "${STRAW_PIP_ERROR-}" ] || { echo "ERROR: $STRAW_PIP_ERROR" >&2; exit 1; }
        ;;
    -) echo ${STRAW_MISSING-} ;;
    *"-m icat_reports"*) shift 5; for word in "$@"; do echo "[$word]"; done; exit "${STRAW_EXIT-0}" ;;
    *) echo "$*" ;;
esac
"""


class Checkout:
    """A folder with the script and the locks, and a machine with nothing but `UTILITIES` and perhaps a Python."""

    def __init__(self, folder: Path, *, python: bool = True) -> None:
        self.root = folder / "a check out"
        self.root.mkdir()
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in ("icat", "requirements.lock", "requirements-test.lock"):
            shutil.copy(ROOT / name, self.root / name)
        for name in UTILITIES:
            found = shutil.which(name)
            assert found, name
            (self.bin / name).symlink_to(found)
        if python:
            self.python = self.bin / "python3"
            self.python.write_text(STRAW)
            self.python.chmod(0o755)
        self.log = folder / "straw.log"
        self.env = {"PATH": str(self.bin), "STRAW_LOG": str(self.log), "HOME": str(folder)}

    def start(self, *words: str, script: Path | None = None, **env: str) -> subprocess.Popen[str]:
        """Start the script from a folder that is not its own."""
        return subprocess.Popen(
            [script or self.root / "icat", *words],
            cwd=self.root.parent,
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, script: Path | None = None, **env: str) -> tuple[int, str, str]:
        """Exit code, output, messages."""
        process = self.start(*words, script=script, **env)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def times(self, words: str) -> int:
        """How often Python was told to do this."""
        return self.log.read_text().count(words)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A fresh one."""
    return Checkout(tmp_path)


class TestHandingOver:
    def test_the_first_call_sets_up_and_then_runs_the_program(self, checkout: Checkout) -> None:
        code, out, err = checkout.run("build", "a publication", "--lang=ar,zh")
        assert (code, out) == (0, "[build]\n[a publication]\n[--lang=ar,zh]\n")
        assert re.findall(r"^icat: (\w+ \.venv)", err, re.MULTILINE) == ["making .venv"]

    def test_the_second_call_says_nothing_and_starts_python_once(self, checkout: Checkout) -> None:
        checkout.run("list")
        checkout.log.unlink()
        assert checkout.run("list") == (0, "[list]\n", "")
        assert checkout.log.read_text() == "-P -X utf8 -m icat_reports list\n"

    def test_settings_for_another_python_do_not_reach_ours(self, checkout: Checkout) -> None:
        checkout.run("list")
        (checkout.root / ".venv/bin/python").write_text("#!/bin/sh\nenv\n")
        checkout.env |= dict.fromkeys(("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED"), "1")
        _, out, _ = checkout.run("list")
        assert re.findall(r"^(PYTHON\w+)=", out, re.MULTILINE) == ["PYTHONHASHSEED"]

    @pytest.mark.parametrize("code", [0, 1, 2, 3, 4])
    def test_the_exit_code_is_the_programs(self, checkout: Checkout, code: int) -> None:
        assert checkout.run("build", STRAW_EXIT=str(code))[0] == code

    def test_it_is_found_through_links(self, checkout: Checkout, tmp_path: Path) -> None:
        checkout.run("list")
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "far").symlink_to(checkout.root / "icat")
        (tmp_path / "a -> b").symlink_to("other/far")
        assert checkout.run("list", script=tmp_path / "a -> b") == (0, "[list]\n", "")

    def test_a_checkout_that_moved_goes_on_working(self, checkout: Checkout, tmp_path: Path) -> None:
        checkout.run("list")
        checkout.root = checkout.root.rename(tmp_path / "moved")
        assert checkout.run("list") == (0, "[list]\n", "")
        (pth,) = checkout.root.glob(".venv/lib/python3.*/site-packages/icat_reports.pth")
        assert (pth.parent / pth.read_text().strip()).resolve() == checkout.root / "src"


class TestSettingUpAgain:
    def test_a_changed_lock_makes_venv_anew(self, checkout: Checkout) -> None:
        checkout.run("list")
        (checkout.root / ".venv" / "old").touch()
        with (checkout.root / "requirements.lock").open("a") as lock:
            lock.write("# changed\n")
        assert "making .venv" in checkout.run("list")[2]
        assert not (checkout.root / ".venv" / "old").exists()

    def test_a_python_that_is_gone_makes_venv_anew(self, checkout: Checkout) -> None:
        checkout.run("list")
        python = checkout.root / ".venv" / "bin" / "python"
        python.unlink()
        python.symlink_to("/no/such/python")
        assert "making .venv" in checkout.run("list")[2]

    def test_a_set_up_that_was_stopped_is_redone(self, checkout: Checkout) -> None:
        process = checkout.start("list", STRAW_PIP_SECONDS="1")
        while not (checkout.root / ".venv" / "bin" / "python").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.communicate()
        assert process.returncode == 128 + signal.SIGTERM
        assert not (checkout.root / ".venv.lock").exists()
        assert checkout.run("list")[:2] == (0, "[list]\n")

    def test_a_set_up_that_was_killed_blocks_no_one(self, checkout: Checkout) -> None:
        gone = subprocess.Popen(["true"])
        gone.wait()
        (checkout.root / ".venv.lock").mkdir()
        (checkout.root / ".venv.lock" / "pid").write_text(f"{gone.pid}\n")
        assert checkout.run("list")[:2] == (0, "[list]\n")
        assert not (checkout.root / ".venv.lock").exists()

    def test_of_two_calls_at_once_one_sets_up(self, checkout: Checkout) -> None:
        both = [checkout.start("list", STRAW_PIP_SECONDS="0.3") for _ in range(2)]
        said = [process.communicate(timeout=30)[1] for process in both]
        assert [process.returncode for process in both] == [0, 0]
        assert checkout.times("-m pip install") == 1
        assert sum("waiting for it" in words for words in said) == 1

    def test_the_tests_packages_are_added_to_what_is_there(self, checkout: Checkout) -> None:
        checkout.run("list")
        code, out, err = checkout.run("test", "-k", "some name")
        assert (code, out) == (0, "-m pytest -k some name\n")
        assert "installing what the tests need" in err
        assert checkout.times("-m venv") == 1
        assert checkout.run("list") == (0, "[list]\n", "")


class TestWhatIsLacking:
    def test_no_python(self, tmp_path: Path) -> None:
        code, out, err = Checkout(tmp_path, python=False).run("build")
        assert (code, out) == (3, "")
        assert err.startswith("icat: Python 3.11 or newer is needed, and was not found.\n")
        assert "sudo apt-get install python3 python3-venv" in err

    def test_an_old_python(self, checkout: Checkout) -> None:
        code, _, err = checkout.run("build", STRAW_OLD="1")
        assert code == 3
        assert "Python 3.11 or newer is needed" in err

    def test_libraries(self, checkout: Checkout) -> None:
        code, _, err = checkout.run("build", STRAW_MISSING="pango-1.0 harfbuzz")
        assert code == 3
        assert err.startswith("icat: system libraries are missing: pango-1.0 harfbuzz")
        assert not (checkout.root / ".venv" / "bin").exists()

    def test_the_network(self, checkout: Checkout) -> None:
        code, _, err = checkout.run("build", STRAW_PIP_ERROR="no route to the index")
        assert code == 3
        assert "Is this machine connected to the internet?\n      ERROR: no route to the index\n" in err
        assert "no route" in (checkout.root / ".venv" / "setup.log").read_text()
        assert checkout.run("build")[0] == 0

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_the_right_to_write(self, checkout: Checkout) -> None:
        checkout.root.chmod(0o555)
        code, _, err = checkout.run("build")
        checkout.root.chmod(0o755)
        assert code == 3
        assert "may not write in" in err

    def test_tools_of_the_tests_are_an_error_in_ci_alone(self, checkout: Checkout) -> None:
        assert "are skipped, and named" in checkout.run("test", "-q")[2]
        code, _, err = checkout.run("test", "-q", CI="true")
        assert code == 3
        assert "CI skips no test" in err


class TestLocks:
    def pins(self, name: str) -> dict[str, Version]:
        """Package and version, of each line of a lock."""
        lines = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
        return {package: Version(version) for package, version in lines}

    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
    def test_they_hold_what_pyproject_asks_for(self, name: str) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        asked = list(project["project"]["dependencies"])
        if name == "requirements-test.lock":
            asked += project["dependency-groups"]["test"]
        pins = self.pins(name)
        wrong = [
            str(requirement)
            for requirement in map(Requirement, asked)
            if requirement.name not in pins or pins[requirement.name] not in requirement.specifier
        ]
        assert not wrong, "run ./icat lock"

    def test_the_tests_run_with_the_versions_that_editors_get(self) -> None:
        run, test = self.pins("requirements.lock"), self.pins("requirements-test.lock")
        assert run == {package: test.get(package) for package in run}

    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
    def test_they_name_no_index_and_no_path_and_hash_every_file(self, name: str) -> None:
        text = (ROOT / name).read_text()
        assert not re.search(r"://|^-|^\S*/", text.replace("./icat lock", ""), re.MULTILINE)
        entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
