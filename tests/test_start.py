"""What the start of the program waits for."""

from __future__ import annotations

import os
import subprocess
import sys

LATER = {"torch", "vtkmodules", "SimpleITK", "highdicom", "skimage", "sklearn", "pandas"}
"""Libraries that take long to load: each is loaded where it is used first, or when nothing runs."""


def test_the_window_is_built_before_heavy_libraries_are_loaded():
    asked = "import sys, viewer.app; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
    )
    assert LATER.intersection(done.stdout.split()) == set()
