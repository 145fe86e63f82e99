"""Splink 5 on DuckDB, in the plain set-up of its tutorial and in the best one that was found for these tables.

Both take over the same prepared columns as every contestant, and empty them once they are loaded; an empty
text is NULL for Splink. The best set-up blocks as an expert of these lists would, the household of the
number's owner included; it compares each column in steps that know cut, rounded and masked numbers and
names read alike, weighs names by their frequency, puts telephone and village into one comparison because a
household shares both, and trains in several passes that block on different things. Nothing in it was chosen
by looking at the truth of a held-out mix.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from .preparing import FIELDS
from .scoring import AUTO, REVIEW, Answer

SURE, MAYBE = 0.99, 0.5
SEED = 7
Clock = Callable[[str], None]
Table = dict[str, list[str]]

DERIVED = """
CREATE TABLE {table} AS
WITH told AS (SELECT {columns} FROM raw)
SELECT
  *,
  id_kind IN ('valid', 'legacy15') AS whole,
  CASE WHEN name NOT LIKE '%*%' THEN name END AS full_name,
  CASE WHEN name LIKE '%*%' THEN replace(name, '*', '_') END AS name_mask,
  CASE WHEN name NOT LIKE '%*%' THEN reading END AS sound,
  CASE WHEN id_kind IN ('valid', 'legacy15', 'bad_check')
         OR (id_kind = 'other' AND length(id_value) BETWEEN 16 AND 19) THEN id_value END AS number,
  CASE WHEN id_kind IN ('valid', 'legacy15') THEN id_value END AS good_number,
  CASE WHEN id_kind IN ('valid', 'legacy15', 'bad_check', 'cut', 'scientific')
            AND length(id_value) >= 15 THEN left(id_value, 15) END AS first_15,
  CASE WHEN id_kind IN ('valid', 'legacy15', 'bad_check', 'cut', 'scientific')
            AND length(id_value) >= 14 THEN left(id_value, 14) END AS first_14,
  CASE WHEN id_kind IN ('valid', 'legacy15', 'bad_check', 'cut', 'scientific')
            AND length(id_value) >= 14 THEN left(id_value, 13) END AS first_13,
  CASE WHEN id_kind = 'masked' THEN replace(id_value, '*', '_') END AS number_mask,
  CASE WHEN right(id_value, 1) <> '*' AND length(id_value) BETWEEN 16 AND 19
            AND id_kind IN ('valid', 'legacy15', 'bad_check', 'masked', 'other') THEN right(id_value, 4) END AS last_4,
  CASE WHEN length(id_value) >= 17 AND id_kind <> 'masked' THEN substr(id_value, 4, 12) END AS middle_12,
  CASE WHEN id_value NOT LIKE '%*' OR length(id_value) > 6 THEN left(id_value, 6) END AS area,
  replace(birth, '-', '') AS birthday,
  coalesce(nullif(regexp_extract(replace(birth, '-', ''), '^[0-9]{{8}}$'), ''),
    CASE WHEN id_kind <> 'other'
      THEN nullif(regexp_extract(substr(id_value, 7, 8), '^[0-9]{{8}}$'), '') END,
    replace(birth, '-', '')) AS born
