"""The store: an Oxigraph database in a folder, replaced as a whole so that readers never see half a build.

Invariant: the folder holds a complete store or none. A build works on a copy beside it and swaps the two by renaming;
a build that was killed leaves the earlier store, which the next opening puts back if need be.
"""

from kg.store.store import open_store, staging

__all__ = ["open_store", "staging"]
