"""New files that no other user of this computer may read: they name patients."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def new_private_file(path: Path) -> BinaryIO:
    """Make a file that is not there yet, and open it for writing.

    Raises:
        OSError: if it is there, or cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")
