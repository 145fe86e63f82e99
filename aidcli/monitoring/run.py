"""Runs the rules: says what was found, what could not be told, and which rules could not run and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .. import terms
from ..errors import WrongUsage
from ..model import Alert, MonitoringView
from ..policy import Profile
from .rule import Rule, Undetermined
from .rules import RULES

SOURCES = {
    "enrolled": "救助对象名册",
    "death": "殡葬火化（或公安死亡注销、死亡医学证明）",
    "disability": "残联残疾人名单",
    "medical_self": "医保结算明细（个人负担总金额）",
    "account": "名册上的银行账号",
    "platform_alert": "上级平台预警下发清单",
}


LACKING = "缺少来源："  # how the reason begins when a rule has nothing to read


class Skipped(NamedTuple):
    """A rule that did not run, and why (Chinese)."""

    rule: str
    reason: str


@dataclass
class RunResult:
    """What one run of the rules yields, in a fixed order."""

    alerts: list[Alert] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    undetermined: list[Undetermined] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)


def run_rules(view: MonitoringView, profile: Profile, as_of: date, only: Collection[str] = ()) -> RunResult:
    """Runs every rule, or those named in `only` (key or label); raises `WrongUsage` for an unknown one.

    A rule that lacks a source or a value is skipped with the reason, never silently.
    """
    wanted = {find_rule(word).key for word in only}
    rules = [rule for rule in RULES if not wanted or rule.key in wanted]
    kinds = view.fact_kinds()
    programmes = (
        {person.programme for person in view.roster()} if any(rule.rosters for rule in rules) else set()
    )
    result = RunResult()
    for rule in rules:
        reason = _lacking(rule, kinds, programmes, profile, as_of)
        if reason:
            result.skipped.append(Skipped(rule.key, reason))
            continue
        result.ran.append(rule.key)
        findings = list(rule.find(view, profile, as_of))
        alerts = [finding for finding in findings if isinstance(finding, Alert)]
        result.alerts += sorted(alerts, key=_order)
        result.undetermined += sorted(item for item in findings if isinstance(item, Undetermined))
    return result


def find_rule(word: str) -> Rule:
    """The rule with this key or label; raises `WrongUsage`."""
    for rule in RULES:
        if word in (rule.key, rule.label):
            return rule
    known = "、".join(f"{rule.key}（{rule.label}）" for rule in RULES)
    raise WrongUsage("unknown_rule", f"没有名为“{word}”的规则，可用：{known}")


def _lacking(
    rule: Rule, kinds: frozenset[str], programmes: Collection[str], profile: Profile, as_of: date
) -> str:
    """Why the rule cannot run: its sources first, then its values; '' when it can."""
    missing = [SOURCES.get(kind, kind) for kind in rule.needs if kind not in kinds]
    missing += [
        f"{terms.SHORT_PROGRAMMES[programme]}名册"
        for programme in rule.rosters
        if programme not in programmes
    ]
    reasons = [LACKING + "、".join(missing)] if missing else []
    for key in rule.parameters:
        value = profile.look(key, as_of)
        if value.basis == "not_configured":
            reasons.append(f"未配置：{value.label}（{key}，{profile.name}）")
        elif value.expired:
            reasons.append(f"已过期：{value.label}（{key}，{value.level}，截止{value.until}）")
    return "；".join(reasons)


def _order(alert: Alert) -> tuple[object, ...]:
    return (alert.priority, alert.due or "9999", alert.household, alert.person, alert.period, alert.threshold)
