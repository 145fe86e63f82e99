"""Which month or quarter a file is for: told by option, file name, title or sheet name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ... import terms
from ...errors import AidError, Problem
from ...model import SheetPlan
from ...months import add_months, month_of, months_of, parse_period
from .columnmonths import column_note as column_note
from .columnmonths import period_in_columns as period_in_columns

if TYPE_CHECKING:
    from ..templates import Template

_YEAR = r"(?<!\d)(20\d{2})"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _quarter(found: re.Match[str]) -> str | None:
    return f"{found.group(1)}-Q{_QUARTERS[found.group(2)]}"


def _range(found: re.Match[str]) -> str | None:
    """``7-9月`` is a quarter, ``1-9月`` what has come together by September; another span is no period."""
    first, last = int(found.group(2)), int(found.group(3))
    if _makes_quarter(first, last):
        return f"{found.group(1)}-Q{last // 3}"
    return _month_text(found.group(1), last) if first == 1 and last > _LAST_OF_FIRST else None


_LAST_OF_FIRST = 3  # the first quarter's last month


def _makes_quarter(first: int, last: int) -> bool:
    return last - first == 2 and first % 3 == 1 and last <= 12


def _until(found: re.Match[str]) -> str | None:
    """From one month to another: the quarter they make, else the last month."""
    first_year, first, last_year, last = (int(part) for part in found.groups())
    if first_year == last_year and _makes_quarter(first, last):
        return f"{last_year}-Q{last // 3}"
    return _month_text(str(last_year), last)


def _month(found: re.Match[str]) -> str | None:
    return _month_text(found.group(1), int(found.group(2)))


def _month_text(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def _short_month(found: re.Match[str]) -> str | None:
    return _month_text(f"20{found.group(1)}", int(found.group(2)))


def _short_quarter(found: re.Match[str]) -> str | None:
    return f"20{found.group(1)}-Q{_QUARTERS[found.group(2)]}"


_TO = r"[-—–~、至到和]"
_SPAN = re.compile(_YEAR + r"年?[-_.]?(\d{1,2})月?(?:份)?" + _TO + r"(\d{1,2})月")
_SHORT_YEAR = r"(?<!\d)(2\d)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(_YEAR + r"年?度?[-_.]?第?([一二三四1-4])季度?"), _quarter),
    (re.compile(_YEAR + r"年?[-_.]?Q([1-4])(?!\d)"), _quarter),
    (re.compile(_YEAR + r"(\d{2})" + _TO + r"(20\d{2})(\d{2})(?!\d)"), _until),
    (re.compile(_YEAR + r"年(\d{1,2})月(?:\d{1,2}日)?" + _TO + r"(20\d{2})年(\d{1,2})月"), _until),
    (_SPAN, _range),
    (re.compile(_YEAR + r"年(\d{1,2})月"), _month),
    (re.compile(_YEAR + r"(\d{1,2})月"), _month),  # 20255月份: the year sign forgotten
    (re.compile(_YEAR + r"(\d{2})(?:\d{2}(?:\d{6})?)?(?!\d)"), _month),
    (re.compile(_YEAR + r"[-_./](\d{1,2})(?:[-_./]\d{1,2})?(?![-_./\d])"), _month),
    (re.compile(_SHORT_YEAR + r"年第?([一二三四1-4])季度"), _short_quarter),
    (re.compile(_SHORT_YEAR + r"年(\d{1,2})月"), _short_month),
)
_HALF = re.compile(r"(?:20\d{2}年?|(?<!\d)2\d年)度?[上下]半年")
_YEAR_ALONE = re.compile(
    r"(?:20\d{2}年?|(?<!\d)2\d年)(?:度|全年|[春夏秋冬](?:季?学期|季)?)|20\d{2}[-—]20\d{2}(?:学?年度?)?(?:第?[一二]学期|[上下]学期)"
)
_YEARLESS = re.compile(r"(?<![\d年])(?:第?[一二三四1-4]季度|1[0-2]月|0?[1-9]月)")
_CHINESE_YEAR = re.compile(r"二([〇零○O])([一二三四五六七八九])([〇零○一二三四五六七八九])年")
_CHINESE_MONTH = re.compile(r"(?<=年)(十[一二]|[一二三四五六七八九十])月")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_NUMERALS |= {"〇": 0, "零": 0, "○": 0, "十一": 11, "十二": 12}

_NUMBERED = re.compile(r"第?\d+号")
_DAY_OF_WRITING = re.compile(
    r"(?:填报|制表|填表|打印|导出|上报|报送|报出|制单|编制|审批|审核|统计上报)(?:(?:日期|时间|日)[:|]*|[:|]+)"
    r"20\d{2}(?:年\d{0,2}月?(?:\d{0,2}日)?|[-_./]\d{1,2}(?:[-_./]\d{1,2})?|\d{4})"
)
_DATE = re.compile(r"20\d{2}.*")
# The day on which a register was asked: it tells the month only where nothing else does.
_DAY_OF_QUERY = re.compile(
    r"(?:查询|比对|核查|反馈|下载|生成|出具|提供)(?:(?:日期|时间|日)[:|]*|[:|]+)"
    r"20\d{2}(?:年\d{0,2}月?(?:\d{0,2}日)?|[-_./]\d{1,2}(?:[-_./]\d{1,2})?|\d{4})"
)
_NAMED_PERIOD = re.compile(r"(?:所属期间?|所属时期|所属月份|所属年月|发放月份|发放年月)[:|]*([^|]+)")


def periods_in(text: str) -> list[str]:
    """Every month ``YYYY-MM`` or quarter ``YYYY-Qn`` that a name or title tells, the surest form first.

    Numbers of documents (〔2026〕第12号, 202612号) and days of writing (填报日期：…) tell none.
    """
    compact = _SPAN.sub(lambda found: found.group() if _range(found) else "#", _compact(text))
    told: list[str] = []
    for form, read in _FORMS:
        told += [period for found in form.finditer(compact) if (period := read(found)) is not None]
    return list(dict.fromkeys(told))


def _compact(text: str) -> str:
    """The text without blanks, days of writing and numbers of documents; Chinese numerals as digits."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    compact = _NUMBERED.sub("#", _DAY_OF_WRITING.sub("#", compact))
    compact = _CHINESE_YEAR.sub(lambda found: f"20{_NUMERALS[found[2]]}{_NUMERALS[found[3]]}年", compact)
    return _CHINESE_MONTH.sub(lambda found: f"{_NUMERALS[found[1]]}月", compact)


