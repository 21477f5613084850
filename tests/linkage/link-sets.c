/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-sets.h"

#include <cc/base/cc-csv.h>
#include <cc/base/cc-text.h>
#include <cc/model/cc-names.h>
#include <cc/model/cc-words.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static LinkSet *
link_set_new (guint n)
{
  LinkSet *self = g_new0 (LinkSet, 1);

  self->table = cc_link_table_new ();
  self->truth = g_new0 (guint32, MAX (n, 1));
  return self;
}

void
link_set_free (LinkSet *self)
{
  if (!self)
    return;
  cc_link_table_free (self->table);
  g_free (self->truth);
  g_free (self);
}

static guint32
number_text (GHashTable *numbers, const char *text)
{
  gpointer found = g_hash_table_lookup (numbers, text);

  if (found)
    return GPOINTER_TO_UINT (found);
  g_hash_table_insert (numbers, g_strdup (text),
                       GUINT_TO_POINTER (g_hash_table_size (numbers) + 1));
  return g_hash_table_size (numbers);
}

static void
add_names (LinkSet *self, CcPack *pack, CcLinkName role, const char *text)
{
  g_auto (GStrv) tokens = cc_names_tokenise (pack, text);

  for (guint i = 0; tokens[i]; i++)
    {
      g_autofree char *skeleton = cc_names_skeleton (pack, tokens[i]);
      GArray          *groups = cc_names_variant_groups (pack, tokens[i]);

      cc_link_table_add_name (self->table, role,
                              cc_link_table_intern_token (self->table, tokens[i], skeleton,
                                                          groups ? (guint32 *) groups->data : NULL,
                                                          groups ? groups->len : 0));
    }
}

static void
set_value (LinkSet *self, CcPack *pack, guint column, const char *text)
{
  g_autofree char *folded = cc_text_fold (text);
  g_autofree char *skeleton = NULL;

  if (*folded == '\0')
    return;
  skeleton = cc_names_skeleton (pack, folded);
  cc_link_table_set_value (self->table, column,
                           cc_link_table_intern_value (self->table, column, folded, skeleton));
}

static void
set_number (LinkSet *self, guint column, const char *text, guint last)
{
  g_autofree char *folded = cc_text_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autofree char *number = g_strjoinv ("", parts);
  gsize            length = strlen (number);

  if (length > 0)
    cc_link_table_set_value (self->table, column,
                             cc_link_table_intern_value (self->table, column,
                                                         number
                                                             + (length > last ? length - last : 0),
                                                         NULL));
}

static gboolean
parse_date (const char *text, CcInterval *interval, CcLinkBirth *kind)
{
  int y, m, d, n = 0;

  *kind = CC_LINK_BIRTH_DAY;
  if (sscanf (text, "%4d-%2d-%2d%n", &y, &m, &d, &n) == 3 && n == 10)
    *interval = cc_interval_day (cc_day_from_ymd (y, m, d));
  else if (sscanf (text, "%2d/%2d/%4d%n", &d, &m, &y, &n) == 3 && n == 10)
    *interval = cc_interval_day (cc_day_from_ymd (y, m, d));
  else if (sscanf (text, "%2d/%4d%n", &m, &y, &n) == 2 && n == 7)
    {
      *kind = CC_LINK_BIRTH_MONTH;
      *interval = cc_interval_month (y, m);
    }
  else if (sscanf (text, "%4d%n", &y, &n) == 1 && n == 4 && strlen (text) == 4)
    {
      *kind = CC_LINK_BIRTH_YEAR;
      *interval = cc_interval_year (y);
    }
  else
    return FALSE;
  return interval->first != CC_DAY_NONE;
}

static void
set_birth (LinkSet *self, const char *date, const char *age, const char *contact)
{
  CcInterval  interval;
  CcInterval  at;
  CcLinkBirth kind;

  if (parse_date (date, &interval, &kind))
    cc_link_table_set_birth (self->table, kind, interval, 0);
  else if (*age && parse_date (contact, &at, &kind))
    {
      int years = atoi (age);

      interval.first = cc_day_add_years (at.first, -(years + 1)) + 1;
      interval.last = cc_day_add_years (at.first, -years);
      cc_link_table_set_birth (self->table, CC_LINK_BIRTH_AGE, interval, years);
    }
}

static void
add_agency_row (LinkSet *self, CcPack *pack, CcCsvTable *csv, guint row, GHashTable *entities)
{
  const char   *names[] = { "agency",       "surname",     "given_names", "alias",
                            "father_name",  "sex",         "birth_date",  "age",
                            "contact_date", "nationality", "birth_place", "document_no",
                            "phone",        "entity_id" };
  const char   *cell[G_N_ELEMENTS (names)];
  const CcCode *country;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cell[i] = cc_csv_table_get (csv, row, cc_csv_table_find_column (csv, names[i]));
  cc_link_table_add_record (self->table, row + 1);
  add_names (self, pack, CC_LINK_NAME_FAMILY, cell[1]);
  add_names (self, pack, *cell[1] ? CC_LINK_NAME_GIVEN : CC_LINK_NAME_FULL, cell[2]);
  add_names (self, pack, CC_LINK_NAME_ALIAS, cell[3]);
  add_names (self, pack, CC_LINK_NAME_FATHER, cell[4]);
  cc_link_table_set_sex (self->table, *cell[5] == 'F'   ? CC_LINK_SEX_FEMALE
                                      : *cell[5] == 'M' ? CC_LINK_SEX_MALE
                                                        : CC_LINK_SEX_NONE);
  set_birth (self, cell[6], cell[7], cell[8]);
  cc_link_table_set_source (self->table, number_text (entities, cell[0]), 0, 0, 0);
  country = *cell[9] ? cc_pack_match_value (pack, "COUNTRY", cell[9], NULL) : NULL;
  set_value (self, pack, 0, country ? country->code : cell[9]);
  set_value (self, pack, 1, cell[10]);
  set_number (self, 2, cell[11], 64);
  set_number (self, 3, cell[12], 8);
  self->truth[row] = number_text (entities, cell[13]);
}

/* The truth numbers records' entities from 0 without gaps, as cluster numbers are. */
static void
renumber_truth (LinkSet *self, guint n)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      gpointer key = GUINT_TO_POINTER (self->truth[i]);
      gpointer found = g_hash_table_lookup (numbers, key);

      if (!found)
        {
          found = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, key, found);
        }
      self->truth[i] = GPOINTER_TO_UINT (found) - 1;
    }
}

LinkSet *
link_set_load_agency_sim (CcPack *pack, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCsvTable) csv = cc_csv_table_load (path, &error);
  g_autoptr (GHashTable) entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LinkSet *self;
  guint    n;

  g_assert_no_error (error);
  n = cc_csv_table_get_n_rows (csv);
  self = link_set_new (n);
  cc_link_table_add_column (self->table, "citizenship", CC_LINK_COLUMN_CITIZENSHIP);
  cc_link_table_add_column (self->table, "birth-place", CC_LINK_COLUMN_PLACE);
  cc_link_table_add_column (self->table, "document", CC_LINK_COLUMN_NUMBER);
  cc_link_table_add_column (self->table, "phone", CC_LINK_COLUMN_PHONE);
  for (guint i = 0; i < n; i++)
    add_agency_row (self, pack, csv, i, entities);
  cc_link_table_finish (self->table);
  renumber_truth (self, n);
  return self;
}
