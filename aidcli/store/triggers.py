"""The triggers that guard histories and money: what is approved or answered is never changed."""

from __future__ import annotations

# Histories, with the columns that name a line.
APPEND_ONLY = {
    "event": ("seq",),
    "judgement": ("seq",),
    "decision": ("id",),
    "alert_event": ("seq", "alert_id"),
    "run_event": ("seq", "run_id"),
}

# A claim hangs on the roster record, not on the person id: who the record is may change as matching goes on.
_THEIR_RECORDS = """
    SELECT other.mention_id FROM link AS own JOIN link AS other ON other.person_id = own.person_id
    WHERE own.mention_id = NEW.mention_id UNION SELECT NEW.mention_id
"""

_ON_DRAFT = "(SELECT run.status FROM run JOIN payment ON payment.run_id = run.id WHERE payment.id = {id})"

TRIGGERS = f"""
CREATE TRIGGER payment_is_final BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END;
CREATE TRIGGER payment_is_new BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM payment WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END;
CREATE TRIGGER payment_joins_a_draft BEFORE INSERT ON payment
WHEN NEW.kind <> 'reversal' AND (SELECT status FROM run WHERE id = NEW.run_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: run'); END;
CREATE TRIGGER payment_stays BEFORE DELETE ON payment
WHEN (SELECT status FROM run WHERE id = OLD.run_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END;
CREATE TRIGGER pay_item_is_final BEFORE UPDATE ON pay_item
BEGIN SELECT RAISE(ABORT, 'append-only: pay_item'); END;
CREATE TRIGGER pay_item_is_new BEFORE INSERT ON pay_item
WHEN {_ON_DRAFT.format(id="NEW.payment_id")} <> 'draft'
  AND (SELECT kind FROM payment WHERE id = NEW.payment_id) <> 'reversal'
BEGIN SELECT RAISE(ABORT, 'append-only: pay_item'); END;
CREATE TRIGGER pay_item_stays BEFORE DELETE ON pay_item
WHEN {_ON_DRAFT.format(id="OLD.payment_id")} <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: pay_item'); END;
CREATE TRIGGER hold_before_approval BEFORE INSERT ON hold
WHEN {_ON_DRAFT.format(id="NEW.payment_id")} <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: hold'); END;
CREATE TRIGGER hold_stays BEFORE DELETE ON hold
WHEN {_ON_DRAFT.format(id="OLD.payment_id")} <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: hold'); END;
CREATE TRIGGER run_stays BEFORE DELETE ON run WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'append-only: run'); END;
CREATE TRIGGER run_is_frozen BEFORE UPDATE ON run
WHEN OLD.programme <> NEW.programme OR OLD.period <> NEW.period OR OLD.month <> NEW.month
  OR OLD.input_hash <> NEW.input_hash OR OLD.profile_hash <> NEW.profile_hash
  OR OLD.due_date <> NEW.due_date OR OLD.pay_date <> NEW.pay_date OR OLD.prepared_by <> NEW.prepared_by
  OR (OLD.status <> 'draft' AND OLD.approved_by <> NEW.approved_by)
  OR OLD.status || '>' || NEW.status NOT IN
     ('draft>approved', 'draft>rejected', 'approved>sent', 'sent>answered', 'answered>closed')
BEGIN SELECT RAISE(ABORT, 'append-only: run'); END;
CREATE TRIGGER alert_is_final BEFORE UPDATE ON alert
BEGIN SELECT RAISE(ABORT, 'append-only: alert'); END;
CREATE TRIGGER alert_stays BEFORE DELETE ON alert
BEGIN SELECT RAISE(ABORT, 'append-only: alert'); END;
CREATE TRIGGER event_body_is_final BEFORE UPDATE ON event_body
BEGIN SELECT RAISE(ABORT, 'append-only: event_body'); END;
CREATE TRIGGER claim_needs_approval BEFORE INSERT ON claim
WHEN {_ON_DRAFT.format(id="NEW.payment_id")} <> 'approved'
BEGIN SELECT RAISE(ABORT, 'claim: run not approved'); END;
CREATE TRIGGER claim_is_final BEFORE UPDATE ON claim
BEGIN SELECT RAISE(ABORT, 'append-only: claim'); END;
CREATE TRIGGER claim_freed_by_reversal BEFORE DELETE ON claim
WHEN NOT EXISTS (SELECT 1 FROM payment WHERE corrects = OLD.payment_id AND kind = 'reversal')
BEGIN SELECT RAISE(ABORT, 'claim: not reversed'); END;
CREATE TRIGGER household_claim_is_final BEFORE UPDATE ON household_claim
BEGIN SELECT RAISE(ABORT, 'append-only: household_claim'); END;
CREATE TRIGGER household_claim_freed_by_reversal BEFORE DELETE ON household_claim
WHEN NOT EXISTS (SELECT 1 FROM payment WHERE corrects = OLD.payment_id AND kind = 'reversal')
BEGIN SELECT RAISE(ABORT, 'claim: not reversed'); END;
CREATE TRIGGER claim_once_a_person BEFORE INSERT ON claim
WHEN EXISTS (
    SELECT 1 FROM claim AS taken
    WHERE taken.programme = NEW.programme AND taken.item = NEW.item AND taken.month = NEW.month
      AND taken.mention_id IN ({_THEIR_RECORDS}))
BEGIN SELECT RAISE(ABORT, 'claim: taken'); END;
CREATE TRIGGER claim_exclusive BEFORE INSERT ON claim
WHEN EXISTS (
    SELECT 1 FROM claim AS taken
    JOIN exclusive ON exclusive.one = NEW.programme AND exclusive.other = taken.programme
    WHERE taken.month = NEW.month AND taken.mention_id IN ({_THEIR_RECORDS}))
BEGIN SELECT RAISE(ABORT, 'claim: exclusive'); END;
"""


def append_only_triggers() -> str:
    """Triggers that refuse UPDATE, DELETE and INSERT OR REPLACE on the histories."""
    changes = "".join(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END;\n"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    )
    return changes + "".join(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE "
        + " AND ".join(f"{column} = NEW.{column}" for column in key)
        + f") BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END;\n"
        for table, key in APPEND_ONLY.items()
    )
