/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_STEPPER (cc_import_stepper_get_type ())
G_DECLARE_FINAL_TYPE (CcImportStepper, cc_import_stepper, CC, IMPORT_STEPPER, AdwBin)

/* The row of steps above them: which are done, which is shown, which come. The signal "chosen"
 * (guint) comes for a step that is done. Where the row does not fit it goes, and the header says
 * where one is; "turned" comes then, and when the row is back. */
void        cc_import_stepper_set_step (CcImportStepper *self, guint step);
const char *cc_import_stepper_get_name (guint step);
gboolean    cc_import_stepper_is_seen (CcImportStepper *self);

G_END_DECLS
