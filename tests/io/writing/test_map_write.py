from __future__ import annotations

import json
from dataclasses import replace

import nibabel
import numpy as np

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.score_map import ScoreMap
from viewer.io.atomic import Staging
from viewer.io.map_write import write_map

MODEL = Author("Model", True, "2", "ab" * 32, (("input_1", "1.2"),))


def score_map(geometry):
    voxels = np.arange(24, dtype=np.uint8).reshape(2, 3, 4) * 10
    return ScoreMap(
        "1.2", "Uptake likelihood", "What it shows.", voxels, geometry, "one", MODEL,
        low=-1.0, high=4.1,
    )  # fmt: skip


def written(folder, made):
    with Staging(folder) as staging:
        write_map(staging, made, 1)
        return staging.commit()


def test_another_program_reads_the_values_of_a_map_at_the_same_places(tmp_path):
    axes = np.array([(0.0, 0.6, 0.8), (0.0, 0.8, -0.6), (1.0, 0.0, 0.0)])
    grid = Geometry.from_axes((2, 3, 4), (10, -20, 30), axes, (3, 2, 1), "frame")
    made = score_map(grid)
    (path,) = written(tmp_path, made)
    image = nibabel.load(path)
    assert image.get_data_dtype() == np.uint8
    assert np.allclose(image.get_fdata().T, made.values(), atol=1e-4)
    here = grid.to_patient((1, 2, 3))
    there = image.affine @ (3, 2, 1, 1)
    assert np.allclose(there[:3] * (-1, -1, 1), here)
    said = json.loads(image.header.extensions[0].get_content())
    assert said["weights_sha256"] == "ab" * 32
    assert said["parameters"] == {"input_1": "1.2"}
    assert (said["low"], said["high"]) == (-1.0, 4.1)


def test_a_map_of_single_pictures_becomes_one_grey_picture_for_each_frame(tmp_path):
    from PIL import Image

    made = replace(score_map(None), geometry=None)
    paths = written(tmp_path, made)
    pictures = sorted(path for path in paths if path.suffix == ".png")
    assert len(pictures) == 2
    for picture, frame in zip(pictures, made.voxels, strict=True):
        assert (np.asarray(Image.open(picture)) == frame).all()
    (words,) = (path for path in paths if path.suffix == ".json")
    assert json.loads(words.read_text())["title"] == "Uptake likelihood"
