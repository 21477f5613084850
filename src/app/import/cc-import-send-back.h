/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Writes a sender's own list with questions: asks for the list as it was sent (the case file does
 * not keep it) and for a place, works in a thread, and says what was written.
 *
 * file_name: of the list, as it was imported; path: where it lies, NULL where it is to be asked
 * for.
 */
void cc_import_send_back (GtkWidget  *near,
                          CcSession  *session,
                          gint64      submission,
                          const char *file_name,
                          const char *path);

/* "Police 2023 - questions.xlsx" of "Police 2023.ods". */
char *cc_import_send_back_name (const char *file_name);

G_END_DECLS
