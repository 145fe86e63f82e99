"""The layouts there are: reading them from folders, finding one by key or label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from aidcli.errors import AidError, WrongUsage
from aidcli.yamlfile import Fault, YamlFile, refuse

from .layout import Layout


def load_layouts(folders: Sequence[Path]) -> dict[str, Layout]:
    """Every layout of the folders by key; one in a later folder takes the place of an earlier one.

    Raises `AidError`: ``layouts_missing`` names a folder that is not there, ``bad_layout`` lists every error
    of every file with its line.
    """
    faults: list[Fault] = []
    layouts: dict[str, Layout] = {}
    for folder in folders:
        if not folder.is_dir():
            raise AidError("layouts_missing", f"找不到表格布局文件夹“{folder}”", file=str(folder))
        here: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")):
            source = YamlFile(path)
            layout = None if source.data is None else source.model(Layout, source.data)
            if layout is not None:
                _check_unique(source, layout, layouts, here)
                here[layout.key] = path.name
                layouts[layout.key] = layout
            faults += source.faults
    if faults:
        hint = "请对照随程序附带的 templates/worklists 中的布局改正"
        refuse("bad_layout", "表格布局文件", faults, hint)
    return layouts


def find_layout(layouts: Mapping[str, Layout], word: str) -> Layout:
    """The layout with this key or label; raises `WrongUsage` that lists what there is."""
    for layout in layouts.values():
        if word in (layout.key, layout.label):
            return layout
    known = "、".join(f"{layout.label}（{layout.key}）" for layout in layouts.values()) or "（没有）"
    raise WrongUsage("unknown_worklist", f"没有名为“{word}”的工作表格，可用：{known}")


def _check_unique(
    source: YamlFile, layout: Layout, layouts: Mapping[str, Layout], here: Mapping[str, str]
) -> None:
    """`here`: key → file of the layouts in the same folder; a key of another folder may be taken over."""
    if layout.key in here:
        source.fault(("key",), f"key“{layout.key}”与“{here[layout.key]}”重复")
    for other in layouts.values():
        if other.label == layout.label and other.key != layout.key:
            source.fault(("label",), f"label“{layout.label}”与布局“{other.key}”重复")
