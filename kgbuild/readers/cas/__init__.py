"""UIMA CAS: what INCEpTION and WebAnno keep annotations in, and what their exports in JSON, XMI and whole projects have in common.

Both notations build one :class:`~kgbuild.readers.cas.model.Cas` (feature structures by id, types with their hierarchy, views), and one
step turns that into a document: :mod:`kgbuild.readers.cas.conversion`. Offsets of a CAS are UTF-16 code units of the text of its view.
"""
