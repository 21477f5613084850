/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-state.h"

#include "cc-settings.h"

/* More files than this are forgotten, the oldest first. */
#define MOST_FILES 20

void
cc_window_state_restore (GtkWindow *window)
{
  GSettings *settings = cc_settings_get ();

  if (settings == NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
cc_window_state_save (GtkWindow *window)
{
  GSettings *settings = cc_settings_get ();
  int        width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

static char *
build_key (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_strndup (digest, 16);
}

char *
cc_window_state_get_page (GFile *file)
{
  GSettings       *settings = cc_settings_get ();
  g_autofree char *key = build_key (file);
  g_autoptr (GVariant) pages = NULL;
  GVariantIter iter;
  const char  *known, *page;

  if (settings == NULL)
    return NULL;
  pages = g_settings_get_value (settings, "last-pages");
  g_variant_iter_init (&iter, pages);
  while (g_variant_iter_next (&iter, "(&s&s)", &known, &page))
    if (g_str_equal (known, key))
      return g_strdup (page);
  return NULL;
}

void
cc_window_state_save_page (GFile *file, const char *page)
{
  GSettings       *settings = cc_settings_get ();
  g_autofree char *key = build_key (file);
  g_autoptr (GVariant) pages = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *known, *left;
  guint           n = 1;

  if (settings == NULL || page == NULL)
    return;
  pages = g_settings_get_value (settings, "last-pages");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  g_variant_builder_add (&builder, "(ss)", key, page);
  g_variant_iter_init (&iter, pages);
  while (n < MOST_FILES && g_variant_iter_next (&iter, "(&s&s)", &known, &left))
    if (!g_str_equal (known, key))
      {
        g_variant_builder_add (&builder, "(ss)", known, left);
        n++;
      }
  g_settings_set_value (settings, "last-pages", g_variant_builder_end (&builder));
}
