/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-choice.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_CHOOSER (cc_import_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CcImportChooser, cc_import_chooser, CC, IMPORT_CHOOSER, AdwWindow)

/* A dialog to choose one of many by typing a few letters of it. The signal "chosen" (const char*
 * values, joined by ", " where several may be chosen) comes once, before the dialog closes. */
CcImportChooser *cc_import_chooser_new (GtkWidget *near, const char *title, const char *question);

/* choices: (transfer full): GListModel of CcImportChoice */
void cc_import_chooser_set_choices (CcImportChooser *self, GListModel *choices);

/* Nothing speaks for the first of the choices: Enter takes none before something is typed. */
void cc_import_chooser_suggest_none (CcImportChooser *self);

/* Offers a switch by which several lines may be chosen together. */
void cc_import_chooser_offer_several (CcImportChooser *self, const char *label, gboolean active);

/* A button of its own above the list, for what is not in it: "New Agency…". The signal "other". */
void cc_import_chooser_offer_other (CcImportChooser *self, const char *label);

G_END_DECLS
