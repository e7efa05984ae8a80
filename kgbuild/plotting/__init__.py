"""Answers as pictures, SVG or PNG: what a query's header says of them (:mod:`kgbuild.plotting.view`), and the drawing.

:func:`kgbuild.plotting.picture.draw` draws; it needs Matplotlib, which the extra ``plot`` installs.
"""
