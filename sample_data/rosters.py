"""Writes the rosters as the provincial system exports them, a household and a person file each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from . import words
from .district import District, Household, in_order
from .ledger import Ledger
from .people import Person
from .tables import Cell, Place, Table, headings, yuan

_REGION = "所属省级 所属市级 所属区县 所属街道 所属社区"
_BANK = "开户银行 银行账户名称 银行帐号"
_HOUSING = "拥有产权住房套数 住房总面积（平方米） 金融资产总额（元） 其他家庭财产情况"
_PERSON = """
    姓名 身份证号 户主身份证号 与户主关系 性别 出生日期 年龄 民族 婚姻状况 文化程度 政治面貌 就业状况
    年收入（元） 是否残疾人 残疾证号 残疾类别 残疾等级 患病病种
"""
_AT_WORK = "在读学校名称 在读学校性质 在读学校入学时间 在职单位名称 在职单位性质 在职单位地点 备注"
DIBAO_HOUSEHOLDS = headings(f"""
    户主姓名 户主身份证号 家庭人口数 保障人口数 家庭年总收入（元） 家庭年均收入（元） 户月保障金额（元）
    家庭分类施保总额（元） 人员分类施保总额（元） 合计（元） 联系电话 家庭住址 {_REGION} 低保（特困）证号
    最初享受月份 申请原因 救助金计算方式 分档类型 {_BANK} 一卡通账号 {_HOUSING} 家庭成员姓名 家庭成员身份证号
""")
DIBAO_PERSONS = headings(f"""
    {_PERSON} 劳动能力 健康状况 参保类型 最初享受月份 是否建档立卡扶贫对象 {_BANK} 一卡通账户 救助类型
    户月保障金额（元） 家庭分类施保金额（元） 合计分类施保金额（元） 救助金计算方式 分档类型 合计（元）
    {_AT_WORK} {_REGION} 家庭地址 低保（特困）证号
""")
TEKUN_HOUSEHOLDS = headings(f"""
    户主姓名 户主身份证号 家庭人口数 特困人员数 供养方式 户籍类型 基本生活总费用（元） 照料护理总费用（元）
    家庭分类施保总额（元） 人员分类施保总额（元） 合计（元） 低保（特困）证号 联系电话 户籍住址 {_REGION}
    最初享受月份 {_BANK} 一卡通账号 电表号 {_HOUSING} 家庭成员姓名 家庭成员身份证号
""")
TEKUN_PERSONS = headings(f"""
    {_PERSON} 生活自理能力 照料人姓名 照料人身份证号 健康状况 参保类型 最初享受月份 是否建档立卡扶贫对象
    供养方式 供养机构 户籍类型 {_BANK} 一卡通账户 救助类型 基本生活标准（元） 照料护理费用（元）
    家庭分类施保金额（元） 合计分类施保金额（元） 合计（元） {_AT_WORK} {_REGION} 户籍地址 低保（特困）证号
