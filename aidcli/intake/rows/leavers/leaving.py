"""The words for having left, and what a remark says of whoever its row is about: that they died, left or are paid no
longer; or that nobody can tell.

Remarks are sentences. They speak as often of a father who died, a car that was taken off the register or another
benefit that ended; none of that ends anybody. Words are looked at clause by clause, with whom they are said of.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Verdict = Literal["", "doubt", "over"]


class _Word(NamedTuple):
    """One way of saying that somebody has left, and how far it is to be trusted.

    `sign`: what it looks like where a column is there to tell the state, and says nothing else. `said`: what counts in
    a sentence, where the same letters may speak of a car or an account.
    """

    kind: Literal["death", "stop", "pause", "move"]
    sign: str
    said: str


_INTO = r"低保边缘|低边|边缘|低保|最低生活保障|特困|五保|刚性支出|支出型"
_HOW = r"(?!.{0,6}(?:条件|标准|范围|申请|审核|评估|核查|公示|未|不))"

# The only list of them: whoever adds a word says here what it means in a column of states and in a sentence.
_WORDS = (
    _Word("death", r"死", r"死亡|猝死"),
    _Word("death", r"亡", r"亡故|身亡|病亡|溺亡|已亡|(?<=[月日年\d])亡(?=于|\Z)|\A亡\Z"),
    _Word("death", r"[去逝离过辞]世|病逝", r"[去逝离过辞]世|病逝"),
    _Word("death", r"[病身已]故|故去", r"[病身已]故|故去"),
    _Word("death", r"火化", r"火化(?!费|补|场)"),
    _Word("pause", r"暂停|暂缓|缓发|冻结", r"(?:暂停|暂缓|缓发|冻结)(?=发|享受|救助|供养|保障|待遇|\Z)"),
    _Word("stop", r"停(?!车)", r"停[发保享领供补]|停止(?:发放|享受|救助|供养|保障|待遇|发|领取)"),
    _Word("stop", r"终止", r"终止(?:发放|享受|救助|供养|保障|待遇|\Z)"),
    _Word(
        "stop",
        r"退(?!休|役|伍|养|耕)",
        r"退保|清退|退出(?!现役|部队|贫困|监测|脱贫|股|集体|集中|承包|合作|工作|岗位|领导|村|两委|机构|敬老|福利|养老)",
    ),
    _Word("stop", r"清[除出]", r"清出"),
    _Word(
        "stop", r"取消", r"取消(?=低保|特困|五保|保障|待遇|资格|享受|救助|供养|补贴|津贴|对象|名额|发放|\Z)"
    ),
    _Word("stop", r"注销|销户", r"注销|销户"),
    _Word(
        "stop",
        r"迁出|转出",
        r"(?:迁出|转出)(?!院|敬老|福利|养老|机构|老房|旧房|危房|老屋|医院|款)",
    ),
    _Word("stop", r"不再", r"不再(?:享受|保障|发放|符合|领取|救助|供养|纳入)"),
    _Word("stop", r"减员|剔除|核减", r"减员|剔除"),
    _Word("stop", r"移出|出册|出保", r"移出|出册|出保"),
    _Word("stop", r"期满", r"(?:领取|享受|待遇)期满"),
    # Into another programme that nobody has beside this one; which that is, `_of_move` asks. It says nothing by itself.
    _Word(
        "move",
        r"(?!)",
        rf"(?:转(?:为|入|成|到|至)?|纳入)(?:了|为|到)?(?:农村|城市|城镇|城乡)?(?:{_INTO}){_HOW}",
    ),
)


def _said_of(kind: str) -> str:
    return "|".join(word.said for word in _WORDS if word.kind == kind)


_SAID = re.compile("|".join(f"(?P<{kind}>{_said_of(kind)})" for kind in ("death", "pause", "stop", "move")))
_SIGN = re.compile("|".join(word.sign for word in _WORDS))
_DIED = re.compile(_said_of("death"))
# Cheaper, and never misses what `_SAID` finds; nor what says of somebody that they are not counted (`uncounted`).
_MAY = re.compile(
    r"死|世|亡|故|火|停|终|纳入|退|清|取|注|销|迁|转|[不未][再予被能计列纳算享保在救]|减员|剔|移出|出册|"
    r"出保|期满|暂|缓发|冻结"
)

_OWN = r"本人|本户|该(?:户|人|员|对象|老人|儿童|学生)|此[户人]|对象|人员|老人|全家|全户|整户|孤儿|儿童|残疾人"
_KIN = (
    r"父|母|爸|妈|爷|奶|公公|婆婆|外公|外婆|姥|夫|妻|配偶|爱人|老伴|媳|婿|儿(?!童)|女(?!性)|[长次三四幼独养继之其]子|"
    r"孙|兄|弟|姐|妹|哥|嫂|侄|甥|舅|姨|姑|叔|伯|岳|亲属|亲戚|家属|家人|家长|监护人|照[料护]人|护理人|[抚赡]养人|"
    r"代[管领]人|双亲|邻居|战友|同事"
)
_SOME = r"成员|同户|户内|家中|(?:\d{1,2}|[一二两三四五六])[人口名个](?!月)"
_SUBJECT = re.compile(f"(?P<own>{_OWN})|(?P<some>{_SOME})|(?P<kin>{_KIN})")
_KIN_ONLY = re.compile(f"(?:(?:{_KIN})[亲子儿女]?)+")
_KIN_CLOSE = re.compile(
    f"(?:{_KIN})[亲子儿女人]?(?:的?户口|户籍)?(?:已经?|也|均|都|于|自|从|\\d+[年月日]|起|份)*\\Z"
)
# 病故军人遗属, 已故职工之妻: of those who are left behind.
_LEFT_BEHIND = re.compile(
    r"的?[^,]{0,8}?(?:遗[属孀孤]|家属(?!代|已|上报|申报|来)|亲属(?!代|已)|之[妻子女母父]|"
    r"的?(?:妻|配偶|子女|父母|儿子|女儿|丈夫))"
)
_ITS_MONEY = re.compile(r"(?:赔偿|抚恤|保险|丧葬|待遇|补助|险)")

_NOT = re.compile(
    r"(?:未|没有|没|不|无|非|免|勿|撤销|取消|误报为?|误)(?:予|能|会|曾|办理?|按|被|发现|有|再|及时)?\Z"
)
_ONCE = re.compile(r"曾(?![祖孙])")
_PLANNED = re.compile(
    r"(?:拟|待|建议|预|申请|疑似|可能|暂|即将|将|准备|应|需|须|下月|次月|如|若|视)[^,]{0,4}\Z"
)
_ASKED = re.compile(r"是否|待核|待查|正在核|核查中|比对|疑似|不详|存疑")
_ALIVE = re.compile(r"健在|在世|尚在|误报|有误|非本人|不实|系误")
_BACK = re.compile(
    r"恢复|重新(?:纳入|享受|申请|保障|发放|核定|审批)|续[保发享]|复保|再次(?:纳入|享受)|[迁转]回|回迁|补发"
)
_NEW_HEAD = re.compile(r"(?:变更|更换|改)(?:为)?户主|户主(?:由(?!于)[^,;。]{1,6}?)?(?:变更|更换|改|已?换)")
_FORMER_HEAD = re.compile(r"(?:原|前任?|老|上任)户主|前任(?!务)")
# Who came to be the head: the row's own person (户主变更为本人, 由其妻本人任户主), or somebody else.
_HIMSELF = r"(?:其[妻夫子女])?本人(?![的之妻夫子女儿父母配])"
_OWN_IS_HEAD = re.compile(
    rf"(?:变更|更换|改|换)[成给到为由]*{_HIMSELF}|新户主[为是:]*{_HIMSELF}|{_HIMSELF}(?:继任|接任|担任|任|为|做|当)新?户主"
)
_OTHER_IS_HEAD = re.compile(
    r"户主(?:由(?!于)[^,;。]{1,6})?(?:变更|更换|改|换)[成给到为]+(?!其?[妻夫子女]?本人)[^,;。]"
)

# What else is taken off a register or closed.
_THING = (
    r"车|(?:营业)?执照|公司|企业|工商|个体户?|合作社|法人|店|账号|账户|卡|存折|银行|证书|残疾证|驾驶?证|合同|协议|"
    r"登记|房产|产权|贷款|电话|手机"
)
_OF_THING = re.compile(f"(?:{_THING})[辆号户]?(?:已经?|均|都|于|被|自|从|\\d+[年月日]|起|份)*\\Z")
_THINGS = re.compile(f"(?:了|其|该|原|名下)*(?:{_THING})")
_CARD = re.compile(r"(?:了|其)?残疾人?证(?!书?(?:号|换|补))")
_CLOSED = ("注销", "销户", "终止", "取消", "冻结")

# Other money that somebody gets. Where a clause names one, what ends is that.
_BENEFITS: dict[str, str] = {
    "dibao": r"低保(?!边缘)|最低生活保障(?!边缘)|[农城]保",
    "tekun": r"特困|五保|供养|照料护理",
    "dibao_margin": r"低保边缘|低边|边缘",
    "rigid_expenditure": r"刚性支出|支出型",
    "relapse_watch": r"监测|防返贫",
    "orphan": r"孤儿|基本生活费",
    "unattended_child": r"事实无人抚养|困境儿童|基本生活费",
    "disability_subsidy": r"残补|两补|两项补贴|残疾人补贴|(?:困难)?生活补贴|(?:重残)?护理补贴",
    "old_age_allowance": r"高龄|老龄|尊老|长寿",
    "unemployment_benefit": r"失业",
    "veteran_care": r"优抚|抚恤|定补",
    "other": r"工资|养老|退休金|居保|医保|医疗保险|社保|职工|公积金|电费|分类施保|补贴|津贴|生育|工伤|保险|护理费",
}
# Programmes that nobody has beside another: whoever came into one of these has left that.
_GO_BEFORE = {
    "dibao": ("tekun", "dibao_margin", "rigid_expenditure"),
    "tekun": ("dibao", "dibao_margin"),
    "dibao_margin": ("dibao", "tekun", "rigid_expenditure"),
    "rigid_expenditure": ("dibao", "tekun", "dibao_margin"),
}
# A member of a household in hardship who came into 低保 alone leaves the others where they are.
_ALONE = re.compile(r"单人|单独|其中|单列|个人|重[残病]|成员")

_LEAD = r"(?:\d+年|\d+月|\d+日|起|份|其|已|从|自|于|了|的|本人)*"
_TAKEN = r"(?:了|其|享受|领取|发放|的)*"


class Whose(NamedTuple):
    """Whom a row is about: `name`, whom it names beside (`others`), whether that is the head, which benefit."""

    name: str = ""
    others: frozenset[str] = frozenset()
    head: bool = False
    programme: str = ""


def may_speak(raw: str) -> bool:
    """Whether a cell has any word that could speak of leaving; whose leaving, nobody has looked at."""
    return bool(raw) and _MAY.search(unicodedata.normalize("NFKC", raw)) is not None


def says_over(raw: str) -> bool:
    """Whether a cell of a column that tells the state of somebody speaks of leaving."""
    return bool(raw) and _SIGN.search(unicodedata.normalize("NFKC", raw)) is not None


def verdict(raw: str, whose: Whose) -> Verdict:
    """Whether a remark says that it is over with the row's person; ``doubt`` where that cannot be told from it."""
    text = _plain(raw, whose)
    found = [one.verdict for one in _finds(text, whose)]
    if "over" not in found:
        return "doubt" if "doubt" in found else ""
    return "doubt" if any(_KIN_ONLY.fullmatch(clause) for clause in _clauses(text)) else "over"


