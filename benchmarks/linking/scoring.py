"""What a contestant's answers are worth, measured against the truth.

An answer names the register's row (or none) for a department's row, with a score and a tier. A link is right
where both rows are about the same person; the links there are to find are those of people on the register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from math import sqrt
from typing import NamedTuple

AUTO, REVIEW = "auto", "review"
PRECISE = 0.999
CLEAN = "clean"


class Answer(NamedTuple):
    """`right` is the place of the department's row, `left` that of the register's."""

    right: int
    left: int
    score: float
    tier: str


class Truth(NamedTuple):
    """Row by row: whom the register's and the departments' rows are about, and what went wrong."""

    people: Sequence[str]
    claimed: Sequence[str]
    classes: Sequence[str]


class Share(NamedTuple):
    """A share of `of` with its 95 % interval after Wilson."""

    hits: int
    of: int
    share: float
    low: float
    high: float


@dataclass
class ByClass:
    """Rows of one class of error. `linkable` are about people on the register."""

    rows: int = 0
    linkable: int = 0
    auto_right: int = 0
    auto_wrong: int = 0
    review_right: int = 0
    review_wrong: int = 0


@dataclass
class Report:
    """`best_f1` and `precise_recall` are over all thresholds; the rest is at the contestant's own tiers."""

    rows: int
    linkable: int
    best_f1: float
    precise_recall: float
    precision: Share
    recall: Share
    with_review: Share
    review: Share
    review_right: int
    review_other: int
    review_nobody: int
    classes: dict[str, ByClass] = field(default_factory=dict)
    wrong: list[Answer] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def report(answers: Iterable[Answer], truth: Truth) -> Report:
    """Everything measured. Several answers for a row in review are one question with several candidates."""
    by_row: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_row[answer.right].append(answer)
    registered = set(truth.people)
    linkable = [person in registered for person in truth.claimed]
    top = {row: max(found, key=_rank) for row, found in by_row.items()}
    auto = {row: answer for row, answer in top.items() if answer.tier == AUTO}
    right = {row for row, answer in auto.items() if _is_right(answer, truth)}
    asked = {
        row: any(_is_right(answer, truth) for answer in found if answer.tier == REVIEW)
        for row, found in by_row.items()
        if row not in auto and any(answer.tier == REVIEW for answer in found)
    }
    found_f1, found_recall = _thresholds(top.values(), truth, sum(linkable))
    known = sum(asked.values())
    nobody = sum(not linkable[row] for row, good in asked.items() if not good)
    return Report(
        rows=len(truth.claimed),
        linkable=sum(linkable),
        best_f1=found_f1,
        precise_recall=found_recall,
        precision=share(len(right), len(auto)),
        recall=share(len(right), sum(linkable)),
        with_review=share(len(right) + known, sum(linkable)),
        review=share(len(asked), len(truth.claimed)),
        review_right=known,
        review_other=len(asked) - known - nobody,
        review_nobody=nobody,
        classes=_by_class(truth, linkable, auto, right, asked),
        wrong=[auto[row] for row in sorted(auto) if row not in right],
    )


def share(hits: int, of: int) -> Share:
    """The Wilson interval: it stays inside 0 and 1, and says something where nothing went wrong."""
    if of == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    z = 1.959964
    part = hits / of
    middle = part + z * z / (2 * of)
    spread = z * sqrt(part * (1 - part) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    return Share(hits, of, part, max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below))


def sightings(groups: Mapping[int, Hashable], truth: Truth) -> tuple[Share, Share]:
    """Precision and recall of the pairs among rows about people who are not on the register.

    `groups` gives each row of the departments the person it was put to; rows left out stand alone.
    """
    registered = set(truth.people)
    outside = [row for row, person in enumerate(truth.claimed) if person not in registered]
    said = _pairs((groups.get(row, ("alone", row)), row) for row in outside)
    meant = _pairs((truth.claimed[row], row) for row in outside)
    both = len(said & meant)
    return share(both, len(said)), share(both, len(meant))


def _pairs(rows: Iterable[tuple[Hashable, int]]) -> set[tuple[int, int]]:
    together: dict[Hashable, list[int]] = defaultdict(list)
    for group, row in rows:
        together[group].append(row)
    return {pair for members in together.values() for pair in combinations(members, 2)}


def _rank(answer: Answer) -> tuple[bool, float]:
    return answer.tier == AUTO, answer.score


def _is_right(answer: Answer, truth: Truth) -> bool:
    return truth.people[answer.left] == truth.claimed[answer.right]


def _thresholds(top: Iterable[Answer], truth: Truth, linkable: int) -> tuple[float, float]:
    """The best F1 of all thresholds, and the best recall of those with a precision of 0.999."""
    right: Counter[tuple[bool, float]] = Counter()
    wrong: Counter[tuple[bool, float]] = Counter()
    for answer in top:
        (right if _is_right(answer, truth) else wrong)[_rank(answer)] += 1
    hits = misses = 0
    best_f1 = precise_recall = 0.0
    for rank in sorted(right.keys() | wrong.keys(), reverse=True):
        hits += right[rank]
        misses += wrong[rank]
        best_f1 = max(best_f1, 2 * hits / (hits + misses + linkable))
        if hits >= PRECISE * (hits + misses):
            precise_recall = max(precise_recall, hits / linkable)
    return best_f1, precise_recall


def _by_class(
    truth: Truth,
    linkable: Sequence[bool],
    auto: Mapping[int, Answer],
    right: set[int],
    asked: Mapping[int, bool],
) -> dict[str, ByClass]:
    found: dict[str, ByClass] = defaultdict(ByClass)
    for row, classes in enumerate(truth.classes):
        for name in classes.split(";") if classes else [CLEAN]:
            one = found[name]
            one.rows += 1
            one.linkable += linkable[row]
            if row in auto:
                one.auto_right += row in right
                one.auto_wrong += row not in right
            elif row in asked:
                one.review_right += asked[row]
                one.review_wrong += not asked[row]
    return dict(sorted(found.items()))
