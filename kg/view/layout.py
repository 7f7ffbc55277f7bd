"""Positions for the things of a graph, found beforehand so that the page needs no simulation.

Invariant: the same graph gets the same positions: no clock, no random numbers, every sum in a fixed order. Positions
are whole pixels; y grows downwards, as on a screen.

A force layout after Fruchterman and Reingold in several levels: clusters first, where all pairs repel, then their
members, where near pairs do (found with a k-d tree), so that the cost grows little faster than the number of things.
Components are laid out each for itself and packed around the largest; what is joined to nothing stands in rows below.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Edge = tuple[int, int, float]  # ends, and how strongly they are drawn together
Floats = NDArray[np.float64]

LENGTH = 70.0  # pixels between two things that are joined
STEPS = 220
NEAR = 3.2  # in lengths: pairs nearer than this repel one by one
DENSE = 260  # up to so many things all pairs repel
CLUSTER = 5
REACH = 5.0  # in lengths: beyond this things hardly repel each other
CELL = 58.0  # pixels: what is packed keeps a cell or two apart
# Names are written beside things, so sideways they need more room than up and down.
SQUAT = 1.55
# Windows are wider than high.
WIDE = 1.4
GOLDEN = pi * (3 - sqrt(5))


def layout(
    count: int,
    edges: Sequence[Edge],
    radii: Sequence[float],
    groups: Sequence[int],
    fixed: Mapping[int, tuple[int, int]] | None = None,
) -> list[tuple[int, int]]:
    """Positions of ``count`` things.

    ``radii`` are their sizes in pixels; ``groups`` order what is joined to nothing; what ``fixed`` names stays where it
    says, and everything else is placed around it.
    """
    if count == 0:
        return []
    links = [(a, b, w) for a, b, w in edges if a != b]
    sizes = np.asarray(radii, dtype=np.float64)
    if fixed:
        return _around(count, links, sizes, groups, fixed)
    joined = sorted({i for a, b, _ in links for i in (a, b)})
    alone = [i for i in range(count) if i not in set(joined)]
    positions = np.zeros((count, 2))
    blocks: list[tuple[list[int], Floats]] = []
    for members in _components(count, links, joined):
        index = {m: i for i, m in enumerate(members)}
        inner = [(index[a], index[b], w) for a, b, w in links if a in index]
        placed = _settle(len(members), inner, sizes[members]) * (WIDE, 1.0)
        blocks.append((members, _apart(placed, sizes[members])))
    for members, placed in _pack(blocks):
        positions[members] = placed
    if alone:
        _rows(positions, joined, alone, groups)
    return [(round(x), round(y)) for x, y in positions.tolist()]


def _components(count: int, links: Sequence[Edge], joined: Sequence[int]) -> list[list[int]]:
    if not links:
        return []
    rows, columns = [a for a, _, _ in links], [b for _, b, _ in links]
    _, labels = connected_components(
        coo_array((np.ones(len(links)), (rows, columns)), shape=(count, count)), directed=False
    )
    found: dict[int, list[int]] = {}
    for i in joined:
        found.setdefault(int(labels[i]), []).append(i)
    return sorted(found.values(), key=lambda m: (-len(m), m[0]))


def _settle(count: int, links: Sequence[Edge], sizes: Floats) -> Floats:
    """Positions of one component, in pixels: the coarse shape first, then its parts."""
    if count <= DENSE:
        return _forces(_start(count, links), links, sizes, STEPS)
    cluster = _clusters(count, links)
    coarse = int(cluster.max()) + 1
    if coarse > 0.85 * count:
        return _forces(_start(count, links), links, sizes, STEPS)
    strength: dict[tuple[int, int], float] = {}
    for a, b, w in links:
        x, y = int(cluster[a]), int(cluster[b])
        if x != y:
            key = (min(x, y), max(x, y))
            strength[key] = min(3.0, strength.get(key, 0.0) + w)
    above = _settle(
        coarse,
        [(a, b, w) for (a, b), w in sorted(strength.items())],
        np.bincount(cluster, sizes, coarse) / np.bincount(cluster),
    )
    place = above[cluster] / LENGTH * sqrt(count / coarse)
    # The members of a cluster start around its place, in a fixed order.
    rank = np.zeros(count)
    seen = np.zeros(coarse, dtype=np.int64)
    for i in range(count):
        rank[i] = seen[cluster[i]]
        seen[cluster[i]] += 1
    place[:, 0] += 0.45 * np.sqrt(rank) * np.cos(rank * GOLDEN)
    place[:, 1] += 0.45 * np.sqrt(rank) * np.sin(rank * GOLDEN)
    return _forces(place, links, sizes, STEPS // 3, 0.7)


def _clusters(count: int, links: Sequence[Edge]) -> NDArray[np.intp]:
    """A thing with its least joined neighbours, then a hub's other leaves together, at most ``CLUSTER`` each."""
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for a, b, _ in links:
        neighbours[a].add(b)
        neighbours[b].add(a)
    cluster = [-1] * count
    made = 0
    alone: dict[int, list[int]] = {}
    for i in sorted(range(count), key=lambda i: (-len(neighbours[i]), i)):
        if cluster[i] >= 0:
            continue
        free = sorted((j for j in neighbours[i] if cluster[j] < 0), key=lambda j: (len(neighbours[j]), j))[
            : CLUSTER - 1
        ]
        if not free and neighbours[i]:
            alone.setdefault(min(cluster[j] for j in neighbours[i]), []).append(i)
            continue
        for j in (i, *free):
            cluster[j] = made
        made += 1
    for _, leaves in sorted(alone.items()):
        for k in range(0, len(leaves), CLUSTER):
            for j in leaves[k : k + CLUSTER]:
                cluster[j] = made
            made += 1
    return np.array(cluster, dtype=np.intp)


