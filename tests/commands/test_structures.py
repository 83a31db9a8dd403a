"""Segments saved as RT structures and opened again, ours and those of a real study."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands.files import open_paths, open_series
from viewer.commands.structures import save_structures
from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import SeriesKind
from viewer.io.structures import read_structures


def structures_of(desk):
    return [s for _, s in desk.session.catalogue.value.all_series() if s.modality == "RTSTRUCT"]


def test_real_structures_are_laid_over_the_images_they_were_drawn_on(desk, data):
    open_paths(desk, [data / "petctmr_sarcoma_dicom" / "STS_022" / "PET"])
    desk.settle()
    (found,) = structures_of(desk)
    open_series(desk, found.key)
    desk.settle()
    (drawn,) = desk.session.record.value.segmentations
    assert drawn.segments[0].name == "GTV_Mass_PET"
    assert drawn.status == "imported"
    opened = desk.session.images.value.get(drawn.series_key)
    assert opened.series.modality == "PT"
    inside = drawn.labels > 0
    assert opened.image.values()[inside].mean() > 1.5


def test_only_what_somebody_stands_behind_is_saved(desk, hung):
    labels = np.zeros(hung.geometry.shape, np.uint8)
    labels[1:3, 2:6, 2:6] = 1
    proposed = Segmentation(
        "1.2.3", "Lungs", labels, hung.geometry, (Segment(1, "Lung", LUNG),),
        desk.session.reader, hung.key,
    )  # fmt: skip
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(proposed,)))
    with pytest.raises(Declined, match="Accept"):
        save_structures(desk)


def test_what_is_saved_is_read_back_first(desk, data, tmp_path):
    open_paths(desk, [data / "petctmr_sarcoma_dicom" / "STS_022" / "PET"])
    desk.settle()
    volume = next(
        s for _, s in desk.session.catalogue.value.all_series() if s.kind is SeriesKind.VOLUME
    )
    open_series(desk, volume.key)
    desk.settle()
    opened = desk.session.images.value.get(volume.key)
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[20:24, 10:20, 12:24] = 1
    labels[20:24, 13:16, 15:19] = 0
    mine = Segmentation(
        "1.2.3", "Ring", labels, opened.geometry, (Segment(1, "Ring", LUNG),),
        desk.session.reader, opened.key, "accepted",
    )  # fmt: skip
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(mine,)))
    desk.asker.path = tmp_path / "ring.dcm"
    save_structures(desk)
    desk.settle()
    assert "read back" in desk.session.message.value.sentence
    assert [one.name for one in read_structures(tmp_path / "ring.dcm").structures] == ["Ring"]
