"""Help pages in Chinese: typer's own words are English and cannot be set."""

from __future__ import annotations

import re
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


def _translate(text: str) -> str:
    for pattern, chinese in _WORDS:
        text = re.sub(pattern, chinese, text, flags=re.MULTILINE)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _translate(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        return _translate(super().get_help(ctx))
