from __future__ import annotations

from collections import Counter
from typing import Any

import rereading as again

from sample_data.dirt import CLEAN, DIRT


def _places(group: list[dict[str, Any]]) -> frozenset[again.Place]:
    return frozenset((p["file"], p["sheet"], p["row"], p["ordinal"], p["role"]) for p in group)


def _place(item: dict[str, Any]) -> again.Place:
    (place,) = _places([item["place"]])
    return place


def test_people_are_those_whom_number_and_name_tell(made: again.Made) -> None:
    groups = [_places(group) for group in made.expected["people"]]
    assert set(groups) == again.strict_groups(again.rows(made.inputs))
    assert len(set(groups)) == len(groups)
    linked = frozenset().union(*groups)
    assert sum(map(len, groups)) == len(linked)
    assert {place["role"] for group in made.expected["people"] for place in group} == {
        "head",
        "member",
        "subject",
        "carer",
    }


def test_everybody_in_the_files_is_in_the_answers_once_with_the_true_number(made: again.Made) -> None:
    expected = made.expected
    truth: dict[again.Place, str] = {}
    for group, number in zip(expected["people"], expected["people_numbers"], strict=True):
        truth |= dict.fromkeys(_places(group), number)
    clean = truth | {_place(item): item["id_number"] for item in expected["alone"]}
    truth = clean | {_place(item): item["id_number"] for item in expected["dirty"]}
    counted = [len(group) for group in expected["people"]]
    assert len(truth) == sum(counted) + len(expected["alone"]) + len(expected["dirty"])
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    assert truth.keys() == found.keys()
    assert all(found[place].reading.value == number for place, number in clean.items())


def test_dirty_rows_hide_their_number_or_their_name_or_show_another_persons(made: again.Made) -> None:
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    name_of = dict(again.standings(made.inputs).keys())
    for item in made.expected["dirty"]:
        mention, number = found[_place(item)], item["id_number"]
        kind = DIRT[item["dirt"]]
        assert item["expected"] == kind.expected or (item["expected"], kind.expected) == ("open", "link")
        assert item["about"] is not None or item["expected"] != "ask"
        match mention.reading.kind:
            case "valid" | "legacy15" if mention.reading.value == number:
                assert mention.name != name_of[number]
            case "valid" | "legacy15":
                assert name_of[mention.reading.value] != mention.name
            case "cut":
                assert number.startswith(mention.reading.value)
            case "masked":
                assert number.endswith(mention.reading.value[-4:])
            case "bad_check":
                assert sum(a != b for a, b in zip(mention.reading.value, number, strict=True)) == 1
            case other:
                assert other == "missing"


def test_each_kind_of_dirt_is_there_as_often_as_it_was_planted(made: again.Made) -> None:
    kinds = Counter(item["dirt"] for item in made.expected["dirty"])
    planted = {
        *("slip", "masked_in_village", "masked_name", "none_in_village", "no_dots", "part_of_name"),
        *("traditional", "former_name", "renamed", "twins_number", "guardians_number", "infant"),
        *("cut_of_two", "twice"),
    }
    assert {kind: kinds[kind] for kind in planted} == dict.fromkeys(planted, made.sets)
    assert {"number", "cut", "wrong", "masked", "none", "others_number"} <= kinds.keys()
    assert kinds.keys() == DIRT.keys() - CLEAN


def test_hard_cases_are_what_they_are_called(made: again.Made) -> None:
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    roster = again.standings(made.inputs)
    name_of = dict(roster.keys())
    homes = {number: {place.household for place in places} for (number, _), places in roster.items()}
    for item in made.expected["dirty"]:
        mention, number, about = found[_place(item)], item["id_number"], item["about"]
        match item["dirt"]:
            case "no_dots":
                assert "·" in name_of[number] and mention.name == name_of[number].replace("·", "")
            case "part_of_name":
                assert name_of[number].startswith(mention.name + "·")
            case "traditional":
                assert mention.name != name_of[number] and len(mention.name) == len(name_of[number])
            case "cut_of_two":
                assert name_of[number] == name_of[about] == mention.name and number != about
                assert number[:15] == about[:15] and not homes[number] & homes[about]
            case "twins_number":
                assert number[:15] == about[:15] and homes[number] == homes[about]
                assert sum(a != b for a, b in zip(name_of[number], name_of[about], strict=True)) == 1
            case "guardians_number":
                assert homes[number] == homes[mention.reading.value] and mention.name == name_of[number]
            case "infant":
                assert homes[number] == homes[about] and mention.name[:-2] == name_of[about]
                assert number[6:10] == "2026" and mention.reading.value == about
            case "others_number":
                assert mention.reading.value == about != number
            case "twice":
                assert about == number and mention.place[0].startswith(again.MARGIN)


