/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_WRAP_BOX (cc_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (CcWrapBox, cc_wrap_box, CC, WRAP_BOX, GtkWidget)

/* Children one after the other, in as many lines as they need; the last one takes what is left of
 * its line. */
CcWrapBox *cc_wrap_box_new (void);
void       cc_wrap_box_append (CcWrapBox *self, GtkWidget *child);
void       cc_wrap_box_insert_before_last (CcWrapBox *self, GtkWidget *child);
void       cc_wrap_box_remove (CcWrapBox *self, GtkWidget *child);

G_END_DECLS
