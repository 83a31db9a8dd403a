"""What can be said to the 3D view: appearance, parts, sides, flights, pictures and movies."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial

import cv2
import pytest
from PIL import Image

from tests.patience import PATIENCE_S
from viewer.commands.command import Commands
from viewer.commands.flying import COMMANDS as FLYING
from viewer.commands.space import COMMANDS as SPACE
from viewer.commands.space import bounds_in_space, change_camera, look_in_space
from viewer.commands.space_export import COMMANDS as EXPORT
from viewer.commands.space_export import make_movie, save_movie, save_picture, size_in, take_of
from viewer.commands.transfers import (
    all_transfers,
    forget_transfer,
    keep_transfer,
    own_transfers,
    reset_transfer,
)
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.session.camera import SIDES, Camera
from viewer.session.session import Tool
from viewer.session.space_look import Cut, Facing
from viewer.session.take import turntable
from viewer.session.transfer import BONE
from viewer.settings import load

ALL = Commands((*SPACE, *FLYING, *EXPORT))


def say(desk, command):
    assert ALL.run(command, desk), f"{command} was not allowed"


def space(desk):
    return look_in_space(desk).space


def test_without_a_volume_nothing_can_be_said(desk):
    for command in ALL:
        assert not command.allowed(desk), command.id


def test_every_preset_is_said_and_seen_as_chosen(desk, hung):
    for command in SPACE:
        if command.menu == "3D/Appearance" and command.checked:
            say(desk, command.id)
            assert command.checked(desk)
            assert space(desk).transfer.name in command.title


def test_a_preset_is_moved_and_brought_back(desk, hung):
    say(desk, "space.bone")
    say(desk, "space.shift_higher")
    assert space(desk).transfer.span[0] == pytest.approx(BONE.span[0] + 20)
    reset_transfer(desk)
    assert space(desk).transfer == BONE


@pytest.mark.parametrize(
    ("name", "side"),
    [("front", "A"), ("back", "P"), ("left", "L"), ("right", "R"), ("head", "H"), ("feet", "F")],
)
def test_each_side_has_a_command_and_a_key(desk, hung, name, side):
    change_camera(desk, lambda camera: replace(camera, zoom=2.0, roll=30.0, inside=True))
    say(desk, f"camera.{name}")
    camera = look_in_space(desk).camera
    assert camera.towards == pytest.approx(SIDES[side].towards)
    assert (camera.zoom, camera.roll, camera.inside) == (2.0, 0.0, False)
    assert ALL[f"camera.{name}"].key == f"Ctrl+Alt+{side}"


def test_perspective_and_the_whole_volume(desk, hung):
    say(desk, "camera.perspective")
    assert look_in_space(desk).camera.perspective
    change_camera(desk, lambda camera: replace(camera, middle=(1.0, 2.0, 3.0), zoom=4.0))
    say(desk, "camera.fit")
    assert look_in_space(desk).camera.middle is None
    assert look_in_space(desk).camera.perspective


def test_the_crop_box_begins_round_everything(desk, hung):
    say(desk, "space.crop")
    assert space(desk).crop == bounds_in_space(desk)
    say(desk, "space.crop")
    assert space(desk).crop is None


@pytest.mark.parametrize("facing", list(Facing))
def test_a_clip_plane_shows_its_cut_to_the_eye_and_can_be_flipped(desk, hung, facing):
    change_camera(desk, lambda _: Camera(40, 30))
    say(desk, f"space.clip_{facing.value}")
    normal = space(desk).clip(facing).normal
    facing_eye = sum(a * b for a, b in zip(normal, Camera(40, 30).towards, strict=True))
    assert facing_eye < 0
    say(desk, "space.clip_flip")
    assert space(desk).clip(facing).normal == tuple(-n for n in normal)
    say(desk, f"space.clip_{facing.value}")
    assert space(desk).clips == ()


def test_tools_of_the_scalpel_are_put_away_by_saying_them_again(desk, hung):
    say(desk, "tool.scalpel")
    assert desk.session.tool.value is Tool.SCALPEL
    say(desk, "tool.scalpel")
    assert desk.session.tool.value is Tool.CROSSHAIR


def test_cuts_are_taken_back_and_all_is_shown_again(desk, hung):
    hanging = desk.session.hanging
    for n in range(2):
        cut = Cut(((0, 0), (n + 1, 0), (0, 5)), Camera(), (20, 20))
        hanging.set(
            hanging.value.all_changed(
                lambda look, c=cut: replace(look, space=look.space.with_cut(c))
            )
        )
    say(desk, "space.uncut")
    assert len(space(desk).cuts) == 1
    say(desk, "space.remove_bone")
    assert space(desk).bone_removed
    say(desk, "space.show_all")
    assert space(desk).shows_all


def test_bone_is_removed_from_ct_alone(desk, opened):
    image = replace(opened.image, modality="MR", unit="1")
    desk.session.show(replace(opened, image=image))
    say(desk, "space.remove_bone")
    assert "no CT" in desk.session.message.value.sentence
    assert not space(desk).bone_removed


def test_an_appearance_is_kept_under_a_name_and_comes_back(desk, hung):
    say(desk, "space.bone")
    say(desk, "space.shift_lower")
    keep_transfer(desk, "My bone")
    desk.settle()
    (own,) = own_transfers(desk)
    assert own == replace(BONE.shifted(-20), name="My bone")
    assert space(desk).transfer == own
    desk.settings = load().settings
    assert all_transfers(desk)[-1] == own
    forget_transfer(desk, "My bone")
    desk.settle()
    assert own_transfers(desk) == () == load().settings.space.transfers


@pytest.mark.parametrize("name", ["", "Bone", "bone", "x" * 41])
def test_names_that_cannot_be_are_declined(desk, hung, name):
    with pytest.raises(Declined):
        keep_transfer(desk, name)


def test_there_are_never_too_many_of_ones_own(desk, hung):
    for number in range(40):
        keep_transfer(desk, f"Mine {number}")
    with pytest.raises(Declined, match="40"):
        keep_transfer(desk, "One more")
    keep_transfer(desk, "Mine 3")
    desk.settle()


@pytest.mark.parametrize("text", ["1600 x 1200", "1600x1200", " 1600, 1200 ", "1600×1200"])
def test_a_size_is_read_as_people_write_it(text):
    assert size_in(text) == (1600, 1200)


@pytest.mark.parametrize("text", ["", "1600", "5 x 5", "9999 x 10", "a x b"])
def test_other_sizes_are_declined(text):
    with pytest.raises(Declined, match="1600 x 1200"):
        size_in(text)


def test_a_turntable_is_written_with_all_its_pictures(desk, hung, tmp_path):
    path = tmp_path / "round.gif"
    save_movie(desk, take_of(desk, turntable(Camera(), 9), (64, 64)), path)
    desk.settle()
    with Image.open(path) as film:
        assert film.n_frames == 9
    assert str(path) in desk.session.message.value.sentence


def test_a_picture_is_written_at_the_size_asked_for(desk, hung, tmp_path):
    save_picture(desk, take_of(desk, (Camera(),), (120, 80)), tmp_path / "seen")
    desk.settle()
    assert cv2.imread(str(tmp_path / "seen.png")).shape == (80, 120, 3)


def test_a_cancelled_movie_leaves_nothing_behind(desk, hung, tmp_path):
    reached, go_on = threading.Event(), threading.Event()

    def slow(take, progress):
        for number, frame in enumerate(desk.shoot(take, progress)):
            if number == 3:
                reached.set()
                assert go_on.wait(PATIENCE_S)
            yield frame

    take = take_of(desk, turntable(Camera(), 30), (64, 64))
    job = desk.runner.start(
        "movie", partial(make_movie, tmp_path / "a.gif", take, slow), lambda _: None
    )
    assert reached.wait(PATIENCE_S)
    job.cancel()
    go_on.set()
    desk.settle(lambda: not list(tmp_path.glob("*.gif")) and not list(tmp_path.glob(".saving*")))
    assert [path.name for path in tmp_path.iterdir() if path.name != "shelf"] == []


def test_a_folder_that_cannot_be_written_is_told(desk, hung, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    take = take_of(desk, turntable(Camera(), 3), (64, 64))
    save_movie(desk, take, tmp_path / "file" / "a.gif")
    desk.settle()
    assert "choose another folder" in desk.session.message.value.sentence


def drawn(desk, opened, points):
    anchor = Anchor(opened.key, opened.frame_of_reference_uid)
    line = Measurement("m", MeasurementKind.POLYLINE, points, anchor, Author("A. Reader"))
    record = desk.session.record
    record.set(replace(record.value, measurements=(line,)))


def test_without_a_line_nobody_flies(desk, hung):
    say(desk, "space.fly")
    assert "Draw a line" in desk.session.message.value.sentence
    assert desk.session.flight.value is None


def test_the_drawn_line_is_flown_stopped_and_left(desk, hung):
    drawn(desk, hung, ((0.0, 0.0, 0.0), (4.0, 3.0, 2.0), (7.0, 7.0, 8.0)))
    say(desk, "space.fly")
    assert desk.session.flight.value.going
    say(desk, "space.fly_faster")
    assert desk.session.flight.value.speed_mm == 40
    say(desk, "space.fly")
    assert not desk.session.flight.value.going
    say(desk, "space.fly_end")
    assert desk.session.flight.value is None
    assert not look_in_space(desk).camera.inside


def test_a_line_too_short_is_not_flown(desk, hung):
    drawn(desk, hung, ((0.0, 0.0, 0.0), (0.5, 0.0, 0.0)))
    say(desk, "space.fly")
    assert "too short" in desk.session.message.value.sentence
