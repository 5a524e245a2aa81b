"""The lock that keeps SQLite to one worker process; the system lets go of it at any death."""

import os
import sys
import threading
import time
from pathlib import Path

from connector.core.errors import ConfigError

LOOK_AGAIN = 0.1


class FileLock:
    """Held by the open file, so a crash or a SIGKILL releases it like an orderly end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self, wait: float, stop: threading.Event) -> None:
        """Raises ConfigError when another process still holds it after `wait` seconds."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + wait
        while not _take(file):
            if time.monotonic() > until or stop.wait(LOOK_AGAIN):
                holder = os.read(file, 20).decode(errors="replace").strip() or "unknown"
                os.close(file)
                raise ConfigError(
                    f"{self._path} is held by another process (pid {holder}): on SQLite only one"
                    " process works on a database; stop it, or use PostgreSQL"
                )
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    # far behind the text, since a locked region cannot be read by others there
    LOCKED_AT = 1024

    def _take(file: int) -> bool:
        os.lseek(file, LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