def written_in(lines: Iterable[str]) -> str | None:
    """The one month in which a list was written, as 填报时间：2026年8月6日 tells it; None where two do or none."""
    texts = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", line)) for line in lines]
    said = [found.group() for text in texts for found in _DAY_OF_WRITING.finditer(text)]
    told = {period for text in said for period in periods_in(_DATE.search(text).group())}  # type: ignore[union-attr]
    return told.pop() if len(told) == 1 else None


def settled(text: str) -> str:
    """The text as periods are looked for in it, without the days of writing and of queries."""
    return _DAY_OF_QUERY.sub("#", _compact(text))


def days_told_in(lines: Iterable[str]) -> set[str]:
    """The months in which a list was written or asked for, as its lines tell them."""
    text = "\n".join(re.sub(r"[\s|]+", "", unicodedata.normalize("NFKC", line)) for line in lines)
    days = [found for form in (_DAY_OF_WRITING, _DAY_OF_QUERY) for found in form.finditer(text)]
    told = (_DATE.search(found.group()) for found in days)
    return {period for found in told if found for period in periods_in(found.group()) if "Q" not in period}


def unclear_in(text: str) -> str | None:
    """What a text says of a time that is neither one month nor one quarter: 9-10月, 上半年, 三季度 alone."""
    compact = _compact(text)
    said = _spans(compact)
    if said is None and not periods_in(text):
        found = _YEAR_ALONE.search(compact) or _YEARLESS.search(compact)
        said = found.group() if found else None
    return said


