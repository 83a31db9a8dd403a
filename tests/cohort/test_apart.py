import os
import signal
from functools import partial

import numpy as np
import pytest

from viewer.cohort.apart import apart
from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent
from viewer.jobs.failing import WorkFailed


def doubled(array, progress):
    progress.report(0.5, "half")
    return array * 2


def unwilling(progress):
    raise Declined("This is no chest.", code="no_lungs")


def suicidal(progress):
    os.kill(os.getpid(), signal.SIGKILL)


def endless(progress):
    while True:
        progress.report(0.1, "still at it")


def test_work_done_apart_brings_its_result():
    assert apart("double", partial(doubled, np.arange(3)), Silent()).tolist() == [0, 2, 4]


def test_what_is_declined_apart_is_declined_here_with_its_code():
    with pytest.raises(Declined, match="This is no chest") as caught:
        apart("read", unwilling, Silent())
    assert caught.value.code == "no_lungs"


def test_a_killed_worker_is_a_sentence_and_not_a_crash():
    with pytest.raises(WorkFailed, match="SIGKILL"):
        apart("read", suicidal, Silent())


@pytest.mark.parametrize("reason", [KeyboardInterrupt, Cancelled])
def test_an_interruption_ends_the_worker(reason):
    class Interrupting:
        def report(self, done, doing=""):
            raise reason

    with pytest.raises(reason):
        apart("read", endless, Interrupting())
