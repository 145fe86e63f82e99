"""What a remark says of the person of its row: of whom a word is said tells, not that the word stands there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.intake.rows.leavers.leaving import Whose, may_speak, says_over, verdict

HEAD = Whose("陈德明", frozenset(("李四海",)), True, "dibao")
MEMBER = Whose("王小", frozenset(("陈德明",)), False, "dibao")
CARED_FOR = Whose("周王氏", frozenset(), True, "tekun")
CHILD = Whose("孙小兵", frozenset(("赵大",)), True, "orphan")
ELDER = Whose("孙大兵", frozenset(), True, "old_age_allowance")
VETERAN = Whose("孙大兵", frozenset(), True, "veteran_care")
LISTED = Whose("孙大兵")

OVER = {
    HEAD: """
        户主8月死亡，9月起停发|陈德明8月病故|已故|停保|亡|2026.8.3亡|8月亡|非正常死亡|不幸去世|经核实已死亡|死亡注销
        本人于8月3日在医院病故，妻子代领|父亲死亡，9月起停发|不再享受|不再符合条件|自愿退出|清退|退出低保|低保退出
        因儿子有车停发|子女收入超标停发|儿子名下有轿车，取消低保|已取消低保资格|领取养老金停保|因享受高龄津贴停发
        户口迁出本镇|整户迁出|注销户口|户口已注销|转特困停发低保|本户9月起终止|户主 8月 死亡
    """,
    MEMBER: "2026年7月死亡|王小8月去世|死亡停发",
    CARED_FOR: "2026年8月死亡|因病去世（8月15日）|退出特困",
    CHILD: "9月年满18周岁停发|8月去世|已被收养，停发",
    ELDER: "死亡停发|已于8月逝世",
    LISTED: "8月已退出|死亡，待遇停发",
}
NOTHING = {
    HEAD: """
        其父死亡|丧偶|配偶去世|妻子8月病故|儿媳去世|李四海8月死亡|原户主死亡|监护人去世，变更监护人|儿子户口迁出|户主变更为其妻
        停车|停产待业|退休|退役军人|退耕还林|脱贫不稳定|名下车辆已注销|营业执照已注销|注销营业执照|公司注销|银行卡注销，换新卡
        医保停保|养老金停发|取消分类施保|本月新增|换卡|转为A类|房屋拆迁|长期住院|事故致残|清明|注意核对账号
        未停发|没有死亡|取消停发|停发恢复|7月停发，9月恢复|2023年停保，2025年重新纳入|曾停保|疑似死亡，经核查健在
    """,
    MEMBER: "户主死亡|其夫去世|陈德明8月死亡",
    CARED_FOR: "转集中供养|迁出敬老院|退出集中供养改分散|退出低保转特困",
    CHILD: "父母双亡|父亲死亡、母亲失踪|父亡母嫁|父亲2019年因病去世，母亲改嫁|其父服刑，其母去世|孤儿（父亲病故）|赵大去世",
    ELDER: "低保停发|老伴去世",
    VETERAN: "病故军人遗属|已故参战人员之妻",
}
DOUBT = {
    HEAD: """
        拟停发|疑似死亡|建议清退|暂停发放|是否死亡待核|减员1人|1人死亡|家庭成员死亡|户主死亡变更户主|父亲患病，8月去世|死亡（配偶）
    """
}


def _cases(table: dict[Whose, str]) -> list[tuple[Whose, str]]:
    return [
        (whose, raw.strip())
        for whose, listed in table.items()
        for line in listed.strip().split("\n")
        for raw in line.split("|")
    ]


def _split(table: dict[Whose, str]) -> list[tuple[Whose, str]]:
    return [(whose, raw) for whose, raw in _cases(table) if raw]


@pytest.mark.parametrize(("whose", "raw"), _split(OVER))
def test_it_is_over_with_the_person_of_the_row(whose: Whose, raw: str) -> None:
    assert verdict(raw, whose) == "over"
    assert may_speak(raw)


@pytest.mark.parametrize(("whose", "raw"), _split(NOTHING))
def test_what_is_said_of_others_or_of_things_ends_nobody(whose: Whose, raw: str) -> None:
    assert verdict(raw, whose) == ""


@pytest.mark.parametrize(("whose", "raw"), _split(DOUBT))
def test_what_is_planned_or_of_somebody_unnamed_is_in_doubt(whose: Whose, raw: str) -> None:
    assert verdict(raw, whose) == "doubt"
    assert may_speak(raw)


def test_the_same_words_are_somebody_elses_on_another_roster() -> None:
    assert verdict("低保停发", HEAD) == "over"
    assert verdict("低保停发", ELDER) == ""


@pytest.mark.parametrize(
    "raw",
    [
        "逝世",
        "于8月离世",
        "病亡",
        "身故",
        "火化",
        "停供",
        "退保",
        "清除",
        "清出",
        "取消",
        "销户",
        "转出",
        "不再享受",
        "核减",
        "移出",
        "出册",
        "领取期满",
        "暂缓",
        "Ｔ停发",
    ],
)
def test_in_a_column_of_states_every_word_of_leaving_is_a_sign(raw: str) -> None:
    assert says_over(raw)


@pytest.mark.parametrize("raw", ["", "在保", "正常", "新增", "停车", "退休", "退役军人", "提标", "享受"])
def test_a_state_that_goes_on_is_no_sign(raw: str) -> None:
    assert not says_over(raw)


_WORDS = st.sampled_from(
    [
        *"，。；（）、 \n1289父母妻子户主本人其已未拟因",
        "8月",
        "死亡",
        "停发",
        "退出",
        "注销",
        "去世",
        "取消",
        "户口",
        "车辆",
        "恢复",
        "低保",
        "迁出",
        "亡",
        "期满",
    ]
)


@given(st.lists(_WORDS, max_size=12).map("".join), st.sampled_from((HEAD, MEMBER, CHILD, LISTED)))
def test_the_quick_look_misses_nothing(raw: str, whose: Whose) -> None:
    """Rows are read by columns where the quick look finds nothing."""
    assert may_speak(raw) or verdict(raw, whose) == ""


@given(st.lists(_WORDS, max_size=12).map("".join), st.sampled_from((HEAD, MEMBER, CHILD, LISTED)))
def test_what_a_sentence_says_is_a_sign_in_a_column_of_states(raw: str, whose: Whose) -> None:
    assert says_over(raw) or verdict(raw, whose) == ""