def _start(count: int, links: Sequence[Edge]) -> Floats:
    """A sunflower, its seeds in the order of a walk outwards from the best joined thing: neighbours start near."""
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for a, b, _ in links:
        neighbours[a].add(b)
        neighbours[b].add(a)
    order: list[int] = []
    seen = [False] * count
    for first in sorted(range(count), key=lambda i: (-len(neighbours[i]), i)):
        if seen[first]:
            continue
        seen[first] = True
        queue = deque([first])
        while queue:
            i = queue.popleft()
            order.append(i)
            for j in sorted(neighbours[i], key=lambda j: (-len(neighbours[j]), j)):
                if not seen[j]:
                    seen[j] = True
                    queue.append(j)
    positions = np.zeros((count, 2))
    for rank, i in enumerate(order):
        r = sqrt(rank + 0.4) * 0.75
        positions[i] = (r * cos(rank * GOLDEN), r * sin(rank * GOLDEN))
    return positions


def _sums(count: int, index: NDArray[np.intp], vectors: Floats) -> Floats:
    return np.stack((np.bincount(index, vectors[:, 0], count), np.bincount(index, vectors[:, 1], count)), axis=1)


def _forces(
    positions: Floats,
    links: Sequence[Edge],
    sizes: Floats,
    steps: int,
    heat: float = 1.0,
    movable: NDArray[np.bool_] | None = None,
) -> Floats:
    """Let joined things attract and all things repel; the unit of length is ``LENGTH`` inside, pixels in the result."""
    count = len(positions)
    if count == 1:
        return positions * LENGTH
    a = np.array([x for x, _, _ in links], dtype=np.intp)
    b = np.array([y for _, y, _ in links], dtype=np.intp)
    weight = np.array([w for _, _, w in links], dtype=np.float64)
    degree = np.bincount(np.concatenate((a, b)), minlength=count).astype(np.float64)
    # A hub's own leaves would be pressed onto it: what is joined to much attracts each less.
    weight = weight / np.sqrt(np.maximum(1.0, np.minimum(degree[a], degree[b])))
    mass = 0.8 + 0.12 * np.sqrt(degree) + sizes / 50.0
    p = positions.copy()
    hottest = heat * max(0.6, 0.10 * sqrt(min(count, DENSE)))
    pairs = np.zeros((0, 2), dtype=np.intp)
    for step in range(steps):
        if count <= DENSE:
            push = _repel_all(p, mass)
        else:
            if step % 4 == 0:
                pairs = cKDTree(p).query_pairs(NEAR, output_type="ndarray")
            push = _repel_pairs(p, mass, pairs)
        gap = p[a] - p[b]
        distance = np.sqrt((gap**2).sum(axis=1))[:, None] + 1e-9
        pull = gap * distance * weight[:, None]
        force = (
            push
            - _sums(count, a, pull)
            + _sums(count, b, pull)
            - p * (0.06 * mass[:, None] if count <= DENSE else 0.002)
        )
        length = np.sqrt((force**2).sum(axis=1))[:, None] + 1e-9
        move = force / length * np.minimum(length, hottest * (1.0 - step / steps) + 0.004)
        if movable is not None:
            move[~movable] = 0.0
        p += move
    return p * LENGTH


def _repel_all(p: Floats, mass: Floats) -> Floats:
    gap = p[:, None, :] - p[None, :, :]
    square = (gap**2).sum(axis=2) + 0.01
    strength = mass[:, None] * mass[None, :] / (square * (1.0 + square / REACH**2))
    return np.asarray((gap * strength[:, :, None]).sum(axis=1))


def _repel_pairs(p: Floats, mass: Floats, pairs: NDArray[np.intp]) -> Floats:
    count = len(p)
    i, j = pairs[:, 0], pairs[:, 1]
    gap = p[i] - p[j]
    square = (gap**2).sum(axis=1) + 0.01
    push = gap * (mass[i] * mass[j] / (square * (1.0 + square / REACH**2)))[:, None]
    return _sums(count, i, push) - _sums(count, j, push)


