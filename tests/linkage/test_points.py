"""The points of the model: the shipped files are whole, and a broken one is refused with file and line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aidcli.canon import canonical_json, sha256_text
from aidcli.errors import AidError
from aidcli.linkage.evidence import EARLIER, decode
from aidcli.linkage.points import BANDS, LEVELS
from aidcli.linkage.scoring import NAMES, POINTS, Model, load_model, parse_model


def part(name: str) -> str:
    """A part of the points in which every level has its line."""
    if name == "name":
        lines = [f"  {level.name}: [1, 2, 3, 4, 5]\n" for level in LEVELS[name]]
        return (
            "name:\n"
            + "".join(lines)
            + "name_reasons:\n"
            + "".join(f"  {level.name}: 理由\n" for level in LEVELS[name])
        )
    return f"{name}:\n" + "".join(f"  {level.name}: [{level.value}, 理由]\n" for level in LEVELS[name])


SMALL = (
    "version: 甲\nauto: 88\nreview: 62\nmargin: 14\nreasons:\n  auto: 一\n  review: 二\n  margin: 三\n"
    + "".join(map(part, LEVELS))
    + "caps:\n  - when: {name: [DIFFERENT, SURNAME], id: [SAME]}\n    at_most: 72\n    reason: 须人工确认\n"
)
BOOK = """\
version: 甲
surname_readings:
  单: shan
  尉迟: yu chi
readings:
  乐: le yue
compound_surnames: [尉迟]
surnames:
  710: [王, 李]
rare_surname: 4
given:
  160: [英]
rare_given: 9
look_alike:
  一两笔之差: 己已巳 玲铃
