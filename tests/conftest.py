"""In: the marks on tests. Out: those whose tools this machine lacks are skipped by name, or fail in CI."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
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
    base = tmp_path_factory.getbasetemp()
    return built_once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped")
