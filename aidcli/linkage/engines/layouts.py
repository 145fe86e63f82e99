"""The Parquet files that go into and come out of a comparison of tables: columns, types, what must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...errors import AidError
from ...model import Identity
from ..features import KINDS

TEXT, INTEGER = "文本", "整数"

_SAID = tuple(name for name in Identity._fields if name != "row_key")
# What a claim may say beside who it is about; the slots of `model.Fact`.
FACT = {
    "fact": TEXT,
    "month": TEXT,
    "day": TEXT,
    "fen": INTEGER,
    "num": INTEGER,
    "code": TEXT,
    "text": TEXT,
}


class Layout(NamedTuple):
    """Columns of a file with their types. Whatever else stands in it is left aside."""

    label: str
    needed: Mapping[str, str]
    optional: Mapping[str, str]

    @property
    def columns(self) -> dict[str, str]:
        return {**self.needed, **self.optional}

    def check(self, types: Mapping[str, str], file: str) -> None:
        """Raises `AidError` (``parquet_columns``) where a column is missing or of another type.

        `types`: column → `TEXT`, `INTEGER`, or what else it holds in the file's own words.
        """
        missing = [name for name in self.needed if name not in types]
        if missing:
            there = "、".join(list(types)[:20])
            raise AidError(
                "parquet_columns",
                f"“{file}”不是{self.label}：缺少列 {'、'.join(missing)}，文件里有 {there}",
                file=file,
                column=missing[0],
                hint="各列的名称和类型见 docs/scale.md",
            )
        for name, wanted in self.columns.items():
            if name in types and types[name] != wanted:
                lost = "；号码、日期按数字存会丢失末位和前面的0" if wanted == TEXT else ""
                raise AidError(
                    "parquet_columns",
                    f"“{file}”的列 {name} 应是{wanted}，文件里是{types[name]}{lost}",
                    file=file,
                    column=name,
                    hint="请按文本重新写出这个 Parquet 文件" if wanted == TEXT else "请按整数写出",
                )


REGISTER = Layout(
    "登记人员表",
    dict.fromkeys(("mention", "region", "home", *_SAID), TEXT),
    dict.fromkeys(("person", "row_key"), TEXT),
)
CLAIMS = Layout(
    "部门数据表",
    dict.fromkeys(("mention", "source", *_SAID), TEXT),
    {**dict.fromkeys(("period", "role", "row_key"), TEXT), **FACT},
)
# A link as it is written: who, to whom, why, and the claim with all that it says.
LINKS = {
    "claim": TEXT,
    "district": TEXT,
    "register": TEXT,
    "person": TEXT,
    "tier": TEXT,
    "score": INTEGER,
    "evidence": TEXT,
    "sentence": TEXT,
    "elsewhere": INTEGER,
    "epoch": TEXT,
    **{name: kind for name, kind in CLAIMS.columns.items() if name != "mention"},
}
LINKED = Layout("关联分区", LINKS, {})
REGION = "region"  # the folder of a district: region=990101

_DISTRICT = re.compile(r"\d{6}\Z", re.ASCII)


def wrong_value(column: str, value: str) -> str:
    """What is wrong with a value of `mention`, `region`, `source` or `id_kind`, '' if nothing is."""
    if column == "id_kind" and value not in KINDS:
        return f"“{value}”不是号码的状态，应为 {'、'.join(KINDS)} 之一"
    if column == "region" and not _DISTRICT.match(value):
        return f"“{value}”不是六位的区县代码"
    return "" if value else "是空的"


CHECKED = ("mention", "region", "source", "id_kind")


def bad_value(file: str, mention: str, column: str, value: str) -> AidError:
    """What to raise for a value that is wrong."""
    return AidError(
        "parquet_value",
        f"“{file}”的列 {column} {wrong_value(column, value)}（mention 为“{mention}”的一行）",
        file=file,
        column=column,
        hint="请改正后重新写出这个 Parquet 文件",
    )


def twice(file: str, mention: str) -> AidError:
    """What to raise where two rows bear one key."""
    return AidError(
        "parquet_value",
        f"“{file}”的列 mention 有重复：“{mention}”不止一行，每行的编号应各不相同",
        file=file,
        column="mention",
        hint="请去掉重复的行，或给每行不同的编号",
    )
