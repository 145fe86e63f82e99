from __future__ import annotations

import re

from aidcli.linkage.model_table import LEVELS, PARTS, table_of
from aidcli.linkage.points import BANDS
from aidcli.linkage.points import LEVELS as KNOWN
from aidcli.linkage.scoring import load_model, parse_model


def test_every_level_of_every_part_has_a_word_and_its_line() -> None:
    assert {part: set(levels) for part, levels in LEVELS.items()} == {
        part: set(levels.__members__) for part, levels in KNOWN.items()
    }
    table = table_of(load_model())
    assert {(line.part, line.level) for line in table.lines} == {
        (part, level) for part, levels in LEVELS.items() for level in levels
    }
    for part, levels in LEVELS.items():
        assert len(set(levels.values())) == len(levels), f"two levels of {PARTS[part]} are called alike"


def test_points_and_reasons_are_those_of_the_file() -> None:
    model = load_model()
    table = table_of(model)
    points = model.data["points"]
    same = next(line for line in table.lines if (line.part, line.level) == ("id", "SAME"))
    assert (same.points, same.reason) == ((points["id"]["SAME"][0],), points["id"]["SAME"][1])
    name = next(line for line in table.lines if (line.part, line.level) == ("name", "SAME"))
    assert name.points == tuple(points["name"]["SAME"]) and len(name.points) == BANDS
    assert [bound.points for bound in table.bounds] == [model.auto, model.review, model.margin]
    assert [cap.at_most for cap in table.caps] == [cap.at_most for cap in model.caps]
    assert all(one.reason for one in (*table.bounds, *table.lines, *table.caps))


def test_no_english_and_no_code_is_left_in_what_a_clerk_reads() -> None:
    table = table_of(load_model())
    read = [one.label for one in (*table.bounds, *table.lines, *table.caps)]
    assert not [text for text in read if re.search(r"[A-Za-z_]", text)]


def test_a_condition_names_what_fits_or_shorter_what_does_not() -> None:
    model = load_model()
    caps = [
        {"when": {"name": ["DIFFERENT", "SURNAME"], "id": ["SAME"]}, "at_most": 1, "reason": "a"},
        {"when": {"phone": ["MISSING", "DIFFERENT"]}, "at_most": 2, "reason": "b"},
    ]
    changed = type(model)({**model.data, "points": {**model.data["points"], "caps": caps}})
    assert [cap.label for cap in table_of(changed).caps] == [
        "身份证号是〔一致〕，并且姓名是〔不同／只有姓相同〕",
        "电话不是〔一致〕",
    ]


def test_a_frozen_epoch_reads_as_the_file_did() -> None:
    model = load_model()
    assert table_of(parse_model(model.json)) == table_of(model)
