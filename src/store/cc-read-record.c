/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-stream-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

typedef struct
{
  CcCaseFile   *file;
  CcConnection *connection;
  CcRecord     *record;
  gboolean      odd; /* a row is not as the program writes it */
} Reader;

static CcValue *
find_or_add (CcRecord *record, const CcVariable *variable)
{
  CcValue *value = cc_record_find (record, variable->id);

  return value != NULL ? value : cc_record_add (record, variable);
}

static CcDay
read_day (CcStatement *statement, int column)
{
  return cc_statement_is_null (statement, column) ? CC_DAY_NONE
                                                  : (CcDay) cc_statement_int64 (statement, column);
}

static int
read_known (CcStatement *statement, int column)
{
  return cc_statement_is_null (statement, column) ? -1
                                                  : (int) cc_statement_int64 (statement, column);
}

static void
read_code (Reader *self, CcStatement *row, int column, const CcVariable *variable)
{
  const CcCode *code =
      cc_dictionary_find_code (self->file->dictionary, cc_statement_int64 (row, column));
  CcValue *value;

  if (code == NULL)
    return;
  value = cc_record_add (self->record, variable);
  value->no_value =
      strcmp (code->list, "_NOVALUE") == 0 ? cc_no_value_from_code (code->code) : CC_NO_VALUE_NONE;
  if (value->no_value == CC_NO_VALUE_NONE)
    value->code = code;
}

/* One variable's columns; all NULL means that nothing was said. */
static void
read_columns (Reader *self, CcStatement *row, int column, const CcVariable *variable)
{
  gboolean any = FALSE;
  CcValue *value;

  for (guint i = 0; i < cc_variable_get_n_columns (variable); i++)
    any = any || !cc_statement_is_null (row, column + (int) i);
  if (!any)
    return;
  if (cc_value_is_code (variable))
    {
      read_code (self, row, column, variable);
      return;
    }
  value = cc_record_add (self->record, variable);
  switch (variable->type)
    {
    case CC_VARIABLE_DATE:
      value->date.first = read_day (row, column);
      value->date.last = read_day (row, column + 1);
      value->text = g_strdup (cc_statement_text (row, column + 2));
      break;
    case CC_VARIABLE_AGE:
      value->age_min = read_known (row, column);
      value->age_max = read_known (row, column + 1);
      value->age_day = read_day (row, column + 2);
      break;
    case CC_VARIABLE_TEXT:
      value->text = g_strdup (cc_statement_text (row, column));
      break;
    default:
      value->number = cc_statement_int64 (row, column);
      break;
    }
}

/* select: of the unit's plan */
static gboolean
read_unit_row (Reader *self, const CcUnitPlan *plan, CcStatement *select, gint64 id, GError **error)
{
  gboolean has_row;

  cc_statement_bind_int64 (select, 1, id);
  if (!cc_statement_step (select, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  for (guint i = 0; i < MIN (plan->n_parents, 2); i++)
    self->record->parents[i] = cc_statement_int64 (select, 1 + (int) i);
  for (guint i = 0; i < plan->variables->len; i++)
    {
      const CcVariable *variable = g_ptr_array_index (plan->variables, i);

      read_columns (self, select, plan->first[variable->index] - 1, variable);
    }
  return TRUE;
}

static gboolean
find_unit_row (Reader *self, gint64 id, GError **error)
{
  const CcUnitPlan *plan = cc_case_file_find_plan (self->file, self->record->unit, error);
  g_autoptr (CcStatement) row = NULL;

  if (plan == NULL)
    return FALSE;
  row = cc_connection_prepare (self->connection, plan->select_sql, error);
  return row != NULL && read_unit_row (self, plan, row, id, error);
}

/* Calls back for each row about this record. */
static gboolean
for_rows (Reader     *self,
          const char *sql,
          gint64      id,
          void (*read) (Reader *self, CcStatement *row),
          GError **error)
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
        read (self, rows);
    }
  return TRUE;
}

static const CcVariable *
find_variable (Reader *self, CcStatement *row)
{
  return cc_dictionary_find_variable (self->file->dictionary, cc_statement_int64 (row, 0));
}

