"""Source templates: which department file it is, which heading means which field. Data, no code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from .. import canon, terms
from ..yamlfile import Fault, YamlFile, refuse
from .fields import FIELDS
from .headers.headings import Vocabulary, heading_key, money_factor


class FieldColumn(BaseModel):
    """How one field is written in this source.

    `required`: without the column it is another kind of file; outside rosters a row without the value is set
    aside, unless it `may_be_blank`. `needs_unit`: a heading that names no unit is not guessed at.
    `from_name`: where there is no such column, the file's name, the sheet's or the title may tell it.
    `or_else`: fields whose column will do where a required one is not there. `why`: what a file without the column
    cannot tell, and what to ask for; said where it is refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    headings: tuple[str, ...] = Field(min_length=1)
    required: bool = False
    unit: str = ""
    needs_unit: bool = False
    may_be_blank: bool = False
    from_name: bool = False
    or_else: tuple[str, ...] = ()
    why: str = ""
    values: dict[str, str] = {}

    @field_validator("headings")
    @classmethod
    def _written(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        if any(not heading_key(heading) for heading in headings):
            raise ValueError("列名不能为空")
        return headings


_WORDS: dict[str, Mapping[str, str]] = {
    "department": terms.DEPARTMENTS,
    "programme": terms.PROGRAMMES,
    "residence": terms.RESIDENCES,
    "role": terms.ROLES,
    "fact_code": terms.DEATH_SOURCES,
}


class Template(BaseModel):
    """One kind of department file. `grouped`: members stand in the rows under their head's.

    `several`: a row may name several persons in one cell, as co-owners, and says the same of each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(min_length=1)
    department: str
    kind: Literal["roster", "department", "money"]
    programme: str = ""
    residence: str = ""
    unit: Literal["household", "person", "entry"]  # entry: a row is no person, row_key says what it is called
    cycle: Literal["month", "quarter", "year"] = "month"
    coverage: Literal["full", "change"] = "full"
    file_names: tuple[str, ...] = ()
    role: str = "subject"
    row_key: str = ""
    fact_code: str = ""
    grouped: bool = False
    several: bool = False
    fields: dict[str, FieldColumn]

    @field_validator(*_WORDS)
    @classmethod
    def _known(cls, word: str, info: ValidationInfo) -> str:
        return _one_of(word, _WORDS[str(info.field_name)])

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
        repeated = [field for field in self.fields if field in FIELDS and FIELDS[field].repeats]
        if repeated and self.unit != "household" and not self.grouped:
            raise ValueError(f"{'、'.join(repeated)} 只用于一行一户的模板（unit: household）")
        if self.several and (self.kind != "department" or self.unit != "person"):
            raise ValueError("一格可有多人（several: true）只用于部门名单（kind: department，unit: person）")
        if self.grouped and "relation" not in self.fields:
            raise ValueError("成员列在户主之下的模板（grouped: true）须有 relation 一项")
        person = bool({"name", "id"} & set(self.fields))
        if self.unit == "entry" and (person or not self.row_key or self.kind != "department"):
            raise ValueError(
                "一行不是人的模板（unit: entry）不写 name 和 id，须写明 row_key，kind 须是 department"
            )
        if self.unit != "entry" and not person:
            raise ValueError("fields 至少要有 name 或 id")
        return self

    @cached_property
    def vocabulary(self) -> Vocabulary:
        required = [field for field, column in self.fields.items() if column.required]
        units = {field: column.unit for field, column in self.fields.items() if column.unit}
        instead = {field: column.or_else for field, column in self.fields.items() if column.or_else}
        return Vocabulary.of(
            {field: column.headings for field, column in self.fields.items()}, required, units, instead
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
        known = "、".join(f"{key}（{label}）" for key, label in table.items())
        raise ValueError(f"“{word}”不可选，只能是：{known}")
    return word


def load_templates(folders: Sequence[Path]) -> dict[str, Template]:
    """All templates of some folders by key, later folders before earlier ones.

    A folder that does not exist counts as empty. Raises `AidError` (``bad_template``) that lists every
    error of every file with its line.
    """
    faults: list[Fault] = []
    templates: dict[str, Template] = {}
    for folder in folders:
        here: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml")):
            template, source = read_template(path)
            faults += source.faults
            if template is not None:
                if template.key in here:
                    message = f"key “{template.key}”与 {here[template.key]} 重复"
                    faults.append(Fault(path.name, source.line(("key",)), message))
                here[template.key] = path.name
                templates[template.key] = template
    if faults:
        hint = "改好后用 aidcli sources check 检查；aidcli sources show 来源 可查看现成的模板作为样例"
        refuse("bad_template", "来源模板", faults, hint)
    return templates


def read_template(path: Path) -> tuple[Template | None, YamlFile]:
    """The template in one file, None where it has faults; they stand in the file as read, with their lines.

    A file that has not changed is not parsed again: every file of an import asks for all templates.
    """
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    return _read(path, content)


@lru_cache(maxsize=512)
def _read(path: Path, content: bytes) -> tuple[Template | None, YamlFile]:
    source = YamlFile(path)
    if source.data is None:
        return None, source
    _check_fields(source, source.data.get("fields"))
    template = source.model(Template, source.data)
    return (None if source.faults else template), source


def _check_fields(source: YamlFile, fields: object) -> None:
    """Unknown fields, canonical values that do not exist, and headings that mean two things."""
    seen: dict[str, str] = {}
    for field, column in fields.items() if isinstance(fields, dict) else ():
        place = ("fields", field)
        if field not in FIELDS:
            source.fault(place, f"不认识字段“{field}”，可用：" + "、".join(FIELDS))
            continue
        if not isinstance(column, dict):
            continue
        _check_column(source, field, column)
        headings = column.get("headings")
        for heading in headings if isinstance(headings, list) else []:
            key = heading_key(str(heading))
            if seen.setdefault(key, field) != field:
                message = f"列名“{heading}”同时属于 {seen[key]} 和 {field}"
                source.fault((*place, "headings"), message)


def _check_column(source: YamlFile, field: str, column: dict[str, object]) -> None:
    spec = FIELDS[field]
    values = column.get("values")
    known = sorted({word for word in (spec.choices or {}).values() if word})
    for written, word in values.items() if isinstance(values, dict) else ():
        if word not in known:
            options = "、".join(known) or "（此字段没有选项）"
            message = f"“{word}”不是“{field}”可用的值，可用：{options}"
            source.fault(("fields", field, "values", written), message)
    others = column.get("or_else")
    for other in others if isinstance(others, list) else []:
        if other not in FIELDS:
            source.fault(("fields", field, "or_else"), f"or_else 写的“{other}”不是字段")
    unit = column.get("unit")
    if unit and (spec.type != "money" or money_factor(str(unit)) is None):
        message = f"“{field}”的单位“{unit}”不可用，金额可写 元、百元、千元、万元，其他字段不写单位"
        source.fault(("fields", field, "unit"), message)
    if column.get("needs_unit") == "true" and spec.type != "money":
        source.fault(("fields", field, "needs_unit"), f"“{field}”不是金额，不用写 needs_unit")
    if column.get("from_name") == "true" and not spec.choices:
        source.fault(("fields", field, "from_name"), f"“{field}”没有选项，不能从文件名里认，不用写 from_name")
