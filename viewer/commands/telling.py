"""Saying why a job brought nothing."""

from __future__ import annotations

from viewer.commands.desk import Desk
from viewer.jobs.job import Failure


def tell(desk: Desk, failure: Failure) -> None:
    """Say why a job brought nothing."""
    desk.session.say(failure.sentence, serious=True)
