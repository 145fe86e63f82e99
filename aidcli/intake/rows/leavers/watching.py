"""Which columns of a sheet may say that somebody has left, though no field is read from them, and how they say it."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import date
from typing import Literal, NamedTuple

from ....months import months_of
from ...coercion import dates, quantities
from ...coercion.cells import CellError, NumberText, is_empty, yes_no
from ...fields import FIELDS
from ...headers.plan import SheetPlanned
from ...headers.wording import bare_key, heading_key
from ...templates import Template
from . import standing
from .leaving import Verdict, Whose, may_speak, moved, says_death, says_over, verdict

Kind = Literal["remark", "state", "reason", "yes", "no", "death", "until", "last", "any", "read"]
# "read" says nothing of leaving that is not said elsewhere, but perhaps of a death.

_REMARK = re.compile(
    r"备注|备考|附注|\A(?:注|说明|情况|其他|其它|附记)\Z|情况说明|动态管理|"
    r"(?:变动|变更|异动|动态|增减|人员|其他|其它|有关|特殊|核查|复核|本月|当月|发放)说明|(?:变动|变更|异动|动态|增减)(?:情况|事由)"
)
_NO_REMARK = re.compile(
    r"困难|致贫|致困|健康|身体|收入|残疾|房|车|学|就业|财产|病|账|卡|申请|监护|父|母|家庭情况"
)
_STATE = re.compile(r"状态|变动|异动|停[保发]情况")
_OTHER_STATE = re.compile(
    r"就业|失业|婚姻|健康|身体|身心|工作|劳动|车|房|学|账|卡|证|发放方式|残疾|教育|在校|文化"
)
# 父亲死亡时间, 父母是否健在, 监护人状态: a column about somebody else ends nobody.
_OF_ANOTHER = re.compile(
    r"父|母|双亲|监护|抚养|赡养|扶养|配偶|丈夫|妻子|子女|照[料护]人|护理人|家属|亲属|代领|代管|开户"
)
_REASON = re.compile(
    r"(?:停保|停发|退出|退保|清退|注销|终止|取消|死亡|减员|减少)(?:的?原因|类型|事由|情况|说明)"
)
_DEATH = re.compile(r"(?:死亡|去世|亡故|病故)(?:日期|时间|年月)")
# Lists on which a day of death is most likely that of the parents, of the soldier, or of whoever is named as the dead.
_OF_THOSE_LEFT = frozenset(("orphan", "unattended_child", "veteran_care"))
_THE_DEAD = re.compile(r"死者|逝者|亡者|亡故人|死亡人|已故|烈士|牺牲")
# 停发月份 is the first month without, 享受截止月份 the last one with.
_UNTIL = re.compile(
    r"(?:享受|待遇|发放|保障|救助|供养|补贴|津贴|低保|特困)*(?P<said>停发|停保|停止|退出|退保|清退|取消|注销|终止|截止)"
    r"(?:发放|享受|救助|保障|待遇|供养)?(?:时间|日期|月份?|年月)"
)
_DEAD_IF_YES = re.compile(r"是否已?(?:经)?(?:死亡|去世|亡故|病故|身故)")
_DEAD_IF_NO = re.compile(r"是否(?:健在|在世|存活)")
# 有效期至, 认定有效期, 到期月份: what was recognised holds until then.
_VALID = re.compile(
    r"(?:认定|资格|保障|救助|享受|待遇|名单|有效)*(?:有效期|期限|到期|截止)(?:[至止限]|截止|届满)*(?:日期?|时间|月份?|年月)?"
)
_A_MONTH = re.compile(r"(20\d\d)[年./-](\d{1,2})(?!\d)")
_BARE_MONTH = re.compile(r"(1[0-2]|0?[1-9])月(?:份|起|份起|\d{1,2}[日号])?")
_OVER_IF_YES = re.compile(r"是否已?(?:停[发保用]?|退出|退保|清退|取消|终止|注销|死亡|去世|迁出)")
# 是否享受护理补贴, 是否享受低保 ask about one benefit of several.
_OVER_IF_NO = re.compile(
    r"是否(?:在保|在册|在享|仍?享受(?:待遇|补贴|津贴|保障|救助|供养|政策)?\Z|有效|正常|健在|在世|存活)"
)
_CARD_STATE = re.compile(r"残疾人?证(?:件|书)?(?:状态|状况|情况|是否有效)\Z")
# Of lists that are about those who died or went away, that a row says so is no news.
_ABOUT_LEAVING = frozenset(("death_day", "cremation_day", "moved_day", "cancelled_day", "cancel_kind"))

# What an authority found out about somebody: it ends nobody, but may tell of a death.
_DOUBTS = re.compile(r"疑点|异常(?:情况|说明|原因)|(?:比对|核对|核查|核实|认证)(?:结果|情况)")

# What is read as the state of the row's own person, and may be written 死亡.
_STATES_OF_PERSONS = frozenset(
    (
        *standing.FIELDS_TOLD,
        "pension_state",
        "insured_state",
        "unemployed_state",
        "card_state",
        "rental_state",
    )
)

# Columns whose cells speak of something else when they say 注销, 退出 or 死亡 and nothing more.
_OF_SOMETHING = re.compile(
    r"车|房|账|卡|证|学|校|教育|企业|公司|单位|工商|婚|业|工作|合同|贷款|原因|申请|地址|住址|姓名|序号"
)
_A_WORD = 8  # letters of a cell that says one thing
_PAUSE = re.compile(r"暂停(?:发放|享受)?|暂缓(?:发放)?|缓发|冻结")
_PAUSED_FROM = re.compile(
    rf"(?:(?P<year>20\d\d)[年./-])?(?<!\d)(?P<month>1[0-2]|0?[1-9])月?份?起[^,，;；。]{{0,8}}?(?:{_PAUSE.pattern})"
)
_FAR = date(2199, 12, 31)  # an end may lie ahead


class Watched(NamedTuple):
    """A column that may speak of leaving, and how it would."""

    place: int
    heading: str
    kind: Kind
    period: str = ""  # the list's, where the cell tells a time
    roster: bool = False

    def may_speak(self, raw: str) -> bool:
        """Whether the row has to be looked at for the sake of this cell."""
        if not raw.strip():
            return False
        if self.kind in ("until", "last"):
            return self._is_past(raw)
        if self.kind == "any":
            return len(raw.strip()) <= _A_WORD and may_speak(raw)
        if self.kind == "read":
            return self.may_tell_death(raw) or (self.roster and may_speak(raw))
        return self.kind not in ("remark", "state") or may_speak(raw) or says_over(raw)

    def verdict(self, raw: str, whose: Whose) -> Verdict:
        """What the cell says of the row's person."""
        if self.kind == "read" and not self.roster:
            return ""  # the field says it
        if self.kind == "read":
            return "over" if moved(raw, whose) and not self._is_ahead(raw) else ""
        if self.kind in ("until", "last"):
            # A term that is over may be about to be renewed.
            past: Verdict = "doubt" if self.kind == "last" else "over"
            return past if self._is_past(raw) else ""
        if self.kind in ("yes", "no"):
            return "over" if _answer(raw) is (self.kind == "yes") else ""
        said = verdict(raw, whose)
        if said == "doubt" and self.roster and self._is_paused(raw):
            said = verdict(_PAUSE.sub("停发", raw), whose)
        if said == "over" and moved(raw, whose) and self._is_ahead(raw):
            said = "doubt"
        if self.kind == "any":
            return "doubt" if said and self.may_speak(raw) else ""
        if self.kind == "remark" or said == "over" or is_empty(raw):
            return said
        if self.kind == "death":
            return "over" if re.search(r"\d", raw) else said
        return "doubt" if self.kind == "reason" or says_over(raw) else said

    def may_tell_death(self, raw: str) -> bool:
        """Whether the row has to be looked at for what the cell may tell of a death."""
        if not raw.strip() or self.kind in ("until", "last", "any"):
            return False
        return self.kind == "death" or says_death(raw) or self.answers_death(raw)

    def answers_death(self, raw: str) -> bool:
        """Whether a column asks whether somebody is dead, or alive, and the cell's yes or no says that they are dead."""
        key = bare_key(heading_key(self.heading))
        if _DEAD_IF_YES.search(key):
            return _answer(raw) is True
        return _DEAD_IF_NO.search(key) is not None and _answer(raw) is False

    def _is_ahead(self, raw: str) -> bool:
        """Whether a remark names a month behind the list's."""
        told = _A_MONTH.findall(unicodedata.normalize("NFKC", raw))
        last = months_of(self.period)[-1] if self.period else "9999-12"
        return any(f"{year}-{int(month):02d}" > last for year, month in told)

    def _is_paused(self, raw: str) -> bool:
        """Whether a remark says that from a month on, which has come, somebody is paid no longer: 2026年12月起暂停."""
        text = "".join(unicodedata.normalize("NFKC", raw).split())
        found = _PAUSED_FROM.search(text)
        if found is None or not self.period:
            return False
        last = months_of(self.period)[-1]
        year = found["year"] or last[:4]
        return f"{year}-{int(found['month']):02d}" <= last

    def month(self, raw: str) -> str:
        """The month that a cell of a column of times tells; one without its year is the latest up to the list's."""
        if told := _month_of(raw):
            return told
        bare = _BARE_MONTH.fullmatch("".join(unicodedata.normalize("NFKC", raw).split()))
        if bare is None or not self.period:
            return ""
        last, month = months_of(self.period)[-1], int(bare[1])
        return f"{int(last[:4]) - (month > int(last[5:]))}-{month:02d}"

    def _is_past(self, raw: str) -> bool:
        """Whether the time in a cell says that somebody gets nothing more in the list's month."""
        month = _month_of(raw)
        first = months_of(self.period)[0]
        return month > "" and (month < first if self.kind == "last" else month <= first)


