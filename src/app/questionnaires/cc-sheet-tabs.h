/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_SHEET_TABS (cc_sheet_tabs_get_type ())
G_DECLARE_FINAL_TYPE (CcSheetTabs, cc_sheet_tabs, CC, SHEET_TABS, GtkWidget)

/* The sheets of a questionnaire as a row of tabs, the checks last with the number of errors and
 * warnings. The signal "chosen" (number) tells which the user took. */
void cc_sheet_tabs_set (CcSheetTabs *self, CcAnswerBook *book);
void cc_sheet_tabs_select (CcSheetTabs *self, guint tab);

G_END_DECLS
