from itertools import combinations, permutations, product

from _pytest.mark import ParameterSet

from tests.orders import sampled

WAYS = [
    (order, *signs)
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
]  # fmt: skip


def test_of_48_ways_twelve_are_tried_in_which_every_two_choices_meet():
    tried = [way for way in sampled(WAYS) if not isinstance(way, ParameterSet)]
    assert len(tried) == 12
    for one, other in combinations(range(4), 2):
        assert {(way[one], way[other]) for way in tried} == {(way[one], way[other]) for way in WAYS}


def test_the_others_are_there_and_slow():
    ways = sampled(WAYS)
    slow = [way for way in ways if isinstance(way, ParameterSet)]
    assert len(ways) == 48
    assert {way.marks[0].name for way in slow} == {"slow"}
