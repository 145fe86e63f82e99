"""The stable SQL views. Each that shows ID or account numbers exists twice: masked, and ``…_full``."""

from __future__ import annotations

from . import leavers

_BATCHES = """
SELECT b.id AS batch_id, b.source, b.file, b.sha256, b.period, b.coverage,
       (SELECT group_concat(township, '、') FROM
           (SELECT township FROM batch_scope WHERE batch_id = b.id ORDER BY township)) AS scope,
       b.imported_at, b.operator, b.rows_read, b.rows_kept, b.rows_set_aside, b.status
FROM batch AS b
"""

_RECORDS = """
SELECT m.key AS mention_id, s.batch_id, b.source, b.file, h.name AS sheet, s.row, s.ordinal, s.role,
       m.name, {id:m.id_value} AS id_number, m.id_kind AS id_state, m.birth AS birth_date, m.sex,
       m.township, m.village, l.person_id
FROM sighting AS s
JOIN mention AS m ON m.id = s.mention_id
JOIN batch AS b ON b.id = s.batch_id
JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no
LEFT JOIN link AS l ON l.mention_id = m.id
"""

_SET_ASIDE = """
SELECT a.batch_id, b.file, h.name AS sheet, a.row, a.column, {number:a.value} AS value, a.code, a.message
FROM aside AS a
JOIN batch AS b ON b.id = a.batch_id
JOIN batch_sheet AS h ON h.batch_id = a.batch_id AND h.sheet_no = a.sheet_no
"""

# A person is born on the day that the own right number says, whatever else a row wrote beside it.
_WHOLE = "m.id_kind IN ('valid', 'legacy15')"

# A person lives where their own record says; else where another one does that says most.
_PLACED = "m.township = '' AND m.village = '', l.status <> 'own', m.township = '', m.village = '', m.key"

_PEOPLE = f"""
SELECT p.id AS person_id,
       (SELECT m.name FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id AND l.status = 'own') AS name,
       (SELECT {{id:m.id_value}} FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id AND l.status = 'own') AS id_number,
       (SELECT iif({_WHOLE}, substr(m.id_value, 7, 4) || '-' || substr(m.id_value, 11, 2) || '-'
                             || substr(m.id_value, 13, 2), m.birth)
        FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id ORDER BY m.birth = '', l.status <> 'own', m.key LIMIT 1) AS birth_date,
       (SELECT iif({_WHOLE}, iif(substr(m.id_value, 17, 1) % 2, 'male', 'female'), m.sex)
        FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id ORDER BY m.sex = '', l.status <> 'own', m.key LIMIT 1) AS sex,
       (SELECT m.township FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id ORDER BY {_PLACED} LIMIT 1) AS township,
       (SELECT m.village FROM link AS l JOIN mention AS m ON m.id = l.mention_id
        WHERE l.person_id = p.id ORDER BY {_PLACED} LIMIT 1) AS village
FROM person AS p WHERE p.live = 1
"""

_LINKS = """
SELECT m.key AS mention_id, l.person_id, l.tier, l.score, l.status,
       coalesce((SELECT sentence FROM evidence WHERE code = l.code), l.code) AS evidence
FROM link AS l JOIN mention AS m ON m.id = l.mention_id
"""

_PAIRS = """
SELECT 'q-' || substr(left_key, 3, 10) || substr(right_key, 3, 10) AS pair_id,
       left_key AS left_mention, right_key AS right_mention, tier, score, 'pending' AS status,
       coalesce((SELECT sentence FROM evidence WHERE code = pair.code), code) AS evidence, code
FROM pair
UNION ALL
SELECT 'q-' || substr(left_key, 3, 10) || substr(right_key, 3, 10), left_key, right_key,
       'review', 0, verdict, coalesce((SELECT sentence FROM evidence WHERE code = j.code), code), code
FROM judgement AS j
WHERE verdict <> 'withdrawn' AND seq =
      (SELECT max(seq) FROM judgement WHERE left_key = j.left_key AND right_key = j.right_key)
"""