static void
read_no_value (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);
  const CcNoValue   no_value = cc_no_value_from_letter (cc_statement_text (row, 1));

  if (variable != NULL)
    find_or_add (self->record, variable)->no_value = no_value;
  self->odd = self->odd || variable == NULL
              || g_strcmp0 (cc_no_value_letter (no_value), cc_statement_text (row, 1)) != 0;
}

static void
read_answer (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);

  if (variable != NULL)
    find_or_add (self->record, variable)->complete = read_known (row, 1);
  self->odd = self->odd || variable == NULL;
}

/* The text belongs to the code "other". */
static gboolean
is_text_odd (const CcCode *code, const char *text)
{
  return text != NULL && (*text == '\0' || strcmp (code->code, "_O") != 0);
}

/* text, seq: the columns they stand in; seq 0: it was not read */
static void
add_multi (Reader *self, CcStatement *row, int text, int seq)
{
  const CcVariable *variable = find_variable (self, row);
  const CcCode     *code =
      cc_dictionary_find_code (self->file->dictionary, cc_statement_int64 (row, 1));
  CcValue *value;

  if (variable == NULL || code == NULL || variable->type != CC_VARIABLE_MULTI)
    {
      self->odd = TRUE;
      return;
    }
  value = find_or_add (self->record, variable);
  self->odd = self->odd || is_text_odd (code, cc_statement_text (row, text))
              || (seq != 0 && cc_statement_int64 (row, seq) != value->codes->len);
  g_ptr_array_add (value->codes, (gpointer) code);
  if (value->text == NULL)
    value->text = g_strdup (cc_statement_text (row, text));
}

static void
read_multi (Reader *self, CcStatement *row)
{
  add_multi (self, row, 2, 0);
}

static void
read_multi_in_stream (Reader *self, CcStatement *row)
{
  add_multi (self, row, 3, 4);
}

static void
read_extra (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);
  const char       *text = cc_statement_text (row, 1);
  CcValue          *value;

  self->odd = self->odd || variable == NULL || text == NULL;
  if (variable == NULL)
    return;
  value = find_or_add (self->record, variable);
  self->odd = self->odd || value->text != NULL;
  if (value->text == NULL)
    value->text = g_strdup (text);
}

static void
read_identifier (Reader *self, CcStatement *row)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (self->file->pack, self->record->unit->name,
                                  cc_statement_text (row, 0));

  if (variable != NULL)
    cc_record_add (self->record, variable)->text = g_strdup (cc_statement_text (row, 1));
  else
    self->odd = TRUE;
}

static const CcUnit *
find_unit (CcCaseFile *file, const char *abbr)
{
  for (guint i = 0; abbr != NULL && i < cc_pack_get_n_units (file->pack); i++)
    if (strcmp (cc_pack_get_unit (file->pack, i)->abbr, abbr) == 0)
      return cc_pack_get_unit (file->pack, i);
  return NULL;
}

static CcRecord *
read_head (CcCaseFile *file, CcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CcStatement) head = NULL;
  gboolean      has_row;
  const CcUnit *unit;
  CcRecord     *record;
  gconstpointer uuid;
  gsize         size;

  head = cc_connection_prepare (connection, "SELECT unit, uuid FROM record WHERE id = ?1", error);
  if (head == NULL)
    return NULL;
  cc_statement_bind_int64 (head, 1, id);
  if (!cc_statement_step (head, &has_row, error))
    return NULL;
  unit = has_row ? find_unit (file, cc_statement_text (head, 0)) : NULL;
  if (unit == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "Record %" G_GINT64_FORMAT " is not in this case file.", id);
      return NULL;
    }
  record = cc_record_new (unit);
  record->id = id;
  uuid = cc_statement_blob (head, 1, &size);
  if (size == sizeof record->uuid)
    memcpy (record->uuid, uuid, size);
  return record;
}

/**
 * Reads a record back as its source stated it, withdrawn ones too.
 *
 * Returns: (transfer full): the record; NULL with CC_ERROR_NOT_FOUND where there is none
 */