def moved(raw: str, whose: Whose) -> bool:
    """Whether a remark or a state says that somebody came into a programme for which they left this one."""
    text = _plain(raw, whose)
    return any(one.kind == "move" and one.verdict == "over" for one in _finds(text, whose))


def says_death(raw: str) -> bool:
    """Whether a cell has a word for a death at all; whose, nobody has looked at."""
    return _DIED.search(unicodedata.normalize("NFKC", raw)) is not None


def death_said(raw: str, whose: Whose) -> tuple[str, str, str] | None:
    """What stands before and behind the word by which a remark says that the row's person died, and the clause after.

    None where it says no such thing, or not for sure.
    """
    if not says_death(raw) or verdict(raw, whose) != "over":
        return None
    text = _plain(raw, whose)
    clauses = _clauses(text)
    for one in _finds(text, whose):
        if one.kind == "death" and one.verdict == "over":
            clause = clauses[one.place]
            after = clauses[one.place + 1] if one.place + 1 < len(clauses) else ""
            return clause[: one.start], clause[one.end :], after
    return None


class _Find(NamedTuple):
    """A word of leaving: in which clause, from where to where, and what it says."""

    place: int
    start: int
    end: int
    kind: str
    verdict: Verdict


def _clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[,;。、!?|()\[\]【】]+", text) if clause]


