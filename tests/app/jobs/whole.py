# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way, from the empty library to the workbook that is handed in."""
from . import bring_in, case_file, enter, figures, hand_in, review


def run(desk, check):
    # Seven agencies of which one states that it had no case: six files.
    practice = desk.run_cli("practice", "--out", desk.path("practice"), "--victims", "200",
                            "--agencies", "7", "--level", "3")
    entities = [entity for entity in practice["files"] if entity["path"]]
    check(len(entities) == 6, f"six agencies sent files: {[e['entity'] for e in entities]}")
    desk.start()
    path = case_file.make(desk, check)
    desk.go(3, "CcImportPage")
    for entity in entities:
        bring_in.import_file(desk, check, entity)
        desk.leave()
    enter.enter(desk, check, "Shelter network")
    review.look(desk, check)
    review.decide(desk, check)
    figures.open_first(desk, check)
    figures.save_picture(desk, check)
    hand_in.open_answer(desk, check)
    hand_in.type_cover(desk)
    book, years = hand_in.export(desk, check)
    desk.stop()
    hand_in.compare(desk, check, path, book, years)