bands: [200, 20, 10, 2]
frequent: 王英
"""


def load(folder: Path, points: str | bytes = SMALL, book: str = BOOK) -> Model:
    (folder / "points.yaml").write_bytes(points.encode() if isinstance(points, str) else points)
    (folder / "names.yaml").write_text(book, encoding="utf-8")
    return load_model(folder / "points.yaml", folder / "names.yaml")


def refused(folder: Path, points: str | bytes = SMALL, book: str = BOOK) -> AidError:
    with pytest.raises(AidError) as caught:
        load(folder, points, book)
    assert caught.value.code == "bad_model"
    return caught.value


# ---------------------------------------------------------------- what is shipped


def test_every_line_that_is_shipped_has_its_reason() -> None:
    points = load_model().data["points"]
    for name, levels in LEVELS.items():
        assert set(points[name]) == {level.name for level in levels}
    assert all(len(row) == BANDS for row in points["name"].values())
    assert points["caps"] and all(cap["reason"] for cap in points["caps"])


def test_the_same_name_always_leads_one_that_only_sounds_or_looks_like_it() -> None:
    points = load_model().data["points"]
    for same, slip in zip(points["name"]["SAME"], points["name"]["SLIP"], strict=True):
        assert same - slip >= points["margin"]


def test_rarer_names_never_count_less() -> None:
    for level, row in load_model().data["points"]["name"].items():
        assert row == sorted(row), level


def test_what_agrees_speaks_for_and_what_differs_against() -> None:
    points = load_model().data["points"]
    for name in ("id", "birth", "place", "phone", "sex"):
        assert points[name]["MISSING"][0] == 0
    assert all(points[name]["DIFFERENT"][0] <= 0 for name in ("id", "birth", "phone", "sex"))
    assert max(line[0] for line in points["id"].values()) == points["id"]["SAME"][0]


def test_every_cap_bites_somewhere() -> None:
    """A cap above what its pairs could reach, or not below what they reach anyway, would be a dead line."""
    points = load_model().data["points"]
    for cap in points["caps"]:
        reach = 0
        for name, levels in LEVELS.items():
            allowed = cap["when"].get(name, [level.name for level in levels])
            reach += max(points[name][level][-1 if name == "name" else 0] for level in allowed)
        assert cap["at_most"] < reach, cap["reason"]


def test_frequent_letters_and_look_alikes_stand_once_in_the_shipped_names() -> None:
    book = load_model().data["names"]
    for key in ("surnames", "given"):
        letters = [letter for row in book[key].values() for letter in row]
        assert len(letters) == len(set(letters)), key
    groups = [group for text in book["look_alike"].values() for group in text.split()]
    assert all(len(set(group)) == len(group) >= 2 for group in groups) and len(set(groups)) == len(groups)
    assert len(book["frequent"].split()) == len(set(book["frequent"].split())) >= 100
    assert not book["readings"].keys() & {"英", "胜", "家"}


def test_an_older_epoch_has_its_look_alikes_in_one_text_and_no_readings() -> None:
    data = json.loads(load_model().json)
    data["names"]["look_alike"] = "己已巳 玲铃"
    del data["names"]["readings"], data["names"]["frequent"]
    lore = parse_model(json.dumps(data)).lore
    assert lore.look_alike["已"] == (1,) and lore.look_alike["铃"] == (2,)
    assert (lore.readings, lore.frequent) == ({}, frozenset())


# ---------------------------------------------------------------- the epoch


def test_a_stored_epoch_is_the_model_that_was_loaded(tmp_path: Path) -> None:
    model = load(tmp_path)
    stored = parse_model(model.json)
    assert (stored.hash, stored.caps, stored.lore) == (model.hash, model.caps, model.lore)
    assert stored.json == model.json


def test_the_hash_is_over_the_content_and_not_over_its_spelling(tmp_path: Path) -> None:
    model = load(tmp_path)
    assert model.hash == sha256_text(canonical_json(json.loads(model.json)))[:16]
    respelled = "\ufeff# 说明\r\n" + SMALL.replace("\n", "\r\n").replace("auto: 88", 'auto: "88"')
    assert load(tmp_path, respelled).hash == model.hash
    assert load(tmp_path, SMALL.replace("auto: 88", "auto: 89")).hash != model.hash
    assert load(tmp_path, SMALL.replace("须人工确认", "须确认")).hash != model.hash
    assert load(tmp_path, SMALL, BOOK.replace("玲铃", "玲铃伶")).hash != model.hash


def test_letters_of_a_group_look_alike(tmp_path: Path) -> None:
    lore = load(tmp_path).lore
    assert lore.look_alike["己"] == lore.look_alike["巳"] == (1,)
    assert lore.look_alike["玲"] == (2,)
    assert lore.surname_share == {"王": 0.071, "李": 0.071}


# ---------------------------------------------------------------- what is broken


HERE = ""  # the fault is told where the text was changed; else in the line of the text given


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("version: 甲\n", "", HERE, "缺少“version”这一项"),
        ("version: 甲", "version:", HERE, "“version”不能为空"),
        ("version: 甲", "colour: red\nversion: 甲", HERE, "不认识“colour”这一项"),
        ("auto: 88", "auto: 很高", HERE, "“auto”应是整数，不能是“很高”"),
        ("auto: 88", "auto: 88.0", HERE, "“auto”应是整数，不能是“88.0”"),
        ("auto: 88", "auto: 8_8", HERE, "“auto”应是整数"),
        ("auto: 88", "auto: ８８", HERE, "“auto”应是整数"),
        ("auto: 88", "auto: [88]", HERE, "“auto”应是整数"),
        ("auto: 88", "auto: 1000", HERE, "“auto”超出范围"),
        ("review: 62", "review: 89", HERE, "“review”不能高于“auto”"),
        ("margin: 14", "margin: -1", HERE, "“margin”不能是负数"),
        ("review: 62\n", "auto: 62\nreview: 62\n", HERE, "“auto”重复"),
        ("  auto: 一\n", "", "reasons:", "缺少“auto”的理由"),
        ("  review: 二\n", "  review: ' '\n", HERE, "“review”不能为空"),
        ("  SLIP: [3, 理由]\n", "", "id:", "缺少“SLIP”：比较时会得出它"),
        ("  SLIP: [3, 理由]\n", "  SLIP: [3, 理由]\n  SLOP: [3, 理由]\n", "id:", "没有“SLOP”这一级，可用的有："),
        ("  SLIP: [3, 理由]\n", "  SLIP: [3]\n", HERE, "缺少"),
        ("  SLIP: [3, 理由]\n", "  SLIP: [3, '']\n", HERE, "不能为空"),
        ("  SLIP: [3, 理由]\n", "  SLIP: [三, 理由]\n", HERE, "应是整数"),
        ("  SLIP: [3, 理由]\n", "  SLIP: 3\n", HERE, "“SLIP”应是"),
        ("  SLIP: [1, 2, 3, 4, 5]\n", "  SLIP: [1, 2, 3]\n", "name:", "“SLIP”应有5个分值，从最常见的姓名到最少见的"),
        ("  SLIP: [1, 2, 3, 4, 5]\n", "", "name:", "缺少“SLIP”：比较时会得出它"),
        ("  SLIP: 理由\n", "", "name_reasons:", "缺少“SLIP”：比较时会得出它"),
        (part("home"), "", "version:", "缺少“home”这一项"),
        (part("home"), "home: 无\n", HERE, "“home”应是若干“项: 值”"),
        ("id: [SAME]}", "colour: [SAME]}", HERE, "没有“colour”这一项，可用的有：id、name、birth"),
        ("id: [SAME]}", "id: [SAMEN]}", HERE, "“id”里没有“SAMEN”这一级"),
        ("id: [SAME]}", "id: []}", HERE, "应写明哪一项的哪几级"),
        ("{name: [DIFFERENT, SURNAME], id: [SAME]}", "{}", HERE, "应写明哪一项的哪几级"),
        ("at_most: 72", "at_most: 七十二", HERE, "“at_most”应是整数，不能是“七十二”"),
        ("    at_most: 72\n", "", "  - when:", "缺少“at_most”这一项"),
        ("    reason: 须人工确认\n", "", "  - when:", "缺少“reason”这一项"),
        ("    reason: 须人工确认", "    colour: red\n    reason: 须人工确认", HERE, "不认识“colour”这一项"),
        ("auto: 88", "auto: *t", HERE, "不支持用 & 和 * 引用"),
        ("  auto: 一\n", "\ta: 1\n", HERE, "YAML 写法有误"),
        (SMALL, "", HERE, "文件是空的"),
        (SMALL, "- 1\n", HERE, "文件应由若干“项: 值”组成"),
    ],
)  # fmt: skip
def test_broken_points_are_refused_with_file_line_and_cause(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    broken = SMALL.replace(old, new, 1)
    assert broken != SMALL
    line = _line(SMALL, old) if at == HERE else _line("\n" + broken, "\n" + at)
    error = refused(tmp_path, broken)
    first, fault = error.message.split("\n")
    assert first == "匹配模型有1处错误："
    found = re.match(r"points\.yaml 第(\d+)行：(.*)", fault)
    assert found and said in found[2], fault
    assert (error.file, error.row) == ("points.yaml", int(found[1])) == ("points.yaml", line)


def _line(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("version: 甲\n", "", 1, "缺少“version”这一项"),
        ("  单: shan", "  单: shan dan", 2, "“单”应是一两个字，每字一个读音"),
        ("  尉迟: yu chi", "  尉迟: yuchi", 2, "“尉迟”应是一两个字，每字一个读音"),
        ("  710: [王, 李]", "  许多: [王, 李]", 9, "应是整数"),
        ("  710: [王, 李]", "  710: 王", 9, "“710”应是用“- ”开头的列表"),
        ("rare_surname: 4", "rare_surname: 0", 10, "“rare_surname”超出范围，至少 1"),
        ("  单: shan", "  单: a/e/i/o", 2, "“单”的读音太多，一个字至多3个，用/隔开"),
        ("  乐: le yue", "  乐: le", 5, "“乐”应是一个字，有两三个读音"),
        ("  乐: le yue", "  音乐: le yue", 5, "“音乐”应是一个字，有两三个读音"),
        ("  一两笔之差: 己已巳 玲铃", "  一两笔之差:", 15, "“一两笔之差”不能为空"),
        ("己已巳 玲铃", "己已巳 玲", 14, "“玲”只有一个字，一组至少两个字"),
        ("己已巳 玲铃", "己已 己巳 己丁 己王 己李 己张", 14, "“己”写进了5组以上"),
        ("bands: [200, 20, 10, 2]", "bands: [2, 10, 20, 200]", 16, "应是4个由大到小的数"),
        ("bands: [200, 20, 10, 2]", "bands: [200, 20]", 16, "应是4个由大到小的数"),
        ("bands: [200, 20, 10, 2]", "bands: [200, 20, 10, 2, 1]", 16, "应是4个由大到小的数"),
    ],
)
def test_a_broken_book_of_names_is_refused(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert BOOK.count(old) == 1
    error = refused(tmp_path, book=BOOK.replace(old, new))
    fault = error.message.split("\n")[1]
    assert fault.startswith(f"names.yaml 第{line}行：") and said in fault, fault
    assert (error.file, error.row) == ("names.yaml", line)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert "points.yaml 第1行：不是 UTF-8 编码" in refused(tmp_path, SMALL.encode("gb18030")).message


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    broken = (
        SMALL.replace("auto: 88", "auto: 很高")
        .replace("at_most: 72", "at_most: 多")
        .replace("  SLIPS: [4, 理由]\n", "")
    )
    error = refused(tmp_path, broken)
    assert error.message.splitlines()[0] == "匹配模型有3处错误："
    assert error.row == 2


def test_the_shipped_files_are_where_the_program_looks() -> None:
    assert load_model().hash == load_model(POINTS, NAMES).hash


def test_an_epoch_that_is_older_than_a_level_never_links_by_it_and_counts_nothing_for_it() -> None:
    data = json.loads(load_model().json)
    del data["points"]["home"]["LENT"], data["points"]["name"]["SLIP"]
    data["points"]["home"]["GONE"] = ["70", "一个后来取消的级别"]
    data["points"]["caps"].append({"when": {"home": ["GONE"]}, "at_most": "1", "reason": "后来取消了"})
    older, newer = parse_model(json.dumps(data)), load_model()
    with_village_and_lent = 1301010040  # two right numbers, one name, the number somebody else's
    assert decode(with_village_and_lent).home.name == "LENT"
    assert older.score(with_village_and_lent) == newer.score(with_village_and_lent) - 25
    same_number_and_a_slip = 103110000
    assert newer.score(same_number_and_a_slip) > newer.auto
    assert older.score(same_number_and_a_slip) == newer.auto - 1


def test_an_epoch_that_is_older_than_a_level_takes_it_for_what_it_was_before() -> None:
    data = json.loads(load_model().json)
    for level in ("SCIENTIFIC_DAY", "MASKED_MONTH", "MASKED_YEAR", "OTHER_SERIAL"):
        del data["points"]["id"][level]
    del data["points"]["name"]["INFANT_ONE_OF"], data["points"]["name"]["MASKED_LAST"]
    older = parse_model(json.dumps(data))
    assert older.score(1501110000) == older.score(1001110000)  # to the day of birth: to the month
    assert older.score(1801110000) == older.score(1401110000)
    assert older.score(115110000) == older.score(107110000)
    assert older.score(114110010) == older.score(113110010)


@pytest.mark.parametrize("part", EARLIER)
def test_what_a_level_was_before_is_a_level_that_is_not_new_itself(part: str) -> None:
    new = EARLIER[part]
    assert new and not set(new) & set(new.values())
