#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model leaves as SQL rules that find what we find, and pairs scored by them come back into review."""
import collections
import csv
import importlib.util
import json
import math
import pathlib
import shutil
import sqlite3
import sys
import tempfile

import harness

CASE = "demo/demo.casecount"


MADE = {}


def make_case(cli):
    """An invented country, linked, and its model written out; made once, copied for each test."""
    if not MADE:
        MADE["folder"] = tempfile.TemporaryDirectory(prefix="casecount-splink-")
        cli.good("demo", "--out", "demo", "--seed", "5", "--victims", "300")
        MADE["linked"] = cli.good("link", CASE)
        MADE["exported"] = cli.good("export-model", CASE, "--for", "splink", "--out", "out")
        for part in ("demo", "out"):
            shutil.copytree(cli.folder / part, pathlib.Path(MADE["folder"].name) / part)
    else:
        for part in ("demo", "out"):
            shutil.copytree(pathlib.Path(MADE["folder"].name) / part, cli.folder / part)
    return MADE["linked"], MADE["exported"]


def load_levels(folder):
    """The functions as they were written out."""
    spec = importlib.util.spec_from_file_location("casecount_levels", folder / "casecount_levels.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_settings(folder):
    return json.loads((folder / "settings.json").read_text(encoding="utf-8"))


def test_rules_find_what_we_find(cli):
    _, exported = make_case(cli)
    out = cli.folder / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "README.txt", "casecount_levels.py", "examples.csv", "model.ini", "prepared.csv", "settings.json"]
    assert len(exported["files"]) == 6 and exported["records"] > 300
    for path in out.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, f"others may read {path.name}"
    problems, n, used = load_levels(out).check(out)
    assert not problems, problems[:5]
    assert n >= 200 and len(used) >= 150, (n, len(used))
    print(f"# {n} pairs, {len(used)} levels")
    # A model whose file was altered, and one rule that says something else, are noticed.
    for alter in ("weight", "rule"):
        bad = cli.folder / alter
        shutil.copytree(out, bad)
        settings = read_settings(bad)
        level = next(level for comparison in settings["comparisons"] if comparison["output_column_name"] == "sex"
                     for level in comparison["comparison_levels"] if level["label_for_charts"].startswith("level 1"))
        if alter == "weight":
            level["m_probability"] *= 0.9
        else:
            level["sql_condition"] = "sex_l <> sex_r"
        (bad / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        assert load_levels(bad).check(bad)[0], f"an altered {alter} was not noticed"
    assert cli.good("verify", CASE)["ok"]


def test_perpetrators_and_refusals(cli):
    make_case(cli)
    answer = cli.good("export-model", CASE, "--for", "splink", "--out", "suspects", "--kind", "perpetrator")
    suspects = cli.folder / "suspects"
    problems, n, _ = load_levels(suspects).check(suspects)
    assert answer["records"] > 0 and n > 0 and not problems, problems[:5]
    cli.refused("export-model", CASE, "--for", "splink", "--out", "x", "--kind", "event", code=2)
    cli.refused("export-model", CASE, "--for", "another", "--out", "x", code=2)
    (cli.folder / "taken").write_text("a file")
    before = cli.content_hash(CASE)
    cli.refused("export-model", CASE, "--for", "splink", "--out", "taken")
    head = "unique_id_l,unique_id_r,match_weight\n"
    known = next(csv.DictReader((cli.folder / "out" / "prepared.csv").open(encoding="utf-8")))["unique_id"]
    for text in ("", "a,b,c\n1,2,3\n", head + "x,y,3\n", head + f"{known},{known},3\n",
                 head + f"{known},{known[:-1]},3\n", head + f"{known},{'0' * 32},nan\n"):
        (cli.folder / "bad.csv").write_text(text, encoding="utf-8")
        cli.refused("import-pairs", CASE, "bad.csv")
    cli.refused("import-pairs", CASE, "absent.csv")
    assert cli.content_hash(CASE) == before
    (cli.folder / "gone.csv").write_text(f"{head}{known},{'0' * 32},3\n", encoding="utf-8")
    assert cli.good("import-pairs", CASE, "gone.csv")["unknown"] == 1


def test_blocks_hold_the_same_pairs(cli):
    """Records that share a key of prepared.csv are the pairs that our own blocks hold."""
    linked, _ = make_case(cli)
    blocks = collections.defaultdict(list)
    with open(cli.folder / "out" / "prepared.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in row:
                if column.startswith("keys_"):
                    for key in row[column].split():
                        blocks[column, key].append(row["unique_id"])
    pairs = sum(math.comb(len(members), 2) for members in blocks.values())
    assert pairs == linked["pairs_compared"], (pairs, linked["pairs_compared"])


def score(levels, folder, wanted):
    """Scores pairs by the exported rules, as Splink would: sums of log2 (m / u)."""
    settings = read_settings(folder)
    records = {row["unique_id"]: row for row in levels.read_rows(folder / "prepared.csv")}
    by_uuid = {key[-32:]: key for key in records}
    columns = [column for column in next(iter(records.values())) if not column.startswith("keys_")]
    names = [column + side for side in ("_l", "_r") for column in columns]
    cases = ", ".join(levels.make_case(comparison) for comparison in settings["comparisons"])
    query = f"SELECT {cases} FROM (SELECT {', '.join(f'?{i} AS {name}' for i, name in enumerate(names, 1))})"
    connection = sqlite3.connect(":memory:")
    levels.register_sqlite(connection)
    share = settings["probability_two_random_records_match"]
    for pair in wanted:
        a, b = sorted(by_uuid[uuid] for uuid in pair)
        found = connection.execute(query, [records[key][column] for key in (a, b) for column in columns]).fetchone()
        yield a, b, math.log2(share / (1 - share)) + sum(
            levels.bits(comparison["comparison_levels"][place])
            for comparison, place in zip(settings["comparisons"], found))


def test_pairs_come_back(cli):
    """What waits for review after our own run waits, with the same weights, after the pairs came from elsewhere."""
    linked, _ = make_case(cli)
    ours = {(item["a"], item["b"]): item["weight"]
            for item in cli.good("queue", CASE)["items"] if item["unit"] == "victim"}
    assert len(ours) >= 50, len(ours)
    out = cli.folder / "out"
    with open(out / "pairs.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["match_weight", "match_probability", "unique_id_l", "unique_id_r"])
        for a, b, weight in score(load_levels(out), out, ours):
            writer.writerow([weight, 2 ** weight / (1 + 2 ** weight), a, b])
            if weight > 0:
                writer.writerow([weight - 1, "", b, a])  # twice, the other way round
    before = cli.content_hash(CASE)
    answer = cli.good("import-pairs", CASE, "out/pairs.csv")
    theirs = {(item["a"], item["b"]): item["weight"]
              for item in cli.good("queue", CASE)["items"] if item["unit"] == "victim"}
    # Pairs that hang together with better ones may stand below what a pair alone needs to be kept.
    assert set(theirs) <= set(ours) and len(ours) - len(theirs) == answer["below"], (len(ours), len(theirs), answer)
    for pair, weight in theirs.items():
        assert abs(weight - ours[pair]) < 0.01, (pair, weight, ours[pair])
    assert answer["proposals"] == len(theirs) and answer["unknown"] == 0
    assert answer["clusters"] == linked["clusters"]
    assert cli.good("verify", CASE)["ok"]
    cli.good("undo", CASE)
    assert cli.content_hash(CASE) == before, "bringing pairs in was not taken back"


if __name__ == "__main__":
    sys.exit(harness.run([test_rules_find_what_we_find, test_perpetrators_and_refusals,
                          test_blocks_hold_the_same_pairs, test_pairs_come_back],
                         pathlib.Path(sys.argv[1]).resolve()))
