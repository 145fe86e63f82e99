"""Source templates: which department file it is, which heading means which field. Data, no code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from .. import canon, terms
from ..errors import AidError
from .fields import FIELDS
from .headings import Vocabulary, heading_key, money_factor
from .yamlfile import Document, read


class FieldColumn(BaseModel):
    """How one field is written in this source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    headings: tuple[str, ...] = Field(min_length=1)
    required: bool = False
    unit: str = ""
    values: dict[str, str] = {}

    @field_validator("headings")
    @classmethod
    def _written(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        if any(not heading_key(heading) for heading in headings):
            raise ValueError("列名不能为空")
        return headings


class Template(BaseModel):
    """One kind of department file. `grouped`: members stand in the rows under their head's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(min_length=1)
    department: str
    kind: Literal["roster", "department", "money"]
    programme: str = ""
    residence: str = ""
    unit: Literal["household", "person"]
    cycle: Literal["month", "quarter"] = "month"
    coverage: Literal["full", "change"] = "full"
    file_names: tuple[str, ...] = ()
    role: str = "subject"
    row_key: str = ""
    fact_code: str = ""
    grouped: bool = False
    fields: dict[str, FieldColumn]

    @field_validator("department")
    @classmethod
    def _department(cls, word: str) -> str:
        return _one_of(word, terms.DEPARTMENTS)

    @field_validator("programme")
    @classmethod
    def _programme(cls, word: str) -> str:
        return _one_of(word, terms.PROGRAMMES)

    @field_validator("residence")
    @classmethod
    def _residence(cls, word: str) -> str:
        return _one_of(word, terms.RESIDENCES)

    @field_validator("role")
    @classmethod
    def _role(cls, word: str) -> str:
        return _one_of(word, terms.ROLES)

    @field_validator("fact_code")
    @classmethod
    def _fact_code(cls, word: str) -> str:
        return _one_of(word, terms.DEATH_SOURCES)

    @model_validator(mode="after")
    def _whole(self) -> Template:
        if self.kind == "roster" and not self.programme:
            raise ValueError("名册模板（kind: roster）须写明救助类型 programme")
        if {"death_day", "cremation_day"} & set(self.fields) and not self.fact_code:
            raise ValueError(
                "含死亡或火化日期的模板须写明 fact_code，可填：" + "、".join(terms.DEATH_SOURCES)
            )
        if self.row_key and self.row_key not in self.fields:
            raise ValueError(f"row_key 写的“{self.row_key}”不在 fields 之中")
        if self.grouped and "relation" not in self.fields:
            raise ValueError("成员列在户主之下的模板（grouped: true）须有 relation 一项")
        if not {"name", "id"} & set(self.fields):
            raise ValueError("fields 至少要有 name 或 id")
        return self

    @cached_property
    def vocabulary(self) -> Vocabulary:
        required = [field for field, column in self.fields.items() if column.required]
        units = {field: column.unit for field, column in self.fields.items() if column.unit}
        return Vocabulary.of(
            {field: column.headings for field, column in self.fields.items()}, required, units
        )

    @cached_property
    def hash(self) -> str:
        """Changes when anything in the template does."""
        return canon.sha256_text(canon.canonical_json(self.model_dump(mode="json")))

    def label_of(self, field: str) -> str:
        """The first heading of a field, as messages name it."""
        return self.fields[field].headings[0] if field in self.fields else FIELDS[field].label


def _one_of(word: str, table: Mapping[str, str]) -> str:
    if word and word not in table:
        raise ValueError("只能填：" + "、".join(f"{key}（{label}）" for key, label in table.items()))
    return word


def load_templates(folders: Sequence[Path]) -> dict[str, Template]:
    """All templates of some folders by key, later folders before earlier ones.

    A folder that does not exist counts as empty. Raises `AidError` (``bad_template``) that lists every
    error of every file with its line.
    """
    errors: list[tuple[str, int, str]] = []
    templates: dict[str, Template] = {}
    for folder in folders:
        here: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml")):
            document = read(path)
            found = [*document.errors, *_vocabulary_errors(document)]
            template = None if document.content is None else _validated(document, found)
            errors += [(path.name, line, message) for line, message in found]
            if template is None or found:
                continue
            if template.key in here:
                message = f"key “{template.key}”与 {here[template.key]} 重复"
                errors.append((path.name, document.line(("key",)), message))
            here[template.key] = path.name
            templates[template.key] = template
    if errors:
        listed = "；".join(f"{name} 第{line}行：{message}" for name, line, message in errors)
        raise AidError(
            "bad_template",
            f"来源模板有{len(errors)}处错误：{listed}",
            file=errors[0][0],
            row=errors[0][1],
            hint="改好后再运行一次；sources show 可查看现成的模板作为样例",
        )
    return templates


def _validated(document: Document, errors: list[tuple[int, str]]) -> Template | None:
    try:
        return Template.model_validate(document.content)
    except ValidationError as error:
        for one in error.errors():
            errors.append((document.line(tuple(one["loc"])), _in_chinese(one)))
        return None


def _in_chinese(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    kind = error["type"]
    if kind == "missing":
        return f"缺少“{name}”"
    if kind == "extra_forbidden":
        return f"不认识“{name}”这一项"
    if kind == "literal_error":
        words = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", "、")
        return f"“{name}”只能填：{words}"
    if kind == "bool_parsing":
        return f"“{name}”只能填 true 或 false"
    if kind == "string_pattern_mismatch":
        return f"“{name}”只能用小写英文字母、数字和下划线"
    if kind in ("too_short", "string_too_short"):
        return f"“{name}”不能为空"
    if kind == "value_error":
        reason = str(error["ctx"]["error"])
        return f"“{name}”{reason}" if name else reason
    expected = {"dict_type": "应为“名称: 内容”的多行", "model_type": "应为“名称: 内容”的多行"}
    return f"“{name or '整个文件'}”{expected.get(kind, '应为列表' if 'tuple' in kind else '应为文字')}"


def _vocabulary_errors(document: Document) -> list[tuple[int, str]]:
    """Unknown fields, canonical values that do not exist, and headings that mean two things."""
    content = document.content
    fields = content.get("fields") if isinstance(content, dict) else None
    if not isinstance(fields, dict):
        return []
    errors: list[tuple[int, str]] = []
    seen: dict[str, str] = {}
    for field, column in fields.items():
        place = ("fields", field)
        if field not in FIELDS:
            errors.append((document.line(place), f"不认识字段“{field}”，可用：" + "、".join(FIELDS)))
            continue
        if not isinstance(column, dict):
            continue
        errors += _column_errors(document, field, column)
        headings = column.get("headings")
        for heading in headings if isinstance(headings, list) else []:
            key = heading_key(str(heading))
            if seen.setdefault(key, field) != field:
                line = document.line((*place, "headings"))
                errors.append((line, f"列名“{heading}”同时属于 {seen[key]} 和 {field}"))
    return errors


def _column_errors(document: Document, field: str, column: dict[str, object]) -> list[tuple[int, str]]:
    errors: list[tuple[int, str]] = []
    spec = FIELDS[field]
    values = column.get("values")
    if isinstance(values, dict):
        known = sorted({word for word in (spec.choices or {}).values() if word})
        for written, word in values.items():
            if word not in known:
                message = f"“{word}”不是“{field}”可用的值，可用：" + (
                    "、".join(known) or "（此字段没有选项）"
                )
                errors.append((document.line(("fields", field, "values", written)), message))
    unit = column.get("unit")
    if unit and (spec.type != "money" or money_factor(str(unit)) is None):
        message = f"“{field}”的单位“{unit}”不可用，金额可写 元、百元、千元、万元，其他字段不写单位"
        errors.append((document.line(("fields", field, "unit")), message))
    return errors
