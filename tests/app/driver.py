# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program through the accessibility bus, as a screen reader does."""
import re
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

WAIT = 20.0
STEP = 0.05
# Where nothing names a widget, GTK 4.8 tells the name of its class.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Cc)[A-Z]\w+$")

# Containers that take the focus only to hand it on, built by the toolkit without names.
UNNAMED = ("frame", "window", "scroll pane", "list")


class Missing(Exception):
    """Something did not appear in time."""


def wait_for(look, what, seconds=WAIT):
    """Calls look() until it returns something true; nodes may vanish while they are walked."""
    end = time.monotonic() + seconds
    problem = None
    while time.monotonic() < end:
        try:
            found = look()
            if found:
                return found
        except Exception as error:  # noqa: BLE001
            problem = error
        time.sleep(STEP)
    raise Missing(f"{what} did not appear ({problem})")


def application(name):
    desktop = Atspi.get_desktop(0)

    def look():
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == name and child.get_child_count():
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    return wait_for(look, f"the application {name}")


def walk(root):
    root.clear_cache()
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child is not None:
                waiting.append(child)


def has(node, state):
    return node.get_state_set().contains(state)


def nodes(root, role=None, name=None):
    """Visible nodes; name is a text or a compiled pattern."""
    for node in walk(root):
        if role is not None and node.get_role_name() != role:
            continue
        called = node.get_name() or ""
        if isinstance(name, str) and called != name:
            continue
        if isinstance(name, re.Pattern) and not name.search(called):
            continue
        if has(node, Atspi.StateType.VISIBLE):
            yield node


def find(root, role=None, name=None):
    return wait_for(lambda: next(nodes(root, role, name), None), f"{role or 'a node'} “{name}”")


def is_there(root, role=None, name=None):
    return next(nodes(root, role, name), None) is not None


def click(node):
    """The action by its name, never by its place."""
    for part in walk(node):
        names = [part.get_action_name(i) for i in range(part.get_n_actions())]
        for name in ("click", "toggle", "activate"):
            if name in names:
                return part.do_action(names.index(name))
    raise Missing(f"“{node.get_name()}” offers no click")


def type_into(node, text):
    Atspi.EditableText.set_text_contents(node, text)


def unlock(root, passphrase, user=None):
    """Types the passphrase and says who works; without a name by the button for that."""
    type_into(find(root, role="text", name="Passphrase"), passphrase)
    click(find(root, role="push button", name="Unlock"))
    without = find(root, role="push button", name="Continue Without a Name")
    wait_for(lambda: has(without, Atspi.StateType.SENSITIVE), "the question who works")
    if user is None:
        click(without)
        return
    marked = next(nodes(root, "radio button", user), None)
    if marked is not None:
        click(marked)
    else:
        entry = wait_for(
            lambda: next(nodes(root, "text", re.compile("^(Your|Another) Name$")), None), "the name")
        type_into(entry, user)
    click(find(root, role="push button", name="Continue"))


def nameless(root):
    """Focusable, visible nodes without a name of their own."""
    bad = []
    for node in nodes(root):
        if not has(node, Atspi.StateType.FOCUSABLE) or node.get_role_name() in UNNAMED:
            continue
        name = node.get_name() or ""
        if not name.strip() or TYPE_NAME.match(name):
            bad.append(f"{node.get_role_name()} “{name}”")
    return bad
