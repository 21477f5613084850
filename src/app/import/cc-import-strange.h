/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* Files that do not belong among the lists of agencies: invented persons where real ones are
 * counted, and figures of the population. */

/* Whether the file is marked as practice data and the case file is not for practice. */
gboolean cc_import_is_invented (CcImportDraft *draft);
/* (transfer full): what that means, with the words of the mark. */
char *cc_import_describe_invented (CcImportDraft *draft);

/* Whether the file holds nothing but figures of the population, and nobody has said otherwise. */
gboolean cc_import_is_population (CcImportDraft *draft);
/* Whether they can be taken over as they are written. */
gboolean cc_import_can_take_population (CcImportDraft *draft);
/* (transfer full): what it is and where it belongs. */
char *cc_import_describe_population (CcImportDraft *draft);

/* Takes the figures over in one act, and says so with a way to undo it. The draft is then done,
 * without a delivery; its signal "changed" tells. */
void cc_import_take_population (GtkWidget *near, CcImportDraft *draft);

G_END_DECLS
