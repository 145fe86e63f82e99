"""The lines of a drafted template above its fields, guessed from the file's name, titles and columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import canon, terms
from ..headers.headings import heading_key
from ..templates import Template
from .guessing import Guess

_PERIOD = re.compile(
    r"(?:19|20)\d{2}(?:年度?|[-_./])?(?:第?[一二三四1-4]季度|Q[1-4]|(?:上|下)半年|\d{1,2}月?(?:份)?"
    r"(?:[-_./至到—~]+(?:20\d{2}年?)?\d{1,4}月?(?:份|日)?)?(?:\d{1,2}日?)?)?|\d{1,2}月份?|[\d０-９]{3,}"
)
_EDGES = re.compile(r"^[\s\-_.·、，,()（）【】\[\]]+|[\s\-_.·、，,（(【\[]+$|[(（【\[]\s*[)）】\]]")
_MONEY_WORDS = re.compile(r"回盘|代发|支付结果|处理结果|拨付|清算")
_ROSTER_WORDS = re.compile(r"花名册|名册|家庭查询|人员查询|发放表|发放明细|保障|救助供养|大排榜")
_ROSTER_HEADINGS = re.compile(r"保障人口|保障人数|保障金|与户主关系|分类施保|供养方式|低保证|救助证号")
_CHANGES = re.compile(
    r"死亡|火化|注销|新增|减少|变动|增减|停发|退出|迁|结算|回盘|缴费|缴纳|登记|办理|受理|婚姻|消费|发放|支付|拨付|资助|帮扶|救助"
)
_WHOLE = re.compile(r"花名册|名册|全部|所有|在册|在院|持证|存量|截至|基础信息|在校|在读|台账|总表|家庭")
# Words of a department: the first of these labels that `terms.DEPARTMENTS` has is taken.
_DEPARTMENTS: tuple[tuple[str, str], ...] = (
    ("残联", r"残联|残疾|持证"),
    ("医保", r"医保|医疗保险|结算|参保"),
    ("卫健", r"卫健|卫生|医院|病种|死亡医学|重大疾病|慢病|疾控"),
    ("人社", r"人社|就业|失业|社保|养老金|养老保险|退休|工伤"),
    ("殡葬", r"殡|火化|火葬|公墓|骨灰"),
    ("公安", r"公安|户籍|派出所|注销户口|死亡注销|迁出"),
    ("教育", r"教育|学校|学生|食堂|小学|中学|高中|学籍|助学|幼儿园"),
    ("应急", r"应急|受灾|灾害|冬春"),
    ("住建", r"住建|危房|公租房|廉租|住房保障|租赁补贴"),
    ("自然资源", r"不动产|房产|自然资源|宅基地"),
    ("不动产", r"不动产|房产"),
    ("市场监管", r"市场主体|工商|营业执照|企业名称|个体"),
    ("交警", r"机动车|车管|驾驶|号牌|车辆"),
    ("车管", r"机动车|车管|号牌|车辆"),
    ("税务", r"税"),
    ("公积金", r"公积金"),
    ("司法", r"服刑|戒毒|监狱|社区矫正|司法"),
    ("财政", r"财政|一卡通|惠民惠农"),
    ("农业农村", r"防返贫|脱贫|乡村振兴|扶贫|耕地|农业|粮补|农机"),
    ("乡村振兴", r"防返贫|脱贫|乡村振兴|扶贫"),
    ("退役军人", r"优抚|退役|烈士|伤残军人"),
    ("工会", r"工会|困难职工"),
    ("妇联", r"妇联|两癌"),
    ("团委", r"团委|共青团|希望工程"),
    ("红十字", r"红十字"),
    ("慈善", r"慈善|捐赠|捐助"),
    ("银行", r"银行|回盘|代发"),
    ("供电", r"供电|电力|用电|电费|电量|电表"),
    ("供水", r"供水|用水|水费|自来水"),
    ("燃气", r"燃气|天然气|用气|气费"),
    ("公用事业", r"电力|用电|电费|燃气|天然气|供水|水费"),
    ("民政", r"民政|婚姻|低保|特困|临时救助|养老机构|敬老院|高龄|孤儿|救助站|社会组织|收养"),
)
# Departments that their columns give away; a column 是否低保 or 残疾证号 may stand in anybody's list.
_BY_COLUMNS = ("教育", "医保", "卫健", "不动产", "市场监管", "车管", "税务", "公积金")
_RESIDENCES = {"农村": "rural", "农保": "rural", "城市": "urban", "城镇": "urban", "城保": "urban"}
_DEATHS = (
    ("cremation", r"火化|殡|火葬"),
    ("medical_certificate", r"医学证明|死亡证明|卫健|医院|死因"),
    ("hukou_cancelled", r"公安|注销|户籍|户口|派出所"),
)


class Setting(NamedTuple):
    """A line of the template: its value, and why it was taken; '' for `why` where nothing is guessed."""

    value: str
    why: str = ""


def kind_of(told: str, headings: Sequence[str]) -> str:
    """Which kind of file it is; a roster only where both its words and its columns say so."""
    words = " ".join(headings)
    if _MONEY_WORDS.search(told) and re.search(r"账号|卡号|户名", words):
        return "money"
    if programme_in(told) and _ROSTER_WORDS.search(told) and _ROSTER_HEADINGS.search(words):
        return "roster"
    return "department"


def settings_for(
    stem: str,
    told: str,
    kind: str,
    guesses: Sequence[Guess],
    base: Template | None,
    key: str = "",
    label: str = "",
) -> dict[str, Setting]:
    """The settings of a draft in the order of a template; `key` and `label` as the clerk wants them."""
    fields = {one.field for one in guesses if one.field}
    if base is not None:
        return _of_base(base, key, label)
    name = plain_name(stem)
    made = {
        "key": Setting(key)
        if key
        else Setting(_key(guesses), "自动取的代号，可改成好认的小写英文；导入过以后不能再改"),
        "label": Setting(label) if label else Setting(name, "取自文件名"),
        "department": _department(told, [one.heading for one in guesses]),
        "kind": Setting(kind, _KINDS[kind]),
    }
    if kind == "roster":
        made["programme"] = Setting(programme_in(told), "按文件名和标题里的词")
        residence = residence_in(told)
        if residence:
            made["residence"] = Setting(residence, "按文件名和标题里的词")
    made |= _shape(told, kind, fields, guesses)
    death = fields & {"death_day", "cremation_day"}
    if death:
        made["fact_code"] = _death(told, fields)
    pattern = name if len(name) >= 2 else ""
    if pattern:
        made["file_names"] = Setting(f"*{pattern}*", "文件名里有这些字时优先认作这种表，可以写短些")
    return made


def programme_in(told: str) -> str:
    """The programme that a text names, the longest label first: 低保边缘 before 低保."""
    labels = [
        (label, key) for table in (terms.SHORT_PROGRAMMES, terms.PROGRAMMES) for key, label in table.items()
    ]
    labels += [("五保", "tekun"), ("低边", "dibao_margin")]
    labels.sort(key=lambda item: -len(item[0]))
    return next((key for label, key in labels if label in told), "")


def residence_in(told: str) -> str:
    found = {key for word, key in _RESIDENCES.items() if word in told}
    return found.pop() if len(found) == 1 else ""


def plain_name(stem: str) -> str:
    """A file's name without years, months, long numbers and brackets at its edges."""
    name = _PERIOD.sub("", unicodedata.normalize("NFKC", stem))
    for _ in range(3):
        name = _EDGES.sub("", name)
    name = re.sub(r"[*?\[\]\"'\\:#]", "", "".join(name.split()))
    return name[:24] or "未命名名单"


