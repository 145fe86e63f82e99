"""Rows below the header that are no data: totals, signatures, notes, column numbers, repeated headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..headers.wording import bare_key, heading_key, is_unit, is_unit_row

_BLANK = re.compile(r"\s+")
_FIGURE = re.compile(r"¥?-?[\d,]+(?:\.\d+)?元?\Z", re.ASCII)
_TOTAL = re.compile(
    r"((?:截[至止])?(?:20\d\d年)?(?:\d{1,2}月?[-—~至到])?(?:\d{1,2}月(?:份|底|末)?)?(?:\d{1,2}日)?[^\d]{0,12}?)"
    r"(小计|合计|总计|共计|累计)(?:金额|数额|人数|户数|数|额|发放|支出|资金)*(?:$|[:：(（\d])"
)
_OTHER_SPAN = re.compile(r"\d|[本全上去当]年|上月|年度|截[至止]")
CARRIED_IN = ("承前页", "承上页", "接前页", "接上页", "上页结转", "上页转来")
CARRIED_ON = ("过次页", "过下页", "转次页", "转下页", "接下页", "结转次页", "结转下页")
_CARRIED = re.compile(
    rf"[(-—…]{{0,3}}({'|'.join((*CARRIED_IN, *CARRIED_ON))})(?:小计|合计|累计|金额|数)*(?:$|[^\u4e00-\u9fff])"
)
_SIGNATURE = (
    "制表|审核|复核|填报|填表|填写|经办|经手|负责|主要负责|分管|单位负责|单位领导|领导|领导签批|财政所|民政所|主管|"
    "局长|镇长|签字|签章|盖章|联系人|打印|导出|制单|会计|出纳|入户|日期|单位"
)
_OFFICE = "人|员|者|人员|长|所长|领导|意见|单位|时间|日期|签字|签名|签章|盖章|签批"
_FOOTER = re.compile(rf"(?:{_SIGNATURE})(?:{_OFFICE})*(?:[:(]|$)")
_SEAL = re.compile(r"[^\d:]{2,24}\((?:盖章|公章|签章|章)\)[:,]?(?:20\d\d年.{0,8})?\Z")
# 民政办主任:…, 分管镇长(签字):… whatever office it is: the colon tells it from a name.
_SIGNED = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:主任|(?:[局科股站所镇乡院会校园馆厂队处部]|秘书)长|书记|主席|经理|干事|专干|民政员|老师)"
    r"(?:\(?签[字名章]\)?)?:"
)
_DATE_LINE = re.compile(r"\d{4}年\d{0,2}月\d{0,2}日?$")
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|附注|注意|提示)\d*[:.、]|\*|※|第\d+页|共\d+页|以下空白|-+以下")

_REMARK = re.compile(
    r"(?:综合|核对|核查|审核|总体|评审|比对)(?:结论|意见|建议|结果)[:：]|以上|以下|上述|共计?\d+[户人名笔]|公示(?:时间|日期|期限?|地点|单位)[:：]|(?:监督|举报|投诉|咨询)电话[:：]|"
    r"(?:\(?\d{1,2}\)?[.、)]|[一二三四五六七八九十]+、)?(?:请|本表|此表|特此|如有|联系电话|(?:经|按|根据).{4})"
)

_COUNTED = re.compile(r"总?(?:笔|户|人|条)数[:：]\d|总?金额[:：]¥?\d|(?:总)?计(?:笔|户|人)数[:：]?\d")
# 总笔数:24 | 成功:21 | 失败:3: a word and a figure in each cell, as banks end their files.
_WORD_FIGURE = re.compile(r"([\u4e00-\u9fff]{2,8})[:：]¥?(-?[\d,]+(?:\.\d+)?)[元笔户人条]?\Z", re.ASCII)
_COUNT_SAID = re.compile(r"[共计][^\d,。;|]{0,8}\d+[户人名笔具例件条]")
# 馆长： | 制表：李某: a label and who signs, whatever the office is called.
_LABEL = re.compile(
    r"(?!.*(?:户主|姓名|对象|申请人|身份证|址|电话|编号|类别|类型|人口|[村组镇乡]:|社区:|街道:))"
    r"[\u4e00-\u9fff()、/]{2,12}:([\u4e00-\u9fff·()]{0,6}|20\d\d[年./-][\d年月日./-]*)\Z"
)
# 社区负责人: 经办人: 2026年9月5日 in one merged cell: several labels, one of them of those who sign.
_SIGNING = re.compile(rf"(?:{_SIGNATURE})(?:{_OFFICE})*:")
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff()、/]{2,12}:")
_OF_A_PERSON = re.compile(r"户主|姓名|对象|申请人|身份证|住址|地址|电话|编号|人口|\d{15}")
_NUMBER = re.compile(r"\d{15}")
_SIGNER = re.compile(r"[\u4e00-\u9fff·]{1,4}\Z")
# What stands where nothing was found.
_NO_RESULT = re.compile(
    r"[(（]?(?:无|空|(?:暂|均|经核对|经查询|经核查|经比对)?(?:无|没有|未)(?:查询?到?|核对到?|核查到?|比对到?|检索到|发现|找到)?"
    r"(?:符合条件的?|满足条件的?|匹配的?|任何|任一)?(?:相关|相应|有关|对应|反馈|查询|登记|匹配|异常|比对|核对)*的?"
    r"(?:信息|数据|记录|结果|反馈|内容|情况|人员|此人|名单)?)[)）。.]?\Z"
)
_BLOCK_TITLE = re.compile(
    r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))[^\d:：]{2,14}(?:\([^()]*\))?\Z"
)
# 西村2026年9月农村低保发放名册, over the rows of the next village; no list is anybody's name.
_LIST_TITLE = re.compile(
    r"[\u4e00-\u9fff\d()、:—-]{2,40}(?:花名册|名册|清册|名单|台账|一览表|汇总表|发放表|登记表|统计表|明细表|公示表|备案表)(?:\([^()]*\))?\Z"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ORDERS = (_STEMS, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "一二三四五六七八九十")
_FORMULA = re.compile(r"=.*\Z")
_DIGITS = re.compile(r"\d{2}")
_HINT = re.compile(
    r"[(【]?(?:\*?(?:必填|选填|非必填|必录|可不填|可空|不填|自动生成|自动计算|系统(?:自动)?(?:生成|带出|填充)|系统自动)|格式(?:为|如|[:：])|"
    r"(?:例如|例|如|示例|样例|填写示例|填写说明)[:：]|"
    r"(?:请)?(?:下拉|从下拉)|请(?:填|选|输入|按|用)|(?:只能|须|需|应|统一)(?:填|选|为|用|按)|不超过\d+|\d+位(?:数字|号码)?\Z|"
    r"(?:文本|数字|日期|数值)(?:格式|型)?[)】]?\Z|Y{2,4}[-/.年]?MM)"
)


def total_label(cells: Sequence[str]) -> str:
    """小计, 合计 …, 过次页 when the row is a line of totals; '' otherwise. What spans another time is told whole.

    本年累计, 1-9月合计: such a sum need not be that of the rows above it.
    """
    for cell in _first_words(cells):
        carried = _CARRIED.match(cell)
        if carried:
            return carried.group(1)
        found = _TOTAL.match(cell)
        if found:
            span, word = found.groups()
            whole = word == "累计" or (word != "小计" and _OTHER_SPAN.search(span))
            return span + word if whole else word
    return ""


def is_footer(cells: Sequence[str]) -> bool:
    """Whether the row holds signatures (制表人：…) or a note (注：…)."""
    words = _first_words(cells)
    if not words:
        return False
    if any(form.match(words[0]) for form in (_FOOTER, _NOTE, _DATE_LINE, _SEAL)):
        return True
    if _SIGNED.match(words[0]) and not any(map(_NUMBER.search, cells)):
        return True
    return _is_signed(cells) or _are_labels(_filled(cells))


def _are_labels(filled: Sequence[str]) -> bool:
    """Whether one cell holds all who have to sign."""
    if len(filled) != 1 or _OF_A_PERSON.search(filled[0]):
        return False
    return len(_ANY_LABEL.findall(filled[0])) > 1 and _SIGNING.search(filled[0]) is not None


def is_remark(cells: Sequence[str]) -> bool:
    """Whether a row is a remark to the reader: 以上共8户，请审核; 2.请于10日前上报; 总笔数：4; 二、分散供养."""
    filled = _filled(cells)
    if filled and all(_COUNTED.match(cell) for cell in filled):
        return True
    if len(filled) == 1 and (_COUNT_SAID.search(filled[0]) or _REMARK.match(filled[0])):
        return True
    return is_list_title(cells) or (len(filled) == 1 and _BLOCK_TITLE.match(filled[0]) is not None)


def is_list_title(cells: Sequence[str]) -> bool:
    """Whether a row is the title of a list, as they stand over the rows of each village."""
    filled = _filled(cells)
    return len(filled) == 1 and _LIST_TITLE.match(filled[0]) is not None


def trailer(cells: Sequence[str]) -> dict[str, str]:
    """What a row of nothing but words and figures says (总笔数:24 | 成功:21 | 总金额:300.00), word → figure; {} for none."""
    found = [_WORD_FIGURE.match(cell) for cell in _filled(cells)]
    if len(found) < 2 or not all(found):
        return {}
    return {one.group(1): one.group(2) for one in found if one}


def no_result(cells: Sequence[str]) -> str:
    """无相关信息, 未查询到 … where a row says only that nothing was found, with its number at most; '' otherwise."""
    filled = _filled(cells)
    words = filled[1:] if filled and re.fullmatch(r"\d{1,4}", filled[0]) else filled
    return words[0] if words and all(_NO_RESULT.match(word) for word in words) else ""


def _filled(cells: Sequence[str]) -> list[str]:
    return [_BLANK.sub("", unicodedata.normalize("NFKC", cell)) for cell in cells if cell.strip()]


def _is_signed(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but labels that end in a colon, and who signed: 馆长： | 制表：李某."""
    filled = _filled(cells)
    labels = [_LABEL.match(cell) for cell in filled]
    if not filled or labels[0] is None:
        return False
    follows = True  # a bare label may have its name in the next cell
    for cell, label in zip(filled, labels, strict=True):
        if label is None and not (follows and _SIGNER.match(cell)):
            return False
        follows = label is not None and not label.group(1)
    return True


