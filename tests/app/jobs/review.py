# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for duplicates and deciding about them by keys."""
import re

import driver


def first_number(node):
    """One and two may be said in words."""
    found = re.search(r"\d+", node.get_name())
    return int(found.group()) if found else 1


def waiting(desk):
    """How many questions wait before the first is decided, as the queue tells it."""
    for pattern in desk.plurals("%s question waits", "%s questions wait"):
        node = next(driver.nodes(desk.app, "label", pattern), None)
        if node is not None:
            return first_number(node)
    return 0


def decided(desk):
    node = next(driver.nodes(desk.app, "label", desk.like("%1$s decided, %2$s to go")), None)
    return first_number(node) if node is not None else 0


def look(desk, check):
    """The search over all records; what it finds waits in the queue."""
    desk.go(4, "CcDuplicatesPage")
    desk.button("Look for Duplicates")
    driver.wait_for(lambda: waiting(desk) > 0, "questions in the queue", 90)
    found = waiting(desk)
    check(found >= 3, f"{found} questions wait")
    return found


def decide(desk, check):
    """By keys alone, once the queue has the focus."""
    queue = desk.find("list", "Questions that wait")
    driver.point(driver.wait_for(lambda: next(driver.nodes(queue, "list item"), None), "a question"))
    for key, after, what in (("s", 1, "S: one person"), ("d", 2, "D: different persons"),
                             ("z", 1, "Z takes the last decision back"),
                             ("d", 2, "D: different persons"), ("s", 3, "S: one person")):
        driver.press(key)
        driver.wait_for(lambda: decided(desk) == after, f"{after} decided")
        check(True, what)
    driver.press("u")


def run(desk, check):
    path = desk.make_file(60, 5)
    desk.start(path)
    desk.unlock()
    look(desk, check)
    decide(desk, check)
    desk.stop()
    decisions = desk.run_cli("audit", path)
    check("decide" in str(decisions) or "verdict" in str(decisions), "the history tells of it")