def test_rows_read_by_their_card_have_the_whole_number_there(made: again.Made) -> None:
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    by_card = made.expected["by_card"]
    assert by_card and all(found[_place(item)].reading.value == item["id_number"] for item in by_card)
    cells = {row.number: row.cells for row in again.rows(made.inputs, again.CARDS)}
    assert all(cells[item["place"]["row"]]["残疾人证号"].startswith(item["id_number"]) for item in by_card)
    assert any(len(str(row["身份证号码"])) == 20 for row in cells.values())


def test_alerts_are_what_the_files_show(made: again.Made) -> None:
    assert again.judge(made.inputs) == made.flagged()
    counts = Counter(alert["rule"] for alert in made.expected["alerts"])
    per_set = {
        "roster_after_death": 7,
        "exclusive_programmes": 4,
        "severe_disability_not_in_dibao": 6,
        "medical_self_paid_12m": 6,
        "account_shared": 2,
    }
    assert counts == {rule: count * made.sets for rule, count in per_set.items()}


def test_alerts_name_the_households_they_stand_on(made: again.Made) -> None:
    roster = {number: places for (number, _), places in again.standings(made.inputs).items()}
    shared = again.shared_accounts(made.inputs)
    for alert in made.expected["alerts"]:
        if alert["rule"] == "account_shared":
            assert alert["households"] == len(shared[alert["account"]]) and alert["case_number"] is None
            continue
        places = roster.get(alert["id_number"], [])
        assert alert["households"] == len({place.household for place in places})
        cases = [place.case for place in places if place.case]
        assert alert["case_number"] == (cases[0] if cases else None)
    assert {len(cases) for cases in shared.values()} == {2, 3}


def test_near_misses_are_in_the_files_and_not_among_the_alerts(made: again.Made) -> None:
    flagged = made.flagged()
    text = {str(cell) for row in again.rows(made.inputs) for cell in row.cells.values() if cell}
    kinds = Counter((miss["rule"], miss["kind"]) for miss in made.expected["near_misses"])
    for miss in made.expected["near_misses"]:
        assert (miss["rule"], miss["id_number"], miss["account"]) not in flagged
        assert any((miss["id_number"] or miss["account"]) in cell for cell in text)
    assert kinds.pop(("account_shared", "institution_account")) == 2
    assert kinds.pop(("exclusive_programmes", "single_person_dibao")) == 2 * made.sets
    assert set(kinds.values()) == {made.sets} and len(kinds) == 17


def test_death_near_misses_differ_in_just_the_thing_they_are_named_for(made: again.Made) -> None:
    roster = again.standings(made.inputs)
    name_of = dict(roster.keys())
    dead = [
        m
        for kind in (again.CREMATED, again.CANCELLED)
        for row in again.rows(made.inputs, kind)
        for m in again.mentions(row)
    ]
    for miss in made.near_misses("living_namesake"):
        same = {m.reading.value for m in dead if m.name == name_of[miss["id_number"]]}
        assert same and miss["id_number"] not in same
    for miss in made.near_misses("same_id_other_name"):
        if miss["rule"] == "roster_after_death":
            shown = {m.name for m in dead if m.reading.value == miss["id_number"]}
            assert shown and name_of[miss["id_number"]] not in shown
    for miss in (*made.near_misses("namesake_of_one_birth_date"), *made.near_misses("cut_number_fits_two")):
        cut = [m for m in dead if m.reading.kind == "cut" and miss["id_number"].startswith(m.reading.value)]
        fitting = {who for who in roster if who[0].startswith(cut[0].reading.value) and who[1] == cut[0].name}
        assert len(cut) == 1 and len(fitting) == 2 and (miss["id_number"], cut[0].name) in fitting
    for miss in made.near_misses("on_no_roster"):
        assert miss["id_number"] in {m.reading.value for m in dead} and miss["id_number"] not in name_of


def test_medical_near_misses_stand_where_the_line_is_drawn(made: again.Made) -> None:
    bills = {number: rows for (number, _), rows in again.people(again.rows(made.inputs, again.BILLS)).items()}

    def own(kind: str, first: str = "2025-10-09", column: str = "") -> list[int]:
        sums = []
        for miss in made.near_misses(kind):
            inside = [row for row in bills[miss["id_number"]] if row.cells["结算时间"][:10] >= first]
            sums.append(sum(row.fen("个人负担总金额") - (row.fen(column) if column else 0) for row in inside))
        return sums

    excluded = "全自费金额"
    assert set(own("one_fen_under", column=excluded)) == {1_999_999}
    assert all(total >= 2_000_000 for total in own("above_only_with_excluded"))
    assert all(total < 2_000_000 for total in own("above_only_with_excluded", column=excluded))
    assert all(total >= 2_000_000 for total in own("above_only_before_window", "2025-10-01", excluded))
    flagged = {alert["id_number"] for alert in made.alerts("medical_self_paid_12m")}
    window = {
        number: [row for row in bills[number] if row.cells["结算时间"][:10] >= "2025-10-09"]
        for number in flagged
    }
    sums = [sum(row.fen("个人负担总金额") - row.fen(excluded) for row in rows) for rows in window.values()]
    assert sums.count(2_000_000) >= made.sets  # exactly the line counts
    assert any({len(str(row.cells["证件号码"])) for row in rows} == {15, 18} for rows in window.values())
    assert any(row.cells["结算时间"].startswith("2025-10-09") for rows in window.values() for row in rows)


