"""The tests of links share small worlds of articles: tests/linking/worlds.py."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
