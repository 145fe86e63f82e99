"""Headings with a slip of the keyboard: one character wrong, missing or too many, or the end cut off.

A Chinese heading of six characters means something else when one of them changes (应发 and 实发, 类别 and 级别,
出院 and 入院), so nearness alone proves nothing. What is accepted is a slip that cannot be meant: a character
for one that sounds or looks alike and makes no word there, one typed twice, one lost that carries no meaning.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from .wording import bare_key, period_of, persons_in

SHORTEST = 4
_SHORTEST_CUT = 6
_CUT = 2
_COUNT = re.compile(r"\d{1,3}[人口名个]?")

# Characters that are lost without the heading meaning anything else.
_LIGHT = frozenset("号码数额份的之身证型别况称名址员地期位费")
_TAIL_WORDS = "号码 号 码 数 份 额 金额 总额 名称 情况 类型 时间 日期 费用 地址 月份"
_TAILS = frozenset(_TAIL_WORDS.split())
# For a character those that keyboards put in its place and that mean nothing there.
_SLIP_WORDS = """
码吗马玛妈麻骂玛 号好浩耗毫豪 姓性形兴行 名明命鸣 证正症征政怔 份分粉纷芬 身申深神伸
址止只纸指趾 账涨障胀 户护互沪 主住注 期其七欺 日曰目 话活画 系糸戏细 关管官 庭停亭廷
员圆园 残惨 疾急极及 级极及 型形刑 别另 类累泪 障章涨 额饿 金今 银垠很 镇真阵 村寸
区曲 联连 失矢 业叶 登灯 记计纪 计记 火伙 化华 亡王忘 死四 时是 间问 备倍 注住柱
发法 放方 低底 保宝饱 口囗 数树 补朴 贴帖 助肋 婚昏 族旅 龄令 电店 机几 卡咔
折拆析 困因 成城诚 状壮 态太 原源 因茵 结洁 果裹 医亿 疗辽 费非 总忠 活话 养样
健建 康庚 劳牢 能熊 力历 性姓 年午 收牧 入人 编偏 称秤 社杜 街衔 道到 乡相
"""
_SLIPS = {word[0]: frozenset(word[1:]) for word in _SLIP_WORDS.split()}
_PARTICLES = frozenset("的之了吗嘛呢吧啊呀哦喔")
# Words that change whose, which or what kind of thing a column is; a slip brings no new one.
_TELLING = re.compile(
    r"账号|卡号|账户|户名|银行|支行|应发|实发|补发|停发|续发|已发|未发|应缴|实缴|自付|自费|负担|报销|统筹|入院|出院|迁入|迁出|"
    r"城市|城镇|农村|农业|非农|集中|分散|死者|逝者|曾用|原|现|新|旧|旧|是否|不|未|非|无|人均|户均|总|净|标准|次数|"
    r"类|等级|级别|家庭|个人|开始|起始|截止|终止|结束|注册|注销|出生|申请|申报|受理|审批|残疾|低保|特困|边缘"
)


class Guess(NamedTuple):
    """A heading that another may be a misspelling of; `score` of 100."""

    key: str
    score: int


@lru_cache(maxsize=16384)
def guesses(key: str, known: tuple[str, ...]) -> tuple[Guess, ...]:
    """Which of the known keys (without brackets, sorted) `key` may be a slip for, the likeliest first."""
    short = bare_key(key)
    if len(short) < SHORTEST or not re.search(r"[\u4e00-\u9fff]{3}", short):
        return ()
    close = {
        one for one, _, _ in process.extract(short, known, scorer=OSA.distance, score_cutoff=1, limit=None)
    }
    if len(short) >= _SHORTEST_CUT:
        first = bisect_left(known, short)
        close.update(itertools.takewhile(lambda one: one.startswith(short), known[first:]))
    found = [Guess(one, score) for one in close if (score := similarity(short, one))]
    return tuple(sorted(found, key=lambda guess: (-guess.score, guess.key)))


@lru_cache(maxsize=65536)
def similarity(written: str, known: str) -> int:
    """How likely, of 100, `written` is a slip for `known`; 0 where it may well mean something else."""
    shorter, longer = sorted((len(written), len(known)))
    if shorter < SHORTEST or longer - shorter > _CUT or written == known:
        return 0
    if persons_in(written) != persons_in(known) or period_of(written) != period_of(known):
        return 0
    if Counter(_TELLING.findall(written)) - Counter(_TELLING.findall(known)):
        return 0
    if OSA.distance(written, known, score_cutoff=1) <= 1:
        return round(100 * (1 - 1 / (longer + 1))) if _is_slip(written, known) else 0
    lost = known[len(written) :]
    if len(written) >= _SHORTEST_CUT and known.startswith(written) and lost in _TAILS:
        return 100 * len(written) // len(known)
    return 0


def _is_slip(written: str, known: str) -> bool:
    edits = Levenshtein.editops(written, known)
    if len(edits) == 2:
        return True  # two neighbours changed places
    (edit,) = edits
    if edit.tag == "replace":
        wrong, right = written[edit.src_pos], known[edit.dest_pos]
        return wrong in _PARTICLES or wrong in _SLIPS.get(right, ()) or not wrong.isalnum()
    if edit.tag == "insert":
        return known[edit.dest_pos] in _LIGHT
    more, place = written[edit.src_pos], edit.src_pos
    beside = written[max(place - 1, 0) : place] + written[place + 1 : place + 2]
    at_end = place == len(written) - 1 and (more in "数号码额份" or more.isdecimal())
    return at_end or more in beside or more in _PARTICLES or not more.isalnum()


def may_hold(kind: str, cells: Iterable[str]) -> bool:
    """Whether the cells of a column do not speak against a field of this type, so that a guess may stand."""
    filled = [text for cell in cells if (text := cell.strip()) and text not in ("-", "—", "无")]
    if not filled:
        return True
    digits = [sum(letter.isdigit() for letter in text) for text in filled]
    numbers = sum(count >= 15 for count in digits)
    if kind == "id":
        return any(count >= 6 for count in digits)
    if kind in ("account", "phone"):
        return any(count >= 5 for count in digits)
    if kind == "name":
        return 2 * sum(count > 0 for count in digits) <= len(filled)
    if kind in ("money", "count", "day", "month"):
        return any(digits) and 2 * numbers <= len(filled)
    if kind == "list":  # 家庭成员数 is no 家庭成员
        return not all(map(_COUNT.fullmatch, filled))
    return 2 * numbers <= len(filled)
