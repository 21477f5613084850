/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_PRACTICE_PAGE (cc_practice_page_get_type ())
G_DECLARE_FINAL_TYPE (CcPracticePage, cc_practice_page, CC, PRACTICE_PAGE, AdwBin)

/* Makes the spreadsheets of an invented country in a folder of the user's choice, so that a trainer
 * can begin at an empty desk. Signal "new-file" (country): a practice file for it is wanted.
 * Actions: practice.make, practice.new-file, practice.again. */
void cc_practice_page_start (CcPracticePage *self);

G_END_DECLS