def _month_of(raw: str) -> str:
    """The month that a cell tells, of two the second; '' for none."""
    with contextlib.suppress(CellError):
        return dates.month(raw, was_number=type(raw) is NumberText, today=_FAR) or ""
    with contextlib.suppress(CellError):
        return (quantities.term(raw) or "")[:7]
    return ""


def _answer(raw: str) -> bool | None:
    try:
        return yes_no(raw)
    except CellError:
        return None


def watched(template: Template, planned: SheetPlanned, period: str) -> list[Watched]:
    """The columns of a list of persons that may say that somebody has left, and are not read."""
    if template.unit == "entry" or template.kind == "money":
        return []
    if _ABOUT_LEAVING & template.fields.keys():
        return []
    mapped = {column.place: field for field, column in planned.mapped().items()}
    keys = [bare_key(heading_key(heading)) for heading in planned.match.headings]
    left_behind = template.programme in _OF_THOSE_LEFT or any(map(_THE_DEAD.search, keys))
    found = []
    for place, (key, heading) in enumerate(zip(keys, planned.match.headings, strict=True)):
        if left_behind and _DEATH.search(key):
            continue
        kind = _kind_of(key, template.kind == "roster")
        if template.programme == "disability_subsidy" and _CARD_STATE.search(key):
            kind = "state"
        if (place in mapped and _tells_death(mapped[place], kind)) or (
            kind is None and place not in mapped and _DOUBTS.search(key) and _answers_itself(template)
        ):
            kind = "read"
        elif kind is None or (place in mapped and not _is_remark_of(mapped[place], kind)):
            continue
        found.append(Watched(place, heading, kind, period, template.kind == "roster"))
    return found


