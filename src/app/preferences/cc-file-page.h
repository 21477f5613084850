/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_FILE_PAGE (cc_file_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcFilePage, cc_file_page, CC, FILE_PAGE, AdwPreferencesPage)

/* A page of the preferences about the open case file. What it shows is loaded in the background,
 * anew after each change. */
struct _CcFilePageClass
{
  AdwPreferencesPageClass parent_class;
};

/* The functions take any page, so that they can be called with a class of its own. */

/* session: (nullable). */
void       cc_file_page_set_session (gpointer self, CcSession *session);
CcSession *cc_file_page_get_session (gpointer self);
gboolean   cc_file_page_can_write (gpointer self);

/* TRUE where the file is still open and the page still in a window: for what comes back late. */
gboolean cc_file_page_is_shown (gpointer self);

/* Gives up what is being loaded. Returns: (transfer none): for loading anew; cancelled when the
 * page goes. */
GCancellable *cc_file_page_begin_loading (gpointer self);

/* Rows of a group that come and go; rows remembers them. */
void cc_file_page_add_row (AdwPreferencesGroup *group, GPtrArray *rows, GtkWidget *row);
void cc_file_page_clear_rows (AdwPreferencesGroup *group, GPtrArray *rows);

/* Plain text under a row's title. */
void cc_file_page_set_subtitle (AdwActionRow *row, const char *text);

G_END_DECLS
