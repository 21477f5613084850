/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-norm.h>

#include <string.h>

static void
bind_day (CcStatement *statement, int index, CcDay day)
{
  if (day != CC_DAY_NONE)
    cc_statement_bind_int64 (statement, index, day);
}

static void
bind_known (CcStatement *statement, int index, int number)
{
  if (number >= 0)
    cc_statement_bind_int64 (statement, index, number);
}

/* Columns that get nothing stay NULL: the statement's bindings were cleared before. */
static void
bind_columns (CcStatement *insert, int first, CcCaseFile *file, const CcValue *value)
{
  const CcVariable *variable = value->variable;

  if (variable->type == CC_VARIABLE_DATE && cc_value_keeps_text (value))
    cc_statement_bind_text (insert, first + 2, value->text);
  if (value->no_value != CC_NO_VALUE_NONE)
    {
      if (cc_value_is_code (variable))
        cc_statement_bind_int64 (insert, first, file->no_value_ids[value->no_value]);
      return;
    }
  switch (variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      cc_statement_bind_int64 (insert, first,
                               cc_dictionary_get_code (file->dictionary, value->code));
      break;
    case CC_VARIABLE_DATE:
      bind_day (insert, first, value->date.first);
      bind_day (insert, first + 1, value->date.last);
      break;
    case CC_VARIABLE_AGE:
      bind_known (insert, first, value->age_min);
      bind_known (insert, first + 1, value->age_max);
      bind_day (insert, first + 2, value->age_day);
      break;
    case CC_VARIABLE_INT:
    case CC_VARIABLE_REF:
      cc_statement_bind_int64 (insert, first, value->number);
      break;
    case CC_VARIABLE_TEXT:
      cc_statement_bind_text (insert, first, value->text);
      break;
    case CC_VARIABLE_MULTI:
    case CC_VARIABLE_IDENTIFIER:
    default:
      break;
    }
}

static void
bind_head (CcStatement *statement, const CcUnitPlan *plan, CcRecord *record)
{
  cc_statement_clear (statement);
  cc_statement_bind_int64 (statement, 1, record->id);
  for (guint i = 0; i < MIN (plan->n_parents, 2); i++)
    if (record->parents[i] != 0)
      cc_statement_bind_int64 (statement, 2 + (int) i, record->parents[i]);
}

/* One row for the question, one per code; the text belongs to the code "other". */
static gboolean
write_answer (CcAct *self, gint64 record, gint64 variable, const CcValue *value, GError **error)
{
  CcStatement *answer = cc_act_statement (self, CC_SQL_INSERT_ANSWER, error);
  CcStatement *multi = answer != NULL ? cc_act_statement (self, CC_SQL_INSERT_MULTI, error) : NULL;
  const char  *text = cc_value_keeps_text (value) ? value->text : NULL;

  if (multi == NULL)
    return FALSE;
  cc_statement_bind_int64 (answer, 1, record);
  cc_statement_bind_int64 (answer, 2, variable);
  if (value->complete >= 0)
    cc_statement_bind_int64 (answer, 3, value->complete);
  else
    cc_statement_bind_null (answer, 3);
  if (!cc_statement_run (answer, error))
    return FALSE;
  for (guint i = 0; i < value->codes->len; i++)
    {
      const CcCode *code = g_ptr_array_index (value->codes, i);

      cc_statement_bind_int64 (multi, 1, record);
      cc_statement_bind_int64 (multi, 2, variable);
      cc_statement_bind_int64 (multi, 3, cc_dictionary_get_code (self->file->dictionary, code));
      cc_statement_bind_int64 (multi, 4, i);
      cc_statement_bind_text (multi, 5, strcmp (code->code, "_O") == 0 ? text : NULL);
      if (!cc_statement_run (multi, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_identifier (CcAct *self, gint64 record, int seq, const CcValue *value, GError **error)
{
  CcStatement     *insert = cc_act_statement (self, CC_SQL_INSERT_IDENTIFIER, error);
  g_autofree char *norm = cc_norm_make (value->text);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, record);
  cc_statement_bind_text (insert, 2, value->variable->name);
  cc_statement_bind_int64 (insert, 3, seq);
  cc_statement_bind_text (insert, 4, value->text);
  cc_statement_bind_text (insert, 5, norm);
  return cc_statement_run (insert, error);
}

static gboolean
write_no_value (CcAct *self, gint64 record, gint64 variable, CcNoValue kind, GError **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_NO_VALUE, error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, record);
  cc_statement_bind_int64 (insert, 2, variable);
  cc_statement_bind_text (insert, 3, cc_no_value_letter (kind));
  return cc_statement_run (insert, error);
}

static gboolean
write_extra (CcAct *self, gint64 record, gint64 variable, const char *text, GError **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_EXTRA, error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, record);
  cc_statement_bind_int64 (insert, 2, variable);
  cc_statement_bind_int64 (insert, 3, 0);
  cc_statement_bind_text (insert, 4, text);
  return cc_statement_run (insert, error);
}

void
cc_value_count_rows (const CcValue *value, guint n[CC_N_AROUND])
{
  const CcVariable *variable = value->variable;
  const gboolean    multi = variable->type == CC_VARIABLE_MULTI;
  const gboolean    none = value->no_value != CC_NO_VALUE_NONE;

  if (variable->storage == CC_STORAGE_IDENTIFIER && !none)
    {
      n[CC_AROUND_IDENTIFIER]++;
      return;
    }
  if (multi && !none)
    {
      n[CC_AROUND_ANSWER]++;
      n[CC_AROUND_MULTI_VALUE] += value->codes->len;
    }
  n[CC_AROUND_NO_VALUE] += none && !cc_value_is_code (variable);
  /* A date's text has its column, a text is its own, an answer's text stands beside its code. */
  n[CC_AROUND_EXTRA_VALUE] += cc_value_keeps_text (value) && variable->type != CC_VARIABLE_DATE
                              && (none || (!multi && variable->type != CC_VARIABLE_TEXT));
}

/* What of a value stands outside the unit's table. */
static gboolean
write_rows (CcAct *self, gint64 record, int seq, const CcValue *value, GError **error)
{
  const gint64 id = cc_dictionary_get_variable (self->file->dictionary, value->variable);
  guint        n[CC_N_AROUND] = { 0 };

  cc_value_count_rows (value, n);
  if (n[CC_AROUND_IDENTIFIER] > 0)
    return write_identifier (self, record, seq, value, error);
  return (n[CC_AROUND_ANSWER] == 0 || write_answer (self, record, id, value, error))
         && (n[CC_AROUND_NO_VALUE] == 0
             || write_no_value (self, record, id, value->no_value, error))
         && (n[CC_AROUND_EXTRA_VALUE] == 0 || write_extra (self, record, id, value->text, error));
}

static gboolean
check_value (CcAct            *self,
             const CcUnitPlan *plan,
             const CcValue    *value,
             const CcValue    *before,
             GError          **error)
{
  const CcVariable *variable = value->variable;
  const char       *problem = NULL;

  if (strcmp (variable->unit, plan->unit->name) != 0)
    problem = "belongs to another unit";
  else if (variable->storage != CC_STORAGE_COLUMN && variable->storage != CC_STORAGE_ANSWER
           && variable->storage != CC_STORAGE_IDENTIFIER)
    problem = "is computed or belongs to the delivery, and is not stored";
  else if (cc_dictionary_get_variable (self->file->dictionary, variable) == 0)
    problem = "is not known in this case file";
  else if (before != NULL && before->variable == variable
           && (variable->storage != CC_STORAGE_IDENTIFIER || value->no_value != CC_NO_VALUE_NONE))
    problem = "is stated twice";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "A record of unit “%s” cannot be stored: variable %s %s. Nothing was changed.",
               plan->unit->name, variable->id, problem);
  return FALSE;
}

