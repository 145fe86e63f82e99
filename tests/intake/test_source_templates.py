"""Source templates: the shipped ones load, own ones go before them, and every error is told at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from intake_files import TEMPLATES

from aidcli.errors import AidError
from aidcli.intake import load_templates
from aidcli.intake.drafts import checking
from aidcli.resources import data_dir

SMALL = """\
key: carers
label: 照料人名单
department: civil_affairs
kind: department
unit: person
fields:
  name: {headings: [姓名], required: true}
  id: {headings: [身份证号]}
"""


def test_the_shipped_templates_of_the_first_month_are_all_there() -> None:
    assert set(TEMPLATES) >= {
        "bank_return", "cremation", "death_cancellation", "dibao_margin", "dibao_rural_household",
        "dibao_rural_person", "dibao_urban_household", "dibao_urban_person", "disabled_persons",
        "medical_settlement", "registered_unemployed", "tekun_household", "tekun_person",
    }  # fmt: skip


def test_rural_and_urban_pairs_know_the_same_headings() -> None:
    for sheet in ("household", "person"):
        rural, urban = TEMPLATES[f"dibao_rural_{sheet}"], TEMPLATES[f"dibao_urban_{sheet}"]
        assert {f: set(c.headings) for f, c in rural.fields.items()} == {
            f: set(c.headings) for f, c in urban.fields.items()
        }
        assert (rural.residence, urban.residence) == ("rural", "urban")


def test_a_later_folder_goes_before_an_earlier_one(tmp_path: Path) -> None:
    shipped = data_dir("templates/sources")
    own = (
        (shipped / "cremation.yaml")
        .read_text(encoding="utf-8")
        .replace("火化时间, 火化日期", "火化时间, 火化日期, 火葬日期")
    )
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    templates = load_templates([shipped, tmp_path, tmp_path / "missing"])
    assert "火葬日期" in templates["cremation"].fields["cremation_day"].headings
    assert templates["cremation"].hash != TEMPLATES["cremation"].hash
    assert templates["tekun_person"].hash == TEMPLATES["tekun_person"].hash


def _errors(tmp_path: Path, **files: str) -> AidError:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AidError) as caught:
        load_templates([tmp_path])
    assert caught.value.code == "bad_template"
    return caught.value


BROKEN = Path(__file__).with_name("broken_templates")
# One file for each fault, the line where it stands and what is said of it.
FAULTS = {
    "label_missing": (1, "缺少“label”"),
    "unit_unknown": (5, "不能是“village”"),
    "key_of_nothing": (6, "不认识“colour”"),
    "department_unknown": (3, "disabled_federation（残联）"),
    "key_twice": (6, "“unit”重复（第5行已有）"),
    "field_unknown": (8, "不认识字段“idcard”"),
    "heading_twice": (8, "“姓名”同时属于 name 和 id"),
    "headings_empty": (8, "“headings”至少要有1项"),
    "heading_blank": (8, "列名不能为空"),
    "headings_missing": (8, "缺少“headings”"),
    "required_maybe": (8, "“required”应是 true 或 false"),
    "row_key_elsewhere": (1, "row_key 写的“serial”不在 fields"),
    "roster_without_programme": (1, "programme"),
    "key_in_chinese": (1, "小写英文"),
    "tab": (7, "YAML"),
    "death_without_code": (1, "fact_code"),
    "value_unknown": (9, "“man”不是“sex”可用的值"),
    "money_unit": (9, "单位“年”不可用"),
    "grouped_without_relation": (1, "须有 relation 一项"),
    "nobody": (1, "至少要有 name 或 id"),
    "reference": (5, "不支持用 & 和 *"),
    "no_mapping": (1, "若干“项: 值”"),
    "empty": (1, "文件是空的"),
    "not_utf8": (2, "不是 UTF-8 编码"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_error_names_file_line_and_cause(tmp_path: Path, name: str) -> None:
    line, said = FAULTS[name]
    shutil.copy(BROKEN / f"{name}.yaml", tmp_path)
    with pytest.raises(AidError) as caught:
        load_templates([tmp_path])
    error = caught.value
    assert error.code == "bad_template"
    assert "有1处错误" in error.message and said in error.message
    assert f"{name}.yaml 第{line}行" in error.message
    assert (error.file, error.row) == (f"{name}.yaml", line)


def test_every_broken_template_is_in_the_table() -> None:
    assert {path.stem for path in BROKEN.glob("*.yaml")} == set(FAULTS)


def test_all_broken_templates_are_looked_over_in_one_go() -> None:
    found = checking.check(checking.template_files([BROKEN]), {})
    assert {(one.path.stem, one.faults[0].line) for one in found} == {
        (name, line) for name, (line, _) in FAULTS.items()
    }
    assert not any(one.ok for one in found)


def test_all_errors_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    one = SMALL.replace("unit: person", "unit: village").replace("kind: department", "kind: list")
    error = _errors(tmp_path, one=one, two=SMALL.replace("[姓名]", "[]"), three=SMALL, four=SMALL)
    assert "有4处错误" in error.message
    assert "重复" in error.message and "two.yaml 第7行" in error.message


def test_a_template_of_one_s_own_reads_without_new_code(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(SMALL, encoding="utf-8")
    assert load_templates([tmp_path])["carers"].fields["name"].required is True


def test_own_spellings_of_a_choice(tmp_path: Path) -> None:
    from intake_files import TODAY, facts, id_number, text_file

    from aidcli.intake import open_file

    own = SMALL + "  disability_category: {headings: [类], values: {甲: limb}}\n"
    (tmp_path / "t.yaml").write_text(own, encoding="utf-8")
    path = text_file(tmp_path / "名单202610.csv", [["姓名", "身份证号", "类"], ["张三", id_number(1), "甲"]])
    (row,) = open_file(path, load_templates([tmp_path]), today=TODAY).rows(0)
    assert [fact.code for fact in facts(row, "disability")] == ["limb"]


def checked(tmp_path: Path, text: str, name: str = "own.yaml") -> checking.Checked:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (found,) = checking.check([path], TEMPLATES)
    return found


def test_a_sound_template_of_its_own_kind_has_nothing_said_of_it(tmp_path: Path) -> None:
    text = SMALL + "  carer_name: {headings: [照料人姓名], required: true}\n"
    found = checked(tmp_path, text)
    assert (found.ok, found.key, found.label, found.overrides, found.warnings) == (
        True, "carers", "照料人名单", "", (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (SMALL.replace(", required: true", ""), 6, "没有一项写 required"),
        (SMALL, 6, "别的名单也会被认作这种表"),
        (SMALL + "  pay_amount: {headings: [金额], required: true}\n", 9, "“金额”太笼统"),
    ],
)
def test_a_template_that_would_claim_other_lists_is_warned_of(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    found = checked(tmp_path, text)
    assert found.ok
    assert [one.line for one in found.warnings if said in one.message] == [line]


def test_a_template_whose_headings_another_knows_too_is_warned_of(tmp_path: Path) -> None:
    text = SMALL + "  cremation_day: {headings: [火化时间], required: true}\n"
    text = text.replace("key: carers", "key: ashes\nfact_code: cremation").replace("照料人名单", "骨灰名单")
    (warning,) = checked(tmp_path, text).warnings
    assert "与“殡葬火化名单”（cremation）分不出来" in warning.message


def test_what_replaces_a_shipped_template_is_told_with_the_differences(tmp_path: Path) -> None:
    text = (data_dir("templates/sources") / "cremation.yaml").read_text(encoding="utf-8")
    same = checked(tmp_path, text)
    assert (same.overrides, [one for one in same.warnings if "替换" in one.message]) == ("", [])
    text = text.replace("火化时间, 火化日期", "火化那天, 火化日期").replace("cycle: quarter", "cycle: month")
    found = checked(tmp_path, text)
    (warning,) = (one for one in found.warnings if "替换" in one.message)
    assert found.overrides == "殡葬火化名单"
    assert "cycle 由“quarter”改为“month”" in warning.message
    assert "多认列名火化那天，少认列名火化时间" in warning.message
    assert warning.line == text.splitlines().index("key: cremation") + 1


def test_two_own_templates_of_one_key_are_a_fault_of_the_second(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    first, second = checking.check(checking.template_files([tmp_path]), {})
    assert first.ok and not second.ok
    assert second.faults[0].message == "key “carers”与 a.yaml 重复，请改成不同的"


def test_a_template_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        checking.template_files([tmp_path / "none.yaml"])
    assert caught.value.code == "file_missing"
