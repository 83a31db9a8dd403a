from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.stack import Frame, Stack
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Origin, Volume
from viewer.core.window import Window
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.render.probe import probe
from viewer.render.scene import Trace
from viewer.session.images import OpenImage
from viewer.session.maps import Maps
from viewer.session.record import Record
from viewer.session.session import Session

SHAPE = (20, 48, 48)
GRID = Geometry.from_axes(SHAPE, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "frame")
MODEL = Author("Model X", True, "1", "ab" * 32)
SIZE = (300, 300)


def probability(*, slow_left=False):
    z, y, x = np.indices(SHAPE)
    away = np.sqrt(((z - 10) * 2) ** 2 + (y - 24) ** 2 + (x - 24) ** 2)
    width = np.where(x < 24, 5.0, 0.2) if slow_left else 0.2
    return (255 / (1 + np.exp(np.clip((away - 10) / width, -50, 50)))).astype(np.uint8)


def score_map(voxels=None, **changed: object):
    voxels = probability() if voxels is None else voxels
    made = ScoreMap("1.2", "Probability of tumour", "What it shows.", voxels, GRID, "a", MODEL)
    return replace(made, **changed)


def opened(key="a", image=None):
    instance = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series(key, f"1.9.{key}", "1.8", "CT", SeriesKind.VOLUME, (instance,))
    study = Study("1.8", Patient("P1"), (series,))
    volume = Volume(
        np.zeros(SHAPE, np.int16), GRID, "[hnsf'U]", "CT", key, windows=(("", Window(0, 400)),)
    )
    return OpenImage(study, series, image or volume)


@pytest.fixture
def session():
    made, image = Session(Author("Dr. Roe")), opened()
    made.catalogue.set(Catalogue((image.study,)))
    made.show(image)
    made.maps.set(Maps((score_map(),)))
    return made


@pytest.mark.parametrize("cell", [0, 1, 2])
def test_a_map_is_cut_on_the_plane_of_each_view_and_high_in_its_middle(session, cell):
    scene = describe(session, cell, SIZE)
    shown = paint(scene)
    session.maps.update(shown=False)
    bare = paint(describe(session, cell, SIZE))
    changed = (shown != bare).any(axis=-1)
    x, y = scene.to_screen(GRID.to_patient((10, 24, 24)))
    assert changed[round(y), round(x)]
    outside = scene.to_screen(GRID.to_patient((10, 24, 40)))
    if cell != 2:
        assert not changed[round(outside[1]), round(outside[0])]
    across = np.flatnonzero(changed.any(axis=0))
    step = scene.plane.spacing_mm[1]
    assert (across[-1] - across[0]) * step == pytest.approx(20, abs=2.5)


def test_the_legend_names_what_and_whose_it_is(session):
    bar = describe(session, 0, SIZE).map_bar
    assert bar.title == "Probability of tumour (Model X)"
    assert bar.ticks == ("0", "0.25", "0.5", "0.75", "1")


def test_the_line_at_the_bottom_tells_the_probability_under_the_pointer(session):
    scene = describe(session, 0, SIZE)
    point = scene.to_screen(GRID.to_patient((10, 24, 24)))
    said = probe(session.image_in(0), session.hanging.value.cells[0], scene, point)
    assert said.value.endswith("Probability of tumour 1.00")


def test_what_lies_below_the_floor_is_clear_and_denser_maps_cover_more(session):
    session.maps.update(floor=1.0)
    colours = describe(session, 0, SIZE).veil.colours
    assert (colours[:255, 3] == 0).all()
    session.maps.update(floor=0.0, opacity=0.2)
    thin = describe(session, 0, SIZE).veil.colours[:, 3].astype(int)
    session.maps.update(opacity=0.8)
    dense = describe(session, 0, SIZE).veil.colours[:, 3].astype(int)
    assert (dense[50:] > thin[50:]).all()
    assert thin[0] == 0
    assert (np.diff(dense[1:]) >= 0).all()


def test_what_is_ordinary_stays_clear_even_where_the_reader_lowers_the_floor(session):
    session.maps.set(Maps((replace(score_map(), high=6.0, ordinary=1.0),)))
    session.maps.update(floor=0.0)
    alpha = describe(session, 0, SIZE).veil.colours[:, 3]
    assert (alpha[:42] == 0).all()
    assert (alpha[43:] > 0).all()
    session.maps.update(floor=0.5)
    assert (describe(session, 0, SIZE).veil.colours[:127, 3] == 0).all()


