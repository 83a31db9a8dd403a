"""Every segmenting operation that needs no pointer, by its id, with its parameters and needs.

The window, the command line and recipes all build on this one list.
"""

from __future__ import annotations

from viewer.core.errors import Declined
from viewer.core.recipe import Step
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.segment import runs
from viewer.imaging.segment.operation import Choice, Gives, Need, Operation

_VALUES = frozenset({Need.VALUES})
_SEGMENT = frozenset({Need.SEGMENT})
_BOTH = frozenset({Need.VALUES, Need.SEGMENT})
_SEEDS = frozenset({Need.VALUES, Need.SEEDS})
_PAIR = frozenset({Need.SEGMENT, Need.OTHER})

_LOW = Parameter("low", "From value", 100.0, -1e9, 1e9)
_HIGH = Parameter("high", "To value", 1e9, -1e9, 1e9)
_BELOW = Parameter("below", "Values below it instead", 0, 0, 1, switch=True)
_CLASSES = Parameter("classes", "Classes", 3, 2, 5, whole=True)
_MANY = Parameter("classes", "Classes", 3, 2, 12, whole=True)
_ML = Parameter("least_ml", "Least volume", 0.1, 0.0, 1e5, "ml")
_RADIUS = Parameter("radius_mm", "Radius", 3.0, 0.1, 100.0, "mm")
_AROUND = Parameter("around_mm", "Work so far round the marks", 20.0, 0.0, 500.0, "mm")
_REACH = Parameter("reach_mm", "Furthest from the start", 30.0, 1.0, 500.0, "mm")
_AXES = (("0", "Slices"), ("1", "Rows"), ("2", "Columns"))


def _spread(usual: float) -> Parameter:
    return Parameter("spread", "Standard deviations", usual, 0.1, 20.0)


