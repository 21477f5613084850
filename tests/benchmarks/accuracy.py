#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links the published labelled sets and prints how well, as a table.

    accuracy.py CASECOUNT-CLI FOLDER [SEED...]

FOLDER holds febrl/, rldata/, splink/ and agency_sim/ as their READMEs name them. One schema for each
set of columns (tests/linkage/data), the same defaults for all; the truth is only compared with.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

SCHEMAS = pathlib.Path(__file__).parent.parent / "linkage" / "data"

# Name, files, schema, column of the truth, the bar of F1 of the clusters.
SETS = [
    ("development file", ["agency_sim/agency_sim_dev.csv"], "agency-sim.ini", "entity_id", 0.94),
    ("FEBRL 1", ["febrl/dataset1.csv"], "febrl.ini", None, 1.0),
    ("FEBRL 2", ["febrl/dataset2.csv"], "febrl.ini", None, None),
    ("FEBRL 3", ["febrl/dataset3.csv"], "febrl.ini", None, 0.999),
    ("FEBRL 4", ["febrl/dataset4a.csv", "febrl/dataset4b.csv"], "febrl.ini", None, 0.9995),
    ("RLdata500", ["rldata/RLdata500.csv"], "rldata.ini", "ent_id", None),
    ("RLdata10000", ["rldata/RLdata10000.csv"], "rldata.ini", "ent_id", 0.97),
    ("fake_1000", ["splink/fake_1000.csv"], "fake1000.ini", "cluster", 0.94),
]


def add_truth(source, target):
    """FEBRL keeps its truth in the record's name: rec-NNN-org, rec-NNN-dup-K."""
    with open(source, newline="", encoding="utf-8") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file) if row]
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0] + ["truth"])
        writer.writerows(row + [row[0].split("-")[1]] for row in rows[1:])


def link(program, paths, schema, truth, seed, folder):
    command = [program, "link-table", *paths, "--schema", str(SCHEMAS / schema), "--truth", truth,
               "--out", str(folder / "clusters.csv"), "--seed", seed, "--json"]
    if len(paths) > 1:
        command.append("--link-only")
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    program, data, seeds = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:] or ["1"]
    missed = 0
    print("| set | seed | precision | recall | F1 | bar | pairs at 0.5, F1 | reach | calibration error |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for title, files, schema, truth, bar in SETS:
            paths = [str(data / file) for file in files]
            if truth is None:
                targets = [str(folder / pathlib.Path(file).name) for file in files]
                for source, target in zip(paths, targets):
                    add_truth(source, target)
                paths, truth = targets, "truth"
            for seed in seeds:
                found = link(program, paths, schema, truth, seed, folder)
                clusters = found["clusters"]
                missed += bar is not None and clusters["f1"] < bar
                print(f"| {title} | {seed} | {clusters['p']:.4f} | {clusters['r']:.4f} | {clusters['f1']:.4f} "
                      f"| {bar or ''} | {found['pairs']['0.5']['f1']:.4f} | {found['reach']:.4f} "
                      f"| {found['calibration_error']:.3f} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
