/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-line.h"
#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_CONSTANTS (cc_import_constants_get_type ())
G_DECLARE_FINAL_TYPE (CcImportConstants, cc_import_constants, CC, IMPORT_CONSTANTS, GObject)

/* The last section of the step Columns: what holds for every row of a file and stands in no column
 * of it. The signal "changed" comes after a person said or took back something. */
CcImportConstants *cc_import_constants_new (GtkWidget *near, GListStore *lines);

/* Adds the section behind the lines that are there; nothing where no row becomes a record. */
void cc_import_constants_add (CcImportConstants *self, CcImportDraft *draft);
/* After a column was decided: what is said of every row may count now, or no longer. */
void cc_import_constants_update (CcImportConstants *self);
/* Asks what the line of the section is for; FALSE where it is none of the section's lines. */
gboolean cc_import_constants_activate (CcImportConstants *self, CcImportLine *line);

/* One constant in words: "Citizenship", "Benin". */
char *cc_import_name_constant (CcSession *session, const CcConstant *constant);
char *cc_import_describe_constant (CcSession *session, const CcConstant *constant);

G_END_DECLS
