"""A file, or a text at hand, to an edition."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from kg.errors import ReadingError
from kg.reading.edition import Edition, Metadata, Script
from kg.reading.formats import read_source
from kg.reading.genre import objection
from kg.reading.metadata import read_metadata, terms
from kg.reading.metadata_file import load_metadata
from kg.reading.parts import Years
from kg.reading.script import detect_script, normalise
from kg.reading.structure import structure
from kg.vocabulary.divisions import load_divisions

_PLACE_CERTAINTY = 0.5  # below it nobody could tell the place


def text_of(path: Path | str) -> str:
    """The text of ``path``, what offsets count in: the characters of a UTF-8 text file, else what ``kg text`` prints.

    Raises ReadingError, naming the file, the reason and the remedy, if no text is to be had from it.
    """
    return read_source(Path(path)).text


def read(path: Path | str, overrides: Metadata | None = None) -> Edition:
    """Read the report in ``path``.

    What ``overrides`` sets wins over the ``metadata.toml`` beside the file, and that over what the text says of
    itself. Raises ReadingError, naming the file, the reason and the remedy, if it cannot be read or is no report;
    VocabularyError if the metadata file is malformed.
    """
    path = Path(path)
    described = load_metadata(path.parent)
    source = read_source(path)
    edition = edition_of(
        source.text,
        path.name,
        overriding(described.get(path.name), overrides),
        content=source.content,
        media_type=source.media_type,
        script=described.script(path.name),
    )
    wrong = objection(edition.norm)
    if wrong:
        raise ReadingError(f"{path}: {wrong}")
    return edition


def edition_of(
    text: str,
    document: str = "text.txt",
    overrides: Metadata | None = None,
    *,
    content: bytes | None = None,
    media_type: str = "text/plain",
    script: Script | None = None,
) -> Edition:
    """The edition of a text at hand, report or not; ``content`` the bytes it was read from (its UTF-8 if not given).

    What ``overrides`` sets wins over what the text says of itself; ``script`` over what its characters show.
    """
    script = script or detect_script(text)
    norm = normalise(text, script)
    metadata = overriding(read_metadata(norm, document), overrides)
    if overrides and overrides.plan_year and not overrides.review_year:
        metadata = replace(metadata, review_year=overrides.plan_year - 1)
    if overrides and overrides.review_year and not overrides.plan_year:
        metadata = replace(metadata, plan_year=overrides.review_year + 1)
    metadata = _placed(metadata, norm)
    spoken = metadata.delivered.year if metadata.delivered else metadata.plan_year
    paragraphs, sections, sentences = structure(norm, Years(metadata.review_year, metadata.plan_year, spoken))
    review_term, plan_term = terms(norm, sections, sentences, metadata.plan_year)
    return Edition(
        document=document,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass") if content is None else content).hexdigest(),
        media_type=media_type,
        script=script,
        text=text,
        norm=norm,
        paragraphs=paragraphs,
        sections=sections,
        sentences=sentences,
        metadata=replace(
            metadata,
            review_term=metadata.review_term or review_term,
            plan_term=metadata.plan_term or plan_term,
        ),
    )


def overriding(metadata: Metadata | None, overrides: Metadata | None) -> Metadata:
    """``metadata`` with every field that ``overrides`` sets."""
    base = metadata or Metadata()
    if overrides is None:
        return base
    given: dict[str, Any] = {
        field.name: value for field in fields(Metadata) if (value := getattr(overrides, field.name)) not in (None, "")
    }
    return replace(base, **given)


def _placed(metadata: Metadata, norm: str) -> Metadata:
    """``metadata`` with place and its name: as given, else as the text tells."""
    divisions = load_divisions()
    if metadata.place:
        division = divisions.by_code(metadata.place, metadata.plan_year)
        return metadata if metadata.place_name or not division else replace(metadata, place_name=division.name)
    found = divisions.place_of_report(norm, metadata.plan_year, metadata.title)
    if not found.code or found.certainty < _PLACE_CERTAINTY:
        return metadata
    return replace(metadata, place=found.code, place_name=found.name)
