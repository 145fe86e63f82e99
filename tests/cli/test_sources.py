"""`sources`: what exists, how a file would be read, a draft for an unknown one, templates looked over."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, get_args

import msoffcrypto
import pytest
import typer
from openpyxl import Workbook
from wcwidth import wcswidth

from aidcli import idnumber
from aidcli.cli.main import run
from aidcli.intake.vocabulary.spec import FieldType
from aidcli.resources import data_dir

DAY = ("--as-of", "2026-10-08")
NAMES = ["张伟民", "王秀英", "李国强", "赵桂兰", "陈志华", "刘建国"]


def number(n: int) -> str:
    body = f"990101{1950 + n}0{1 + n}15{n:03d}"
    return body + idnumber.check_digit(body)


def gas(folder: Path, name: str = "燃气用户202609.csv") -> Path:
    lines = ["客户编号,用气人,客户证件号码,街道,欠费金额（元）"]
    lines += [f"GX{n},{name},{number(n)},白塘街道,{n}.50" for n, name in enumerate(NAMES)]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def cremations(folder: Path, heading: str = "火化时间") -> Path:
    lines = [f"逝者姓名,身份证件号码,死亡日期,{heading}"]
    lines += [f"{name},{number(n)},2026-08-0{1 + n},2026-08-12" for n, name in enumerate(NAMES)]
    path = folder / "殡葬火化名单_2026年8月.csv"
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


@pytest.fixture
def home(db: Path) -> Path:
    return db.parent


def call(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    code = run([*argv, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def shown(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = run(list(argv))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def own(home: Path, name: str, text: str) -> Path:
    path = home / "templates" / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def own_cremation(home: Path, heading: str = "炉次时刻") -> Path:
    text = (data_dir("templates/sources") / "cremation.yaml").read_text(encoding="utf-8")
    return own(home, "我们的.yaml", text.replace("火化时间,", f"{heading}, 火化时间,", 1))


def test_an_unknown_file_is_drafted_checked_tried_and_imported(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = gas(home)
    code, told = call(capsys, "sources", "new", str(path), "--key", "gas_users", *DAY)
    assert code == 0
    data = told["data"]
    assert set(data) == {"file", "key", "path", "sheet", "header_row", "columns", "unmapped", "nearest"}
    assert (data["key"], data["header_row"]) == ("gas_users", 1)
    assert Path(data["path"]) == home / "templates" / "sources" / "gas_users.yaml"
    assert set(data["columns"][0]) == {
        "column", "heading", "field", "label", "confidence", "score", "reason"
    }  # fmt: skip
    assert [one["field"] for one in data["columns"]][1:4] == ["name", "id", "township"]
    assert data["columns"][0]["confidence"] == "不认识" and "客户编号" in data["unmapped"]
    code, told = call(capsys, "sources", "check")
    assert code == 0 and told["data"]["templates"][0]["ok"] is True
    code, told = call(capsys, "sources", "try", str(path), *DAY)
    assert (code, told["data"]["source"]) == (0, "gas_users")
    assert told["data"]["sheets"][0]["rows_kept"] == 6
    code, told = call(capsys, "import", str(path), *DAY)
    assert code == 0
    (file,) = told["data"]["files"]
    assert (file["status"], file["source"], file["rows_kept"]) == ("kept", "gas_users", 6)


def test_a_draft_tells_what_is_unsure_and_that_it_reads_the_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = shown(capsys, "sources", "new", str(gas(home)), "--key", "gas_users", *DAY)
    assert code == 0
    assert "按草稿试读：会收下6行，搁置0行" in out
    assert "用气人" in out and "猜测" in out
    assert "aidcli sources check" in err
    assert not any(name in out for name in NAMES) and number(1) not in out


def test_a_draft_is_not_lost_to_a_second_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = gas(home)
    assert run(["sources", "new", str(path), "--key", "gas_users", *DAY]) == 0
    mine = home / "templates" / "sources" / "gas_users.yaml"
    mine.write_text(mine.read_text(encoding="utf-8") + "# 我改过\n", encoding="utf-8")
    moved = mine.rename(mine.with_name("燃气.yaml"))
    capsys.readouterr()
    code, told = call(capsys, "sources", "new", str(path), "--key", "gas_users", *DAY)
    assert (code, told["error"]["code"]) == (1, "draft_exists")
    assert moved.read_text(encoding="utf-8").endswith("# 我改过\n") and not mine.exists()
    code, told = call(capsys, "sources", "new", str(path), "--key", "gas_users", "--force", *DAY)
    assert code == 0 and Path(told["data"]["path"]) == moved
    assert "我改过" not in moved.read_text(encoding="utf-8")


def test_a_draft_can_be_written_elsewhere(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = home / "草稿" / "a.yaml"
    code, _ = call(capsys, "sources", "new", str(gas(home)), "--out", str(out), "--label", "燃气用户", *DAY)
    assert code == 0 and "label: 燃气用户" in out.read_text(encoding="utf-8")
    assert not (home / "templates").exists()


@pytest.mark.parametrize("key", ["燃气", "Gas", "9gas", "gas users"])
def test_a_key_that_cannot_be_one_is_wrong_usage(
    home: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    code, told = call(capsys, "sources", "new", str(gas(home)), "--key", key)
    assert (code, told["error"]["code"]) == (2, "bad_key")
    assert not (home / "templates").exists()


def test_a_file_that_is_read_already_is_drafted_as_its_own_template(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = shown(capsys, "sources", "new", str(cremations(home)), *DAY)
    assert code == 0 and "现有的“殡葬火化名单”就能读" in out and "会替换它" in out
    assert (home / "templates" / "sources" / "cremation.yaml").exists()


def test_a_file_no_template_fits_is_refused_with_the_nearest_and_the_way_out(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cremations(home, "不知道是什么")
    path.write_text(path.read_text(encoding="gb18030").replace("死亡日期", "某日"), encoding="gb18030")
    code, told = call(capsys, "sources", "try", str(path), *DAY)
    assert code == 1 and told["error"]["code"] == "template_unknown"
    assert "aidcli sources new" in told["error"]["hint"]
    near = told["data"]["nearest"]
    assert 1 <= len(near) <= 3
    assert all(one["missing"] and one["found"] for one in near)
    code, out, err = shown(capsys, "sources", "try", str(path), *DAY)
    assert "最接近的模板" in out and near[0]["missing"][0] in out and "建议：" in err


def test_a_trial_fits_a_terminal_of_a_hundred_columns(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = shown(capsys, "sources", "try", str(cremations(home)), *DAY)
    assert code == 0
    assert max(wcswidth(line) for line in out.splitlines()) <= 100
    assert "列名在第1行\n  读到6行，会收下6行，搁置0行" in out
    assert "期间：2026-08（取自文件名）" in out
    assert number(1) not in out and idnumber.format(number(1)) in out


def test_a_trial_without_a_period_says_that_it_assumes_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cremations(home).rename(home / "火化.csv")
    assert "期间：2026-08（取自表中一列）" in shown(capsys, "sources", "try", str(path), *DAY)[1]
    lines = path.read_text(encoding="gb18030").splitlines()
    path.write_text("\n".join(lines[:4]), encoding="gb18030")  # too few rows tell no month
    code, out, err = shown(capsys, "sources", "try", str(path), *DAY)
    assert code == 0 and "期间：2026-10（没有写明，暂按本月）" in out and "--period" in err


def test_own_templates_go_before_the_shipped_ones_also_in_imports(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cremations(home, "炉次时刻")
    code, told = call(capsys, "import", str(path), *DAY)
    assert code == 1 and told["data"]["files"][0]["status"] == "refused"
    own_cremation(home)
    code, told = call(capsys, "import", str(path), *DAY)
    (file,) = told["data"]["files"]
    assert (code, file["status"], file["source"], file["rows_kept"]) == (0, "kept", "cremation", 6)


def test_the_list_says_which_templates_are_one_s_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_cremation(home)
    own(home, "gas.yaml", OWN)
    _, told = call(capsys, "sources", "list")
    by_key = {one["source"]: one for one in told["data"]["sources"]}
    assert (by_key["cremation"]["own"], by_key["cremation"]["overrides"]) == (True, "殡葬火化名单")
    assert (by_key["gas"]["own"], by_key["gas"]["overrides"]) == (True, None)
    assert (by_key["bank_return"]["own"], by_key["bank_return"]["overrides"]) == (False, None)
    _, out, _ = shown(capsys, "sources", "list")
    assert "自有，替换内置“殡葬火化名单”" in out and "内置" in out


OWN = """\
key: gas
label: 燃气用户
department: civil_affairs
kind: department
unit: person
fields:
  name: {headings: [用气人], required: true}
  id: {headings: [客户证件号码], required: true}
