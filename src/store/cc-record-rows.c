/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"
#include "cc-case-file-private.h"

#include <string.h>

static const char *const names_sql =
    "SELECT kind, value FROM identifier WHERE record = ?1 AND seq = 0 ORDER BY kind";

void
cc_record_row_free (CcRecordRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->number);
  g_free (self->agency);
  g_free (self);
}

typedef struct
{
  CcRecordTable *table;
  CcStatement   *identifiers;
  CcStatement   *case_number; /* of a person's first event */
  CcStatement   *victims, *perpetrators;
} Reader;

static void
reader_clear (Reader *self)
{
  cc_statement_release (self->identifiers);
  cc_statement_release (self->case_number);
  cc_statement_release (self->victims);
  cc_statement_release (self->perpetrators);
}

static CcStatement *
prepare_count (CcConnection *connection, const char *link, const char *side, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (DISTINCT l.%s) FROM %s l"
                                          " JOIN record r ON r.id = l.record"
                                          " WHERE l.event = ?1 AND r.state = 0",
                                          side, link);

  return cc_connection_prepare (connection, sql, error);
}

static gboolean
reader_init (Reader *self, CcRecordTable *table, CcConnection *connection, GError **error)
{
  const char      *link = strcmp (table->abbr, "VI") == 0 ? "victim_event" : "perp_event";
  g_autofree char *sql = NULL;

  self->table = table;
  self->identifiers = cc_connection_prepare (connection, names_sql, error);
  if (self->identifiers == NULL)
    return FALSE;
  if (strcmp (table->abbr, "EV") == 0)
    {
      self->victims = prepare_count (connection, "victim_event", "victim", error);
      if (self->victims == NULL)
        return FALSE;
      self->perpetrators = prepare_count (connection, "perp_event", "perpetrator", error);
      return self->perpetrators != NULL;
    }
  sql = g_strdup_printf ("SELECT i.value FROM %s l JOIN identifier i ON i.record = l.event"
                         " AND i.kind = 'case_no' AND i.seq = 0 WHERE l.%s = ?1"
                         " ORDER BY l.record LIMIT 1",
                         link, table->unit);
  self->case_number = cc_connection_prepare (connection, sql, error);
  return self->case_number != NULL;
}

typedef struct
{
  char *family, *given, *full, *alias, *number;
} Names;

static void
names_clear (Names *self)
{
  g_free (self->family);
  g_free (self->given);
  g_free (self->full);
  g_free (self->alias);
  g_free (self->number);
}

static char **
find_place (Names *self, const char *kind)
{
  if (strcmp (kind, "family") == 0)
    return &self->family;
  if (strcmp (kind, "given") == 0)
    return &self->given;
  if (strcmp (kind, "full_name") == 0)
    return &self->full;
  if (strcmp (kind, "alias") == 0)
    return &self->alias;
  if (strcmp (kind, "agency_ref") == 0 || strcmp (kind, "case_no") == 0)
    return &self->number;
  return NULL;
}

/* identifiers: a prepared query of kind and value by record, from which it takes the first of each
 * kind. name, number: (out) (transfer full) (nullable) */
static gboolean
read_names (CcStatement *identifiers, gint64 record, char **name, char **number, GError **error)
{
  Names    names = { 0 };
  gboolean has_row = TRUE;
  gboolean ok = TRUE;

  cc_statement_bind_int64 (identifiers, 1, record);
  while ((ok = cc_statement_step (identifiers, &has_row, error)) && has_row)
    {
      char **place = find_place (&names, cc_statement_text (identifiers, 0));

      if (place != NULL && *place == NULL)
        *place = g_strdup (cc_statement_text (identifiers, 1));
    }
  cc_statement_reset (identifiers);
  if (names.family != NULL && names.given != NULL)
    *name = g_strconcat (names.family, " ", names.given, NULL);
  else if (names.family != NULL || names.given != NULL)
    *name = g_strdup (names.family != NULL ? names.family : names.given);
  else
    *name = g_strdup (names.full != NULL ? names.full : names.alias);
  *number = g_steal_pointer (&names.number);
  names_clear (&names);
  return ok;
}

