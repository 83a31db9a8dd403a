"""What is measured on pictures."""

from __future__ import annotations

import pytest

from viewer.core.author import Author
from viewer.core.measurement import Anchor, Measurement, MeasurementKind

READER = Author("Reader")


@pytest.mark.parametrize("kind", MeasurementKind)
def test_a_measurement_has_the_points_of_its_kind(kind: MeasurementKind) -> None:
    fewest, _ = kind.counts
    points = ((0.0, 0.0, 0.0),) * fewest
    assert Measurement("1.2", kind, points, Anchor("s"), READER).points == points
    with pytest.raises(ValueError, match=kind.value):
        Measurement("1.2", kind, points[1:], Anchor("s"), READER)


def test_points_on_a_picture_without_a_place_are_not_in_the_patient() -> None:
    assert not Anchor("s", sop_instance_uid="1.2").in_patient
    assert Anchor("s", "1.2.3", (0.0, 0.0, 1.0)).in_patient
