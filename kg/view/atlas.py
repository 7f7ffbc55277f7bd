"""Places as points on a plain map: no tiles, no boundary but from a file the user gives.

Invariant: a place stands where the graph says; one without coordinates is never given a made-up point, but stands in a
ring around the place it belongs to, marked as such. Projection: equirectangular, true at the middle latitude.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.view.contents import Contents, Names, Thing
from kg.view.lines import Ref, Speaker

WIDTH, HEIGHT = 1000.0, 680.0
MARGIN = 96.0
LARGEST_FILE = 60_000_000  # bytes of a boundary file
MEASURES = {
    "projects": Names("项目与设施数", "", "projects and facilities"),
    "capacity": Names("电力装机（万千瓦）", "", "electric capacity (10 MW)"),
    "money": Names("项目等金额（亿元）", "", "money of things there (100 million yuan)"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map; ``schematic`` if it has no coordinates and only stands near the place it belongs to."""

    ref: Ref
    x: float
    y: float
    schematic: bool
    values: tuple[float, float, float]  # in the order of MEASURES
    radii: tuple[float, float, float]
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map."""

    points: tuple[Point, ...]
    links: tuple[tuple[float, float, float, float], ...]  # from a schematic point to the place it belongs to
    outlines: tuple[str, ...]  # SVG paths
    graticule: tuple[tuple[str, str, float, float], ...]  # (path, label, x, y)
    unplaced: tuple[Ref, ...]
    scale: tuple[float, str]  # length of the scale bar, and what it stands for


def atlas(contents: Contents, speaker: Speaker, boundaries: Path | None = None) -> Atlas:
    """Places with what reports say of them, and the outlines in ``boundaries`` (GeoJSON, longitude and latitude).

    Raises:
        UsageError: the boundary file is missing, too large, or no GeoJSON.

    """
    values = _values(contents)
    spoken = {m.thing for m in contents.mentions} | {r.place for r in contents.reports} | set(values)
    places = [t for t in contents.things.values() if t.type == "place" and (t.iri in spoken or t.iri in values)]
    outlines = _rings(boundaries) if boundaries else []
    known = [t for t in places if t.point and _near(t, contents)]
    coordinates = [t.point for t in known if t.point]
    project = _projection(coordinates or [p for ring in outlines for p in ring], [p for ring in outlines for p in ring])
    at = {t.iri: project(*t.point) for t in known if t.point}
    # A ring says nothing where a country fits on the map: it would reach into other provinces.
    vague = [t for t in places if t.iri not in at] if len({r.place for r in contents.reports}) == 1 else []
    schematic, links = _schematic(contents, vague, at)
    unplaced = [t for t in places if t.iri not in at and t.iri not in schematic]
    largest = tuple(max([values.get(t.iri, (0.0, 0.0, 0.0))[k] for t in places] or [0.0]) for k in range(3))
    points = []
    for t in places:
        if t.iri not in at and t.iri not in schematic:
            continue
        x, y = at.get(t.iri) or schematic[t.iri]
        v = values.get(t.iri, (0.0, 0.0, 0.0))
        ref = speaker.ref(t.iri)
        if ref is None:
            continue
        points.append(
            Point(
                ref,
                round(x, 1),
                round(y, 1),
                t.iri not in at,
                v,
                (_radius(v[0], largest[0]), _radius(v[1], largest[1]), _radius(v[2], largest[2])),
                t.point[0] if t.point and t.iri in at else None,
                t.point[1] if t.point and t.iri in at else None,
            )
        )
    points.sort(key=lambda p: (-max(p.values), p.ref.href))
    return Atlas(
        points=tuple(points),
        links=tuple((round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in links),
        outlines=tuple(_path(project, ring) for ring in outlines),
        graticule=tuple(_graticule(project)) if coordinates or outlines else (),
        unplaced=tuple(r for t in unplaced if (r := speaker.ref(t.iri))),
        scale=_scale_bar(project),
    )


def _values(contents: Contents) -> dict[str, tuple[float, float, float]]:
    """Projects, capacity in 10,000 kW and money in 100 million yuan, of each place and of the places above it."""
    projects: dict[str, set[str]] = defaultdict(set)
    capacity: dict[str, float] = defaultdict(float)
    money: dict[str, float] = defaultdict(float)
    places = {t.iri for t in contents.things.values() if t.type == "place"}
    for t in contents.things.values():
        if t.type in ("project", "facility"):
            for up in dict.fromkeys(
                (*t.stated_in, *(i for s in t.stated_in if s in contents.things for i in contents.things[s].within))
            ):
                projects[up].add(t.iri)
    for f in contents.figures:
        if f.normal is None or f.measure not in ("level", "change") or f.base_unit not in ("kilowatt", "yuan"):
            continue
        for about in f.about:
            thing = contents.things.get(about)
            if thing is None:
                continue
            target = about if about in places else next(iter(thing.stated_in), thing.within[0] if thing.within else "")
            if f.base_unit == "kilowatt":
                # A total includes its plants: of a place itself the largest figure, of things in it the sum.
                capacity[target] = (
                    max(capacity[target], float(f.normal) / 1e4)
                    if about in places
                    else capacity[target] + float(f.normal) / 1e4
                )
            elif about not in places:
                # A place's own amounts are its output and its budget: adding them to investments would say nothing.
                money[target] += float(f.normal) / 1e8
    return {
        iri: (float(len(projects[iri])), round(capacity[iri], 2), round(money[iri], 2))
        for iri in sorted({*projects, *capacity, *money} & places)
    }


def _near(thing: Thing, contents: Contents) -> bool:
    """Whether a place belongs on this map: with one report, only what is or lies in that report's place."""
    homes = {r.place for r in contents.reports}
    return thing.iri in homes or bool(homes & set(thing.within)) or len(homes) != 1


