/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_CHOICE (cc_import_choice_get_type ())
G_DECLARE_FINAL_TYPE (CcImportChoice, cc_import_choice, CC, IMPORT_CHOICE, GObject)

/* One line of a list to choose from by typing: a variable, a code, an agency. */
CcImportChoice *
cc_import_choice_new (const char *value, const char *label, const char *detail, const char *words);
const char *cc_import_choice_get_value (CcImportChoice *self);
const char *cc_import_choice_get_label (CcImportChoice *self);
const char *cc_import_choice_get_detail (CcImportChoice *self); /* "" for none */

/* Shown only once something is typed: the long tail of a list. */
void     cc_import_choice_set_rare (CcImportChoice *self, gboolean rare);
void     cc_import_choice_set_selected (CcImportChoice *self, gboolean selected);
gboolean cc_import_choice_get_selected (CcImportChoice *self);

/* How well the choice fits what was typed (folded): 0 begins with it, 1 a word does, 2 it stands
 * somewhere, -1 not at all. Nothing typed fits everything that is not rare. */
int cc_import_choice_rank (CcImportChoice *self, const char *folded);

G_END_DECLS