"""


def test_the_check_names_every_fault_with_file_and_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own(home, "good.yaml", OWN)
    own(home, "bad.yaml", OWN.replace("key: gas", "key: other").replace("unit: person", "unit: village"))
    own_cremation(home)
    code, told = call(capsys, "sources", "check")
    assert code == 1 and told["error"]["code"] == "bad_template"
    assert (told["error"]["file"], told["error"]["row"]) == ("bad.yaml", 5)
    by_name = {Path(one["file"]).name: one for one in told["data"]["templates"]}
    assert set(by_name["bad.yaml"]) == {"file", "key", "label", "ok", "overrides", "faults", "warnings"}
    assert (by_name["bad.yaml"]["ok"], by_name["bad.yaml"]["faults"][0]["line"]) == (False, 5)
    assert "village" in by_name["bad.yaml"]["faults"][0]["message"]
    assert (by_name["good.yaml"]["ok"], by_name["good.yaml"]["faults"]) == (True, [])
    assert by_name["我们的.yaml"]["overrides"] == "殡葬火化名单"
    assert any("多认列名炉次时刻" in one["message"] for one in by_name["我们的.yaml"]["warnings"])


def test_the_check_takes_files_and_folders_and_the_shipped_ones(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own(home, "gas.yaml", OWN)
    code, told = call(capsys, "sources", "check", str(path))
    assert code == 0 and [one["key"] for one in told["data"]["templates"]] == ["gas"]
    code, told = call(capsys, "sources", "check", str(path.parent), "--all")
    shipped = {path.stem for path in data_dir("templates/sources").glob("*.yaml")}
    assert code == 0 and {"gas", *shipped} == {one["key"] for one in told["data"]["templates"]}
    code, told = call(capsys, "sources", "check", str(home / "none.yaml"))
    assert (code, told["error"]["code"]) == (1, "file_missing")


def test_the_check_has_nothing_to_say_where_there_are_no_own_templates(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = shown(capsys, "sources", "check")
    assert code == 0 and "没有自有的模板" in out


def test_a_broken_template_stops_other_commands_with_its_file_and_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own(home, "bad.yaml", OWN.replace("unit: person", "unit: village"))
    for words in (["sources", "list"], ["sources", "try", "x.csv"], ["sources", "new", "x.csv"]):
        code, told = call(capsys, *words)
        assert (code, told["error"]["code"]) == (1, "bad_template")
        assert "bad.yaml 第5行" in told["error"]["message"] and "sources check" in told["error"]["hint"]


def test_show_without_a_source_lists_the_words_of_templates(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = call(capsys, "sources", "show")
    by_field = {one["field"]: one for one in told["data"]["fields"]}
    assert by_field["sex"] == {
        "field": "sex",
        "label": "性别",
        "type": "choice",
        "values": ["male", "female"],
    }
    _, told = call(capsys, "sources", "show", "殡葬火化名单")
    assert told["data"]["source"] == "cremation"
    code, told = call(capsys, "sources", "show", "没有的")
    assert (code, told["error"]["code"]) == (2, "unknown_source")


def villages(folder: Path) -> Path:
    lines = ["逝者姓名,身份证件号码,乡镇,村,死亡日期,火化时间"]
    lines += [
        f"{name},{number(n)},青禾镇,{'东塘村' if n else '西塘村'},2026-08-01,2026-08-12"
        for n, name in enumerate(NAMES)
    ]
    path = folder / "殡葬火化名单_2026年8月.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def noted(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["example"]) for one in told["data"]["sheets"][0]["problems"]]


def test_a_trial_tells_villages_that_the_region_list_lacks_as_an_import_does(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = villages(home)
    _, told = call(capsys, "sources", "try", str(path), *DAY)
    ((code, example),) = noted(told)
    assert code == "village_unknown" and "西塘村" in example and example.startswith("第2行")
    _, told = call(capsys, "import", str(path), *DAY)
    assert [one["code"] for one in told["data"]["files"][0]["problems"]] == ["village_unknown"]


def test_a_trial_without_a_database_checks_no_places(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = villages(home)
    code, told = call(capsys, "sources", "try", str(path), "--db", str(home / "还没有.db"), *DAY)
    assert code == 0 and noted(told) == []
    assert not (home / "还没有.db").exists()


def protected(folder: Path, password: str = "mima2026") -> Path:
    book = Workbook()
    book.worksheets[0].append(["逝者姓名", "身份证件号码", "炉次", "骨灰去向"])
    for n, name in enumerate(NAMES):
        book.worksheets[0].append([name, number(n), f"第{n}炉", "寄存"])
    book.save(folder / "明.xlsx")
    path = folder / "炉次202609.xlsx"
    with (folder / "明.xlsx").open("rb") as plain, path.open("wb") as out:
        msoffcrypto.OfficeFile(plain).encrypt(password, out)
    return path


def test_a_protected_file_is_drafted_tried_and_its_nearest_templates_are_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = protected(home)
    (home / "密码.txt").write_text("mima2026\n", encoding="utf-8")
    key = ("--password-file", "密码.txt")
    code, told = call(capsys, "sources", "new", str(path), *DAY)
    assert (code, told["error"]["code"]) == (1, "password_protected")
    code, told = call(capsys, "sources", "try", str(path), *key, *DAY)
    assert (code, told["error"]["code"]) == (1, "template_unknown") and told["data"]["nearest"]
    code, out, _ = shown(capsys, "sources", "new", str(path), "--key", "ovens", *key, *DAY)
    assert code == 0 and "按草稿试读：会收下6行，搁置0行" in out
    code, told = call(capsys, "sources", "try", str(path), *key, *DAY)
    assert (code, told["data"]["source"]) == (0, "ovens")


def test_on_a_terminal_a_draft_asks_for_the_password_once_and_shows_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def prompt(text: str, **how: Any) -> str:
        asked.append((text, how["hide_input"]))
        return "mima2026"

    monkeypatch.setattr(typer, "prompt", prompt)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert run(["sources", "new", str(protected(home)), "--key", "ovens", *DAY]) == 0
    assert asked == [("“炉次202609.xlsx”的打开密码", True)]


def test_the_refusal_names_the_template_that_stands_first_in_the_table(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = 0
    for header in (
        "逝者姓名,身份证件号码,某日,不知道是什么",
        "姓名,身份证号,电表编号,联系电话,家庭住址",
        "户主姓名,家庭住址,保障人口数,银行账号",
        "客户编号,用气人,客户证件号码,街道,欠费金额（元）",
        "企业名称,法定代表人,统一社会信用代码,身份证号",
    ):
        path = home / "表.csv"
        path.write_text(f"{header}\n" + ",".join("甲" * len(header.split(","))), encoding="utf-8")
        _, told = call(capsys, "sources", "try", str(path), *DAY)
        if (
            told["error"]
            and told["error"]["code"] == "template_unknown"
            and "最接近的是" in told["error"]["message"]
        ):
            first = told["data"]["nearest"][0]
            assert f"最接近的是{first['label']}（{first['source']}）" in told["error"]["message"]
            tried += 1
    assert tried >= 3


def test_a_source_named_by_a_part_of_its_name_is_answered_with_those_it_may_be(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cremations(home)
    for words in (("sources", "show", "特困"), ("import", str(path), "--source", "特困", *DAY)):
        error = call(capsys, *words)[1]["error"]
        assert (
            "tekun_household（特困人员家庭）" in error["message"]
            or "特困人员家庭（tekun_household）" in error["message"]
        )
        assert "disabled_persons" not in error["message"] and "aidcli sources list" in error["hint"]
    error = call(capsys, "sources", "show", "没有这种")[1]["error"]
    assert error["message"] == "没有来源“没有这种”"


def test_every_type_of_field_is_named_in_chinese(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = shown(capsys, "sources", "show")
    types = set(get_args(FieldType))
    assert not any(word in types for line in out.splitlines()[2:] for word in line.split()[2:3])
