"""Pages out of templates: one environment, one content-security policy, one way to put data into a page.

Invariant: whatever comes from a report enters HTML escaped (autoescape is on and no template turns it off), and enters
scripts as JSON in which no character can end the script. No page may ask another host for anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).resolve().parent
_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SCRIPT = re.compile(r"<script(?![^>]*type=\"application/json\")[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def script_json(value: Any) -> Markup:
    """``value`` as JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub("[<>&\u2028\u2029]", lambda m: _UNSAFE_IN_SCRIPT[m.group()], text))


@cache
def asset(name: str) -> str:
    """A style sheet or script of ours, as text."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def trusted(text: str) -> Markup:
    """Text of our own files (scripts, style sheets) that enters a page as it is."""
    return Markup(text)


def new_environment() -> Environment:
    """The templates, with autoescape for every one of them."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["script"] = lambda value: script_json(json.loads(value) if isinstance(value, str) else value)
    return env


@cache
def environment() -> Environment:
    """The environment that pages share."""
    return new_environment()


def with_policy(html: str, placeholder: str = "POLICY") -> str:
    """``html`` with a policy that admits exactly the scripts and styles that stand in it, and no request at all."""

    def hashes(pattern: re.Pattern[str]) -> str:
        digests = (hashlib.sha256(m.encode("utf-8")).digest() for m in pattern.findall(html))
        return " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)

    policy = (
        f"default-src 'none'; script-src {hashes(_SCRIPT)}; style-src {hashes(_STYLE)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
    )
    return html.replace(placeholder, policy, 1)