def _finds(text: str, whose: Whose) -> list[_Find]:
    found: list[_Find] = []
    subject, at, turn = "", 0, _new_head(text)
    for place, clause in enumerate(_clauses(text)):
        at = text.index(clause, at) + len(clause)
        for word in _SAID.finditer(clause):
            rest = clause[word.end() :] + text[at:]
            said = _judged(clause, word, rest, subject, whose)
            if word.lastgroup == "death" and turn and said and not _is_own(clause[: word.start()], subject):
                said = "" if _OWN_IS_HEAD.search(rest) else "doubt"
            if word.lastgroup == "move":  # 2024年纳入低保，2026年转边缘: the last one tells where they are
                found = [one for one in found if one.kind != "move"]
            found.append(_Find(place, word.start(), word.end(), word.lastgroup or "", said))
        spoken = [one.lastgroup or "" for one in _SUBJECT.finditer(_OWN_IS_HEAD.sub("", clause))]
        subject = spoken[-1] if spoken else subject
    return found


def _plain(raw: str, whose: Whose) -> str:
    """The text with whoever it names called by what they are to the row."""
    text = unicodedata.normalize("NFKC", re.sub(r"[\r\n]+", ";", raw))
    text = re.sub(r"\s+", "", text)
    if len(whose.name) > 1:
        text = text.replace(whose.name, "本人")
    for other in sorted(whose.others, key=lambda name: (-len(name), name)):
        text = text.replace(other, "亲属") if len(other) > 1 and other != whose.name else text
    if _new_head(text) in ("", "own"):
        text = _FORMER_HEAD.sub("亲属", text)
    if _NEW_HEAD.search(text) is None:
        text = text.replace("户主", "本人" if whose.head else "亲属")
    return text


