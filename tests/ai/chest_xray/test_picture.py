"""Making radiographs equal: borders, resolution, exposure and polarity leave no trace."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from viewer.ai.chest_xray.cases import folds, patient_of
from viewer.ai.chest_xray.picture import SIDE, body_box, chest_box, equalised, scaled
from viewer.ai.chest_xray.reader import on_the_frame
from viewer.ai.chest_xray.views import LUNGS, alone, inside


def chest(rows=600, columns=560):
    """A body with two dark lungs on a black ground: (row, column), 0 to 1."""
    y, x = np.indices((rows, columns)) / np.array([rows, columns])[:, None, None]
    body = 0.55 + 0.2 * y
    for across in (0.3, 0.7):
        lung = ((x - across) / 0.16) ** 2 + ((y - 0.5) / 0.36) ** 2 <= 1
        body = np.where(lung, 0.25 + 0.1 * np.sin(30 * y) * 0.5, body)
    return body.astype(np.float32)


def alike(one, other):
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def test_the_input_has_mean_0_and_deviation_1():
    picture, _ = equalised(chest())
    assert picture.shape == (SIDE, SIDE)
    assert picture.mean() == pytest.approx(0, abs=1e-3)
    assert picture.std() == pytest.approx(1, abs=1e-2)


def test_black_borders_change_little():
    framed = np.zeros((800, 900), np.float32)
    framed[90:690, 200:760] = chest()
    assert alike(equalised(framed)[0], equalised(chest())[0]) > 0.97


def test_the_body_is_found_within_black_borders():
    framed = np.zeros((800, 900), np.float32)
    framed[90:690, 200:760] = chest()
    box = body_box(framed)
    assert (box.top, box.bottom, box.left, box.right) == pytest.approx((90, 690, 200, 760), abs=6)


def test_resolution_leaves_no_trace():
    coarse = cv2.resize(chest(), (300, 320), interpolation=cv2.INTER_AREA)
    assert alike(equalised(coarse)[0], equalised(chest(2000, 1800))[0]) > 0.99


def test_exposure_and_tone_leave_no_trace():
    bright = np.sqrt(chest()) * 3000 + 100
    assert alike(equalised(bright)[0], equalised(chest())[0]) > 0.98


def test_an_inverted_picture_becomes_the_same():
    inverted = 4095 - chest() * 4095
    assert alike(equalised(inverted, inverted=True)[0], equalised(chest())[0]) > 0.999


def test_a_picture_of_one_grey_becomes_numbers_all_the_same():
    assert np.isfinite(equalised(np.full((300, 300), 7))[0]).all()


def test_the_chest_lies_in_the_body():
    grey = scaled(chest())
    inner, outer = chest_box(grey), body_box(grey)
    assert outer.top <= inner.top < inner.bottom <= outer.bottom
    assert outer.left <= inner.left < inner.right <= outer.right


def test_what_lies_outside_tells_nothing_of_the_lungs():
    lungs = inside(LUNGS, (SIDE, SIDE))
    picture, _ = equalised(chest())
    changed = picture.copy()
    changed[lungs] += 5
    assert np.array_equal(alone(picture, ~lungs), alone(changed, ~lungs))
    assert not alone(picture, ~lungs)[lungs].any()


def test_a_map_comes_back_to_where_it_was_seen():
    framed = np.zeros((800, 900), np.float32)
    framed[90:690, 200:760] = chest()
    _, box = equalised(framed)
    found = np.zeros((SIDE, SIDE), np.uint8)
    found[10:14, 50:54] = 255
    back = on_the_frame(found, box, (800, 900))
    row, column = (axis.mean() for axis in np.nonzero(back[0] > 128))
    assert back.shape == (1, 800, 900)
    assert row == pytest.approx(box.top + 12 / SIDE * box.height, abs=6)
    assert column == pytest.approx(box.left + 52 / SIDE * box.width, abs=6)


def test_pictures_of_one_patient_have_one_name():
    assert patient_of("person101_bacteria_483.jpeg") == patient_of("person101_virus_5.jpeg")
    assert patient_of("IM-0033-0001-0002.jpeg") == patient_of("NORMAL2-IM-0033-0001.jpeg")
    assert patient_of("person33_virus_1.jpeg") != patient_of("IM-0033-0001.jpeg")


def test_folds_keep_patients_together_and_shares_alike():
    patients = np.array([f"p{number // 2}" for number in range(80)])
    labels = np.arange(80) < 40
    of = folds(labels, patients, 4)
    assert all(len(set(of[patients == one])) == 1 for one in set(patients))
    assert [int((labels & (of == k)).sum()) for k in range(4)] == [10] * 4
