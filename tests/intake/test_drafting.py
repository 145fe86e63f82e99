"""A draft for an unknown file: header, guesses, what is refused, and that it reads the file it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import TEMPLATES, TODAY, id_number, text_file, xlsx
from laws import examples

from aidcli.errors import AidError
from aidcli.intake import open_file
from aidcli.intake.drafts.checking import POINTLESS, check
from aidcli.intake.drafts.draft_text import write, yaml_of
from aidcli.intake.drafts.drafting import Draft, draft
from aidcli.intake.headers.wording import heading_key
from aidcli.intake.templates import Template, read_template
from aidcli.resources import data_dir

NAMES = ["张伟民", "王秀英", "李国强", "赵桂兰", "陈志华", "刘建国", "杨玉珍", "欧阳丽娟"]
IDS = [id_number(number, f"19{50 + number}0{number}15") for number in range(1, 9)]
PLACES = ["东塘村", "西河村", "光明社区"]


def lines(*columns: Sequence[object]) -> list[list[object]]:
    """Rows of a sheet from its columns."""
    return [list(row) for row in zip(*columns, strict=True)]


def electricity(folder: Path) -> Path:
    rows = lines(
        range(1, 9), [f"053001234{n}" for n in range(8)], NAMES, IDS,
        [f"示例区青禾镇{PLACES[n % 3]}{n + 1}组{n}号" for n in range(8)],
        ["居民生活", "农业生产"] * 4, [n % 5 for n in range(8)], [round(2.11 * n + 1, 2) for n in range(8)],
    )  # fmt: skip
    head = ["序号", "户号", "用户姓名", "用户证件号码", "用电地址", "用电类别", "本月电量", "电费"]
    title = [["供电公司2026年9月低电量用户清单"], ["单位：千瓦时、元  导出时间：2026-10-02"]]
    return xlsx(
        folder / "供电公司低电量户2026年9月.xlsx",
        ("清单", [*title, head, *rows, ["合计", "", "", "", "", "", "", 67.08]]),
    )


def gas(folder: Path) -> Path:
    rows = lines(
        [f"GX8800{n}" for n in range(8)], NAMES, [f"1390000000{n}" for n in range(8)],
        ["白塘街道", "青禾街道"] * 4, ["光明社区"] * 8, [f"{n * 2.9:.2f}" for n in range(8)],
    )  # fmt: skip
    head = ["客户编号", "用气人", "联系手机", "街道", "社区", "气费(元)"]
    return text_file(folder / "燃气用量202609.csv", [head, *rows], encoding="gb18030")


def canteen(folder: Path) -> Path:
    cut = [int(one[:15] + "000") if n % 2 else one for n, one in enumerate(IDS)]
    rows = lines(
        [f"2026{n:04d}" for n in range(8)], NAMES, cut, ["高一(1)班", "高一(2)班"] * 4,
        [round(123.4 + n, 2) for n in range(8)], [f"1380000000{n}" for n in range(8)],
        ["低保家庭学生", "无", "脱贫家庭学生", "无"] * 2,
    )  # fmt: skip
    head = ["学号", "学生", "学生身份证号", "班级", "9月消费金额", "家长电话", "困难类型"]
    title = [["第一中学食堂低消费学生"], ["2026-2027学年第一学期", "", "填表人：王老师"]]
    return xlsx(folder / "一中食堂消费名单.xlsx", ("说明", [["请勿外传"]]), ("数据", [*title, head, *rows]))


def funeral_home(folder: Path) -> Path:
    rows = lines(
        [f"2026{n:04d}" for n in range(8)], NAMES, ["男", "女"] * 4, range(60, 68),
        [f"2026.8.{n + 2}" for n in range(8)], NAMES[::-1], [f"1360000000{n}" for n in range(8)], IDS,
    )  # fmt: skip
    head = ["编号", "亡人", "性别", "享年", "火化年月日", "家属", "家属电话", "亡人证件"]
    return xlsx(folder / "殡仪馆8月.xlsx", ("8月", [head, *rows, ["经办人：张三", "", "", "", "", "馆长："]]))


def bus_cards(folder: Path) -> Path:
    """Two levels, the lower one telling what the upper one leaves open; ID numbers with spaces."""
    spaced = [f"{one[:6]} {one[6:14]} {one[14:]}" for one in IDS]
    upper = ["序号", "持卡人信息", "", "", "办卡日期"]
    lower = ["", "持卡人姓名", "持卡人身份证号", "所属乡镇", ""]
    rows = lines(range(1, 9), NAMES, spaced, ["青禾镇", "白塘镇"] * 4, [f"2026/3/{n + 1}" for n in range(8)])
    return xlsx(
        folder / "公交老年卡.xlsx", ("Sheet1", [["老年卡办理名册"], upper, lower, *rows]), merges=["B2:D2"]
    )


def charity(folder: Path) -> Path:
    """No ID numbers; the unit in a row below the header."""
    rows = lines(
        range(1, 9), NAMES, ["女", "男"] * 4, [500, 800] * 4, [f"2026年5月{n + 1}日" for n in range(8)]
    )
    head = ["序号", "受助人姓名", "性别", "捐赠物资折价", "发放时间"]
    return xlsx(folder / "慈善会助困2026年5月.xlsx", ("名单", [head, ["", "", "", "元", ""], *rows]))


def migrants(folder: Path) -> Path:
    """A text file with bars, and a column of births without a heading that says so."""
    births = [f"{one[6:10]}-{one[10:12]}-{one[12:14]}" for one in IDS]
    rows = lines(NAMES, IDS, births, PLACES * 2 + PLACES[:2], ["广东", "浙江"] * 4)
    return text_file(
        folder / "外出务工202610.txt", [["人员", "证件", "生辰", "所在村", "去向"], *rows], separator="|"
    )


def water(folder: Path) -> Path:
    """Masked numbers, columns numbered below the header, subtotals in between."""
    masked = [one[:6] + "********" + one[-4:] for one in IDS]
    rows = lines([f"W{n}" for n in range(8)], NAMES, masked, [3, 0, 2, 1] * 2)
    rows.insert(4, ["小计", "", "", 6])
    numbers = ["1", "2", "3", "4"]
    return xlsx(
        folder / "自来水公司202609.xlsx",
        ("表", [["水表号", "户名称", "户主身份证", "用水吨数"], numbers, *rows]),
    )


# What must come out, by field; `None` stands for columns that nobody may guess.
UNKNOWN = {
    electricity: {"name": "用户姓名", "id": "用户证件号码", None: "本月电量 电费 序号 用电类别"},
    gas: {"name": "用气人", "phone": "联系手机", "township": "街道", "village": "社区", None: "气费(元)"},
    canteen: {"name": "学生", "id": "学生身份证号", None: "9月消费金额 家长电话"},
    funeral_home: {
        "name": "亡人",
        "id": "亡人证件",
        "sex": "性别",
        "cremation_day": "火化年月日",
        None: "家属 家属电话",
    },
    bus_cards: {"name": "持卡人姓名", "id": "持卡人身份证号", "township": "所属乡镇", None: "序号"},
    charity: {"name": "受助人姓名", "sex": "性别", None: "序号 捐赠物资折价"},
    migrants: {"name": "人员", "id": "证件", "birth": "生辰", "village": "所在村"},
    water: {"name": "户名称", "id": "户主身份证", None: "用水吨数"},
}


@cache
def drafted(path: Path, **options: str) -> Draft:
    return draft(path, TEMPLATES, today=TODAY, **options)  # type: ignore[arg-type]


def template_of(made: Draft, folder: Path) -> Template:
    path = folder / "own" / f"{made.key}.yaml"
    write(made, path)
    template, source = read_template(path)
    assert source.faults == [] and template is not None
    return template


def headings(made: Draft) -> dict[str, str]:
    return {one.field: one.heading for one in made.mapped}


@pytest.mark.parametrize("make", UNKNOWN, ids=lambda make: make.__name__)
def test_an_unknown_file_is_drafted_with_the_right_columns(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    made = drafted(make(tmp_path))
    expected = dict(UNKNOWN[make])
    left = set(str(expected.pop(None, "")).split())
    assert {field: headings(made).get(field) for field in expected} == expected
    assert left <= {one.heading for one in made.columns if not one.field}
    assert made.base is None and made.settings["kind"].value == "department"
    assert {"name", "id"} & set(made.required)


@pytest.mark.parametrize("make", UNKNOWN, ids=lambda make: make.__name__)
def test_the_draft_reads_the_file_it_came_from(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    made = drafted(path)
    template = template_of(made, tmp_path)
    reading = open_file(
        path, TEMPLATES | {made.key: template}, source=made.key, period="2026-09", today=TODAY
    )
    outcomes = [row.outcome for row in reading.rows(0)]
    assert outcomes.count("kept") == 8 and outcomes.count("set_aside") == 0
    assert reading.sheets[0].header_row == made.header_row
    read = {field: heading.split("/")[-1] for field, (_, heading, _) in reading.sheets[0].columns.items()}
    assert read == {field: heading.split("/")[-1] for field, heading in headings(made).items()}


@pytest.mark.parametrize("make", UNKNOWN, ids=lambda make: make.__name__)
def test_the_draft_holds_nobody_s_data(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    text = yaml_of(drafted(make(tmp_path)))
    assert not [name for name in NAMES if name in text]
    assert not re.findall(r"\d{7,}", re.sub(r"key: .*", "", text))
    assert "王老师" not in text and "张三" not in text


@settings(max_examples=examples(5, 30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), titles=st.integers(0, 3))
def test_the_order_of_columns_and_lines_above_them_change_nothing(
    tmp_path: Path, order: list[int], titles: int
) -> None:
    columns = [
        NAMES,
        IDS,
        ["青禾镇"] * 8,
        [f"1390000000{n}" for n in range(8)],
        [f"2026-08-{n + 1:02d}" for n in range(8)],
        [3] * 8,
    ]
    head = ["用户", "用户证件", "镇街", "手机号", "停气日", "月数"]
    rows = lines(*(columns[place] for place in order))
    above = [[f"示例区燃气停供名单{n}"] for n in range(titles)]
    path = tmp_path / f"停供{titles}{''.join(map(str, order))}.xlsx"
    made = drafted(xlsx(path, ("a", [*above, [head[place] for place in order], *rows])))
    expected = {"name": "用户", "id": "用户证件", "township": "镇街", "phone": "手机号"}
    assert {field: headings(made).get(field) for field in expected} == expected
    assert made.header_row == titles + 1


def test_every_guess_is_marked_and_the_columns_left_are_listed(tmp_path: Path) -> None:
    text = yaml_of(drafted(gas(tmp_path)))
    assert "# B列 → 姓名　猜测：列名没有见过，内容像姓名，请核对" in text
    assert "# E列 → 村（社区）　确定：" in text
    assert "# 猜测：取自文件名，请核对" in text
    assert re.search(r"# F列“气费\(元\)”：列名没有见过，内容像金额", text)
    assert "例如：" in text and "位数字" in text


def test_the_words_of_a_code_are_listed_so_that_they_can_be_mapped(tmp_path: Path) -> None:
    text = yaml_of(drafted(electricity(tmp_path)))
    assert "有2种写法：居民生活、农业生产" in text


def test_births_are_found_by_the_id_numbers_where_the_heading_does_not_say(tmp_path: Path) -> None:
    (found,) = (one for one in drafted(migrants(tmp_path)).columns if one.field == "birth")
    assert "与身份证号里的出生日期一致" in found.reason and found.confidence == "较有把握"


def test_of_two_days_the_heading_decides(tmp_path: Path) -> None:
    days = [f"2026-08-{n + 1:02d}" for n in range(8)]
    later = [f"2026-08-{n + 3:02d}" for n in range(8)]
    rows = lines(NAMES, IDS, later, days)
    path = xlsx(tmp_path / "殡葬.xlsx", ("a", [["逝者", "证件", "火化日", "死亡日"], *rows]))
    found = headings(drafted(path))
    assert (found["cremation_day"], found["death_day"]) == ("火化日", "死亡日")


def test_sums_are_never_guessed_from_figures_alone(tmp_path: Path) -> None:
    rows = lines(NAMES, IDS, [100.5] * 8, [200.25] * 8, [300] * 8)
    path = xlsx(tmp_path / "某单位.xlsx", ("a", [["姓名", "身份证号", "甲项", "乙项", "丙项"], *rows]))
    made = drafted(path)
    assert {one.heading for one in made.columns if not one.field} == {"甲项", "乙项", "丙项"}


def test_two_columns_of_one_heading_are_not_both_taken(tmp_path: Path) -> None:
    rows = lines(NAMES, IDS, NAMES[::-1])
    made = drafted(xlsx(tmp_path / "a.xlsx", ("a", [["姓名", "身份证号", "姓名"], *rows])))
    third = made.columns[2]
    assert third.field == "" and "与A列的列名相同" in third.reason


def test_columns_of_one_heading_are_told_apart_by_the_heading_above(tmp_path: Path) -> None:
    upper = ["序号", "男方", "", "女方", "", "登记日期"]
    lower = ["", "姓名", "身份证件号", "姓名", "身份证件号", ""]
    rows = lines(range(1, 9), NAMES, IDS, NAMES[::-1], IDS[::-1], [f"2026-09-0{n + 1}" for n in range(8)])
    path = xlsx(tmp_path / "婚姻登记2026年9月.xlsx", ("a", [upper, lower, *rows]), merges=["B1:C1", "D1:E1"])
    made = drafted(path)
    assert headings(made)["name"] == "男方/姓名" and headings(made)["id"] == "男方/身份证件号"
    template = template_of(made, tmp_path)
    reading = open_file(
        path, TEMPLATES | {made.key: template}, source=made.key, period="2026-09", today=TODAY
    )
    kept = [row.record for row in reading.rows(0) if row.record is not None]
    assert [record.persons[0].identity.name for record in kept] == NAMES


def test_the_head_is_who_the_row_is_about_unless_somebody_else_is_named(tmp_path: Path) -> None:
    alone = xlsx(tmp_path / "a.xlsx", ("a", [["户主姓名", "户主身份证号"], *lines(NAMES, IDS)]))
    beside = xlsx(
        tmp_path / "b.xlsx", ("a", [["户主姓名", "姓名", "身份证号"], *lines(NAMES[::-1], NAMES, IDS)])
    )
    assert headings(drafted(alone)) == {"name": "户主姓名", "id": "户主身份证号"}
    assert headings(drafted(beside)) == {"head_name": "户主姓名", "name": "姓名", "id": "身份证号"}


def test_the_holder_is_the_person_where_there_is_no_account(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "用户202609.csv", [["编号", "户名", "开户证件号"], *lines(range(8), NAMES, IDS)]
    )
    guessed = {one.heading: one.field for one in drafted(path).columns}
    assert guessed["户名"] == "name" and guessed["开户证件号"] == "id"


def test_a_short_number_is_no_bank_account_and_a_short_heading_no_more_than_a_guess(tmp_path: Path) -> None:
    rows = lines([f"88009{n:02d}" for n in range(8)], NAMES, IDS, ["2027-05-06"] * 8)
    path = text_file(tmp_path / "公交卡202609.csv", [["卡号", "持卡人", "证件号", "有效期"], *rows])
    found = {one.heading: one for one in drafted(path).columns}
    assert found["卡号"].field == ""
    assert found["有效期"].confidence in ("猜测", "不认识")
    assert drafted(path).required == ("name", "id")


def test_a_file_that_tells_no_persons_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    rows = [["青禾镇", 12, 30], ["白塘镇", 3, 9], ["云岭镇", 5, 11]]
    path = xlsx(tmp_path / "汇总.xlsx", ("汇总", [["各镇低保汇总表"], ["乡镇", "户数", "人数"], *rows]))
    with pytest.raises(AidError) as caught:
        drafted(path)
    assert caught.value.code == "no_person_column"
    assert (
        "“乡镇”、“户数”、“人数”" in caught.value.message
        and "既没有姓名，也没有身份证号" in caught.value.message
    )
    assert (caught.value.sheet, caught.value.row) == ("汇总", 2)


def test_rows_of_data_without_headings_are_not_taken_for_a_header(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "无表头.xlsx", ("a", lines(NAMES, IDS, ["青禾镇"] * 8)))
    with pytest.raises(AidError) as caught:
        drafted(path)
    assert caught.value.code == "no_header" and not any(name in caught.value.message for name in NAMES)


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    first = [["姓名", "身份证号", "户主姓名", "乡镇"], *lines(NAMES, IDS, NAMES, ["青禾镇"] * 8)]
    second = [["学生", "学生证件号码"], *lines(NAMES, IDS)]
    path = xlsx(tmp_path / "a.xlsx", ("甲", first), ("乙", second))
    assert drafted(path).sheet == "甲"
    assert headings(drafted(path, sheet="乙")) == {"name": "学生", "id": "学生证件号码"}


def test_key_and_label_are_as_wanted_and_else_the_same_each_time(tmp_path: Path) -> None:
    path = gas(tmp_path)
    assert drafted(path).key == drafted(path).key
    assert re.fullmatch(r"list_[0-9a-f]{6}", drafted(path).key)
    made = drafted(path, key="gas_users", label="燃气用户")
    assert (made.key, made.label) == ("gas_users", "燃气用户")
    assert yaml_of(made).count("猜测：取自文件名") == 0


def test_where_nothing_can_be_written_the_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("这是文件，不是文件夹", encoding="utf-8")
    with pytest.raises(AidError) as caught:
        write(drafted(gas(tmp_path)), tmp_path / "templates" / "own.yaml")
    assert caught.value.code == "draft_unwritable" and "own.yaml" in caught.value.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["templates", gas(tmp_path).name]


def test_a_draft_is_not_written_over_another_file_unless_told(tmp_path: Path) -> None:
    made = drafted(gas(tmp_path))
    path = tmp_path / "own.yaml"
    path.write_text("我改过的", encoding="utf-8")
    with pytest.raises(AidError) as caught:
        write(made, path)
    assert caught.value.code == "draft_exists" and path.read_text(encoding="utf-8") == "我改过的"
    write(made, path, force=True)
    assert read_template(path)[0] is not None
    assert [one.name for one in tmp_path.glob("*.new")] == []


def keys(written: Sequence[str]) -> set[str]:
    return set(map(heading_key, written))


SAMPLES = [  # the lists of town and country have the same columns: those of the country stand for both
    pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.name.startswith("城市") else ())
    for path in sorted((data_dir("sample_data") / "inputs").iterdir())
]


@pytest.mark.parametrize("path", SAMPLES)
def test_a_file_that_is_read_already_gives_the_fields_of_its_template(tmp_path: Path, path: Path) -> None:
    made = drafted(path)
    assert made.base is not None
    template = template_of(made, tmp_path)
    assert made.key == made.base.key
    assert set(template.fields) >= set(made.base.fields)
    for field, column in made.base.fields.items():
        assert template.fields[field].required == column.required
        assert keys(template.fields[field].headings) >= keys(column.headings)
    own = open_file(path, TEMPLATES | {made.key: template}, source=made.key, period="2026-09", today=TODAY)
    shipped = open_file(path, TEMPLATES, source=made.key, period="2026-09", today=TODAY)
    assert own.sheets[0].header_row == shipped.sheets[0].header_row
    for field in made.base.vocabulary.required:
        assert own.sheets[0].columns[field] == shipped.sheets[0].columns[field]


@pytest.mark.parametrize("path", SAMPLES)
def test_without_its_template_a_sample_file_still_gives_who_it_is_about(path: Path) -> None:
    known = drafted(path).base
    assert known is not None
    others = {key: one for key, one in TEMPLATES.items() if key != known.key}
    made = draft(path, others, today=TODAY)
    reading = open_file(path, TEMPLATES, source=known.key, period="2026-09", today=TODAY)
    for field in {"name", "id"} & set(reading.sheets[0].columns):
        assert headings(made).get(field) == reading.sheets[0].columns[field][1]


def small(path: Path, head: Sequence[str], *columns: Sequence[object]) -> Path:
    return xlsx(path, ("名单", [list(head), *lines(*columns)]))


@pytest.mark.parametrize("number", ["户主ID", "户主身份证", "户主ID号", "户主证件"])
@pytest.mark.parametrize("name", ["户主姓名", "户主"])
def test_a_head_who_is_the_only_person_is_the_one_the_row_is_about(
    tmp_path: Path, number: str, name: str
) -> None:
    path = small(tmp_path / "燃水费202609.xlsx", [name, number, "水费吨数"], NAMES, IDS, [3, 0, 2, 1] * 2)
    made = drafted(path)
    assert headings(made) == {"name": name, "id": number}
    assert (made.settings["unit"].value, made.settings["role"].value) == ("household", "head")
    assert {"name", "id"} <= set(made.required)


@pytest.mark.parametrize("number", ["户主ID", "户主身份证"])
def test_a_head_beside_the_person_of_the_row_stays_the_head(tmp_path: Path, number: str) -> None:
    head = ["户主姓名", number, "姓名", "身份证号", "水费吨数"]
    path = small(tmp_path / "燃水费202609.xlsx", head, NAMES[::-1], IDS[::-1], NAMES, IDS, [3, 0, 2, 1] * 2)
    made = drafted(path)
    assert headings(made) == {
        "head_name": "户主姓名",
        "head_id": number,
        "name": "姓名",
        "id": "身份证号",
    }
    assert made.settings["unit"].value == "person"


def test_a_second_number_beside_a_heads_is_asked_about(tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "户主ID", "水费吨数"]
    made = drafted(small(tmp_path / "燃水费202609.xlsx", head, NAMES, IDS, IDS, [3, 0, 2, 1] * 2))
    (left,) = (one for one in made.columns if one.heading == "户主ID")
    assert left.field == "" and "已有“身份证号”一列，请核对用哪一列" in left.reason


def test_persons_are_no_business_and_no_account_because_a_heading_sounds_like_it(tmp_path: Path) -> None:
    head = ["客户编号", "商户称谓", "证件号码"]
    codes = [f"GX{n}" for n in range(8)]
    made = drafted(small(tmp_path / "a202609.xlsx", head, codes, NAMES, IDS))
    assert headings(made) == {"name": "商户称谓", "id": "证件号码"}


def test_the_draft_says_which_template_is_nearest_and_what_it_lacks(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "失业原因", "失业保险金起止月"]
    made = drafted(small(tmp_path / "待业人员202609.xlsx", head, NAMES, IDS, ["裁员"] * 8, ["2026-01"] * 8))
    assert made.near is not None and made.near.template.key == "registered_unemployed"
    text = yaml_of(made).replace("\n# 　", "")
    assert (
        "# 最接近的现有模板：登记失业人员名单（registered_unemployed），只是缺少它必须有的列“失业登记日期”"
        in text
    )
    assert "aidcli sources new 文件 --like registered_unemployed" in text
    template_of(made, tmp_path)


LIKE = "social_insurance"


def _like(tmp_path: Path, heading: str, *cells: str) -> Draft:
    head = ["姓名", "身份证号", "险种类型", heading]
    path = small(tmp_path / "某表202609.xlsx", head, NAMES, IDS, ["失业保险"] * 8, list(cells) * 4)
    return draft(path, TEMPLATES, like=TEMPLATES[LIKE], today=TODAY)


def test_a_draft_of_a_named_template_asks_for_the_column_that_is_lacking(tmp_path: Path) -> None:
    made = _like(tmp_path, "完结标记", "已清", "未清")
    assert (made.key, made.label, made.lacking) == (LIKE, TEMPLATES[LIKE].label, ("insured_state",))
    text = yaml_of(made)
    assert "缺：参保状态 ← 哪一列？" in text and "D列“完结标记”" in text
    template = template_of(made, tmp_path)
    assert template.fields["insured_state"].required and template.file_names == TEMPLATES[LIKE].file_names
    assert "完结标记" not in template.fields["insured_state"].headings  # nobody has said so yet


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("缴费状态", ("正常缴费", "停缴")),
        ("费款所属期", ("202608", "202609")),
        ("缴费年月", ("2026-08", "2026-09")),
    ],
)
def test_nothing_is_asked_for_where_the_column_is_there(
    heading: str, cells: tuple[str, ...], tmp_path: Path
) -> None:
    assert _like(tmp_path, heading, *cells).lacking == ()


def test_without_a_named_template_nothing_counts_as_lacking(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "险种类型", "完结标记"]
    made = drafted(
        small(tmp_path / "某表202609.xlsx", head, NAMES, IDS, ["失业保险"] * 8, ["已清", "未清"] * 4)
    )
    assert made.key != LIKE and made.lacking == () and "缺：" not in yaml_of(made)


@pytest.mark.parametrize(
    ("heading", "pointless"), [("掌上明珠", True), ("死亡日期", False), ("残疾类别", False)]
)
def test_a_draft_that_tells_nothing_but_who_is_there_is_warned_of(
    heading: str, pointless: bool, tmp_path: Path
) -> None:
    column = {"死亡日期": ["2026-09-01"] * 8, "残疾类别": ["肢体", "视力"] * 4}.get(heading, IDS)
    made = drafted(small(tmp_path / "某表202609.xlsx", ["姓名", "身份证号", heading], NAMES, IDS, column))
    path = tmp_path / "own.yaml"
    path.write_text(yaml_of(made), encoding="utf-8")
    (found,) = check([path], TEMPLATES)
    assert (POINTLESS in [said.message for said in found.warnings]) is pointless


def test_nothing_is_nearest_to_what_any_list_of_people_has(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "联系电话", "掌上明珠"]
    made = drafted(
        small(tmp_path / "a202609.xlsx", head, NAMES, IDS, [f"1390000000{n}" for n in range(8)], IDS)
    )
    assert made.near is None and "最接近" not in yaml_of(made)
