"""Figures side by side, charts of what can be compared, projects by status, the livelihood items, the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.view.atlas import HEIGHT, WIDTH, atlas
from kg.view.board import areas, columns, livelihood
from kg.view.contents import Contents
from kg.view.figures_page import charts, comparison, figure_rows
from kg.view.lines import Speaker


@pytest.fixture(scope="module")
def speaker(contents: Contents) -> Speaker:
    return Speaker(contents)


def test_fact_and_target_of_one_indicator_stand_in_one_row(contents: Contents, speaker: Speaker) -> None:
    row = next(
        r for r in comparison(contents, speaker)
        if r.indicator and r.indicator.names.zh == "地区生产总值" and r.report.plan_year == "2024"
    )  # fmt: skip
    assert [c.text for c in row.level] == ["1500亿元"]
    assert [c.text for c in row.growth] == ["3.2%"]
    assert [(c.text, c.status) for c in row.target] == [("≈ 5.5%", "target")]
    assert row.target[0].href.startswith("report/520200-2024.html#s-")


def test_every_figure_is_in_the_table_of_all(contents: Contents, speaker: Speaker) -> None:
    rows = figure_rows(contents, speaker)
    assert len(rows) == len(contents.figures)
    assert all(r.sentence and r.href for r in rows)


def test_charts_compare_only_what_has_one_unit(contents: Contents, speaker: Speaker) -> None:
    drawn = charts(contents, speaker)
    of_2024 = drawn["reports"][1]
    assert [(r["name"][0], r["actual"], r["target"], r["bound"]) for r in of_2024["growth"]] == [
        ("一般公共预算收入", 4.8, 3.0, "ge"),
        ("地区生产总值", 3.2, 5.5, "approx"),
    ]
    assert [(r["name"][0], r["ratio"]) for r in of_2024["level"]] == [("城镇新增就业人数", 96.8)]
    assert [r["text"] for r in of_2024["money"]] == ["110亿元", "20亿元"]
    assert [(r["county"][0], r["kilowatts"], r["planned"]) for r in of_2024["capacity"]] == [
        ("水城区", 660000.0, False)
    ]


def test_series_over_years_keep_targets_apart(contents: Contents, speaker: Speaker) -> None:
    series = {(s["name"][0], s["measure"][0]): s["points"] for s in charts(contents, speaker)["series"]}
    growth = next(points for (name, _), points in series.items() if name == "地区生产总值" and points[0][3] == "3.2%")
    assert [(p[0], p[1], p[2]) for p in growth] == [("2023", 3.2, 0), ("2024", 5.1, 0), ("2024", 5.5, 1)]


def test_projects_stand_where_the_newest_report_puts_them(contents: Contents, speaker: Speaker) -> None:
    board = {c.key: {k.ref.names.zh: k for k in c.cards} for c in columns(contents, speaker)}
    assert board["completed"]["东山电厂二期工程"].now_year == "2024"
    storage = board["due"]["西山储能电站"]
    assert storage.now.zh == ""
    assert storage.next.zh == "投运"
    assert storage.place.zh == "水城区"


def test_promises_by_area_and_the_livelihood_items(contents: Contents, speaker: Speaker) -> None:
    promised = {a.key: [line.text for line in a.lines] for a in areas(contents, speaker, False)}
    assert promised["energy"] == ["东山电厂二期工程建成投产"]
    items = livelihood(contents, speaker)
    assert [i.number for i in items] == [1, 2]
    assert [f.value for f in items[0].lines[0].figures] == ["3所"]


def test_places_without_coordinates_are_never_given_any(contents: Contents, speaker: Speaker) -> None:
    drawn = atlas(contents, speaker)
    points = {p.ref.names.zh: p for p in drawn.points}
    assert not points["六盘水市"].schematic
    assert points["六盘水市"].longitude is not None
    county = points["水城区"]
    assert county.schematic is (county.longitude is None)
    assert county.values[0] == 2.0
    assert county.values[1] == 66.0


def test_boundaries_come_from_the_users_file(contents: Contents, speaker: Speaker, tmp_path: Path) -> None:
    ring = [[104.5, 26.2], [105.2, 26.2], [105.2, 26.9], [104.5, 26.9], [104.5, 26.2]]
    file = tmp_path / "b.geojson"
    shape = {"type": "MultiPolygon", "coordinates": [[ring]]}
    feature = {"type": "Feature", "properties": {"name": "<b>"}, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    drawn = atlas(contents, speaker, file)
    assert len(drawn.outlines) == 1
    home = next(p for p in drawn.points if p.ref.names.zh == "六盘水市")
    assert 0 < home.x < WIDTH
    assert 0 < home.y < HEIGHT


@pytest.mark.parametrize(("data", "says"), [(b"{", "no GeoJSON"), (b"{}", "no polygon"), (b"\xff\xfe", "no GeoJSON")])
def test_a_bad_boundary_file_is_told(
    contents: Contents, speaker: Speaker, tmp_path: Path, data: bytes, says: str
) -> None:
    file = tmp_path / "b.geojson"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=says):
        atlas(contents, speaker, file)
    with pytest.raises(UsageError, match="cannot be read"):
        atlas(contents, speaker, tmp_path / "none.geojson")
