"""Dates without an EDTF value: what the annotator noted, else what their words say, read from the day of publication.

Rules of reading (an answer is EDTF of the precision that the words have; what is not clear is not guessed):

- A bare weekday is the last one on or before the day of publication, since news recounts: ``luni``, ``on Tuesday``. ``last Friday`` is
  the last before that day, ``next Friday``, ``vinerea viitoare`` the first after it, ``this Friday`` the one of its week. A weekday
  beside a day must be that day's; one that says every week (``lunea``, ``every Monday``) is not read.
- ``yesterday``, ``three days ago`` are days; ``last week`` is a week (Monday to Sunday), ``last month``, ``two months ago`` a month,
  ``last year`` a year. What counts from elsewhere in the text (``the next day``, ``the previous year``) is not read.
- ``16 ianuarie`` and ``in May`` get the year by the rule of :mod:`kgbuild.dating.calendar`; without a day of publication they are not
  read. ``16.01.2024`` is read everywhere, ``03/04/2024`` nowhere.
- A part of a month or year (``early January``, ``sfârșitul anului``) is the whole of it; a time of day is left out; a winter is not read.
- Intervals: ``12-17 September 2023``, ``între 7 septembrie și 1 octombrie``, ``с 12 по 17``; open ones: ``since 2022``, ``до 2022 года``.
  Two dates joined by "and" are no interval.
- A duration (``trei ani``, ``3 mois``) is no date.
"""

from __future__ import annotations

from kgbuild.dating.documents import Dates
from kgbuild.dating.reading import read_date

__all__ = ["Dates", "read_date"]
