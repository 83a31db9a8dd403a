"""A TorchScript model in the window: asked about in plain words, added only after a yes."""

from __future__ import annotations

import pytest

from tests.ai.test_trust import Bright, scripted, written
from viewer.commands.models import add
from viewer.settings import data_folder

pytestmark = pytest.mark.window


class Answers:
    def __init__(self, *, yes):
        self.yes, self.asked = yes, []

    def ask_yes(self, title, question, then):
        self.asked.append(question)
        if self.yes:
            then()


@pytest.mark.parametrize("yes", [False, True])
def test_a_program_is_added_only_after_a_yes_that_is_written_down(desk, settle, tmp_path, yes):
    source, id_ = written(tmp_path / "it", scripted(Bright()))
    desk.asker = Answers(yes=yes)
    add(desk, source)
    settle(lambda: bool(desk.asker.asked))
    (question,) = desk.asker.asked
    assert "can do anything that you can do" in question
    assert "audit trail" in question
    if not yes:
        settle()
        assert not (data_folder() / "models" / id_).exists()
        return
    settle(lambda: desk.models.value.model(id_) is not None)
    settle()
    told = [line.what for line in desk.keeper.shelf.audit.lines()]
    assert {"said to trust TorchScript", "added with trust"} <= set(told)
