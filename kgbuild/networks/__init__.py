"""Rows as a graph: what a query's header says of nodes and edges, the network that comes of an answer, and its forms.

    #+ graph:
    #+   edges:
    #+     - {from: supplier, to: recipient, data: [transfers, status], label: [transfers, status]}

The forms, GraphML and Mermaid, are in :mod:`kgbuild.networks.forms`; who only reads headers does not load them.
"""
