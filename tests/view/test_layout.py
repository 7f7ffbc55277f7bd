"""Positions: the same for the same graph, nothing on top of anything, parts side by side."""

from __future__ import annotations

import random
from itertools import combinations
from math import dist

import pytest

from kg.view.layout import Edge, layout


def tree(count: int, seed: int = 1) -> list[Edge]:
    """A tree with hubs, as relations around a few places make."""
    chance = random.Random(seed)
    return [(i, int(chance.random() ** 2 * i), 1.0) for i in range(1, count)]


@pytest.mark.parametrize("count", [1, 2, 30, 400])
def test_the_same_graph_has_the_same_positions(count: int) -> None:
    first = layout(count, tree(count), [9.0] * count, [0] * count)
    assert first == layout(count, tree(count), [9.0] * count, [0] * count)
    assert len(first) == count
    assert all(isinstance(x, int) and isinstance(y, int) for x, y in first)


@pytest.mark.parametrize("count", [40, 320])
def test_things_do_not_lie_on_each_other(count: int) -> None:
    positions = layout(count, tree(count), [9.0] * count, [0] * count)
    touching = sum(dist(a, b) < 18 for a, b in combinations(positions, 2))
    assert touching <= count * 0.02


def test_joined_things_are_nearer_than_others() -> None:
    edges = tree(120)
    positions = layout(120, edges, [9.0] * 120, [0] * 120)
    joined = [dist(positions[a], positions[b]) for a, b, _ in edges]
    everything = [dist(a, b) for a, b in combinations(positions, 2)]
    assert sum(joined) / len(joined) < 0.5 * sum(everything) / len(everything)


def test_separate_parts_do_not_mix() -> None:
    edges: list[Edge] = [(a + k, b + k, w) for k in (0, 40, 80) for a, b, w in tree(40)]
    positions = layout(120, edges, [9.0] * 120, [0] * 120)
    assert len(set(positions)) == 120
    for a, b in combinations((positions[:40], positions[40:80], positions[80:]), 2):
        assert min(dist(p, q) for p in a for q in b) > 25


def test_what_is_joined_to_nothing_stands_below_in_order_of_class() -> None:
    groups = [0] * 10 + [2, 1, 2, 1, 0, 0]
    positions = layout(16, tree(10), [9.0] * 16, groups)
    lowest = max(y for _, y in positions[:10])
    assert all(y > lowest for _, y in positions[10:])
    reading_order = sorted(range(10, 16), key=lambda i: (positions[i][1], positions[i][0]))
    assert [groups[i] for i in reading_order] == sorted(groups[10:])


def test_what_is_fixed_stays_and_the_rest_is_placed_beside_its_neighbours() -> None:
    fixed = {i: (i * 100, (i % 3) * 90) for i in range(20)}
    edges: list[Edge] = [*((i, i - 1, 1.0) for i in range(1, 20)), (20, 4, 1.0), (21, 20, 1.0)]
    positions = layout(23, edges, [9.0] * 23, [0] * 23, fixed)
    assert all(positions[i] == at for i, at in fixed.items())
    assert dist(positions[20], positions[4]) < 400
    assert dist(positions[21], positions[20]) < 400
    assert len(set(positions)) == 23


def test_nothing_at_all() -> None:
    assert layout(0, [], [], []) == []
    assert layout(1, [], [9.0], [0]) == [(0, 0)]
