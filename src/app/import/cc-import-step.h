/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_STEP (cc_import_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcImportStep, cc_import_step, CC, IMPORT_STEP, AdwBin)

/* One step of the way of a file. The signal "settled" says that what keeps it from going on may
 * have changed. */
struct _CcImportStepClass
{
  AdwBinClass parent_class;

  /* Shows the draft as it is now. Called when the step is entered and when the draft changed while
   * it is shown. */
  void (*load) (CcImportStep *self, CcImportDraft *draft);

  /* What must be done before the next step: a new text, NULL where nothing must. May be NULL. */
  char *(*find_obstacle) (CcImportStep *self, CcImportDraft *draft);

  /* What the step leaves open if one goes on now: a new text, NULL where nothing. One line for
   * beside the button; and what is to be asked before, where that is much. Both may be NULL. */
  char *(*describe_open) (CcImportStep *self, CcImportDraft *draft);
  char *(*ask_open) (CcImportStep *self, CcImportDraft *draft);

  /* Takes away a part of a step that is not used any more. FALSE where the rest can go at once; may
   * be NULL. */
  gboolean (*take_apart) (CcImportStep *self);
};

void           cc_import_step_set_draft (CcImportStep *self, CcImportDraft *draft);
CcImportDraft *cc_import_step_get_draft (CcImportStep *self);
void           cc_import_step_load (CcImportStep *self);
char          *cc_import_step_find_obstacle (CcImportStep *self);
char          *cc_import_step_describe_open (CcImportStep *self);
char          *cc_import_step_ask_open (CcImportStep *self);
gboolean       cc_import_step_take_apart (CcImportStep *self);
void           cc_import_step_emit_settled (CcImportStep *self);

G_END_DECLS
