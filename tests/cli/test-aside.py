#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are no lists of real persons: practice data in a real case file, figures of the population."""
import pathlib
import sys

import harness


def make(cli, name, *options):
    cli.good("new", name, "--country", "BEN", *options)
    cli.good("entity", name, "add", "border", "--name", "Border", "--type", "BOR")


def make_lesson(cli):
    cli.good("practice", "--out", "lesson", "--victims", 60, "--agencies", 6)


def test_practice_in_a_real_file(cli):
    """An import asks nothing: it goes on, and says so on the side."""
    make_lesson(cli)
    make(cli, "real.casecount")
    done = cli.call("import", "real.casecount", "lesson/border.csv", "--entity", "border")
    assert done.returncode == 0, done.stderr
    assert "border.csv" in done.stderr and "practice data" in done.stderr, done.stderr
    assert "practice data" not in done.stdout
    answer = cli.good("import", "real.casecount", "lesson/shelter.xlsx", "--entity", "border", "--dry-run")
    assert any("practice data" in notice for notice in answer["notices"]), answer["notices"]


def test_practice_in_a_practice_file(cli):
    make_lesson(cli)
    make(cli, "lesson.casecount", "--practice")
    answer = cli.good("import", "lesson.casecount", "lesson/border.csv", "--entity", "border")
    assert answer["notices"] == []


def test_population_is_no_list(cli):
    make_lesson(cli)
    make(cli, "real.casecount")
    before = cli.content_hash("real.casecount")
    message = cli.refused("import", "real.casecount", "lesson/population.csv", "--entity", "border")
    assert "inhabitants" in message and "population FILE import" in message, message
    assert cli.content_hash("real.casecount") == before
    assert cli.good("population", "real.casecount", "import", "lesson/population.csv")["rows"] == 45


def test_population_in_any_language(cli):
    make(cli, "real.casecount")
    (cli.folder / "table.csv").write_text(
        "Année;Sexe;Population\n2020;M;5760000\n2020;F;6240000\n2021;M;5904000\n", encoding="utf-8")
    message = cli.refused("import", "real.casecount", "table.csv", "--entity", "border")
    assert "inhabitants" in message, message


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS, str(pathlib.Path(sys.argv[1]).resolve())))
