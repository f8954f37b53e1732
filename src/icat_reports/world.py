"""In: a project's folder, the machine. Out: files read and written, programs found, through one small door.

Stages see files only by their path from the project's root, so that nothing outside the project is read and
tests need no disk. Files are written whole or not at all.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from msgspec import Struct, field


class Outside(ValueError):  # noqa: N818 - it names what the path is
    """A path leads out of the project."""


class World(Protocol):
    """What the stages may ask of the outside."""

    def files(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Paths of the files below `folder` whose names end in `suffix`, sorted; empty when there is no folder."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        ...

    def size(self, path: str) -> int:
        """Bytes of a file; raises OSError, Outside."""
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises OSError, Outside."""
        ...


def inside(path: str) -> PurePosixPath:
    """`path` as one that stays in the project; raises Outside."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        message = f"{path} leads out of the project"
        raise Outside(message)
    return pure


class DiskWorld(Struct, frozen=True, dict=True):
    """A project on disk."""

    root: Path

    @cached_property
    def _real_root(self) -> str:
        """The folder that the links to the project lead to: followed once, not with every file."""
        return os.path.realpath(self.root)

    @cached_property
    def _real_folders(self) -> dict[str, str]:
        """Where folders stand when links are followed, of those from which something was read."""
        return {}

    def _real(self, path: str) -> Path:
        """Where a file stands when links are followed; a link to itself is left for whoever opens it to report."""
        folder, name = os.path.split(inside(path))
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(f"{self._real_root}/{folder}")
        real = Path(self._real_folders[folder], name)
        if real.is_symlink():
            real = Path(os.path.realpath(real))
        if not str(real).startswith(f"{self._real_root.rstrip('/')}/"):
            message = f"{path} leads out of the project"
            raise Outside(message)
        return real

    def files(self, folder: str, suffix: str) -> tuple[str, ...]:
        """See `World.files`; hidden files and folders are passed over."""
        found: list[str] = []
        top = str(self.root / inside(folder))
        for place, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            # A link to a folder is not followed, and a folder may be named as a file is: whoever reads it is told
            names += [f for f in folders if Path(place, f).is_symlink() or (suffix and f.endswith(suffix))]
            within = f"{inside(folder)}{place[len(top) :].replace(os.sep, '/')}"
            found += [f"{within}/{n}" for n in names if n.endswith(suffix) and not n.startswith(".")]
        return tuple(sorted(found))

    def exists(self, path: str) -> bool:
        """See `World.exists`."""
        try:
            return stat.S_ISREG(self._real(path).stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def size(self, path: str) -> int:
        """See `World.size`; raises OSError also for what is no file, such as a pipe, which would keep us waiting."""
        found = self._real(path).stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", path)
        return found.st_size

    def read(self, path: str) -> bytes:
        """See `World.read`."""
        return self._real(path).read_bytes()


class MemoryWorld(Struct, frozen=True):
    """A project in memory, for tests."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def files(self, folder: str, suffix: str) -> tuple[str, ...]:
        """See `World.files`."""
        return tuple(sorted(p for p in self.contents if p.startswith(f"{folder}/") and p.endswith(suffix)))

    def exists(self, path: str) -> bool:
        """See `World.exists`."""
        return str(inside(path)) in self.contents

    def size(self, path: str) -> int:
        """See `World.size`."""
        return len(self.read(path))

    def read(self, path: str) -> bytes:
        """See `World.read`."""
        try:
            return self.contents[str(inside(path))]
        except KeyError:
            raise FileNotFoundError(path) from None


_OFFICE = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
"""Where to look for LibreOffice; on macOS the program is not on the path."""


def find_office() -> Path | None:
    """LibreOffice's program, which tells on which pages a Word file's headings stand; None where it is not installed."""
    found = next((path for name in _OFFICE if (path := shutil.which(name))), None)
    return Path(found) if found else None


def cache_folder() -> Path:
    """A folder for what can be made again, such as a font configuration; it has no influence on what is written.

    The user's cache folder (XDG Base Directory Specification), or one in the folder for temporary files where that
    cannot be written.
    """
    asked = Path(os.environ.get("XDG_CACHE_HOME", ""))
    home = asked if asked.is_absolute() else Path("~/.cache").expanduser()  # a relative one is to be ignored
    for folder in (home / "icat-reports", Path(tempfile.gettempdir()) / f"icat-reports-{os.getuid()}"):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return folder
    return Path(tempfile.mkdtemp(prefix="icat-reports-"))


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files whole, all of them or none; raises OSError, with the file's name, when that cannot be done.

    The bytes go to hidden files beside them, which take the names only when all of them are on disk, so that an
    interrupted build leaves no half-written file, and a full disk none of a new edition beside those of an old one.
    A file that already holds the same bytes is left alone.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not _holds(path, data):
                staged[path] = _stage(path, data)
        for path, hidden in staged.items():
            hidden.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        for hidden in staged.values():
            hidden.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _stage(path: Path, data: bytes) -> Path:
    """A hidden file beside `path` with the same bytes, safe on disk; its name tells the process that writes it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.{os.getpid()}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def remove_leftovers(folder: Path, names: Iterable[str]) -> None:
    """Delete hidden files that a killed build left beside `names` in `folder`; those of one that runs are kept."""
    for name in names:
        for left in folder.glob(f".{glob.escape(name)}.*"):
            owner = left.name.removeprefix(f".{name}.").partition(".")[0]
            if not (owner.isdecimal() and _runs(int(owner))):
                left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether there is such a process other than this one."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)  # asks, and does nothing (POSIX, kill)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # somebody else's
    return True
