"""Catalogues made by hand: what a scan would list of studies of each kind."""

from __future__ import annotations

from pathlib import Path

from viewer.core.plane import Plane
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study

AXIAL = Plane((0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1))
SAGITTAL = Plane((0, 0, 0), (0, 1, 0), (0, 0, -1), (1, 1))
JANE = Patient("P1", "Here", "Doe^Jane")


def picture(number=1, *, plane=None, side="", view="", towards=()):
    return Instance(
        Path(f"{number}.dcm"), f"1.{number}", "1.2", "", number,
        plane=plane, side=side, view=view, towards=towards,
    )  # fmt: skip


def volume(key, modality, description="", *, plane=AXIAL, count=3, space="1.9", **more: str):
    pictures = tuple(picture(n, plane=plane) for n in range(count))
    return Series(
        key, key, "study", modality, SeriesKind.VOLUME, pictures,
        description=description, frame_of_reference_uid=space, **more,
    )  # fmt: skip


def projection(key, modality="DX", *pictures: Instance, description=""):
    return Series(
        key, key, "study", modality, SeriesKind.STACK, pictures or (picture(),),
        description=description,
    )  # fmt: skip


def study(*series: Series, uid="now", date="20260102", patient=JANE, description=""):
    return Study(uid, patient, series, date, "100000", description)


def mammogram(side, view, towards=()):
    return picture(hash((side, view)) % 100, side=side, view=view, towards=towards)
