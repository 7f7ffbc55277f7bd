"""IRIs: every name a thing gets in the graph, made from what the thing is, never from the order of discovery.

Invariant: the same content gives the same IRI on every machine and in every build; docs/data-model.md has the table.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote

NS = "https://w3id.org/baogao/ns#"
SCHEMES = "https://w3id.org/baogao/ns/"

# RFC 3987 lets Han characters stand; what it forbids, and what would end a path segment, is percent-encoded.
_FORBIDDEN = re.compile(
    r"[\x00-\x20\"<>\\^`{|}%/?#\[\]@!$&'()*+,;=:\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ue000-\uf8ff\ufff0-\uffff]"
)


def segment(name: str) -> str:
    """``name`` as one path segment of an IRI: NFKC, then percent-encoded where RFC 3987 demands it."""
    normal = unicodedata.normalize("NFKC", name).strip()
    return _FORBIDDEN.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode("utf-8")), normal)


# Marks that writers set or leave out at will: quotation marks, title marks, the dot between words, spaces.
_LOOSE = re.compile("[\\s“”‘’\"'「」『』﹁﹂﹃﹄〝〞〟〈〉《》·•‧・･∙⋅\u200b\ufeff]")
_DASHES = re.compile("[‐‑‒–—―⸺−]+")


def normal_name(name: str) -> str:
    """``name`` as identity counts it: NFKC, dashes as ``-``, without quotation and title marks, middle dots, blanks.

    A name of such marks alone is kept as NFKC writes it.
    """
    normal = unicodedata.normalize("NFKC", _LOOSE.sub("", name))
    return _DASHES.sub("-", _LOOSE.sub("", normal)) or unicodedata.normalize("NFKC", name).strip()


def entity_path(entity_type: str, place: str, name: str) -> str:
    """The path below the base of an entity that is no division: type, code of its place, normal name."""
    return f"{entity_type}/{place or 'unplaced'}/{segment(normal_name(name))}"


def canonical_path(written: str, base: str = "") -> str:
    """The path of an entity as people may write it: with the base or without, percent-encoded or not.

    Raises:
        ValueError: it is not ``type/place/name``, nor ``place/code``.

    """
    parts = written.strip().removeprefix(base).split("/", 2)
    if len(parts) == 2 and parts[0] == "place" and parts[1].isdigit():
        return division_path(parts[1])
    if len(parts) != 3 or not all(parts):
        raise ValueError(written)
    return entity_path(parts[0], parts[1], unquote(parts[2]))


def name_in_path(path: str) -> str:
    """The name that ends an entity's path."""
    return unquote(path.split("/", 2)[-1])


def division_path(code: str) -> str:
    """The path of an administrative division."""
    return f"place/{code}"


def region_path(name: str) -> str:
    """The path of a region that is known nation-wide and is no division (a delta, a river, an economic belt)."""
    return f"place/region/{segment(name)}"


def report_path(place: str, plan_year: int | None, sha256: str) -> str:
    """The path of a report; by its text where place or year are unknown."""
    if place and plan_year:
        return f"report/{place}/{plan_year}"
    return f"report/unplaced/{sha256[:12]}"


def edition_path(report: str, sha256: str) -> str:
    """The path of one edition of ``report``."""
    return f"{report}/edition/{sha256[:12]}"


def content_hash(*parts: object) -> str:
    """Sixteen hexadecimal digits that stand for ``parts``."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode("utf-8")).hexdigest()[:16]
