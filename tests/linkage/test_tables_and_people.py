"""Two judges of one model: a claim that stands alone before the register comes to the same, and asks the same."""

from __future__ import annotations

from dirty_people import pools
from hypothesis import assume, given, settings
from laws import examples

from aidcli.linkage.resolve import resolve
from aidcli.linkage.scoring import load_model
from aidcli.linkage.tables import match_tables
from aidcli.model import Identity, Mention, MentionColumns

MODEL = load_model()


def _columns(mentions: list[Mention]) -> Identity:
    return MentionColumns.of(mentions).identity


@settings(max_examples=examples(40, 400), deadline=None)
@given(pools(most=9))
def test_a_claim_alone_comes_to_whom_the_tables_link_it_and_asks_about_whom_they_ask(
    pool: list[Mention],
) -> None:
    register = sorted((one for one in pool if one.home), key=lambda one: one.key)
    claims = [one for one in pool if not one.home]
    assume(register and claims)
    known = {link.mention: link.person for link in resolve(register, [], MODEL).links}
    people = [known[one.key] for one in register]
    homes = [one.home for one in register]
    for claim in claims:
        found = list(match_tables(_columns(register), homes, _columns([claim]), MODEL, people=people))
        links, pairs = resolve([*register, claim], [], MODEL)
        now = {link.mention: link.person for link in links}
        mine = {known[one.key] for one in register if now[one.key] == now[claim.key]}
        asked = {
            known[pair.left if pair.right == claim.key else pair.right]
            for pair in pairs
            if claim.key in (pair.left, pair.right)
        }
        assert mine == {people[link.record] for link in found if link.tier == "auto"}
        if not mine:  # whoever has found its person may still say that two of the register are one
            assert asked == {people[link.record] for link in found if link.tier == "review"}
