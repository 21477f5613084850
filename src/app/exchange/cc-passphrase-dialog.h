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

/* Borrowed; to be copied before the dialog goes. */
const char *cc_passphrase_dialog_get (AdwMessageDialog *dialog);

G_END_DECLS
