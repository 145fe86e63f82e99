"""The helpers of the tests of intake and of the core are at hand here too."""

from __future__ import annotations

import sys
from pathlib import Path

for room in ("intake", "core"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / room))
