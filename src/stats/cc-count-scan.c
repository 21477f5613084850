/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <string.h>

/* A reader that sees the case file as it is now until it is given back: the cells of a table, its
 * totals and its bounds come from several queries, and an import may commit between two of them. */
CcConnection *
cc_stats_begin (CcCaseFile *file, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (file, error);

  if (connection && !cc_connection_execute (connection, "BEGIN", error))
    {
      cc_case_file_release_reader (file, connection);
      return NULL;
    }
  return connection;
}

CcConnection *
cc_stats_acquire (CcCaseFile *file, GError **error)
{
  CcConnection *connection = cc_stats_begin (file, error);

  if (connection && !cc_facts_need_made (file, connection, error))
    {
      cc_stats_release (file, connection);
      return NULL;
    }
  return connection;
}

/* Ends the view and gives the reader back. A reader has written nothing, so nothing can be lost. */
void
cc_stats_release (CcCaseFile *file, CcConnection *connection)
{
  cc_connection_execute (connection, "ROLLBACK", NULL);
  cc_case_file_release_reader (file, connection);
}

/* Persons and cases: one pass over the counting cache. */
static gboolean
scan_cache (const CcCountPlan *self,
            CcFactFunc         func,
            gpointer           data,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (CcFactReader) reader =
      cc_fact_reader_new (self->fields, self->connection, self->codes, self->kind, self->used,
                          self->rows, 0, error);
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (CcArena) kept = cc_arena_new ();
  CcFact *fact = cc_fact_new (kept, self->fields, self->kind);
  guint   n = 0;

  while (reader)
    {
      gboolean found;

      cc_arena_reset (arena);
      if (++n % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!cc_fact_reader_next (reader, fact, arena, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (cc_count_is_known (self, fact->id) && !func (fact, data, error))
        return FALSE;
    }
  return FALSE;
}

/* Registrations: each victim record derived on its own. */
static gboolean
scan_records (const CcCountPlan *self,
              CcFactFunc         func,
              gpointer           data,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr (CcFactLoader) loader =
      cc_fact_loader_new (self->derive, self->codes, self->file, self->connection, self->kind,
                          CC_LOAD_RECORDS, 0, error);
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (CcSourceSet) set = cc_source_set_new (self->kind, self->country);

  while (loader)
    {
      gboolean found;
      CcFact  *fact;

      cc_arena_reset (arena);
      cc_source_set_clear (set);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cc_fact_loader_next (loader, set, arena, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      fact = cc_derive (self->derive, set, arena, cc_code_map_find_entity, self->codes);
      if (cc_count_is_known (self, fact->id) && !func (fact, data, error))
        return FALSE;
    }
  return FALSE;
}

/* Hands each fact that the table may count to @func. */
gboolean
cc_count_scan (const CcCountPlan *self,
               CcFactFunc         func,
               gpointer           data,
               GCancellable      *cancellable,
               GError           **error)
{
  if (self->table->public.count == CC_COUNT_RETURNS)
    return cc_count_scan_returns (self, func, data, error);
  if (self->table->public.count == CC_COUNT_REGISTRATIONS)
    return scan_records (self, func, data, cancellable, error);
  return scan_cache (self, func, data, cancellable, error);
}

static void
set_text (const CcCountPlan *self,
          CcFact            *fact,
          const char        *name,
          CcStatement       *row,
          int                column,
          CcArena           *arena)
{
  const CcField *field = cc_fields_find (self->fields, CC_KIND_RETURN, name);
  const char    *text = cc_statement_text (row, column);

  if (!field || field->type != CC_VALUE_TEXT || !text)
    return;
  fact->values[field->index].u.text = strcpy (cc_arena_alloc (arena, strlen (text) + 1), text);
  fact->values[field->index].n = 1;
}

static void
set_code (const CcCountPlan *self, CcFact *fact, const char *name, CcStatement *row, int column)
{
  const CcField *field = cc_fields_find (self->fields, CC_KIND_RETURN, name);
  guint          code = cc_code_map_find (self->codes, cc_statement_int64 (row, column));

  if (!field || field->type != CC_VALUE_CODE || !code)
    return;
  fact->values[field->index].u.code = code - 1;
  fact->values[field->index].n = 1;
}

/* A code that the query names by its handle. */
static void
set_handle (const CcCountPlan *self, CcFact *fact, const char *name, const char *handle)
{
  const CcField *field = cc_fields_find (self->fields, CC_KIND_RETURN, name);

  for (guint i = 0; handle && field && field->codes && i < field->codes->len; i++)
    {
      const CcCode *code = field->codes->pdata[i];

      if (g_strcmp0 (cc_pack_roll_up (self->fields->pack, "handle", code->list, code->code), handle)
          == 0)
        {
          fact->values[field->index].u.code = code->index;
          fact->values[field->index].n = 1;
        }
    }
}

static void
set_number (const CcCountPlan *self, CcFact *fact, const char *name, CcStatement *row, int column)
{
  const CcField *field = cc_fields_find (self->fields, CC_KIND_RETURN, name);

  if (!field || field->type != CC_VALUE_INT || cc_statement_is_null (row, column))
    return;
  fact->values[field->index].u.number = cc_statement_int64 (row, column);
  fact->values[field->index].n = 1;
}

static void
set_date (const CcCountPlan *self, CcFact *fact, const char *name, CcStatement *row, int column)
{
  const CcField *field = cc_fields_find (self->fields, CC_KIND_RETURN, name);

  if (!field || cc_statement_is_null (row, column))
    return;
  fact->values[field->index].u.date = cc_interval_day ((CcDay) cc_statement_int64 (row, column));
  fact->values[field->index].n = 1;
}

/* Deliveries, nil returns and returns that are owed and did not come. */
gboolean
cc_count_scan_returns (const CcCountPlan *self, CcFactFunc func, gpointer data, GError **error)
{
  g_autoptr (CcStatement) row = cc_connection_prepare (
      self->connection,
      "SELECT id, agency, agency_type, agency_region, period_from, period_to, received, mode, rows,"
      " accepted, rejected, contact FROM q_return ORDER BY agency, period_from, id",
      error);
  g_autoptr (CcArena) arena = cc_arena_new ();

  while (row)
    {
      gboolean has_row;
      CcFact  *fact;

      cc_arena_reset (arena);
      if (!cc_statement_step (row, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      fact = cc_fact_new (arena, self->fields, CC_KIND_RETURN);
      fact->id = cc_statement_int64 (row, 0);
      set_text (self, fact, "agency", row, 1, arena);
      set_code (self, fact, "agency-type", row, 2);
      set_code (self, fact, "agency-region", row, 3);
      set_date (self, fact, "period-from", row, 4);
      set_date (self, fact, "period-to", row, 5);
      set_handle (self, fact, "received", cc_statement_text (row, 6));
      set_handle (self, fact, "mode", cc_statement_text (row, 7));
      set_number (self, fact, "rows", row, 8);
      set_number (self, fact, "accepted", row, 9);
      set_number (self, fact, "rejected", row, 10);
      set_text (self, fact, "contact", row, 11, arena);
      /* A return that did not come has no number: who was asked says whose it is. */
      if (self->known && fact->id == 0
              ? !g_strv_contains (self->options->agencies, cc_statement_text (row, 1))
              : !cc_count_is_known (self, fact->id))
        continue;
      if (!func (fact, data, error))
        return FALSE;
    }
  return FALSE;
}
