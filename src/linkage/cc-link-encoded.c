/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-encode.h>

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-names.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cc-link-encode-private.h"

enum
{
  COLUMN_VERSION,
  COLUMN_NORMALISE,
  COLUMN_SECRET,
  COLUMN_SOURCE,
  COLUMN_ID,
  COLUMN_NAMES,
  COLUMN_ALIASES,
  COLUMN_FATHERS,
  COLUMN_SEX,
  COLUMN_BIRTH,
  COLUMN_BIRTH_FIRST,
  COLUMN_BIRTH_LAST,
  COLUMN_AGE,
};

typedef struct
{
  CcPack     *pack;
  CcLinkCsv  *result;
  char       *secret; /* of the first line */
  char       *header; /* of the first file */
  GHashTable *sources;
  GHashTable *groups; /* key of a variant group -> number from 1 */
  const char *path;
} Load;

gboolean
cc_link_is_encoded (const char *path)
{
  static const char start[] = "keys_version,";
  char              found[sizeof start - 1];
  FILE             *file = fopen (path, "rb");
  gboolean          ok = file && fread (found, 1, sizeof found, file) == sizeof found
                && memcmp (found, start, sizeof found) == 0;

  if (file)
    fclose (file);
  return ok;
}

static gboolean
refuse (Load *self, guint line, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "Line %u of “%s” is none that this program writes. Please have the keys made anew.",
               line, self->path);
  return FALSE;
}

static guint32
number_of (GHashTable *numbers, const char *text)
{
  gpointer found = g_hash_table_lookup (numbers, text);

  if (!found)
    {
      found = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (text), found);
    }
  return GPOINTER_TO_UINT (found);
}

static gboolean
read_filter (const char *text, guint8 filter[CC_LINK_BLOOM_BYTES])
{
  if (strlen (text) != 2 * CC_LINK_BLOOM_BYTES)
    return FALSE;
  for (guint i = 0; i < CC_LINK_BLOOM_BYTES; i++)
    {
      const int high = g_ascii_xdigit_value (text[2 * i]);
      const int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      filter[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/* role.spelling.skeleton.groups.filter */
static gboolean
read_word (Load *self, const char *text, int name)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 5);
  g_auto (GStrv) keys = NULL;
  guint8  filter[CC_LINK_BLOOM_BYTES];
  guint32 groups[CC_LINK_MAX_GROUPS];
  guint   n = 0;
  guint32 token;
  int     role;

  if (g_strv_length (parts) != 5 || *parts[1] == '\0' || !read_filter (parts[4], filter))
    return FALSE;
  role = name >= 0 ? name : atoi (parts[0]);
  if (role < CC_LINK_NAME_FAMILY || role > CC_LINK_NAME_FATHER)
    return FALSE;
  keys = g_strsplit (parts[3], "+", -1);
  for (guint i = 0; keys[i] && n < CC_LINK_MAX_GROUPS; i++)
    if (*keys[i])
      groups[n++] = number_of (self->groups, keys[i]);
  token = cc_link_table_intern_token (self->result->table, parts[1], parts[2], groups, n);
  cc_link_table_set_bloom (self->result->table, token, filter);
  cc_link_table_add_name (self->result->table, (CcLinkName) role, token);
  return TRUE;
}

static gboolean
read_words (Load *self, const char *cell, int name)
{
  g_auto (GStrv) words = g_strsplit (cell, " ", -1);

  for (guint i = 0; words[i]; i++)
    if (*words[i] && !read_word (self, words[i], name))
      return FALSE;
  return TRUE;
}

static void
read_value (Load *self, guint column, const char *cell)
{
  CcLinkTable *table = self->result->table;
  g_auto (GStrv) parts = g_strsplit (cell, ".", 2);

  if (*cell)
    cc_link_table_set_value (table, column,
                             cc_link_table_intern_value (table, column, parts[0], parts[1]));
}

static gboolean
read_birth (Load *self, const CcCsvRow *row)
{
  const int  kind = atoi (row->cells[COLUMN_BIRTH]);
  CcInterval birth = { atoi (row->cells[COLUMN_BIRTH_FIRST]),
                       atoi (row->cells[COLUMN_BIRTH_LAST]) };

  if (kind < CC_LINK_BIRTH_NONE || kind > CC_LINK_BIRTH_RANGE)
    return FALSE;
  if (kind == CC_LINK_BIRTH_NONE)
    return TRUE;
  if (birth.first > birth.last || cc_day_year (birth.first) < 1800
      || cc_day_year (birth.last) > 2200)
    return FALSE;
  cc_link_table_set_birth (self->result->table, (CcLinkBirth) kind, birth,
                           atoi (row->cells[COLUMN_AGE]));
  return TRUE;
}

/* Codes of two secrets, or of words that were normalised otherwise, never match. */
static gboolean
check_origin (Load *self, const CcCsvRow *row, GError **error)
{
  if (atoi (row->cells[COLUMN_VERSION]) != CC_LINK_KEYS_VERSION
      || atoi (row->cells[COLUMN_NORMALISE]) != cc_names_get_version (self->pack))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "The keys in “%s” were made by another version, which writes names otherwise, "
                   "so "
                   "nothing would match. Please have all keys made by the same version.",
                   self->path);
      return FALSE;
    }
  if (!self->secret)
    self->secret = g_strdup (row->cells[COLUMN_SECRET]);
  if (strcmp (self->secret, row->cells[COLUMN_SECRET]) == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "The keys in “%s” were made with another secret, so nothing would match. Please "
               "have "
               "all keys made with the same one.",
               self->path);
  return FALSE;
}

