# SPDX-License-Identifier: GPL-3.0-or-later
"""A new case file from the empty library."""
import os
import re

import driver
from . import desk as words


def make(desk, check, country="Benin"):
    """A file for practice, as what is imported into it is practice data. Returns its path."""
    desk.button("_New Case File…")
    driver.point(desk.find("list item", desk.begins("Country")))
    desk.find("entry", "Search for a country")
    driver.type_text(country)
    driver.wait_for(lambda: len(list(driver.nodes(desk.find("list", "Countries"), "list item"))) == 1,
                    "one country")
    driver.press("Return")
    driver.click(desk.find("check box", desk.begins("Practice File")))
    desk.write_into("Passphrase", words.PASSPHRASE)
    desk.write_into("Passphrase Again", words.PASSPHRASE)
    desk.write_into("Your Name", words.USER)
    desk.button("_Create Case File")
    desk.find("list", "Pages")
    check(desk.there("frame", re.compile(re.escape(desk.text("Casecount")))),
          "the new case file is open")
    found = [os.path.join(folder, name) for folder, _, names in os.walk(desk.path("home"))
             for name in names if name.endswith(".casecount")]
    check(len(found) == 1, "one case file is in the library")
    return found[0]
