"""``kgbuild serve``: the store over HTTP, by the SPARQL 1.1 Protocol and the Graph Store Protocol.

    client ──HTTP──▶ front (one process, opens no database)
                       ├─ pipe ──▶ readers, each on an immutable checkpoint of the store, without network, killed at their deadline
                       └─ pipe ──▶ writer (only with --update), which holds the store; each update is followed by a new checkpoint

Nothing but the end of its process stops a query in the engine, so that a query runs in a process that can be ended. What a reader sends is
held back until its first piece is there: a query that fails or is stopped before has a status of its own; one that is stopped later breaks
the transfer off, which every client reports. A body is never cut in silence.
"""
