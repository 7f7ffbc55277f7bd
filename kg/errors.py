"""Every error the program raises on purpose, in one place, each with its exit status.

The message names the file or thing and says what to do; it is shown to the user as it is.
"""

from __future__ import annotations


class BaogaoError(Exception):
    """An error with a message for the user. ``exit_status`` is what the command ends with."""

    exit_status = 1


class UsageError(BaogaoError):
    """A command was called wrongly: an unknown query, a bad parameter."""

    exit_status = 2


class ReadingError(BaogaoError):
    """A document could not be read: missing, empty, binary, wrongly encoded, truncated, or no report."""

    exit_status = 3


class ConformanceError(BaogaoError):
    """What would be published does not conform to the shapes (with ``--strict``, or from ``kg validate``)."""

    exit_status = 4


class StoreError(BaogaoError):
    """The store is missing, locked, damaged, or could not be written; the earlier store is as it was."""

    exit_status = 5


class QueryError(BaogaoError):
    """A SPARQL query is wrong; the message points at the line."""

    exit_status = 6


class VocabularyError(BaogaoError):
    """A vocabulary, decisions or corrections file is malformed; the message names file and line."""

    exit_status = 7


class EndpointError(BaogaoError):
    """A remote SPARQL endpoint failed. ``status`` is its HTTP status, None when it gave none."""

    exit_status = 8

    def __init__(self, endpoint: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{endpoint}: {f'status {status}: ' if status else ''}{reason}")
        self.endpoint = endpoint
        self.reason = reason
        self.status = status
