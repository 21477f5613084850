/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/* Words that are looked at; further ones are ignored. */
#define MAX_WORDS 8

typedef struct
{
  CcRecordTable *table;
  CcConnection  *connection;
  char         **words;
  guint          n_words;
  guint8        *found;  /* by row: bits of the words that were met */
  GHashTable    *others; /* records of other units: bits of the words */
} Search;

static guint8
match (Search *self, const char *norm)
{
  guint8 bits = 0;

  for (guint i = 0; i < self->n_words; i++)
    if (strstr (norm, self->words[i]) != NULL)
      bits |= (guint8) (1u << i);
  return bits;
}

/* One pass over all identifiers: they are folded already when they are stored. */
static gboolean
look_through (Search *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->connection, "SELECT record, norm FROM identifier", error);
  gboolean has_row = FALSE;
  gboolean ok = rows != NULL;

  while (ok && (ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      const char  *norm = cc_statement_text (rows, 1);
      const guint8 bits = norm != NULL ? match (self, norm) : 0;
      gint64       record;
      int          place;

      if (bits == 0)
        continue;
      record = cc_statement_int64 (rows, 0);
      place = cc_record_table_find (self->table, record);
      if (place >= 0)
        self->found[place] |= bits;
      else
        {
          gpointer key = GINT_TO_POINTER ((int) record);
          guint    before = GPOINTER_TO_UINT (g_hash_table_lookup (self->others, key));

          g_hash_table_insert (self->others, key, GUINT_TO_POINTER (before | bits));
        }
    }
  return ok;
}

/* A victim is also found by the number of the case, an event by who takes part in it. */
static gboolean
follow_links (Search *self, const char *link, const char *near, const char *far, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM %s WHERE %s = ?1 AND %s IS NOT NULL", near, link, far, near);
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->connection, sql, error);
  GHashTableIter iter;
  gpointer       record, bits;

  if (rows == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, &record, &bits))
    {
      gboolean has_row = TRUE;

      cc_statement_bind_int64 (rows, 1, GPOINTER_TO_INT (record));
      while (has_row)
        {
          int place;

          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          place = has_row ? cc_record_table_find (self->table, cc_statement_int64 (rows, 0)) : -1;
          if (place >= 0)
            self->found[place] |= (guint8) GPOINTER_TO_UINT (bits);
        }
      cc_statement_reset (rows);
    }
  return TRUE;
}

static gboolean
follow_all (Search *self, GError **error)
{
  if (g_hash_table_size (self->others) == 0)
    return TRUE;
  if (strcmp (self->table->abbr, "VI") == 0)
    return follow_links (self, "victim_event", "victim", "event", error);
  if (strcmp (self->table->abbr, "PE") == 0)
    return follow_links (self, "perp_event", "perpetrator", "event", error);
  return follow_links (self, "victim_event", "event", "victim", error)
         && follow_links (self, "perp_event", "event", "perpetrator", error);
}

guint8 *
cc_record_table_search (CcRecordTable *self,
                        CcConnection  *connection,
                        const char    *text,
                        GError       **error)
{
  g_autofree char *folded = cc_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  Search   search = { self, connection, words, MIN (g_strv_length (words), MAX_WORDS), NULL, NULL };
  gboolean ok;

  search.found = g_new0 (guint8, MAX (self->rows->len, 1));
  search.others = g_hash_table_new (NULL, NULL);
  ok = look_through (&search, error) && follow_all (&search, error);
  g_hash_table_unref (search.others);
  if (!ok)
    {
      g_free (search.found);
      return NULL;
    }
  for (guint i = 0; i < self->rows->len; i++)
    search.found[i] = search.found[i] == (1u << search.n_words) - 1;
  return search.found;
}
