"""Who has left by a list of changes: from the month of the list on, until a list of a later month names them again.

A row that speaks of its household (``num`` 1 of the fact ``ended``) takes all of it off, in whatever list it stands;
any other takes off its person. A list for one township says nothing of another: who moved is listed there.
"""

from __future__ import annotations

# One row for each household that is left, `person_id` and `mention_id` NULL where all of it is. Households are found
# by their case number, else by the person who stood in them as the head.
GONE = """
said AS MATERIALIZED (
    SELECT s.id AS said, s.mention_id, l.person_id, f.code AS programme, f.month, f.num IS 1 AS whole, m.township,
           coalesce(b.supplements, b.id) AS batch, coalesce(c.text, '') AS case_number,
           CASE WHEN h.code = 'valid' THEN h.text ELSE '' END AS head
    FROM fact AS f
    JOIN sighting AS s ON s.id = f.sighting_id
    JOIN batch AS b ON b.id = s.batch_id
    JOIN mention AS m ON m.id = s.mention_id
    LEFT JOIN link AS l ON l.mention_id = s.mention_id
    LEFT JOIN fact AS c ON c.kind = 'case' AND c.sighting_id = s.id AND c.n = 0
    LEFT JOIN fact AS h ON h.kind = 'head' AND h.sighting_id = s.id AND h.n = 0
    WHERE f.kind = 'ended' AND b.status = 'kept' AND b.coverage = 'change'
), record AS (
    SELECT said, mention_id FROM said
    UNION
    SELECT said.said, l.mention_id FROM said JOIN link AS l ON l.person_id = said.person_id
), home AS MATERIALIZED (
    SELECT id, programme, case_number FROM household
    WHERE case_number <> '' AND case_number IN (SELECT case_number FROM said)
), gone AS MATERIALIZED (
    SELECT o.id AS household_id, said.person_id, said.mention_id, said.whole, said.month, said.township, said.batch
    FROM said JOIN home AS o ON o.case_number = said.case_number AND o.programme = said.programme
    UNION
    SELECT r.household_id, said.person_id, said.mention_id, said.whole, said.month, said.township, said.batch
    FROM said
    CROSS JOIN record ON record.said = said.said
    CROSS JOIN sighting AS s ON s.mention_id = record.mention_id
    CROSS JOIN roster_member AS r ON r.sighting_id = s.id AND r.programme = said.programme
    JOIN household AS o ON o.id = r.household_id
    LEFT JOIN fact AS h ON h.kind = 'head' AND h.sighting_id = s.id AND h.n = 0 AND h.code = 'valid'
    WHERE (r.is_head OR NOT said.whole)
      AND (said.case_number = '' OR o.case_number = '')
      AND (said.whole OR said.head = '' OR coalesce(h.text, said.head) = said.head)
)"""

# Whether a row of `gone` (g) is about a roster's row (r, its sighting s, mention m, link l).
OF_ROW = """
    g.household_id = r.household_id
    AND (g.whole OR g.mention_id = s.mention_id OR g.person_id = l.person_id)
    AND (g.township = '' OR m.township = '' OR g.township = m.township)"""
# Whether they have left since that row, which is of the batch b. Of one month the list of changes goes before the
# full list, and the later of two lists of changes before the earlier.
SINCE = f"""{OF_ROW}
    AND (g.month > r.month OR g.month = r.month
         AND (b.coverage = 'full' OR g.batch > coalesce(b.supplements, b.id)))"""
