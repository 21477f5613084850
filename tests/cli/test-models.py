#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model is learnt from decisions, accepted by name, used, and taken back."""
import pathlib
import sys

import harness

CASE = "demo/demo.casecount"


def chances(cli):
    """How likely each pair that waits is one person."""
    return {(item["a"], item["b"]): item["probability"] for item in cli.good("queue", CASE)["items"]}


def sign_off(cli, number):
    """Draws pairs, decides each and signs; one act, which can be taken back."""
    assert "Draw a sample first" in cli.refused("models", CASE, "sample")
    sample = cli.good("models", CASE, "sample", number, "--pairs", "21", "--seed", "4")["sample"]
    assert sample["model"] == number and len(sample["items"]) == sample["open"] == 21
    assert all(set(item) == {"a", "b", "state"} for item in sample["items"])  # blind
    assert cli.good("models", CASE, "sample")["sample"] == sample
    assert "21 of the 21" in cli.refused("models", CASE, "sign", number)
    for i, item in enumerate(sample["items"]):
        cli.good("decide", CASE, "--a", item["a"], "--b", item["b"],
                 "--verdict", ("same", "different", "undecided")[i % 3])
    assert cli.good("models", CASE, "sample")["sample"]["open"] == 0
    signed = cli.good("models", CASE, "sign", number, "--user", "Checker")["models"][0]["signed"]
    assert signed["user"] == "Checker", signed
    for key in ("same", "different", "undecided"):
        assert sum(band[key] for band in signed["bands"]) == 7, signed
    assert signed["low"] <= signed["precision"] <= signed["high"]
    assert cli.good("verify", CASE)["ok"]
    cli.good("undo", CASE)
    assert "signed" not in cli.good("models", CASE)["models"][0]
    cli.good("models", CASE, "sign", number)
    assert "signed" in cli.good("models", CASE)["models"][0]


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
    sign_off(cli, number)
    cli.good("link", CASE, "--kind", "victim")
    first = chances(cli)
    answer = cli.good("models", CASE, "accept", number, "--user", "Reviewer")
    assert answer["models"][0]["accepted"] and answer["models"][0]["user"] == "Reviewer", answer
    assert chances(cli) == first
    cli.good("link", CASE, "--kind", "victim")
    assert chances(cli) != first
    assert cli.good("verify", CASE)["ok"]
    # Taken back like any act, or by saying that no model is accepted.
    cli.good("undo", CASE)
    before = cli.content_hash(CASE)
    assert not cli.good("models", CASE, "withdraw")["models"][0]["accepted"]
    cli.good("undo", CASE)
    assert cli.content_hash(CASE) == before
    assert cli.good("models", CASE)["models"][0]["accepted"]
    for wrong in (("accept",), ("accept", "x"), ("sign",), ("sign", "x"), ("sample", "x"),
                  ("sample", "--pairs", "3"), ("learn", "3"), ("forget",)):
        cli.refused("models", CASE, *wrong, code=2)
    cli.refused("models", CASE, "accept", "9999")


if __name__ == "__main__":
    sys.exit(harness.run([test_learn_accept_withdraw], pathlib.Path(sys.argv[1]).resolve()))
