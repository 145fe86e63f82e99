"""The layouts there are: reading them from folders, finding one by key or label."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from aidcli.errors import AidError, WrongUsage

from .layout import Layout

_SAID = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "int_parsing": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "string_type": "应为文字",
    "tuple_type": "应为列表（每项前写“- ”）",
    "dict_type": "应为“名称: 值”",
    "model_type": "应为“名称: 值”",
    "string_pattern_mismatch": "应为小写字母、数字和下划线，以字母开头",
    "string_too_short": "不能为空",
    "too_short": "至少要有一项",
}


class _Loader(yaml.BaseLoader):
    """Everything is text (no 否 that turns false), and a key written twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"“{key.value}”写了两次", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_layouts(folders: Sequence[Path]) -> dict[str, Layout]:
    """Every layout of the folders by key; one in a later folder takes the place of an earlier one.

    Raises `AidError` with the file and everything wrong in it.
    """
    layouts: dict[str, Layout] = {}
    for folder in folders:
        if not folder.is_dir():
            raise AidError("layouts_missing", f"找不到表格布局文件夹“{folder}”", file=str(folder))
        here: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yaml")):
            layout = _read(path)
            if layout.key in here:
                raise _bad(path, f"key“{layout.key}”与“{here[layout.key].name}”重复")
            here[layout.key] = path
            layouts[layout.key] = layout
            twin = next((other for other in layouts.values() if other.label == layout.label), layout)
            if twin.key != layout.key:
                raise _bad(path, f"label“{layout.label}”与布局“{twin.key}”重复")
    return layouts


def find_layout(layouts: Mapping[str, Layout], word: str) -> Layout:
    """The layout with this key or label; raises `WrongUsage` that lists what there is."""
    for layout in layouts.values():
        if word in (layout.key, layout.label):
            return layout
    known = "、".join(f"{layout.label}（{layout.key}）" for layout in layouts.values()) or "（没有）"
    raise WrongUsage("unknown_worklist", f"没有名为“{word}”的工作表格，可用：{known}")


def _read(path: Path) -> Layout:
    try:
        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
        raise _bad(path, f"{place}：{error.problem}") from error
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise _bad(path, f"读不出来，应为 UTF-8 编码的 YAML 文件：{error}") from error
    if not isinstance(data, dict):
        raise _bad(path, "应为“名称: 值”组成的 YAML，文件却是空的或只有一个值")
    try:
        return Layout.model_validate(data)
    except ValidationError as error:
        raise _bad(path, "；".join(_say(fault) for fault in error.errors())) from error


def _say(fault: Any) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "value_error":
        said = str(context["error"])
    elif kind == "literal_error":
        said = f"只能是 {context['expected'].replace(' or ', '、')}，不能是“{fault['input']}”"
    elif kind in ("greater_than_equal", "less_than_equal"):
        said = (
            f"超出范围，{'至少' if kind.startswith('g') else '至多'} {context.get('ge', context.get('le'))}"
        )
    else:
        said = _SAID.get(kind, "值不对")
    return f"{place}：{said}" if place else said


def _bad(path: Path, said: str) -> AidError:
    return AidError(
        "bad_layout",
        f"表格布局文件“{path.name}”有错：{said}",
        file=str(path),
        hint="请对照随程序附带的 templates/worklists 中的布局改正",
    )
