"""Short names of firms listed on the stock exchanges of the mainland: ontology/firms/listed.tsv.

Usage: python tools/derive_listed_firms.py CODES_CSV [NAMES_TO_LEAVE_OUT]

CODES_CSV has a column ``short_name``, as the file that ontology/firms/ORIGIN.md names. Marks of trading (ST, N, A, -U,
退) are taken off. What a report may say without meaning the firm is left out: names of divisions, names of a place and
a general word (沈阳机床 stays, 西安旅游 goes), and names made of words that reports of many places share. Roads, ports
and fields that are listed under their own names are left out too: reports mean the road. NAMES_TO_LEAVE_OUT holds, one
a line, names of firms that only one place's reports speak of: those shall be read, not known.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import rjieba

from kg.recognition.names.lexicon import lexicon
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

TARGET = Path(__file__).resolve().parent.parent / "ontology" / "firms" / "listed.tsv"
BEFORE = re.compile(r"^(?:S?\*?ST|XD|XR|DR|PT|NST|[NCGS](?=[\u4e00-\u9fff]))")
AFTER = re.compile(r"(?:[-－][UWDB]+|[ABＡＢ]|[(（]?退[)）]?|Ｕ|转退)+$")
NAME = re.compile(r"(?:[A-Z]{2,4})?[\u4e00-\u9fff]{2,6}")
OF_A_PLACE = re.compile(
    r"(?:银行|证券|期货|轮胎|机床|化纤|药业|制药|医药|水泥|啤酒|钢铁|铝业|铜业|锂业|稀土|矿业|煤业|煤电|重工|电缆|汽车|客车|精工|股份|集团"
    r"|化工|炭素|玻纤|油漆|味业|电气|电器|光电|黄酒|老窖|科技)$"
)

WORKS = re.compile(r"(?:铁路|高铁|高速|油田|机场|港|高速公路|商品城|轻纺城|旅游|景区|公园)$")
ORDINARY = frozenset(
    {
        "线上线下",
        "国新能源",
        "国新健康",
        "新天然气",
        "首都在线",
        "氯碱化工",
        "城投控股",
        "绿色动力",
        "新产业",
        "数字人",
        "西大门",
        "电科院",
        "大悦城",
        "东阳光",
        "葫芦娃",
    }
)


def cleaned(short: str) -> str:
    """A short name without the marks that trading adds."""
    bare = short.replace(" ", "").replace("\u3000", "")
    return AFTER.sub("", BEFORE.sub("", bare))


def main(source: Path, without: Path | None = None) -> None:
    """Write the table from ``source``, without the names that stand in ``without``, one a line."""
    left_out = set(without.read_text(encoding="utf-8").split()) if without else set()
    divisions = load_divisions()
    places = {name for d in divisions.all for name in divisions.names(d) if len(name) > 1}
    words = lexicon(load())

    def general(name: str) -> bool:
        parts = rjieba.cut(name, False)
        first = next((name[:n] for n in range(len(name) - 1, 1, -1) if name[:n] in places), "")
        return (
            name in words.common
            or name in words.heads
            or name in places
            or name in ORDINARY
            or name in left_out
            or WORKS.search(name) is not None
            or (len(name) == 3 and (len(parts) == 1 or any(len(p) > 1 and p in words.common for p in parts)))
            or all(len(p) > 1 and p in words.common for p in parts)
            or (bool(first) and not OF_A_PLACE.search(name))
        )

    with source.open(encoding="utf-8-sig", newline="") as file:
        shorts = sorted({cleaned(row["short_name"]) for row in csv.DictReader(file)})
    names: set[str] = set()
    for name in shorts:
        if NAME.fullmatch(name) and len(name) > 2 and not general(name):
            names.add(name)
    TARGET.write_text("name\n" + "".join(f"{n}\n" for n in sorted(names)), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
