/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-recent-files.h"

static void
keep_nothing (GtkRecentManager *manager)
{
}

/* GTK's own dialog for files adds what was chosen to the list without asking. Where the setting
 * that turns the list off is on, GTK does not leave it alone: it writes an empty one, and so takes
 * away what every other program has told. So the writing itself is taken out. The setting stays: it
 * hides the list in the dialogs. */
void
cc_recent_files_stop (void)
{
  GtkRecentManagerClass *klass = g_type_class_ref (GTK_TYPE_RECENT_MANAGER);

  klass->changed = keep_nothing;
  g_type_class_unref (klass);
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
}
