"""A draft as the YAML that a clerk reads and changes: every guess says so in the line above it.

Nothing in it names a person: of the cells only shapes are told, and words that are few and nobody's name.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import AidError, disk_says
from ..coercion.cells import CellError
from ..coercion.choices import choice
from ..fields import FIELDS
from ..headers.wording import heading_key, money_factor, unit_of
from ..letters import column_letter
from ..templates import FieldColumn, read_template
from .drafting import Draft
from .guessing import SURE, Guess
from .near import Near
from .settings import Setting, options

_PLAIN = re.compile(r"[㐀-鿿A-Za-z][㐀-鿿A-Za-z0-9_（）/·]*\Z")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_PARTS = re.compile(r"[A-Za-z0-9_]+|.", re.DOTALL)  # words are not broken at the end of a line
_CLOSING = "、，。；：”）"
_WIDTH = 96


def yaml_of(draft: Draft) -> str:
    """The template as text; `templates.read_template` reads it without a fault."""
    return "\n".join([*_head(draft), *_settings(draft), "fields:", *_fields(draft), *_rest(draft)]) + "\n"


def write(draft: Draft, path: Path, *, force: bool = False) -> None:
    """Writes the template, whole or not at all.

    Raises `AidError`: ``draft_exists`` where a file stands there already and `force` is not said,
    ``draft_unwritable``, ``bad_template`` should it not read back.
    """
    if path.exists() and not force:
        raise AidError(
            "draft_exists",
            f"“{path}”已经存在，没有改动它",
            file=path.name,
            hint="换一个 --key 或 --out；确要重新起草、丢掉原来的修改，加 --force",
        )
    part = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(yaml_of(draft), encoding="utf-8")
        _, source = read_template(part)
        if source.faults:
            first = source.faults[0]
            raise AidError(
                "bad_template",
                f"起草的模板读不回来（第{first.line}行：{first.message}），没有写",
                file=draft.file,
                hint="请把这句话告诉维护人员；可先照 aidcli sources show 来源 手写一个模板",
            )
        os.replace(part, path)  # noqa: PTH105
    except OSError as error:
        raise AidError(
            "draft_unwritable",
            f"“{path}”写不进去：{disk_says(error)}",
            file=path.name,
            hint="请检查文件夹是否存在、有没有写的权限，或用 --out 写到别处",
        ) from error
    finally:
        with contextlib.suppress(OSError):  # where the folder itself is none
            part.unlink(missing_ok=True)


def _head(draft: Draft) -> Iterator[str]:
    yield f"# 来源模板草稿：根据“{_flat(draft.file)}”的工作表“{_flat(draft.sheet)}”（列名在第{draft.header_row}行）起草"
    if draft.base is not None and draft.like:
        yield f"# 按现有的模板“{draft.base.label}”起草，补上这份表的列名；key 相同，会替换那个模板"
        if draft.lacking:
            lacks = "、".join(f"“{FIELDS[field].label}”" for field in draft.lacking)
            yield f"# 还缺必须有的列：{lacks}，补上以前这个文件仍读不了，见下面“缺”字开头的各行"
    elif draft.base is not None:
        yield f"# 这个文件按现有的模板“{draft.base.label}”已能读取，草稿以它为底；key 相同就会替换它"
    if draft.near is not None:
        yield from _folded(_nearest(draft.near), "")
    yield "# 请逐行核对。“确定”的看一眼，“较有把握”的想一想，“猜测”的一定要对照原表；井号后面是说明，不影响读取"
    yield "# 改完先运行 aidcli sources check，再 aidcli sources try 文件；没有错再 aidcli import"
    yield ""


def _nearest(near: Near) -> str:
    lacks = "、".join(f"“{heading}”" for heading in near.missing)
    missing = f"，只是缺少它必须有的列{lacks}" if lacks else ""
    return (
        f"最接近的现有模板：{near.template.label}（{near.template.key}）{missing}。如果就是这种表、只是列名写法不同，"
        f"不要另起一种：删去这份草稿，用 aidcli sources new 文件 --like {near.template.key} 按它起草"
    )


def _settings(draft: Draft) -> Iterator[str]:
    for name, setting in draft.settings.items():
        if setting.why and draft.base is None:
            yield from _folded(f"猜测：{setting.why}，请核对{_choices(name, setting)}", "")
        yield f"{name}: {_value(name, setting)}"


def _choices(name: str, setting: Setting) -> str:
    words = options(name)
    others = "、".join(f"{word} {label}" for word, label in words.items())
    return f"。可填：{others}" if len(words) > 1 and setting.value in words else ""


def _value(name: str, setting: Setting) -> str:
    if name == "file_names":
        return (
            "[" + ", ".join(json.dumps(glob, ensure_ascii=False) for glob in setting.value.split("|")) + "]"
        )
    return _scalar(setting.value)


def _fields(draft: Draft) -> Iterator[str]:
    own = draft.base.fields if draft.base else {}
    mapped: dict[str, list[Guess]] = {}
    for one in draft.mapped:
        mapped.setdefault(one.field, []).append(one)
    used = {heading_key(one.heading) for one in draft.mapped}
    for field, found in mapped.items():
        before = own.get(field)
        others = [
            heading for heading in (before.headings if before else ()) if heading_key(heading) not in used
        ]
        for one in found:
            yield from _folded(_said(one), "  ")
        yield from _notes(found[0], before)
        headings = [one.heading for one in found] + others
        yield f"  {field}: {{{_inside(field, headings, field in draft.required, before)}}}"
    for field, before in own.items():
        left = [heading for heading in before.headings if heading_key(heading) not in used]
        if field in draft.lacking:
            yield from _candidates(draft, field)
            yield f"  {field}: {{{_inside(field, left, before.required, before)}}}"
        elif field not in mapped and left:
            yield f"  # 这份文件没有的列，沿用现有的模板：{FIELDS[field].label}"
            yield f"  {field}: {{{_inside(field, left, before.required, before)}}}"


def _candidates(draft: Draft, field: str) -> Iterator[str]:
    """Which of the columns that nothing is known of may be the one that is lacking."""
    label = FIELDS[field].label
    yield from _folded(
        f"缺：{label} ← 哪一列？必须有这一列。是下面的某一列时，把它的列名加在 headings 里；"
        "每行都一样的，也可在表头上方写明，如“" + label + "：……”；确实没有而又不要紧的，删去 required: true",
        "  ",
    )
    for one in draft.columns:
        if not one.field and one.heading and one.content.kind not in ("serial", "blank"):
            yield from _folded(f"　{column_letter(one.place + 1)}列“{_flat(one.heading)}”{_seen(one)}", "  ")


def _said(one: Guess) -> str:
    mark = "" if one.confidence == SURE else "，请核对"
    return (
        f"{column_letter(one.place + 1)}列 → {FIELDS[one.field].label}　{one.confidence}：{one.reason}{mark}"
    )


def _notes(one: Guess, before: FieldColumn | None) -> Iterator[str]:
    spec = FIELDS[one.field]
    if spec.type == "money":
        unit = unit_of(heading_key(one.heading))
        if not unit and not (before and before.unit):
            yield "  # 列名没有写单位，按元读；如果是万元，在下一行的花括号里加上 unit: 万元"
        elif unit and money_factor(unit) is None:
            yield from _folded(f"列名里的“{unit}”不是元、万元，这一列可能不会采用，请改列名或写明 unit", "  ")
    if spec.choices:
        known = dict(spec.choices) | (before.values if before else {})
        strange = [word for word in one.content.values if not _readable(word, known)]
        if strange:
            words = "、".join(dict.fromkeys(word for word in spec.choices.values() if word))
            yield from _folded(
                f"不认识的写法：{'、'.join(strange)}。要认它们就在花括号里加 values: {{{strange[0]}: 英文词}}，"
                f"英文词可用：{words}",
                "  ",
            )


def _readable(word: str, choices: Mapping[str, str]) -> bool:
    try:
        return bool(choice(word, choices))
    except CellError:
        return False


def _inside(field: str, headings: list[str], required: bool, before: FieldColumn | None) -> str:
    parts = ["headings: [" + ", ".join(_scalar(heading) for heading in headings) + "]"]
    if required:
        parts.append("required: true")
    for name, value in before.model_dump(exclude_defaults=True).items() if before else ():
        if name not in ("headings", "required"):
            parts.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return ", ".join(parts)


def _rest(draft: Draft) -> Iterator[str]:
    left = [one for one in draft.columns if not one.field]
    if not left:
        return
    yield ""
    yield "# 没有采用的列。不需要就不用管；要采用就从 aidcli sources show 列出的字段里选一个，"
    yield "# 照上面的样子写进 fields，例如："
    yield f"#   字段: {{headings: [{_scalar(left[-1].heading or '列名')}]}}"
    for one in left:
        title = f"“{_flat(one.heading)}”" if one.heading else "（没有列名）"
        seen = _seen(one)
        letter = column_letter(one.place + 1)
        yield from _folded(f"{letter}列{title}：{one.reason}{seen}", "")


def _seen(one: Guess) -> str:
    if one.content.values:
        listed = "、".join(_flat(word) for word in one.content.values)
        return f"；有{one.content.distinct}种写法：{listed}"
    if one.content.shapes and one.content.kind not in ("serial", "blank"):
        return "；例如：" + "、".join(one.content.shapes)
    return ""


def _folded(text: str, indent: str) -> Iterator[str]:
    """A comment on as many lines as it takes; a Chinese sign counts as two."""
    line, used = "", 0
    for part in _PARTS.findall(text):
        wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in part)
        if used + wide > _WIDTH - len(indent) and part not in _CLOSING:
            yield f"{indent}# {line.rstrip(' ')}"
            line, used = "　", 2
        if part == " " and line == "　":
            continue
        line += part
        used += wide
    yield f"{indent}# {line}"


def _flat(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()


def _scalar(text: str) -> str:
    """A word as YAML takes it, in quotes where it must be."""
    word = _flat(text)
    plain = _PLAIN.match(word) and word.lower() not in _WORDS
    return word if plain else json.dumps(word, ensure_ascii=False)