static gboolean
read_row (Load *self, const CcCsvRow *row, GError **error)
{
  CcLinkTable *table = self->result->table;
  const int    sex = row->n_cells > COLUMN_SEX ? atoi (row->cells[COLUMN_SEX]) : -1;

  if (row->n_cells != CC_LINK_ENCODED_COLUMNS + table->n_columns || sex < CC_LINK_SEX_NONE
      || sex > CC_LINK_SEX_OTHER)
    return refuse (self, row->line, error);
  if (!check_origin (self, row, error))
    return FALSE;
  cc_link_table_add_record (table, (gint64) self->result->ids->len + 1);
  cc_link_table_set_sex (table, (CcLinkSex) sex);
  cc_link_table_set_source (table,
                            MIN (number_of (self->sources, row->cells[COLUMN_SOURCE]), G_MAXUINT16),
                            0, 0, 0);
  g_ptr_array_add (self->result->sources, g_strdup (row->cells[COLUMN_SOURCE]));
  g_ptr_array_add (self->result->ids, g_strdup (row->cells[COLUMN_ID]));
  if (!read_words (self, row->cells[COLUMN_NAMES], -1)
      || !read_words (self, row->cells[COLUMN_ALIASES], CC_LINK_NAME_ALIAS)
      || !read_words (self, row->cells[COLUMN_FATHERS], CC_LINK_NAME_FATHER)
      || !read_birth (self, row))
    return refuse (self, row->line, error);
  for (guint i = 0; i < table->n_columns; i++)
    read_value (self, i, row->cells[CC_LINK_ENCODED_COLUMNS + i]);
  return TRUE;
}

static char *
join_cells (const CcCsvRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", row->cells[i]);
  return g_string_free (text, FALSE);
}

static gboolean
read_header (Load *self, const CcCsvRow *row, GError **error)
{
  g_autofree char *header = join_cells (row);

  if (self->header)
    return strcmp (header, self->header) == 0 || refuse (self, row->line, error);
  if (!g_str_has_prefix (header, CC_LINK_ENCODED_HEADER)
      || row->n_cells > CC_LINK_ENCODED_COLUMNS + CC_LINK_MAX_COLUMNS)
    return refuse (self, row->line, error);
  for (guint i = CC_LINK_ENCODED_COLUMNS; i < row->n_cells; i++)
    {
      g_auto (GStrv) parts = g_strsplit (row->cells[i], ":", 2);
      const int kind = parts[0] && parts[1] ? atoi (parts[1]) : -1;

      if (kind < CC_LINK_COLUMN_CODE || kind > CC_LINK_COLUMN_PHONE)
        return refuse (self, row->line, error);
      cc_link_table_add_column (self->result->table, parts[0], (CcLinkColumnKind) kind);
    }
  self->header = g_steal_pointer (&header);
  return TRUE;
}

static gboolean
read_file (Load *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (CcCsvReader) reader = NULL;
  CcCsvRow row;
  gboolean first = TRUE;

  if (!stream)
    return FALSE;
  reader = cc_csv_reader_new (G_INPUT_STREAM (stream), ',');
  while (cc_csv_reader_next (reader, &row, NULL, error))
    {
      if (row.n_cells == 0)
        return TRUE;
      if (first ? !read_header (self, &row, error)
                : row.n_cells > 1 && !read_row (self, &row, error))
        return FALSE;
      first = FALSE;
    }
  return FALSE;
}

CcLinkCsv *
cc_link_encoded_load (CcPack *pack, const char *const *paths, GError **error)
{
  g_autoptr (CcLinkCsv) result = g_new0 (CcLinkCsv, 1);
  Load     self = { .pack = pack, .result = result };
  gboolean ok = TRUE;

  result->table = cc_link_table_new ();
  result->ids = g_ptr_array_new_with_free_func (g_free);
  result->sources = g_ptr_array_new_with_free_func (g_free);
  self.sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ok && paths[i]; i++)
    {
      self.path = paths[i];
      ok = read_file (&self, error);
    }
  if (ok)
    cc_link_table_finish (result->table);
  g_hash_table_unref (self.sources);
  g_hash_table_unref (self.groups);
  g_free (self.secret);
  g_free (self.header);
  return ok ? g_steal_pointer (&result) : NULL;
}
