/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-title.h"

#include <glib/gi18n.h>

void
cc_window_title_show (GtkWindow *window, CcSession *session)
{
  g_autofree char *country = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window));
  if (session == NULL)
    {
      gtk_window_set_title (window, _ ("Casecount"));
      return;
    }
  country = cc_session_dup_country (session);
  if (cc_case_file_is_practice (cc_session_get_file (session)))
    /* Translators: title of a window that shows a practice file; %s is a country. */
    title = g_strdup_printf (_ ("%s (training) – Casecount"), country);
  else
    /* Translators: title of a window; %s is a country. */
    title = g_strdup_printf (_ ("%s – Casecount"), country);
  gtk_window_set_title (window, title);
}
