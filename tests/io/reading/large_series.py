"""Load a folder in little memory and say what came of it. Run as a process of its own.

Arguments: the folder, and the MB that may be taken beside what the program takes already.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from pathlib import Path

import psutil

from viewer.core.memory import GRANT
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.io.load import open_series
from viewer.io.scan import scan


def main() -> None:
    """Print the peak of memory over the start in bytes, the notices, and a sum for each slice."""
    folder, grant = Path(sys.argv[1]), int(sys.argv[2])
    _, series = next(scan([folder], Silent()).all_series())
    held = psutil.Process().memory_info()
    os.environ[GRANT] = str((held.rss - held.shared) // 2**20 + grant)
    loading = open_series(series)
    volume = loading.run(Silent(), lambda _: None)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
    if not isinstance(volume, Volume):
        raise SystemExit("the series did not become a volume")
    told = {
        "rise": peak - held.rss,
        "voxels": volume.voxels.nbytes,
        "notices": [(notice.code, notice.sentence) for notice in loading.notices],
        "sums": [zlib.crc32(one.tobytes()) for one in volume.voxels],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