_HOUSEHOLDS = """
SELECT h.id AS household_id,
       (SELECT l.person_id FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id
        JOIN link AS l ON l.mention_id = s.mention_id
        WHERE r.household_id = h.id AND r.is_head = 1
        ORDER BY r.month DESC, r.sighting_id LIMIT 1) AS head_person_id,
       (SELECT f.code FROM roster_member AS r
        JOIN fact AS f ON f.sighting_id = r.sighting_id AND f.kind = 'residence'
        WHERE r.household_id = h.id ORDER BY r.month DESC, r.sighting_id LIMIT 1) AS hukou,
       (SELECT m.township FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id
        JOIN mention AS m ON m.id = s.mention_id
        WHERE r.household_id = h.id ORDER BY r.month DESC, r.is_head DESC, r.sighting_id LIMIT 1)
        AS township,
       (SELECT m.village FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id
        JOIN mention AS m ON m.id = s.mention_id
        WHERE r.household_id = h.id ORDER BY r.month DESC, r.is_head DESC, r.sighting_id LIMIT 1)
        AS village
FROM household AS h
"""

# Who has left is said by full lists, each for the townships it covers, and by lists of changes that name them
# (`gone`). `n` counts a township's full lists of a source, so that a month without a list is no gap.
_CALENDAR = f"""
WITH {leavers.GONE}, covered AS (
    SELECT DISTINCT b.source, s.township, b.period FROM batch AS b JOIN batch_scope AS s ON s.batch_id = b.id
    WHERE b.status = 'kept' AND b.kind = 'roster' AND b.coverage = 'full'
), calendar AS (
    SELECT source, township, period, row_number() OVER (PARTITION BY source, township ORDER BY period) AS n
    FROM covered
)"""

_IS_NAMED = "r.household_id IN (SELECT household_id FROM gone)"  # asked first, for few are
_PLACED = f"""
    (SELECT coalesce(max(c.n), 0) FROM calendar AS c
     WHERE c.source = b.source AND c.township = m.township AND c.period <= r.month) AS n,
    (SELECT max(c.period) FROM calendar AS c
     WHERE c.source = b.source AND c.township = m.township) AS last,
    (SELECT min(c.period) FROM calendar AS c
     WHERE c.source = b.source AND c.township = m.township AND c.period > r.month) AS next,
    iif({_IS_NAMED}, (SELECT count(DISTINCT g.month) FROM gone AS g
                      WHERE {leavers.OF_ROW} AND g.month <= r.month), 0) AS stops,
    iif({_IS_NAMED}, (SELECT min(g.month) FROM gone AS g
                      WHERE {leavers.OF_ROW} AND g.month > r.month), NULL) AS gone_from
"""
_STANDS = f"""NOT ({_IS_NAMED}
         AND EXISTS (SELECT 1 FROM gone AS g WHERE g.month = r.month AND {leavers.SINCE}))"""
# The last month of a span: that before they left by a list of changes, where no full list lacked them earlier; else
# that of the last list that names them.
_UNTIL = """CASE WHEN min(gone_from) IS NOT NULL AND NOT (coalesce(max(next), '') > max(month)
                    AND max(next) < min(gone_from))
                THEN strftime('%Y-%m', min(gone_from) || '-01', '-1 month')
                WHEN max(month) < max(last) THEN max(month) END"""

