/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

#include <cc/base/cc-error.h>

#include <stdarg.h>
#include <string.h>

const char *const cc_pack_languages[] = { "en", "fr", "pt", "es", "ar", "sw", NULL };

/* Loads one table of the pack and demands its columns. */
CcCsvTable *
cc_pack_load_table (CcPack *self, const char *name, const char *const *columns, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autoptr (CcCsvTable) table = cc_csv_table_load (path, error);

  if (!table || !cc_csv_table_require (table, columns, error))
    return NULL;
  return g_steal_pointer (&table);
}

/* Sets an error that names the file and the line. Always FALSE, so that a caller can return it. */
gboolean
cc_pack_fail (CcCsvTable *table, guint row, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          list;

  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "%s, line %u: %s",
               cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), message);
  return FALSE;
}

/* The pack's own copy of a text; equal texts give the same pointer. */
const char *
cc_pack_keep (CcPack *self, const char *text)
{
  return g_string_chunk_insert_const (self->chunk, text);
}

/* Joins the parts of a hash key with dots. */
char *
cc_pack_key (const char *first, ...)
{
  GString *key = g_string_new (first);
  va_list  list;

  va_start (list, first);
  for (const char *part = va_arg (list, const char *); part; part = va_arg (list, const char *))
    {
      g_string_append_c (key, '.');
      g_string_append (key, part);
    }
  va_end (list);
  return g_string_free (key, FALSE);
}

/* Position of a language among cc_pack_languages, -1 for another one. Regions are ignored. */
int
cc_pack_language_index (const char *language)
{
  for (int i = 0; language && cc_pack_languages[i]; i++)
    if (strncmp (language, cc_pack_languages[i], 2) == 0 && !g_ascii_isalpha (language[2]))
      return i;
  return -1;
}
