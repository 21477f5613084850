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

void
cc_window_title_show_names (GtkLabel   *country,
                            GtkLabel   *file,
                            CcSession  *session,
                            const char *file_name)
{
  g_autofree char *name = NULL;
  g_autofree char *of_country = NULL;
  g_autofree char *of_file = NULL;

  g_return_if_fail (GTK_IS_LABEL (country) && GTK_IS_LABEL (file) && file_name != NULL);
  name = cc_session_dup_country (session);
  of_country = g_utf8_casefold (name, -1);
  of_file = g_utf8_casefold (file_name, -1);
  gtk_label_set_label (country, name);
  gtk_label_set_label (file, file_name);
  gtk_widget_set_visible (GTK_WIDGET (file), !g_str_equal (of_country, of_file));
}
