"""The tables. Raw DDL throughout: `transform()` of sqlite-utils would drop the triggers that guard them.

Money is integer fen, days are ISO text, months ``YYYY-MM``. Mentions, sightings and facts come from files
and go with them; links, pairs, households and rosters are projections that can be rebuilt at any time;
events, judgements, decisions, alert and run histories and approved payments are append-only.
"""

from __future__ import annotations

LINK_PERSON = "CREATE INDEX link_person ON link (person_id)"

TABLES = """
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL, operator TEXT NOT NULL, os_user TEXT NOT NULL, host TEXT NOT NULL,
    kind TEXT NOT NULL, ref TEXT NOT NULL, summary TEXT NOT NULL,
    body_hash TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE event_body (
    seq INTEGER PRIMARY KEY REFERENCES event (seq),
    salt TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
CREATE TABLE blob (hash TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL, source_label TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT NOT NULL,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, template_hash TEXT NOT NULL,
    period TEXT NOT NULL, coverage TEXT NOT NULL CHECK (coverage IN ('full', 'change')),
    imported_at TEXT NOT NULL, operator TEXT NOT NULL, imported_seq INTEGER NOT NULL REFERENCES event (seq),
    rows_read INTEGER NOT NULL, rows_kept INTEGER NOT NULL, rows_set_aside INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('kept', 'undone')),
    replaces INTEGER REFERENCES batch (id), supplements INTEGER REFERENCES batch (id)
) STRICT;
CREATE UNIQUE INDEX batch_content ON batch (sha256, source, period, ifnull(supplements, 0)) WHERE status = 'kept';
CREATE INDEX batch_supplements ON batch (supplements) WHERE supplements IS NOT NULL;
CREATE TABLE batch_scope (
    batch_id INTEGER NOT NULL REFERENCES batch (id), township TEXT NOT NULL,
    PRIMARY KEY (batch_id, township)
) STRICT, WITHOUT ROWID;
CREATE TABLE batch_sheet (
    batch_id INTEGER NOT NULL REFERENCES batch (id), sheet_no INTEGER NOT NULL,
    name TEXT NOT NULL, header_row INTEGER NOT NULL, columns TEXT NOT NULL,
    PRIMARY KEY (batch_id, sheet_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE sheet_layout (
    batch_id INTEGER NOT NULL, sheet_no INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (batch_id, sheet_no),
    FOREIGN KEY (batch_id, sheet_no) REFERENCES batch_sheet (batch_id, sheet_no)
) STRICT;
CREATE TABLE superseded (
    batch_id INTEGER NOT NULL REFERENCES batch (id), sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
    by_batch INTEGER NOT NULL REFERENCES batch (id),
    old_batch INTEGER NOT NULL, old_row INTEGER NOT NULL, new_batch INTEGER NOT NULL, new_row INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (batch_id, sheet_no, row, by_batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX superseded_by ON superseded (by_batch);
CREATE TABLE raw_chunk (
    batch_id INTEGER NOT NULL, sheet_no INTEGER NOT NULL,
    first_row INTEGER NOT NULL, last_row INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (batch_id, sheet_no, first_row),
    FOREIGN KEY (batch_id, sheet_no) REFERENCES batch_sheet (batch_id, sheet_no)
) STRICT;
CREATE TABLE aside (
    batch_id INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL, column TEXT NOT NULL,
    code TEXT NOT NULL, value TEXT NOT NULL, message TEXT NOT NULL, severity TEXT NOT NULL,
    resolved_by INTEGER REFERENCES batch (id),
    PRIMARY KEY (batch_id, sheet_no, row, column, code),
    FOREIGN KEY (batch_id, sheet_no) REFERENCES batch_sheet (batch_id, sheet_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL, source TEXT NOT NULL,
    name TEXT NOT NULL, id_kind TEXT NOT NULL, id_value TEXT NOT NULL, birth TEXT NOT NULL, sex TEXT NOT NULL,
    township TEXT NOT NULL, village TEXT NOT NULL, phone TEXT NOT NULL, former_name TEXT NOT NULL,
    row_key TEXT NOT NULL, anchor TEXT NOT NULL, anchor_rank INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX mention_key ON mention (key);
CREATE INDEX mention_anchor ON mention (anchor);
CREATE INDEX mention_number ON mention (id_value) WHERE id_value <> '';
CREATE INDEX mention_infant ON mention (id) WHERE instr(name, '之') > 0 OR instr(name, '的') > 0;
CREATE TABLE mention_home (  -- the household in which the newest roster of assistance lists a mention
    mention_id INTEGER PRIMARY KEY REFERENCES mention (id), home TEXT NOT NULL
) STRICT;
CREATE INDEX mention_home_home ON mention_home (home);
CREATE TABLE block (  -- runs of (key, mention), packed and sorted by key: see `index`
    seq INTEGER PRIMARY KEY, keys BLOB NOT NULL, mentions BLOB NOT NULL
) STRICT;
CREATE TABLE block_gone (  -- mentions that are gone from the runs up to `seq`
    mention_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL
) STRICT;
CREATE TABLE gone_mention (
    key TEXT NOT NULL, batch_id INTEGER NOT NULL REFERENCES batch (id), PRIMARY KEY (key, batch_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE dirty (  -- `fresh`: not in `block` yet
    mention_id INTEGER PRIMARY KEY REFERENCES mention (id), fresh INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, role TEXT NOT NULL, mention_id INTEGER NOT NULL REFERENCES mention (id),
    FOREIGN KEY (batch_id, sheet_no) REFERENCES batch_sheet (batch_id, sheet_no)
) STRICT;
CREATE UNIQUE INDEX sighting_place ON sighting (batch_id, sheet_no, row, ordinal, role);
CREATE INDEX sighting_mention ON sighting (mention_id);
CREATE TABLE entry (  -- rows that are no person: a service on offer, a resource
    batch_id INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
    kind TEXT NOT NULL, label TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (batch_id, sheet_no, row),
    FOREIGN KEY (batch_id, sheet_no) REFERENCES batch_sheet (batch_id, sheet_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE fact_kind (kind TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE fact (  -- by kind first: rules ask for one kind; sighting_id is that of a sighting
    kind TEXT NOT NULL, sighting_id INTEGER NOT NULL, n INTEGER NOT NULL,
    month TEXT NOT NULL, day TEXT NOT NULL, fen INTEGER, num INTEGER, code TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (kind, sighting_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_epoch (
    hash TEXT PRIMARY KEY, json TEXT NOT NULL, opened_seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    id TEXT PRIMARY KEY, live INTEGER NOT NULL, redirect_to TEXT REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_redirect ON person (redirect_to) WHERE redirect_to IS NOT NULL;
CREATE TABLE link (
    mention_id INTEGER PRIMARY KEY REFERENCES mention (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    tier TEXT NOT NULL, score INTEGER NOT NULL, code TEXT NOT NULL, status TEXT NOT NULL, epoch TEXT NOT NULL
) STRICT;
{LINK_PERSON};
CREATE TABLE pair (
    left_key TEXT NOT NULL, right_key TEXT NOT NULL,
    tier TEXT NOT NULL, score INTEGER NOT NULL, code TEXT NOT NULL, epoch TEXT NOT NULL,
    PRIMARY KEY (left_key, right_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_right ON pair (right_key);
CREATE TABLE evidence (code TEXT PRIMARY KEY, sentence TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE judgement (
    seq INTEGER PRIMARY KEY REFERENCES event (seq),
    left_key TEXT NOT NULL, right_key TEXT NOT NULL CHECK (left_key < right_key),
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure', 'withdrawn')),
    code TEXT NOT NULL, operator TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
    supersedes INTEGER REFERENCES judgement (seq)
) STRICT;
CREATE INDEX judgement_left ON judgement (left_key, right_key);
CREATE INDEX judgement_right ON judgement (right_key);

CREATE TABLE household (
    id TEXT PRIMARY KEY, programme TEXT NOT NULL, case_number TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE roster_household (
    sighting_id INTEGER PRIMARY KEY REFERENCES sighting (id), batch_id INTEGER NOT NULL,
    household_id TEXT NOT NULL REFERENCES household (id), programme TEXT NOT NULL, month TEXT NOT NULL
) STRICT;
CREATE INDEX roster_household_id ON roster_household (household_id, month);
CREATE TABLE roster_member (
    sighting_id INTEGER PRIMARY KEY REFERENCES sighting (id), batch_id INTEGER NOT NULL,
    household_id TEXT NOT NULL REFERENCES household (id), programme TEXT NOT NULL, month TEXT NOT NULL,
    is_head INTEGER NOT NULL
) STRICT;
CREATE INDEX roster_member_household ON roster_member (household_id, month);

CREATE TABLE decision (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, household_id TEXT NOT NULL, person_id TEXT NOT NULL,
    programme TEXT NOT NULL, ground TEXT NOT NULL, number TEXT NOT NULL, decided_on TEXT NOT NULL,
    effective_month TEXT NOT NULL, as_of TEXT NOT NULL, input_blob TEXT REFERENCES blob (hash),
    profile_blob TEXT REFERENCES blob (hash), engine_version TEXT NOT NULL, operator TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TABLE alert (
    id TEXT PRIMARY KEY, rule TEXT NOT NULL, household_id TEXT NOT NULL, person_id TEXT NOT NULL,
    period TEXT NOT NULL, threshold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_event (
    seq INTEGER NOT NULL REFERENCES event (seq), alert_id TEXT NOT NULL REFERENCES alert (id),
    kind TEXT NOT NULL, as_of TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (seq, alert_id)
) STRICT;
CREATE TABLE alert_state (
    alert_id TEXT PRIMARY KEY REFERENCES alert (id), status TEXT NOT NULL, shown_household TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, priority INTEGER NOT NULL, route TEXT NOT NULL,
    department TEXT NOT NULL, due TEXT NOT NULL, reason TEXT NOT NULL, citation TEXT NOT NULL,
    result TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT, programme TEXT NOT NULL, period TEXT NOT NULL,
    month TEXT NOT NULL, due_date TEXT NOT NULL, pay_date TEXT NOT NULL, provisional TEXT NOT NULL,
    status TEXT NOT NULL CHECK
        (status IN ('draft', 'approved', 'sent', 'answered', 'closed', 'rejected')),
    input_hash TEXT NOT NULL REFERENCES blob (hash), profile_hash TEXT NOT NULL REFERENCES blob (hash),
    engine_version TEXT NOT NULL, prepared_by TEXT NOT NULL, approved_by TEXT NOT NULL
) STRICT;
CREATE TABLE run_event (
    seq INTEGER NOT NULL REFERENCES event (seq), run_id INTEGER NOT NULL,
    kind TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (seq, run_id)
) STRICT;
CREATE TABLE run_batch (
    run_id INTEGER NOT NULL REFERENCES run (id), batch_id INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (run_id, batch_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE payment (
    id TEXT PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run (id), ordinal INTEGER NOT NULL,
    programme TEXT NOT NULL, period TEXT NOT NULL, household_id TEXT NOT NULL,
    payee TEXT NOT NULL, account TEXT NOT NULL, bank TEXT NOT NULL, fen INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'arrears', 'one_off', 'correction', 'reversal')),
    corrects TEXT REFERENCES payment (id), township TEXT NOT NULL, village TEXT NOT NULL
) STRICT;
CREATE INDEX payment_run ON payment (run_id, ordinal);
CREATE INDEX payment_corrects ON payment (corrects);
CREATE UNIQUE INDEX payment_reversed_once ON payment (corrects) WHERE kind = 'reversal';
CREATE TABLE pay_item (
    payment_id TEXT NOT NULL REFERENCES payment (id), household_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id), mention_key TEXT NOT NULL,
    programme TEXT NOT NULL, item TEXT NOT NULL, month TEXT NOT NULL, fen INTEGER NOT NULL,
    PRIMARY KEY (payment_id, household_id, person_id, item, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX pay_item_person ON pay_item (person_id, month);
CREATE TABLE hold (
    payment_id TEXT PRIMARY KEY REFERENCES payment (id), reason TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE claim (
    mention_id INTEGER NOT NULL REFERENCES mention (id),
    programme TEXT NOT NULL, item TEXT NOT NULL, month TEXT NOT NULL,
    payment_id TEXT NOT NULL REFERENCES payment (id),
    PRIMARY KEY (mention_id, programme, item, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_payment ON claim (payment_id);
CREATE INDEX claim_month ON claim (programme, month);
CREATE TABLE household_claim (
    household_id TEXT NOT NULL, programme TEXT NOT NULL, month TEXT NOT NULL,
    payment_id TEXT NOT NULL REFERENCES payment (id),
    PRIMARY KEY (household_id, programme, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_claim_payment ON household_claim (payment_id);
CREATE TABLE exclusive (
    one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE question (
    run_id INTEGER NOT NULL REFERENCES run (id), n INTEGER NOT NULL, code TEXT NOT NULL,
    household_id TEXT NOT NULL, person_id TEXT NOT NULL, payment_id TEXT NOT NULL,
    text TEXT NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;
""".replace("{LINK_PERSON}", LINK_PERSON)
