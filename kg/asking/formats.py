"""The forms an answer is given in: a table for people, CSV, TSV and SPARQL JSON and XML results, RDF for CONSTRUCT."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.asking.ask import Answer
from kg.asking.table import Table, Term, plain
from kg.errors import UsageError
from kg.graph.terms import PREFIXES

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml")
GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
FORMATS = (*TABLE_FORMATS, *GRAPH_FORMATS)
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
CELL_WIDTH = 60


def render(answer: Answer, fmt: str, colour: bool = False) -> str:
    """``answer`` in the format ``fmt``.

    Raises:
        UsageError: the format does not suit the kind of answer.

    """
    if isinstance(answer, bool):
        if fmt == "json":
            return json.dumps({"head": {}, "boolean": answer}) + "\n"
        return ("true" if answer else "false") + "\n"
    if isinstance(answer, Table):
        if fmt == "table":
            return as_text(answer, colour)
        if fmt == "csv":
            return as_csv(answer)
        if fmt == "tsv":
            return as_tsv(answer)
        if fmt == "json":
            return as_json(answer)
        if fmt == "xml":
            return as_xml(answer)
        raise UsageError(f"This query gives a table; {fmt} is for CONSTRUCT. Choose one of {', '.join(TABLE_FORMATS)}.")
    if fmt == "table":
        fmt = "turtle"
    if fmt not in GRAPH_FORMATS:
        raise UsageError(f"This query gives triples; choose one of {', '.join(GRAPH_FORMATS)}.")
    return as_rdf(answer, GRAPH_FORMATS[fmt])


def as_csv(table: Table) -> str:
    """RFC 4180 with a header, lines ending in a line feed; plain values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([plain(t) for t in row] for row in table.rows)
    return out.getvalue()


def as_tsv(table: Table) -> str:
    """SPARQL 1.1 TSV results: RDF terms as they are written in Turtle."""
    lines = ["\t".join(f"?{c}" for c in table.columns)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def as_json(table: Table) -> str:
    """SPARQL 1.1 JSON results."""
    bindings = [
        {c: _json_term(t) for c, t in zip(table.columns, row, strict=True) if t is not None} for row in table.rows
    ]
    return (
        json.dumps(
            {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype.value != XSD_STRING:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": str(term)}


def as_xml(table: Table) -> str:
    """SPARQL 1.1 XML results."""
    from xml.sax.saxutils import escape, quoteattr

    out = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">', "<head>"]
    out += [f"<variable name={quoteattr(c)}/>" for c in table.columns]
    out += ["</head>", "<results>"]
    for row in table.rows:
        out.append("<result>")
        for column, term in zip(table.columns, row, strict=True):
            if term is None:
                continue
            cell = _json_term(term)
            if cell["type"] == "literal":
                tag = f" xml:lang={quoteattr(cell['xml:lang'])}" if "xml:lang" in cell else ""
                tag += f" datatype={quoteattr(cell['datatype'])}" if "datatype" in cell else ""
                body = f"<literal{tag}>{escape(cell['value'])}</literal>"
            else:
                body = f"<{cell['type']}>{escape(cell['value'])}</{cell['type']}>"
            out.append(f"<binding name={quoteattr(column)}>{body}</binding>")
        out.append("</result>")
    return "\n".join([*out, "</results>", "</sparql>"]) + "\n"


def as_rdf(triples: Sequence[Triple], fmt: RdfFormat) -> str:
    """Triples in an RDF syntax, grouped by subject, each once."""
    ordered = sorted(set(triples), key=str)
    return (serialize(ordered, format=fmt, prefixes=PREFIXES) or b"").decode("utf-8")


def width(text: str) -> int:
    """How many terminal columns ``text`` takes: two for wide characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def clip(text: str, columns: int) -> str:
    """``text`` cut to ``columns`` terminal columns, with … where something was cut."""
    if width(text) <= columns:
        return text
    out, used = [], 0
    for c in text:
        used += width(c)
        if used > columns - 1:
            break
        out.append(c)
    return "".join(out) + "…"


def as_text(table: Table, colour: bool = False) -> str:
    """An aligned table for people; IRIs of the project are shortened, long cells cut."""
    rows = [[clip(_for_people(t), CELL_WIDTH) for t in row] for row in table.rows]
    widths = [max([width(c), *(width(r[i]) for r in rows)]) for i, c in enumerate(table.columns)]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(c + " " * (w - width(c)) for c, w in zip(cells, widths, strict=True)).rstrip()

    bold, plain_ = ("\033[1m", "\033[0m") if colour else ("", "")
    out = [bold + line(table.columns) + plain_, "  ".join("─" * w for w in widths)]
    out += [line(r) for r in rows]
    out.append(f"({len(rows)} row{'' if len(rows) == 1 else 's'})")
    return "\n".join(out) + "\n"


def _for_people(term: Term | None) -> str:
    text = plain(term).replace("\n", " ").replace("\r", "").replace("\x1b", "")
    if isinstance(term, NamedNode):
        for prefix, iri in PREFIXES.items():
            if text.startswith(iri):
                return f"{prefix}:{text[len(iri) :]}"
    return text
