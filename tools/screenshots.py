"""Take the pictures of the README anew from a site that ``kg site`` wrote.

    python tools/screenshots.py build/site docs/images

Needs the system's Chromium with Chinese fonts, and playwright; with pngquant the files get small.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 1360, "height": 850}
# The first sentence of the text that has some facts: what a reader presses first.
FACTS = """() => [...document.querySelectorAll('.c0 .s.has .fn')].find(f => +f.textContent > 5)?.click()"""


def main(site: Path, folder: Path) -> None:
    """Write ``graph.png`` and ``report.png`` into ``folder``."""
    chromium = next(p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n)))
    report = sorted((site / "report").glob("*.html"))[-1]
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, page_file, action in (("graph", site / "graph.html", ""), ("report", report, FACTS)):
            page = browser.new_page(viewport=SIZE, locale="zh-CN")  # type: ignore[arg-type]
            page.goto(page_file.as_uri())
            page.wait_for_timeout(1200)
            if action:
                page.evaluate(action)
                page.evaluate("document.querySelector('.s.now').scrollIntoView({block: 'center', behavior: 'instant'})")
                page.wait_for_timeout(400)
            page.screenshot(path=str(folder / f"{name}.png"))
        browser.close()
    if shutil.which("pngquant"):
        for name in ("graph", "report"):
            file = folder / f"{name}.png"
            subprocess.run(["pngquant", "--force", "--strip", "--output", str(file), "128", str(file)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
