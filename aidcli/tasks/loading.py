"""Source templates, read once as long as their files stay as they are: a folder of lists asks for them often."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..intake import Template


def templates(folders: Sequence[Path]) -> dict[str, Template]:
    """The templates of some folders, later folders before earlier ones. Raises `AidError`."""
    files = sorted(path for folder in folders for path in folder.glob("*.y*ml"))
    return dict(_loaded(tuple(folders), tuple((path, path.stat().st_mtime_ns) for path in files)))


@lru_cache(maxsize=4)
def _loaded(folders: tuple[Path, ...], files: tuple[tuple[Path, int], ...]) -> dict[str, Template]:
    from ..intake import load_templates

    return load_templates(folders)
