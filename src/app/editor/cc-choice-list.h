/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-choice.h"

G_BEGIN_DECLS

#define CC_TYPE_CHOICE_LIST (cc_choice_list_get_type ())
G_DECLARE_FINAL_TYPE (CcChoiceList, cc_choice_list, CC, CHOICE_LIST, GtkPopover)

/* The list under an entry. It never takes the focus: the entry moves the mark. Signals: "chosen"
 * (CcChoice) by a click, "marked" when the mark has moved. */
CcChoiceList *cc_choice_list_new (void);

/* id: (nullable): what is marked at first; else the first line. */
void      cc_choice_list_open (CcChoiceList *self, GPtrArray *choices, gconstpointer id, int width);
void      cc_choice_list_close (CcChoiceList *self);
gboolean  cc_choice_list_is_open (CcChoiceList *self);
void      cc_choice_list_move (CcChoiceList *self, int by);
CcChoice *cc_choice_list_get_marked (CcChoiceList *self);
guint     cc_choice_list_get_n (CcChoiceList *self);

G_END_DECLS