gboolean
cc_record_read_title (CcConnection *connection, gint64 record, char **title, GError **error)
{
  g_autoptr (CcStatement) identifiers = cc_connection_prepare (connection, names_sql, error);
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (identifiers == NULL || !read_names (identifiers, record, &name, &number, error))
    return FALSE;
  *title = name != NULL ? g_steal_pointer (&name) : g_steal_pointer (&number);
  return TRUE;
}

static gboolean
read_case_number (Reader *self, CcRecordRow *row, GError **error)
{
  gboolean has_row;

  if (row->number != NULL || self->case_number == NULL)
    return TRUE;
  cc_statement_bind_int64 (self->case_number, 1, row->id);
  if (!cc_statement_step (self->case_number, &has_row, error))
    return FALSE;
  if (has_row)
    row->number = g_strdup (cc_statement_text (self->case_number, 0));
  cc_statement_reset (self->case_number);
  return TRUE;
}

static gboolean
read_count (CcStatement *statement, gint64 event, guint *count, GError **error)
{
  gboolean has_row;

  if (statement == NULL)
    return TRUE;
  cc_statement_bind_int64 (statement, 1, event);
  if (!cc_statement_step (statement, &has_row, error))
    return FALSE;
  *count = has_row ? (guint) cc_statement_int64 (statement, 0) : 0;
  cc_statement_reset (statement);
  return TRUE;
}

static const CcCode *
find_code (CcRecordTable *self, gint32 id)
{
  return id != 0 ? cc_case_file_code_from_id (self->file, id) : NULL;
}

static CcRecordRow *
create_row (CcRecordTable *self, gint64 id)
{
  CcRecordRow      *row = g_new0 (CcRecordRow, 1);
  const int         place = cc_record_table_find (self, id);
  const CcTableRow *source;

  row->id = id;
  row->date = CC_INTERVAL_UNKNOWN;
  row->age_min = row->age_max = -1;
  if (place < 0)
    return row;
  source = &g_array_index (self->rows, CcTableRow, place);
  row->signs = source->signs;
  row->date = (CcInterval){ source->first, source->last };
  row->agency = g_strdup (cc_record_table_get_agency (self, source->entity));
  row->sex = find_code (self, source->sex);
  row->age_class = find_code (self, source->age_class);
  row->status = find_code (self, source->status);
  row->age_min = source->age_min;
  row->age_max = source->age_max;
  if (source->cluster >= 0)
    {
      const CcTableCluster *cluster =
          &g_array_index (self->clusters, CcTableCluster, source->cluster);

      row->cluster = cluster->id;
      row->n_records = cluster->n;
    }
  return row;
}

/**
 * Reads what the lines of a list show. Meant for as many as stand on a screen.
 *
 * connection: a reader of the file
 * ids: records of this table; one that it does not have gives an empty row
 *
 * Returns: (transfer full) (element-type CcRecordRow): as many as ids, in their order
 */
GPtrArray *
cc_record_table_read_rows (CcRecordTable *self,
                           CcConnection  *connection,
                           const gint64  *ids,
                           guint          n_ids,
                           GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, (GDestroyNotify) cc_record_row_free);
  Reader   reader = { 0 };
  gboolean ok;

  g_return_val_if_fail (self != NULL && connection != NULL, NULL);
  ok = reader_init (&reader, self, connection, error);
  for (guint i = 0; ok && i < n_ids; i++)
    {
      CcRecordRow *row = create_row (self, ids[i]);

      g_ptr_array_add (rows, row);
      ok = read_names (reader.identifiers, row->id, &row->name, &row->number, error)
           && read_case_number (&reader, row, error)
           && read_count (reader.victims, row->id, &row->n_victims, error)
           && read_count (reader.perpetrators, row->id, &row->n_perpetrators, error);
    }
  reader_clear (&reader);
  return ok ? g_steal_pointer (&rows) : NULL;
}
