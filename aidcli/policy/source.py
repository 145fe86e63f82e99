"""A YAML file as plain text data, with the line of every key and item, so that a fault can name its place.

Every scalar stays text (``BaseLoader``): 10 is "10" and 2026-01-01 is "2026-01-01" until the vocabulary
says what it means. Duplicate keys, references and anything but one document are faults.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

Place = tuple[str | int, ...]


class Fault(NamedTuple):
    """One thing wrong in a file; `line` counts from 1."""

    file: str
    line: int
    message: str


class Source:
    """One file read: `data` (dicts, lists, text), and the faults found so far."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[Fault] = []
        self._lines: dict[Place, int] = {}
        self._seen: set[int] = set()
        self._referring = False
        self.data: Any = self._read(path)

    def line(self, place: Place) -> int:
        """The line of the nearest thing that the file really has at or above `place`."""
        for length in range(len(place), -1, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return 1

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(self.file, self.line(place), message))

    def refuse(self, error: ValidationError, place: Place) -> None:
        """Every error of a pydantic model that stands at `place`, in Chinese."""
        for item in error.errors():
            self.fault((*place, *item["loc"]), _chinese(item["type"], item["loc"], item.get("ctx", {})))

    def _read(self, path: Path) -> Any:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.fault((), "文件不是 UTF-8 编码，请另存为 UTF-8 后再试")
            return None
        except OSError as error:
            self.fault((), f"文件打不开：{error.strerror or type(error).__name__}")
            return None
        try:
            node = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.faults.append(
                Fault(self.file, line, "YAML 写法有误，请检查缩进、冒号和引号（冒号后要有空格）")
            )
            return None
        except yaml.YAMLError:
            self.fault((), "文件里有 YAML 不允许的控制字符")
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault((), "文件应由“region: …”“name: …”这样的各项组成，这里是空的或不是这种写法")
            return None
        data = self._plain(node, ())
        return None if self._referring else data

    def _plain(self, node: yaml.Node, place: Place) -> Any:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._referring = True
            self.fault(place, "不支持用 & 和 * 引用别处的内容，请把内容写全")
            return ""
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        return str(node.value)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterable[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(self.file, line, "冒号左边应是一个词"))
                continue
            key = str(key_node.value)
            if key in first:
                self.faults.append(Fault(self.file, line, f"“{key}”重复（第{first[key]}行已有），请只留一处"))
                continue
            first[key] = line
            self._lines[(*place, key)] = line
            yield key, self._plain(value_node, (*place, key))


def _chinese(kind: str, loc: tuple[str | int, ...], ctx: dict[str, Any]) -> str:
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    if kind == "missing":
        return f"缺少“{name}”这一项"
    if kind == "extra_forbidden":
        return f"不认识“{name}”这一项，请检查拼写或删去"
    if kind == "literal_error":
        return f"“{name}”只能是 {ctx['expected'].replace(' or ', '、').replace(', ', '、')}"
    if kind == "too_short":
        return f"“{name}”至少要有{ctx['min_length']}项"
    if kind == "too_long":
        return f"“{name}”最多{ctx['max_length']}项"
    if kind == "string_too_short":
        return f"“{name}”不能为空"
    if kind == "value_error":
        return str(ctx["error"])
    expected = {"string_type": "一段文字", "list_type": "用“- ”开头的列表", "model_type": "若干“项: 值”"}
    return (
        f"“{name}”应是{expected.get(kind, '另一种写法')}"
        if name
        else f"这里应是{expected.get(kind, '另一种写法')}"
    )