_KINDS = {
    "roster": "是救助名册，会据此排发放",
    "department": "是部门名单，用来核对，不据此发钱",
    "money": "是发放或回盘的明细",
}


def _key(guesses: Sequence[Guess]) -> str:
    words = "|".join(heading_key(one.heading) for one in guesses)
    return "list_" + canon.sha256_text(words)[:6]


def _of_base(base: Template, key: str, label: str) -> dict[str, Setting]:
    same = "沿用现有的模板"
    told: dict[str, Setting] = {
        "key": Setting(key) if key else Setting(base.key, same),
        "label": Setting(label) if label else Setting(base.label, same),
    }
    for name in ("department", "kind", "programme", "residence", "unit"):
        value = getattr(base, name)
        if value:
            told[name] = Setting(value, same)
    if base.grouped:
        told["grouped"] = Setting("true", same)
    for name in ("cycle", "coverage", "role", "row_key", "fact_code"):
        value = getattr(base, name)
        if value:
            told[name] = Setting(value, same)
    if base.file_names:
        told["file_names"] = Setting("|".join(base.file_names), same)
    return told


def _department(told: str, headings: Sequence[str]) -> Setting:
    labels = {label: key for key, label in terms.DEPARTMENTS.items()}
    for label, key in labels.items():
        if label in told:
            return Setting(key, f"文件名和标题里有“{label}”")
    for place, text, words in (
        ("文件名和标题", told, _DEPARTMENTS),
        ("列名", " ".join(headings), [item for item in _DEPARTMENTS if item[0] in _BY_COLUMNS]),
    ):
        for word, pattern in words:
            found = re.search(pattern, text)
            key = next((key for label, key in labels.items() if word in label or label in word), "")
            if found and key:
                return Setting(key, f"{place}里有“{found.group()}”")
    other = next((key for label, key in labels.items() if "其他" in label), "civil_affairs")
    return Setting(other, "看不出是哪个部门，没有合适的就这样")