def _first_words(cells: Sequence[str]) -> list[str]:
    """The first three filled cells that are no numbers or sums, blanks gone."""
    words: list[str] = []
    for cell in cells:
        text = _BLANK.sub("", unicodedata.normalize("NFKC", cell))
        if text and not _FIGURE.match(text):
            words.append(text)
            if len(words) == 3:
                break
    return words


def is_column_numbers(cells: Sequence[str]) -> bool:
    """Whether the row numbers the columns: 1 2 3 …, 甲 乙 丙 …, A B C …, also behind 栏次, also in brackets."""
    words = [_BLANK.sub("", unicodedata.normalize("NFKC", cell)).strip("()").upper() for cell in cells]
    words = [word for word in words if word and word not in ("栏次", "序号", "列次", "行次")]
    if len(words) >= 3 and any(words == list(order[: len(words)]) for order in _ORDERS):
        return True
    words = [word for word in words if word not in _STEMS]
    words = [_FORMULA.sub("", word) for word in words]
    return len(words) >= 3 and words == [str(number) for number in range(1, len(words) + 1)]


def is_hint(cell: str) -> bool:
    """Whether a cell tells how to fill in its column: 必填, 格式：2026-10-09, 下拉选择, 例如…"""
    return _HINT.match(_BLANK.sub("", unicodedata.normalize("NFKC", cell))) is not None


