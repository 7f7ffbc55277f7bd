"""Reading requests within their limits, and answering them.

Invariant: nothing is read past its limit; what is not UTF-8 is refused; an answer never tells where a file lies or how
the program failed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Mapping
from email.message import Message
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from kg.serving.jobs import CHUNK, JobError
from kg.serving.negotiation import content_type
from kg.serving.pool import Result

T = TypeVar("T")
Parameters = dict[str, list[str]]


class ClientGoneError(Exception):
    """The client left before its answer was ready."""


def refuse(status: int, reason: str, headers: Mapping[str, str] | None = None) -> HTTPException:
    """An error for the client, to be raised."""
    return HTTPException(status, reason, dict(headers or {}))


def decode(raw: bytes, where: str) -> Parameters:
    """Form-encoded parameters, each with its values in order; 400 for what is not UTF-8."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        raise refuse(400, f"{where} is not form-encoded UTF-8") from None
    found: Parameters = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def url_parameters(request: Request) -> Parameters:
    """The parameters in the request's URL."""
    return decode(request.scope["query_string"], "the query string")


def one(parameters: Parameters, name: str) -> str | None:
    """The value of a parameter that may be given once; None when it is not given."""
    values = parameters.get(name, [])
    if len(values) > 1:
        raise refuse(400, f"the parameter “{name}” is given {len(values)} times; give it once")
    return values[0] if values else None


def whole_number(parameters: Parameters, name: str, default: int, most: int) -> int:
    """A parameter that is a whole number from 0 to ``most`` (a larger one counts as ``most``)."""
    text = one(parameters, name)
    if text is None or text == "":
        return default
    if not text.isascii() or not text.isdigit():
        raise refuse(400, f"the parameter “{name}” must be a whole number")
    return min(int(text[:12]), most)


async def read_body(request: Request, most: int, seconds: float) -> bytes:
    """The request's body: 413 past ``most`` bytes, 408 past ``seconds``, 415 when compressed."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise refuse(415, "a compressed body is not read here; send it as it is")
    declared = request.headers.get("content-length", "")
    too_large = refuse(413, f"the body is larger than {most} bytes")
    if declared.isdigit() and int(declared) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_large
    except TimeoutError:
        raise refuse(408, f"the body did not arrive within {seconds:g} seconds") from None
    except ClientDisconnect:
        raise ClientGoneError from None
    return bytes(body)


def media_type(request: Request) -> str:
    """The media type of the body, without its parameters; 415 for a charset but UTF-8."""
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    charset = header.get_param("charset")
    if isinstance(charset, str) and charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise refuse(415, f"the body is said to be {charset[:40]}; send UTF-8")
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def text_of(body: bytes) -> str:
    """The body as text; 400 when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse(400, f"the body is not UTF-8 (byte {error.start})") from None


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """What ``work`` gives, unless the client goes away first: then the work is given up."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()


async def _gone(request: Request) -> None:
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return


def answer(request: Request, result: Result, *, headers: Mapping[str, str] | None = None) -> Response:
    """A result as a response: with its length, and an entity tag where it is small enough to make one."""
    head = {"Content-Length": str(result.size), "Vary": "Accept", **(headers or {})}
    media = content_type(result.media)
    if result.size <= CHUNK:
        body = result.read()
        return tagged(request, body, media, head)
    return StreamingResponse(_chunks(result), media_type=media, headers=head)


def tagged(request: Request, body: bytes, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response with an entity tag; 304 for a client that has it already."""
    tag = '"' + hashlib.sha256(media.encode() + b"\n" + body).hexdigest()[:20] + '"'
    head = {"Vary": "Accept", **(headers or {}), "ETag": tag}
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if request.method in {"GET", "HEAD"} and (tag in known or "*" in known):
        head.pop("Content-Length", None)
        return Response(status_code=304, headers=head)
    response = Response(body, headers=head)
    response.headers["Content-Type"] = media
    return response


async def _chunks(result: Result) -> AsyncIterator[bytes]:
    try:
        while chunk := result.data.read(CHUNK):
            yield chunk
    finally:
        result.close()


def sorry(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error, in words, as plain text."""
    return PlainTextResponse(reason.rstrip() + "\n", status, {"Cache-Control": "no-store", **(headers or {})})


async def on_http_error(request: Request, error: Exception) -> Response:
    """A refusal."""
    assert isinstance(error, HTTPException)
    return sorry(error.status_code, error.detail, error.headers)


async def on_job_error(request: Request, error: Exception) -> Response:
    """A job that ended without a result."""
    assert isinstance(error, JobError)
    return sorry(error.status, error.reason, {"Retry-After": str(error.retry_after)} if error.retry_after else None)


async def on_gone(request: Request, error: Exception) -> Response:
    """Nobody reads this; it is for the access log."""
    return sorry(499, "the client has gone")
