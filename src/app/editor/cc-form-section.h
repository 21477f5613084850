/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-field-row.h"

G_BEGIN_DECLS

#define CC_TYPE_FORM_SECTION_VIEW (cc_form_section_view_get_type ())
G_DECLARE_FINAL_TYPE (CcFormSectionView, cc_form_section_view, CC, FORM_SECTION_VIEW, GtkBox)

typedef void (*CcFormSectionFunc) (CcFormSectionView *self, gpointer data);

/* One section: a title over a card of questions, the less frequent ones folded away. */
CcFormSectionView *cc_form_section_new (const char *title);
void               cc_form_section_append (CcFormSectionView *self, CcFieldRow *row, gboolean more);

/* Says how many of the folded questions are answered; a section that never had an answer stays
 * folded. */
void
cc_form_section_set_more (CcFormSectionView *self, guint n, CcFormSectionFunc make, gpointer data);
void cc_form_section_make_more (CcFormSectionView *self);
void cc_form_section_update (CcFormSectionView *self, guint n);
void cc_form_section_unfold (CcFormSectionView *self);

G_END_DECLS
