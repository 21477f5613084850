#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model is learnt from decisions, accepted by name, used, and taken back."""
import pathlib
import sys

import harness

CASE = "demo/demo.casecount"


def test_learn_accept_withdraw(cli):
    cli.good("demo", "--out", "demo", "--seed", "5", "--victims", "300")
    assert cli.good("models", CASE)["models"] == []
    assert "at least 50" in cli.refused("models", CASE, "learn")
    cli.good("link", CASE, "--kind", "victim")
    items = [item for item in cli.good("queue", CASE)["items"] if item["unit"] == "victim"]
    assert len(items) >= 56
    for i in range(56):
        item = items[i * len(items) // 56]
        verdict = "same" if item["probability"] > 0.5 else "different" if i % 2 else "related"
        cli.good("decide", CASE, "--a", item["a"], "--b", item["b"], "--verdict", verdict)
    answer = cli.good("models", CASE, "learn")
    learnt = answer["learnt"]
    assert learnt["decisions"] == learnt["before"]["verdicts"] == learnt["after"]["verdicts"] == 56
    assert sum(band["verdicts"] for band in learnt["after"]["bands"]) == 56
    number = learnt["model"]
    assert [model["accepted"] for model in answer["models"]] == [False]
    first = cli.good("link", CASE, "--kind", "victim")
    answer = cli.good("models", CASE, "accept", number, "--user", "Reviewer")
    assert answer["models"][0]["accepted"] and answer["models"][0]["user"] == "Reviewer", answer
    second = cli.good("link", CASE, "--kind", "victim")
    assert (first["proposals"], first["persons_low"]) != (second["proposals"], second["persons_low"])
    assert cli.good("verify", CASE)["ok"]
    # Taken back like any act, or by saying that no model is accepted.
    cli.good("undo", CASE)
    before = cli.content_hash(CASE)
    assert not cli.good("models", CASE, "withdraw")["models"][0]["accepted"]
    cli.good("undo", CASE)
    assert cli.content_hash(CASE) == before
    assert cli.good("models", CASE)["models"][0]["accepted"]
    for wrong in (("accept",), ("accept", "x"), ("learn", "3"), ("forget",)):
        cli.refused("models", CASE, *wrong, code=2)
    cli.refused("models", CASE, "accept", "9999")


if __name__ == "__main__":
    sys.exit(harness.run([test_learn_accept_withdraw], pathlib.Path(sys.argv[1]).resolve()))
