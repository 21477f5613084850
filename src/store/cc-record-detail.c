/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"
#include "cc-record-table-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-record-detail.h>
#include <cc/store/cc-records.h>

#include <string.h>

typedef struct
{
  CcCaseFile     *file;
  CcConnection   *connection;
  CcRecordDetail *detail;
} Reader;

static void
glance_free (gpointer data)
{
  CcRecordGlance *self = data;

  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->agency);
  g_free (self);
}

static void
part_free (gpointer data)
{
  CcRecordPart *self = data;

  cc_record_free (self->record);
  glance_free (self->other);
  g_free (self);
}

void
cc_record_detail_free (CcRecordDetail *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->record, cc_record_free);
  g_clear_pointer (&self->source, cc_parked_row_free);
  g_clear_pointer (&self->same, g_ptr_array_unref);
  g_clear_pointer (&self->perhaps_same, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->agency_key);
  g_free (self->agency);
  g_free (self);
}

static const CcUnit *
find_unit (CcPack *pack, const char *abbr)
{
  for (guint i = 0; i < cc_pack_get_n_units (pack); i++)
    if (strcmp (cc_pack_get_unit (pack, i)->abbr, abbr) == 0)
      return cc_pack_get_unit (pack, i);
  return NULL;
}

/* First row of a query about one id. */
static CcStatement *
ask_one (CcConnection *connection, const char *sql, gint64 id, gboolean *has_row, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);

  *has_row = FALSE;
  if (statement == NULL)
    return NULL;
  cc_statement_bind_int64 (statement, 1, id);
  if (!cc_statement_step (statement, has_row, error))
    return NULL;
  return g_steal_pointer (&statement);
}

/* Ids that a query about one id gives, so that further queries do not run inside it. */
static GArray *
ask_ids (CcConnection *connection, const char *sql, gint64 id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CcStatement) statement = NULL;
  gboolean has_row;

  statement = ask_one (connection, sql, id, &has_row, error);
  if (statement == NULL)
    return NULL;
  while (has_row)
    {
      const gint64 found = cc_statement_int64 (statement, 0);

      g_array_append_val (ids, found);
      if (!cc_statement_step (statement, &has_row, error))
        return NULL;
    }
  return g_steal_pointer (&ids);
}

static CcRecordGlance *
read_glance (Reader *self, gint64 id, GError **error)
{
  g_autoptr (CcStatement) head = NULL;
  CcRecordGlance *glance;
  gboolean        has_row;

  head = ask_one (self->connection,
                  "SELECT r.unit, e.name FROM record r LEFT JOIN entity e ON e.id = r.entity"
                  " WHERE r.id = ?1",
                  id, &has_row, error);
  if (head == NULL)
    return NULL;
  glance = g_new0 (CcRecordGlance, 1);
  glance->id = id;
  if (has_row)
    {
      glance->unit = find_unit (self->file->pack, cc_statement_text (head, 0));
      glance->agency = g_strdup (cc_statement_text (head, 1));
    }
  if (!cc_record_read_title (self->connection, id, &glance->title, error))
    g_clear_pointer (&glance, glance_free);
  return glance;
}

static gboolean
read_head (Reader *self, GError **error)
{
  CcRecordDetail *detail = self->detail;
  g_autoptr (CcStatement) head = NULL;
  gint64   source_row;
  gboolean has_row;

  head = ask_one (self->connection,
                  "SELECT r.state, r.basis, e.key, e.name, r.submission, s.received, r.source_row,"
                  " (SELECT m.cluster FROM membership m WHERE m.record = r.id"
                  "   AND m.to_act IS NULL)"
                  " FROM record r LEFT JOIN entity e ON e.id = r.entity"
                  " LEFT JOIN submission s ON s.id = r.submission WHERE r.id = ?1",
                  detail->record->id, &has_row, error);
  if (head == NULL)
    return FALSE;
  if (!has_row)
    return TRUE;
  detail->withdrawn = cc_statement_int64 (head, 0) != 0;
  detail->basis = (int) cc_statement_int64 (head, 1);
  detail->agency_key = g_strdup (cc_statement_text (head, 2));
  detail->agency = g_strdup (cc_statement_text (head, 3));
  detail->submission = cc_statement_int64 (head, 4);
  detail->received = cc_statement_int64 (head, 5);
  detail->cluster = cc_statement_int64 (head, 7);
  source_row = cc_statement_int64 (head, 6);
  if (source_row != 0)
    {
      g_autoptr (GPtrArray) rows = cc_parked_read_rows (self->connection, &source_row, 1, error);

      if (rows == NULL)
        return FALSE;
      if (rows->len > 0)
        detail->source = g_ptr_array_steal_index (rows, 0);
    }
  return TRUE;
}