/* Writes the unit's row and what stands around it. record->id is set. */
gboolean
cc_act_write_values (CcAct            *self,
                     const CcUnitPlan *plan,
                     CcRecord         *record,
                     GPtrArray        *stated,
                     GError          **error)
{
  CcStatement   *insert = cc_writer_get_insert (self->writer, plan, error);
  const CcValue *before = NULL;
  int            seq = 0;

  if (insert == NULL)
    return FALSE;
  bind_head (insert, plan, record);
  for (guint i = 0; i < stated->len; i++)
    {
      const CcValue *value = g_ptr_array_index (stated, i);

      if (!check_value (self, plan, value, before, error))
        return FALSE;
      if (plan->first[value->variable->index] != 0)
        bind_columns (insert, plan->first[value->variable->index], self->file, value);
      seq = before != NULL && before->variable == value->variable ? seq + 1 : 0;
      if (!write_rows (self, record->id, seq, value, error))
        return FALSE;
      before = value;
    }
  return cc_statement_run (insert, error);
}

gboolean
cc_store_match_row (CcCaseFile       *file,
                    CcStatement      *match,
                    const CcUnitPlan *plan,
                    CcRecord         *record,
                    GPtrArray        *stated,
                    gboolean         *matches,
                    GError          **error)
{
  gboolean ok;

  bind_head (match, plan, record);
  for (guint i = 0; i < stated->len; i++)
    {
      const CcValue *value = g_ptr_array_index (stated, i);

      if (plan->first[value->variable->index] != 0)
        bind_columns (match, plan->first[value->variable->index], file, value);
    }
  ok = cc_statement_step (match, matches, error);
  cc_statement_reset (match);
  return ok;
}

/* Takes away what cc_act_write_values () wrote. */
gboolean
cc_act_clear_values (CcAct *self, const CcUnitPlan *plan, gint64 record, GError **error)
{
  static const CcSql deletes[] = { CC_SQL_DELETE_ANSWER, CC_SQL_DELETE_MULTI,
                                   CC_SQL_DELETE_NO_VALUE, CC_SQL_DELETE_EXTRA,
                                   CC_SQL_DELETE_IDENTIFIER };
  g_autoptr (CcStatement) row = cc_connection_prepare (self->connection, plan->delete_sql, error);

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (deletes); i++)
    {
      CcStatement *statement = cc_act_statement (self, deletes[i], error);

      if (statement == NULL)
        return FALSE;
      cc_statement_bind_int64 (statement, 1, record);
      if (!cc_statement_run (statement, error))
        return FALSE;
    }
  cc_statement_bind_int64 (row, 1, record);
  return cc_statement_run (row, error);
}
