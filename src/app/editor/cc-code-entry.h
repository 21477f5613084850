/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-choice.h"

G_BEGIN_DECLS

#define CC_TYPE_CODE_ENTRY (cc_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (CcCodeEntry, cc_code_entry, CC, CODE_ENTRY, GtkWidget)

/* An entry that chooses from a list by typing: Down opens the list, typing narrows it, Enter or Tab
 * takes what is marked, Escape takes the typing back.
 *
 * Signals: "chosen" (gpointer id): somebody chose, NULL when the text was emptied. "unread" (text):
 * the entry was left with a text that is in no list. */

/* What fits the text, best first; all where it is empty. (transfer full) element-type CcChoice */
typedef GPtrArray *(*CcChoiceFunc) (gpointer source, const char *text);

CcCodeEntry *cc_code_entry_new (void);
void         cc_code_entry_set_source (CcCodeEntry   *self,
                                       CcChoiceFunc   func,
                                       gpointer       source,
                                       GDestroyNotify free_source);

/* The next choice empties the text, for lists of several. */
void cc_code_entry_set_several (CcCodeEntry *self, gboolean several);
void cc_code_entry_set_placeholder (CcCodeEntry *self, const char *text);
void cc_code_entry_show (CcCodeEntry *self, gconstpointer id, const char *text);

/* Takes what stands there for the last word, as when the keys leave. */
void cc_code_entry_settle (CcCodeEntry *self);

/* Typed as a person would: opens the list. For tests. */
void        cc_code_entry_type (CcCodeEntry *self, const char *text);
GtkWidget  *cc_code_entry_get_text_widget (CcCodeEntry *self);
gboolean    cc_code_entry_is_open (CcCodeEntry *self);
guint       cc_code_entry_get_n_choices (CcCodeEntry *self);
gboolean    cc_code_entry_press (CcCodeEntry *self, guint key);
const char *cc_code_entry_get_text (CcCodeEntry *self);

G_END_DECLS