def _radius(value: float, largest: float) -> float:
    return round(5.0 + 30.0 * sqrt(value / largest), 1) if largest > 0 and value > 0 else 5.0


class _Projection:
    def __init__(self, low: tuple[float, float], high: tuple[float, float]) -> None:
        self.squeeze = cos(radians((low[1] + high[1]) / 2))
        wide, tall = max(0.6, (high[0] - low[0]) * self.squeeze), max(0.5, high[1] - low[1])
        self.k = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
        self.middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - self.middle[0]) * self.squeeze * self.k
        return x, HEIGHT / 2 - (latitude - self.middle[1]) * self.k

    def back(self, x: float, y: float) -> tuple[float, float]:
        longitude = self.middle[0] + (x - WIDTH / 2) / (self.squeeze * self.k)
        return longitude, self.middle[1] - (y - HEIGHT / 2) / self.k


def _projection(points: Sequence[tuple[float, float]], outlines: Sequence[tuple[float, float]]) -> _Projection:
    everything = [*points, *outlines] or [(104.0, 35.0)]
    xs, ys = [p[0] for p in everything], [p[1] for p in everything]
    return _Projection((min(xs), min(ys)), (max(xs), max(ys)))


def _schematic(
    contents: Contents, places: Sequence[Thing], at: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, tuple[float, float]], list[tuple[float, float, float, float]]]:
    """Rings of the places without coordinates around the nearest place above them that has some."""
    rings: dict[str, list[str]] = defaultdict(list)
    for t in places:
        above = next((i for i in t.within if i in at), "")
        if above:
            rings[above].append(t.iri)
    found: dict[str, tuple[float, float]] = {}
    links = []
    for above, members in sorted(rings.items()):
        x, y = at[above]
        for k, iri in enumerate(members):
            turn = 2 * pi * (k + 0.5) / len(members) - pi / 2
            reach = 118.0 + 40.0 * (k % 2) * (len(members) > 5)
            found[iri] = (x + reach * 1.3 * cos(turn), y + reach * sin(turn))
            links.append((x, y, *found[iri]))
    return found, links


def _rings(path: Path) -> list[list[tuple[float, float]]]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path}: a boundary file of more than {LARGEST_FILE // 1_000_000} MB; simplify it first.")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: the boundary file cannot be read ({error.strerror}).") from None
    except ValueError as error:
        raise UsageError(f"{path}: the boundary file is no GeoJSON ({error}).") from None
    rings = [r for r in _polygons(data) if len(r) > 2]
    if not rings:
        raise UsageError(
            f"{path}: the boundary file holds no polygon; give GeoJSON with Polygon or MultiPolygon features."
        )
    return rings


def _polygons(data: Any) -> Iterable[list[tuple[float, float]]]:
    if not isinstance(data, dict):
        return
    for feature in data.get("features") or data.get("geometries") or []:
        yield from _polygons(feature)
    if isinstance(data.get("geometry"), dict):
        yield from _polygons(data["geometry"])
    shapes = {"Polygon": [data.get("coordinates")], "MultiPolygon": data.get("coordinates")}.get(
        data.get("type", ""), []
    )
    for polygon in shapes or []:
        for ring in polygon or []:
            try:
                points = [(float(p[0]), float(p[1])) for p in ring]
            except (TypeError, ValueError, IndexError):
                continue
            if all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points):
                yield points


def _path(project: _Projection, ring: Sequence[tuple[float, float]]) -> str:
    points = [project(x, y) for x, y in ring]
    kept = [points[0]]
    for p in points[1:]:
        if abs(p[0] - kept[-1][0]) + abs(p[1] - kept[-1][1]) >= 0.6:
            kept.append(p)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _graticule(project: _Projection) -> Iterable[tuple[str, str, float, float]]:
    west, north = project.back(0, 0)
    east, south = project.back(WIDTH, HEIGHT)
    span = max(east - west, 0.01)
    step = next(s for s in (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60) if span / s <= 7 or s == 60)
    value = (int(west / step) + 1) * step
    while value < east:
        x, _ = project(value, south)
        yield f"M{x:.1f} {-HEIGHT:.0f}V{2 * HEIGHT:.0f}", f"{value:g}°E", round(x + 4, 1), HEIGHT - 8
        value = round(value + step, 6)
    value = (int(south / step) + 1) * step
    while value < north:
        _, y = project(west, value)
        yield f"M{-WIDTH:.0f} {y:.1f}H{2 * WIDTH:.0f}", f"{value:g}°N", 6, round(y - 4, 1)
        value = round(value + step, 6)


def _scale_bar(project: _Projection) -> tuple[float, str]:
    kilometre = project.k / 111.32
    for length in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if length * kilometre >= 70:
            return round(length * kilometre, 1), f"{length} km"
    return round(1000 * kilometre, 1), "1000 km"
