"""The pixels of a scene: windows to the last grey, black outside, cut again only if moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.plane import Plane
from viewer.core.volume import Fidelity
from viewer.core.window import Window
from viewer.render import label_cut
from viewer.render import paint as painting
from viewer.render.describe import describe
from viewer.render.paint import Painter, paint
from viewer.render.scene import Layer, Picture, Scene
from viewer.session.look import Slab

WIDTH, HEIGHT = 40, 30


def scene_of(voxels, **more: object):
    """Voxels seen one to one on a screen that is 5 pixels wider on each side."""
    geometry = Geometry(voxels.shape[:3], np.eye(4)[[2, 1, 0, 3]])
    plane = Plane((-5.0, -5.0, 0.0), (1, 0, 0), (0, 1, 0), (1.0, 1.0))
    size = (voxels.shape[2] + 10, voxels.shape[1] + 10)
    picture = Picture(
        voxels, geometry, Window(0, 200), **{"inverted": False, "smooth": True, **more}
    )
    return Scene(size, plane=plane, picture=picture)


@pytest.fixture
def voxels():
    rng = np.random.default_rng(3)
    return rng.integers(-150, 150, (3, HEIGHT, WIDTH)).astype(np.int16)


@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("kind", [np.int16, np.uint8, np.uint16, np.int32, np.float32, np.float64])
def test_greys_are_exactly_those_of_the_window(voxels, kind, smooth):
    voxels = voxels.clip(0).astype(kind) if np.dtype(kind).kind == "u" else voxels.astype(kind)
    picture = paint(scene_of(voxels, smooth=smooth))
    inner = picture[5:-5, 5:-5]
    wanted = Window(0, 200).grey(voxels[0])
    assert np.abs(inner[..., 0].astype(int) - wanted).max() <= (0 if kind != np.float64 else 1)
    assert (inner[..., 0] == inner[..., 1]).all()
    assert (inner[..., 1] == inner[..., 2]).all()
    assert (picture[..., 3] == 255).all()


@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("inverted", [True, False])
def test_outside_the_image_it_is_black_even_when_inverted(voxels, smooth, inverted):
    picture = paint(scene_of(voxels, smooth=smooth, inverted=inverted))
    outside = np.ones(picture.shape[:2], dtype=bool)
    outside[5:-5, 5:-5] = False
    assert not picture[outside][:, :3].any()


def test_an_inverted_picture_is_its_complement(voxels):
    plain, inverted = (paint(scene_of(voxels, inverted=n))[5:-5, 5:-5, 0] for n in (False, True))
    assert np.abs(plain.astype(int) + inverted - 255).max() <= 1


@pytest.mark.parametrize(
    ("slab", "join"), [(Slab.MAXIMUM, np.max), (Slab.MINIMUM, np.min), (Slab.MEAN, np.mean)]
)
def test_a_slab_joins_the_slices_in_it(voxels, slab, join):
    scene = scene_of(voxels, slab_mm=2.0, slab=slab)
    middle = replace(scene, plane=scene.plane.at((0, 0, 1.0)))
    inner = paint(middle)[5:-5, 5:-5, 0]
    wanted = Window(0, 200).grey(join(voxels.astype(np.float32), axis=0))
    assert np.abs(inner.astype(int) - wanted).max() <= 1


def test_a_picture_is_made_in_place_if_wanted(voxels):
    scene = scene_of(voxels)
    into = np.zeros((scene.size[1], scene.size[0], 4), np.uint8)
    assert paint(scene, into) is into
    assert np.array_equal(into, paint(scene))


def test_labels_are_outlined_in_their_colour(voxels):
    labels = np.zeros(voxels.shape, dtype=np.uint8)
    labels[0, 10:20, 10:20] = 1
    colours = np.array([(0, 0, 0, 0), (255, 0, 0, 255)], dtype=np.uint8)
    scene = scene_of(voxels)
    plain = paint(scene)
    drawn = paint(
        replace(scene, layers=(Layer(LabelMap.of(labels), scene.picture.geometry, colours),))
    )
    changed = (drawn != plain).any(axis=2)
    edge = np.zeros_like(changed)
    edge[15:25, 15:25] = True
    edge[16:24, 16:24] = False
    assert np.array_equal(changed, edge)
    assert (drawn[edge] == (0, 0, 255, 255)).all()


@pytest.fixture
def cuts(monkeypatch):
    """How often a plane was cut out of a grid."""
    made = []
    plain = painting.reslice

    def counted(*given: object, **how: object):
        made.append(given)
        return plain(*given, **how)

    monkeypatch.setattr(painting, "reslice", counted)
    monkeypatch.setattr(label_cut, "reslice", counted)
    return made


def test_another_window_does_not_cut_again(voxels, cuts):
    painter, scene = Painter(), scene_of(voxels)
    painter.paint(scene)
    wide = replace(scene, picture=replace(scene.picture, window=Window(0, 1000), inverted=True))
    assert np.array_equal(painter.paint(wide), paint(wide))
    assert len(cuts) == 2


@pytest.mark.parametrize("change", [{"revision": 7}, {"smooth": False}])
def test_what_was_loaded_or_asked_for_meanwhile_is_cut_again(voxels, cuts, change):
    painter, scene = Painter(), scene_of(voxels)
    painter.paint(scene)
    voxels[0] = 100
    other = replace(scene, picture=replace(scene.picture, **change))
    assert (painter.paint(other)[5:-5, 5:-5, 0] == 255).all()


def test_a_moved_plane_is_cut_again(voxels):
    painter, scene = Painter(), scene_of(voxels)
    painter.paint(scene)
    moved = replace(scene, plane=scene.plane.at((0, 0, 2.0)))
    assert np.array_equal(painter.paint(moved), paint(moved))


def test_labels_are_cut_once_while_the_view_stands_still(voxels, cuts):
    labels = np.ones(voxels.shape, dtype=np.uint8)
    colours = np.full((2, 4), 255, dtype=np.uint8)
    scene = scene_of(voxels)
    layer = Layer(LabelMap.of(labels), scene.picture.geometry, colours)
    painter = Painter()
    for _ in range(3):
        painter.paint(replace(scene, layers=(layer,)))
    assert len(cuts) == 2


def test_a_slice_that_lands_while_loading_is_seen(bench):
    voxels = np.zeros((4, 8, 8), np.int16)
    geometry = bench.grid(bench.UPRIGHT, voxels.shape, (1, 1, 1))
    session = bench.session_with(bench.volume_of(voxels, geometry), window=Window(50, 100))
    painter = Painter()
    quality = np.zeros(4, np.uint8)
    for step in (0, 2):
        quality[:] = step
        voxels[:] = 100 * (step > 0)
        opened = session.image_in(0)
        opened = replace(opened, fidelity=Fidelity(quality.copy()))
        session.images.set(session.images.value.with_image(opened))
        picture = painter.paint(describe(session, 0, (16, 16)))
        assert picture[8, 8, 0] == (255 if step else 0)
