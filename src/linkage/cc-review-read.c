/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-review.h>

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <stdlib.h>
#include <string.h>

static void
free_record (gpointer data)
{
  cc_record_free (data);
}

/* Records that hang on a record, by the column that names it. */
static gboolean
add_children (CcCaseFile   *file,
              CcConnection *connection,
              const char   *sql,
              gint64        record,
              GPtrArray    *children,
              GError      **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  g_autoptr (GArray) ids = NULL;

  if (!rows)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  ids = cc_statement_list_ids (rows, error);
  if (!ids)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      CcRecord *child =
          cc_store_read_record (file, connection, g_array_index (ids, gint64, i), error);

      if (!child)
        return FALSE;
      g_ptr_array_add (children, child);
    }
  return TRUE;
}

static gboolean
read_children (CcCaseFile *file, CcConnection *connection, CcReviewRecord *self, GError **error)
{
  static const struct
  {
    const char *unit;
    const char *sql;
  } queries[] = {
    { "VI", "SELECT x.record FROM victim_event x JOIN record r ON r.id = x.record AND r.state = 0"
            " WHERE x.victim = ?1 ORDER BY 1" },
    { "VI", "SELECT DISTINCT x.event FROM victim_event x JOIN record r ON r.id = x.event"
            " AND r.state = 0 WHERE x.victim = ?1 ORDER BY 1" },
    { "VI", "SELECT x.record FROM status_decision x JOIN record r ON r.id = x.record"
            " AND r.state = 0 WHERE x.victim = ?1 ORDER BY 1" },
    { "PE", "SELECT DISTINCT x.event FROM perp_event x JOIN record r ON r.id = x.event"
            " AND r.state = 0 WHERE x.perpetrator = ?1 ORDER BY 1" },
    { "PE", "SELECT x.record FROM justice_step x JOIN record r ON r.id = x.record AND r.state = 0"
            " WHERE x.perpetrator = ?1 ORDER BY 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (strcmp (queries[i].unit, self->source.record->unit->abbr) == 0
        && !add_children (file, connection, queries[i].sql, self->id, self->source.children, error))
      return FALSE;
  return TRUE;
}

static CcInterval
find_day (CcRecord *record)
{
  static const char *const names[] = { "detected_on", "registered_on", "recorded_on" };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint i = 0; i < record->values->len; i++)
      {
        const CcValue *value = record->values->pdata[i];

        if (strcmp (value->variable->name, names[k]) == 0 && cc_interval_is_known (value->date))
          return value->date;
      }
  return CC_INTERVAL_UNKNOWN;
}

static gboolean
read_origin (CcConnection *connection, CcReviewRecord *self, GError **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (
      connection,
      "SELECT e.id, e.name, s.file_name, x.row,"
      " (SELECT cluster FROM membership WHERE record = r.id AND to_act IS NULL), e.key,"
      " e.identifies"
      " FROM record r LEFT JOIN entity e ON e.id = r.entity"
      " LEFT JOIN submission s ON s.id = r.submission LEFT JOIN source_row x ON x.id = r.source_row"
      " WHERE r.id = ?1",
      error);
  gboolean has_row;

  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, self->id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  self->entity = cc_statement_int64 (find, 0);
  self->entity_name = g_strdup (cc_statement_text (find, 1));
  self->file_name = g_strdup (cc_statement_text (find, 2));
  self->row = cc_statement_int64 (find, 3);
  self->cluster = cc_statement_int64 (find, 4);
  self->entity_key = g_strdup (cc_statement_text (find, 5));
  self->identifies = cc_statement_int64 (find, 6) != 0;
  return TRUE;
}

/**
 * cc_review_read_record:
 *
 * Returns: (transfer full): a record with what hangs on it and where it comes from
 */
CcReviewRecord *
cc_review_read_record (CcCaseFile *file, CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (CcReviewRecord) self = g_new0 (CcReviewRecord, 1);

  self->id = record;
  self->day = CC_INTERVAL_UNKNOWN;
  self->source.children = g_ptr_array_new_with_free_func (free_record);
  self->source.record = cc_store_read_record (file, connection, record, error);
  if (self->source.record == NULL || !read_children (file, connection, self, error)
      || !read_origin (connection, self, error))
    return NULL;
  self->day = find_day (self->source.record);
  if (self->entity_name == NULL)
    self->entity_name = g_strdup ("");
  if (self->entity_key == NULL)
    self->entity_key = g_strdup ("");
  return g_steal_pointer (&self);
}

void
cc_review_record_free (CcReviewRecord *self)
{
  if (self == NULL)
    return;
  cc_record_free (self->source.record);
  g_clear_pointer (&self->source.children, g_ptr_array_unref);
  g_free (self->entity_name);
  g_free (self->entity_key);
  g_free (self->file_name);
  g_free (self);
}

