"""In: the marks on tests. Out: those whose tools this machine lacks are skipped by name, or fail in CI."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from tests.pseudo import PSEUDO, write_pseudo
from tests.shipped import Shipped, built_once

settings.register_profile("ours", deadline=None, derandomize=True)  # the same examples everywhere, and no clock
settings.load_profile("ours")

MAC_SOFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")

TOOLS = {
    "needs_libreoffice": ("soffice",),
    "needs_poppler": ("pdftotext", "pdffonts"),
    "needs_fontconfig": ("fc-match",),
}
"""The programs that each mark stands for; `./icat test` installs them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./icat test --update-golden` write the expected texts anew, for review."""
    parser.addoption("--update-golden", action="store_true", help="write what tests expect anew, for you to review")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the expected text is to be written anew rather than compared."""
    return bool(request.config.getoption("--update-golden"))


def find_tool(name: str) -> str | None:
    """Where a program is, or None."""
    found = shutil.which(name)
    if found is None and name == "soffice" and MAC_SOFFICE.exists():
        return str(MAC_SOFFICE)
    return found


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tools are missing; CI skips none."""
    for mark, tools in TOOLS.items():
        if item.get_closest_marker(mark) is None:
            continue
        missing = [tool for tool in tools if find_tool(tool) is None]
        if not missing:
            continue
        reason = f"needs {', '.join(missing)}, which this machine lacks"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; CI skips no test", pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's program; the test that asks for it carries `needs_libreoffice`."""
    found = find_tool("soffice")
    assert found is not None, "mark the test with needs_libreoffice"
    return found


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Every publication that we ship, built; the test that asks for it carries `needs_libreoffice`."""
    return built_once(_shared(tmp_path_factory) / "shipped")


@pytest.fixture(scope="session")
def pseudo_built(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Every publication in the pseudo-languages; the test that asks for it carries `needs_libreoffice`."""
    options = ("--lang", ",".join(PSEUDO), "--untranslated", "fail")
    return built_once(_shared(tmp_path_factory) / "pseudo", write_pseudo, *options)


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its workers share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