def test_a_map_of_change_is_clear_where_nothing_changed_and_blue_and_red_to_both_sides(session):
    session.maps.set(Maps((replace(score_map(), low=-10.0, high=10.0),)))
    shades = describe(session, 0, SIZE).veil.colours.astype(int)
    assert (shades[120:136, 3] == 0).all()
    assert shades[20, 2] > shades[20, 0]
    assert shades[235, 0] > shades[235, 2]
    assert shades[20, 3] > 0
    assert shades[235, 3] > 0
    assert session.maps.value.by_author("a", "Model X") is None


def test_a_map_of_other_voxels_is_not_shown(session):
    moved = Geometry(SHAPE, GRID.affine + np.eye(4) * 0.01, "frame")
    session.maps.set(Maps((score_map(geometry=moved),)))
    assert describe(session, 0, SIZE).veil is None


def test_a_map_goes_when_its_series_is_closed(session):
    session.close(session.active_image.study)
    assert session.maps.value.items == ()


def test_a_map_stays_hidden_while_models_are_hidden(session):
    session.sealing.set(replace(session.sealing.value, asked=frozenset({"1.8"})))
    scene = describe(session, 0, SIZE)
    assert scene.veil is None
    assert scene.map_bar is None


def test_a_map_lies_over_another_series_of_the_same_space_too(session):
    session.hang(1, opened("b"))
    assert describe(session, 1, SIZE).veil is not None


def test_a_map_of_frames_lies_over_its_own_frame_alone():
    session = Session(Author("Dr. Roe"))
    frame = Frame(np.zeros((30, 40), np.uint8), None, None, Origin("1.2.3", "1.2.4"))
    stack = Stack((frame, frame), "1", "CR", "a", windows=(("", Window(128, 256)),))
    session.show(opened(image=stack))
    voxels = np.zeros((2, 30, 40), np.uint8)
    voxels[1, 10:20, 10:20] = 255
    session.maps.set(Maps((replace(score_map(), voxels=voxels, geometry=None),)))

    def reddish():
        shown = paint(describe(session, 0, SIZE))
        return int((shown[..., 2] > shown[..., 0]).sum())

    assert reddish() == 0
    hanging = session.hanging.value
    session.hanging.set(hanging.changed(0, lambda look: replace(look, frame=1)))
    assert reddish() > 100


def ball(status="proposed"):
    inside = probability() > 127
    low, high = GRID.to_patient((5, 14, 14)), GRID.to_patient((15, 34, 34))
    return Finding(
        "1.5", NODULE, None, GRID.to_patient((10, 24, 24)), tuple(low), tuple(high), 20.0, 4000.0,
        "a", MODEL, score=0.9, mask=Mask(inside, GRID), status=status,
    )  # fmt: skip


def traces(session):
    return {
        (outline.trace, bool(outline.points[:, 0].mean() < SIZE[0] / 2))
        for outline in describe(session, 0, SIZE).outlines
    }


def test_an_outline_is_dashed_only_where_the_map_rises_slowly(session):
    session.record.set(Record((ball(),)))
    assert {trace for trace, _ in traces(session)} == {Trace.SOLID}
    session.maps.set(Maps((score_map(probability(slow_left=True)),)))
    assert (Trace.DASHED, True) in traces(session)
    assert (Trace.SOLID, False) in traces(session)
    assert (Trace.DASHED, False) not in traces(session)


def test_the_outline_of_what_a_person_accepted_is_whole(session):
    session.maps.set(Maps((score_map(probability(slow_left=True)),)))
    session.record.set(Record((ball("accepted"),)))
    assert {trace for trace, _ in traces(session)} == {Trace.SOLID}


def test_the_border_of_a_proposed_segment_is_dashed_where_the_map_rises_slowly(session):
    labels = LabelMap.of((probability() > 127).astype(np.uint8))
    segment = Segment(1, "Tumour", NODULE, colour=(0, 255, 0))
    made = Segmentation("1.6", "Tumour", labels, GRID, (segment,), MODEL, "a")
    session.record.set(Record(segmentations=(made,)))

    def green(opacity=0.0):
        session.maps.update(opacity=opacity)
        shown = paint(describe(session, 0, SIZE)).astype(int)
        drawn = shown[..., 1] > shown[..., 2] + 20
        return drawn[:, : SIZE[0] // 2].sum(), drawn[:, SIZE[0] // 2 :].sum()

    left, right = green()
    assert left == pytest.approx(right, rel=0.1)
    session.maps.set(Maps((score_map(probability(slow_left=True)),)))
    dashed, whole = green()
    assert dashed < 0.75 * left
    assert whole == pytest.approx(right, rel=0.1)
