"""A file to an edition."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadingError
from kg.reading.edition import Edition, Metadata
from kg.reading.metadata import read_metadata
from kg.reading.parts import Years
from kg.reading.script import detect_script, normalise
from kg.reading.structure import structure


def text_of(path: Path | str) -> str:
    """The text of ``path``: what offsets count in."""
    path = Path(path)
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: {error}") from error


def read(path: Path | str, overrides: Metadata | None = None) -> Edition:
    """Read ``path``. What ``overrides`` gives (fields that are set) wins over what the text says of itself."""
    path = Path(path)
    text = text_of(path)
    script = detect_script(text)
    norm = normalise(text, script)
    metadata = read_metadata(norm, path.name)
    if overrides:
        given = {
            name: value
            for name in Metadata.__dataclass_fields__
            if (value := getattr(overrides, name)) not in (None, "")
        }
        metadata = replace(metadata, **given)
    spoken = metadata.delivered.year if metadata.delivered else metadata.plan_year
    paragraphs, sections, sentences = structure(norm, Years(metadata.review_year, metadata.plan_year, spoken))
    return Edition(
        document=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        media_type="text/plain",
        script=script,
        text=text,
        norm=norm,
        paragraphs=paragraphs,
        sections=sections,
        sentences=sentences,
        metadata=metadata,
    )
