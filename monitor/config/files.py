"""A path → the text of the file there, or in one sentence why it cannot be read."""

import stat
from pathlib import Path

LARGEST = 32 * 2**20
KINDS = {
    stat.S_ISDIR: "is a folder, not a file; move it away",
    stat.S_ISFIFO: "is a pipe, not a file; write a file",
    stat.S_ISSOCK: "is a socket, not a file; write a file",
    stat.S_ISCHR: "is a device, not a file; write a file",
    stat.S_ISBLK: "is a device, not a file; write a file",
}


class Unreadable(Exception):
    """What is wrong with a file, and what to do."""


def text_of(path: Path) -> str:
    """Read a file of UTF-8 text; raise Unreadable with the problem and its remedy."""
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def bytes_of(path: Path) -> bytes:
    """Read a file of any kind; raise Unreadable with the problem and its remedy."""
    try:
        # Opening a pipe that nobody writes to would wait for ever.
        mode = path.stat().st_mode
        for is_kind, problem in KINDS.items():
            if is_kind(mode):
                raise Unreadable(problem)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}; {_remedy(error)}") from error
    except ValueError as error:
        raise Unreadable("cannot be read: this is no path; correct it") from error
    if len(content) > LARGEST:
        raise Unreadable(f"is larger than {LARGEST // 2**20} MiB; split it")
    return content


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "write it, or correct the path"
    if isinstance(error, PermissionError):
        return "let this user read it"
    return "check the path and its disk"
