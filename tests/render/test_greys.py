"""What is painted of padding, of curves, and of pictures with windows of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.progress import Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.core.window import Curve, Window
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.render.probe import probe
from viewer.render.scene import Corner, Picture, Scene
from viewer.render.shrink import shrink
from viewer.session.look import Slab, Viewing

PAD = -2000
PADDING = (-2010, -1990)
WINDOW = Window(0, 200)
TABLE = Window.of_table(-100, np.arange(200, dtype=np.uint8))
GEOMETRY = Geometry((3, 30, 40), np.eye(4)[[2, 1, 0, 3]])
ALONG = Plane((0.0, 0.0, 1.0), (1, 0, 0), (0, 1, 0), (1.0, 1.0))
BETWEEN = Plane((0.2, 0.3, 1.0), (1, 0, 0), (0, 1, 0), (0.5, 0.5))
SLANTED = Plane((0.0, 0.0, 0.4), (0.9995, 0, 0.0316), (0, 1, 0), (1.0, 1.0))


@pytest.fixture
def voxels():
    """Values from 60 to 90, and padding on the left of all slices and at one more place of two."""
    made = np.random.default_rng(5).integers(60, 90, (3, 30, 40)).astype(np.int16)
    made[:, :, :10] = PAD
    made[:2, 5:8, 20:23] = PAD - 9
    return made


def scene(voxels, plane: Plane = ALONG, **more: object) -> Scene:
    words = {"inverted": False, "smooth": True, "padding": PADDING, **more}
    picture = Picture(voxels, GEOMETRY, words.pop("window", WINDOW), **words)
    columns = round(39 / plane.spacing_mm[1])
    return Scene((columns, round(29 / plane.spacing_mm[0])), plane=plane, picture=picture)


def greys(scene: Scene) -> np.ndarray:
    return paint(scene)[..., 0].astype(int)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("plane", [ALONG, BETWEEN, SLANTED], ids=["along", "between", "slanted"])
def test_padding_is_black_also_where_the_picture_is_inverted(voxels, plane, smooth, inverted):
    shown = greys(scene(voxels, plane, smooth=smooth, inverted=inverted))
    per_voxel = round(1 / plane.spacing_mm[1])
    assert not shown[:, : 9 * per_voxel].any()
    assert shown[20 * per_voxel :, 12 * per_voxel :].min() > 10


@pytest.mark.parametrize("plane", [ALONG, BETWEEN], ids=["along", "between"])
def test_padding_tinges_no_pixel_beside_it(voxels, plane):
    shown = greys(scene(voxels, plane, inverted=True))
    assert set(np.unique(shown[shown > 0])) <= set(range(255 - 255 * 190 // 200 - 1, 255 - 200))


@pytest.mark.parametrize(("slab", "join"), [
    (Slab.MAXIMUM, np.nanmax), (Slab.MINIMUM, np.nanmin), (Slab.MEAN, np.nanmean),
])  # fmt: skip
def test_a_slab_leaves_padding_out(voxels, slab, join):
    shown = greys(scene(voxels, slab=slab, slab_mm=2.0, inverted=True))
    known = np.where(voxels < -1000, np.nan, voxels)[:, :29, 10:39]
    wanted = 255 - WINDOW.grey(join(known, axis=0)).astype(int)
    assert np.abs(shown[:, 10:] - wanted).max() <= 1
    assert not shown[:, :10].any()


def test_padding_above_all_values_does_not_outshine_them(voxels):
    high = np.where(voxels < -1000, 4095, voxels).astype(np.int16)
    for slab_mm in (0.0, 2.0):
        shown = greys(scene(high, padding=(4095, 4095), slab_mm=slab_mm))
        assert not shown[:, :10].any()
        assert 0 < shown[10:, 10:].max() < 255


@pytest.mark.parametrize("window", [
    TABLE, Window(70, 30, Curve.SIGMOID), Window(75, 20, Curve.LINEAR),
])  # fmt: skip
def test_every_curve_is_painted_as_it_is_computed(voxels, window):
    shown = greys(scene(voxels, window=window, padding=None))
    assert np.array_equal(shown, window.grey(voxels[1, :29, :39]))
    inverted = greys(scene(voxels, window=window, padding=PADDING, inverted=True))
    known = np.where(voxels[1, :29, :39] < -1000, np.nan, voxels[1, :29, :39])
    assert np.abs(inverted - window.grey(known, inverted=True)).max() <= 1
    assert not inverted[:, :9].any()


def radiographs(**more: object) -> Stack:
    pixels = np.tile(np.arange(0, 200, 10, dtype=np.int16), (20, 1))
    common = {"plane": None, "spacing_mm": None, "origin": Origin("", "")}
    light = Frame(
        pixels, **common, inverted=True, windows=(("Bone", Window(100, 200)), ("All", TABLE))
    )
    dark = Frame(
        pixels, **common, windows=(("Hart", Window.of_table(0, np.arange(200, dtype=np.uint8))),)
    )
    return Stack(
        (light, dark, Frame(pixels, **common, **more)), "1", "CR", "ct", windows=dark.windows
    )


def test_each_picture_is_first_shown_by_its_own_window_and_inversion(bench):
    session = bench.session_with(radiographs(), Viewing.ACQUISITION, smooth=False)

    def left_and_right(frame: int) -> tuple[int, int]:
        look = replace(session.hanging.value.cells[0], frame=frame)
        session.hanging.set(session.hanging.value.changed(0, lambda _: look))
        shown = paint(describe(session, 0, (200, 200)))[100, :, 0]
        return int(shown[2]), int(shown[-3])

    assert left_and_right(0) == (255, 13)
    assert left_and_right(1) == (0, 190)
    assert left_and_right(2) == (0, 190)
    look = replace(session.hanging.value.cells[0], window=Window(195, 10))
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    assert left_and_right(0) == (255, 255)
    assert left_and_right(1) == (0, 0)


def test_the_corner_says_which_table_or_curve_is_shown(bench):
    session = bench.session_with(radiographs(), Viewing.ACQUISITION, frame=1)
    corners = dict(describe(session, 0, (200, 200)).texts)
    assert corners[Corner.BOTTOM_RIGHT][0] == "C 99.5  W 199  table Hart"
    look = replace(session.hanging.value.cells[0], window=Window(40, 400, Curve.SIGMOID))
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    corners = dict(describe(session, 0, (200, 200)).texts)
    assert corners[Corner.BOTTOM_RIGHT][0] == "C 40  W 400  sigmoid"


def test_the_probe_calls_padding_by_its_name(bench):
    image = radiographs(padding=(0, 50))
    session = bench.session_with(image, Viewing.ACQUISITION, frame=2)
    opened, look = session.image_in(0), session.hanging.value.cells[0]
    made = describe(session, 0, (200, 200))
    assert probe(opened, look, made, (5.0, 100.0)).value == "padding"
    assert probe(opened, look, made, (195.0, 100.0)).value.startswith("190")


def test_the_probe_leaves_padding_out_of_a_slab(bench, voxels):
    geometry = bench.grid(bench.UPRIGHT, voxels.shape)
    volume = bench.volume_of(voxels, geometry, padding=PADDING)
    session = bench.session_with(volume, slab_mm=20.0, slab=Slab.MINIMUM)
    opened, look = session.image_in(0), session.hanging.value.cells[0]
    made = describe(session, 0, (200, 200))
    lone = made.to_screen(tuple(geometry.to_patient((1, 6, 21))))
    words = probe(opened, look, made, lone).value
    assert words == f"MinIP {voxels[2, 6, 21]} HU"
    left = made.to_screen(tuple(geometry.to_patient((1, 6, 3))))
    assert probe(opened, look, made, left).value == "padding"


@pytest.mark.parametrize("longest", [15, 256])
def test_padding_is_emptiness_in_3d(bench, voxels, longest):
    high = np.where(voxels < -1000, 4095, voxels).astype(np.int16)
    geometry = bench.grid(bench.UPRIGHT, voxels.shape)
    volume = bench.volume_of(high, geometry, modality="MR", padding=(4095, 4095))
    small = shrink(volume, Silent(), longest)
    assert small.padding is None
    assert (small.voxels.min(), small.voxels.max() < 90) == (60, True)
