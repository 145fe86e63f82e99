"""What `sources` shows of a trial reading and of templates looked over, for a terminal of a hundred columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import AidError
from .outcome import Outcome, Table, mask_text

_PERIOD = {
    "option": "按 --period",
    "file": "取自文件名",
    "title": "取自标题",
    "sheet": "取自工作表名称",
    "folder": "取自文件夹名称",
    "column": "取自表中一列",
    "written": "取自填报日期",
    "assumed": "没有写明，暂按本月",
}
_COVERAGE = {"full": "全部人员", "change": "只有变动"}
_HOW = {
    "exact": "一致",
    "bare": "括号外一致",
    "level": "连上级列名一致",
    "parts": "写法不同，意思一致",
    "fuzzy": "相近，请核对",
}
_SEVERITY = {"row": "整行搁置", "cell": "此格不采用", "note": "收下并标注"}
_WIDE = 54
_LINE = 96
_MANY = 6
_TYPES = {
    "name": "姓名",
    "id": "身份证号",
    "text": "文字",
    "phone": "电话",
    "day": "日期",
    "month": "年月",
    "money": "金额",
    "count": "整数",
    "yes_no": "是/否",
    "grade": "一至四级",
    "kind_grade": "类别和等级",
    "months": "起止月份",
    "days": "起止日期",
    "account": "账号",
    "choice": "固定写法",
    "list": "一格几个",
    "area": "面积",
    "term": "期限",
    "outcome": "核对结果",
    "paid_state": "支付状态",
    "thing": "文字，“无”不算",
}
_SOUND = "（有效）"
_PLAIN = ("name", "id")
_FEW = 2  # columns that a file may lack and still be that kind of list


def told(lists: Sequence[dict[str, Any]]) -> tuple[list[str], list[Table]]:
    """Lines and tables for what `intake.trial.describe` found of each list of a file."""
    lines: list[str] = []
    if len(lists) > 1:
        lines = [f"这个文件里有{len(lists)}种表，导入时各成一个批次"]
    tables: list[Table] = []
    for number, found in enumerate(lists, start=1):
        which = f"{number}. " if len(lists) > 1 else ""
        lines += [""] if lines else []
        lines += [
            f"{which}来源：{found['label']}（{found['source']}）",
            f"期间：{found['period']}（{_PERIOD.get(found['period_from'], found['period_from'])}）　"
            f"范围：{_COVERAGE.get(found['coverage'], '')}",
        ]
        for part in found["sheets"]:
            lines += ["", *_summary(part)]
            tables += _tables(part)
    left = [(one["sheet"], one["reason"]) for found in lists for one in found["skipped_sheets"]]
    if left:
        tables.append(Table("没有读的工作表", ("工作表", "原因"), left))
    return lines, tables


def _summary(part: dict[str, Any]) -> Iterator[str]:
    yield f"工作表“{part['sheet']}”：列名在第{_rows(part)}行"
    yield (
        f"  读到{part['rows_read']}行，会收下{part['rows_kept']}行，搁置{part['rows_set_aside']}行，"
        f"跳过{part['rows_skipped']}行（空行、合计、签字等）"
    )
    if part["rows_ended"] or part["deaths"]:
        kept = [f"{part['rows_ended']}行按已不在册收下（不发放）"] if part["rows_ended"] else []
        kept += [f"{part['deaths']}行另记本人死亡"] if part["deaths"] else []
        yield f"  其中{'，'.join(kept)}"
    if part["townships"]:
        listed = "、".join(
            f"{name or '（未填）'}{count}行" for name, count in list(part["townships"].items())[:12]
        )
        more = f"等{len(part['townships'])}个" if len(part["townships"]) > 12 else ""
        yield from _wrapped(f"乡镇：{listed}{more}")
    hidden = [f"{len(part['hidden_rows'])}行"] if part["hidden_rows"] else []
    hidden += [f"{'、'.join(part['hidden_columns'])}列"] if part["hidden_columns"] else []
    if hidden:
        yield f"  隐藏的：{'，'.join(hidden)}；隐藏的也照样读，请确认是不是应当去掉的"
    totals = part["totals"]
    if totals["printed"]:
        wrong = totals["disagreeing"]
        said = f"{wrong}行与上方各行之和不符" if wrong else "都与上方各行之和相符"
        yield f"  合计：表里有{totals['printed']}行合计、小计，{said}"
    if part["unread"]:
        yield from _wrapped(f"没有采用的列：{'、'.join(part['unread'])}")
    if part["read_in_part"]:
        yield from _wrapped(f"只从中读了死亡、停发等的列：{'、'.join(part['read_in_part'])}")


def _rows(part: dict[str, Any]) -> str:
    last, levels = part["header_row"], part["header_levels"]
    return f"{last - levels + 1}至{last}" if levels > 1 else str(last)


def _tables(part: dict[str, Any]) -> Iterator[Table]:
    name = part["sheet"]
    columns = [
        (
            c["column"],
            _clipped(c["heading"], 24),
            _clipped(c["label"] + (f"（{c['unit']}）" if c["unit"] else ""), 22),
            _HOW.get(c["how"], c["how"]) + (f" {c['score']}分" if c["how"] == "fuzzy" else ""),
            str(c["filled"]),
            _clipped(c["example"].replace(_SOUND, ""), 20),
        )
        for c in part["columns"]
    ]
    yield Table(
        f"“{name}”各列读作什么", ("列", "列名", "读作", "与模板的列名", "有值行", "第一个值"), columns
    )
    if part["problems"]:
        rows = [row for one in part["problems"] for row in _problem(one)]
        yield Table("搁置和存疑", ("怎样处理", "处数", "在哪里", "原因"), rows)
    first = [row for one in part["rows"] for row in _row(one, part["columns"])]
    if first:
        yield Table(f"前{len(part['rows'])}行读成", ("行", "姓名", "身份证号", "其他各列"), first)


def _problem(one: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    places = "、".join(f"{place['column']}{place['row']}" for place in one["places"])
    more = "…" if one["count"] > len(one["places"]) else ""
    message = mask_text(one["example"].partition("：")[2])
    yield _SEVERITY[one["severity"]], str(one["count"]), places + more, message


def _row(one: dict[str, Any], columns: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """One row on as many lines as its values take."""
    values = one["values"]
    others = [c for c in columns if c["field"] not in _PLAIN]
    short = len(others) > _MANY  # then the letters of the columns instead of their names
    rest = [
        _clipped(f"{c['column'] if short else c['label']} {values[c['field']]}", _WIDE)
        for c in others
        if values.get(c["field"])
    ]
    start = (str(one["row"]), values.get("name", ""), values.get("id", "").replace(_SOUND, ""))
    line = ""
    for word in rest:
        if line and _width(line) + _width(word) + 2 > _WIDE:
            yield (*start, line)
            start, line = ("", "", ""), ""
        line += ("；" if line else "") + word
    yield (*start, line)


def _wrapped(text: str) -> Iterator[str]:
    """A list on lines that fit the terminal, broken between its entries."""
    line = " "
    for part in text.split("、"):
        word = part if line == " " else "、" + part
        if _width(line) + _width(word) > _LINE:
            yield line + "、"
            line, word = "   ", part
        line += word if line.strip() else " " + word
    yield line


def _clipped(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 2:
        text = text[:-1]
    return text + "…"


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def nearest_shown(near: Sequence[Any]) -> list[Table]:
    """The templates that a file comes nearest to, with what is missing."""
    rows = [
        (
            f"{one.template.label}（{one.template.key}）",
            f"{one.sheet} 第{one.header_row}行",
            "、".join(one.missing) or "无",
            "、".join(one.found),
        )
        for one in near
    ]
    return [Table("最接近的模板", ("模板", "列名在", "缺少的列", "认得的列"), rows)] if rows else []


def drafted(made: Any, file: Path, path: Path, proof: str) -> Outcome:
    """A draft column by column, how sure each is, and what to do next; `proof` is what it comes to."""
    data = made.as_dict(path)
    rows = [
        (one["column"], one["heading"] or "（无列名）", _meant(one), one["confidence"], one["reason"])
        for one in data["columns"]
    ]
    lines = [
        f"已起草 {path}",
        f"名称：{made.label}（{made.key}）　列名在工作表“{made.sheet}”第{made.header_row}行",
        f"认出{len(made.mapped)}列，没有采用{len(rows) - len(made.mapped)}列",
    ]
    if made.base is not None and made.like:
        lines.append(f"按现有的“{made.base.label}”起草，补上了这份表的列名；key 相同，会替换它")
    elif made.base is not None:
        same = made.key == made.base.key
        lines.append(
            f"这个文件按现有的“{made.base.label}”就能读，草稿以它为底"
            + (
                "，会替换它；不想替换就删掉草稿"
                if same
                else f"；两个模板会争同一种文件，导入时要写 --source {made.key}"
            )
        )
    if made.near is not None:
        near = made.near.template
        lines.append(f"最接近的现有模板：{near.label}（{near.key}）；就是那种表的，不用另起一种，见草稿开头")
    lines.append(proof)
    hints = [
        "请打开草稿，对照原表核对每一处“猜测”",
        f"然后：aidcli sources check；aidcli sources try {quoted(file)}",
    ]
    unsure = any(one.confidence == "猜测" for one in made.columns)
    return Outcome(
        data, lines, [Table("", ("列", "列名", "读作", "把握", "理由"), rows)], hints, waiting=unsure
    )


def advice(made: Any, file: Path, lacking: Sequence[str], warning: str) -> list[str]:
    """What to look at before anything else.

    `lacking`: labels of what must be there and was not found, `warning`: why the draft would be of no use; '' for none.
    """
    said = [f"缺必须有的“{label}”：是哪一列，写进草稿里“缺”字开头的那一处" for label in lacking]
    near = made.near
    if near is not None and 0 < len(near.missing) <= _FEW:
        lacks = "、".join(f"“{heading}”" for heading in near.missing)
        said.append(
            f"很像{near.template.label}，只缺{lacks}。就是那种表的，不要用这份草稿，改用："
            f"aidcli sources new {quoted(file)} --like {near.template.key}"
        )
    return said + ([f"注意：{warning}"] if warning else [])


def _meant(one: dict[str, Any]) -> str:
    return f"{one['label']}（{one['field']}）" if one["field"] else "—"


def quoted(path: Path) -> str:
    """A file as it is typed: in quotes where a shell would take it apart."""
    text = str(path)
    return f'"{text}"' if re.search(r"[\s()&]", text) else text


def checked_shown(found: Sequence[Any], folder: Path, every: bool) -> Outcome:
    """Templates looked over: each fault and warning with its line; an error where there are faults."""
    rows = [
        (one.path.name, f"{said.line}", kind, said.message)
        for one in found
        for kind, listed in (("错误", one.faults), ("提醒", one.warnings))
        for said in listed
    ]
    faults = sum(len(one.faults) for one in found)
    lines = [f"检查了{len(found)}个模板：{faults}处错误，{len(rows) - faults}处提醒"]
    if not found:
        lines = [f"没有自有的模板（{folder}）"]
    lines += [f"{one.path.name}：{one.label}（{one.key}），没有错误" for one in found if one.ok and not every]
    tables = [Table("", ("文件", "行", "", "说明"), rows)] if rows else []
    error = None
    if faults:
        first = next(one for one in found if one.faults)
        error = AidError(
            "bad_template",
            f"模板有{faults}处错误，第一处在 {first.path.name} 第{first.faults[0].line}行：{first.faults[0].message}",
            file=first.path.name,
            row=first.faults[0].line,
            hint="改好以前，用到模板的命令（import、sources try 等）都不能运行；暂时不用的模板可移出文件夹",
        )
    return Outcome({"templates": [_checked(one) for one in found]}, lines, tables, error=error)


def _checked(one: Any) -> dict[str, object]:
    return {
        "file": str(one.path),
        "key": one.key,
        "label": one.label,
        "ok": one.ok,
        "overrides": one.overrides or None,
        "faults": _said(one.faults),
        "warnings": _said(one.warnings),
    }


def _said(listed: Iterable[Any]) -> list[dict[str, object]]:
    return [{"line": said.line, "message": said.message} for said in listed]


def vocabulary(fields: Mapping[str, Any]) -> Outcome:
    """Every word of the vocabulary, for whoever writes a template."""
    data = []
    rows = []
    for name, spec in fields.items():
        words = list(dict.fromkeys(word for word in (spec.choices or {}).values() if word))
        rows.append((name, spec.label, _TYPES.get(spec.type, spec.type), "、".join(words)))
        data.append({"field": name, "label": spec.label, "type": spec.type, "values": words})
    return Outcome({"fields": data}, tables=[Table("", ("字段", "意思", "怎样读", "可填的英文词"), rows)])