CcRecord *
cc_store_read_record (CcCaseFile *file, CcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CcRecord) record = NULL;
  Reader self = { file, connection, NULL, FALSE };

  g_return_val_if_fail (file != NULL && connection != NULL, NULL);
  record = read_head (file, connection, id, error);
  if (record == NULL)
    return NULL;
  self.record = record;
  if (!find_unit_row (&self, id, error)
      || !for_rows (&self, "SELECT variable, kind FROM no_value WHERE record = ?1", id,
                    read_no_value, error)
      || !for_rows (&self, "SELECT variable, complete FROM answer WHERE record = ?1", id,
                    read_answer, error)
      || !for_rows (&self,
                    "SELECT variable, code, text FROM multi_value WHERE record = ?1"
                    " ORDER BY variable, seq",
                    id, read_multi, error)
      || !for_rows (&self, "SELECT variable, value FROM extra_value WHERE record = ?1 AND seq = 0",
                    id, read_extra, error)
      || !for_rows (&self,
                    "SELECT kind, value FROM identifier WHERE record = ?1 ORDER BY kind, seq", id,
                    read_identifier, error))
    return NULL;
  return g_steal_pointer (&record);
}

/* Returns: the record's id, 0 where no record has that UUID or an error is set */
gint64
cc_store_find_uuid (CcConnection *connection, const guint8 uuid[16], GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT id FROM record WHERE uuid = ?1", error);
  gboolean has_row;

  if (find == NULL)
    return 0;
  cc_statement_bind_blob (find, 1, uuid, 16);
  if (!cc_statement_step (find, &has_row, error) || !has_row)
    return 0;
  return cc_statement_int64 (find, 0);
}

/* Texts beside a value are one each. */
static void
read_extra_in_stream (Reader *self, CcStatement *row)
{
  if (cc_statement_int64 (row, 3) == 0)
    read_extra (self, row);
  else
    self->odd = TRUE;
}

/* Of one kind, counted from 0. */
static void
read_identifier_in_stream (Reader *self, CcStatement *row)
{
  const char *kind = cc_statement_text (row, 0);
  gint64      before = 0;

  for (guint i = 0; i < self->record->values->len; i++)
    {
      const CcValue *value = g_ptr_array_index (self->record->values, i);

      before += value->variable->storage == CC_STORAGE_IDENTIFIER
                && g_strcmp0 (value->variable->name, kind) == 0
                && value->no_value == CC_NO_VALUE_NONE;
    }
  self->odd = self->odd || before != cc_statement_int64 (row, 3);
  read_identifier (self, row);
}

/* The tables around the units' own, each read once in the order of the records. */
static const struct
{
  const char *sql; /* as in cc_store_read_record (), the record in the third column */
  void (*read) (Reader *self, CcStatement *row);
} around[CC_N_AROUND] = {
  [CC_AROUND_NO_VALUE] = { "SELECT variable, kind, record FROM no_value ORDER BY record, variable",
                           read_no_value },
  [CC_AROUND_ANSWER] = { "SELECT variable, complete, record FROM answer ORDER BY record, variable",
                         read_answer },
  [CC_AROUND_MULTI_VALUE] = { "SELECT variable, code, record, text, seq FROM multi_value"
                              " ORDER BY record, variable, seq",
                              read_multi_in_stream },
  [CC_AROUND_EXTRA_VALUE] = { "SELECT variable, value, record, seq FROM extra_value"
                              " ORDER BY record, variable, seq",
                              read_extra_in_stream },
  [CC_AROUND_IDENTIFIER] = { "SELECT kind, value, record, seq FROM identifier"
                             " ORDER BY record, kind, seq",
                             read_identifier_in_stream },
};

#define RECORD_COLUMN 2

struct _CcRecordStream
{
  Reader           reader;
  CcStatement     *heads;
  CcStatement     *rows[CC_N_AROUND];
  gboolean         has_row[CC_N_AROUND];
  CcStatement    **units; /* by the unit's index; prepared when the first record of it comes */
  CcStreamedRecord current;
};

void
cc_record_stream_free (CcRecordStream *self)
{
  if (self == NULL)
    return;
  cc_record_free (self->current.record);
  for (guint i = 0; i < CC_N_AROUND; i++)
    g_clear_pointer (&self->rows[i], cc_statement_release);
  for (guint i = 0; i < cc_pack_get_n_units (self->reader.file->pack); i++)
    g_clear_pointer (&self->units[i], cc_statement_release);
  g_clear_pointer (&self->heads, cc_statement_release);
  g_free (self->units);
  g_free (self);
}

