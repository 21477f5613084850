#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The functions that the rules in settings.json call, for SQLite, DuckDB and Spark, and a check of all rules.

    python3 casecount_levels.py [FOLDER]    tries every rule on the pairs of examples.csv, by SQLite

A word of prepared.csv is text|skeleton|groups|role|rarity of the spelling|rarity of the skeleton|what a slip takes
away, as others bear the word; rarities are in 1/64 bit. Role 0 is a family name, 1 a given name, 2 a name of one field. A place is text|skeleton.
"""
import csv
import functools
import json
import math
import pathlib
import re
import sqlite3
import sys

EXACT, LOOSE, FUZZY, NO_MATCH = range(4)
FAMILY, GIVEN = 0, 1
WORD_LOW, WORD_HIGH = -5 * 64, 6 * 64
NAME_LOW, NAME_HIGH = -6 * 64, 8 * 64
NAME_NONE, NAME_ONE, NAME_TWO, NAME_RELATIVES = 1, 2, 11, 20
OTHER_EXACT, OTHER_CROSS, OTHER_DIFFERENT = 1, 4, 5
MAX_WORD = 63


@functools.lru_cache(maxsize=1 << 18)
def _words(text):
    words = []
    for part in text.split(" ") if text else ():
        word, skeleton, groups, role, exact, rarity, slip = part.split("|")
        words.append((word.encode(), skeleton, frozenset(groups.split(".")) if groups else frozenset(),
                      int(role), int(exact), int(rarity), int(slip)))
    return tuple(words)


def _distance(a, b, limit):
    """Optimal string alignment, as far as it matters: limit + 1 beyond the limit."""
    a, b = a[:MAX_WORD], b[:MAX_WORD]
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before, above = None, list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            value = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                value = min(value, before[j - 2] + 1)
            row.append(value)
        before, above = above, row
    return min(above[-1], limit + 1)


def _is_digit(byte):
    return 48 <= byte <= 57


@functools.lru_cache(maxsize=1 << 18)
def _spelled_alike(a, b):
    shorter = min(len(a), len(b))
    if shorter == 1 and not _is_digit(a[0]):
        return a[0] == b[0]
    if shorter < 4:
        return not _is_digit(a[0]) and shorter == 3 and max(len(a), len(b)) == 4 and _distance(a, b, 1) == 1
    if a[:shorter] == b[:shorter] and not _is_digit(a[0]):
        return True
    if a[0] != b[0] and a[1] != b[1] and a[0] != b[1] and a[1] != b[0]:
        return False
    limit = 2 if shorter >= 7 else 1
    return _distance(a, b, limit) <= limit


def _match(a, b):
    if a[0] == b[0]:
        return EXACT
    if a[1] == b[1] or a[2] & b[2]:
        return LOOSE
    return FUZZY if _spelled_alike(a[0], b[0]) else NO_MATCH


def _clamp(value, low, high):
    return max(low, min(high, value))


@functools.lru_cache(maxsize=1 << 18)
def _assign(text_a, text_b):
    """Gives words partners, the best matches first: how many, the worst match, the rarity, who has one."""
    a, b = _words(text_a), _words(text_b)
    matches = [[_match(x, y) for y in b] for x in a]
    used_a, used_b, count, worst, rarity = set(), set(), 0, EXACT, 0
    for level in (EXACT, LOOSE, FUZZY):
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                if matches[i][j] != level or i in used_a or j in used_b:
                    continue
                used_a.add(i)
                used_b.add(j)
                count, worst = count + 1, level
                telling = int((x[5] + x[4]) / 2) if level == EXACT else min(x[5], y[5])
                telling += max(x[6], y[6]) if level == FUZZY else 0
                rarity += _clamp(telling, WORD_LOW, WORD_HIGH)
    return count, worst, rarity, used_a, used_b


def _are_relatives(a, b, used_a, used_b):
    """Only family names match, while both have given names that do not."""
    family, given = False, []
    for words, used in ((a, used_a), (b, used_b)):
        if any(word[3] == GIVEN for i, word in enumerate(words) if i in used):
            return False
        family |= any(word[3] == FAMILY for i, word in enumerate(words) if i in used)
        given.append(any(word[3] != FAMILY for i, word in enumerate(words) if i not in used))
    return family and all(given)


@functools.lru_cache(maxsize=1 << 18)
def _names(text_a, text_b):
    a, b = _words(text_a), _words(text_b)
    if not a or not b:
        return 0, 0
    count, worst, rarity, used_a, used_b = _assign(text_a, text_b)
    if count == 0:
        return NAME_NONE, 0
    if _are_relatives(a, b, used_a, used_b):
        return NAME_RELATIVES + worst, _clamp(rarity, NAME_LOW, 0)
    left = 0 if count == max(len(a), len(b)) else 1 if count == min(len(a), len(b)) else 2
    return (NAME_TWO if count > 1 else NAME_ONE) + worst * 3 + left, _clamp(rarity, NAME_LOW, NAME_HIGH)


def cc_name_level(names_l, names_r):
    return _names(names_l, names_r)[0]


def cc_name_class(names_l, names_r):
    """Names agree in no (0), one (1) or several words (2), or as those of siblings do (3)."""
    level = cc_name_level(names_l, names_r)
    return 3 if level >= NAME_RELATIVES else 2 if level >= NAME_TWO else 1 if level >= NAME_ONE else 0


def cc_name_rarity(names_l, names_r):
    return _names(names_l, names_r)[1]


def cc_alias_level(aliases_l, names_l, aliases_r, names_r):
    both = bool(aliases_l and aliases_r)
    if both:
        count, worst = _assign(aliases_l, aliases_r)[:2]
        if count:
            return OTHER_EXACT + worst
    for aliases, names in ((aliases_l, names_r), (aliases_r, names_l)):
        count, worst = _assign(aliases, names)[:2]
        if count and worst < FUZZY:
            return OTHER_CROSS
    return OTHER_DIFFERENT if both else 0


def cc_father_level(fathers_l, fathers_r):
    if not fathers_l or not fathers_r:
        return 0
    count, worst = _assign(fathers_l, fathers_r)[:2]
    return OTHER_EXACT + worst if count else OTHER_DIFFERENT


def cc_other_rarity(words_l, words_r):
    """Of aliases that match aliases, of fathers' names that match fathers' names."""
    return _clamp(_assign(words_l, words_r)[2], NAME_LOW, NAME_HIGH)


def cc_word_match(text_l, text_r):
    """Places: 1 the same or spelled by another rule, 2 a slip apart, 3 different; 0 where one is not known."""
    if not text_l or not text_r:
        return 0
    (a, skeleton_a), (b, skeleton_b) = text_l.rsplit("|", 1), text_r.rsplit("|", 1)
    if a == b or skeleton_a == skeleton_b:
        return 1
    return 2 if _spelled_alike(a.encode(), b.encode()) else 3


def cc_one_slip(number_l, number_r):
    """Numbers of six characters or more, one of which is another, missing or swapped."""
    a, b = number_l.encode(), number_r.encode()
    return int(min(len(a), len(b)) > 5 and _distance(a, b, 1) <= 1)


FUNCTIONS = {cc_name_level: 2, cc_name_class: 2, cc_name_rarity: 2, cc_alias_level: 4, cc_father_level: 2,
             cc_other_rarity: 2, cc_word_match: 2, cc_one_slip: 2}


def is_whole_number(column):
    """Which columns of prepared.csv hold whole numbers; all others are text, numbers of documents too."""
    return (column.endswith(("_rarity", "_carriers"))
            or column.startswith("birth_") and column.split("_")[1] in
            ("precision", "first", "last", "year", "month", "day"))


def register_sqlite(connection):
    for function, n in FUNCTIONS.items():
        connection.create_function(function.__name__, n, function, deterministic=True)


def register_duckdb(connection):
    for function, n in FUNCTIONS.items():
        connection.create_function(function.__name__, function, ["VARCHAR"] * n, "INTEGER")


def register_spark(session):
    for function in FUNCTIONS:
        session.udf.register(function.__name__, function, "int")


def select_sql(columns, source, split):
    """A query that gives the columns of prepared.csv, read as text, their types; split makes a list of keys."""
    parts = []
    for column in columns:
        if is_whole_number(column):
            parts.append(f"CAST({column} AS INTEGER) AS {column}")
        elif column.startswith("keys_"):
            parts.append(f"{split}({column}, ' ') AS {column}")
        else:
            parts.append(column)
    return f"SELECT {', '.join(parts)} FROM {source}"


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield {column: None if value == "" else int(value) if is_whole_number(column) else value
                   for column, value in row.items()}


def make_case(comparison):
    """One comparison as CASE: the place of the first level whose rule is true."""
    rules = [level["sql_condition"] for level in comparison["comparison_levels"]]
    whens = " ".join(f"WHEN {rule} THEN {i}" for i, rule in enumerate(rules) if rule != "ELSE")
    return f"CASE {whens} ELSE {len(rules) - 1} END"


def level_number(level):
    return int(re.match(r"level (\d+)", level["label_for_charts"]).group(1))


def bits(level):
    return 0.0 if level.get("is_null_level") else math.log2(level["m_probability"] / level["u_probability"])


def check(folder):
    """Compares what the rules find of each example with what Casecount found. Returns a list of differences."""
    folder = pathlib.Path(folder)
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    comparisons = settings["comparisons"]
    share = settings["probability_two_random_records_match"]
    records = {row["unique_id"]: row for row in read_rows(folder / "prepared.csv")}
    connection = sqlite3.connect(":memory:")
    register_sqlite(connection)
    columns = [column for column in next(iter(records.values())) if not column.startswith("keys_")]
    names = [column + side for side in ("_l", "_r") for column in columns]
    given = ", ".join(f"?{i} AS {name}" for i, name in enumerate(names, 1))
    cases = ", ".join(make_case(comparison) for comparison in comparisons)
    query = f"SELECT {cases} FROM (SELECT {given})"
    problems, used = [], set()
    with open(folder / "examples.csv", encoding="utf-8", newline="") as file:
        for n, example in enumerate(csv.DictReader(file), 1):
            a, b = example["unique_id_l"], example["unique_id_r"]
            values = [records[key][column] for key in (a, b) for column in columns]
            found = connection.execute(query, values).fetchone()
            weight = math.log2(share / (1 - share))
            for comparison, place in zip(comparisons, found):
                name, level = comparison["output_column_name"], comparison["comparison_levels"][place]
                used.add((name, level["label_for_charts"]))
                weight += bits(level)
                if name in example and level_number(level) != int(example[name]):
                    problems.append(f"pair {n}, {name}: level {level_number(level)}, not {example[name]}")
            if abs(weight - float(example["weight"])) > 1e-4:
                problems.append(f"pair {n}: {weight:.4f} bits, not {example['weight']}")
    return problems, n, used


def main():
    problems, n, used = check(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    for problem in problems[:50]:
        print(problem)
    print(f"{n} pairs, {len(used)} levels, {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
