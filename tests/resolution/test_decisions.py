"""The file of decisions: what its rows come to, and what is wrong with them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.resolution.decisions import (
    COLUMNS,
    Decision,
    Judgement,
    append_decisions,
    load_decisions,
    read_decisions,
    replay,
)

A, B, C, D = (f"project/520200/{n}" for n in ("甲", "乙", "丙", "丁"))


def rows(*given: str) -> str:
    """A file with these rows; a row is its first three or four fields."""
    lines = ["\t".join(COLUMNS)]
    for row in given:
        fields = row.split()
        when = "2024-01-01"
        if fields[-1].startswith("20"):
            when = fields.pop()
        judgement, one, other, where = (*fields, "", "")[:4]
        lines.append("\t".join((judgement, one, other, where, "李", when, "看过")))
    return "\n".join(lines) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "decisions.tsv"


def joined(file: Path, *given: str) -> dict[str, str]:
    file.write_text(rows(*given), encoding="utf-8")
    return dict(load_decisions(file).joined)


def test_no_file_no_decisions(file: Path) -> None:
    assert load_decisions(file).joined == {}
    assert load_decisions(file).settled() == frozenset()


def test_same_joins_to_the_first(file: Path) -> None:
    assert joined(file, f"same {A} {B}") == {B: A}


def test_same_is_transitive_and_keeps_who_is_never_the_other(file: Path) -> None:
    assert joined(file, f"same {B} {C}", f"same {A} {B}") == {B: A, C: A}
    assert joined(file, f"same {A} {B}", f"same {B} {C}", f"same {D} {C}") == {A: D, B: D, C: D}


def test_the_latest_row_about_a_pair_holds(file: Path) -> None:
    assert joined(file, f"same {A} {B} 2024-01-01", f"different {B} {A} 2024-02-01") == {}
    assert joined(file, f"different {A} {B} 2024-01-01", f"same {B} {A} 2024-02-01") == {A: B}
    assert joined(file, f"same {A} {B} 2024-02-01", f"unsure {A} {B} 2024-01-01") == {B: A}
    assert joined(file, f"same {A} {B}", f"unsure {A} {B}") == {}


def test_the_order_of_rows_of_different_days_does_not_matter(file: Path) -> None:
    given = [
        f"same {A} {B} 2024-01-01",
        f"same {B} {C} 2024-01-02",
        f"different {A} {D} 2024-01-03",
        f"same {D} {B} 2023-05-05",
    ]
    given[3] = f"unsure {D} {B} 2023-05-05"
    expected = joined(file, *given)
    for seed in range(6):
        random.Random(seed).shuffle(given)
        assert joined(file, *given) == expected


def test_deleting_a_row_undoes_it(file: Path) -> None:
    assert joined(file, f"same {A} {B}", f"same {A} {C}") == {B: A, C: A}
    assert joined(file, f"same {A} {C}") == {C: A}


def test_contradiction_by_transitivity_names_the_lines(file: Path) -> None:
    file.write_text(rows(f"same {A} {B}", f"same {C} {D}", f"same {B} {C}", f"different {A} {C}"), encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        load_decisions(file)
    message = str(error.value)
    assert "line 5 (different)" in message
    assert "line 2, 4 (same)" in message
    assert str(file) in message


def test_what_was_split_cannot_be_one(file: Path) -> None:
    file.write_text(rows(f"split {A} {B} 乙", f"same {A} {B}"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"line 2 \(split\).*line 3 \(same\)"):
        load_decisions(file)


def test_two_divisions_are_never_one(file: Path) -> None:
    for given in (
        ["same place/520203 place/520200"],
        [f"same place/520203 place/520200/{n}" for n in "子"] + ["same place/520221 place/520200/子"],
    ):
        file.write_text(rows(*given), encoding="utf-8")
        with pytest.raises(VocabularyError, match="two division codes are two divisions"):
            load_decisions(file)


def test_a_division_keeps_its_code(file: Path) -> None:
    assert joined(
        file, f"same {A.replace('project', 'place')} place/520200/乙", "same place/520203 place/520200/乙"
    ) == {
        "place/520200/甲": "place/520203",
        "place/520200/乙": "place/520203",
    }
    file.write_text(rows("same place/520200/乙 place/520203"), encoding="utf-8")
    with pytest.raises(VocabularyError, match="put the division in the column one"):
        load_decisions(file)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("like\tproject/1/a\tproject/1/b\t\t李\t2024-01-01\t", "nobody knows the judgement 'like'"),
        ("same\tproject/1/a\tproject/1/a\t\t李\t2024-01-01\t", "name two entities"),
        ("same\tproject/1/a\t甲\t\t李\t2024-01-01\t", "'甲' is no entity"),
        ("same\tprojects/1/a\tproject/1/a\t\t李\t2024-01-01\t", "is no entity"),
        ("same\tproject/1/a\tproject/1/b\t\t李\t1月1日\t", "no date"),
        ("same\tproject/1/a\tproject/1/b\t\t\t2024-01-01\t", "nobody is named"),
        ("same\tproject/1/a\tproject/1/b\t甲\t李\t2024-01-01\t", "only a split may"),
        ("split\tproject/1/a\tproject/1/b\t\t李\t2024-01-01\t", "a split must"),
        ("same\tproject/1/a", "2 columns instead of 7"),
        ("<<<<<<< HEAD", "a conflict that git left"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(file: Path, row: str, says: str) -> None:
    file.write_text("\t".join(COLUMNS) + "\n# a remark\n" + row + "\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=says) as error:
        load_decisions(file)
    assert f"{file}, line 3: " in str(error.value)
    assert error.value.exit_status == 7


def test_a_file_without_header_or_no_text(file: Path) -> None:
    file.write_text("same\ta\tb\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="the first line must be the header"):
        load_decisions(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VocabularyError, match="UTF-8"):
        load_decisions(file)


def test_merged_files_with_two_headers_and_paths_as_people_write_them(file: Path) -> None:
    text = rows("same project/520200/水厂（二期） https://example.org/id/project/520200/%E6%B0%B4%E5%8E%82")
    file.write_text(text + rows(f"unsure {A} {B}"), encoding="utf-8")
    found = read_decisions(file, "https://example.org/id/")
    assert [(d.judgement, d.one, d.other) for d in found] == [
        (Judgement.SAME, "project/520200/水厂%28二期%29", "project/520200/水厂"),
        (Judgement.UNSURE, A, B),
    ]


def test_rows_are_appended_and_read_back(file: Path) -> None:
    one = Decision(Judgement.SAME, A, B, "", "李 某", "2024-01-01", "同一\n项目\t吧")
    two = Decision(Judgement.SPLIT, A, C, "丙 | a.txt:3-5", "李 某", "2024-01-02", "")
    append_decisions(file, [one])
    file.write_text(
        file.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8"
    )  # an editor that drops the last end
    append_decisions(file, [two])
    assert file.read_text(encoding="utf-8").splitlines() == ["\t".join(COLUMNS), one.row, two.row]
    found = read_decisions(file)
    assert [d.row for d in found] == [one.row, two.row]
    assert found[0].why == "同一 项目 吧"
    assert {(min(A, B), max(A, B)), (min(A, C), max(A, C))} <= replay(found).settled()


def test_a_pair_is_settled_for_what_its_sides_were_joined_to(file: Path) -> None:
    file.write_text(rows(f"same {A} {B}", f"different {B} {C}"), encoding="utf-8")
    assert (min(A, C), max(A, C)) in load_decisions(file).settled()
    assert (min(A, D), max(A, D)) not in load_decisions(file).settled()
