"""Running the program as its users do, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
HANS = "liupanshui-2024.zh-Hans.txt"
HANT = "liupanshui-2024.zh-Hant.txt"


def run_kg(
    *arguments: str, store: Path | None = None, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as its users do, in a process of its own."""
    options = ["--store", str(store)] if store else []
    return subprocess.run(
        [sys.executable, "-m", "kg", *options, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        cwd=ROOT,
        env={**os.environ, "KG_LANG": "en", "PYTHONUTF8": "1", **environment},
        check=False,
    )
