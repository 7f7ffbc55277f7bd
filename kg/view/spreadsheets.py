"""Tables as CSV files that spreadsheets open: every figure and every promise, with its sentence.

Invariant: no cell can be run as a formula: what begins like one is set behind an apostrophe. UTF-8 with a byte order
mark, because spreadsheets take a file without one for something else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from kg.view.contents import Contents, Undertaking
from kg.view.figures_page import FigureRow
from kg.view.lines import Speaker

_NUMBER = re.compile(r"[+-]?[\d.,]+[%％]?$")


def cell(text: str) -> str:
    """``text`` so that no spreadsheet runs it."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text and not _NUMBER.match(text) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(c) for c in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def figures_csv(contents: Contents, rows: Iterable[FigureRow]) -> bytes:
    """Every figure."""
    titles = {r.iri: r.title.zh for r in contents.reports}

    def row(r: FigureRow) -> tuple[str, ...]:
        f = r.figure
        return (
            *(titles.get(f.report, ""), r.indicator.names.zh if r.indicator else "", f.phrase.zh),
            *("；".join(a.names.zh for a in r.about), f.measure, f.text.zh, str(f.value), str(f.value_max or "")),
            *(f.unit.zh, "" if f.normal is None else str(f.normal), f.base_unit),
            *(f.period, f.status, f.bound, r.sentence, r.href),
        )

    header = (
        "report indicator phrase about measure written value value_max unit normalised base_unit period status bound"
    )
    return as_csv([*header.split(), "sentence", "page"], map(row, rows))


def undertakings_csv(contents: Contents, speaker: Speaker) -> bytes:
    """Every promise and everything done."""
    titles = {r.iri: r.title.zh for r in contents.reports}
    figures = {f.iri: f for f in contents.figures}

    def row(u: Undertaking) -> tuple[str, ...]:
        said = speaker.passages(u.quotes, 1)
        of = "；".join(f"{figures[f].phrase.zh} {speaker.value(figures[f])}" for f in u.figures if f in figures)
        concerns = "；".join(r.names.zh for r in speaker.refs((*u.concerns, *u.responsible)))
        sentence = "".join((said[0].before, said[0].exact, said[0].after)) if said else ""
        area = speaker.label("policy-area", u.area).zh if u.area else ""
        kind, item = "done" if u.achieved else "promise", "" if u.item is None else str(u.item)
        where = said[0].href if said else ""
        return (
            titles.get(u.report, ""),
            kind,
            area,
            u.verb.zh,
            u.object.zh,
            of,
            u.deadline,
            concerns,
            item,
            sentence,
            where,
        )

    header = "report kind policy_area verb object figures deadline concerns livelihood_item sentence page"
    return as_csv(header.split(), map(row, contents.undertakings))
