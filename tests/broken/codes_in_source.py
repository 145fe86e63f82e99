"""The codes of errors and problems that a part of the program can come up with, read from its source."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import aidcli

PACKAGE = Path(aidcli.__file__).parent
_RAISING = ("AidError", "WrongUsage", "Busy", "Suspicious", "CellError", "refuse", "_refuse")
_CODE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+\Z")
_SENTENCE = re.compile(r"[\u4e00-\u9fff，。；（）“”、]{8}")


def codes_of(modules: Iterable[Path], sources: Mapping[Path, str] | None = None) -> dict[str, list[str]]:
    """Code → where it is written (``module:line``). `sources` stand in for the text of modules."""
    found: dict[str, list[str]] = {}
    for module in sorted(modules):
        text = (sources or {}).get(module) or module.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            for code in (*_in_call(node), *_in_pair(node)):
                found.setdefault(code, []).append(f"{module.relative_to(PACKAGE)}:{node.lineno}")  # type: ignore[attr-defined]
    return found


def _in_call(node: ast.AST) -> Iterator[str]:
    """The code with which an error is raised or a problem made."""
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _RAISING and node.args:
        yield from _codes(node.args[0])
    place = {"Problem": 4, "problem": 3}.get(called)
    if place is not None and len(node.args) > place:
        yield from _codes(node.args[place])
    for keyword in node.keywords:
        if called in (*_RAISING, "Problem", "problem", "_replace") and keyword.arg == "code":
            yield from _codes(keyword.value)


def _in_pair(node: ast.AST) -> Iterator[str]:
    """A code that stands before its message, to be made a problem of later: ``("id_cut", "…丢失…")``."""
    several = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
    for one, other in itertools.pairwise(several):
        word = one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
        if _CODE.match(word) and _is_message(other):
            yield word


def _is_message(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in ("message", "text", "said")
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and _SENTENCE.search(part.value)
        for part in ast.walk(node)
    )


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)
    elif isinstance(node, ast.JoinedStr):  # {field}_unknown
        yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)  # type: ignore[misc]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