CcRecordStream *
cc_record_stream_new (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (CcRecordStream) self = g_new0 (CcRecordStream, 1);

  self->reader = (Reader){ file, connection, NULL, FALSE };
  self->units = g_new0 (CcStatement *, cc_pack_get_n_units (file->pack));
  self->heads = cc_connection_prepare (connection,
                                       "SELECT id, unit, uuid, entity, submission, source_row,"
                                       " state, digest, basis FROM record ORDER BY id",
                                       error);
  if (self->heads == NULL)
    return NULL;
  for (guint i = 0; i < CC_N_AROUND; i++)
    {
      self->rows[i] = cc_connection_prepare (connection, around[i].sql, error);
      if (self->rows[i] == NULL || !cc_statement_step (self->rows[i], &self->has_row[i], error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/* Rows before those of `id` belong to no record. */
static gboolean
read_around (CcRecordStream *self, guint which, gint64 id, GError **error)
{
  CcStatement *rows = self->rows[which];

  while (self->has_row[which] && cc_statement_int64 (rows, RECORD_COLUMN) <= id)
    {
      if (cc_statement_int64 (rows, RECORD_COLUMN) < id)
        self->current.strays++;
      else if (self->reader.record != NULL)
        {
          self->current.n_rows[which]++;
          around[which].read (&self->reader, rows);
        }
      if (!cc_statement_step (rows, &self->has_row[which], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_unit (CcRecordStream *self, gint64 id, GError **error)
{
  const CcUnitPlan *plan =
      cc_case_file_find_plan (self->reader.file, self->reader.record->unit, error);
  CcStatement **select = plan != NULL ? &self->units[plan->index] : NULL;
  gboolean      ok;

  if (plan == NULL)
    return FALSE;
  if (*select == NULL)
    *select = cc_connection_prepare (self->reader.connection, plan->select_sql, error);
  if (*select == NULL)
    return FALSE;
  ok = read_unit_row (&self->reader, plan, *select, id, error);
  cc_statement_reset (*select);
  return ok;
}

gboolean
cc_record_stream_next (CcRecordStream *self, CcStreamedRecord **record, GError **error)
{
  CcStreamedRecord *current = &self->current;
  const CcUnit     *unit;
  gboolean          has_row;

  g_clear_pointer (&current->record, cc_record_free);
  memset (current->n_rows, 0, sizeof current->n_rows);
  self->reader.record = NULL;
  self->reader.odd = FALSE;
  *record = NULL;
  if (!cc_statement_step (self->heads, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      for (guint i = 0; i < CC_N_AROUND; i++)
        if (!read_around (self, i, G_MAXINT64, error))
          return FALSE;
      return TRUE;
    }
  current->id = cc_statement_int64 (self->heads, 0);
  current->unit = cc_statement_text (self->heads, 1);
  current->uuid = cc_statement_blob (self->heads, 2, &current->uuid_size);
  current->entity = cc_statement_int64 (self->heads, 3);
  current->submission = cc_statement_int64 (self->heads, 4);
  current->source_row = cc_statement_int64 (self->heads, 5);
  current->state = cc_statement_int64 (self->heads, 6);
  current->digest = cc_statement_blob (self->heads, 7, &current->digest_size);
  current->basis = cc_statement_int64 (self->heads, 8);
  unit = find_unit (self->reader.file, current->unit);
  if (unit != NULL)
    {
      current->record = cc_record_new (unit);
      current->record->id = current->id;
      self->reader.record = current->record;
      if (!read_unit (self, current->id, error))
        return FALSE;
    }
  for (guint i = 0; i < CC_N_AROUND; i++)
    if (!read_around (self, i, current->id, error))
      return FALSE;
  current->odd = self->reader.odd;
  *record = current;
  return TRUE;
}

CcSealBond
cc_record_stream_get_bond (const CcStreamedRecord *streamed)
{
  return (CcSealBond){ .uuid = streamed->uuid,
                       .unit = streamed->unit,
                       .entity = streamed->entity,
                       .submission = streamed->submission,
                       .source_row = streamed->source_row,
                       .basis = streamed->basis,
                       .content = streamed->digest,
                       .size = streamed->digest_size };
}

gint64
cc_record_stream_get_strays (CcRecordStream *self)
{
  return self->current.strays;
}
