"""The protocols that come with the program."""

from __future__ import annotations

from viewer.session.hanging_rules import Protocol, Slot, ask
from viewer.session.hanging_traits import Trait
from viewer.session.look import Layout, Viewing

_CT = (ask(Trait.MODALITY, "CT"), ask(Trait.KIND, "volume"))
_PLANES = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL, Viewing.SPACE)


def _breast(side: str, view: str) -> Slot:
    return Slot((ask(Trait.MODALITY, "MG"), ask(Trait.SIDE, side), ask(Trait.VIEW, view)))


def _sequence(words: str, without: str = "") -> Slot:
    left_out = (ask(Trait.WITHOUT, without),) if without else ()
    hint = ask(Trait.KIND, "volume", asked=False)
    return Slot((ask(Trait.MODALITY, "MR"), ask(Trait.WORDS, words), *left_out, hint))


def _radiograph(*, earlier: bool = False) -> Slot:
    asked = (ask(Trait.MODALITY, "CR, DX"), ask(Trait.KIND, "projection"))
    return Slot(asked, earlier=earlier)


MAMMOGRAPHY = Protocol(
    id="shipped.mammography",
    name="Mammography, four views",
    study=(ask(Trait.MODALITY, "MG"),),
    slots=(_breast("R", "CC"), _breast("L", "CC"), _breast("R", "MLO"), _breast("L", "MLO")),
    layout=Layout.FOUR,
    least=2,
    shipped=True,
)
PET_CT = Protocol(
    id="shipped.pet_ct",
    name="PET-CT, side by side and fused",
    study=(ask(Trait.MODALITY, "CT"), ask(Trait.MODALITY, "PT")),
    slots=(
        Slot(_CT),
        Slot((ask(Trait.MODALITY, "PT"), ask(Trait.KIND, "volume, 4D")), with_slot=0),
        Slot(_CT, under_slot=1),
    ),
    layout=Layout(1, 3),
    least=2,
    shipped=True,
)
MR = Protocol(
    id="shipped.mr",
    name="MR, sequences side by side",
    study=(ask(Trait.MODALITY, "MR"),),
    slots=(
        _sequence("T1", "flair"),
        _sequence("T2", "flair"),
        _sequence("flair, tirm, dark fluid"),
        _sequence("dwi, diff, trace, b1000, adc"),
    ),
    layout=Layout.FOUR,
    least=2,
    shipped=True,
)
RADIOGRAPH = Protocol(
    id="shipped.radiograph",
    name="Radiograph beside the one before",
    study=(ask(Trait.MODALITY, "CR, DX"),),
    slots=(_radiograph(), _radiograph(earlier=True)),
    layout=Layout.TWO,
    least=2,
    shipped=True,
)
CT = Protocol(
    id="shipped.ct",
    name="CT in three planes and 3D",
    study=(ask(Trait.MODALITY, "CT"),),
    slots=tuple(
        Slot((ask(Trait.MODALITY, "CT"), ask(Trait.KIND, "volume")), viewing) for viewing in _PLANES
    ),
    shipped=True,
)
SHIPPED = (MAMMOGRAPHY, PET_CT, MR, RADIOGRAPH, CT)
