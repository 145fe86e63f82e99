"""Templates looked over before they are used: every fault with its line, and what will probably go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...errors import AidError
from ...yamlfile import Place, YamlFile
from ..fields import FACTS, FIELDS
from ..headers.headings import HeaderMatch, Top, Vocabulary, heading_key, match_block
from ..templates import Template, read_template
from ..vocabulary.identity import OTHERS

_PEOPLE = frozenset(("name", "id", "sex", "birth", "phone", "township", "village"))
# What says something of a person beside who it is and where to be found.
_TELLING = (
    {spec.needs for spec in FACTS}
    | {field for _, *pair in OTHERS for field in pair}
    | {"disability_category", "disability_grade", "disability_card", "disabled", "death_day", "cremation_day"}
) - {*_PEOPLE, "address", "account", "account_holder", "card_account", "since"}
_GENERIC_WORDS = """
名称 状态 类型 类别 日期 时间 金额 编号 号码 备注 说明 原因 结果 数量 单位 项目 等级 级别 年度 月份 标准 情况 地址 合计
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_USUAL = frozenset(("姓名", "身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号", "身份证"))
_SHOWN = 6


class Said(NamedTuple):
    """A fault or a warning at a line of a template."""

    line: int
    message: str


class Checked(NamedTuple):
    """One template file looked over. `overrides` is the label of the shipped template it replaces."""

    path: Path
    key: str
    label: str
    overrides: str
    faults: tuple[Said, ...]
    warnings: tuple[Said, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def template_files(paths: Sequence[Path]) -> list[Path]:
    """The template files among files and folders. Raises `AidError` (``file_missing``)."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(path.glob("*.yaml")) + sorted(path.glob("*.yml"))
        elif path.exists():
            found.append(path)
        else:
            raise AidError(
                "file_missing",
                f"找不到“{path}”",
                file=path.name,
                hint="请检查文件名和所在文件夹；不写文件名时检查数据库旁的 templates/sources",
            )
    return list(dict.fromkeys(found))


def check(files: Sequence[Path], shipped: Mapping[str, Template]) -> list[Checked]:
    """Every file looked over, on its own and against the shipped templates and each other."""
    read = [(path, *read_template(path)) for path in files]
    everything = dict(shipped) | {one.key: one for _, one, _ in read if one is not None}
    keys: dict[tuple[Path, str], str] = {}
    found = []
    for path, template, source in read:
        one = _checked(path, template, source, shipped, everything)
        if template is not None:
            place = (path.resolve().parent, template.key)
            if place in keys:
                message = f"key “{template.key}”与 {keys[place]} 重复，请改成不同的"
                one = one._replace(faults=(*one.faults, Said(source.line(("key",)), message)))
            keys.setdefault(place, path.name)
        found.append(one)
    return found


def _checked(
    path: Path,
    template: Template | None,
    source: YamlFile,
    shipped: Mapping[str, Template],
    everything: Mapping[str, Template],
) -> Checked:
    faults = tuple(
        Said(fault.line, fault.message)
        for fault in sorted(dict.fromkeys(source.faults), key=lambda fault: fault.line)
    )
    told = source.data or {}
    if template is None:
        return Checked(path, str(told.get("key", "")), str(told.get("label", "")), "", faults, ())
    before = shipped.get(template.key)
    replaced = before if before is not None and before.hash != template.hash else None
    warnings = [
        Said(source.line(place), message)
        for place, message in (
            *(_replaces(template, replaced) if replaced else ()),
            *_pointless(template),
            *_required(template),
            *_ties(template, everything),
        )
    ]
    warnings.sort(key=lambda said: said.line)
    label = replaced.label if replaced else ""
    return Checked(path, template.key, template.label, label, faults, tuple(warnings))


def _replaces(template: Template, before: Template) -> Iterator[tuple[Place, str]]:
    listed = differences(template, before)
    more = f"等{len(listed)}处" if len(listed) > _SHOWN else ""
    yield ("key",), f"替换内置的“{before.label}”，不同：{'；'.join(listed[:_SHOWN])}{more}"


def differences(template: Template, before: Template) -> list[str]:
    """What a template says otherwise than the one it replaces."""
    found = [
        f"{name} 由“{_word(old)}”改为“{_word(new)}”"
        for name in type(template).model_fields
        if name != "fields" and (new := getattr(template, name)) != (old := getattr(before, name))
    ]
    for field in dict.fromkeys((*before.fields, *template.fields)):
        new, old = template.fields.get(field), before.fields.get(field)
        title = f"“{FIELDS[field].label}”（{field}）"
        if old is None or new is None:
            found.append(f"{'多了' if old is None else '少了'}{title}")
            continue
        more = [one for one in new.headings if one not in old.headings]
        less = [one for one in old.headings if one not in new.headings]
        said = (["多认列名" + "、".join(more)] if more else []) + (
            ["少认列名" + "、".join(less)] if less else []
        )
        if new.required != old.required:
            said.append("改为必须" if new.required else "不再必须")
        if new.model_dump(exclude={"headings", "required"}) != old.model_dump(
            exclude={"headings", "required"}
        ):
            said.append("单位或写法不同")
        found += [f"{title}{'，'.join(said)}"] if said else []
    return found or ["列名的先后"]


def _word(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


POINTLESS = "只认出人，没有认出任何事项：按它导入只会记下有这些人，看不出他们怎么了；请把说明事项的那一列也写进 fields"


def is_pointless(template: Template) -> bool:
    """Whether lists of a department read by a template would say nothing of the persons but who they are."""
    if template.kind != "department" or template.unit == "entry":
        return False
    return not (set(template.fields) & _TELLING)


def _pointless(template: Template) -> Iterator[tuple[Place, str]]:
    if is_pointless(template):
        yield ("fields",), POINTLESS


def _required(template: Template) -> Iterator[tuple[Place, str]]:
    """Where a template would claim lists that are none of its kind."""
    required = [field for field, column in template.fields.items() if column.required]
    if not required:
        yield ("fields",), "没有一项写 required: true，只要有两列对得上的表都会被认作这种表"
        return
    usual = all(_USUAL & set(map(heading_key, template.fields[field].headings)) for field in required)
    if set(required) <= _PEOPLE and usual and template.kind != "roster":
        yield (
            ("fields",),
            "必须有的只是姓名、身份证号这类列，别的名单也会被认作这种表；请给最能说明这是什么表的那一列加上 required: true",
        )
    for field in required:
        headings = template.fields[field].headings
        generic = [heading for heading in headings if heading_key(heading) in _GENERIC]
        if field not in _PEOPLE and len(generic) == len(headings):
            yield (
                ("fields", field),
                f"必须有的列“{'、'.join(generic)}”太笼统，许多表都有；请写出更完整的列名，或者改用别的列作 required",
            )


def _ties(template: Template, everything: Mapping[str, Template]) -> Iterator[tuple[Place, str]]:
    """Other templates that would claim a file with this one's headings just as well."""
    header = [column.headings[0] for column in template.fields.values()]
    needed = [column.headings[0] for column in template.fields.values() if column.required] or header
    tops = [Top.of([(1, tuple(cells))], ()) for cells in (header, needed)]
    own = [(top, len(_match(template.vocabulary, top).columns)) for top in tops]
    for other in everything.values():
        if other.key == template.key or _told_apart(template, other):
            continue
        for top, mine in own:
            theirs = _match(other.vocabulary, top)
            if not theirs.missing and len(theirs.columns) >= mine:
                yield (
                    ("fields",),
                    f"只看表头与“{other.label}”（{other.key}）分不出来：有{'、'.join(top.rows[0][1][:_SHOWN])}的表两个都认。"
                    "请给一列只有这种表才有的列加 required: true，或者导入时写 --source",
                )
                break


def _match(vocabulary: Vocabulary, top: Top) -> HeaderMatch:
    return match_block(vocabulary, top, top.blocks[0], ())


def _told_apart(one: Template, two: Template) -> bool:
    """Whether words of the file (programme, 城 or 农) decide between two templates anyway."""
    programmes = one.programme and two.programme and one.programme != two.programme
    residences = one.residence and two.residence and one.residence != two.residence
    return bool(programmes or residences)
