"""A PET over its CT: the colours of every pixel are those that arithmetic gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap, colours
from viewer.imaging.fuse import Mix
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.render.probe import probe
from viewer.render.scene import Corner
from viewer.session.fusion import may_lie_over
from viewer.session.fusion_look import Fusion
from viewer.session.images import OpenImage
from viewer.session.linking import Pair
from viewer.session.look import Look, Viewing
from viewer.session.oblique import STANDARD, Planes, rotation
from viewer.session.session import Place, Session

SIZE = (96, 80)
SPACE = "1.2.3"
HERE = (3.0, -2.0, 11.0)
CT_WINDOW, PET_WINDOW = Window(40, 400), Window(5, 10)


def opened(key: str, volume: Volume, window: Window) -> OpenImage:
    instance = Instance(Path("a.dcm"), f"1.{key}", "1.2", "", 1)
    series = Series(
        key, "1.9", "1.8", volume.modality, SeriesKind.VOLUME, (instance,), description=key
    )
    study = Study("1.8", Patient("P1"), (series,), "20260102")
    return OpenImage(study, series, replace(volume, series_key=key), window)


def smooth(shape) -> np.ndarray:
    """Values of 0 to 1 that vary slowly and along all axes."""
    axes = np.meshgrid(*(np.linspace(0, 3, n) for n in shape), indexing="ij")
    return (0.5 + 0.5 * np.sin(axes[0] + 1.3 * axes[1] - 0.7 * axes[2])).astype(np.float32)


def study(space: str = SPACE, shift=(0.0, 0.0, 0.0)):
    """A CT of fine voxels and a PET of coarse ones that is turned and ends earlier."""
    fine = Geometry.from_axes((30, 60, 64), (-32, -30, -4), np.eye(3)[::-1], (1, 1, 1), SPACE)
    turn = rotation((0.2, 1.0, 0.3), 0.3)
    axes = np.eye(3)[::-1] @ turn.T
    corner = np.array((-20.0, -18.0, -6.0)) + shift
    coarse = Geometry.from_axes((12, 11, 12), tuple(corner), axes, (3.3, 4.1, 4.1), space)
    ct = Volume(smooth(fine.shape) * 500 - 200, fine, "[hnsf'U]", "CT", "ct")
    pet = Volume(smooth(coarse.shape) * 9, coarse, "{SUVbw}g/ml", "PT", "pet")
    return opened("ct", ct, CT_WINDOW), opened("pet", pet, PET_WINDOW)


def session_of(*images: OpenImage, fusion: Fusion | None, viewing=Viewing.AXIAL) -> Session:
    session = Session(Author("Reader"))
    for one in images:
        session.images.set(session.images.value.with_image(one))
    session.hanging.set(
        session.hanging.value.changed(0, lambda _: Look("ct", viewing, fusion=fusion))
    )
    session.place.set(Place(HERE, SPACE))
    session.shown.update(crosshair=False)
    return session


def truth(scene, ct: OpenImage, pet: OpenImage, fusion: Fusion, shift=(0.0, 0.0, 0.0)):
    """Return (rows, columns, RGB) by scipy and floats alone, and where the PET is known."""
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    places = scene.plane.to_patient(np.stack([rows, columns], axis=-1))

    def sampled(one: OpenImage, off):
        index = np.moveaxis(one.geometry.to_index(places + np.asarray(off)), -1, 0)
        inside = (index >= -0.5) & (index <= np.array(one.geometry.shape)[:, None, None] - 0.5)
        values = map_coordinates(one.image.voxels, index, order=1, mode="nearest")
        return values, inside.all(axis=0)

    below, covered = sampled(ct, (0, 0, 0))
    above, known = sampled(pet, shift)
    grey = np.clip((below - CT_WINDOW.low) / CT_WINDOW.width, 0, 1) * 255 * covered
    level = np.clip((above - PET_WINDOW.low) / PET_WINDOW.width, 0, 1) * 255
    top = colours(fusion.colour_map)[np.rint(level).astype(int)].astype(float)
    low, share = np.repeat(grey[..., None], 3, axis=2), fusion.opacity
    mixed = {
        Mix.WEIGHTED: (1 - share) * low + share * top,
        Mix.MULTIPLICATIVE: (1 - share) * low + share * low * top / 255,
        Mix.AVERAGE: (1 - share) * low + share * (low + top) / 2,
    }[fusion.mix]
    return np.where(known[..., None], mixed, low), known, covered


@pytest.mark.parametrize("viewing", [Viewing.AXIAL, Viewing.CORONAL])
@pytest.mark.parametrize("mix", Mix)
def test_every_pixel_is_what_arithmetic_says_on_straight_and_turned_planes(mix, viewing):
    ct, pet = study()
    for turned in (False, True):
        fusion = Fusion("pet", opacity=0.6, mix=mix)
        session = session_of(ct, pet, fusion=fusion, viewing=viewing)
        if turned:
            turn = rotation((1.0, 0.5, 0.2), 0.5)
            session.planes.set(Planes().with_turn(SPACE, STANDARD, turn))
        scene = describe(session, 0, SIZE)
        shown = paint(scene)[..., 2::-1].astype(float)
        wanted, known, covered = truth(scene, ct, pet, fusion)
        assert 0.1 < known.mean() < 0.9
        off = np.abs(shown - wanted).max(axis=-1)
        slope = 3
        assert np.quantile(off[covered], 0.999) <= slope + 1, "steps of hot are three a level"
        assert np.abs(shown - wanted).mean() < 0.7


def test_the_texts_name_both_series_and_both_windows_and_the_bar_is_that_of_the_pet():
    ct, pet = study()
    session = session_of(ct, pet, fusion=Fusion("pet", ColourMap.VIRIDIS, 0.4, Mix.AVERAGE))
    scene = describe(session, 0, (500, 400))
    right = dict(scene.texts)[Corner.TOP_RIGHT]
    assert right[-2:] == ("+ PT pet", "PT 0 to 10 SUVbw")
    assert dict(scene.texts)[Corner.BOTTOM_RIGHT][0] == "fused: average, 40 %, viridis"
    everything = str(scene.texts)
    assert "ct" in right[-3]
    assert "C 40  W 400" in everything
    assert scene.colour_bar.ticks[-1] == "10"
    assert (scene.colour_bar.colours[-1] == colours(ColourMap.VIRIDIS)[-1]).all()
    assert "FUSED" in [badge.word for badge in scene.badges]


def test_a_series_of_another_space_is_laid_over_only_where_it_was_brought_in_line():
    shift = np.array((100.0, -40.0, 25.0))
    ct, pet = study("9.9", shift)
    session = session_of(ct, pet, fusion=Fusion("pet"))
    scene = describe(session, 0, SIZE)
    assert scene.fused is None
    assert "NOT FUSED" in [badge.word for badge in scene.badges]
    assert may_lie_over(session, ct) == ()
    pair = Pair(SPACE, "9.9", tuple(shift.tolist()))
    session.linking.set(replace(session.linking.value, pairs=(pair,)))
    assert may_lie_over(session, ct) == (pet,)
    scene = describe(session, 0, SIZE)
    wanted, known, covered = truth(scene, ct, pet, Fusion("pet"), shift)
    shown = paint(scene)[..., 2::-1].astype(float)
    assert known.any()
    assert np.quantile(np.abs(shown - wanted).max(axis=-1)[covered], 0.999) <= 4
    assert "IN LINE BY HAND" in [badge.word for badge in scene.badges]


def test_the_window_on_top_is_that_of_the_pet_where_it_hangs_itself():
    ct, pet = study()
    session = session_of(ct, pet, fusion=Fusion("pet"))
    first = describe(session, 0, SIZE).fused.picture.window
    assert (first.centre, first.width) == (5, 10)
    hanging = session.hanging.value
    session.hanging.set(hanging.changed(1, lambda _: Look("pet", window=Window(2, 4))))
    assert describe(session, 0, SIZE).fused.picture.window.width == 4
    session.hanging.set(
        session.hanging.value.changed(
            0, lambda look: replace(look, fusion=Fusion("pet", window=Window(1, 2)))
        )
    )
    assert describe(session, 0, SIZE).fused.picture.window.width == 2


def test_the_values_of_both_are_told_under_the_pointer():
    ct, pet = study()
    scene = describe(session_of(ct, pet, fusion=Fusion("pet")), 0, SIZE)
    point = scene.to_screen(HERE)
    below, above = (one.image.value_at(HERE) for one in (ct, pet))
    told = probe(ct, Look("ct"), scene, point).value
    assert told.endswith("SUVbw")
    assert f"PT {above:.2f}" in told.replace("\N{MINUS SIGN}", "-")
    assert told.replace("\N{MINUS SIGN}", "-").startswith(f"{below:.2f}"[:4])
    alone = describe(session_of(ct, pet, fusion=None), 0, SIZE)
    assert "PT" not in probe(ct, Look("ct"), alone, point).value


def test_without_fusion_nothing_is_laid_over():
    ct, pet = study()
    scene = describe(session_of(ct, pet, fusion=None), 0, SIZE)
    assert scene.fused is None
    assert scene.colour_bar is None


def test_a_view_whose_space_was_brought_in_line_says_so():
    ct, pet = study("9.9")
    session = session_of(ct, pet, fusion=None)
    assert "MOVED" not in [badge.word for badge in describe(session, 0, SIZE).badges]
    pair = Pair(SPACE, "9.9", (3.0, 4.0, 12.0))
    session.linking.set(replace(session.linking.value, pairs=(pair,)))
    (badge,) = [one for one in describe(session, 0, SIZE).badges if one.word == "MOVED"]
    assert "13 mm" in badge.meaning
    assert badge.grave
