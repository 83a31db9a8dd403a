"""A study of a thigh with a tumour in it, and what the model makes of it."""

import pytest

from tests.ai.thigh_phantom import thigh
from viewer.ai.readers import Inputs
from viewer.ai.tumour.reader import read_inputs
from viewer.core.progress import Silent


@pytest.fixture(scope="session")
def study():
    """PET, CT and MR of one patient on grids of their own."""
    return {
        "PT": thigh("PT", (3.3, 5.0, 5.0), (46, 40, 40)),
        "CT": thigh("CT", (3.0, 2.0, 2.0), (52, 100, 100)),
        "MR": thigh("MR", (4.0, 2.0, 2.0), (36, 84, 84)),
    }


@pytest.fixture(scope="session")
def reading(study):
    """What the model makes of all three, the PET in front."""
    return read_inputs(Inputs(study["PT"], (study["CT"], study["MR"]), "EXTREMITY"), Silent())
