/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-case.h>

#include <cc/base/cc-error.h>

#include <string.h>

typedef struct
{
  CcCaseFile   *file;
  CcConnection *connection;
  GHashTable   *seen; /* ids */
  GArray       *ids;  /* gint64, in the order of the case */
  gboolean      cut;
} Gathering;

void
cc_case_record_free (CcCaseRecord *self)
{
  if (self == NULL)
    return;
  cc_record_free (self->record);
  g_free (self);
}

static void
add (Gathering *self, gint64 id)
{
  if (id == 0 || g_hash_table_contains (self->seen, &id))
    return;
  if (self->ids->len == CC_CASE_MOST)
    {
      self->cut = TRUE;
      return;
    }
  g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id));
  g_array_append_val (self->ids, id);
}

/* Adds the ids in the columns of the rows that hang on one record. */
static gboolean
add_rows (Gathering *self, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, id);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        add (self, cc_statement_int64 (rows, 0));
    }
  return TRUE;
}

/* One step of the way through the case: from records of some units to what is linked to them. Only
 * rows all of whose parents belong to the case come in at the end. */
typedef struct
{
  const char *from;
  const char *sql;
} Step;

#define LIVE(table) " JOIN record r ON r.id = t.record AND r.state = 0"
#define ROWS(table, column)                                                                        \
  "SELECT t.record FROM " table " t" LIVE (table) " WHERE t." column " = ?1 ORDER BY t.record"
#define HEADS(table, column, other)                                                                \
  "SELECT DISTINCT t." other " FROM " table " t" LIVE (table) " JOIN record h ON h.id = t." other  \
                                                              " AND h.state = 0 WHERE t." column   \
                                                              " = ?1 ORDER BY t." other

static const Step to_events[] = {
  { "VI", HEADS ("victim_event", "victim", "event") },
  { "PE", HEADS ("perp_event", "perpetrator", "event") },
};
static const Step to_victims[] = {
  { "EV", HEADS ("victim_event", "event", "victim") },
  { "PE", HEADS ("victim_perp", "perpetrator", "victim") },
};
static const Step to_perpetrators[] = {
  { "EV", HEADS ("perp_event", "event", "perpetrator") },
  { "VI", HEADS ("victim_perp", "victim", "perpetrator") },
};
static const Step to_rows[] = {
  { "VI", ROWS ("victim_event", "victim") },    { "VI", ROWS ("status_decision", "victim") },
  { "VI", ROWS ("assistance", "victim") },      { "VI", ROWS ("referral", "victim") },
  { "PE", ROWS ("perp_event", "perpetrator") }, { "PE", ROWS ("justice_step", "perpetrator") },
  { "VI", ROWS ("victim_perp", "victim") },
};
static const Step to_places[] = {
  { "VE", ROWS ("place", "victim_event") },
  { "EV", ROWS ("place", "event") },
};

static char *
read_unit (Gathering *self, gint64 id, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->connection,
                             "SELECT unit FROM record WHERE id = ?1 AND state = 0", error);
  gboolean has_row;

  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, id);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (has_row)
    return g_strdup (cc_statement_text (find, 0));
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "This record is no longer in the case file; it was deleted or came with a "
                       "delivery that was taken back.");
  return NULL;
}

static gboolean
take_steps (Gathering *self, const Step *steps, guint n_steps, GError **error)
{
  for (guint i = 0, n = self->ids->len; i < n; i++)
    {
      const gint64     id = g_array_index (self->ids, gint64, i);
      g_autofree char *unit = read_unit (self, id, error);

      if (unit == NULL)
        return FALSE;
      for (guint j = 0; j < n_steps; j++)
        if (strcmp (steps[j].from, unit) == 0 && !add_rows (self, steps[j].sql, id, error))
          return FALSE;
    }
  return TRUE;
}

/* The case's middle: its events; the person, where it stands in none. */
static gboolean
find_middle (Gathering *self, gint64 id, GError **error)
{
  g_autoptr (CcRecord) record = cc_store_read_record (self->file, self->connection, id, error);
  g_autofree char *unit = record != NULL ? read_unit (self, id, error) : NULL;
  guint            n;

  if (unit == NULL)
    return FALSE;
  /* A row that hangs on others leads to them: places to links, links to persons and events. */
  if (record->parents[0] != 0 || record->parents[1] != 0)
    {
      gint64 parent = record->parents[1] != 0 && strcmp (unit, "VP") != 0 ? record->parents[1]
                                                                          : record->parents[0];

      return find_middle (self, parent != 0 ? parent : record->parents[1], error);
    }
  add (self, id);
  if (!take_steps (self, to_events, G_N_ELEMENTS (to_events), error))
    return FALSE;
  n = self->ids->len;
  if (n > 1)
    {
      /* Events first; the person comes back as one of theirs. */
      g_hash_table_remove (self->seen, &id);
      g_array_remove_index (self->ids, 0);
    }
  return TRUE;
}

static gboolean
gather (Gathering *self, gint64 id, GError **error)
{
  return find_middle (self, id, error)
         && take_steps (self, to_victims, G_N_ELEMENTS (to_victims), error)
         && take_steps (self, to_perpetrators, G_N_ELEMENTS (to_perpetrators), error)
         && take_steps (self, to_rows, G_N_ELEMENTS (to_rows), error)
         && take_steps (self, to_places, G_N_ELEMENTS (to_places), error);
}

static gboolean
read_head (CcConnection *connection, CcCaseRecord *self, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT entity, submission FROM record WHERE id = ?1",
                             error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, self->record->id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      self->entity = cc_statement_int64 (find, 0);
      self->submission = cc_statement_int64 (find, 1);
    }
  return TRUE;
}

static gboolean
is_known (Gathering *self, gint64 parent)
{
  return parent == 0 || g_hash_table_contains (self->seen, &parent);
}

GPtrArray *
cc_store_read_case (CcCaseFile   *file,
                    CcConnection *connection,
                    gint64        record,
                    gboolean     *cut,
                    GError      **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_case_record_free);
  Gathering self = { file, connection, seen, ids, FALSE };

  g_return_val_if_fail (file != NULL && connection != NULL, NULL);
  if (!gather (&self, record, error))
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      CcCaseRecord *read = g_new0 (CcCaseRecord, 1);

      g_ptr_array_add (records, read);
      read->record = cc_store_read_record (file, connection, g_array_index (ids, gint64, i), error);
      if (read->record == NULL || !read_head (connection, read, error))
        return NULL;
      /* A link to somebody outside, such as another event of the same victim, is another case, and
       * so is what hangs on it. */
      if (!is_known (&self, read->record->parents[0])
          || !is_known (&self, read->record->parents[1]))
        {
          g_hash_table_remove (seen, &read->record->id);
          g_ptr_array_remove_index (records, records->len - 1);
        }
    }
  if (cut != NULL)
    *cut = self.cut;
  return g_steal_pointer (&records);
}
