"""The pages are true: their consoles are run in order, and every command that exists is explained somewhere.

A block fenced as ``console`` holds commands (``$ aidcli …``, ``$ cd …``) and the output that a reader may
expect. Lines are compared with runs of blanks folded; ``…`` stands for anything left out, a line of it alone
for any number of lines. ``[退出码 1]`` says that the command above it is refused.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from aidcli import __version__
from aidcli.cli.main import app, run

ROOT = Path(__file__).resolve().parents[1]
TOURS = ("README.md", "docs/clerk.md")
INSTALL = ("pip install . && aidcli demo", 'pip install ".[test]" && pytest')

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\[退出码 (\d)\]\Z")


class Step(NamedTuple):
    """One command of a page with what it shows below it."""

    command: str
    shown: tuple[str, ...]
    code: int


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def steps(text: str) -> list[Step]:
    """The commands of every console of a page, in order."""
    found: list[Step] = []
    for block in _CONSOLE.findall(text):
        command, shown, code = "", [], 0
        for line in [*block.splitlines(), "$ "]:
            refused = _EXIT.match(line)
            if line.startswith("$ "):
                if command:
                    found.append(Step(command, tuple(shown), code))
                command, shown, code = line[2:], [], 0
            elif refused:
                code = int(refused.group(1))
            else:
                shown.append(line)
    return found


def missing(shown: tuple[str, ...], output: str) -> list[str]:
    """Shown lines that the output does not have, in the order shown."""
    lines = iter([_folded(line) for line in output.splitlines()])
    return [line for line in shown if line.strip("… ") and not _met(_pattern(line), lines)]


def _met(pattern: re.Pattern[str], lines: Any) -> bool:
    return any(pattern.fullmatch(line) for line in lines)


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(_folded(part)) for part in line.split("…")))


def _folded(line: str) -> str:
    return re.sub(r"\s+", " ", line).strip()


def arguments(command: str) -> list[str]:
    """The words of a command line, patterns filled in as a shell does."""
    words: list[str] = []
    for word in shlex.split(command):
        found = sorted(path.as_posix() for path in Path().glob(word)) if "*" in word else []
        words += found or [word]
    return words


@pytest.mark.parametrize("page", TOURS)
def test_the_consoles_of_a_page_are_real(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    monkeypatch.delenv("AIDCLI_OPERATOR", raising=False)
    tour = steps(read(page))
    assert len(tour) >= 8
    for step in tour:
        program, *words = arguments(step.command)
        if program == "cd":
            monkeypatch.chdir(words[0])
            continue
        assert program == "aidcli", step.command
        code = run(words)
        captured = capsys.readouterr()
        output = captured.out + captured.err
        assert code == step.code, f"{step.command}\n{output}"
        assert missing(step.shown, output) == [], f"{step.command}\n{output}"


def test_a_page_that_lies_is_caught() -> None:
    output = "编号    户数\n------  ----\nr1      160\n完成\n"
    assert missing(("编号  户数", "…", "r1 160", "完成"), output) == []
    assert missing(("r1…0", "完…"), output) == []
    assert missing(("r1 161",), output) == ["r1 161"]
    assert missing(("完成", "r1 160"), output) == ["r1 160"], "the order counts"
    assert missing(("r1",), output) == ["r1"], "a line is shown whole or marked"
    assert steps("```console\n$ aidcli a\n错误\n[退出码 1]\n$ cd x\n```\n") == [
        Step("aidcli a", ("错误",), 1),
        Step("cd x", (), 0),
    ]


@pytest.mark.parametrize("command", INSTALL)
def test_readme_has_the_two_commands_letter_by_letter(command: str) -> None:
    blocks = _FENCE.findall(read("README.md"))
    assert any(command in block.splitlines() for block in blocks)


def test_readme_makes_a_virtual_environment_on_both_systems() -> None:
    text = read("README.md")
    assert "python3 -m venv .venv && . .venv/bin/activate" in text
    assert r"py -3 -m venv .venv; .\.venv\Scripts\Activate.ps1" in text
    assert r"py -3 -m venv .venv && .venv\Scripts\activate.bat" in text


def command_names(group: Any = None, path: tuple[str, ...] = ()) -> list[str]:
    """Every command and subcommand that exists, as it is typed."""
    group = group or typer.main.get_command(app)
    names: list[str] = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        names += command_names(command, (*path, name)) if inner else [" ".join((*path, name))]
    return names


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_explained_to_clerks(name: str) -> None:
    pages = read("README.md") + read("docs/clerk.md")
    assert re.search(rf"aidcli {re.escape(name)}(?![\w-])", pages)


@pytest.mark.parametrize("page", ["README.md", "docs/clerk.md", "docs/engineers.md", "CONTRIBUTING.md"])
def test_no_page_promises_a_command_that_does_not_exist(page: str) -> None:
    known = set(command_names())
    groups = {name.split()[0] for name in known if " " in name}
    for first, second in re.findall(r"aidcli ([a-z]+)(?: ([a-z]+))?", read(page)):
        assert first in groups or first in known, f"aidcli {first}"
        if first in groups and second:
            assert f"{first} {second}" in known, f"aidcli {first} {second}"


def test_changelog_names_this_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", read("CHANGELOG.md"), re.MULTILINE)


def test_links_between_pages_lead_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/clerk.md", "docs/engineers.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", read(page)):
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page}: {target}"
