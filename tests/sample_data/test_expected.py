from __future__ import annotations

from collections import Counter
from typing import Any

import rereading as again


def _places(group: list[dict[str, Any]]) -> frozenset[again.Place]:
    return frozenset((p["file"], p["sheet"], p["row"], p["ordinal"], p["role"]) for p in group)


def test_people_are_those_whom_a_strict_matcher_links(made: again.Made) -> None:
    groups = [_places(group) for group in made.expected["people"]]
    assert set(groups) == again.strict_groups(again.rows(made.inputs))
    assert len(set(groups)) == len(groups)
    linked = frozenset().union(*groups)
    assert sum(map(len, groups)) == len(linked)
    assert not linked & _places(made.expected["apart"])
    assert {place["role"] for group in made.expected["people"] for place in group} == {
        "head",
        "member",
        "subject",
        "carer",
    }


def test_apart_rows_hide_their_number_or_show_another_persons(made: again.Made) -> None:
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    owners = {(m.reading.value, m.name) for m in found.values() if m.place[0][:2] in ("农村", "城市", "低保")}
    numbers = {number for number, _ in owners}
    reasons = Counter[str]()
    for place in _places(made.expected["apart"]):
        mention = found[place]
        if mention.reading.whole:
            assert mention.reading.value in numbers and (mention.reading.value, mention.name) not in owners
        reasons["another's" if mention.reading.whole else mention.reading.kind] += 1
    assert {"another's", "cut", "bad_check", "masked", "missing"} <= reasons.keys()


def test_true_persons_are_named_for_rows_apart_and_rows_read_by_their_card(made: again.Made) -> None:
    found = {m.place: m for row in again.rows(made.inputs) for m in again.mentions(row)}
    truth = made.expected["apart_truth"]
    assert [item["place"] for item in truth] == made.expected["apart"]
    for item in truth:
        (place,) = _places([item["place"]])
        if found[place].reading.kind == "cut":
            assert item["id_number"].startswith(found[place].reading.value)
        assert found[place].reading.value != item["id_number"]
    by_card = made.expected["by_card"]
    assert by_card and all(
        found[p].reading.value == item["id_number"] for item in by_card for p in _places([item["place"]])
    )


def test_alerts_are_what_the_files_show(made: again.Made) -> None:
    assert again.judge(made.inputs) == made.flagged()
    counts = Counter(alert["rule"] for alert in made.expected["alerts"])
    per_set = {
        "roster_after_death": 6,
        "exclusive_programmes": 4,
        "severe_disability_not_in_dibao": 4,
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
    assert set(kinds.values()) == {made.sets} and len(kinds) == 14


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
    for miss in made.near_misses("id_cut_in_death_list"):
        cut = [m for m in dead if m.reading.kind == "cut" and miss["id_number"].startswith(m.reading.value)]
        assert [m.name for m in cut] == [name_of[miss["id_number"]]]
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
    for miss in made.near_misses("id_cut_without_card_number"):
        cut = [
            row.cells
            for row in again.rows(made.inputs, again.CARDS)
            for mention in again.mentions(row)
            if mention.reading.kind == "cut" and miss["id_number"].startswith(mention.reading.value)
        ]
        assert roster[miss["id_number"]] == {again.MARGIN}
        assert [(row["残疾人证号"], row["残疾等级"][0] in "一1") for row in cut] == [(None, True)]


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
