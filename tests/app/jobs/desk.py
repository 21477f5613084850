# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk with an empty home, the program on it, and the words of one language."""
import csv
import gettext
import glob
import json
import os
import re
import signal
import subprocess
import tempfile

import driver
from gi.repository import Atspi

# What GTK 4.8 itself complains of: when a screen reader asks about a widget that is just going, and
# when it measures its own tooltip with a long line in it.
TOOLKIT_SAYS = re.compile("g_variant_is_object_path: assertion 'string != NULL'|"
                          r"GtkBox 0x\w+ reports a minimum width of \d+, but minimum width for "
                          "height of 1048576 is")
PASSPHRASE = "four quiet river stones"
USER = "Yawa Kossi"


class Desk:
    """What one run needs; the program under test is called with the given environment."""

    def __init__(self, casecount, cli, environment, language):
        self.casecount = casecount
        self.cli = cli
        self.language = language
        self.folder = tempfile.TemporaryDirectory()
        # Warnings are gathered and judged at the end.
        self.environment = dict(environment, LANGUAGE=language, G_DEBUG="gc-friendly")
        for name, below in (("HOME", ""), ("XDG_CONFIG_HOME", ".config"),
                            ("XDG_DATA_HOME", ".local/share"), ("XDG_CACHE_HOME", ".cache"),
                            ("XDG_STATE_HOME", ".local/state")):
            self.environment[name] = self.path("home", below)
            os.makedirs(self.environment[name], exist_ok=True)
        self.write("home/.config/gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n")
        self.passphrase_file = self.write("passphrase", PASSPHRASE + "\n")
        self.catalogue = gettext.translation(
            "casecount", environment["CASECOUNT_LOCALE_DIR"], [language], fallback=True)
        # The same messages without the sign of their key, as they are read from the screen.
        self.keyless = {key.replace("_", ""): said
                        for key, said in getattr(self.catalogue, "_catalog", {}).items()
                        if isinstance(key, str)}
        self.program = None
        self.said = None
        self.app = None

    def path(self, *parts):
        return os.path.join(self.folder.name, *parts)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    # ---- words ----

    def text(self, message):
        """A message as the window says it, without the sign of its key."""
        said = self.catalogue.gettext(message)
        if said == message:
            said = self.keyless.get(message, message)
        return re.sub(r"\(_\w\)$", "", said).replace("_", "")

    def begins(self, message):
        """For names that go on behind the message."""
        return re.compile("^" + re.escape(self.text(message)))

    @staticmethod
    def pattern(said):
        parts = re.split(r"%(?:\d+\$)?[a-z]", said)
        return re.compile(".*".join(re.escape(part) for part in parts))

    def like(self, message):
        """For sentences with figures or names in them."""
        return self.pattern(self.text(message))

    def plurals(self, one, many):
        """All forms of a sentence with a number."""
        said = {self.catalogue.ngettext(one, many, number) for number in range(120)}
        return [self.pattern(form) for form in sorted(said)]

    def text_of(self, scope, key):
        """A label of the classification, as the window shows it."""
        language = self.catalogue.pgettext("language of the data", "en")
        pattern = os.path.join(self.environment["CASECOUNT_DATA_DIR"], "classification", "*",
                               "labels.csv")
        for path in glob.glob(pattern):
            with open(path, encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if (row["scope"], row["key"]) == (scope, key):
                        return row[language] or row["en"]
        raise KeyError(f"{scope} {key}")

    def code_label(self, code_list, code):
        return self.text_of("code", f"{code_list}.{code}")

    # ---- what a job begins with, made without the window ----

    def make_demo(self, victims):
        """A case file with everything imported, linked and handed in once."""
        self.run_cli("demo", "--out", self.path("demo"), "--victims", str(victims))
        return self.path("demo", "demo.casecount")

    def make_file(self, victims, agencies):
        """A case file with the deliveries of some agencies, not looked through for duplicates."""
        path = self.path("some.casecount")
        practice = self.run_cli("practice", "--out", self.path("practice"), "--victims",
                                str(victims), "--agencies", str(agencies), "--level", "3")
        self.run_cli("new", path, "--country", "BEN", "--practice")
        for entity in practice["files"]:
            self.run_cli("entity", path, "add", entity["entity"], "--name", entity["name"],
                         "--type", entity["type"])
            if entity["path"]:
                self.run_cli("import", path, entity["path"], "--entity", entity["entity"],
                             "--period", entity["period"], "--map", entity["map"])
        return path

    # ---- the program ----

    def run_cli(self, *arguments):
        out = subprocess.run([self.cli, *arguments, "--passphrase-file", self.passphrase_file,
                              "--json"], check=True, stdout=subprocess.PIPE, text=True,
                             env=self.environment).stdout
        return json.loads(out)

    def start(self, *arguments):
        self.said = open(self.path("said"), "w+", encoding="utf-8", errors="replace")
        self.program = subprocess.Popen([self.casecount, *arguments], env=self.environment,
                                        stderr=self.said)
        self.app = driver.application("casecount")

    def stop(self):
        """Returns: what the program ended with, 0 or the signal it was asked to end by."""
        if self.program is None:
            return 0
        early = self.program.poll()
        if early is None:
            self.program.terminate()
            self.program.wait(10)
            early = 0 if self.program.returncode == -signal.SIGTERM else self.program.returncode
        self.program = None
        return early

    def complaints(self):
        """Warnings of the program, but for those of the toolkit."""
        self.said.seek(0)
        return [line.strip() for line in self.said
                if re.search("-(WARNING|CRITICAL|ERROR) ", line) and not TOOLKIT_SAYS.search(line)]

    def clean(self):
        self.stop()
        self.folder.cleanup()

    # ---- hands ----

    def find(self, role, message):
        name = self.text(message) if isinstance(message, str) else message
        return driver.find(self.app, role, name)

    def there(self, role, message):
        name = self.text(message) if isinstance(message, str) else message
        return driver.is_there(self.app, role, name)

    def window(self, message):
        """Whether a dialog of this title has the keyboard, asked of the window system alone."""
        return driver.active_title() == self.text(message)

    def button(self, message):
        """Presses a button once it can be pressed."""
        name = re.compile(re.escape(self.text(message)) + "$")
        node = driver.wait_for(lambda: next(
            (found for found in driver.nodes(self.app, "push button", name)
             if driver.has(found, Atspi.StateType.SENSITIVE) and found.get_n_actions() > 0), None),
            f"the button “{self.text(message)}”")
        driver.click(node)

    def row(self, message):
        """Opens a row by the pointer."""
        driver.point(self.find("list item", self.begins(message)
                               if isinstance(message, str) else message))

    def write_into(self, message, text, role="text"):
        node = driver.find(self.app, role, self.begins(message))
        driver.point(node)
        driver.press("ctrl+a")
        driver.type_text(text)

    def choose(self, message, label):
        """Opens a row of choices and takes the one of this label by the arrow keys."""
        def look():
            lists = [node for node in driver.nodes(self.app, "list")
                     if len(driver.children(node)) > 1
                     and driver.focused(node) is not None]
            return lists[-1] if lists else None

        def open_choices():
            driver.point(driver.find(self.app, "combo box", self.begins(message)))
            return driver.wait_for(look, "the list", 8)

        choices = driver.wait_for(open_choices, f"the choices of “{self.text(message)}”")
        labels = [next((part.get_name() for part in driver.walk(item)
                        if part.get_role_name() == "label"), "") for item in
                  driver.children(choices)]
        at = next(i for i, item in enumerate(driver.children(choices))
                  if driver.focused(item) is not None)
        steps = labels.index(label) - at
        driver.press(*(["Down" if steps > 0 else "Up"] * abs(steps) + ["Return"]))

    def choose_file(self, title, path):
        """Types a path into the dialog for files and takes it."""
        driver.wait_for(lambda: self.window(title), f"the dialog “{self.text(title)}”")
        driver.press("ctrl+l", "ctrl+a")
        driver.type_text(path)

        def take():
            # The list of what the typed letters could be may take the first key.
            driver.press("Return")
            return driver.wait_for(lambda: not self.window(title), "the dialog to close", 4)

        driver.wait_for(take, f"the dialog “{self.text(title)}” to close")

    def go(self, number, page):
        """To a page by its key."""
        driver.wait_for(lambda: driver.press(f"alt+{number}") or self.there("filler", page),
                        f"the page {page}")

    def menu(self, button, item):
        """Opens a menu and takes one of its lines."""
        self.button(button)
        driver.click(driver.find(self.app, "menu item", self.text(item)))

    def answer(self, window, button):
        """Presses a button of a dialog and waits until it is gone."""
        driver.wait_for(lambda: self.window(window), f"the dialog “{self.text(window)}”")
        self.button(button)
        driver.wait_for(lambda: not self.window(window), "the dialog to close")

    def leave(self):
        """Back from a part of a page to the page."""
        driver.press("alt+Left")
        driver.wait_for(lambda: not self.there("push button", "Back"), "the page itself")

    def unlock(self):
        self.write_into("Passphrase", PASSPHRASE)
        self.button("_Unlock")
        driver.wait_for(lambda: self.there("push button", "Continue Without a Name")
                        or self.there("list", "Pages"), "the question who works")
        if not self.there("list", "Pages"):
            self.button("Continue Without a Name")
        self.find("list", "Pages")
