/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_WIZARD (cc_import_wizard_get_type ())
G_DECLARE_FINAL_TYPE (CcImportWizard, cc_import_wizard, CC, IMPORT_WIZARD, AdwBin)

typedef enum
{
  CC_WIZARD_SENDER,
  CC_WIZARD_TABLE,
  CC_WIZARD_COLUMNS,
  CC_WIZARD_VALUES,
  CC_WIZARD_SUMMARY,
  CC_WIZARD_RESULT,
} CcWizardStep;

#define CC_WIZARD_N_STEPS (CC_WIZARD_SUMMARY + 1)

/* The way of one file from being read to being a delivery. Signals: "left" when the user leaves it,
 * "next" when they ask for the next file, "another" when they ask for one that does not wait yet,
 * "step-changed". */
void           cc_import_wizard_set_draft (CcImportWizard *self, CcImportDraft *draft);
CcImportDraft *cc_import_wizard_get_draft (CcImportWizard *self);
void           cc_import_wizard_set_n_waiting (CcImportWizard *self, guint n_waiting);
gboolean       cc_import_wizard_take_apart (CcImportWizard *self);

CcWizardStep cc_import_wizard_get_step (CcImportWizard *self);
void         cc_import_wizard_go_on (CcImportWizard *self);
void         cc_import_wizard_go_back (CcImportWizard *self);

/* "Columns", "Step 3 of 5"; the second is NULL where the file needs no steps. */
const char *cc_import_wizard_get_title (CcImportWizard *self);
char       *cc_import_wizard_get_subtitle (CcImportWizard *self);

G_END_DECLS
