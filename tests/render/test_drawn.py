"""What a file draws over a picture: in its place, over that picture alone, nothing of it lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.render.conftest import ORIENTATIONS, READER, grid, opened, volume_of
from viewer.core.geometry import Geometry
from viewer.core.graphics import Graphic, Graphics
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.core.window import Window
from viewer.render.describe import describe
from viewer.render.drawn import COLOUR
from viewer.render.paint import paint
from viewer.session.look import Look, Viewing
from viewer.session.session import Session

SIZE = (320, 256)


def graphic(mask: np.ndarray, **more: object) -> Graphic:
    return Graphic(*mask.shape, np.packbits(mask, bitorder="little").tobytes(), **more)


def session_with(image, graphics: Graphics, **look: object) -> Session:
    session = Session(READER)
    item = replace(opened(image), graphics=graphics, window=Window(1000, 10))
    session.show(item)
    looks = {"viewing": Viewing.ACQUISITION, "smooth": False, **look}
    session.hanging.set(session.hanging.value.changed(0, lambda _: Look(item.key, **looks)))
    session.shown.update(texts=False, crosshair=False)
    return session


def stack(mask: np.ndarray, *, rows: int = 16, columns: int = 20, **more: object):
    frame = Frame(np.zeros((rows, columns), np.int16), None, None, Origin("1.5", "", 0))
    return (
        Stack((frame,), "1", "CR", "ct"),
        Graphics({("1.5", 0): (graphic(mask, **more),)}),
    )


def lit(screen: np.ndarray) -> np.ndarray:
    """Where on the screen something is drawn."""
    return screen[..., :3].max(axis=2) > 100


def volume(directions: np.ndarray, mask: np.ndarray, slice_: int):
    geometry = grid(directions)
    origins = tuple(Origin(f"1.5.{n}", "", 0) for n in range(geometry.shape[0]))
    image = replace(volume_of(np.zeros(geometry.shape, np.int16), geometry), origins=origins)
    return image, Graphics({(f"1.5.{slice_}", 0): (graphic(mask),)})


MASK = np.zeros((16, 20), bool)
MASK[2, 3], MASK[2, 4], MASK[9, 15] = True, True, True


def drawn_pixels(session: Session, size: tuple[int, int] = SIZE) -> set[tuple[int, int]]:
    """Return the (row, column) of the picture under everything that is drawn."""
    scene = describe(session, 0, size)
    image = session.images.value.items[0].image
    geometry = scene.picture.geometry
    rows, columns = np.nonzero(lit(paint(scene)))
    places = [scene.to_patient((float(x), float(y))) for y, x in zip(rows, columns, strict=True)]
    assert image is not None
    return {tuple(np.rint(geometry.to_index(place))[1:].astype(int)) for place in places}


@pytest.mark.parametrize("number", range(0, 48, 5))
def test_over_a_volume_it_lies_on_its_own_pixels_however_the_volume_lies(number):
    image, graphics = volume(ORIENTATIONS[number], MASK, 6)
    session = session_with(image, graphics)
    assert drawn_pixels(session) == {(2, 3), (2, 4), (9, 15)}


@pytest.mark.parametrize(
    "look",
    [
        {"quarter_turns": 1},
        {"flipped_sideways": True},
        {"flipped_upside_down": True, "quarter_turns": 3},
        {"zoom": 1.3, "pan_mm": (-3.0, 2.0)},
        {"smooth": True},
    ],
)
def test_it_turns_flips_and_grows_with_the_picture(look):
    image, graphics = volume(ORIENTATIONS[0], MASK, 6)
    session = session_with(image, graphics, **look)
    assert drawn_pixels(session) <= {(2, 3), (2, 4), (9, 15)}
    assert drawn_pixels(session)


def test_it_lies_over_its_own_slice_only():
    image, graphics = volume(ORIENTATIONS[0], MASK, 5)
    assert drawn_pixels(session_with(image, graphics)) == set()


def test_it_is_not_drawn_across_the_slices_nor_over_a_slab():
    image, graphics = volume(np.eye(3)[::-1], MASK, 6)
    assert drawn_pixels(session_with(image, graphics, viewing=Viewing.AXIAL))
    for look in ({"viewing": Viewing.CORONAL}, {"viewing": Viewing.AXIAL, "slab_mm": 10.0}):
        assert not describe(session_with(image, graphics, **look), 0, SIZE).layers


def test_a_plane_smaller_than_its_picture_lies_where_it_says_and_may_reach_outside():
    image, graphics = stack(np.ones((3, 2), bool), origin=(-1, 18))
    assert drawn_pixels(session_with(image, graphics)) == {(0, 18), (0, 19), (1, 18), (1, 19)}
    outside = stack(np.ones((3, 2), bool), origin=(2, 19))
    assert (2, 20) in drawn_pixels(session_with(*outside, zoom=0.5))


def test_no_line_is_lost_where_the_picture_is_larger_than_the_screen():
    mask = np.zeros((640, 800), bool)
    mask[:, 401] = mask[301, :] = True
    image, graphics = stack(mask, rows=640, columns=800)
    screen = lit(paint(describe(session_with(image, graphics), 0, (100, 80))))
    assert screen.all(axis=0).sum() >= 1
    assert screen.all(axis=1).sum() >= 1


def test_a_region_is_outlined_and_lines_are_filled():
    filled = session_with(*stack(np.ones((10, 10), bool), origin=(3, 5)))
    outlined = session_with(*stack(np.ones((10, 10), bool), origin=(3, 5), region=True))
    inside = lit(paint(describe(filled, 0, SIZE))).sum()
    border = lit(paint(describe(outlined, 0, SIZE))).sum()
    assert 0 < border < inside / 3


def test_it_has_a_colour_of_its_own():
    screen = paint(describe(session_with(*stack(np.ones((16, 20), bool))), 0, SIZE))
    blue, green, red = screen[SIZE[1] // 2, SIZE[0] // 2, :3].astype(int)
    assert blue > red > green > 100
    assert COLOUR[2] > COLOUR[0] > COLOUR[1]


def test_it_can_be_switched_off():
    session = session_with(*stack(np.ones((16, 20), bool)))
    session.shown.update(graphics=False)
    assert not describe(session, 0, SIZE).layers


def test_values_are_those_of_the_picture_alone():
    image, graphics = stack(np.ones((16, 20), bool))
    scene = describe(session_with(image, graphics), 0, SIZE)
    assert scene.picture is not None
    assert not scene.picture.voxels.any()


def test_the_same_graphic_is_unpacked_once():
    session = session_with(*stack(MASK))
    first, second = (describe(session, 0, SIZE).layers[0].labels for _ in range(2))
    assert first is second


def test_a_grid_for_graphics_needs_no_more_than_the_picture_it_lies_over():
    scene = describe(session_with(*stack(MASK)), 0, SIZE)
    assert isinstance(scene.layers[0].geometry, Geometry)
    assert scene.layers[0].geometry.shape == (1, 16, 20)
