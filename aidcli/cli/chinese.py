"""Help pages in Chinese: typer's own words are English and cannot be set, and its columns count letters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

_WORDS = (
    (r"^Usage: ", "用法："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"^Options:", "选项："),
    (r"^Commands:", "命令："),
    (r" <[a-zA-Z\[\]| ]+>", ""),
    (r"^Arguments:", "参数："),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"\[required\]", "［必填］"),
    (r"\[default: (.+?)\]", r"［默认：\1］"),
    (r"\[x>=1\]", "［至少为1］"),
    (r"\[default: (.+?); x>=1\]", r"［默认：\1］"),
)
_NOTATION = ((r"\{([^{}]+)\}", r"\1"), (r"…(\]?)\.\.\.", r"…\1"))
SHARED = ("--db", "--format", "--as-of", "--operator", "--unmask", "--wait", "--strict", "--quiet", "-h")
_SHARED_TITLE = "各命令都有的选项："
_UNBROKEN = 10_000
_NARROWEST, _WIDEST, _USUAL = 60, 110, 100
_FIRST_COLUMN = 24
_ENTRY = re.compile(r"  (\S.*?)(?:\s{2,}(\S.*))?$")
_WORD = re.compile(r"[!-~]+|.")
_CLOSING = "、，。；：！？”）］…"


def translate(text: str, columns: int) -> str:
    """A help page as typer makes it, unbroken, in Chinese and laid out for `columns` of a terminal."""
    for pattern, chinese in _WORDS:
        text = re.sub(pattern, chinese, text, flags=re.MULTILINE)
    first, _, rest = text.partition("\n")
    for pattern, plain in _NOTATION:
        first = re.sub(pattern, plain, first)
    return "\n".join([first, *_laid_out(rest.splitlines(), columns)])


def _laid_out(lines: Iterable[str], columns: int) -> Iterator[str]:
    """Lists in two columns as the eye sees them; other lines folded."""
    title, entries = "", list[tuple[str, str]]()
    for line in [*lines, ""]:
        found = _ENTRY.match(line) if title else None
        if found:
            entries.append((found[1], found[2] or ""))
        elif entries and line.startswith("   "):  # what was too long for the first column stands below
            entries[-1] = (entries[-1][0], line.strip())
        elif line.endswith("：") and not line.startswith(" "):
            title = line
        else:
            yield from _section(title, entries, columns)
            title, entries = "", []
            yield from _folded(line, columns)


def _section(title: str, entries: list[tuple[str, str]], columns: int) -> Iterator[str]:
    """A list under its title; the options that every command has stand apart, after its own."""
    shared = [one for one in entries if one[0].startswith(SHARED)] if title == "选项：" else []
    if len(shared) < 2:  # a group has none but --help
        shared = []
    own = [one for one in entries if one not in shared]
    if own:
        yield title
        yield from _in_columns(own, columns)
    if own and shared:
        yield ""
    if shared:
        yield _SHARED_TITLE
        yield from _in_columns(shared, columns)


def _in_columns(entries: list[tuple[str, str]], columns: int) -> Iterator[str]:
    fitting = [width for first, _ in entries if (width := _width(first)) <= _FIRST_COLUMN]
    place = max(fitting, default=_FIRST_COLUMN) + 4
    for first, second in entries:
        told = [line.strip() for line in _folded(second, columns - place)] if second else [""]
        gap = place - 2 - _width(first)
        if gap < 2:
            yield f"  {first}"
            yield " " * place + told[0]
        else:
            yield f"  {first}{' ' * gap}{told[0]}".rstrip()
        yield from (" " * place + line for line in told[1:])


def _folded(text: str, columns: int) -> Iterator[str]:
    """A line on as many as it takes, broken between Chinese signs or words; each with its indent."""
    indent = text[: len(text) - len(text.lstrip())]
    line = indent
    for word in _WORD.findall(text.strip()):
        room = columns if word in _CLOSING else columns - 2  # what closes a phrase does not begin a line
        if _width(line) + _width(word) > room and line.strip():
            yield line.rstrip()
            line = indent
        line += "" if word == " " and not line.strip() else word
    yield line.rstrip()


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F or sign in "“”…" else 1 for sign in text)


def _help(ctx: Any, made: Any) -> str:
    ctx.terminal_width = ctx.max_content_width = _UNBROKEN
    columns = shutil.get_terminal_size((_USUAL, 24)).columns
    return translate(made(ctx), max(_NARROWEST, min(columns, _WIDEST)))


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _help(ctx, super().get_help)


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _help(ctx, super().get_help)
