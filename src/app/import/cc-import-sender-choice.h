/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* The value of the choice that stands for an agency which the case file does not know yet. */
#define CC_IMPORT_NEW_SENDER ""

/* The agencies to choose from, (transfer full) of CcImportChoice. first: (out): whether the first
 * of them is what was chosen before, or what the file says; else nothing speaks for any. */
GListModel *cc_import_list_senders (CcImportDraft *draft, gboolean *first);

/* What is known of the sender so far, for the row of it. (transfer full) */
char *cc_import_describe_sender (CcImportDraft *draft);

/* Before a sender is taken of whom the file's own words do not speak: the question that names both,
 * with the responses "choose", "keep" and "cancel"; NULL where the words speak of nobody else.
 * entity: also one that is not in the case file yet. */
GtkWindow *cc_import_doubt_sender (GtkWidget *near, CcImportDraft *draft, const CcEntity *entity);

G_END_DECLS
