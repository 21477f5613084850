/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A question with a field for a passphrase. The response "take" is possible once something was
 * typed; further responses may be added before it is presented. */
GtkWidget *cc_passphrase_dialog_new (GtkWindow  *parent,
                                     const char *heading,
                                     const char *body,
                                     const char *take);

/* Says why it is asked again, and marks the field until something is typed. */
void cc_passphrase_dialog_ask_again (GtkWidget *dialog, const char *why);

/* Asks first for one of several, which have these names. */
void
cc_passphrase_dialog_add_choice (GtkWidget *dialog, const char *title, const char *const *names);

/* Which of them is chosen; 0 where there was no choice. */
guint cc_passphrase_dialog_get_choice (AdwMessageDialog *dialog);
void  cc_passphrase_dialog_set_choice (GtkWidget *dialog, guint choice);

/* Borrowed; to be copied before the dialog goes. */
const char *cc_passphrase_dialog_get (AdwMessageDialog *dialog);

G_END_DECLS
