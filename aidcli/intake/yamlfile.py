"""YAML as text with line numbers: every scalar stays what was written, a key given twice is an error."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

Path_ = tuple[str | int, ...]


class Document(NamedTuple):
    """The content of a file, the line on which each place in it begins, and (line, message) of its errors."""

    content: object
    lines: dict[Path_, int]
    errors: list[tuple[int, str]]

    def line(self, place: Path_) -> int:
        """The line of a place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(path: Path) -> Document:
    """Reads one file; what is wrong with it stands in `errors`, `content` is then None or partial."""
    lines: dict[Path_, int] = {}
    errors: list[tuple[int, str]] = []
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError:
        return Document(None, lines, [(1, "不是 UTF-8 编码，请另存为 UTF-8 文本")])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Document(None, lines, [(line, "不是正确的 YAML：请检查缩进、冒号后的空格和引号")])
    except yaml.YAMLError:
        return Document(None, lines, [(1, "不是正确的 YAML 文本，其中有不允许的字符")])
    if node is None:
        return Document(None, lines, [(1, "文件是空的")])
    return Document(_build(node, (), lines, errors), lines, errors)


def _build(node: yaml.Node, place: Path_, lines: dict[Path_, int], errors: list[tuple[int, str]]) -> object:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        content: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in content:
                errors.append((key_node.start_mark.line + 1, f"“{key}”写了两次"))
                continue
            content[key] = _build(value_node, (*place, key), lines, errors)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return content
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*place, index), lines, errors) for index, item in enumerate(node.value)]
    return str(node.value)
