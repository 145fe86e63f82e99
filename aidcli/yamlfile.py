"""A YAML file as plain text data with the line of everything in it, and its faults in Chinese.

Every scalar stays what was written: 10 is "10", 2026-01-01 is "2026-01-01" and 否 is "否" until a vocabulary
says what it means. Faults are collected, so that one run names all of them with file and line.

Loads yaml and pydantic, so whatever is needed to start the program may import it inside functions only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .errors import AidError, disk_says

_REFERENCE = re.compile(r"(?:^|[\s\[{,:?-])&\S")

Place = tuple[str | int, ...]
_ModelT = TypeVar("_ModelT", bound=BaseModel)

# What pydantic's kinds of "wrong type" expect; the other kinds have a sentence of their own.
_EXPECTED = {
    "string_type": "一段文字",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_parsing_size": "整数",
    "bool_type": " true 或 false",
    "bool_parsing": " true 或 false",
    "list_type": "用“- ”开头的列表",
    "tuple_type": "用“- ”开头的列表",
    "dict_type": "若干“项: 值”",
    "model_type": "若干“项: 值”",
}


class Fault(NamedTuple):
    """One thing wrong in a file; `line` counts from 1."""

    file: str
    line: int
    message: str


class YamlFile:
    """One file read: `data` (dicts, lists, text), and the faults found so far.

    `data` is None where there is nothing to go on with: not readable, not a mapping, or with references,
    which are never followed. Of a key given twice the first one counts.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[Fault] = []
        self._lines: dict[Place, int] = {}
        self.data: dict[str, Any] | None = self._read(path)

    def line(self, place: Place) -> int:
        """The line of the nearest thing that the file really has at or above `place`."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def fault(self, place: Place, message: str) -> None:
        self._at(self.line(place), message)

    def explain(self, error: ValidationError, place: Place = ()) -> None:
        """A fault for every error of something that stands at `place`."""
        for one in error.errors(include_url=False):
            if one["type"] == "too_short" and len(one["input"]) >= one["ctx"]["min_length"]:
                continue  # long enough as written: pydantic leaves out the items that have faults of their own
            where = (*place, *one["loc"])
            self.fault(where, _in_chinese(one, _name(where)))

    def model(self, model: type[_ModelT], raw: object, place: Place = ()) -> _ModelT | None:
        """What stands at `place` as a model; None, with the faults noted, where it is none."""
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            self.explain(error, place)
            return None

    def _at(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            self._at(1, f"文件打不开：{disk_says(error)}")
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # counted in what was decoded: a BOM is no longer in it
            self._at(error.object.count(b"\n", 0, error.start) + 1, "不是 UTF-8 编码，请另存为 UTF-8 后再试")
            return None
        node, whole = self._compose(text)
        if not isinstance(node, yaml.MappingNode):
            if whole and (node is None or node.value == ""):
                self._at(1, "文件是空的")
            elif whole:
                self._at(
                    node.start_mark.line + 1 if node else 1, "文件应由若干“项: 值”组成，这里不是这种写法"
                )
            return None
        data = self._plain(node, ())
        return data if whole and isinstance(data, dict) else None

    def _compose(self, text: str) -> tuple[yaml.Node | None, bool]:
        """The tree of the file, and whether all of it is there."""
        node = _compose_fast(text)
        if node is not None:
            return node, True
        try:
            loader = _Loader(text)
        except yaml.reader.ReaderError as error:
            self._at(text.count("\n", 0, error.position) + 1, "有 YAML 不允许的控制字符")
            return None, False
        try:
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self._at(line, "YAML 写法有误，请检查缩进、冒号和引号（冒号后要有空格）")
            return None, False
        finally:
            for line in loader.references:
                self._at(line, "不支持用 & 和 * 引用别处的内容，请把内容写全；本来就是文字的请加引号")
            loader.dispose()
        return node, not loader.references

    def _plain(self, node: yaml.Node, place: Place) -> Any:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        return str(node.value)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._at(line, "冒号左边应是一个词")
                continue
            key = str(key_node.value)
            if key in first:
                self._at(line, f"“{key}”重复（第{first[key]}行已有），请只留一处")
                continue
            first[key] = line
            self._lines[(*place, key)] = line
            yield key, self._plain(value_node, (*place, key))


def _compose_fast(text: str) -> yaml.Node | None:
    """The tree of a file without fault by libyaml, some ten times faster; None where the other way is needed.

    References begin with a name after ``&``: libyaml would follow them.
    """
    if not yaml.__with_libyaml__ or _REFERENCE.search(text):
        return None
    try:
        loader = yaml.CBaseLoader(text)
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError:
        return None


class _Loader(yaml.BaseLoader):
    """References are noted and left out: no circles, and no short text that unfolds without end."""

    def __init__(self, text: str) -> None:
        self.references: list[int] = []
        super().__init__(text)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            mark: Any = event.start_mark
            self.references.append(mark.line + 1)
            event.anchor = None
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode("", "", mark, mark)
        return super().compose_node(parent, index)


def refuse(code: str, subject: str, faults: Iterable[Fault], hint: str) -> NoReturn:
    """Raises the `AidError` that lists every fault, by file and line; it points at the first of them."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line))
    listed = "\n".join(f"{file} 第{line}行：{message}" for file, line, message in ordered)
    raise AidError(
        code,
        f"{subject}有{len(ordered)}处错误：\n{listed}",
        file=ordered[0].file,
        row=ordered[0].line,
        hint=hint,
    )


def _name(place: Place) -> str:
    """``“headings”第2项``: the last word on the way to a place, and the items below it."""
    words = [depth for depth, part in enumerate(place) if isinstance(part, str)]
    if not words:
        return "这里"
    items = "".join(f"第{part + 1}项" for part in place[words[-1] + 1 :] if isinstance(part, int))
    return f"“{place[words[-1]]}”{items}"


def _in_chinese(error: ErrorDetails, name: str) -> str:
    """The one wording of each kind of error that pydantic finds in our files."""
    ctx, raw = error.get("ctx", {}), error["input"]
    found = "" if not isinstance(raw, str) else f"，不能是“{raw}”" if raw else "，不能是空的"
    match error["type"]:
        case "value_error":
            return str(ctx["error"])
        case "missing":
            return f"缺少{name}这一项"
        case "extra_forbidden":
            return f"不认识{name}这一项，请检查拼写或删去"
        case "literal_error":
            words = ctx["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
            return f"{name}只能是 {words}{found}"
        case "string_pattern_mismatch":  # the only pattern in our models is that of a key
            return f"{name}只能用小写英文字母、数字和下划线，并以字母开头{found}"
        case "string_too_short":
            return f"{name}不能为空"
        case "too_short":
            return f"{name}至少要有{ctx['min_length']}项"
        case "too_long":
            return f"{name}最多{ctx['max_length']}项"
        case "greater_than_equal":
            return f"{name}超出范围，至少 {ctx['ge']}{found}"
        case "less_than_equal":
            return f"{name}超出范围，至多 {ctx['le']}{found}"
        case kind:
            return f"{name}应是{_EXPECTED.get(kind, '另一种写法')}{found}"