def _new_head(text: str) -> Literal["", "own", "open"]:
    """Whether a remark says that the row's own person came to be the head, for whoever died was the head before then.

    ``open``: it tells of a new head and not who that is, or of the head before; the row may be of either.
    """
    if _OWN_IS_HEAD.search(text):
        return "own"
    if _NEW_HEAD.search(text) is None or (_OTHER_IS_HEAD.search(text) and not _FORMER_HEAD.search(text)):
        return ""
    return "open"


def _is_own(before: str, subject: str) -> bool:
    """Whether what stands before a word, or else the clauses before, names the row's own person."""
    spoken = [one.lastgroup or "" for one in _SUBJECT.finditer(_OWN_IS_HEAD.sub("", before))]
    return (spoken[-1] if spoken else subject) == "own"


def _judged(clause: str, word: re.Match[str], rest: str, subject: str, whose: Whose) -> Verdict:
    """What one word says; `rest` is all that follows it, `subject` of whom the clauses before spoke."""
    before, after = clause[: word.start()], clause[word.end() :]
    if _NOT.search(before) or _ALIVE.search(rest):
        return ""
    kind = word.lastgroup
    if kind == "death":
        said = _of_death(clause, before, after, subject)
    else:
        said = _of_move(clause, word, whose) if kind == "move" else _of_aid(word, before, after, whose)
    if not said or kind == "pause":
        return "doubt" if said else ""
    if _BACK.search(rest):
        return "doubt" if kind == "death" else ""
    return "doubt" if _PLANNED.search(before) or _ASKED.search(clause) else said


def _of_death(clause: str, before: str, after: str, subject: str) -> Verdict:
    spoken = [one.lastgroup or "" for one in _SUBJECT.finditer(before)]
    of = spoken[-1] if spoken else ""
    if of == "kin" or _LEFT_BEHIND.match(after):
        return ""
    some = of == "some" or re.match(_SOME, after) is not None
    if some or _ITS_MONEY.match(after) or _NEW_HEAD.search(clause):
        return "doubt"
    return "doubt" if not of and subject == "kin" else "over"


def _of_aid(word: re.Match[str], before: str, after: str, whose: Whose) -> Verdict:
    """What a word says that ends aid, or a thing, or another benefit."""
    if _ONCE.search(before) or _KIN_CLOSE.search(before):
        return ""
    if word.group().startswith(_CLOSED) and (_OF_THING.search(before) or _THINGS.match(after)):
        return "over" if _ends_claim(before, after, whose.programme) else ""
    if _names_another(before, whose.programme, whole=True) or _names_another(after, whose.programme):
        return ""
    spoken = [one.lastgroup or "" for one in _SUBJECT.finditer(before)]
    some = (spoken and spoken[-1] == "some") or re.match(_SOME, after)
    return "doubt" if some else "over"


def _of_move(clause: str, word: re.Match[str], whose: Whose) -> Verdict:
    """What it says that somebody came into a programme: on the list of another that it goes before, that they left."""
    before = clause[: word.start()]
    into = re.sub(r"\A(?:转[为入成到至]?|纳入)(?:了|为|到)?(?:农村|城市|城镇|城乡)?", "", word.group())
    goes_before = _GO_BEFORE.get(whose.programme, ())
    if _ONCE.search(before) or _KIN_CLOSE.search(before) or _ALONE.search(clause):
        return ""
    return "over" if any(re.match(_BENEFITS[programme], into) for programme in goes_before) else ""


def _ends_claim(before: str, after: str, programme: str) -> bool:
    """Whether what was taken off a register is the card without which nobody gets the row's benefit."""
    return programme == "disability_subsidy" and bool(_CARD.search(before) or _CARD.match(after))


def _names_another(text: str, programme: str, *, whole: bool = False) -> bool:
    """Whether a text begins with the name of another benefit, or, `whole`, is nothing else."""
    lead, end = (_LEAD, rf"(?:金|费|待遇|资格|对象)*{_LEAD}\Z") if whole else (_TAKEN, "")
    own = _BENEFITS.get(programme)
    if own and re.match(f"{lead}(?:{own}){end}", text):
        return False
    rest = "|".join(words for key, words in _BENEFITS.items() if key != programme)
    return re.match(f"{lead}(?:{rest}){end}", text) is not None
