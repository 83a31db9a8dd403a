"""An author as DICOM says it: algorithm identification, or a person's name.

The hash of the weights travels as one of the parameters, each of which is one
line, `name=value`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import unquote

from highdicom import AlgorithmIdentificationSequence
from highdicom.sr import AlgorithmIdentification
from pydicom.dataset import Dataset

from viewer import __version__
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.io.concepts import coded, long_text, short, spoken_name

WEIGHTS = "weights_sha256"
READ_AT = "read_at"
"""The parameter that says when a model read, in ISO 8601."""
TOOLS = "Skiagram tools in a person's hand"
"""Named as the algorithm of segments that a person made with the help of algorithms."""
PROCESSING = Code("109102", "DCM", "Processing Equipment")
ARTIFICIAL_INTELLIGENCE = Code("123110", "DCM", "Artificial Intelligence")


def parameter_lines(author: Author) -> list[str]:
    """Return an author's parameters and the hash of its weights, a line each."""
    pairs = list(author.parameters)
    if author.weights_sha256:
        pairs.insert(0, (WEIGHTS, author.weights_sha256))
    return [f"{_safe(name, also='=')}={_safe(value)}" for name, value in pairs]


def author_of(name: str, version: str, lines: Sequence[str]) -> Author:
    """Return the algorithm of this name with the parameters that the lines say."""
    pairs = [line.partition("=") for line in lines if line.strip()]
    named = [(unquote(name), unquote(value)) for name, _, value in pairs]
    weights = next((value for name, value in named if name == WEIGHTS), "")
    return Author(
        name.strip() or "unknown algorithm",
        is_model=True,
        version=version.strip() or "unknown",
        weights_sha256=weights,
        parameters=tuple(pair for pair in named if pair[0] != WEIGHTS),
    )


def canonical(author: Author) -> Author:
    """Return an author as it comes back from a saved object."""
    if not author.is_model:
        return Author(short(author.name, 62))
    return _algorithm_again(author)


def canonical_in_segments(author: Author) -> Author:
    """Return an author as it comes back from segments, which name what helped a person, too."""
    if not author.was_helped:
        return canonical(author)
    helped = _algorithm_again(author)
    return Author(short(author.name, 62), parameters=helped.parameters)


def _algorithm_again(author: Author) -> Author:
    lines = long_text("\n".join(parameter_lines(author))).split("\n")
    return author_of(short(author.name), short(author.version), lines)


def algorithm_type(author: Author, status: str) -> str:
    """Return how segments came about, as DICOM says it (PS3.3 C.8.20.2)."""
    if author.was_helped:
        return "SEMIAUTOMATIC"
    if not author.is_model:
        return "MANUAL"
    return "SEMIAUTOMATIC" if status == "edited" else "AUTOMATIC"


def segment_algorithm(author: Author) -> AlgorithmIdentificationSequence:
    """Return an algorithm, or all that helped a person, as a segment names it (PS3.3 10.16)."""
    sequence = AlgorithmIdentificationSequence(
        name=short(author.name) if author.is_model else TOOLS,
        family=coded(ARTIFICIAL_INTELLIGENCE),
        version=short(author.version) if author.is_model else __version__,
        source="Skiagram",
    )
    lines = parameter_lines(author)
    if lines:
        sequence[0].AlgorithmParameters = long_text("\n".join(lines))
    return sequence


def report_algorithm(author: Author) -> AlgorithmIdentification:
    """Return an algorithm as a report names it (PS3.16 TID 4019)."""
    return AlgorithmIdentification(
        name=short(author.name),
        version=short(author.version),
        parameters=parameter_lines(author) or None,
    )


def name_models(made: Dataset, authors: Iterable[Author]) -> None:
    """Name the models among some authors as Contributing Equipment (PS3.3 C.12.1.1.5).

    Each says its name and version, when it read (where that is known), and the rest as text:
    the hash of its weights, its parameters, the series it was given, engine and device.
    """
    told = [_equipment(one) for one in dict.fromkeys(authors) if one.is_model]
    if told:
        before = made.get("ContributingEquipmentSequence") or []
        made.ContributingEquipmentSequence = [*before, *told]


def _equipment(author: Author) -> Dataset:
    item = Dataset()
    item.PurposeOfReferenceCodeSequence = [coded(PROCESSING)]
    item.Manufacturer = "Skiagram"
    item.ManufacturerModelName = short(author.name)
    item.SoftwareVersions = short(author.version)
    when = _moment(dict(author.parameters).get(READ_AT, ""))
    if when:
        item.ContributionDateTime = when
    lines = parameter_lines(author)
    if lines:
        item.ContributionDescription = short("; ".join(lines), 1024)
    return item


def _moment(text: str) -> str:
    """Return an ISO 8601 moment as DICOM says it (DT); empty for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return moment.strftime("%Y%m%d%H%M%S%z")


def segment_author(segment: Dataset, creator: str) -> Author:
    """Return who made a segment; `creator` is the person that the object names."""
    kind = str(segment.get("SegmentAlgorithmType", "MANUAL"))
    items = segment.get("SegmentationAlgorithmIdentificationSequence")
    if items:
        item = items[0]
        lines = str(item.get("AlgorithmParameters", "") or "").replace("\r", "").split("\n")
        version = str(item.get("AlgorithmVersion", "") or "")
        found = author_of(str(item.get("AlgorithmName", "") or ""), version, lines)
        person = spoken_name(creator.strip())
        if found.name == TOOLS and kind == "SEMIAUTOMATIC" and person:
            return Author(person, parameters=found.parameters)
        return found
    if kind != "MANUAL":
        return author_of(str(segment.get("SegmentAlgorithmName", "") or ""), "", ())
    return Author(spoken_name(creator.strip()) or "unknown person")


def _safe(text: str, also: str = "") -> str:
    """Escape what would end a line or a value, and nothing else."""
    escaped = {"%", "\\", *also}
    return "".join(
        "".join(f"%{byte:02X}" for byte in letter.encode())
        if letter in escaped or ord(letter) < 32
        else letter
        for letter in text.strip()
    )
