import numpy as np

from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, RIGHT_LUNG
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment, Segmentation
from viewer.render.picture import layer_of
from viewer.session.session import segment_key


def test_a_hidden_segment_is_not_drawn_and_the_others_are():
    labels = np.ones((1, 2, 2), np.uint8)
    segments = (Segment(1, "Left lung", LEFT_LUNG), Segment(2, "Right lung", RIGHT_LUNG))
    lungs = Segmentation(
        "1.2", "Lungs", labels, Geometry((1, 2, 2), np.eye(4)), segments, Author("A"), "key"
    )
    layer = layer_of(lungs, frozenset({segment_key(lungs, segments[0])}))
    assert layer.colours[1].sum() == 0
    assert layer.colours[2, 3] > 0
