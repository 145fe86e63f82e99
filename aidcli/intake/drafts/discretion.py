"""What may be quoted of a file without naming anybody: words that are few and nobody's name, and shapes."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from ... import names
from ..coercion.cells import clean, without_blanks
from ..fields import FIELDS

FEW_VALUES = 20

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施"
    "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥"
    "南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方")
_NAME = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]{2,4}\Z")
_DOTTED = re.compile(r"[㐀-鿿]{2,}·[㐀-鿿]{2,}\Z")
_MASKED_NAME = re.compile(r"[㐀-鿿][*某]{1,2}[㐀-鿿]?\Z|[㐀-鿿]{1,2}[*某]{1,2}\Z")
_PERSON_HEADING = re.compile(
    r"姓名|名字|户主|负责|经办|联系人|监护|照料|医生|干部|[^职]员$|人$|人名|签[字名]|法定代表|经营者"
)
_KNOWN = frozenset(written.removeprefix("=") for spec in FIELDS.values() for written in spec.choices or {})
_COMMON_WORDS = """
小学 初中 高中 大专 本科 中专 高职 成功 安全 安置 康复 农业 全额 成年 单亲 单身 连续 平房 包干 成立
方案 明确 时效 农村 海南 云南 商业 居民 严重 全部 单位 和谐 高龄 安装 查封 终止 支付 计划 常住 方便
费用 丰富 成本 应缴 应收 相符 符合 养老 农户 强制 郊区 古镇
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def shape(cell: str) -> str:
    """A cell described without quoting it: ``18位数字``, ``3个汉字``, ``2个汉字+4位数字``."""
    parts: list[str] = []
    for sort, run in itertools.groupby(without_blanks(clean(cell))[:60], key=_sort):
        length = sum(1 for _ in run)
        parts.append(f"{length}{sort}" if sort else "符号")
    kept = parts[:5] + (["…"] if len(parts) > 5 else [])
    return "+".join(kept) or "空白"


def looks_like_name(text: str) -> bool:
    """Whether a word may be a person's name: a surname and one to three letters more, also masked."""
    word = names.compact(text)
    if any(sign.isdigit() for sign in text):
        return False
    if _DOTTED.match(word) or _MASKED_NAME.match(word):
        return True
    if word[:2] in _DOUBLE:
        return _NAME.match(word) is not None
    return len(word) <= 3 and _NAME.match(word) is not None and word[0] in _SURNAMES


def _sort(sign: str) -> str:
    if sign.isdigit():
        return "位数字"
    if "㐀" <= sign <= "鿿" or ord(sign) > 0x20000:
        return "个汉字"
    return "个字母" if sign.isalpha() else ""


def quotable(written: Counter[str], heading: str = "") -> tuple[str, ...]:
    """The words of a column that may be shown, most frequent first.

    Nothing where there are many or the heading speaks of persons; no long numbers, nobody's name.
    """
    if len(written) > FEW_VALUES or _PERSON_HEADING.search(heading):
        return ()
    return tuple(
        word
        for word, _ in written.most_common()
        if not re.search(r"\d{5}", word) and (is_known(word) or not looks_like_name(word))
    )


def mostly_known(written: Counter[str]) -> bool:
    """Whether words of the vocabulary, not names, make up most of a column: 成功, 高中."""
    return sum(times for word, times in written.items() if is_known(word)) > written.total() / 2


def is_known(word: str) -> bool:
    """Whether the vocabulary knows a word as a value, so that 成功 is not taken for somebody's name."""
    return word in _KNOWN or word in _COMMON