def is_hint_row(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether most filled cells are hints, or the header's own words at greater length (姓名全称)."""
    filled = [(place, cell) for place, cell in enumerate(cells) if cell.strip()]
    hints = sum(is_hint(cell) for _, cell in filled)
    if hints:
        hints += sum(is_unit(heading_key(cell)) and not is_hint(cell) for _, cell in filled)
    longer = sum(_is_longer(cell, header[place]) for place, cell in filled if place < len(header))
    return hints + longer >= min(2, len(filled)) and (hints + longer) * 2 > len(filled) > 0


def _is_longer(cell: str, heading: str) -> bool:
    """Whether a cell is its heading with words added or left out."""
    one, two = bare_key(heading_key(cell)), bare_key(heading_key(heading))
    if min(len(one), len(two)) < 2 or _DIGITS.search(one):
        return False
    return one.startswith(two) or two.startswith(one) or one.endswith(two) or two.endswith(one)


def is_repeated_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether most filled cells say what the header says in their column."""
    filled = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
    same = sum(
        index < len(header) and heading_key(cell) == heading_key(header[index]) for index, cell in filled
    )
    return same * 2 > len(filled) and same >= min(2, sum(bool(cell.strip()) for cell in header))


def is_decoration(
    cells: Sequence[str], header: Sequence[str], above: Sequence[tuple[str, ...]], has_figures: bool
) -> bool:
    """Whether a row is one of those that print-outs repeat; totals are asked for apart.

    A row that holds sums or counts (`has_figures`) is no signature, whatever its first word.
    """
    return (
        (is_footer(cells) and not has_figures)
        or is_column_numbers(cells)
        or is_repeated_header(cells, header)
        or is_hint_row(cells, header)
        or is_unit_row(cells)
        or tuple(cells) in above
    )
