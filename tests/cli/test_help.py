"""Help pages as a clerk sees them: Chinese, laid out for a terminal, every option explained."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
from wcwidth import wcswidth

from aidcli.cli.chinese import SHARED, translate
from aidcli.cli.main import app, run

ENGLISH = ("Usage", "Options", "Commands", "Arguments", "Show this", "required", "default", "INTEGER", "TEXT")


def commands(group: Any = None, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    group = group or typer.main.get_command(app)
    found = [path]
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found += commands(command, (*path, name)) if inner else [(*path, name)]
    return found


def options(path: tuple[str, ...]) -> list[Any]:
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    return [one for one in command.params if one.opts[0].startswith("--") and not one.hidden]


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_a_help_page_fits_the_terminal_and_is_chinese(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path, "--help"]) == 0
    text = capsys.readouterr().out
    assert max(wcswidth(line) for line in text.splitlines()) <= 100
    assert not any(word in text for word in ENGLISH)
    assert "{" not in text and "..." not in text


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_option_of_a_command_stands_on_its_page_with_what_it_is_for(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*path, "--help"])
    text = capsys.readouterr().out
    own, _, shared = text.partition("各命令都有的选项：")
    for option in options(path):
        assert option.help, (path, option.opts)
        where = shared if shared and option.opts[0] in SHARED else own
        assert re.search(rf"^  {option.opts[0]}(?: \S+)?(?: {{2,}}\S|$)", where, re.MULTILINE), option.opts


def test_pages_are_laid_out_by_what_the_eye_sees() -> None:
    page = "\n".join(
        (
            "Usage: aidcli x [OPTIONS] {文件…}...",
            "",
            "  说明",
            "",
            "Options:",
            "  --by 分法  按什么分，很长很长很长很长很长很长很长很长很长的一段说明，后面还有",
            "  --a-very-long-option 文件.xlsx",
            "                  写到哪里",
            "  --db 文件  数据库",
            "  -h, --help  Show this message and exit.",
        )
    )
    assert translate(page, 60).splitlines() == [
        "用法：aidcli x [选项] 文件…",
        "",
        "  说明",
        "",
        "选项：",
        "  --by 分法  按什么分，很长很长很长很长很长很长很长很长很",
        "             长的一段说明，后面还有",
        "  --a-very-long-option 文件.xlsx",
        "             写到哪里",
        "",
        "各命令都有的选项：",
        "  --db 文件   数据库",
        "  -h, --help  显示这段说明",
    ]
