"""People and policy in, alerts out: things a person should look at, never decisions."""

from __future__ import annotations

from .rule import Finding, Rule, Undetermined, alert_id
from .rules import RULES
from .run import LACKING, RunResult, Skipped, find_rule, run_rules

__all__ = [
    "LACKING",
    "RULES",
    "Finding",
    "Rule",
    "RunResult",
    "Skipped",
    "Undetermined",
    "alert_id",
    "find_rule",
    "run_rules",
]
