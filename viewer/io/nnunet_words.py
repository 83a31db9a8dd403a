"""What nnU-Net says of its label maps, in the dataset.json that lies beside them.

Version 2 writes `"labels": {"name": value}`, or for regions `{"name": [values]}` with a
`regions_class_order`; version 1 and the Medical Segmentation Decathlon `{"value": "name"}`. Only
where `plans.json` or the arguments of the prediction lie beside the maps too are they taken as
results of nnU-Net, and then as proposed; in a training folder they may be drawn by people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from viewer.core.author import Author
from viewer.io.seg_words import Words, plain_segment

AUTHOR = "nnU-Net (external)"
_TRAINING = ("labelsTr", "labelsTs")
_ARGUMENTS = "predict_from_raw_data_args.json"
_LONGEST = 4 << 20
_MOST = 5_000
_LARGEST = 65535


def nnunet_words(path: Path) -> Words | None:
    """Return what the dataset.json beside a label map says of it; None if there is none."""
    places = [path.parent, *([path.parent.parent] if path.parent.name in _TRAINING else [])]
    for place in places:
        said = _object(place / "dataset.json")
        labels = said.get("labels") if said else None
        if said is None or not isinstance(labels, dict) or len(labels) > _MOST:
            continue
        segments = {
            value: plain_segment(value, name)
            for value, name in _named(labels, said.get("regions_class_order"))
        }
        if segments:
            author = _author(path.parent)
            status = "imported" if author is None else "proposed"
            return Words(segments, author=author, status=status)
    return None


def _named(labels: Mapping[str, object], order: object) -> Iterator[tuple[int, str]]:
    """Go through values and names, in whichever of the ways they are said."""
    if all(key.isdecimal() for key in labels):
        said = [(int(key), str(name)) for key, name in labels.items() if isinstance(name, str)]
    elif isinstance(order, list):
        regions = [name for name, values in labels.items() if values not in (0, [0])]
        pairs = list(zip(order, regions, strict=False))
        said = [
            (value, name if number == len(pairs) - 1 else f"{name}, remainder")
            for number, (value, name) in enumerate(pairs)
            if _whole(value)
        ]
    else:
        said = [(value, name) for name, value in labels.items() if isinstance(value, int)]
    for value, name in said:
        if _whole(value) and 1 <= value <= _LARGEST:
            yield value, " ".join(name.split())[:200]


def _author(folder: Path) -> Author | None:
    """Return nnU-Net, if what it writes beside its results is there."""
    plans = _object(folder / "plans.json")
    arguments = (folder / _ARGUMENTS).is_file()
    if plans is None and not arguments:
        return None
    told = plans or {}
    second = arguments or "configurations" in told or "plans_name" in told
    parameters = tuple(
        (key, str(told[key])[:200])
        for key in ("dataset_name", "plans_name")
        if isinstance(told.get(key), str)
    )
    return Author(AUTHOR, is_model=True, version="2" if second else "1", parameters=parameters)


def _object(path: Path) -> Mapping[str, object] | None:
    """Return a JSON object of a file; None if there is no such file, or it is something else."""
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST:
            return None
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
