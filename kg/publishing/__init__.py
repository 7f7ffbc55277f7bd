"""Other people's stores: asking them, publishing the graph to them, and bringing it back.

Invariant: SPARQLWrapper is used in ``endpoint`` alone; credentials come from the environment and go nowhere but into
the request's own header; a published graph is replaced in one step or not at all.
"""

from kg.publishing.endpoint import RemoteEndpoint, ask_endpoint
from kg.publishing.pull import pull
from kg.publishing.push import Pushed, push

__all__ = ["Pushed", "RemoteEndpoint", "ask_endpoint", "pull", "push"]
