/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-number-plan.h>

#include "cc-import-draft.h"
#include "cc-import-line.h"

G_BEGIN_DECLS

/* Numbers in the step Values: what point and comma stand for, and what texts such as "<5" mean. No
 * widgets. subject of a line is its CcNumberQuestion. */

guint         cc_import_count_numbers (GPtrArray *questions, gboolean open);
CcImportLine *cc_import_create_number (CcImportDraft *draft, CcNumberQuestion *question);
void          cc_import_show_number (CcImportDraft *draft, CcImportLine *line);

/* Of the dialog that asks: its title and question; and what can be answered (CcImportChoice). */
const char *cc_import_get_number_title (const CcNumberQuestion *question);
char       *cc_import_ask_number (const CcNumberQuestion *question);
GListModel *cc_import_list_numbers (CcImportDraft *draft, const CcNumberQuestion *question);

/* Keeps an answer in the map. */
void cc_import_decide_number (CcImportDraft *draft, CcNumberQuestion *question, const char *answer);

G_END_DECLS
