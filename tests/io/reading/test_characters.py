"""Names in the alphabets of the world, against the examples of PS3.5 annexes H, I, J and K."""

from __future__ import annotations

import pytest

from viewer.core.study import SeriesKind
from viewer.io.characters import decode

YAMADA_87 = (
    b"Yamada^Tarou=\x1b\x24\x42\x3b\x33\x45\x44\x1b\x28\x42^\x1b\x24\x42\x42\x40\x4f\x3a\x1b\x28\x42"
    b"=\x1b\x24\x42\x24\x64\x24\x5e\x24\x40\x1b\x28\x42^\x1b\x24\x42\x24\x3f\x24\x6d\x24\x26\x1b\x28\x42"
)
YAMADA_13 = (
    b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b\x24\x42\x3b\x33\x45\x44\x1b\x28\x4a^\x1b\x24\x42\x42\x40"
    b"\x4f\x3a\x1b\x28\x4a=\x1b\x24\x42\x24\x64\x24\x5e\x24\x40\x1b\x28\x4a^\x1b\x24\x42\x24\x3f"
    b"\x24\x6d\x24\x26\x1b\x28\x4a"
)
HONG = (
    b"Hong^Gildong=\x1b\x24\x29\x43\xfb\xf3^\x1b\x24\x29\x43\xd1\xce\xd4\xd7"
    b"=\x1b\x24\x29\x43\xc8\xab^\x1b\x24\x29\x43\xb1\xe6\xb5\xbf"
)
PLACE = "=".join(["#" * 39] * 3)
ZHANG = b"Zhang^XiaoDong=\x1b\x24\x29\x41\xd5\xc5^\x1b\x24\x29\x41\xd0\xa1\xb6\xab="
WANG_UTF8 = "Wang^XiaoDong=王^小東="
NAMES = [
    (r"\ISO 2022 IR 87", YAMADA_87, "Yamada^Tarou=山田^太郎=やまだ^たろう"),
    (r"ISO 2022 IR 13\ISO 2022 IR 87", YAMADA_13, "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
    (r"\ISO 2022 IR 149", HONG, "Hong^Gildong=洪^吉洞=홍^길동"),
    ("ISO_IR 192", WANG_UTF8.encode(), "Wang^XiaoDong=王^小東"),
    (
        "GB18030",
        b"Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=",
        "Wang^XiaoDong=王^小东",
    ),
    (r"\ISO 2022 IR 58", ZHANG, "Zhang^XiaoDong=张^小东"),
    ("ISO_IR 100", b"Buc^J\xe9r\xf4me", "Buc^Jérôme"),
    ("ISO_IR 101", "Wałęsa".encode("iso8859-2"), "Wałęsa"),
    ("ISO_IR 144", "Люкceмбypг".encode("iso8859-5"), "Люкceмбypг"),
    ("ISO_IR 126", "Διονυσιος".encode("iso8859-7"), "Διονυσιος"),
    ("ISO_IR 127", "قباني^لنزار".encode("iso8859-6"), "قباني^لنزار"),
    ("ISO_IR 138", "שרון^דבורה".encode("iso8859-8"), "שרון^דבורה"),
    ("ISO_IR 148", "Çavuşoğlu".encode("iso8859-9"), "Çavuşoğlu"),
    ("ISO_IR 166", "สมชาย".encode("tis-620"), "สมชาย"),
]


@pytest.mark.parametrize(("character_set", "as_stored", "name"), NAMES)
def test_a_name_is_shown_in_its_own_alphabet(character_set, as_stored, name):
    shown = decode(as_stored, character_set.encode(), name=True)
    assert shown.rstrip("=") == name


@pytest.mark.parametrize(("character_set", "as_stored", "name"), NAMES)
def test_a_name_comes_from_a_file_as_it_is_meant(write, listed, character_set, as_stored, name):
    path = write(1, SpecificCharacterSet="ISO_IR 100", PatientName=PLACE)
    data = path.read_bytes()
    data = data.replace(PLACE.encode() + b" ", as_stored.ljust(120))
    old = b"\x08\x00\x05\x00CS\x0a\x00ISO_IR 100"
    said = character_set.encode() + b" " * (len(character_set) % 2)
    new = b"\x08\x00\x05\x00CS" + len(said).to_bytes(2, "little") + said
    assert old in data
    path.write_bytes(data.replace(old, new))
    (study,) = listed().studies
    assert study.patient.name == name


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"MZ\x90\0", "Windows"), (b"\x7fELF\x02", "Linux"), (b"#!/bin/sh\n", "script")],
)
@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"])
def test_a_file_that_is_a_program_too_opens_with_a_warning(write, series, start, what, syntax):
    for number in range(1, 5):
        path = write(number, syntax=syntax)
    path.write_bytes(start + path.read_bytes()[len(start) :])
    (only,) = series()
    assert only.kind is SeriesKind.VOLUME
    (notice,) = only.notices
    assert notice.code == "executable_preamble"
    assert what in notice.sentence


def test_an_object_that_is_a_program_too_is_listed_with_a_warning(write, series):
    path = write(1, SOPClassUID="1.2.840.10008.5.1.4.1.1.88.11", Modality="SR", PixelData=None)
    path.write_bytes(b"MZ" + path.read_bytes()[2:])
    (only,) = series()
    assert [notice.code for notice in only.notices] == ["object", "executable_preamble"]


@pytest.mark.parametrize("label", [b"\0$IR 192", b"NO SUCH SET", b"\xff\xfe\\\x1b"])
def test_an_unknown_alphabet_leaves_the_plain_letters(label):
    assert decode(b"Doe^J\xf6", label, name=True).startswith("Doe^J")
