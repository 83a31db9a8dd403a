"""The models of the program that read images, each with whom to ask.

What a reader does is imported only where it is done: importing this imports no engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, cast

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.technique import Technique
from viewer.core.volume import Volume

if TYPE_CHECKING:
    from viewer.ai.reading import Reading

Image: TypeAlias = Volume | Stack


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What a model is asked about: the image in front, and others of the same study.

    `others` lie in the same frame of reference, or are earlier ones of the same patient where
    the reader compares. `body_part` is what the file of the image calls it, if it does.
    """

    image: Image
    others: tuple[Image, ...] = ()
    body_part: str = ""
    dates: tuple[str, ...] = ()
    """When each of (image, *others) was taken, as stored (YYYYMMDD); empty where unknown."""
    names: tuple[str, ...] = ()
    """The series descriptions of (image, *others); empty where unknown."""
    techniques: tuple[Technique, ...] = ()
    """How each of (image, *others) was taken, if the files were asked."""
    years: float | None = None
    """How old the patient was when the image in front was taken; None where unknown."""

    @property
    def volume(self) -> Volume:
        """The image in front as a volume.

        Raises:
            Declined: if it is none.
        """
        if not isinstance(self.image, Volume):
            raise Declined("This model needs a volume.", code="no_volume")
        return self.image

    def of(self, modality: str) -> Volume | None:
        """Return the first volume of a modality, the image in front before the others."""
        volumes = (one for one in (self.image, *self.others) if isinstance(one, Volume))
        return next((one for one in volumes if one.modality == modality), None)


class Reads(Protocol):
    """What the module of a reader has.

    It may have `beyond(inputs) -> str`, too: why images that it admits are other than all that its
    figures are of, so that it reads them only where somebody chose it; empty if they are not.
    """

    def admit(self, inputs: Inputs) -> None:
        """Let images in by what their files say, in no time; raise Declined with the reason."""

    def read_inputs(self, inputs: Inputs, progress: Progress) -> Reading:
        """Read them, in a process of its own."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One model that reads images, and the module that knows how."""

    id: str
    """The name of its model folder."""
    title: str
    help: str
    """What it looks for, in one sentence."""
    module: str
    modalities: tuple[str, ...]
    companions: tuple[str, ...] = ()
    """Modalities of the same study that it takes along if they are there."""
    kind: Literal["volume", "stack", "any"] = "volume"
    """Which images it takes; "any" takes a stack of pictures as well as a volume."""
    times_voxels: float = 24.0
    """Bytes for each voxel of its images that reading holds at most, measured."""
    compares: bool = False
    """Whether it takes earlier images of the same patient along, of its own modalities."""
    unasked: bool = False
    """Whether it may run where nobody chose it, though its card calls it experimental."""
    finds: bool = True
    """Whether it proposes findings with scores, and not only statements or a map."""

    def ask(self) -> Reads:
        """Import what reads; admitting must stay quick even so."""
        return cast("Reads", import_module(self.module))


READERS: tuple[Reader, ...] = (
    Reader(
        id="lung_nodules",
        title="Lung nodules",
        help="Looks for nodules on chest CT, and outlines lungs and airways.",
        module="viewer.ai.second_reader",
        modalities=("CT",),
        unasked=True,
    ),
    Reader(
        id="ms_change",
        title="MS lesions and their change",
        help="Compares FLAIR of the brain at two dates: new, grown, shrunk, vanished lesions.",
        module="viewer.ai.ms.reader",
        modalities=("MR",),
        times_voxels=90.0,
        compares=True,
    ),
    Reader(
        id="chest_pneumonia",
        title="Pneumonia on chest radiographs of children",
        help="Says how alike a frontal chest radiograph is to those of children with pneumonia.",
        module="viewer.ai.chest_xray.reader",
        modalities=("CR", "DX"),
        kind="stack",
        times_voxels=32.0,
        finds=False,
    ),
    Reader(
        id="unlike_head_ct",
        title="Unlike the rest (head CT)",
        help="Maps where a head CT is unlike others without a marked bleed; no diagnosis.",
        module="viewer.ai.unlike.reader",
        modalities=("CT",),
        kind="any",
        times_voxels=16.0,
        finds=False,
    ),
    Reader(
        id="head_haemorrhage",
        title="Bleeds into the brain",
        help="Looks for bleeds into the brain on CT of the head, in HU or in a brain window.",
        module="viewer.ai.haemorrhage.reader",
        modalities=("CT",),
        kind="any",
    ),
    Reader(
        id="tumour_petctmr",
        title="Soft-tissue sarcoma of a limb",
        help="Outlines one soft-tissue sarcoma on FDG PET, CT and T1 MR, any of them missing.",
        module="viewer.ai.tumour.reader",
        modalities=("PT", "CT", "MR"),
        companions=("PT", "CT", "MR"),
        times_voxels=60.0,
    ),
)


def reader_of(id_: str) -> Reader:
    """Return the reader of a model.

    Raises:
        Declined: if no model of this name reads images.
    """
    for reader in READERS:
        if reader.id == id_:
            return reader
    names = ", ".join(reader.id for reader in READERS)
    raise Declined(f"No model {id_[:80]!r} reads images here; these do: {names}.", code="no_reader")
