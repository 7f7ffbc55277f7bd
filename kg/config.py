"""What the publishing institution sets, in ``kg.toml``: base IRI, publisher, licence, files of its own decisions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import UsageError

CONFIG_NAME = "kg.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one publication. Paths are relative to the file that gave them."""

    base: str = "https://w3id.org/baogao/id/"
    title: str = "Government work reports as a knowledge graph"
    title_zh: str = "政府工作报告知识图谱"
    publisher: str = "baogao"
    publisher_iri: str = "https://w3id.org/baogao"
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    landing_page: str = "https://w3id.org/baogao/"
    contact: str = "https://w3id.org/baogao/"  # mailto:… or a page
    decisions: str = "decisions.tsv"
    corrections: str = "corrections.toml"
    folder: Path = Path()

    def decisions_file(self) -> Path:
        """Where judgements of who is who are kept."""
        return self.folder / self.decisions

    def corrections_file(self) -> Path:
        """Where corrections by people are kept."""
        return self.folder / self.corrections


def load_config(path: Path | None = None) -> Config:
    """The settings in ``path``, else in ``kg.toml`` of the working folder, else the defaults.

    Raises:
        UsageError: the file is missing, is no TOML, or holds a key nobody knows.

    """
    if path is None:
        path = Path(CONFIG_NAME)
        if not path.is_file():
            return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; give --config the path of a kg.toml.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable as TOML ({error}); mend the line it names.") from None
    known = {f.name for f in fields(Config)} - {"folder"}
    for key, value in data.items():
        if key not in known:
            raise UsageError(f"{path}: nobody knows the key {key!r}; the keys are {', '.join(sorted(known))}.")
        if not isinstance(value, str):
            raise UsageError(f"{path}: {key} must be a string in quotation marks.")
    base = data.get("base", Config().base)
    if not base.startswith(("http://", "https://")) or base[-1] not in "/#":
        raise UsageError(f"{path}: base must be an http(s) IRI that ends in / or #, not {base!r}.")
    return Config(**data, folder=path.parent)
