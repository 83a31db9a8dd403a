"""How a derived series says what was done to it: in words, as codes, and as the recipe itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydicom.dataset import Dataset

from viewer import __version__
from viewer.core.code import Code
from viewer.core.study import Series
from viewer.core.volume import Volume
from viewer.imaging.derivation import derived_marks
from viewer.io.concepts import long_text, short
from viewer.io.new_object import code_item
from viewer.io.seg import MANUFACTURER, MODEL

SOURCE_IMAGE = Code("121322", "DCM", "Source image for image processing operation")
_PROCESSING = Code("109102", "DCM", "Processing Equipment")
_SMOOTHING = Code("113087", "DCM", "Smoothing")
_EDGES = Code("113086", "DCM", "Edge enhancement")
_UNSHARP = Code("113089", "DCM", "Unsharp mask")
_OF_FILTERS = {
    "gaussian": Code("113088", "DCM", "Gaussian blur"),
    **dict.fromkeys(
        ("mean", "median", "bilateral", "non_local_means", "total_variation", "diffusion",
         "wavelet", "speckle"),
        _SMOOTHING,
    ),
    "unsharp": _UNSHARP,
    **dict.fromkeys(("laplacian", "guided", "sobel", "canny", "log_edges"), _EDGES),
}  # fmt: skip
_OF_MARKS = (
    ("Derived: values outside", Code("113047", "DCM", "Pixel by pixel mask")),
    ("Derived: values inside", Code("113047", "DCM", "Pixel by pixel mask")),
    ("Derived: denoised", _SMOOTHING),
    ("Derived: interpolated", Code("113085", "DCM", "Spatial resampling")),
    ("Derived: resampled", Code("113085", "DCM", "Spatial resampling")),
)
"""By how the line of provenance begins that says what was done (PS3.16 CID 7203)."""
_LONGEST = 1024
_LONGEST_COMMENT = 10_000
_BLOCK, _CREATOR, _RECIPES = 0x0099, "SKIAGRAM", 0x01


def what_was_done(volume: Volume) -> str:
    """Return all that was done to the values, in words; it begins with "Derived:"."""
    lines = list(volume.provenance)
    start = next((n for n, line in enumerate(lines) if line.startswith("Derived:")), len(lines))
    words = " ".join(line if line.endswith(".") else f"{line}." for line in lines[start:])
    return words.replace("\n", " ") or "Derived: by image processing."


def description(volume: Volume, series: Series) -> str:
    """Return what the series is called: the name of its source and what was done, shortened."""
    mark = "SYNTHETIC " if series.synthetic else ""
    marks = [
        line.removeprefix("Derived:").partition(" from ")[0].strip(" .")
        for line in derived_marks(volume)
    ]
    steps = [step.filter for recipe in volume.recipes for step in recipe.steps]
    done = ", ".join(dict.fromkeys(steps)) or "; ".join(marks) or "derived"
    source = short(series.title, 40)
    return short(f"{mark}{source}: {done}")


def codes_of(volume: Volume) -> tuple[Code, ...]:
    """Return what was done as codes of CID 7203, as far as it has any."""
    filters = [step.filter for recipe in volume.recipes for step in recipe.steps]
    found = [_OF_FILTERS[name] for name in filters if name in _OF_FILTERS]
    marks = derived_marks(volume)
    found += [code for start, code in _OF_MARKS if any(one.startswith(start) for one in marks)]
    return tuple(dict.fromkeys(found))


def say_what_was_done(made: Dataset, volume: Volume) -> None:
    """Write words, codes and recipes; what is too long for its place is whole in the comments."""
    words = long_text(what_was_done(volume), _LONGEST_COMMENT).replace("\\", "/")
    if len(words.encode()) <= _LONGEST:
        made.DerivationDescription = words
    else:
        made.DerivationDescription = short(words, _LONGEST - 40) + " … (whole in Image Comments)"
        made.ImageComments = words
    codes = codes_of(volume)
    if codes:
        made.DerivationCodeSequence = [code_item(code) for code in codes]
    if volume.recipes:
        text = json.dumps([json.loads(one.as_json()) for one in volume.recipes], ensure_ascii=False)
        block = made.private_block(_BLOCK, _CREATOR, create=True)
        block.add_new(_RECIPES, "UT", text)


def say_by_whom(made: Dataset, earlier: Sequence[Dataset], at: str) -> None:
    """Add this program to the equipment that had a part in the images (PS3.3 C.12.1.1.5)."""
    item = Dataset()
    item.PurposeOfReferenceCodeSequence = [code_item(_PROCESSING)]
    item.Manufacturer, item.ManufacturerModelName = MANUFACTURER, MODEL
    item.SoftwareVersions = __version__
    item.ContributionDateTime = at
    item.ContributionDescription = "Image processing; see Derivation Description"
    made.ContributingEquipmentSequence = [*earlier, item]