def _shape(told: str, kind: str, fields: set[str], guesses: Sequence[Guess]) -> dict[str, Setting]:
    """Unit, cycle, coverage and role."""
    own = next((one.heading for one in guesses if one.field in ("name", "id")), "")
    household = "户主" in own and "relation" not in fields
    unit = Setting("household", "按户主一户一行") if household else Setting("person", "一人一行")
    cycle = Setting("month", "没有写季度、年度，按每月一份")
    for word, pattern in (("year", r"年度|学年|全年"), ("quarter", r"季度|季报|Q[1-4]")):
        if found := re.search(pattern, told):
            cycle = Setting(word, f"名称里有“{found.group()}”")
    changes, whole = _CHANGES.search(told), _WHOLE.search(told)
    if kind == "roster" or (whole and not changes) or not changes:
        coverage = Setting("full", "按全部人员的名单，不在上面的就是已退出")
    else:
        coverage = Setting("change", f"名称里有“{changes.group()}”，按只含新发生的情况")
    role = "account_holder" if kind == "money" else "head" if household else "subject"
    if kind == "roster" and not household:
        role = "member"
    return {
        "unit": unit,
        "cycle": cycle,
        "coverage": coverage,
        "role": Setting(role, "行里写的人是" + terms.ROLES[role]),
    }


def _death(told: str, fields: set[str]) -> Setting:
    for code, pattern in _DEATHS:
        found = re.search(pattern, told)
        if found and code in terms.DEATH_SOURCES:
            return Setting(code, f"名称里有“{found.group()}”")
    if "cremation_day" in fields:
        return Setting("cremation", "有火化日期一列")
    return Setting("hukou_cancelled", "看不出死亡日期是谁登记的")


def options(name: str) -> Mapping[str, str]:
    """What may be written in a setting, with its label; empty where anything may."""
    return {
        "department": terms.DEPARTMENTS,
        "kind": {"roster": "救助名册", "department": "部门名单", "money": "发放、回盘"},
        "programme": terms.SHORT_PROGRAMMES,
        "residence": terms.RESIDENCES,
        "unit": {"household": "一户一行", "person": "一人一行"},
        "cycle": {"month": "每月", "quarter": "每季", "year": "每年"},
        "coverage": {"full": "全部人员", "change": "只有变动"},
        "role": terms.ROLES,
        "fact_code": terms.DEATH_SOURCES,
    }.get(name, {})
