"""A SPARQL 1.1 endpoint somewhere else, through SPARQLWrapper. The only module that knows SPARQLWrapper.

Invariant: every request is a POST with a deadline and a size it may not pass; no redirect is followed (it would carry
the credentials elsewhere); whatever goes wrong is an ``EndpointError`` with endpoint, status and the server's reason.
"""

from __future__ import annotations

import html
import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, SPARQLWrapper

from kg.asking.ask import Answer
from kg.asking.stored import with_prefixes
from kg.asking.table import Table
from kg.errors import EndpointError, UsageError

USER, PASSWORD, TOKEN = "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"
_MIB = 1024 * 1024
_GRAPH_TYPES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
# The query's form is its first such word outside IRIs, strings, comments and prefixes.
_FORM = re.compile(
    r"""<[^<>\s]*> | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \#[^\r\n]* | [\w-]*:
      | \b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to introduce oneself: a bearer token, or a user and a password (basic authentication), or not at all."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """What KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, say."""
        return cls(os.environ.get(USER, ""), os.environ.get(PASSWORD, ""), os.environ.get(TOKEN, ""))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing: the answer with its status becomes an error."""


def _form(query: str) -> str:
    for match in _FORM.finditer(query):
        if match.group("form"):
            return match.group("form").upper()
    return "SELECT"


def _reason(body: bytes) -> str:
    """The first lines of what a server said, without markup."""
    text = body.decode("utf-8", "replace")
    if "<html" in text.lower() or "<!doctype" in text.lower():
        text = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?is)<(script|style|head).*?</\1>", " ", text)))
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    said = " / ".join(lines[:3])
    return "".join(character if character.isprintable() else " " for character in said)[:500]


@dataclass(frozen=True)
class RemoteEndpoint:
    """An endpoint for queries, and for updates when it offers them (at ``update_url``, by default the same URL).

    ``timeout``: seconds a request may take in all; ``most``: bytes an answer may have; ``attempts``: how often what may
    be done twice is tried when the server stumbles.
    """

    url: str
    update_url: str = ""
    timeout: float = 60.0
    most: int = 512 * _MIB
    attempts: int = 4
    credentials: Credentials = field(default_factory=Credentials.from_environment, repr=False)

    def __post_init__(self) -> None:
        for url in (self.url, self.update_url or self.url):
            parts = urllib.parse.urlsplit(url)
            if parts.username is not None or parts.password is not None:
                raise UsageError(
                    f"give no user or password in the endpoint's URL; set {USER} and {PASSWORD}, or {TOKEN}, instead"
                )
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise UsageError(f"{url!r} is no http(s) URL of an endpoint")

    def ask(self, query: str) -> Answer:
        """The answer to ``query`` in the forms ``kg.asking`` gives: a table, a truth, or triples."""
        form = _form(query)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return tuple(self.construct(query))
        data, _ = self._send(self._wrapper(query, form, JSON))
        try:
            result = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            columns = tuple(variable.value for variable in result.variables)
            return Table(columns, tuple(tuple(row) for row in result))
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self.url, f"its answer is no SPARQL JSON result ({error})") from None

    def select(self, query: str) -> Table:
        """The rows of a SELECT query."""
        answer = self.ask(query)
        if not isinstance(answer, Table):
            raise EndpointError(self.url, "it answered a SELECT query with something else than rows")
        return answer

    def count(self, graph: str) -> int:
        """How many triples a named graph has there."""
        table = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        value = getattr(table.rows[0][0], "value", "") if table.rows and table.rows[0] else ""
        if not value.isdigit():
            raise EndpointError(self.url, "it did not answer a COUNT with a number")
        return int(value)

    def construct(self, query: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        wrapper = self._wrapper(query, _form(query), TURTLE)
        wrapper.addCustomHttpHeader("Accept", _GRAPH_TYPES)
        data, media = self._send(wrapper)
        syntax = ox.RdfFormat.from_media_type(media) or ox.RdfFormat.TURTLE
        try:
            return [quad.triple for quad in ox.parse(data, format=syntax)]
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self.url, f"its answer is no RDF ({error})") from None

    def update(self, update: str) -> None:
        """Do a SPARQL update."""
        wrapper = self._wrapper(update, "INSERT", JSON)
        wrapper.addCustomHttpHeader("Accept", "*/*")
        self._send(wrapper)

    def _wrapper(self, text: str, form: str, answer: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.url, updateEndpoint=self.update_url or self.url, agent="baogao")
        wrapper.setMethod(POST)
        # Queries as forms: Virtuoso 7.2 never answers one sent directly. Updates directly: a form would send every Han
        # character as nine.
        wrapper.setRequestMethod(POSTDIRECTLY if form == "INSERT" else URLENCODED)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(answer)
        wrapper.queryString, wrapper.queryType = text, form  # setQuery would guess the form
        if self.credentials.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.credentials.token}")
        elif self.credentials.user:
            wrapper.setCredentials(self.credentials.user, self.credentials.password)
        return wrapper

    def _send(self, wrapper: SPARQLWrapper) -> tuple[bytes, str]:
        """The body of the answer and its media type."""
        # SPARQLWrapper makes the request; we open it, since its own opener is shared by the whole process and follows
        # redirects with the credentials.
        request: urllib.request.Request = wrapper._createRequest()
        request.full_url = request.full_url.removesuffix("?")
        deadline = time.monotonic() + self.timeout
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=self.timeout) as response:
                return self._read(response, deadline), response.headers.get_content_type()
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {301, 302, 303, 307, 308}:
                    where = error.headers.get("Location", "elsewhere")
                    raise EndpointError(self.url, f"it has moved to {where}; give that URL", error.code) from None
                raise EndpointError(self.url, _reason(error.read(16_384)) or error.reason, error.code) from None
        except TimeoutError:
            raise EndpointError(self.url, f"no answer within {self.timeout:g} seconds") from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise EndpointError(self.url, f"no answer within {self.timeout:g} seconds") from None
            raise EndpointError(self.url, f"cannot be reached ({error.reason})") from None
        except (OSError, http.client.HTTPException) as error:
            raise EndpointError(self.url, f"the connection broke ({error or type(error).__name__})") from None

    def _read(self, response: IO[bytes], deadline: float) -> bytes:
        read: Callable[[int], bytes] = getattr(response, "read1", response.read)
        body = bytearray()
        while chunk := read(65_536):
            body += chunk
            if len(body) > self.most:
                raise EndpointError(self.url, f"its answer is larger than {self.most} bytes; narrow the query")
            if time.monotonic() > deadline:
                raise EndpointError(self.url, f"its answer was not complete within {self.timeout:g} seconds")
        return bytes(body)


def ask_endpoint(endpoint: str, query: str, timeout: float = 60.0) -> Answer:
    """The answer of a remote endpoint to ``query``, which may use the project's prefixes undeclared.

    Raises:
        EndpointError: the endpoint failed.
        UsageError: the URL is none, or holds a password.

    """
    return RemoteEndpoint(endpoint, timeout=timeout).ask(with_prefixes(query))
