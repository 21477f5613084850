/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"
#include "cc-case-file-private.h"

#include <string.h>

/* A text by which a row is ordered, until it is replaced by its rank. */
typedef struct
{
  const char *text;
  guint32     place;
} Keyed;

typedef struct
{
  const char  **texts; /* by row; NULL = none */
  GStringChunk *chunk;
} Texts;

/* "v 9" stands before "v 10". */
static int
compare_natural (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          gsize n, m;

          while (*a == '0')
            a++;
          while (*b == '0')
            b++;
          n = strspn (a, "0123456789");
          m = strspn (b, "0123456789");
          if (n != m)
            return n < m ? -1 : 1;
          for (; n > 0; n--, a++, b++)
            if (*a != *b)
              return *a < *b ? -1 : 1;
        }
      else if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      else
        {
          a++;
          b++;
        }
    }
  return (*a != '\0') - (*b != '\0');
}

static int
compare_keyed (gconstpointer a, gconstpointer b)
{
  const Keyed *x = a;
  const Keyed *y = b;
  const int    difference = compare_natural (x->text, y->text);

  return difference != 0 ? difference : (x->place > y->place) - (x->place < y->place);
}

static guint32 *
rank_texts (const Texts *texts, guint n)
{
  guint32 *ranks = g_new (guint32, MAX (n, 1));
  g_autoptr (GArray) keyed = g_array_new (FALSE, FALSE, sizeof (Keyed));
  guint32 rank = 0;

  for (guint i = 0; i < n; i++)
    {
      const Keyed entry = { texts->texts[i], i };

      ranks[i] = CC_ORDER_NONE;
      if (entry.text != NULL && *entry.text != '\0')
        g_array_append_val (keyed, entry);
    }
  g_array_sort (keyed, compare_keyed);
  for (guint i = 0; i < keyed->len; i++)
    {
      const Keyed *entry = &g_array_index (keyed, Keyed, i);

      if (i > 0 && compare_natural (entry->text, (entry - 1)->text) != 0)
        rank++;
      ranks[entry->place] = rank;
    }
  return ranks;
}

/* Puts the parts of names together, family name first, as the rows of a record come: alias, family,
 * full name, given. */