def test_disability_near_misses_are_margin_persons_with_the_card_they_are_named_for(made: again.Made) -> None:
    roster = {
        number: {place.kind for place in places}
        for (number, _), places in again.standings(made.inputs).items()
    }
    cards = {
        number: rows[0].cells
        for (number, _), rows in again.people(again.rows(made.inputs, again.CARDS)).items()
    }
    for kind, category, grade in (
        ("grade_3_hearing", "听力", "三3"),
        ("grade_3_limb", "肢体", "三3"),
        ("card_cancelled", "肢体", "二2"),
    ):
        for miss in made.near_misses(kind):
            card = cards[miss["id_number"]]
            assert roster[miss["id_number"]] == {again.MARGIN}
            assert card["残疾类别"].startswith(category) and card["残疾等级"][0] in grade
            assert card["状态"] == ("注销" if kind == "card_cancelled" else "正常")
    for miss in made.near_misses("already_single_person_dibao"):
        assert (
            roster[miss["id_number"]] == {again.MARGIN, again.RURAL}
            and cards[miss["id_number"]]["残疾等级"][0] in "一1"
        )
    for miss in made.near_misses("guardian_of_disabled_child"):
        (row,) = (
            row.cells
            for row in again.rows(made.inputs, again.CARDS)
            if row.cells["身份证号码"] == miss["id_number"]
        )
        names_here = dict(again.standings(made.inputs).keys())
        assert names_here[miss["id_number"]] != row["姓名"] and row["残疾等级"][0] in "一1"


def test_alerts_that_rest_on_a_damaged_row_are_expected_too(made: again.Made) -> None:
    damaged = {item["id_number"] for item in made.expected["dirty"] if item["expected"] == "link"}
    for rule, count in (("roster_after_death", 1), ("severe_disability_not_in_dibao", 2)):
        assert len(damaged & {alert["id_number"] for alert in made.alerts(rule)}) == count * made.sets


def test_payments_are_the_rosters_sums_to_the_rosters_accounts(made: again.Made) -> None:
    due: list[tuple[Any, ...]] = []
    for kind in (again.RURAL, again.URBAN):
        for row in again.rows(made.inputs, kind):
            cells = row.cells
            due.append(
                (
                    "dibao",
                    "2026-10",
                    cells["低保（特困）证号"],
                    cells["银行账户名称"],
                    cells["银行帐号"],
                    row.fen("合计（元）"),
                )
            )
    institutions = Counter[tuple[str, str]]()
    for row in again.rows(made.inputs, again.TEKUN):
        cells, fen = row.cells, 3 * row.fen("合计（元）")
        if cells["供养方式"] == "集中供养":
            institutions[cells["银行账户名称"], cells["银行帐号"]] += fen
        else:
            due.append(
                ("tekun", "2026-Q4", cells["低保（特困）证号"], cells["银行账户名称"], cells["银行帐号"], fen)
            )
    due += [("tekun", "2026-Q4", None, *payee, fen) for payee, fen in institutions.items()]
    keys = ("programme", "period", "case_number", "payee", "account", "amount_fen")
    planned = [tuple(payment[key] for key in keys) for payment in made.expected["payments"]]
    assert Counter(planned) == Counter(due)
    assert len(institutions) == 2


def test_questions_are_the_dead_the_doubly_aided_the_failed_and_the_older_roster(made: again.Made) -> None:
    questions = made.expected["questions"]
    assert questions["death"] == sorted(alert["id_number"] for alert in made.alerts("roster_after_death"))
    assert questions["exclusive"] == sorted(
        alert["id_number"] for alert in made.alerts("exclusive_programmes")
    )
    assert questions["older_roster"] == ["2026-09"]
    accounts = {payment["account"]: payment["case_number"] for payment in made.expected["payments"]}
    failed = [row.cells for row in again.rows(made.inputs, again.RETURN) if row.cells["处理结果"] == "失败"]
    assert sorted(accounts[cells["账号"]] for cells in failed) == questions["last_failed"]
    assert all(cells["失败原因"] for cells in failed) and len(failed) == 5 * made.sets