static gboolean
read_same (Reader *self, GError **error)
{
  g_autoptr (GArray) ids = ask_ids (self->connection,
                                    "SELECT m.record FROM membership m WHERE m.cluster = ?1"
                                    " AND m.to_act IS NULL ORDER BY m.record",
                                    self->detail->cluster, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const gint64    id = g_array_index (ids, gint64, i);
      CcRecordGlance *glance;

      if (id == self->detail->record->id)
        continue;
      glance = read_glance (self, id, error);
      if (glance == NULL)
        return FALSE;
      g_ptr_array_add (self->detail->same, glance);
    }
  return ids != NULL;
}

static gboolean
read_pairs (Reader *self, GError **error)
{
  const gint64 record = self->detail->record->id;
  g_autoptr (GArray) pairs = ask_ids (self->connection,
                                      "SELECT id FROM proposal WHERE (a = ?1 OR b = ?1)"
                                      " AND state = 'open' ORDER BY weight DESC, id",
                                      record, error);

  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const gint64 pair = g_array_index (pairs, gint64, i);
      g_autoptr (CcStatement) sides = NULL;
      CcRecordGlance *glance;
      gboolean        has_row;
      gint64          a, b;

      sides = ask_one (self->connection, "SELECT a, b FROM proposal WHERE id = ?1", pair, &has_row,
                       error);
      if (sides == NULL)
        return FALSE;
      a = cc_statement_int64 (sides, 0);
      b = cc_statement_int64 (sides, 1);
      glance = read_glance (self, a == record ? b : a, error);
      if (glance == NULL)
        return FALSE;
      glance->pair = pair;
      g_ptr_array_add (self->detail->perhaps_same, glance);
    }
  return pairs != NULL;
}

static gboolean
read_findings (Reader *self, gint64 record, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row;

  rows = ask_one (self->connection,
                  "SELECT id, rule, source_row, submission, variable, value, severity, state"
                  " FROM finding WHERE record = ?1 AND state = 'open'"
                  " ORDER BY severity = 'note', severity = 'warning', id",
                  record, &has_row, error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      CcFinding *finding = g_new0 (CcFinding, 1);

      finding->id = cc_statement_int64 (rows, 0);
      finding->rule = g_strdup (cc_statement_text (rows, 1));
      finding->record = record;
      finding->source_row = cc_statement_int64 (rows, 2);
      finding->submission = cc_statement_int64 (rows, 3);
      finding->variable =
          cc_dictionary_find_variable (self->file->dictionary, cc_statement_int64 (rows, 4));
      finding->value = g_strdup (cc_statement_text (rows, 5));
      finding->severity = g_strdup (cc_statement_text (rows, 6));
      finding->state = g_strdup (cc_statement_text (rows, 7));
      g_ptr_array_add (self->detail->findings, finding);
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean read_parts (Reader *self, const CcUnit *parent, gint64 id, GError **error);

/* A place hangs on the event and on the victim in it. */
static gboolean
is_read (Reader *self, gint64 id)
{
  for (guint i = 0; i < self->detail->parts->len; i++)
    if (((CcRecordPart *) g_ptr_array_index (self->detail->parts, i))->record->id == id)
      return TRUE;
  return FALSE;
}

static gboolean
read_part (Reader *self, gint64 parent_id, gint64 id, GError **error)
{
  CcRecordPart *part = g_new0 (CcRecordPart, 1);

  g_ptr_array_add (self->detail->parts, part);
  part->record = cc_store_read_record (self->file, self->connection, id, error);
  if (part->record == NULL)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      const gint64  other = part->record->parents[i];
      const CcUnit *unit = part->record->unit;

      if (other == 0 || other == parent_id || other == self->detail->record->id
          || !cc_unit_is_clustered (cc_pack_find_unit (self->file->pack, unit->parents[i])))
        continue;
      part->other = read_glance (self, other, error);
      if (part->other == NULL)
        return FALSE;
    }
  return read_findings (self, id, error)
         && (cc_unit_is_clustered (part->record->unit)
             || read_parts (self, part->record->unit, id, error));
}

/* Live records of units whose parent this is: a person's, an event's, and those of its links. */
static gboolean
read_parts (Reader *self, const CcUnit *parent, gint64 id, GError **error)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->file->pack); i++)
    {
      const CcUnit    *unit = cc_pack_get_unit (self->file->pack, i);
      g_autofree char *sql = NULL;
      g_autoptr (GArray) ids = NULL;

      if (unit->parents == NULL || !cc_unit_has_table (self->file->pack, unit)
          || !g_strv_contains ((const char *const *) unit->parents, parent->name))
        continue;
      sql = g_strdup_printf ("SELECT u.record FROM \"%s\" u JOIN record r ON r.id = u.record"
                             " WHERE u.\"%s\" = ?1 AND r.state = 0 ORDER BY u.record LIMIT 200",
                             unit->name, parent->name);
      ids = ask_ids (self->connection, sql, id, error);
      if (ids == NULL)
        return FALSE;
      for (guint j = 0; j < ids->len; j++)
        if (!is_read (self, g_array_index (ids, gint64, j))
            && !read_part (self, id, g_array_index (ids, gint64, j), error))
          return FALSE;
    }
  return TRUE;
}

