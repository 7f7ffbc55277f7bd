"""Builds: what goes in comes out once, whatever fails is named, and what was there stays."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from program import HANS, HANT, SEEDS, run_kg

REPORT = (
    "2023年临江县政府工作报告\n——2023年1月5日在临江县第十届人民代表大会第二次会议上\n县长 王某\n各位代表：\n"
    "现在，我代表县人民政府向大会报告工作，请予审议。\n一、2022年工作回顾\n"
    "过去一年，全县地区生产总值完成120.5亿元、增长4.2%。一般公共预算收入增长3%。新建学校3所。\n"
    "二、2023年工作安排\n主要预期目标是：地区生产总值增长6%左右，城镇新增就业2000人。\n"
    "我们要加快推进重点项目建设，做好政府工作。\n"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "2023.txt"
    path.write_text(REPORT * 1 + "各级政府要扎实工作，推动经济社会发展。\n" * 20, encoding="utf-8")
    return path


def observations(store: Path) -> list[dict[str, str]]:
    done = run_kg("query", "observations", "--format", "csv", store=store)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_a_report_of_ones_own(small: Path, tmp_path: Path) -> None:
    done = run_kg("build", str(small), store=tmp_path / "s")
    assert done.returncode == 0, done.stderr
    found = {(r["indicator"], r["measure"], r["value"], r["status"], r["period"]) for r in observations(tmp_path / "s")}
    assert ("地区生产总值", "level", "120.5", "actual", "2022") in found
    assert ("地区生产总值", "growth", "6", "target", "2023") in found


def test_two_builds_are_equal_byte_for_byte(small: Path, tmp_path: Path) -> None:
    out = []
    for seed in ("1", "2"):
        store = tmp_path / seed
        assert run_kg("build", str(small), store=store, PYTHONHASHSEED=seed).returncode == 0
        done = run_kg(
            "export", "--format", "nquads", "-o", str(tmp_path / f"{seed}.nq"), store=store, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
        out.append((tmp_path / f"{seed}.nq").read_bytes())
    assert out[0] == out[1]


def test_building_again_replaces_and_withdrawing_removes(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "s"
    changed = tmp_path / "2023.txt"
    shutil.copy(small, changed)
    assert run_kg("build", str(changed), store=store).returncode == 0
    first = observations(store)
    changed.write_text(changed.read_text(encoding="utf-8").replace("120.5亿元", "130.5亿元"), encoding="utf-8")
    assert run_kg("build", str(changed), store=store).returncode == 0
    second = observations(store)
    assert len(first) == len(second)
    assert {r["value"] for r in second} == {r["value"] for r in first} - {"120.5"} | {"130.5"}
    report = run_kg("query", "-e", "SELECT ?r WHERE { ?r a bg:Report }", "--format", "csv", store=store).stdout.split()[
        1
    ]
    assert run_kg("withdraw", report, store=store).returncode == 0
    assert observations(store) == []
    missing = run_kg("withdraw", report, store=store)
    assert missing.returncode != 0
    assert "no report" in missing.stderr


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, ""),
        ("letter.txt", "亲爱的朋友，你好吗？我很好。\n".encode() * 40, ""),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 400, ""),
        ("broken.pdf", b"%PDF-1.7\n%%EOF", ""),
    ],
)
def test_what_cannot_be_read_is_named_and_the_others_are_built(
    small: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    done = run_kg("build", str(small), str(bad), store=tmp_path / "s")
    assert done.returncode == 3
    assert name in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert observations(tmp_path / "s")


def test_when_nothing_can_be_built_the_store_is_as_it_was(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "s"
    assert run_kg("build", str(small), store=store).returncode == 0
    before = observations(store)
    for argument in (str(tmp_path / "missing.txt"), str(tmp_path)):
        done = run_kg("build", argument, store=store)
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
    assert observations(store) == before


def test_a_full_disk_loses_nothing(small: Path, tmp_path: Path) -> None:
    """A folder that cannot grow: /dev/full for the export, a file in the way for the store."""
    store = tmp_path / "s"
    assert run_kg("build", str(small), store=store).returncode == 0
    out = tmp_path / "out.ttl"
    out.write_text("earlier", encoding="utf-8")
    (tmp_path / ".out.ttl.part").symlink_to("/dev/full")
    done = run_kg("export", "-o", str(out), store=store)
    assert done.returncode == 5
    assert "out.ttl" in done.stderr
    assert out.read_text(encoding="utf-8") == "earlier"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run_kg("build", str(small), store=tmp_path / "file" / "store")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr


def test_the_seed_is_read_whole(seed_store: Path) -> None:
    done = run_kg("audit", "--format", "json", store=seed_store)
    assert done.returncode == 0, done.stdout[-500:]
    rows = list(csv.DictReader(io.StringIO(run_kg("query", "numbers", "--format", "csv", store=seed_store).stdout)))
    for name in (HANS, HANT):
        text = (SEEDS / name).read_bytes().decode("utf-8")
        covered = {o for r in rows if r["document"] == name for o in range(int(r["start"]), int(r["end"]))}
        for m in re.finditer(r"\d+(?:\.\d+)?", text):
            assert set(range(*m.span())) <= covered, (name, m.span(), text[m.start() - 10 : m.end() + 10])


def test_the_seed_conforms(seed_store: Path) -> None:
    done = run_kg("validate", store=seed_store)
    assert done.returncode == 0, done.stdout[-800:]
    turtle = run_kg("validate", "--format", "turtle", store=seed_store).stdout
    assert "sh:ValidationReport" in turtle
    assert "sh:conforms true" in turtle
