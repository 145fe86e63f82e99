"""A word that a cell takes back says nothing; one thing that a longer text names."""

from __future__ import annotations

import pytest

from aidcli.intake.coercion.cells import CellError
from aidcli.intake.coercion.choices import choice, choices_in
from aidcli.intake.vocabulary.aid import ORGANISATION
from aidcli.intake.vocabulary.benefits import MEDICAL_INSURED, SUBSIDISED
from aidcli.intake.vocabulary.health import MEDICAL_KIND
from aidcli.intake.vocabulary.household import RESIDENCE
from aidcli.intake.vocabulary.standing import CUSTODY, MARRIAGE
from aidcli.intake.vocabulary.status import HUKOU_STATE, STUDENT_HARDSHIP


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("非建档立卡", STUDENT_HARDSHIP),
        ("非建档立卡户", SUBSIDISED),
        ("未再婚", MARRIAGE),
        ("未离婚", MARRIAGE),
        ("非住院", MEDICAL_KIND),
        ("申请退出低保", STUDENT_HARDSHIP),
        ("不属于低保", STUDENT_HARDSHIP),
        ("未享受低保", SUBSIDISED),
        ("已取消特困", SUBSIDISED),
        ("没有孤儿", STUDENT_HARDSHIP),
        ("不是重度残疾", SUBSIDISED),
        ("不稳定脱贫户", SUBSIDISED),
        ("尚未死亡注销", HUKOU_STATE),
        ("非农村", RESIDENCE),
        ("非城镇户口", RESIDENCE),
    ],
)
def test_a_word_that_is_taken_back_says_nothing(written: str, choices: dict[str, str]) -> None:
    with pytest.raises(CellError):
        choice(written, choices)


@pytest.mark.parametrize(
    ("written", "choices", "word"),
    [
        ("非农业户口", RESIDENCE, "urban"),
        ("非农户口", RESIDENCE, "urban"),
        ("未婚人员", MARRIAGE, "single"),
        ("本年度未参保", MEDICAL_INSURED, "not_insured"),
        ("解除社区戒毒", CUSTODY, "released"),
        ("退出特困转为低保", STUDENT_HARDSHIP, "dibao"),
        ("无业人员（未参保）", {"无业": "none"}, "none"),
        ("未成年人", {"未成年": "minor", "成年": "adult"}, "minor"),
        ("不定期走访", {"不定期": "now_and_then", "定期": "regular"}, "now_and_then"),
    ],
)
def test_words_that_begin_so_are_words(written: str, choices: dict[str, str], word: str) -> None:
    assert choice(written, choices) == word


@pytest.mark.parametrize(
    ("told", "choices", "meant"),
    [
        ("2026年强制隔离戒毒人员名单（第三季度）", CUSTODY, {"compulsory_detox"}),
        ("服刑和强制戒毒人员", CUSTODY, {"prison", "compulsory_detox"}),
        ("示例区总工会和慈善总会帮扶名单", ORGANISATION, {"trade_union", "charity"}),
        ("帮扶名单（慈善总会）", ORGANISATION, {"charity"}),
        ("帮扶名单", ORGANISATION, set()),
    ],
)
def test_all_that_a_title_names_is_found(told: str, choices: dict[str, str], meant: set[str]) -> None:
    assert choices_in(told, choices) == meant