/**
 * Reads a record with its origin, its person, its parts and its findings. Not on the main loop of a
 * window.
 *
 * record: a victim, perpetrator or event, withdrawn ones too
 *
 * Returns: (transfer full): the detail; NULL with CC_ERROR_NOT_FOUND where there is no such record
 */
CcRecordDetail *
cc_record_detail_read (CcCaseFile *file, CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (CcRecordDetail) detail = g_new0 (CcRecordDetail, 1);
  Reader self = { file, connection, detail };

  g_return_val_if_fail (file != NULL && connection != NULL, NULL);
  detail->same = g_ptr_array_new_with_free_func (glance_free);
  detail->perhaps_same = g_ptr_array_new_with_free_func (glance_free);
  detail->parts = g_ptr_array_new_with_free_func (part_free);
  detail->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_free);
  detail->record = cc_store_read_record (file, connection, record, error);
  if (detail->record == NULL || !read_head (&self, error)
      || (detail->cluster != 0 && !read_same (&self, error)) || !read_pairs (&self, error)
      || !read_findings (&self, record, error)
      || !read_parts (&self, detail->record->unit, record, error))
    return NULL;
  return g_steal_pointer (&detail);
}

gint64
cc_record_locate (CcCaseFile    *file,
                  CcConnection  *connection,
                  gint64         record,
                  const CcUnit **unit,
                  GError       **error)
{
  g_autoptr (CcRecord) found = cc_store_read_record (file, connection, record, error);

  g_return_val_if_fail (unit != NULL, 0);
  if (found == NULL)
    return 0;
  *unit = found->unit;
  if (cc_unit_is_clustered (found->unit))
    return record;
  for (guint i = 0; i < 2; i++)
    if (found->parents[i] != 0)
      return cc_record_locate (file, connection, found->parents[i], unit, error);
  return 0;
}

gint64
cc_record_find_member (CcConnection *connection, gint64 cluster, GError **error)
{
  g_autoptr (GArray) ids = ask_ids (connection,
                                    "SELECT record FROM membership WHERE cluster = ?1"
                                    " AND to_act IS NULL ORDER BY record",
                                    cluster, error);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

gboolean
cc_act_withdraw_with_parts (CcAct *act, gint64 record, guint *n_parts, GError **error)
{
  g_autoptr (CcRecordDetail) detail =
      cc_record_detail_read (cc_act_get_file (act), cc_act_get_connection (act), record, error);
  guint    n = 0;
  gboolean event;

  if (detail == NULL)
    return FALSE;
  event = strcmp (detail->record->unit->name, "event") == 0;
  for (guint i = 0; i < detail->parts->len; i++)
    {
      const CcRecordPart *part = g_ptr_array_index (detail->parts, i);

      /* What hangs on a link to a person says what happened to the person. */
      if (event && (part->other != NULL || part->record->parents[0] != 0))
        continue;
      if (!cc_act_withdraw_record (act, part->record->id, error))
        return FALSE;
      n++;
    }
  if (n_parts != NULL)
    *n_parts = n;
  return cc_act_withdraw_record (act, record, error);
}