def _apart(p: Floats, sizes: Floats, movable: NDArray[np.bool_] | None = None, rounds: int = 60) -> Floats:
    """Push apart what overlaps, with room for names."""
    count = len(p)
    if count < 2:
        return p
    p = p.copy()
    reach = float(sizes.max()) * 2 + 26
    scale = np.array([1.0 / SQUAT, 1.0])
    for _ in range(rounds):
        pairs = cKDTree(p * scale).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        i, j = pairs[:, 0], pairs[:, 1]
        gap = (p[i] - p[j]) * scale
        distance = np.sqrt((gap**2).sum(axis=1)) + 1e-6
        lack = sizes[i] + sizes[j] + 22 - distance
        close = lack > 0.5
        if not close.any():
            break
        i, j, gap, distance, lack = i[close], j[close], gap[close], distance[close], lack[close]
        gap[distance < 1e-3] = (0.6, 0.8)
        move = gap / distance[:, None] * (lack * 0.5)[:, None] / scale
        if movable is None:
            p += (_sums(count, i, move) - _sums(count, j, move)) * 0.7
        else:
            both = movable[i] & movable[j]
            factor = np.where(both, 1.0, 2.0)[:, None]
            shift = (_sums(count, i, move * factor) - _sums(count, j, move * factor)) * 0.7
            shift[~movable] = 0.0
            p += shift
    return p


def _pack(blocks: list[tuple[list[int], Floats]]) -> list[tuple[list[int], Floats]]:
    """The largest block in the middle, each further one where a spiral around it first is free."""
    taken: set[tuple[int, int]] = set()
    result = []
    for members, p in blocks:
        p = p - (p.min(axis=0) + p.max(axis=0)) / 2
        turn = 0
        while True:
            x, y = (
                (0.0, 0.0)
                if not turn
                else (14 * sqrt(turn) * cos(turn * GOLDEN) * SQUAT, 14 * sqrt(turn) * sin(turn * GOLDEN))
            )
            cells = [(int((px + x) // CELL), int((py + y) // CELL)) for px, py in p.tolist()]
            if not any(c in taken for c in cells):
                break
            turn += 1
        taken |= {(cx + i, cy + j) for cx, cy in cells for i in (-2, -1, 0, 1, 2) for j in (-1, 0, 1)}
        result.append((members, p + np.array((x, y))))
    return result


def _rows(positions: Floats, joined: Sequence[int], alone: Sequence[int], groups: Sequence[int]) -> None:
    """What is joined to nothing: rows below the rest, like with like."""
    if joined:
        left, right = float(positions[joined, 0].min()), float(positions[joined, 0].max())
        top = float(positions[joined, 1].max()) + 150
    else:
        left, right, top = 0.0, 0.0, 0.0
    pitch_x, pitch_y = 132.0, 58.0
    wanted = ceil(sqrt(len(alone) * (3.2 if joined else 1.6)))
    columns = min(len(alone), max(6, min(int((right - left) / pitch_x), wanted) if joined else wanted))
    start = (left + right) / 2 - (columns - 1) * pitch_x / 2
    row = column = 0
    for i in sorted(alone, key=lambda i: (groups[i], i)):
        if column == columns:
            row, column = row + 1, 0
        positions[i] = (
            start + column * pitch_x + (pitch_x / 2 if row % 2 else 0),
            top + row * pitch_y,
        )
        column += 1


def _around(
    count: int, links: Sequence[Edge], sizes: Floats, groups: Sequence[int], fixed: Mapping[int, tuple[int, int]]
) -> list[tuple[int, int]]:
    """Place what is not fixed beside what it is joined to, step by step outwards, then let it settle."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b, _ in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    at: dict[int, tuple[float, float]] = {i: (float(x), float(y)) for i, (x, y) in sorted(fixed.items())}
    crowd = [0] * count
    waiting = [i for i in range(count) if i not in at]
    while waiting:
        ready = [i for i in waiting if any(j in at for j in neighbours[i])]
        if not ready:
            break
        for i in ready:
            known = [j for j in neighbours[i] if j in at]
            parent = min(known, key=lambda j: (len(neighbours[j]), j))
            x, y = at[parent]
            crowd[parent] += 1
            away = GOLDEN * crowd[parent]
            reach = LENGTH * (0.8 + 0.25 * sqrt(crowd[parent]))
            mid = [at[j] for j in known]
            cx, cy = sum(m[0] for m in mid) / len(mid), sum(m[1] for m in mid) / len(mid)
            at[i] = ((x + cx) / 2 + reach * cos(away), (y + cy) / 2 + reach * sin(away))
        waiting = [i for i in waiting if i not in at]
    joined = sorted(at)
    index = {m: i for i, m in enumerate(joined)}
    inner = [(index[a], index[b], w) for a, b, w in links if a in index and b in index]
    movable = np.array([i not in fixed for i in joined])
    p = np.array([at[i] for i in joined])
    p = _forces(p / LENGTH, inner, sizes[joined], 60, 0.6, movable) if inner and movable.any() else p
    p = _apart(p, sizes[joined], movable, 40)
    positions = np.zeros((count, 2))
    positions[joined] = p
    if waiting:
        _rows(positions, joined, waiting, groups)
    for i, (x, y) in fixed.items():
        positions[i] = (x, y)
    return [(round(x), round(y)) for x, y in positions.tolist()]