FROM told
"""


def plain(register: Table, claims: Table, clock: Clock) -> Iterator[Answer]:
    """Ready-made comparisons, two training passes, nothing adapted."""
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.9, 0.7]),
            compare.LevenshteinAtThresholds("id_value", [1, 3]),
            compare.LevenshteinAtThresholds("birth", [1]),
            compare.ExactMatch("sex"),
            compare.ExactMatch("village"),
            compare.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id_value"),
            block_on("name", "birth"),
            block_on("name", "village"),
            block_on("birth", "village"),
            block_on("phone", "surname"),
            block_on("name", "phone"),
        ],
        retain_matching_columns=False,
    )
    linker = _linker(register, claims, settings)
    clock("prepare")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id_value", "name"), block_on("name", "birth", "village")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("id_value"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "village"))
    clock("train")
    yield from _answers(linker, clock)


def best(register: Table, claims: Table, clock: Clock) -> Iterator[Answer]:
    """Everything Splink offers, fitted to these tables without looking at the truth."""
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[_names(), _numbers(), _births(), _living(), compare.ExactMatch("sex")],
        blocking_rules_to_generate_predictions=[
            block_on("good_number"),
            block_on("first_15"),
            block_on("area", "last_4", "surname"),
            block_on("born", "surname"),
            block_on("born", "township", "village"),
            block_on("full_name", "township", "village"),
            block_on("sound", "township", "village"),
            block_on("phone"),
            block_on("full_name", "substr(born, 1, 4)"),
            block_on("last_4", "full_name"),
            block_on("born", "sound"),
            block_on("middle_12"),
            block_on("first_13", "surname"),
            block_on("home"),
            block_on("guardian_home"),
        ],
        retain_matching_columns=False,
        max_iterations=50,
    )
    linker = _linker(register, claims, settings)
    clock("prepare")
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("good_number", "full_name"), block_on("full_name", "born", "village")], recall=0.75
    )
    train.estimate_u_using_random_sampling(max_pairs=1e7, seed=SEED)
    for rule in (block_on("full_name", "born"), block_on("good_number"), block_on("sound", "village")):
        train.estimate_parameters_using_expectation_maximisation(rule)
    clock("train")
    yield from _answers(linker, clock)


# ---------------------------------------------------------------- comparisons of the best set-up


# A distance costs much more than an equality, and one edit leaves one end of the number as it was.
_NEAR = "(left(number_l, 10) = left(number_r, 10) OR right(number_l, 7) = right(number_r, 7))"


def _custom(name: str, levels: Sequence[Any]) -> Any:
    return compare.CustomComparison(output_column_name=name, comparison_levels=list(levels))


def _one_sign_off(count: int) -> str:
    """DuckDB's string distances count bytes, so names of Chinese signs are compared sign by sign."""
    places = range(1, count + 1)
    same = " + ".join(f"(substr(full_name_l, {at}, 1) = substr(full_name_r, {at}, 1))::int" for at in places)
    return f"(length(full_name_l) = {count} AND length(full_name_r) = {count} AND {same} = {count - 1})"


def _names() -> Any:
    return _custom(
        "naming",
        [
            level.NullLevel("name"),
            level.ExactMatchLevel("full_name", term_frequency_adjustments=True),
            level.CustomLevel("full_name_l = former_name_r OR full_name_r = former_name_l", "former name"),
            level.CustomLevel("sound_l = sound_r", "read alike").configure(tf_adjustment_column="sound"),
            level.CustomLevel(
                "full_name_l LIKE name_mask_r OR full_name_r LIKE name_mask_l", "fits the hidden name"
            ),
            level.CustomLevel(f"{_one_sign_off(3)} OR {_one_sign_off(4)}", "one sign of three or four off"),
            level.CustomLevel(
                "surname_l = surname_r AND length(full_name_l) <> length(full_name_r) "
                "AND (starts_with(full_name_l, full_name_r) OR starts_with(full_name_r, full_name_l) "
                "OR right(full_name_l, 1) = right(full_name_r, 1))",
                "shortened",
            ),
            level.CustomLevel("surname_l = surname_r", "surname"),
            # training takes brothers and sisters for the same person under another name
            level.ElseLevel().configure(m_probability=0.002, fix_m_probability=True),
        ],
    )


def _numbers() -> Any:
    return _custom(
        "numbering",
        [
            level.CustomLevel(
                "coalesce(number_l, first_15_l, first_14_l, number_mask_l) IS NULL "
                "OR coalesce(number_r, first_15_r, first_14_r, number_mask_r) IS NULL",
                "not told",
            ).configure(is_null_level=True),
            level.CustomLevel("good_number_l = good_number_r", "same number"),
            level.CustomLevel(
                f"{_NEAR} AND damerau_levenshtein(number_l, number_r) <= 1", "one digit or swap off"
            ),
            level.CustomLevel(
                "first_15_l = first_15_r AND (number_l IS NULL OR number_r IS NULL)", "cut, the rest the same"
            ),
            level.CustomLevel(
                "number_l LIKE number_mask_r OR number_r LIKE number_mask_l", "fits the hidden number"
            ),
            level.CustomLevel(
                "first_14_l = first_14_r AND (number_l IS NULL OR number_r IS NULL)", "fourteen digits"
            ),
            level.CustomLevel(
                "first_13_l = first_13_r AND (number_l IS NULL OR number_r IS NULL)", "the last digit rounded"
            ),
            level.CustomLevel(f"{_NEAR} AND damerau_levenshtein(number_l, number_r) <= 2", "two off"),
            level.CustomLevel("first_14_l = first_14_r", "same area and birth"),
            level.CustomLevel("home_l = home_r", "the number of somebody in the household"),
            level.ElseLevel(),
        ],
    )


