/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

typedef struct
{
  CcCaseFile   *file;
  CcConnection *connection;
  CcRecord     *record;
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

static gboolean
read_unit_row (Reader *self, gint64 id, GError **error)
{
  const CcUnitPlan *plan = cc_case_file_find_plan (self->file, self->record->unit, error);
  g_autoptr (CcStatement) row = NULL;
  gboolean has_row;

  if (plan == NULL)
    return FALSE;
  row = cc_connection_prepare (self->connection, plan->select_sql, error);
  if (row == NULL)
    return FALSE;
  cc_statement_bind_int64 (row, 1, id);
  if (!cc_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  for (guint i = 0; i < MIN (plan->n_parents, 2); i++)
    self->record->parents[i] = cc_statement_int64 (row, 1 + (int) i);
  for (guint i = 0; i < plan->variables->len; i++)
    {
      const CcVariable *variable = g_ptr_array_index (plan->variables, i);

      read_columns (self, row, plan->first[variable->index] - 1, variable);
    }
  return TRUE;
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

  if (variable != NULL)
    find_or_add (self->record, variable)->no_value =
        cc_no_value_from_letter (cc_statement_text (row, 1));
}

static void
read_answer (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);

  if (variable != NULL)
    find_or_add (self->record, variable)->complete = read_known (row, 1);
}

static void
read_multi (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);
  const CcCode     *code =
      cc_dictionary_find_code (self->file->dictionary, cc_statement_int64 (row, 1));
  CcValue *value;

  if (variable == NULL || code == NULL || variable->type != CC_VARIABLE_MULTI)
    return;
  value = find_or_add (self->record, variable);
  g_ptr_array_add (value->codes, (gpointer) code);
  if (value->text == NULL)
    value->text = g_strdup (cc_statement_text (row, 2));
}

static void
read_extra (Reader *self, CcStatement *row)
{
  const CcVariable *variable = find_variable (self, row);
  CcValue          *value;

  if (variable == NULL)
    return;
  value = find_or_add (self->record, variable);
  if (value->text == NULL)
    value->text = g_strdup (cc_statement_text (row, 1));
}

static void
read_identifier (Reader *self, CcStatement *row)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (self->file->pack, self->record->unit->name,
                                  cc_statement_text (row, 0));

  if (variable != NULL)
    cc_record_add (self->record, variable)->text = g_strdup (cc_statement_text (row, 1));
}

static CcRecord *
read_head (CcCaseFile *file, CcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CcStatement) head = NULL;
  gboolean      has_row;
  const CcUnit *unit = NULL;
  CcRecord     *record;
  gconstpointer uuid;
  gsize         size;

  head = cc_connection_prepare (connection, "SELECT unit, uuid FROM record WHERE id = ?1", error);
  if (head == NULL)
    return NULL;
  cc_statement_bind_int64 (head, 1, id);
  if (!cc_statement_step (head, &has_row, error))
    return NULL;
  for (guint i = 0; has_row && i < cc_pack_get_n_units (file->pack); i++)
    if (strcmp (cc_pack_get_unit (file->pack, i)->abbr, cc_statement_text (head, 0)) == 0)
      unit = cc_pack_get_unit (file->pack, i);
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
  Reader self = { file, connection, NULL };

  g_return_val_if_fail (file != NULL && connection != NULL, NULL);
  record = read_head (file, connection, id, error);
  if (record == NULL)
    return NULL;
  self.record = record;
  if (!read_unit_row (&self, id, error)
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
