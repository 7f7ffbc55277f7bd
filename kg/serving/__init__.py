"""The graph on the network: SPARQL 1.1 Protocol, Graph Store Protocol, linked data, search, reconciliation, MCP.

Invariant: nothing a client sends reaches another host or a file, is executed longer or grows larger than
``kg.serving.limits.Limits`` allows, or changes the store unless the service was started writable and the token fits.
Queries run in processes of their own (``worker``), which is what makes them stoppable (``pool``).
"""
