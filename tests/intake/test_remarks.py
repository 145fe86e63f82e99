"""Remarks that say who has died or left: nobody is paid nothing without a word, and nobody is paid on in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, kept, read, rows, text_file, xlsx

from aidcli.model import RowRead

HOUSEHOLD = [
    "户主姓名",
    "户主身份证号",
    "保障人口数",
    "户月保障金额（元）",
    "合计（元）",
    "家庭成员姓名",
    "家庭成员身份证号",
]
STANDING = {"enrolled", "member", "amount", "account", "benefit"}


def _household(folder: Path, cell: str, yuan: object, heading: str = "备注") -> RowRead:
    table = [[*HOUSEHOLD, heading], ["张三丰", id_number(1), 2, yuan, yuan, "李四", id_number(2), cell]]
    (row,) = rows(xlsx(folder / "农村低保家庭_202609.xlsx", ("S", table)))
    return row


def _kinds(row: RowRead) -> set[str]:
    assert row.record is not None
    return {fact.kind for fact in row.record.facts}


@pytest.mark.parametrize(
    "heading",
    ["备注", "说明", "变动说明", "情况说明", "备注说明", "其他说明", "备注（变动）", "停发原因", "变动情况"],
)
@pytest.mark.parametrize("yuan", [0, None])
def test_a_household_that_is_paid_nothing_and_whose_head_died_has_left(
    tmp_path: Path, heading: str, yuan: object
) -> None:
    row = _household(tmp_path, "户主8月死亡，9月起停发", yuan, heading)
    assert (row.outcome, codes(row)) == ("kept", {"row_ended": "note"})
    assert not _kinds(row) & STANDING
    (head,), (member,) = facts(row, "ended"), facts(row, "ended", 1)
    assert (head.code, head.text, head.month) == ("dibao", "户主8月死亡，9月起停发", "2026-09")
    assert member.code == "dibao"
    assert f"列“{heading}”" in row.problems[0].message


@pytest.mark.parametrize("cell", ["户主8月死亡", "停发", "全家迁出", "已清退", "张三丰病故"])
def test_whoever_is_paid_on_is_kept_and_told_of(tmp_path: Path, cell: str) -> None:
    row = _household(tmp_path, cell, 500)
    assert {"enrolled", "amount"} <= _kinds(row)
    assert codes(row) == {"left_but_paid": "note"}
    assert "500.00元" in row.problems[0].message and cell in row.problems[0].message


@pytest.mark.parametrize(
    "cell", ["李四8月死亡", "丧偶", "配偶去世", "其父死亡", "停车", "未停发", "车辆已注销", ""]
)
def test_what_is_said_of_others_ends_nobody_and_is_not_told(tmp_path: Path, cell: str) -> None:
    row = _household(tmp_path, cell, 500)
    assert {"enrolled", "amount"} <= _kinds(row) and codes(row) == {}


@pytest.mark.parametrize("cell", ["其父死亡", "丧偶", "本月新增", ""])
def test_a_sum_of_nothing_is_told_whatever_the_remark_says(tmp_path: Path, cell: str) -> None:
    row = _household(tmp_path, cell, 0)
    assert "enrolled" in _kinds(row) and codes(row) == {"sum_zero": "note"}


@pytest.mark.parametrize("cell", ["拟停发", "暂停发放", "1人死亡", "疑似死亡"])
def test_who_is_paid_nothing_and_may_have_left_is_asked_about(tmp_path: Path, cell: str) -> None:
    row = _household(tmp_path, cell, 0)
    assert (row.outcome, codes(row)) == ("set_aside", {"state_unclear": "row"})
    row = _household(tmp_path, cell, 500)
    assert (row.outcome, codes(row)) == ("kept", {"state_unread": "note"})


def test_a_remark_against_the_column_of_the_state_is_asked_about(tmp_path: Path) -> None:
    table = [[*HOUSEHOLD, "享受状态", "备注"]]
    table += [["张三丰", id_number(1), 2, 0, 0, "", "", "在保", "8月死亡"]]
    table += [["李四海", id_number(2), 2, 0, 0, "", "", "停保", "8月死亡"]]
    against, agreed = rows(xlsx(tmp_path / "农村低保家庭_202609.xlsx", ("S", table)))
    assert codes(against) == {"state_unclear": "row"}
    assert "“在保”" in against.problems[0].message and "“8月死亡”" in against.problems[0].message
    assert set(codes(agreed)) == {"row_ended", "death_told"} and facts(agreed, "ended")[0].text == "停保"


def test_a_word_to_the_right_of_the_table_counts_as_a_remark(tmp_path: Path) -> None:
    table = [[*HOUSEHOLD], ["张三丰", id_number(1), 2, 0, 0, "", "", "8月死亡"]]
    table += [["李四海", id_number(2), 2, 500, 500, "", "", "核对过"]]
    gone, here = rows(xlsx(tmp_path / "农村低保家庭_202609.xlsx", ("S", table)))
    assert codes(gone) == {"row_ended": "note"} and "没有列名的H列" in gone.problems[0].message
    assert codes(here) == {}


def test_an_own_benefit_is_over_or_told_of(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "监护人姓名", "监护人身份证号", "发放金额（元）", "备注"]]
    table += [["张小", id_number(1), "王大", id_number(11), 1300, "父母双亡"]]
    table += [["李小", id_number(2), "王大", id_number(11), 0, "9月年满18周岁停发"]]
    table += [["赵小", id_number(3), "王大", id_number(11), 1300, "8月去世"]]
    table += [["钱小", id_number(4), "王大", id_number(11), 1300, "王大去世"]]
    read_as = rows(xlsx(tmp_path / "孤儿名册_202609.xlsx", ("S", table)))
    assert [codes(row) for row in read_as] == [{}, {"row_ended": "note"}, {"left_but_paid": "note"}, {}]
    assert [bool(_kinds(row) & STANDING) for row in read_as] == [True, False, True, True]


def test_of_members_below_their_head_each_is_ended_for_themselves(tmp_path: Path) -> None:
    table = [["户编号", "姓名", "身份证号", "与户主关系", "月保障金", "备注"]]
    table += [
        ["1", "张三丰", id_number(1), "户主", 500, ""],
        ["1", "李四", id_number(2), "妻", "", "8月死亡"],
    ]
    table += [["1", "张小", id_number(3), "子", "", "户主死亡"]]
    table += [
        ["2", "王五", id_number(5), "户主", 0, "8月死亡停发"],
        ["2", "王小", id_number(7), "子", "", ""],
    ]
    path = xlsx(tmp_path / "农村低保花名册_202609.xlsx", ("S", table))
    head, wife, son, gone, left = rows(path, source="dibao_register")
    assert [codes(row) for row in (head, wife, son)] == [{}, {"row_ended": "note"}, {}]
    assert facts(wife, "ended") and facts(son, "member")
    assert [list(codes(row)) for row in (gone, left)] == [["row_ended"], ["row_ended"]]
    assert "户主一行写的是已停" in left.problems[0].message and "享受状态" not in left.problems[0].message


def test_where_no_money_is_listed_the_others_go_on_without_their_head_and_that_is_told(
    tmp_path: Path,
) -> None:
    table = [["乡镇", "村", "证号", "姓名", "身份证号", "与户主关系", "家庭人口", "备注"]]
    table += [["河东镇", "东村", "1", "张三丰", id_number(1), "户主", 2, "8月死亡"]]
    table += [["河东镇", "东村", "1", "李四", id_number(2), "妻", 2, ""]]
    head, wife = rows(xlsx(tmp_path / "低保边缘家庭_202609.xlsx", ("S", table)))
    assert facts(head, "ended") and facts(wife, "member")
    assert (codes(head), codes(wife)) == ({"row_ended": "note"}, {"head_ended": "note"})


def test_lists_of_departments_are_only_pointed_at(tmp_path: Path) -> None:
    table = [["户主姓名", "身份证号码", "危房等级", "补助资金（元）", "是否取消", "备注"]]
    cells = [("否", ""), ("是", ""), ("", "8月已退出"), ("否", "其父死亡"), ("否", "车辆已注销")]
    table += [["张三丰", id_number(n), "C级", "1000", *pair] for n, pair in enumerate(cells, start=1)]
    told = kept(xlsx(tmp_path / "危房改造对象_202609.xlsx", ("S", table)))
    assert [list(codes(row)) for row in told] == [[], ["state_unread"], ["state_unread"], [], []]
    assert "“是”" in told[1].problems[0].message
    assert all(facts(row, "dangerous_housing") for row in told)


def test_lists_of_the_dead_and_of_those_who_moved_are_not_pointed_at(tmp_path: Path) -> None:
    table = [["逝者姓名", "身份证件号码", "死亡日期", "火化时间", "备注"]]
    table += [["张三丰", id_number(1), "2026-08-01", "2026-08-03", "病故，已注销户口"]]
    (row,) = kept(xlsx(tmp_path / "火化名单_202609.xlsx", ("S", table)))
    assert codes(row) == {}


def test_long_term_care_that_has_ended_is_not_told_as_received(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "待遇开始日期", "待遇终止日期", "待遇状态"]]
    table += [["张三丰", id_number(1), "2025-02-01", "2026-08-09", "终止"]]
    table += [["李四海", id_number(2), "2025-02-01", "长期", "正常"]]
    ended, here = kept(xlsx(tmp_path / "长护险待遇人员202609.xlsx", ("S", table)))
    assert not facts(ended, "ltc_insurance") and facts(ended, "benefit_state")[0].code == "ended"
    assert [fact.day for fact in facts(ended, "ltc_insurance_until")] == ["2026-08-09"]
    assert facts(here, "ltc_insurance") and not codes(ended) and not codes(here)


@pytest.mark.parametrize("heading", ["备注", "低保变动", "停发原因", "死亡日期", ""])
def test_rows_read_together_say_the_same(tmp_path: Path, heading: str) -> None:
    cells = ("", "8月死亡", "其父死亡", "本月新增", "拟停发", "停车", "2026-08-03", "取消停发", "已迁出")
    sums = (500, 0, "", 300, 0)
    table: list[list[object]] = [[*HOUSEHOLD[:5], heading, "是否在保"]]
    table += [
        [
            "张三丰",
            id_number(1 + n),
            2,
            sums[n % 5],
            sums[n % 5],
            cells[n % 9],
            "是",
            *["停发"] * (n % 7 == 0),
        ]
        for n in range(90)
    ]
    reading = read(text_file(tmp_path / "农村低保家庭_202609.csv", table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert {fact.kind for one in told for fact in one.facts} >= {"enrolled"}
    alone = {row.row: row.problems for row in reading.rows(0) if row.problems}
    together = {row.row: row.problems for block in reading.blocks(0) for _, row in block.odd if row.problems}
    assert alone == together and alone


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("父亲死亡时间", "2019年3月"),
        ("父母是否健在", "否"),
        ("母亲状态", "病故"),
        ("监护人是否死亡", "是"),
        ("父亲死亡原因", "工伤"),
    ],
)
@pytest.mark.parametrize("yuan", ["1200", "0"])
def test_a_column_about_somebody_else_ends_nobody(tmp_path: Path, heading: str, cell: str, yuan: str) -> None:
    table = [["儿童姓名", "身份证号", "监护人姓名", "发放金额", heading]]
    table += [["张小三", id_number(1, "20150301"), "张大", yuan, cell]]
    (row,) = rows(text_file(tmp_path / "孤儿名册202609.csv", table))
    assert facts(row, "enrolled") and not facts(row, "ended")
    assert "left_but_paid" not in codes(row)


def _child(folder: Path, heading: str, cell: str, yuan: str = "1500") -> RowRead:
    table = [["儿童姓名", "身份证号", "监护人姓名", "发放金额", heading]]
    table += [["张小三", id_number(1, "20150301"), "张大", yuan, cell]]
    (row,) = rows(text_file(folder / "孤儿名册202609.csv", table))
    return row


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("停发月份", "2026-09"), ("停发月份", "202608"), ("停发时间", "2026年8月15日"), ("注销日期", "2026.8")],
)
def test_who_was_stopped_before_is_paid_only_with_a_word(tmp_path: Path, heading: str, cell: str) -> None:
    paid = _child(tmp_path, heading, cell)
    assert facts(paid, "enrolled") and codes(paid) == {"left_but_paid": "note"}
    assert heading in paid.problems[0].message and cell in paid.problems[0].message
    unpaid = _child(tmp_path, heading, cell, "0")
    assert facts(unpaid, "ended")[0].text == cell and codes(unpaid) == {"row_ended": "note"}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("停发月份", "2026-10"),
        ("停发月份", "长期"),
        ("停发月份", ""),
        ("享受截止年月", "202609"),
        ("停车时间", "202608"),
    ],
)
def test_who_is_stopped_later_or_never_stays(tmp_path: Path, heading: str, cell: str) -> None:
    row = _child(tmp_path, heading, cell)
    assert facts(row, "enrolled") and codes(row) == {}


def test_a_term_that_is_over_may_be_renewed_and_is_asked_about(tmp_path: Path) -> None:
    paid = _child(tmp_path, "享受截止年月", "202608")
    assert facts(paid, "enrolled") and codes(paid) == {"state_unread": "note"}
    unpaid = _child(tmp_path, "享受截止年月", "202608", "0")
    assert (unpaid.outcome, codes(unpaid)) == ("set_aside", {"state_unclear": "row"})


def test_times_of_stopping_are_read_together_as_alone(tmp_path: Path) -> None:
    table = [["儿童姓名", "身份证号", "监护人姓名", "发放金额", "停发月份", "享受截止年月"]]
    for n in range(1, 25):
        stop, last = [("", "203001"), ("202608", ""), ("202611", "202608"), ("x", "")][n % 4]
        table.append(["张小三", id_number(n, "20150301"), "张大", ["1500", "0"][n % 2], stop, last])
    reading = read(text_file(tmp_path / "孤儿名册202609.csv", table))
    assert told_by_rows(reading) == told_by_blocks(reading)


def test_a_list_of_stopped_allowances_needs_no_sum(tmp_path: Path) -> None:
    table = [
        ["序号", "乡镇", "姓名", "身份证号", "停发原因", "停发月份"],
        [1, "青禾镇", "张三", id_number(1), "死亡", "2026年9月"],
    ]
    (row,) = rows(text_file(tmp_path / "2026年9月高龄津贴停发人员名单.csv", table))
    assert facts(row, "ended")[0].code == "old_age_allowance" and not facts(row, "enrolled")


@pytest.mark.parametrize("heading", ["月发放标准", "本月发放金额"])
def test_unemployment_benefit_is_paid_by_its_standard_or_as_listed(tmp_path: Path, heading: str) -> None:
    table = [["姓名", "身份证号", "失业登记时间", "享受起始年月", "享受截止年月", heading]]
    table += [["张三", id_number(n), "2026-03-01", "202604", "202703", "1800"] for n in range(1, 6)]
    reading = read(text_file(tmp_path / "失业保险金发放人员202609.csv", table))
    assert told_by_rows(reading) == told_by_blocks(reading)
    assert [facts(row, "benefit")[0].fen for row in reading.rows(0)] == [180000] * 5


def test_what_is_paid_goes_before_the_standard_beside_it(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "失业登记时间", "享受起始年月", "月发放标准", "本月发放金额"]]
    table += [["张三", id_number(1), "2026-03-01", "202604", "1800", "900"]]
    (row,) = rows(text_file(tmp_path / "失业保险金发放人员202609.csv", table))
    assert facts(row, "benefit")[0].fen == 90000 and facts(row, "benefit_standard")[0].fen == 180000


@pytest.mark.parametrize("heading", ["动态", "处理", "标注", "本期情况", "健康状况", "户籍性质"])
@pytest.mark.parametrize("cell", ["注销", "停保", "迁出", "死亡", "8月死亡", "已停发"])
def test_a_cell_that_says_nothing_but_that_somebody_left_is_told_whatever_its_heading(
    tmp_path: Path, heading: str, cell: str
) -> None:
    paid = _household(tmp_path, cell, 500, heading)
    assert {"enrolled", "amount"} <= _kinds(paid) and codes(paid) == {"state_unread": "note"}
    assert f"列“{heading}”" in paid.problems[0].message and cell in paid.problems[0].message
    unpaid = _household(tmp_path, cell, 0, heading)
    assert (unpaid.outcome, codes(unpaid)) == ("set_aside", {"state_unclear": "row"})


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("车辆状态", "注销"),
        ("婚姻状况", "丧偶"),
        ("学籍", "退学"),
        ("就业情况", "退休"),
        ("营业执照", "注销"),
        ("申请原因", "父亲去世"),
        ("动态", "正常"),
        ("动态", "其父死亡"),
        ("标注", "停车场看车人"),
    ],
)
def test_other_columns_may_say_such_words_of_other_things(tmp_path: Path, heading: str, cell: str) -> None:
    assert codes(_household(tmp_path, cell, 500, heading)) == {}


def _quarter(folder: Path, heading: str, cell: str, yuan: str) -> RowRead:
    table = [["老人姓名", "身份证号", "月标准", "季度金额", heading]]
    table += [["张三丰", id_number(1, "19400301"), "50", yuan, cell]]
    (row,) = rows(text_file(folder / "2026年三季度高龄津贴发放花名册.csv", table))
    return row


@pytest.mark.parametrize("heading", ["签收（代领人）", "签字", "领款人签名", "备注"])
def test_whoever_died_in_the_quarter_keeps_what_was_paid_and_is_listed_no_more(
    heading: str, tmp_path: Path
) -> None:
    row = _quarter(tmp_path, heading, "已故（8月21日），发两个月", "100")
    assert not facts(row, "enrolled") and not facts(row, "benefit_standard")
    (paid,), (ended,) = facts(row, "benefit"), facts(row, "ended")
    assert (paid.fen, paid.num, ended.code) == (10000, 3, "old_age_allowance")
    told = next(p.message for p in row.problems if p.code == "row_ended")
    assert "100.00元" in told and "已发" in told and heading in told
    unpaid = _quarter(tmp_path, heading, "7月已故，本季停发", "0")
    assert facts(unpaid, "ended") and not facts(unpaid, "enrolled") and not facts(unpaid, "benefit")


@pytest.mark.parametrize("cell", ["韩荷香（子）代", "张三丰", "老伴去世，女儿代领", "9月满80新增"])
def test_whoever_signs_for_the_money_ends_nobody(cell: str, tmp_path: Path) -> None:
    row = _quarter(tmp_path, "签收（代领人）", cell, "150")
    assert facts(row, "enrolled") and not facts(row, "ended")
    assert not {"row_ended", "left_but_paid", "state_unread"} & codes(row).keys()