def _births() -> Any:
    return _custom(
        "born_on",
        [
            level.NullLevel("birthday"),
            level.ExactMatchLevel("birthday"),
            level.CustomLevel(
                "left(birthday_l, 6) = left(birthday_r, 6) AND (length(birthday_l) = 6 OR length(birthday_r) = 6)",
                "same month, no day told",
            ),
            level.CustomLevel(
                "(left(birthday_l, 4) = left(birthday_r, 4) OR right(birthday_l, 4) = right(birthday_r, 4)) "
                "AND damerau_levenshtein(birthday_l, birthday_r) <= 1",
                "one digit off",
            ),
            level.CustomLevel("left(birthday_l, 4) = left(birthday_r, 4)", "same year"),
            level.ElseLevel(),
        ],
    )


def _living() -> Any:
    """Telephone and village in one comparison: a household shares both, so they do not add up."""
    return _custom(
        "living",
        [
            level.CustomLevel(
                "(phone_l IS NULL OR phone_r IS NULL) AND (township_l IS NULL OR township_r IS NULL) "
                "AND (village_l IS NULL OR village_r IS NULL)",
                "not told",
            ).configure(is_null_level=True),
            level.CustomLevel("phone_l = phone_r", "telephone"),
            level.CustomLevel("village_l = village_r AND township_l = township_r", "village"),
            level.CustomLevel(
                "village_l = village_r AND (township_l IS NULL OR township_r IS NULL)", "village's name"
            ),
            level.CustomLevel("township_l = township_r", "township"),
            level.ElseLevel(),
        ],
    )


# ---------------------------------------------------------------- running


def _linker(register: Table, claims: Table, settings: SettingsCreator) -> Linker:
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    columns = ", ".join(f"nullif({name}, '') AS {name}" for name in FIELDS)
    for table, told in (("register", register), ("claims", claims)):
        count = len(told["name"])
        home = list(told["household"]) if "household" in told else [""] * count
        connection.register(
            "raw",
            pa.table(
                {
                    "unique_id": pa.array(range(count)),
                    "household": pa.array(home),
                    **{name: pa.array(told[name]) for name in FIELDS},
                }
            ),
        )
        connection.execute(DERIVED.format(table=f"{table}_told", columns=f"unique_id, household, {columns}"))
        connection.unregister("raw")
        told.clear()  # from here on the tables are DuckDB's; its peak should not hold them twice
    owners = "CREATE TABLE owners AS SELECT good_number, any_value(household) AS home FROM register_told "
    connection.execute(owners + "WHERE good_number IS NOT NULL GROUP BY 1")
    connection.execute(
        "CREATE TABLE register_in AS SELECT *, household AS home, household AS guardian_home "
        "FROM register_told"
    )
    connection.execute(
        "CREATE TABLE claims_in AS SELECT c.*, o.home, g.home AS guardian_home FROM claims_told AS c "
        "LEFT JOIN owners AS o ON o.good_number = c.good_number "
        "LEFT JOIN owners AS g ON g.good_number = c.guardian_id"
    )
    for table in ("register", "claims"):
        connection.execute(f"DROP TABLE {table}_told")
    api = DuckDBAPI(connection)
    tables = [api.register(f"{table}_in", table_name=table) for table in ("register", "claims")]
    return Linker(tables, settings, log_level=logging.ERROR)


def _answers(linker: Linker, clock: Clock) -> Iterator[Answer]:
    """Of each department's row the register's row with the highest weight; equal weights by their order."""
    found = linker.inference.predict(threshold_match_weight=-10)
    clock("predict")
    best_of_each = f"""
        SELECT right_id, left_id, weight, probability FROM (
          SELECT
            CASE WHEN source_dataset_l = 'register' THEN unique_id_r ELSE unique_id_l END AS right_id,
            CASE WHEN source_dataset_l = 'register' THEN unique_id_l ELSE unique_id_r END AS left_id,
            match_weight AS weight,
            match_probability AS probability
          FROM {found.physical_name})
        QUALIFY row_number() OVER (PARTITION BY right_id ORDER BY weight DESC, left_id) = 1
    """
    rows = linker._db_api._con.execute(best_of_each).fetchall()
    for right, left, weight, probability in rows:
        if probability >= MAYBE:
            yield Answer(right, left, weight, AUTO if probability >= SURE else REVIEW)
        else:
            yield Answer(right, left, weight, "none")
    clock("choose")