def _spans(compact: str) -> str | None:
    """Several months together that make no quarter, as written."""
    spans = (found.group() for found in _SPAN.finditer(compact) if _range(found) is None)
    half = _HALF.search(compact)
    return next(spans, half.group() if half else None)


def period_in(text: str) -> str | None:
    """The first of `periods_in`; None if none."""
    return next(iter(periods_in(text)), None)


class PeriodFound(NamedTuple):
    period: str
    told_by: str  # option | file | title | sheet; `lists` adds column, notes, folder, written, month, term
    said: str = ""  # the words, where they are no period by themselves


def lines_of(several: Iterable[Iterable[Sequence[str]]]) -> list[str]:
    """The lines of several sheets, the cells of each joined by ``|``."""
    return ["|".join(cell for cell in cells if cell) for lines in several for cells in lines]


def find_period(
    option: str | None,
    file_name: str,
    stem: str,
    titles: Iterable[str],
    sheets: Sequence[str],
    today: date,
    parents: Iterable[str] = (),
) -> PeriodFound:
    """The period of a file and what told it.

    Titles (cells of a line joined by ``|``), and then sheet names, tell only when they agree; 所属期 goes
    before anything else in a title. Where none of them tells, the one month of the header's upper lines
    (`parents`) does: it is that of the columns below it, which need not be the list's. Raises `AidError`
    (``period_unknown``) where nothing tells, where name and title contradict, and for a period that begins
    later than the month after `today`; `WrongUsage` for an option that is no period.
    """
    if option is not None:
        return PeriodFound(parse_period(option), "option")
    lines = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", line)) for line in titles]
    named = [found.group(1) for line in lines for found in _NAMED_PERIOD.finditer(line)]
    named = [said for said in named if period_in(said)]  # 发放年月 may be a heading with others beside it
    written = [_DAY_OF_WRITING.sub("#", line) for line in lines]
    titles_told = [part for line in written for part in line.split("|")]
    surely_told = [part for line in written for part in _DAY_OF_QUERY.sub("#", line).split("|")]
    told_in_titles = _first_told(named) or _first_told(surely_told)
    in_name = None if _spans(_compact(stem)) else period_in(stem)
    if in_name is not None:
        _check_agreement(file_name, in_name, told_in_titles, named or lines)
        return not_too_late(PeriodFound(in_name, "file"), file_name, today)
    in_titles = told_in_titles
    if not in_titles and not _first_told(sheets) and not any(map(unclear_in, (stem, *surely_told, *sheets))):
        in_titles = _first_told(titles_told)
    for told_by, told in (("title", in_titles), ("sheet", _first_told(sheets))):
        if len(told) == 1:
            return not_too_late(PeriodFound(told[0], told_by), file_name, today)
        if told:
            place = "标题" if told_by == "title" else "工作表名称"
            raise _unknown(
                file_name,
                f"文件“{file_name}”的{place}写有不同的期间：{'、'.join(told)}，不知道按哪一个导入",
                "请用 --sheet 选定工作表，并用 --period 写明期间，例如 --period 2026-10",
            )
    of_columns = _first_told(part for line in parents for part in line.split("|"))
    if len(of_columns) == 1 and not any(map(unclear_in, (stem, *titles_told, *sheets))):
        return not_too_late(PeriodFound(of_columns[0], "title"), file_name, today)
    for place, texts in (("文件名", [stem]), ("标题", titles_told), ("工作表名称", list(sheets))):
        for said in filter(None, map(unclear_in, texts)):
            year = "" if re.search(r"20\d{2}|2\d年", said) else "，没有写年份"
            raise _unknown(
                file_name,
                f"文件“{file_name}”的{place}写的是“{said}”{year}，不是某年的一个月或一个季度，不知道按哪一个期间导入",
                "请用 --period 写明期间，例如 --period 2026-10 或 --period 2026-Q4；几个月合在一张表里的，请按月分开导入",
            )
    raise _unknown(
        file_name,
        f"看不出文件“{file_name}”是哪个月（季）的：文件名、标题和工作表名称里都没有年月",
        "请用 --period 写明期间，例如 --period 2026-10 或 --period 2026-Q4",
    )


