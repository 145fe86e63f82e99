"""The pages are true: their consoles are run in order, and every command that exists is explained somewhere.

A block fenced as ``console`` holds commands (``$ aidcli …``, ``$ cd …``) and the output that a reader may
expect. Lines are compared with runs of blanks folded; ``…`` stands for anything left out, a line of it alone
for any number of lines. ``[退出码 1]`` says that the command above it is refused. Beside what the demo makes,
`letters` lays out the few files that the clerk's page takes for examples, and `BY_HAND` does what the page
asks a person to do between two commands.
"""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from aidcli import __version__
from aidcli.cli.main import app, run
from aidcli.idnumber import check_digit

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


HOUSEHOLDS = (
    *("户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "合计（元）"),
    *("所属街道", "所属社区", "低保（特困）证号"),
)


def letters(folder: Path) -> None:
    """The files that stand for what departments send; invented people, region 990101."""
    (folder / "历史").mkdir(parents=True)
    people = [f"张{letter}" for letter in "甲乙丙丁戊己庚辛"]
    days = [f"2026-0{n}-05" for n in range(1, 9)]
    clients = [(name, number(n), "石桥街道", "劳动争议", days[n], "李律师") for n, name in enumerate(people)]
    heads = ("受援人", "身份证件号码", "镇街", "案件类型", "受理日期", "承办律师")
    workbook(folder / "法律援助受援人员名单2026年9月.xlsx", [heads, *clients])
    jobless = [(name, number(n), "没写清" if n == 2 else days[n], "") for n, name in enumerate(people)]
    heads = ("姓名", "身份证号", "失业登记日期", "失业原因")
    listed = workbook(folder / "登记失业人员名单_2026年9月.xlsx", [heads, *jobless])
    with zipfile.ZipFile(folder / "9月来文.zip", "w") as archive:
        archive.write(listed, f"人社/{listed.name}")
        archive.writestr("说明.docx", b"")
    listed.unlink()
    for month, pay in (("07", 500), ("08", 510), ("10", 510)):
        paid = {1: pay, 2: 420, 3: 635.5} | ({4: 480} if month == "10" else {})
        roster(folder / "历史" / f"城市低保家庭查询_2026{month}.xlsx", paid)
    roster(folder / "城市低保家庭查询_202610更正.xlsx", {1: 510, 2: 450, 4: 480, 5: 390})
    plain = roster(folder / "明文.xlsx", {9: 300})
    with plain.open("rb") as stream, (folder / "农村低保家庭查询_202610.xlsx").open("wb") as out:
        OOXMLFile(stream).encrypt("mima2026", out)
    plain.unlink()
    (folder / "密码.txt").write_text("mima2026\n", encoding="utf-8")
    cut = [(name, int(number(n)[:17] + "0"), "肢体", "二级") for n, name in enumerate(people)]
    heads = ("姓名", "身份证号", "残疾类别", "残疾等级")
    workbook(folder / "持证残疾人名单2026年四季度.xlsx", [heads, *cut])


def roster(path: Path, paid: dict[int, float]) -> Path:
    rows = [
        (f"王{'零一二三四五六七八九'[n]}", number(n), 1, yuan, yuan, "石桥街道", "东街社区", f"C{n:05d}")
        for n, yuan in paid.items()
    ]
    return workbook(path, [HOUSEHOLDS, *rows])


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def number(sequence: int) -> str:
    first = f"99010119600101{sequence:03d}"
    return first + check_digit(first)


def put_right(path: Path) -> None:
    """What the department does to a workbook of set-aside rows: the missing day is filled in."""
    book = load_workbook(path)
    (sheet,) = (one for one in book.worksheets if one.sheet_state == "visible")
    (place,) = (cell.column for cell in sheet[1] if cell.value == "失业登记日期")
    sheet.cell(2, place).value = "2026-03-05"
    book.save(path)


BY_HAND = {"aidcli import 搁置.xlsx --as-of 2026-10-08": lambda: put_right(Path("搁置.xlsx"))}


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
    letters(tmp_path / "来文")
    tour = steps(read(page))
    assert len(tour) >= 8
    for step in tour:
        BY_HAND.get(step.command, lambda: None)()
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


def anchor(heading: str) -> str:
    """The name under which a page on the web can be entered at a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", ["README.md", "docs/clerk.md", "docs/engineers.md", "CONTRIBUTING.md"])
def test_links_within_a_page_lead_to_a_heading(page: str) -> None:
    headings = {anchor(line) for line in re.findall(r"^#+ (.*)$", _FENCE.sub("", read(page)), re.MULTILINE)}
    for target in re.findall(r"\]\(#([^)]+)\)", read(page)):
        assert target in headings, f"{page}: {target}"
