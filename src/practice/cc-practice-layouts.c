/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>

static void
column_free (gpointer data)
{
  CcColumnLayout *column = data;

  g_free (column->header);
  g_free (column->group);
  g_free (column->field);
  g_free (column->style);
  g_free (column);
}

static void
sheet_free (gpointer data)
{
  CcSheetLayout *sheet = data;

  g_free (sheet->kind);
  g_free (sheet->name);
  g_ptr_array_unref (sheet->columns);
  g_free (sheet);
}

void
cc_agency_kind_free (CcAgencyKind *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->language);
  g_free (self->name);
  g_strfreev (self->words);
  g_free (self->format);
  g_free (self->titles);
  g_free (self->mark);
  g_free (self->total);
  g_free (self->ditto);
  g_free (self->separator);
  g_free (self->map);
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

static char *
get (CcCsvTable *table, guint row, const char *column)
{
  return g_strdup (cc_csv_table_get (table, row, cc_csv_table_find_column (table, column)));
}

static gboolean
has_word (const char *text, const char *word)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

static void
parse_birth (CcAgencyKind *kind, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL && i < G_N_ELEMENTS (kind->birth); i++)
    kind->birth[i] = (guint) g_ascii_strtoull (strrchr (parts[i], ':') + 1, NULL, 10);
}

static gboolean
load_map (CcAgencyKind *kind, GError **error)
{
  g_autofree char *name = g_strconcat (kind->key, ".map", NULL);
  g_autofree char *path = cc_data_dir_build ("practice", "maps", name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  return g_file_get_contents (path, &kind->map, NULL, error);
}

static CcAgencyKind *
parse_kind (CcPracticeData *data, CcCsvTable *table, guint row, GError **error)
{
  g_autofree char *type = get (table, row, "type");
  g_autofree char *spelling = get (table, row, "spelling");
  g_autofree char *flags = get (table, row, "flags");
  g_autofree char *upper = get (table, row, "upper");
  g_autofree char *weight = get (table, row, "weight");
  g_autofree char *birth = get (table, row, "birth");
  g_autofree char *words = get (table, row, "words");
  g_autofree char *identifies = NULL;
  CcAgencyKind    *kind;

  if (cc_pack_find_code (data->pack, "RETYPE", type) == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: %s is not a type of reporting entity. Nothing was written.",
                   cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), type);
      return NULL;
    }
  kind = g_new0 (CcAgencyKind, 1);
  kind->key = get (table, row, "key");
  kind->type = cc_pack_find_code (data->pack, "RETYPE", type);
  identifies = cc_code_get_attribute (kind->type, "identifies");
  kind->identifies = g_strcmp0 (identifies, "yes") == 0;
  kind->language = get (table, row, "language");
  kind->words = g_strsplit (words, ";", -1);
  kind->name = get (table, row, "name");
  kind->format = get (table, row, "format");
  kind->titles = get (table, row, "titles");
  kind->mark = get (table, row, "mark");
  kind->total = get (table, row, "total");
  kind->ditto = get (table, row, "ditto");
  kind->separator = get (table, row, "separator");
  kind->spelling = g_str_equal (spelling, "en")   ? CC_SPELLING_ENGLISH
                   : g_str_equal (spelling, "pt") ? CC_SPELLING_PORTUGUESE
                                                  : CC_SPELLING_FRENCH;
  kind->weight = (guint) g_ascii_strtoull (weight, NULL, 10);
  kind->upper = g_str_equal (upper, "yes");
  kind->nil = has_word (flags, "nil");
  kind->right_to_left = has_word (flags, "rtl");
  kind->eastern_digits = has_word (flags, "eastern");
  kind->groups = has_word (flags, "groups");
  kind->machine_row = has_word (flags, "machine");
  kind->month_sheets = has_word (flags, "months");
  kind->numbered = has_word (flags, "numbered");
  kind->repeated = has_word (flags, "repeated");
  kind->sheets = g_ptr_array_new_with_free_func (sheet_free);
  if (*birth != '\0')
    parse_birth (kind, birth);
  if (!load_map (kind, error))
    g_clear_pointer (&kind, cc_agency_kind_free);
  return kind;
}

static gboolean
load_kinds (CcPracticeData *data, GError **error)
{
  const char *const columns[] = { "key",    "type",  "language", "words",     "spelling", "format",
                                  "weight", "upper", "flags",    "separator", "total",    "ditto",
                                  "birth",  "name",  "mark",     "titles",    NULL };
  g_autofree char  *path = cc_data_dir_build ("practice", "agencies.csv", NULL);
  g_autoptr (CcCsvTable) table = cc_csv_table_load (path, error);

  if (table == NULL || !cc_csv_table_require (table, columns, error))
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      CcAgencyKind *kind = parse_kind (data, table, row, error);

      if (kind == NULL)
        return FALSE;
      g_ptr_array_add (data->kinds, kind);
    }
  return TRUE;
}

static CcAgencyKind *
find_kind (CcPracticeData *data, const char *key)
{
  for (guint i = 0; i < data->kinds->len; i++)
    if (g_str_equal (((CcAgencyKind *) data->kinds->pdata[i])->key, key))
      return data->kinds->pdata[i];
  return NULL;
}

static CcSheetLayout *
require_sheet (CcAgencyKind *kind, const char *sheet_kind, const char *name)
{
  CcSheetLayout *sheet;

  for (guint i = 0; i < kind->sheets->len; i++)
    {
      sheet = kind->sheets->pdata[i];
      if (g_str_equal (sheet->kind, sheet_kind))
        return sheet;
    }
  sheet = g_new0 (CcSheetLayout, 1);
  sheet->kind = g_strdup (sheet_kind);
  sheet->name = g_strdup (name);
  sheet->columns = g_ptr_array_new_with_free_func (column_free);
  g_ptr_array_add (kind->sheets, sheet);
  return sheet;
}

/* Loads the kinds of agencies and the columns of their sheets. */
gboolean
cc_practice_layouts_load (CcPracticeData *data, GError **error)
{
  const char *const columns[] = { "agency", "kind",  "sheet", "group", "header",
                                  "field",  "style", "fill",  NULL };
  g_autofree char  *path = cc_data_dir_build ("practice", "columns.csv", NULL);
  g_autoptr (CcCsvTable) table = NULL;

  if (!load_kinds (data, error))
    return FALSE;
  table = cc_csv_table_load (path, error);
  if (table == NULL || !cc_csv_table_require (table, columns, error))
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      g_autofree char *agency = get (table, row, "agency");
      g_autofree char *sheet_kind = get (table, row, "kind");
      g_autofree char *sheet = get (table, row, "sheet");
      g_autofree char *fill = get (table, row, "fill");
      CcAgencyKind    *kind = find_kind (data, agency);
      CcColumnLayout  *column;

      if (kind == NULL)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: the agency %s is not in agencies.csv. Nothing was written.",
                       cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), agency);
          return FALSE;
        }
      column = g_new0 (CcColumnLayout, 1);
      column->header = get (table, row, "header");
      column->group = get (table, row, "group");
      column->field = get (table, row, "field");
      column->style = get (table, row, "style");
      column->fill = (guint) g_ascii_strtoull (fill, NULL, 10);
      g_ptr_array_add (require_sheet (kind, sheet_kind, sheet)->columns, column);
    }
  return TRUE;
}
