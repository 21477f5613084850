/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_AGENCY_DIALOG (cc_import_agency_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CcImportAgencyDialog,
                      cc_import_agency_dialog,
                      CC,
                      IMPORT_AGENCY_DIALOG,
                      AdwWindow)

/* Adds an agency that is not in the case file yet. The signal "added" (const char *key) comes when
 * it is there, before the dialog closes. */
CcImportAgencyDialog *cc_import_agency_dialog_new (GtkWidget *near, CcSession *session);

/* Only asks, and stores nothing: the signal "named" (const char *name, const CcCode *type) comes
 * before the dialog closes. */
CcImportAgencyDialog *cc_import_agency_dialog_new_question (GtkWidget *near, CcSession *session);

/* What the fields hold at first. type may be NULL. */
void
cc_import_agency_dialog_suggest (CcImportAgencyDialog *self, const char *name, const CcCode *type);

G_END_DECLS