OPERATIONS: tuple[Operation, ...] = (
    # -- thresholds --------------------------------------------------------------------
    Operation(
        "range", "Range of values", "Threshold", "Takes all voxels whose values lie in a range.",
        runs.in_range, (_LOW, _HIGH),
    ),
    Operation(
        "otsu", "Otsu threshold", "Threshold",
        "Takes what lies above the threshold between two classes of the least spread.",
        runs.above_rule("otsu"), (_BELOW,),
    ),
    Operation(
        "li", "Li threshold", "Threshold",
        "Takes what lies above the threshold of the least cross entropy; kind to faint things.",
        runs.above_rule("li"), (_BELOW,),
    ),
    Operation(
        "yen", "Yen threshold", "Threshold",
        "Takes what lies above the threshold of the greatest correlation.",
        runs.above_rule("yen"), (_BELOW,),
    ),
    Operation(
        "triangle", "Triangle threshold", "Threshold",
        "Takes what lies above the bend of the histogram: for little on a large ground.",
        runs.above_rule("triangle"), (_BELOW,),
    ),
    Operation(
        "multi_otsu", "Several Otsu classes", "Threshold",
        "Parts all values into classes by their histogram, numbered with rising values.",
        runs.multi_otsu, (_CLASSES,), gives=Gives.LABELS,
    ),
    Operation(
        "hysteresis", "Threshold in two steps", "Threshold",
        "Takes what is above the lower value and hangs on something above the higher one.",
        runs.hysteresis,
        (
            Parameter("low", "Lower value", 100.0, -1e9, 1e9),
            Parameter("high", "Higher value", 200.0, -1e9, 1e9),
        ),
    ),
    Operation(
        "local", "Local mean threshold", "Threshold",
        "Takes what is brighter than the mean of its surroundings in the slice.",
        runs.local, (_RADIUS, Parameter("offset", "More than by", 0.0, -1e9, 1e9)),
    ),
    Operation(
        "sauvola", "Sauvola threshold", "Threshold",
        "A local threshold that rises where the surroundings are uneven.",
        runs.sauvola, (_RADIUS, Parameter("weight", "Weight of the spread", 0.2, -1.0, 1.0)),
    ),
    # -- growing -----------------------------------------------------------------------
    Operation(
        "connected", "Grow in a range", "Grow",
        "Takes what is connected with the segment and has values in a range.",
        runs.connected, (_LOW, _HIGH), _BOTH,
    ),
    Operation(
        "alike", "Grow over alike values", "Grow",
        "Takes what is connected with the segment and like it, again and again.",
        runs.alike,
        (_spread(2.5), Parameter("rounds", "Rounds", 4, 0, 50, whole=True)), _BOTH,
    ),
    Operation(
        "march", "Fast marching", "Grow",
        "A front spreads from the segment, quickly where values are alike, up to a volume.",
        runs.march,
        (
            _spread(2.0), Parameter("volume_ml", "Volume", 10.0, 0.001, 1e5, "ml"),
            Parameter("reach_mm", "Furthest from the start", 60.0, 1.0, 500.0, "mm"),
        ),
        _BOTH, bytes_per_voxel=40,
    ),
    Operation(
        "snake", "Snake to edges", "Grow",
        "The border of the segment moves until it lies on edges (geodesic active contour).",
        runs.snake,
        (
            Parameter("push", "Blow up (+) or shrink (-)", 1.0, -5.0, 5.0),
            Parameter("stiffness", "Stiffness", 1.0, 0.0, 10.0),
            Parameter("sigma_mm", "Width of edges", 1.0, 0.1, 20.0, "mm"),
            Parameter("rounds", "Rounds", 300, 1, 5000, whole=True), _REACH,
        ),
        _BOTH, bytes_per_voxel=60,
    ),
    Operation(
        "two_regions", "Two even regions", "Grow",
        "Parts the surroundings into the segment and the rest, each even (Chan-Vese).",
        runs.two_regions,
        (
            Parameter("smooth_mm", "Width of the border", 1.5, 0.2, 20.0, "mm"),
            Parameter("weight", "Cost of the border", 0.2, 0.0, 10.0),
            Parameter("rounds", "Rounds", 40, 1, 1000, whole=True), _REACH,
        ),
        _BOTH, bytes_per_voxel=40,
    ),
    # -- from marks --------------------------------------------------------------------
    Operation(
        "grow_from_seeds", "Grow from seeds", "Marks",
        "Every voxel goes to the mark that is reached with the least change of values.",
        runs.grow_from_seeds, (_AROUND,), _SEEDS, Gives.LABELS, 40,
    ),
    Operation(
        "walker", "Random walker", "Marks",
        "Every voxel goes to the mark that a random walk from it reaches first.",
        runs.walker,
        (Parameter("stiffness", "Avoidance of edges", 130.0, 1.0, 1e5), _AROUND),
        _SEEDS, Gives.LABELS, 400,
    ),
    Operation(
        "watershed", "Watershed", "Marks",
        "Floods the slopes of the image from the marks; borders lie on its ridges.",
        runs.watershed,
        (Parameter("sigma_mm", "Smoothing", 1.0, 0.0, 20.0, "mm"), _AROUND),
        _SEEDS, Gives.LABELS, 60,
    ),
    Operation(
        "graph_cut", "Graph cut", "Marks",
        "The cheapest border between the segment and all other marks.",
        runs.graph_cut,
        (Parameter("stiffness", "Weight of the border", 1.0, 0.01, 100.0), _AROUND),
        _SEEDS, Gives.MASK, 90,
    ),
    # -- classes -----------------------------------------------------------------------
    Operation(
        "k_means", "K-means classes", "Classes",
        "Parts all values into classes round as many means, numbered with rising values.",
        runs.k_means, (_MANY,), gives=Gives.LABELS,
    ),
    Operation(
        "mixture", "Gaussian mixture", "Classes",
        "Parts all values into overlapping normal distributions; neighbours may have a say.",
        runs.mixture,
        (_MANY, Parameter("smooth_mm", "Say of the neighbours", 0.0, 0.0, 20.0, "mm")),
        gives=Gives.LABELS, bytes_per_voxel=60,
    ),
    Operation(
        "snap", "Snap to patches", "Classes",
        "Patches of like values (SLIC) belong to the segment if most of them did.",
        runs.snap,
        (
            Parameter("size_mm", "Width of a patch", 5.0, 0.5, 100.0, "mm"),
            Parameter("compactness", "Compactness", 0.1, 0.001, 10.0),
        ),
        _BOTH, bytes_per_voxel=60,
    ),
    # -- shape -------------------------------------------------------------------------
    Operation(
        "islands", "Islands", "Shape",
        "Keeps the largest pieces, removes small ones, or makes each a segment of its own.",
        runs.islands,
        (
            Choice(
                "what", "What is done", "keep_largest",
                (
                    ("keep_largest", "Keep the largest"), ("remove_small", "Remove small ones"),
                    ("split", "Split into segments"),
                ),
            ),
            Parameter("count", "How many are kept", 1, 1, 1000, whole=True), _ML,
        ),
        _SEGMENT, Gives.LABELS, 24,
    ),
    Operation(
        "fill_holes", "Fill holes", "Shape", "Fills what is enclosed in space, or in each slice.",
        runs.fill_holes,
        (Parameter("by_slice", "Slice by slice", 0, 0, 1, switch=True),), _SEGMENT,
    ),
    Operation(
        "margin", "Margin", "Shape", "Grows the segment all round, or shrinks it if negative.",
        runs.margin, (Parameter("mm", "Margin", 3.0, -100.0, 100.0, "mm"),), _SEGMENT,
    ),
    Operation(
        "hollow", "Hollow", "Shape", "Leaves a wall of the segment.",
        runs.hollow,
        (
            Parameter("mm", "Thickness of the wall", 3.0, 0.1, 100.0, "mm"),
            Choice(
                "side", "Wall", "inside",
                (
                    ("inside", "Inside the surface"), ("outside", "Outside the surface"),
                    ("middle", "On both sides"),
                ),
            ),
        ),
        _SEGMENT,
    ),
    Operation(
        "smooth", "Smooth", "Shape", "Smooths the surface of the segment.",
        runs.smooth,
        (
            Choice(
                "way", "Way", "gaussian",
                (
                    ("median", "Median"), ("opening", "Opening: remove what is thin"),
                    ("closing", "Closing: fill what is narrow"),
                    ("gaussian", "Gaussian, keeping the volume"),
                ),
            ),
            Parameter("mm", "Radius or standard deviation", 2.0, 0.1, 50.0, "mm"),
        ),
        _SEGMENT, bytes_per_voxel=24,
    ),
    Operation(
        "smooth_all", "Smooth all together", "Shape",
        "Smooths all segments at once: no overlap, no gap where two touch.",
        runs.smooth_all, (Parameter("mm", "Standard deviation", 2.0, 0.1, 50.0, "mm"),),
        frozenset(), Gives.LABELS, 24,
    ),
    Operation(
        "between", "Fill between slices", "Shape",
        "Fills in the empty slices between drawn ones by the shape of both.",
        runs.between, (Choice("axis", "Drawn on", "0", _AXES),), _SEGMENT, bytes_per_voxel=24,
    ),
    Operation(
        "split_touching", "Split what touches", "Shape",
        "Parts bodies where the way between them is narrow; each becomes a segment.",
        runs.split_touching,
        (Parameter("neck_mm", "Narrower by", 1.5, 0.1, 50.0, "mm"),), _SEGMENT, Gives.LABELS, 60,
    ),
    Operation(
        "split_plane", "Split by a plane", "Shape",
        "Cuts the segment in two across an axis; the second part becomes a segment.",
        runs.split_plane,
        (
            Choice("axis", "Across", "0", _AXES),
            Parameter("share", "At this share of its length", 0.5, 0.0, 1.0),
        ),
        _SEGMENT, Gives.LABELS,
    ),
    # -- sums --------------------------------------------------------------------------
    Operation("union", "Union", "Combine", "Adds the second segment.", runs.union, (), _PAIR),
    Operation(
        "intersection", "Intersection", "Combine",
        "Keeps what lies in the second segment too; only where segments overlap.",
        runs.intersection, (), _PAIR,
    ),
    Operation(
        "subtraction", "Subtraction", "Combine", "Takes the second segment away.",
        runs.subtraction, (), _PAIR,
    ),
    Operation(
        "either", "Either", "Combine", "What lies in one of the two, not in both.",
        runs.either, (), _PAIR,
    ),
    Operation(
        "invert", "Invert", "Combine", "What is in is out, what is out is in.",
        runs.invert, (), frozenset(),
    ),
    Operation(
        "merge", "Merge", "Combine", "The second segment becomes part of the first.",
        runs.merge, (), _PAIR, Gives.LABELS,
    ),
    Operation(
        "clear", "Clear", "Combine", "Empties the segment.", runs.clear, (), frozenset(),
    ),
)  # fmt: skip


def operation_of(step: Step, operations: tuple[Operation, ...] = OPERATIONS) -> Operation:
    """Return the operation that a step names.

    Raises:
        Declined: if there is none of this id.
    """
    for one in operations:
        if one.id == step.filter:
            return one
    raise Declined(f"There is no segmenting operation {step.filter}.", code="unknown_operation")