static gboolean
read_names (CcRecordTable *self, CcConnection *connection, Texts *texts, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = FALSE;
  gboolean ok;
  gboolean weak = FALSE;
  int      last = -1;

  rows = cc_connection_prepare (connection,
                                "SELECT record, kind, norm FROM identifier WHERE seq = 0 AND kind"
                                " IN ('alias', 'family', 'full_name', 'given')"
                                " ORDER BY record, kind, seq",
                                error);
  ok = rows != NULL;
  while (ok && (ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      const int        place = cc_record_table_find (self, cc_statement_int64 (rows, 0));
      const char      *kind = cc_statement_text (rows, 1);
      const char      *norm = cc_statement_text (rows, 2);
      g_autofree char *both = NULL;

      if (place < 0 || norm == NULL)
        continue;
      weak = place == last ? weak : FALSE;
      if (texts->texts[place] != NULL && !weak && strcmp (kind, "given") == 0)
        norm = both = g_strconcat (texts->texts[place], " ", norm, NULL);
      else if (texts->texts[place] != NULL && !weak)
        continue;
      texts->texts[place] = g_string_chunk_insert (texts->chunk, norm);
      weak = strcmp (kind, "alias") == 0;
      last = place;
    }
  return ok;
}

static gboolean
read_texts (CcRecordTable *self,
            CcConnection  *connection,
            const char    *sql,
            Texts         *texts,
            GError       **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = FALSE;
  gboolean ok = rows != NULL;

  while (ok && (ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      const int   place = cc_record_table_find (self, cc_statement_int64 (rows, 0));
      const char *norm = cc_statement_text (rows, 1);

      if (place >= 0 && norm != NULL && texts->texts[place] == NULL)
        texts->texts[place] = g_string_chunk_insert (texts->chunk, norm);
    }
  return ok;
}

/* The agency's own number of the person, else that of the case. */
static gboolean
read_numbers (CcRecordTable *self, CcConnection *connection, Texts *texts, GError **error)
{
  const gboolean   event = strcmp (self->abbr, "EV") == 0;
  g_autofree char *cases = NULL;

  if (event)
    return read_texts (self, connection,
                       "SELECT record, norm FROM identifier WHERE kind = 'case_no' AND seq = 0"
                       " ORDER BY record",
                       texts, error);
  cases =
      g_strdup_printf ("SELECT l.%s, i.norm FROM %s l JOIN identifier i ON i.record = l.event"
                       " AND i.kind = 'case_no' AND i.seq = 0 WHERE l.%s IS NOT NULL"
                       " ORDER BY l.record",
                       self->unit, strcmp (self->abbr, "VI") == 0 ? "victim_event" : "perp_event",
                       self->unit);
  return read_texts (self, connection,
                     "SELECT record, norm FROM identifier WHERE kind = 'agency_ref' AND seq = 0"
                     " ORDER BY record",
                     texts, error)
         && read_texts (self, connection, cases, texts, error);
}

static guint32 *
rank_by_text (CcRecordTable *self, CcConnection *connection, CcRecordOrder order, GError **error)
{
  Texts texts = { g_new0 (const char *, MAX (self->rows->len, 1)), g_string_chunk_new (1 << 16) };
  guint32 *ranks = NULL;

  if (order == CC_ORDER_NAME ? read_names (self, connection, &texts, error)
                             : read_numbers (self, connection, &texts, error))
    ranks = rank_texts (&texts, self->rows->len);
  g_string_chunk_free (texts.chunk);
  g_free (texts.texts);
  return ranks;
}

static void
take_time (CcRecordTable *self, guint32 *ranks, gint64 record, gint64 time)
{
  const int     place = cc_record_table_find (self, record);
  const guint32 rank = (guint32) CLAMP (time, 0, (gint64) CC_ORDER_NONE - 1);

  if (place >= 0 && (ranks[place] == CC_ORDER_NONE || ranks[place] < rank))
    ranks[place] = rank;
}

static gboolean
read_times (CcRecordTable *self,
            CcConnection  *connection,
            const char    *sql,
            guint32       *ranks,
            GError       **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = FALSE;
  gboolean ok = rows != NULL;

  while (ok && (ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      /* "12" or "12:VI03" */
      const char *key = cc_statement_text (rows, 0);

      if (key != NULL)
        take_time (self, ranks, g_ascii_strtoll (key, NULL, 10), cc_statement_int64 (rows, 1));
    }
  return ok;
}

/* Imports tell the time by their delivery and by the memberships they began; only of the other acts
 * the changes are read one by one. */
static guint32 *
rank_by_change (CcRecordTable *self, CcConnection *connection, GError **error)
{
  guint32         *ranks = g_new (guint32, MAX (self->rows->len, 1));
  g_autofree char *delivered = g_strdup_printf ("SELECT r.id, s.received FROM record r"
                                                " JOIN submission s ON s.id = r.submission"
                                                " WHERE r.unit = '%s'",
                                                self->abbr);
  g_autofree char *changed = g_strdup_printf ("SELECT c.key, a.time FROM audit a"
                                              " JOIN audit_change c ON c.seq = a.seq"
                                              " WHERE a.act <> 'import'"
                                              " AND c.tbl IN ('record', '%s', 'membership')",
                                              self->unit);

  memset (ranks, 0xff, self->rows->len * sizeof *ranks);
  if (read_times (self, connection, delivered, ranks, error)
      && read_times (self, connection,
                     "SELECT m.record, a.time FROM membership m JOIN audit a"
                     " ON a.seq = max (m.from_act, ifnull (m.to_act, 0))",
                     ranks, error)
      && read_times (self, connection, changed, ranks, error))
    return ranks;
  g_free (ranks);
  return NULL;
}

static guint32
rank_code (CcRecordTable *self, gint32 id)
{
  const CcCode *code = id != 0 ? cc_case_file_code_from_id (self->file, id) : NULL;

  return code != NULL ? code->index : CC_ORDER_NONE;
}

static guint32
rank_row (CcRecordTable *self, const CcTableRow *row, CcRecordOrder order)
{
  const CcTableAgency *agency;

  switch (order)
    {
    case CC_ORDER_AGENCY:
      agency = g_hash_table_lookup (self->agencies, GINT_TO_POINTER (row->entity));
      return agency != NULL ? agency->rank : CC_ORDER_NONE;
    case CC_ORDER_SEX:
      return rank_code (self, row->sex);
    case CC_ORDER_STATUS:
      return rank_code (self, row->status);
    case CC_ORDER_AGE:
      if (row->age_min >= 0)
        return (guint32) row->age_min;
      return row->age_max >= 0 ? (guint32) row->age_max : CC_ORDER_NONE;
    default:
      return row->first != CC_DAY_NONE ? (guint32) ((gint64) row->first - G_MININT32)
                                       : CC_ORDER_NONE;
    }
}

const guint32 *
cc_record_table_get_ranks (CcRecordTable *self,
                           CcConnection  *connection,
                           CcRecordOrder  order,
                           GError       **error)
{
  guint32 *ranks;

  g_mutex_lock (&self->lock);
  ranks = self->ranks[order];
  if (ranks == NULL)
    {
      if (order == CC_ORDER_NAME || order == CC_ORDER_NUMBER)
        ranks = rank_by_text (self, connection, order, error);
      else if (order == CC_ORDER_CHANGE)
        ranks = rank_by_change (self, connection, error);
      else
        {
          ranks = g_new (guint32, MAX (self->rows->len, 1));
          for (guint i = 0; i < self->rows->len; i++)
            ranks[i] = rank_row (self, &g_array_index (self->rows, CcTableRow, i), order);
        }
      self->ranks[order] = ranks;
    }
  g_mutex_unlock (&self->lock);
  return ranks;
}