def ends_in(planned: SheetPlanned, period: str) -> list[Watched]:
    """The columns of a sheet of leavers that tell in which month somebody left: 停发月份, 终止年月, 停保时间.

    What says until when something was paid (截止) is no such column.
    """
    if not planned.leaving:
        return []
    found = []
    for place, heading in enumerate(planned.match.headings):
        until = _UNTIL.fullmatch(bare_key(heading_key(heading)))
        if until and until["said"] != "截止":
            found.append(Watched(place, heading, "until", period))
    return found


def first_beyond(template: Template, planned: SheetPlanned) -> int | None:
    """From which column on cells stand under no heading at all; None where that is not looked at."""
    if template.kind != "roster" or planned.leaving:
        return None
    return len(planned.match.headings)


def _kind_of(key: str, roster: bool) -> Kind | None:
    if not key:
        return "remark" if roster else None
    if _OF_ANOTHER.search(key) and "备注" not in key:
        return None
    if _OVER_IF_YES.search(key):
        return "yes"
    if _OVER_IF_NO.search(key):
        return "no"
    if _DEATH.search(key):
        return "death"
    if roster and (until := _UNTIL.fullmatch(key)):
        return "last" if until["said"] in ("截止", "终止") else "until"
    if roster and _VALID.fullmatch(key):
        return "last"
    if _REASON.search(key):
        return "reason"
    if _REMARK.search(key) and ("备注" in key or not _NO_REMARK.search(key)):
        return "remark"
    if _STATE.search(key) and not _OTHER_STATE.search(key):
        return "state"
    return "any" if roster and not _OF_SOMETHING.search(key) else None


def _is_remark_of(field: str, kind: Kind) -> bool:
    """Whether a remark is kept as it is written by a template that has a field for it."""
    name = field.partition("[")[0]
    if kind in ("until", "last"):
        return name in ("benefit_until", standing.VALID_UNTIL)
    return kind == "remark" and FIELDS[name].type == "text" and name not in standing.FIELDS_TOLD


def _answers_itself(template: Template) -> bool:
    """Whether a list tells what its authority knows: an alert sent down is but to be looked into."""
    return template.kind == "department" and "alert_kind" not in template.fields


def _tells_death(field: str, kind: Kind | None) -> bool:
    """Whether what is read from a column as a field may say besides that the row's person died."""
    name = field.partition("[")[0]
    return name in _STATES_OF_PERSONS or (kind == "reason" and FIELDS[name].type == "text")


def beyond(place: int) -> Watched:
    """A column without a heading, to the right of the table."""
    return Watched(place, "", "remark")
