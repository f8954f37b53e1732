"""In: our own content. Out: every edition in three formats, built once for all the tests of a run, and read back."""

import fcntl
import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr
from itertools import cycle
from pathlib import Path

from icat_reports import cli
from icat_reports.language import LANGUAGES
from icat_reports.verify import read
from icat_reports.verify.reading import Reading

ROOT = Path(__file__).parent.parent
FORMATS = ("html", "docx", "pdf")
PUBLICATIONS = tuple(sorted(path.parent.name for path in ROOT.glob("content/publications/*/publication.yaml")))
EDITIONS = tuple((publication, code) for publication in PUBLICATIONS for code in LANGUAGES)
"""Each publication in each language."""
SOME = tuple(zip(PUBLICATIONS, cycle(LANGUAGES), strict=False))
"""Each publication once and each language once, for what takes too long to be done with all."""


def build(root: Path, out: Path, *options: str) -> int:
    """What `./icat build` does: the exit code."""
    return cli.main(["--root", str(root), "build", "--out", str(out), *options])


def files(out: Path, publication: str, code: str = "en") -> dict[str, bytes]:
    """What was built of a publication in a language, by format."""
    return {kind: path_of(out, publication, code, kind).read_bytes() for kind in FORMATS}


def path_of(out: Path, publication: str, code: str, kind: str) -> Path:
    """Where a file is built."""
    return out / publication / f"{publication}.{code}.{kind}"


_TOLD = "test_every_publication_is_built_in_every_language_and_nothing_is_wrong"


class Shipped:
    """What `./icat build` makes of our content."""

    def __init__(self, folder: Path) -> None:
        """Keep where it was built."""
        self._out = folder / "build"
        self._readings: dict[tuple[str, str, str], Reading] = {}
        self.exit_code, self.said = json.loads((folder / "done").read_text(encoding="utf-8"))
        """How the build ended, and what it said beside its table."""

    @property
    def findings(self) -> list[str]:
        """Errors and warnings of the build, but for those that tell how much is not translated."""
        told = (line for line in self.said.splitlines() if ": error: " in line or ": warning: " in line)
        return [line for line in told if not line.endswith("[unit-translated]")]

    def files(self, publication: str, code: str = "en") -> Mapping[str, bytes]:
        """The files of a publication in a language, by format."""
        return {kind: self.path(publication, kind, code).read_bytes() for kind in FORMATS}

    def path(self, publication: str, kind: str, code: str = "en") -> Path:
        """Where one file is."""
        found = path_of(self._out, publication, code, kind)
        assert found.exists(), f"{found.name} was not built: see what {_TOLD} says"
        return found

    def reading(self, publication: str, kind: str, code: str = "en") -> Reading:
        """What stands in one file."""
        key = (publication, kind, code)
        if key not in self._readings:
            self._readings[key] = read(kind, self.path(publication, kind, code).read_bytes())
        return self._readings[key]

    def readings(self, publication: str, code: str = "en") -> Mapping[str, Reading]:
        """What stands in each file of a publication in a language."""
        return {kind: self.reading(publication, kind, code) for kind in FORMATS}


def built_once(folder: Path, prepare: Callable[[Path], Path] = lambda _: ROOT, *options: str) -> Shipped:
    """Build into a folder that the workers of a run share: the first of them builds, the others wait for it.

    Args:
        folder: Where to build.
        prepare: Makes the project to build, in a folder given; gives back its root.
        options: Of `./icat build`.
    """
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            root = prepare(folder / "project")
            with redirect_stderr(io.StringIO()) as said:
                code = build(root, folder / "build", *options)
            done.write_text(json.dumps([code, said.getvalue()]), encoding="utf-8")
    return Shipped(folder)
