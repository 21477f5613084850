/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-settings.h"

#include <cc/model/cc-pack.h>

#define DEFAULT_LOCK_MINUTES 10

GSettings *
cc_settings_get (void)
{
  static GSettings *settings;
  static gsize      looked;

  if (g_once_init_enter (&looked))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = NULL;

      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, CC_APP_ID, TRUE);
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&looked, 1);
    }
  return settings;
}

const char *
cc_settings_get_data_language (GSettings *settings)
{
  g_autofree char *code =
      settings != NULL ? g_settings_get_string (settings, "data-language") : NULL;

  for (guint i = 0; code != NULL && cc_pack_languages[i] != NULL; i++)
    if (g_str_equal (cc_pack_languages[i], code))
      return cc_pack_languages[i];
  return NULL;
}

int
cc_settings_get_lock_minutes (GSettings *settings)
{
  return settings != NULL ? g_settings_get_int (settings, "lock-after-minutes")
                          : DEFAULT_LOCK_MINUTES;
}