""")
T = TypeVar("T")


def write_rosters(folder: Path, district: District, ledger: Ledger) -> None:
    """The three pairs; households in the order of township and village."""
    for kind, label, day in (("rural", "农村", date(2026, 10, 8)), ("urban", "城市", date(2026, 9, 8))):
        _write_dibao(folder, district, ledger, kind, label, day)
    _write_tekun(folder, district, ledger)


def pick(options: Sequence[T], person: Person, salt: int) -> T:
    """A trait of this person that stays the same wherever it is printed."""
    return options[(person.key * 2654435761 + salt * 40503) % 2**32 // 7 % len(options)]


def _region(district: District, home: Household) -> list[Cell]:
    return [words.PROVINCE, words.CITY, words.DISTRICT, *district.place_name(home)]


def _property(home: Household) -> list[Cell]:
    head = home.head
    return [
        pick((1, 1, 1, 0), head, 1),
        pick((60, 75.5, 88, 96), head, 2),
        pick((0, 1200, 3500, 8600), head, 3),
        None,
    ]


def _member_cells(home: Household) -> list[Cell]:
    """家庭成员姓名, 家庭成员身份证号: several in one cell; some offices list the head among them."""
    people = (
        [home.head, *(who for who, _ in home.members)]
        if home.head_listed
        else [who for who, _ in home.members]
    )
    return ["；".join(who.name for who in people) or None, "；".join(who.id_number for who in people) or None]


def _note_household(ledger: Ledger, home: Household, place: Place) -> None:
    ledger.row(place)
    ledger.mention(home.head, place, "head")
    for ordinal, (member, _) in enumerate(home.members):
        ledger.mention(member, place, "member", ordinal)


def _person_cells(home: Household, person: Person, relation: str, day: date) -> list[Cell]:
    """The columns that every 人员 sheet begins with."""
    disabled = person.disability if person.card == "正常" else None
    age = person.age_on(day)
    couple = any(word == "配偶" for _, word in home.members)
    married = (
        "有配偶" if couple and relation in ("户主", "配偶") else pick(("丧偶", "未婚", "离婚"), person, 4)
    )
    return [
        *(person.name, person.id_number, home.head.id_number, relation, "男" if person.male else "女"),
        *(person.birth.isoformat(), age, "维吾尔族" if "·" in person.name else "汉族"),
        married if age > 22 else "未婚",
        pick(words.SCHOOLING, person, 5) if age > 22 else "小学" if age < 13 else "初级中学教育",
        "群众",
        "在校学生" if 6 < age < 19 else pick(("无业", "灵活就业", "务农", "无工作"), person, 6),
        pick((0, 0, 1200, 3600, 6000), person, 7) if age >= 19 else 0,
        "是" if disabled else "否",
        person.card_number if disabled else None,
        f"{words.CATEGORIES[disabled[0] - 1]}残疾" if disabled else None,
        f"{words.GRADES[disabled[1] - 1]}级" if disabled else None,
        pick((None, None, *words.ILLNESSES), person, 8) if age >= 45 else None,
    ]


def _health(person: Person) -> str:
    return "残疾" if person.disability and person.card == "正常" else pick(words.HEALTH, person, 11)


def _at_work(person: Person, day: date) -> list[Cell]:
    school = "示例区实验学校" if 6 < person.age_on(day) < 16 else None
    return [school, "公办" if school else None, None, None, None, None, None]


def _write_dibao(folder: Path, district: District, ledger: Ledger, kind: str, label: str, day: date) -> None:
    homes = Table(folder, f"{label}低保家庭查询_{day:%Y%m%d}.xlsx", DIBAO_HOUSEHOLDS)
    persons = Table(folder, f"{label}低保人员查询_{day:%Y%m%d}.xlsx", DIBAO_PERSONS)
    for home in in_order(district.households[kind]):
        region, income = _region(district, home), home.income * len(home.covered()) * 12
        bank: list[Cell] = [words.BANK, home.holder, home.account, None]
        place = homes.append(
            [
                *(home.head.name, home.head.id_number, home.size, len(home.covered())),
                *(yuan(income), yuan(income // home.size)),
                *(yuan(home.base), yuan(home.family_extra), yuan(home.person_extra), yuan(home.total)),
                *(home.head.phone, home.address, *region, home.case, home.since),
                *(
                    pick(words.REASONS, home.head, 9),
                    "差额救助",
                    None,
                    *bank,
                    *_property(home),
                    *_member_cells(home),
                ),
            ]
        )
        _note_household(ledger, home, place)
        for person, relation in home.covered():
            able = (
                "无劳动能力"
                if person.age_on(day) >= 60
                else pick(("有劳动能力", "部分丧失劳动能力"), person, 10)
            )
            place = persons.append(
                [
                    *(*_person_cells(home, person, relation, day), able, _health(person)),
                    *("城乡居民医保", home.since, pick(("否", "是"), person, 12), *bank, f"{label}低保"),
                    *(yuan(home.base), yuan(home.family_extra), yuan(home.family_extra + home.person_extra)),
                    *(
                        "差额救助",
                        None,
                        yuan(home.total),
                        *_at_work(person, day),
                        *region,
                        home.address,
                        home.case,
                    ),
                ]
            )
            ledger.row(place)
            ledger.mention(person, place, "head" if person is home.head else "member")
    homes.close()
    persons.close()


def _write_tekun(folder: Path, district: District, ledger: Ledger) -> None:
    day = date(2026, 10, 8)
    homes = Table(folder, "特困人员家庭查询_20261008.xls", TEKUN_HOUSEHOLDS)
    persons = Table(folder, "特困人员人员查询_20261008.xls", TEKUN_PERSONS)
    for home in in_order(district.households["tekun"]):
        region, head, carer = _region(district, home), home.head, home.carer
        mode = "集中供养" if home.mode == "institution" else "分散供养"
        hukou = "城市" if home.urban else "农村"
        bank: list[Cell] = [words.BANK, home.holder, home.account, None]
        place = homes.append(
            [
                *(head.name, head.id_number, 1, 1, mode, hukou, yuan(home.base), yuan(home.care), 0, 0),
                *(yuan(home.total), home.case, head.phone, home.address, *region, home.since),
                *(*bank, f"{home.case[-8:]}0", *_property(home), *_member_cells(home)),
            ]
        )
        _note_household(ledger, home, place)
        institution = None if home.institution is None else words.INSTITUTIONS[home.institution][0]
        place = persons.append(
            [
                *(*_person_cells(home, head, "户主", day), words.CARE_GRADES[home.grade]),
                *(carer.name if carer else None, carer.id_number if carer else None),
                *(_health(head), "城乡居民医保", home.since, pick(("否", "是"), head, 12)),
                *(mode, institution, hukou, *bank, "特困人员", yuan(home.base), yuan(home.care), 0, 0),
                *(yuan(home.total), *_at_work(head, day), *region, home.address, home.case),
            ]
        )
        ledger.row(place)
        ledger.mention(head, place, "head")
        if carer is not None:
            ledger.mention(carer, place, "carer")
    homes.close()
    persons.close()
