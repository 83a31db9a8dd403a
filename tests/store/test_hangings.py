"""The list of hanging protocols outlives the program."""

from viewer.store.shelf import Shelf


def test_the_list_is_kept_as_a_whole_and_in_order(tmp_path):
    shelf = Shelf.open(tmp_path)
    shelf.hangings.keep(["b", "a", "c"])
    shelf.hangings.keep(["c", "a"])
    shelf.close()
    again = Shelf.open(tmp_path)
    assert again.hangings.all() == ("c", "a")
    again.close()


def test_what_is_too_long_to_be_a_protocol_is_left_out():
    shelf = Shelf.in_memory()
    shelf.hangings.keep(["x" * 300_000, "a"])
    assert shelf.hangings.all() == ("a",)
    shelf.close()
