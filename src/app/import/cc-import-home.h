/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_HOME (cc_import_home_get_type ())
G_DECLARE_FINAL_TYPE (CcImportHome, cc_import_home, CC, IMPORT_HOME, AdwBin)

/* Where files are dropped, wait, and stand as deliveries once they are in. Signals: "files"
 * (GListModel of GFile) when files were dropped, "choose" when the user wants to choose some,
 * "opened" (CcImportDraft), "removed" (CcImportDraft), "undo" (gint64 submission). */
void cc_import_home_set_queue (CcImportHome *self, GListModel *drafts);
void cc_import_home_show_deliveries (CcImportHome *self,
                                     CcSession    *session,
                                     GPtrArray    *submissions,
                                     GPtrArray    *entities);
/* Unfolds a delivery, turning to where it stands. */
void cc_import_home_open_delivery (CcImportHome *self, gint64 id);
/* A delivery shown, with the name of its agency; NULL where it is none of them. */
const CcSubmission      *
cc_import_home_find_delivery (CcImportHome *self, gint64 id, const char **agency);
void cc_import_home_set_read_only (CcImportHome *self, gboolean read_only);

/* Says how many files waited when the case file was locked, until files wait again. */
void cc_import_home_set_forgotten (CcImportHome *self, guint n);

G_END_DECLS
