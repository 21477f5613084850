# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program through the accessibility bus, as a screen reader does."""
import re
import subprocess
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)

WAIT = 45.0
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
                # Only what a node never changes.
                child.set_cache_mask(Atspi.Cache.ROLE | Atspi.Cache.INTERFACES)
                return child
        return None

    return wait_for(look, f"the application {name}")


def box(node):
    extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return extents.x, extents.y, extents.width, extents.height


def size(node):
    return box(node)[2:]


def centre(node):
    left, top, width, height = box(node)
    return left + width // 2, top + height // 2


def active_title():
    """What the window that has the keyboard is called, asked of the window system."""
    return subprocess.run(["xdotool", "getactivewindow", "getwindowname"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True).stdout.strip()


def windows(app):
    """The main window, and dialogs while one has the keyboard. GTK 4.8 falls over when it is asked
    for a window that has just gone, so that it is not asked while there is none but the first."""
    first = app.get_child_at_index(0)
    if first is None or first.get_name() == active_title():
        return [first] if first is not None else []
    return [app.get_child_at_index(index) for index in range(app.get_child_count())]


def children(node):
    if node.get_role() == Atspi.Role.APPLICATION:
        return [window for window in windows(node) if window is not None]
    found = [node.get_child_at_index(index) for index in range(node.get_child_count())]
    return [child for child in found if child is not None]


def is_stack(below):
    """The pages of a stack are panels that have no place of their own."""
    return len(below) > 1 and all(page.get_role() == Atspi.Role.PANEL and
                                  page.get_component_iface() is None for page in below[:2])


def turned_page(node, pages):
    """Of the pages of a stack the one on top. GTK 4.8 tells of all of them as if they were seen."""
    inner = {page: page.get_child_at_index(0) for page in pages}
    sized = [page for page in pages if inner[page] is not None and min(size(inner[page])) > 0]
    if len(sized) < 2:
        return sized
    left, top, width, height = box(node)
    for x, y in ((left + width * i // 8, top + height * j // 8 + 6)
                 for j in range(8) for i in (4, 1, 2, 6, 3, 5, 7)):
        found = Atspi.Component.get_accessible_at_point(node, x, y, Atspi.CoordType.WINDOW)
        while found is not None and found not in sized:
            found = found.get_parent()
        if found is not None:
            return [found]
    return sized


def walk(root):
    """All nodes of the pages that are on top. Cells are left out: a row tells what is in them."""
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        yield node
        below = [] if node.get_role() == Atspi.Role.TABLE_ROW else children(node)
        if is_stack(below):
            below = turned_page(node, below)
        waiting.extend(below)


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


def press(*keys):
    """Real keys, as the window system gives them to whatever has the focus."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "20", *keys], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "10", text], check=True)


def focused(root):
    return next((node for node in walk(root) if has(node, Atspi.StateType.FOCUSED)), None)


def top_of(node):
    """The window a node stands in."""
    while node.get_parent() is not None and node.get_parent().get_role_name() != "application":
        node = node.get_parent()
    return node


def active_window():
    """Number, place and size of the X window that has the keyboard."""
    out = subprocess.run(["xdotool", "getactivewindow", "getwindowgeometry", "--shell"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    values = dict(line.split("=") for line in out.split())
    return [int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT")]


def scroll_to(node):
    """Turns the wheel until a node stands inside of what scrolls around it."""
    pane = node.get_parent()
    while pane is not None and pane.get_role_name() != "scroll pane":
        pane = pane.get_parent()
    if pane is None:
        return
    for _ in range(200):
        left, top, width, height = box(pane)
        _, y = centre(node)
        if top + 8 <= y <= top + height - 8:
            return
        move_to(pane, left + width // 2, top + height // 2)
        subprocess.run(["xdotool", "click", "4" if y < top + 8 else "5"], check=True)
        time.sleep(STEP)


def move_to(node, x, y):
    left, top, width, height = active_window()
    _, _, inner_width, inner_height = box(top_of(node))
    subprocess.run(["xdotool", "mousemove", str(left + (width - inner_width) // 2 + x),
                    str(top + (height - inner_height) // 2 + y)], check=True)


def point(node, count=1):
    """Clicks with the pointer."""
    scroll_to(node)
    move_to(node, *centre(node))
    subprocess.run(["xdotool", "click", "--repeat", str(count), "--delay", "80", "1"], check=True)