_MEMBERS = f"""{_CALENDAR}, listed AS (
    SELECT r.household_id, l.person_id, r.programme, b.source, r.month, m.township,
           coalesce(f.text, '') AS relation, f.num IS NOT 0 AS counted, {_PLACED}
    FROM roster_member AS r
    JOIN sighting AS s ON s.id = r.sighting_id
    JOIN mention AS m ON m.id = s.mention_id
    JOIN link AS l ON l.mention_id = s.mention_id
    JOIN batch AS b ON b.id = r.batch_id
    LEFT JOIN fact AS f ON f.sighting_id = r.sighting_id AND f.kind = 'member'
    WHERE {_STANDS}
), marked AS (
    SELECT *, n - dense_rank() OVER (PARTITION BY household_id, person_id, source ORDER BY n) AS island
    FROM listed
), spans AS (
    SELECT household_id, person_id, programme, max(relation) AS relation, min(month) AS from_month,
           min(counted) AS counted, {_UNTIL} AS to_month
    FROM marked GROUP BY household_id, person_id, programme, source, island, stops
)
"""

# The head stands in two sheets: spans that end together are one.
_MEMBERS_VIEW = (
    _MEMBERS
    + """
SELECT household_id, person_id, max(relation) AS relation, min(counted) AS counted, min(from_month) AS from_month,
       to_month
FROM spans GROUP BY household_id, person_id, to_month
"""
)

_ENROLMENTS_VIEW = (
    _MEMBERS
    + """
SELECT s.household_id, s.person_id, s.programme,
       (SELECT f.text FROM roster_household AS r
        JOIN fact AS f ON f.sighting_id = r.sighting_id AND f.kind = 'enrolled'
        WHERE r.household_id = s.household_id ORDER BY r.month DESC, r.sighting_id LIMIT 1) AS mode,
       min(s.from_month) AS from_month, s.to_month, 'roster' AS ground
FROM spans AS s GROUP BY s.household_id, s.person_id, s.programme, s.to_month HAVING min(s.counted)
"""
)

_ENTITLEMENTS = f"""{_CALENDAR}, summed AS (
    SELECT r.sighting_id, f.code AS item, sum(f.fen) AS fen
    FROM roster_household AS r JOIN fact AS f ON f.sighting_id = r.sighting_id AND f.kind = 'amount'
    WHERE f.fen IS NOT NULL AND (f.code <> 'total' OR NOT EXISTS
        (SELECT 1 FROM fact WHERE sighting_id = r.sighting_id AND kind = 'amount' AND code <> 'total'))
    GROUP BY r.sighting_id, f.code
), listed AS (
    SELECT r.household_id, l.person_id, r.programme, a.item, a.fen, b.source, r.month, {_PLACED}
    FROM roster_household AS r
    JOIN summed AS a ON a.sighting_id = r.sighting_id
    JOIN sighting AS s ON s.id = r.sighting_id
    JOIN mention AS m ON m.id = s.mention_id
    JOIN link AS l ON l.mention_id = s.mention_id
    JOIN batch AS b ON b.id = r.batch_id
    WHERE {_STANDS}
), marked AS (
    SELECT *, n - dense_rank() OVER
        (PARTITION BY household_id, person_id, item, source, fen ORDER BY n) AS island
    FROM listed
)
SELECT household_id, person_id, programme, item, fen AS amount_fen, min(month) AS from_month,
       {_UNTIL} AS to_month, 'roster' AS ground
FROM marked GROUP BY household_id, person_id, programme, item, source, fen, island, stops
"""

_ALERTS = """
SELECT a.id AS alert_id, a.rule, s.shown_household AS household_id,
       coalesce((SELECT redirect_to FROM person WHERE id = a.person_id), a.person_id) AS person_id,
       s.priority, s.route, s.department, s.status,
       s.first_seen, s.last_seen, s.due, s.reason, s.citation, s.result, s.decided_by, s.decided_at
FROM alert AS a JOIN alert_state AS s ON s.alert_id = a.id
"""

_DECISIONS = """
SELECT id AS decision_id, kind, household_id, person_id, programme, ground, number, decided_on,
       effective_month, operator
FROM decision
"""

