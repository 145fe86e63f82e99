from __future__ import annotations

from pathlib import Path

import pytest

from aidcli.errors import AidError, WrongUsage
from aidcli.resources import data_dir
from aidcli.terms import ROUTES
from aidcli.worklists import find_layout, load_layouts

SHORT = """\
key: visit
label: 走访表
version: 1
group_by: township
tables:
  main:
    title: "{district}走访表（{group}）"
    columns:
      - {key: name, heading: 姓名, width: 10}
"""


def write(folder: Path, text: str, name: str = "visit.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_layouts_load_and_are_found_by_key_and_label() -> None:
    layouts = load_layouts([data_dir("templates/worklists")])
    assert find_layout(layouts, "疑点核查表") is find_layout(layouts, "alert_check")
    assert find_layout(layouts, "发放花名册") is find_layout(layouts, "payment_roster")


def test_the_check_sheet_has_the_columns_in_order() -> None:
    layout = find_layout(load_layouts([data_dir("templates/worklists")]), "alert_check")
    assert " ".join(column.heading for column in layout.main.columns) == (
        "序号 疑点编号 村（社区） 户主 姓名 身份证号 救助类型 疑点 原因与证据 优先级 核查期限 依据 "
        "核查结果 处理意见 入户日期 核查人（2人） 备注"
    )
    choices = {column.key: column.choices for column in layout.main.columns if column.kind == "choice"}
    assert choices["result"] == ("属实", "不属实", "部分属实", "无法核实")
    assert choices["disposition"] == (*ROUTES.values(), "核查无变化")


def test_an_unknown_worklist_lists_what_there_is(tmp_path: Path) -> None:
    write(tmp_path, SHORT)
    with pytest.raises(WrongUsage, match="走访表（visit）"):
        find_layout(load_layouts([tmp_path]), "没有的表")


def test_an_office_s_own_layout_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path / "shipped", SHORT)
    write(tmp_path / "own", SHORT.replace("width: 10", "width: 20"))
    layouts = load_layouts([tmp_path / "shipped", tmp_path / "own"])
    assert layouts["visit"].main.columns[0].width == 20


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("version: 1\n", ""), 1, "缺少“version”这一项"),
        (("version: 1", "version: 一"), 3, "“version”应是整数，不能是“一”"),
        (("version: 1", "version: 0"), 3, "“version”超出范围，至少 1"),
        (("version: 1", "version: 1\nversion: 2"), 4, "“version”重复（第3行已有）"),
        (("version: 1", "version: 1\ncolour: red"), 4, "不认识“colour”这一项"),
        (("key: visit", "key: Visit"), 1, "“key”只能用小写英文字母"),
        (("label: 走访表", "label: ''"), 2, "“label”不能为空"),
        (("  main:", "  other:"), 1, "缺少主表 main"),
        (("width: 10", "width: 10, kind: number"), 9, "“kind”只能是 serial、text"),
        (("width: 10", "width: 1"), 9, "“width”超出范围，至少 3"),
        (("width: 10", "width: 10, kind: choice"), 9, "要有 values"),
        (("width: 10", "width: 10, values: [是, 否]"), 9, "其他列不能有"),
        (("width: 10", "width: 10, kind: choice, values: [是, 是]"), 9, "下拉选项重复"),
        (("width: 10", "width: 10, total: true"), 9, "可以合计"),
        (("width: 10", "width: 10, fill: true"), 9, "留空待填"),
        (("width: 10", "width: 10, wrap: perhaps"), 9, "“wrap”应是 true 或 false"),
        (("key: name", "key: row_key"), 9, "列不能叫 row_key"),
        (("（{group}）", "（{group）"), 7, "花括号不成对"),
        (("（{group}）", "（{0.__class__}）"), 7, "花括号里只能是名称"),
        (("（{group}）", "（{group:>9}）"), 7, "花括号里只能是名称"),
        (('（{group}）"', '（{group}）"\n    capital: name'), 6, "不是合计的金额列"),
        (('（{group}）"', '（{group}）"\n    freeze_to: town'), 6, "“town”不存在"),
        (
            ("width: 10}", "width: 10}\n      - {key: name, heading: 姓名, width: 10}"),
            6,
            "列的 key 重复",
        ),
        (
            (
                "tables:",
                "overview:\n  name: 汇总\n  when: always\n  title: 汇总\n"
                "  columns: [{key: n, heading: 数, width: 9, take: sum, of: name}]\ntables:",
            ),
            1,
            "不是主表的金额或数量列",
        ),
        ((SHORT, "- 1"), 1, "文件应由若干“项: 值”组成"),
        ((SHORT, "key: [1"), 1, "YAML 写法有误"),
    ],
)
def test_a_broken_layout_says_where_and_what(
    tmp_path: Path, change: tuple[str, str], line: int, said: str
) -> None:
    broken = SHORT.replace(*change)
    assert broken != SHORT
    write(tmp_path, broken)
    with pytest.raises(AidError) as caught:
        load_layouts([tmp_path])
    assert caught.value.code == "bad_layout"
    first, fault = caught.value.message.split("\n")
    assert (first, fault.partition("：")[0]) == ("表格布局文件有1处错误：", f"visit.yaml 第{line}行")
    assert said in fault
    assert (caught.value.file, caught.value.row) == ("visit.yaml", line)


def test_all_faults_of_all_layouts_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, SHORT.replace("version: 1", "version: x").replace("width: 10", "width: y"))
    write(tmp_path, SHORT.replace("key: visit", "key: other").replace("label:", "lable:"), "other.yaml")
    with pytest.raises(AidError) as caught:
        load_layouts([tmp_path])
    assert caught.value.message.splitlines() == [
        "表格布局文件有4处错误：",
        "other.yaml 第1行：缺少“label”这一项",
        "other.yaml 第2行：不认识“lable”这一项，请检查拼写或删去",
        "visit.yaml 第3行：“version”应是整数，不能是“x”",
        "visit.yaml 第9行：“width”应是整数，不能是“y”",
    ]


def test_two_layouts_may_not_share_key_or_label(tmp_path: Path) -> None:
    write(tmp_path, SHORT)
    write(tmp_path, SHORT, "again.yaml")
    with pytest.raises(AidError, match=r"visit\.yaml 第1行：key“visit”与“again\.yaml”重复"):
        load_layouts([tmp_path])
    write(tmp_path, SHORT.replace("key: visit", "key: other"), "again.yaml")
    with pytest.raises(AidError, match=r"visit\.yaml 第2行：label“走访表”与布局“other”重复"):
        load_layouts([tmp_path])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        load_layouts([tmp_path / "none"])
    assert caught.value.code == "layouts_missing"
