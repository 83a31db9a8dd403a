"""Open files in a process of their own and tell, as JSON, what came of each, how long and how big.

Run: python prober.py FOLDER. Each file in the folder is scanned and, where it lists a series with
pictures, loaded; then comes a line with the peak of memory of this process and its decoders.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path

import psutil

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.core.volume import Fidelity
from viewer.io import full_header, nifti, nrrd  # noqa: F401 - imported now, not while timed
from viewer.io.decoders import Decoders, shared_decoders
from viewer.io.load import open_series
from viewer.io.scan import scan

_MOST_TRIED = 3


def outcome(path: Path) -> dict[str, object]:
    """Return what came of one file: opened, refused or listed, with code and sentence."""
    start = time.process_time()
    told: dict[str, object] = {"name": path.name, "crash": ""}
    try:
        told |= _opened(path)
    except Exception:
        told |= {"opened": False, "complaints": [], "crash": traceback.format_exc()}
    return told | {"seconds": time.process_time() - start}


def _opened(path: Path) -> dict[str, object]:
    catalogue = scan([path], Silent())
    complaints = [(refusal.code, refusal.sentence) for refusal in catalogue.refused]
    listed = list(catalogue.all_series())
    notices = [notice.code for _, series in listed for notice in series.notices]
    opened = False
    for _, series in listed[:_MOST_TRIED]:
        opened = opened or series.kind is SeriesKind.OBJECT
        if series.kind is SeriesKind.OBJECT:
            continue
        try:
            loading = open_series(series)
            loading.run(Silent(), lambda _: None)
            if (loading.fidelity.quality == Fidelity.ORIGINAL).any():
                opened = True
            else:
                complaints += [(one.code, one.sentence) for one in loading.notices[-1:]]
        except (Unreadable, Declined) as refusal:
            complaints.append((refusal.code, str(refusal)))
    return {"opened": opened, "complaints": complaints, "notices": notices}


def peak_mb() -> float:
    """Return the largest this process or a decoder of it has been, in MB."""
    pids = [os.getpid(), *(child.pid for child in psutil.Process().children())]
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return max(ended, *map(_peak_of, pids))


def _peak_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Open every file of a folder."""
    shared: Decoders = shared_decoders()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps(outcome(path)), flush=True)
    print(json.dumps({"peak_mb": peak_mb()}))
    shared.close()


if __name__ == "__main__":
    main()
