"""In: our own content. Out: every publication in English, in three formats, built once for all the tests of a run, and read back."""

import fcntl
from collections.abc import Mapping
from pathlib import Path

from icat_reports import cli
from icat_reports.verify import read
from icat_reports.verify.reading import Reading

ROOT = Path(__file__).parent.parent
FORMATS = ("html", "docx", "pdf")
PUBLICATIONS = tuple(sorted(path.parent.name for path in ROOT.glob("content/publications/*/publication.yaml")))


def build(root: Path, out: Path, *options: str) -> int:
    """What `./icat build` does: the exit code."""
    return cli.main(["--root", str(root), "build", "--out", str(out), *options])


def files(out: Path, publication: str) -> dict[str, bytes]:
    """What was built of a publication, by format."""
    return {kind: (out / publication / f"{publication}.en.{kind}").read_bytes() for kind in FORMATS}


class Shipped:
    """What `./icat build` makes of our content."""

    def __init__(self, out: Path) -> None:
        """Keep `out`, where it was built."""
        self._out = out
        self._readings: dict[tuple[str, str], Reading] = {}

    def files(self, publication: str) -> Mapping[str, bytes]:
        """The files of a publication, by format."""
        return files(self._out, publication)

    def path(self, publication: str, kind: str) -> Path:
        """Where one file is."""
        return self._out / publication / f"{publication}.en.{kind}"

    def reading(self, publication: str, kind: str) -> Reading:
        """What stands in one file."""
        if (publication, kind) not in self._readings:
            self._readings[publication, kind] = read(kind, self.path(publication, kind).read_bytes())
        return self._readings[publication, kind]

    def readings(self, publication: str) -> Mapping[str, Reading]:
        """What stands in each file of a publication."""
        return {kind: self.reading(publication, kind) for kind in FORMATS}


def built_once(folder: Path) -> Shipped:
    """Build into a folder that the workers of a run share: the first of them builds, the others wait for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            assert build(ROOT, folder / "build", "--lang", "en") == 0
            done.touch()
    return Shipped(folder / "build")
