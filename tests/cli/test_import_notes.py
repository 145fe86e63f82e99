"""What `import` says at once of rows that are kept: doubts by kind, who is paid on after death, columns left out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aidcli.cli.main import run

sys.path.append(str(Path(__file__).resolve().parents[1] / "intake"))

from intake_files import id_number, xlsx

DAY = ("--as-of", "2026-10-08")
ROSTER = [
    "户主姓名",
    "户主身份证号",
    "保障人口数",
    "户月保障金额（元）",
    "合计（元）",
    "所属街道",
    "备注",
    "民族",
    "签字",
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AIDCLI_OPERATOR", "李经办")
    assert run(["init", "--policy", "990101"]) == 0
    capsys.readouterr()
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert run(["import", *argv, *DAY]) == 0
    captured = capsys.readouterr()
    return captured.out + captured.err


def roster(folder: Path, *rows: tuple[object, str]) -> str:
    table: list[list[object]] = [ROSTER]
    for n, (yuan, remark) in enumerate(rows, start=1):
        table.append(["张三丰", id_number(n), 1, yuan, yuan, "石桥街道", remark, "", "张三丰"])
    return str(xlsx(folder / "农村低保家庭_202609.xlsx", ("S", table)))


def test_who_is_paid_on_after_death_is_counted_with_the_rows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = roster(
        home, (500, ""), (500, "8月死亡"), (0, "8月死亡"), (500, "已清退"), (0, ""), (500, "其父死亡")
    )
    text = said(capsys, path)
    assert "有1行写明已停保（退出、死亡等），按已不在册收下" in text
    assert "有2行写着死亡、停发等，金额却不是0，仍按在册收下、照样发放，请逐行核对（第3行、第5行）" in text
    assert "有1行金额是0，仍按在册收下，请核对是不是已经停发（第6行）" in text
    assert "只从中读了死亡、停发等的列：备注\n" in text and "没有采用的列" not in text


def test_the_same_is_told_to_scripts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", roster(home, (500, "8月死亡"), (500, "")), *DAY, "--format", "json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["data"]["files"]
    assert (file["unread_columns"], file["read_in_part"]) == ([], ["备注"])
    assert "有1行写着死亡" in file["rows_told"]


def test_a_column_that_is_only_pointed_at_stays_among_those_not_taken(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, roster(home, (500, "已清退"), (500, "其父死亡")))
    assert "没有采用的列：备注\n" in text and "aidcli sources try 文件" in text
    assert "只从中读了" not in text


def test_both_columns_are_named_where_one_tells_the_end_and_the_other_the_death(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: list[list[object]] = [
        ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "停发原因", "备注", "指标甲"]
    ]
    table += [
        ["张三丰", id_number(1), 1, 0, "收入超标停发", "8月15日去世", "一"],
        ["张三", id_number(2), 1, 500],
    ]
    path = xlsx(home / "农村低保家庭_202609.xlsx", ("S", table))
    text = said(capsys, str(path), "--dry-run")
    assert "没有采用的列：指标甲；只从中读了死亡、停发等的列：停发原因、备注\n" in text
    assert run(["sources", "try", str(path), *DAY]) == 0
    tried = capsys.readouterr().out
    assert "  没有采用的列：指标甲\n  只从中读了死亡、停发等的列：停发原因、备注\n" in tried
    assert "  其中1行按已不在册收下（不发放），1行另记本人死亡\n" in tried


@pytest.mark.parametrize(
    ("name", "coverage"), [("农村低保新增名单202609", "change"), ("农村低保家庭202609", "full")]
)
def test_a_trial_says_what_the_import_takes_a_roster_for(
    home: Path, capsys: pytest.CaptureFixture[str], name: str, coverage: str
) -> None:
    table: list[list[object]] = [
        ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）"],
        ["张三丰", id_number(1), 1, 500],
    ]
    left: list[list[object]] = [
        ["户主姓名", "户主身份证号", "停发原因", "停发月份"],
        ["李四", id_number(8), "死亡", "2026-08"],
    ]
    path = str(xlsx(home / f"{name}.xlsx", ("名单", table), ("本月减少", left)))
    assert run(["sources", "try", path, *DAY, "--format", "json"]) == 0
    tried = json.loads(capsys.readouterr().out)["data"]
    assert run(["import", path, *DAY, "--dry-run", "--format", "json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["data"]["files"]
    assert tried["coverage"] == file["coverage"] == coverage
    assert [one["sheet"] for one in tried["sheets"]] == file["sheets"] == ["名单", "本月减少"]
    assert sum(one["rows_kept"] for one in tried["sheets"]) == file["rows_kept"] == 2
    assert [(one["rows_ended"], one["deaths"], one["read_in_part"]) for one in tried["sheets"]] == [
        (0, 0, []),
        (1, 1, ["停发原因"]),
    ]
    assert file["read_in_part"] == ["停发原因"] and file["unread_columns"] == []


def test_a_trial_tells_where_the_import_would_stop_to_ask(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: list[list[object]] = [
        ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）"],
        ["张三丰", id_number(1), 1, 500],
    ]
    path = str(xlsx(home / "农村低保补发名单202609.xlsx", ("名单", table)))
    assert run(["import", path, *DAY]) != 0
    stopped = capsys.readouterr().err
    assert "像是只有变动的名单" in stopped
    assert run(["sources", "try", path, *DAY]) == 0
    captured = capsys.readouterr()
    assert (
        "导入时会停下来问：" in captured.out + captured.err
        and "像是只有变动的名单" in captured.out + captured.err
    )


def test_where_nothing_was_left_out_nothing_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, roster(home, (500, ""), (500, "")))
    assert "没有采用的列" not in text and "存疑" not in text and "写着" not in text


def test_many_columns_that_were_left_out_are_not_all_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = [f"指标{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]
    table: list[list[object]] = [["姓名", "身份证号", "残疾类别", "残疾等级", *more]]
    table += [["张三丰", id_number(1), "肢体", "四级", *"一二三四五六七八九十零百"]]
    text = said(capsys, str(xlsx(home / "持证残疾人2026年三季度.xlsx", ("S", table))))
    assert "指标癸等12列" in text and "指标子" not in text


def test_the_same_doubt_in_a_column_is_one_line_with_its_rows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table: list[list[object]] = [["姓名", "身份证号", "失业登记日期", "失业原因", "状态"]]
    for n in range(1, 17):
        number = id_number(n)
        masked = f"{number[:6]}********{number[14:]}" if n > 4 else number
        table.append(["张三丰", masked, "2026-01-05", "合同期满", "正常"])
    text = said(capsys, str(xlsx(home / "登记失业人员名单2026年9月.xlsx", ("S", table))))
    assert text.count("脱敏号码") == 1
    line = next(one for one in text.splitlines() if "脱敏号码" in one)
    assert line.split()[:4] == ["b1", "B", "12", "6、7、8、9、10…"]
    assert "收下而存疑的共12处，逐处查看：aidcli explain b1" in text
    assert run(["explain", "b1"]) == 0
    assert capsys.readouterr().out.count("脱敏号码") == 12
