/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-export-private.h"

#include <string.h>

char *
cc_link_export_name (const char *name)
{
  return g_strdelimit (g_strdup (name), "- .", '_');
}

void
cc_link_export_append_id (GString *text, guint row, const guint8 uuid[16])
{
  g_string_append_printf (text, "%08u-", row);
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%02x", uuid[i]);
}

/* Folded words hold letters and digits only, so that no cell needs quotes; what else there might be
 * in a value is left out rather than let it break the line. */
static void
append_plain (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p; p++)
    if (!strchr (",\"|\r\n", *p))
      g_string_append_c (text, *p);
}

/* text|skeleton|groups|role|rarity of the spelling|rarity of the skeleton|what a slip takes away */
static void
append_words (GString                 *text,
              CcLinkTable             *table,
              const CcLinkFrequencies *frequencies,
              guint                    list,
              const guint32           *words,
              const guint8            *roles,
              guint                    n)
{
  for (guint i = 0; i < n; i++)
    {
      const CcLinkToken *word = cc_link_table_token (table, words[i]);

      if (i > 0)
        g_string_append_c (text, ' ');
      append_plain (text, cc_link_table_text (table, word));
      g_string_append_printf (text, "|%u|", word->skeleton);
      for (guint k = 0; k < word->n_groups; k++)
        g_string_append_printf (text, "%s%u", k > 0 ? "." : "", word->groups[k]);
      g_string_append_printf (text, "|%u|%d|%d|%d", roles ? roles[i] : 0,
                              g_array_index (frequencies->exact[list], gint16, words[i]),
                              g_array_index (frequencies->skeleton[list], gint16, word->skeleton),
                              g_array_index (frequencies->slip[list], gint16, words[i]));
    }
}

static void
append_birth (GString *text, const CcLinkFrequencies *frequencies, const CcLinkRow *row)
{
  const guint ymd = row->birth_ymd;

  if (row->precision == CC_LINK_PRECISION_NONE)
    {
      g_string_append (text, ",,,,,,,,");
      return;
    }
  g_string_append_printf (text, ",%u,%d,%d,%08u,%u,%u,%u,%d", row->precision, row->birth_first,
                          row->birth_last, ymd, ymd / 10000, ymd / 100 % 100, ymd % 100,
                          frequencies->year[CLAMP ((gint) (ymd / 10000) - 1900, 0, 255)]);
}

static void
append_source (GString *text, const CcLinkRow *row)
{
  g_string_append_c (text, ',');
  if (row->own_number != 0)
    g_string_append_printf (text, "n%u.%u", row->entity, row->own_number);
  g_string_append_c (text, ',');
  if (row->delivery != 0 && row->event != 0)
    g_string_append_printf (text, "c%u.%u", row->delivery, row->event);
}

static gboolean
is_number (CcLinkColumnKind kind)
{
  return kind == CC_LINK_COLUMN_NUMBER || kind == CC_LINK_COLUMN_PHONE;
}

static gboolean
is_text (CcLinkColumnKind kind)
{
  return kind == CC_LINK_COLUMN_PLACE || kind == CC_LINK_COLUMN_TEXT;
}

static void
append_value (GString                 *text,
              CcLinkTable             *table,
              const CcLinkFrequencies *frequencies,
              guint                    column,
              guint32                  id)
{
  const CcLinkColumnKind kind = table->columns[column].kind;
  const CcLinkToken     *value;

  g_string_append_c (text, ',');
  if (id == 0)
    {
      g_string_append_c (text, ',');
      return;
    }
  value = cc_link_table_value (table, column, id);
  append_plain (text, cc_link_table_text (table, value));
  if (is_text (kind))
    g_string_append_printf (text, "|%u", value->skeleton);
  if (is_number (kind))
    g_string_append_printf (text, ",%u",
                            g_array_index (frequencies->carriers[column], guint32, id));
  else
    g_string_append_printf (text, ",%d", g_array_index (frequencies->value[column], gint16, id));
}

/* The blocks that the record lies in, after those that are too large were split: two records are a
 * candidate pair where they share one. */
static void
append_keys (GString *text, const CcLinkBlocking *blocking, guint row)
{
  for (guint k = 0; k < blocking->n_keys; k++)
    {
      guint          n;
      const guint32 *hashes = cc_link_blocking_list_hashes (blocking, k, row, &n);
      const char    *blank = "";

      g_string_append_c (text, ',');
      for (guint i = 0; i < n; i++)
        if (hashes[i] != 0)
          {
            g_string_append_printf (text, "%sk%u", blank, hashes[i]);
            blank = " ";
          }
    }
}

static void
append_header (GString *text, CcLinkTable *table, const CcLinkBlocking *blocking)
{
  g_string_append (text, "unique_id,names,aliases,fathers,sex,birth_precision,birth_first,"
                         "birth_last,birth_ymd,birth_year,birth_month,birth_day,birth_rarity,"
                         "source_number,source_case");
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_autofree char *name = cc_link_export_name (table->columns[i].name);

      g_string_append_printf (text, ",%s,%s_%s", name, name,
                              is_number (table->columns[i].kind) ? "carriers" : "rarity");
    }
  for (guint i = 0; i < blocking->n_keys; i++)
    g_string_append_printf (text, ",keys_%u", i + 1);
  g_string_append_c (text, '\n');
}

/**
 * cc_link_export_columns:
 *
 * Writes what the comparison of two records looks at, one line a record. Nothing else of the record
 * leaves: no case, no place of exploitation, no note. Names, birth and numbers do.
 */
GString *
cc_link_export_columns (CcLinkTable *table, const CcLinkLearnt *learnt, const guint8 *uuids)
{
  const CcLinkFrequencies *frequencies = learnt->frequencies;
  GString                 *text = g_string_new (NULL);

  append_header (text, table, learnt->blocking);
  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    {
      const CcLinkRow *row = cc_link_table_row (table, i);

      cc_link_export_append_id (text, i, uuids + 16 * (gsize) i);
      g_string_append_c (text, ',');
      append_words (text, table, frequencies, 0, row->names, row->roles, row->n_names);
      g_string_append_c (text, ',');
      append_words (text, table, frequencies, 1, row->aliases, NULL, row->n_aliases);
      g_string_append_c (text, ',');
      append_words (text, table, frequencies, 2, row->fathers, NULL, row->n_fathers);
      g_string_append_c (text, ',');
      if (row->sex != 0)
        g_string_append_printf (text, "%u", row->sex);
      append_birth (text, frequencies, row);
      append_source (text, row);
      for (guint k = 0; k < table->n_columns; k++)
        append_value (text, table, frequencies, k, row->values[k]);
      append_keys (text, learnt->blocking, i);
      g_string_append_c (text, '\n');
    }
  return text;
}