static void
free_review_record (gpointer data)
{
  cc_review_record_free (data);
}

/* Records of one person stand beside each other; persons in the order of their first record. */
static void
group_by_person (GPtrArray *records)
{
  for (guint i = 1; i < records->len; i++)
    {
      CcReviewRecord *record = records->pdata[i];
      guint           to = i;

      for (guint k = 0; k < i; k++)
        if (((CcReviewRecord *) records->pdata[k])->cluster == record->cluster)
          to = k + 1;
      if (to == i)
        continue;
      memmove (&records->pdata[to + 1], &records->pdata[to], (i - to) * sizeof (gpointer));
      records->pdata[to] = record;
    }
}

/* Whether a pair of the records still waits. */
static gboolean
check_open (CcConnection *connection, CcReviewCase *self, GError **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (connection,
                                                        "SELECT 1 FROM proposal WHERE a = ?1 AND b "
                                                        "= ?2 AND state = 'open' LIMIT 1",
                                                        error);

  if (!find)
    return FALSE;
  for (guint i = 0; i < self->records->len; i++)
    for (guint j = 0; j < self->records->len && !self->open; j++)
      {
        const CcReviewRecord *a = self->records->pdata[i];
        const CcReviewRecord *b = self->records->pdata[j];

        if (a->id >= b->id || a->cluster == b->cluster || a->cluster == 0 || b->cluster == 0)
          continue;
        cc_statement_reset (find);
        cc_statement_bind_int64 (find, 1, a->id);
        cc_statement_bind_int64 (find, 2, b->id);
        if (!cc_statement_step (find, &self->open, error))
          return FALSE;
      }
  return TRUE;
}

/**
 * cc_review_read_case:
 * @records: (array length=n_records): of one item of the queue
 *
 * Returns: (transfer full): the records as they are now
 */
CcReviewCase *
cc_review_read_case (CcCaseFile   *file,
                     CcConnection *connection,
                     const gint64 *records,
                     guint         n_records,
                     GError      **error)
{
  g_autoptr (CcReviewCase) self = g_new0 (CcReviewCase, 1);

  self->records = g_ptr_array_new_with_free_func (free_review_record);
  for (guint i = 0; i < n_records; i++)
    {
      CcReviewRecord *record = cc_review_read_record (file, connection, records[i], error);

      if (!record)
        return NULL;
      g_ptr_array_add (self->records, record);
    }
  group_by_person (self->records);
  return check_open (connection, self, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_review_case_free (CcReviewCase *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->records);
  g_free (self);
}

/**
 * cc_review_read_name:
 *
 * Returns: (transfer full): the name of the person, else the number by which the agency calls the
 *   record, else ""
 */
char *
cc_review_read_name (CcConnection *connection, gint64 record, GError **error)
{
  static const char *const kinds[] = { "full_name", "given",   "family",
                                       "alias",     "case_no", "agency_ref" };
  char                    *found[G_N_ELEMENTS (kinds)] = { NULL };
  char                    *name = NULL;
  gboolean                 has_row = TRUE;
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection, "SELECT kind, value FROM identifier WHERE record = ?1 ORDER BY kind, seq", error);

  if (!rows)
    return NULL;
  cc_statement_bind_int64 (rows, 1, record);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        break;
      for (guint i = 0; has_row && i < G_N_ELEMENTS (kinds); i++)
        if (found[i] == NULL && g_strcmp0 (cc_statement_text (rows, 0), kinds[i]) == 0)
          found[i] = g_strdup (cc_statement_text (rows, 1));
    }
  if (found[0] != NULL)
    name = g_strdup (found[0]);
  else if (found[1] != NULL && found[2] != NULL)
    name = g_strdup_printf ("%s %s", found[1], found[2]);
  for (guint i = 1; i < G_N_ELEMENTS (kinds) && name == NULL; i++)
    name = g_strdup (found[i]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_free (found[i]);
  return name != NULL ? name : g_strdup ("");
}

gint64
cc_review_count_name (CcConnection *connection, const char *kind, const char *name, GError **error)
{
  g_autoptr (CcStatement) count =
      cc_connection_prepare (connection,
                             "SELECT count (DISTINCT i.record) FROM identifier i"
                             " JOIN record r ON r.id = i.record WHERE i.value = ?2 COLLATE NOCASE"
                             " AND i.kind IN ('family', 'given', 'full_name')"
                             " AND r.unit = ?1 AND r.state = 0",
                             error);
  gboolean has_row;

  if (!count)
    return -1;
  cc_statement_bind_text (count, 1, kind);
  cc_statement_bind_text (count, 2, name);
  if (!cc_statement_step (count, &has_row, error))
    return -1;
  return has_row ? cc_statement_int64 (count, 0) : 0;
}
