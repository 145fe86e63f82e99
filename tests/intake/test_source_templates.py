"""Source templates: the shipped ones load, own ones go before them, and every error is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES

from aidcli.errors import AidError
from aidcli.intake import load_templates
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


def test_the_shipped_templates_are_all_there() -> None:
    assert sorted(TEMPLATES) == [
        "bank_return", "cremation", "death_cancellation", "dibao_margin", "dibao_rural_household",
        "dibao_rural_person", "dibao_urban_household", "dibao_urban_person", "disabled_persons",
        "medical_settlement", "registered_unemployed", "tekun_household", "tekun_person",
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("label: 照料人名单\n", "", 1, "缺少“label”"),
        ("unit: person", "unit: village", 5, "“unit”只能是 household、person，不能是“village”"),
        ("unit: person", "unit: person\ncolour: red", 6, "不认识“colour”"),
        ("department: civil_affairs", "department: army", 3, "disabled_federation（残联）"),
        ("unit: person", "unit: person\nunit: person", 6, "“unit”重复（第5行已有）"),
        ("  id: {", "  idcard: {", 8, "不认识字段“idcard”"),
        ("[身份证号]", "[姓名]", 8, "“姓名”同时属于 name 和 id"),
        ("[身份证号]", "[]", 8, "“headings”至少要有1项"),
        ("headings: [身份证号]", "headings: [身份证号], required: maybe", 8, "“required”应是 true 或 false"),
        ("unit: person", "unit: person\nrow_key: serial", 1, "row_key 写的“serial”不在 fields"),
        ("kind: department", "kind: roster", 1, "programme"),
        ("key: carers", "key: 照料", 1, "小写英文"),
        ("fields:\n", "fields:\n\tname:\n", 7, "YAML"),
        ("[身份证号]}", "[身份证号]}\n  death_day: {headings: [死亡日期]}", 1, "fact_code"),
        (
            "[身份证号]}",
            "[身份证号]}\n  sex: {headings: [性别], values: {男: man}}",
            9,
            "“man”不是“sex”可用的值",
        ),
        ("[身份证号]}", "[身份证号]}\n  total: {headings: [合计], unit: 年}", 9, "单位“年”不可用"),
    ],
)
def test_an_error_names_file_line_and_cause(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SMALL
    error = _errors(tmp_path, small=SMALL.replace(old, new))
    assert said in error.message
    assert f"small.yaml 第{line}行" in error.message
    assert (error.file, error.row) == ("small.yaml", line)


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