def written_note(sheet: SheetPlan, month: str) -> Problem:
    """What is told of a department's list whose month stands nowhere but in the day on which it was written."""
    message = (
        f"文件名、标题里没有年月，按填报（制表）的日期读作{month}；不是的话，用 --period 写明期间重新导入"
    )
    return Problem(sheet.name, sheet.header_row, "", month, "period_of_writing", message, "note")


def month_for(template: Template, period: str, file_name: str) -> str:
    """The month as which a list for a quarter is taken: of a roster of a benefit of its own its last one.

    特困 is paid by the quarter, in its first month: so is its roster taken. The other rosters of assistance are
    paid month by month: a quarter of theirs is refused (`AidError`, ``bad_period``).
    """
    if template.kind != "roster" or "Q" not in period:
        return period
    if template.programme == "tekun":
        return months_of(period)[0]
    if template.programme in terms.ASSISTANCE:
        raise AidError(
            "bad_period",
            f"名册的期间应为月份，读到的是“{period}”",
            file=file_name,
            hint=f"用 --period 写明月份，例如 --period {months_of(period)[0]}",
        )
    return months_of(period)[-1]


def quarter_note(sheet: SheetPlan, period: str, month: str) -> Problem:
    """What is told of such a list."""
    which = "第一个月" if month == months_of(period)[0] else "最后一个月"
    message = (
        f"是{period}（按季度）的名册，作为这一季的{which}{month}收下，金额是所列的数（一季度合计的不折成每月）；"
        "要按别的月份，用 --period 写明后重新导入"
    )
    return Problem(sheet.name, sheet.header_row, "", period, "quarter_taken", message, "note")


def agrees(text: str, period: str) -> bool:
    """Whether what a text says of a time without its year may be meant as the period: 8月 and 2026-08, 三季度 and Q3."""
    said = unclear_in(text)
    if said is None:
        return True
    if "Q" in period:
        found = re.fullmatch(r"第?([一二三四1-4])季度?", said)
        return found is not None and _QUARTERS[found[1]] == int(period[-1])
    months = {int(found) for found in re.findall(r"(\d{1,2})月", _compact(text))}
    return months == {int(period[5:])} and _spans(_compact(text)) is None


def _first_told(texts: Iterable[str]) -> list[str]:
    """The different periods that several texts tell, one each, in order."""
    return sorted({period for text in texts if (period := period_in(text)) is not None})


def _check_agreement(file_name: str, in_name: str, told: Sequence[str], lines: Iterable[str]) -> None:
    """Refuses a title whose months have none in common with the file's name; a span tells both its ends."""
    every = {period for line in lines for period in periods_in(line)}
    if not told or any(set(months_of(in_name)) & set(months_of(period)) for period in every):
        return
    raise _unknown(
        file_name,
        f"文件“{file_name}”的文件名写的是{in_name}，标题写的是{'、'.join(told)}，两处不一致，不知道按哪一个导入",
        f"请核对后用 --period 写明期间，例如 --period {told[0]}",
    )


def not_too_late(found: PeriodFound, file_name: str, today: date) -> PeriodFound:
    """Lists are written for the month that begins next at the latest."""
    if months_of(found.period)[0] <= add_months(month_of(today), 1):
        return found
    raise _unknown(
        file_name,
        f"文件“{file_name}”写的期间是{found.period}，比今天（{today.isoformat()}）的下个月还晚，可能写错了",
        f"请核对年月；确是这个期间时用 --period {found.period} 写明",
    )


def _unknown(file_name: str, message: str, hint: str) -> AidError:
    return AidError("period_unknown", message, file=file_name, hint=hint)