_RUNS = """
SELECT r.id AS run_id, r.programme, r.period, r.due_date, r.pay_date, r.status,
       (SELECT count(*) FROM payment AS p WHERE run_id = r.id AND kind <> 'reversal'
          AND id NOT IN (SELECT payment_id FROM hold)
          AND NOT EXISTS (SELECT 1 FROM payment WHERE corrects = p.id AND kind = 'reversal')) AS payments,
       (SELECT coalesce(sum(fen), 0) FROM payment WHERE run_id = r.id
          AND id NOT IN (SELECT payment_id FROM hold)) AS amount_fen,
       r.prepared_by, r.approved_by
FROM run AS r
"""

_PAYMENTS = """
SELECT p.id AS payment_id, p.run_id, p.programme, p.period, p.household_id, p.payee AS payee_name,
       {account:p.account} AS payee_account, p.fen AS amount_fen, p.kind,
       CASE WHEN EXISTS (SELECT 1 FROM hold WHERE payment_id = p.id) THEN 'held'
            WHEN EXISTS (SELECT 1 FROM payment AS r WHERE r.corrects = p.id AND r.kind = 'reversal')
            THEN 'reversed' ELSE (SELECT status FROM run WHERE id = p.run_id) END AS status,
       p.corrects
FROM payment AS p
"""

_PAYMENT_ITEMS = """
SELECT i.payment_id, coalesce(p.redirect_to, i.person_id) AS person_id, i.programme, i.item, i.month,
       i.fen AS amount_fen
FROM pay_item AS i LEFT JOIN person AS p ON p.id = i.person_id
"""

_EVENTS = "SELECT seq, at, operator, kind, ref, summary FROM event"

_VIEWS = {
    "batches": _BATCHES,
    "records": _RECORDS,
    "set_aside": _SET_ASIDE,
    "people": _PEOPLE,
    "links": _LINKS,
    "pairs": _PAIRS,
    "households": _HOUSEHOLDS,
    "members": _MEMBERS_VIEW,
    "enrolments": _ENROLMENTS_VIEW,
    "alerts": _ALERTS,
    "decisions": _DECISIONS,
    "entitlements": _ENTITLEMENTS,
    "runs": _RUNS,
    "payments": _PAYMENTS,
    "payment_items": _PAYMENT_ITEMS,
    "events": _EVENTS,
}


def _masked(column: str, kind: str) -> str:
    if kind == "account":
        return (
            f"CASE WHEN length({column}) > 8 THEN substr({column}, 1, 4) || '********' "
            f"|| substr({column}, -4) ELSE {column} END"
        )
    if kind == "number":  # any cell: a date or a remark is shown, a long number is not
        digits = f"replace(replace({column}, ' ', ''), '-', '')"
        return (
            f"CASE WHEN a.code LIKE 'id%' OR a.code LIKE '%account%' OR {digits} GLOB '*{'[0-9]' * 9}*' "
            f"THEN substr({column}, 1, 6) || '********' || substr({column}, -4) ELSE {column} END"
        )
    return (
        f"CASE WHEN length({column}) > 10 THEN substr({column}, 1, 6) || '********' "
        f"|| substr({column}, -4) ELSE {column} END"
    )


def _fill(body: str, whole: bool) -> str:
    for kind in ("id", "account", "number"):
        while (start := body.find("{" + kind + ":")) >= 0:
            end = body.index("}", start)
            column = body[start + len(kind) + 2 : end]
            body = body[:start] + (column if whole else _masked(column, kind)) + body[end + 1 :]
    return body


def create_views() -> str:
    """DDL that drops and makes every view."""
    parts = []
    for name, body in _VIEWS.items():
        hides = any("{" + kind + ":" in body for kind in ("id", "account", "number"))
        for view, whole in ((name, False), (name + "_full", True)) if hides else ((name, True),):
            parts.append(f"DROP VIEW IF EXISTS {view};\nCREATE VIEW {view} AS {_fill(body, whole)};\n")
    return "".join(parts)
