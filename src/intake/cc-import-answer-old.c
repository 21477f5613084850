/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-answer-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/* What the rows of the first delivery were: their keys are made again, in the order in which they
 * were read then, so that a touched row is the same person as before. */

typedef struct
{
  CcImportJob *job;
  GHashTable  *tables; /* CcInspectTable to a CcImportTable of its own, for ditto marks */
} Old;

static CcAnswerSheet *
find_sheet (CcImportJob *job, const char *original)
{
  for (guint i = 0; i < job->answer->sheets->len; i++)
    {
      CcAnswerSheet *sheet = job->answer->sheets->pdata[i];

      if (g_str_equal (sheet->known->original, original))
        return sheet;
    }
  return NULL;
}

static CcAnswerWas *
find_was (CcAnswerSheet *sheet, guint row)
{
  guint low = 0, high = sheet->was->len;

  while (low < high)
    {
      const guint  middle = low + (high - low) / 2;
      CcAnswerWas *was = sheet->was->pdata[middle];

      if (was->row == row)
        return was;
      if (was->row < row)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* The table that a row was of: the tables of a sheet stand in the order of their headers. */
static CcImportTable *
find_table (Old *old, const CcAnswerSheet *sheet, guint row)
{
  CcImportJob          *job = old->job;
  const CcInspectTable *found = NULL;
  CcImportTable        *table;
  guint                 header = 0, n_headers = 0;

  for (guint i = 0; i < sheet->was->len; i++)
    {
      const CcAnswerWas *was = sheet->was->pdata[i];

      if (was->row >= row)
        break;
      if (was->header)
        n_headers += n_headers == 0 || was->row != header + 1;
      header = was->header ? was->row : header;
    }
  for (guint n = 0; n < MAX (n_headers, 1); n++)
    {
      const CcInspectTable *next = NULL;

      for (guint i = 0; i < job->inspection->tables->len; i++)
        {
          const CcInspectTable *other = job->inspection->tables->pdata[i];

          if (other->sheet == sheet->sheet && (!found || other->header_first > found->header_first)
              && (!next || other->header_first < next->header_first))
            next = other;
        }
      found = next ? next : found;
    }
  if (!found)
    return NULL;
  table = g_hash_table_lookup (old->tables, found);
  if (!table)
    {
      table = cc_import_table_new (job, found);
      g_hash_table_insert (old->tables, (gpointer) found, table);
    }
  return table;
}

/* The number that the agency gave, as the key has it; NULL where it gave none. */
static char *
find_number (const CcImportTable *table, const char *ref_id, char **texts)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcImportColumn *column = table->columns->pdata[i];

      for (guint j = 0; j < column->readers->len && texts[i]; j++)
        {
          CcCellReader     *reader = column->readers->pdata[j];
          const CcCellRead *read;
          g_autofree char  *folded = NULL;

          if (!g_str_equal (reader->target->variable->id, ref_id))
            continue;
          read = cc_cell_reader_read (reader, texts[i]);
          if (!read->value || read->value->no_value != CC_NO_VALUE_NONE || !read->value->text)
            continue;
          folded = cc_text_fold_keep (read->value->text, "/-.");
          return g_strconcat ("ref:", folded, NULL);
        }
    }
  return NULL;
}

/* Rows that were parked before they had a key do not count among those that are alike. */
static gboolean
had_key (const char *reason)
{
  static const char *const without[] = { "intake.parked.unit",
                                         "intake.parked.nothing-read",
                                         "intake.parked.no-person",
                                         "intake.parked.persons-unclear",
                                         "intake.parked.perhaps-no-row",
                                         "intake.parked.aggregate",
                                         "intake.parked.answer-unplaced",
                                         NULL };

  return !reason || !g_strv_contains (without, reason);
}

static void
make_key (Old *old, CcAnswerWas *was, const CcImportTable *table, char **texts, const char *reason)
{
  const char      *unit = cc_import_key_unit (table->unit);
  g_autofree char *seen = NULL;
  guint            n;

  was->unit = g_strdup (unit);
  was->base = find_number (table, cc_import_key_variable (table->unit), texts);
  if (!was->base)
    was->base = cc_import_table_make_key ((CcImportTable *) table, texts);
  seen = g_strconcat (unit, "|", was->base, NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (old->job->keys, seen));
  n += had_key (reason);
  was->key = n > 1 ? g_strdup_printf ("%s#%u", was->base, n) : g_strdup (was->base);
  g_hash_table_insert (old->job->keys, g_steal_pointer (&seen), GUINT_TO_POINTER (n));
}

/* One row of the first delivery, with its cells by column. */
static void
take_row (Old *old, CcStatement *row, GPtrArray *cells)
{
  CcAnswerSheet          *sheet = find_sheet (old->job, cc_statement_text (row, 1));
  const gint64            number = cc_statement_int64 (row, 2);
  const char             *state = cc_statement_text (row, 3);
  const char             *reason = cc_statement_text (row, 4);
  CcAnswerWas            *was = sheet && number > 0 ? find_was (sheet, (guint) number - 1) : NULL;
  CcImportTable          *table;
  char                  **texts;
  g_autofree CcSheetCell *given = NULL;
  guint                   n = 0;

  if (!was || was->header)
    return;
  was->id = cc_statement_int64 (row, 0);
  was->parked = g_str_equal (state, "parked");
  was->several = g_strcmp0 (reason, "intake.parked.persons") == 0;
  g_ptr_array_add (cells, NULL);
  g_strfreev (was->texts);
  was->texts = g_strdupv ((char **) cells->pdata);
  table = find_table (old, sheet, was->row);
  if (!table || table->aggregate || g_str_equal (state, "rejected"))
    return;
  given = g_new0 (CcSheetCell, cells->len);
  for (guint i = 0; i + 1 < cells->len; i++)
    if (!cc_text_is_blank (cells->pdata[i]))
      given[n++] = (CcSheetCell){ CC_SHEET_CELL_TEXT, i, 0, 0, cells->pdata[i] };
  texts = cc_import_table_resolve (table, old->job->pack, given, n, was->row);
  g_clear_pointer (&was->key, g_free);
  g_clear_pointer (&was->base, g_free);
  g_clear_pointer (&was->unit, g_free);
  make_key (old, was, table, texts, reason);
  cc_import_table_free_texts (table, texts);
}

static void
note_asks (CcImportJob *job)
{
  const GPtrArray *asks = job->answer->returned->asks;

  for (guint a = 0; a < asks->len; a++)
    {
      CcReturnedAsk *ask = asks->pdata[a];
      CcAnswerWas   *was = find_was (job->answer->sheets->pdata[ask->sheet], ask->row);

      if (was)
        was->asks = g_slist_prepend (was->asks, ask);
    }
}

/* Texts are needed of rows that changed only. */
static void
drop_texts (CcImportJob *job)
{
  for (guint i = 0; i < job->answer->sheets->len; i++)
    {
      CcAnswerSheet *sheet = job->answer->sheets->pdata[i];

      for (guint w = 0; w < sheet->was->len; w++)
        {
          CcAnswerWas *was = sheet->was->pdata[w];

          if (was->now >= 0 && !was->touched)
            g_clear_pointer (&was->texts, g_strfreev);
        }
    }
}

gboolean
cc_import_answer_load_old (CcImportJob *job, GError **error)
{
  CcConnection *connection = cc_act_get_connection (job->act);
  g_autoptr (GHashTable) tables =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cc_import_table_free);
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection,
                                                        "SELECT id, ifnull (sheet, ''), row, "
                                                        "state, reason, cells FROM source_row"
                                                        " WHERE submission = ?1 ORDER BY id",
                                                        error);
  g_autoptr (CcStatement) split =
      cc_connection_prepare (connection,
                             "SELECT ifnull (value, '') FROM json_each (CASE WHEN json_valid (?1)"
                             " THEN ?1 ELSE '[]' END) ORDER BY id",
                             error);
  Old      old = { job, tables };
  gboolean has_row = TRUE;

  if (!rows || !split)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, job->answer->submission);
  while (has_row)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      gboolean has_cell = TRUE;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      cc_statement_bind_text (split, 1, cc_statement_text (rows, 5));
      while (has_cell)
        {
          if (!cc_statement_step (split, &has_cell, error))
            return FALSE;
          if (has_cell)
            g_ptr_array_add (cells, g_strdup (cc_statement_text (split, 0)));
        }
      cc_statement_reset (split);
      take_row (&old, rows, cells);
    }
  drop_texts (job);
  note_asks (job);
  return TRUE;
}

/* --- what was answered --- */

static const char *
get_text (char **texts, guint column)
{
  return texts && column < g_strv_length (texts) ? texts[column] : "";
}

/**
 * cc_import_answer_count_gone:
 *
 * Counts the rows that the sender took out. They count on until somebody decides.
 */
void
cc_import_answer_count_gone (CcImportJob *job)
{
  for (guint i = 0; i < job->answer->sheets->len; i++)
    {
      CcAnswerSheet *sheet = job->answer->sheets->pdata[i];

      for (guint w = 0; w < sheet->was->len; w++)
        {
          const CcAnswerWas *was = sheet->was->pdata[w];

          job->result->answers->gone += was->now < 0 && was->key != NULL;
        }
    }
}

/**
 * cc_import_answer_compare:
 *
 * Counts which of the cells of a touched row that were asked about say something else now.
 */
void
cc_import_answer_compare (CcImportJob *job, const CcAnswerWas *was, const CcSheetRow *row)
{
  for (GSList *l = was->asks; l; l = l->next)
    {
      const CcReturnedAsk *ask = l->data;
      const char          *now = "";

      for (guint i = 0; i < row->n_cells; i++)
        if (row->cells[i].column == ask->column)
          now = row->cells[i].text;
      /* What is asked about the row as a whole is answered in any of its cells. */
      job->result->answers->answered += g_str_has_prefix (ask->question, "send-back.ask.parked.")
                                        || !g_str_equal (now, get_text (was->texts, ask->column));
    }
}

static gboolean
run (CcImportJob *job, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcStatement) statement =
      cc_connection_prepare (cc_act_get_connection (job->act), sql, error);

  if (!statement)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, first);
  if (second)
    cc_statement_bind_int64 (statement, 2, second);
  return cc_statement_run (statement, error);
}

/* What a row stated under the number that it had before, or as a row of several persons, is stated
 * no more. */
static gboolean
leave_records (CcImportJob *job, CcImportRow *row, const CcAnswerWas *was, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "SELECT id FROM record WHERE source_row = ?1 AND submission = ?2"
                             " AND state = 0 AND (unit <> 'EV' OR uuid = ?3) ORDER BY id DESC",
                             error);
  g_autoptr (GArray) ids = NULL;
  g_autofree char *event = g_strconcat ("event:", was->key, NULL);
  guint8           uuid[16];

  if (!find)
    return FALSE;
  cc_act_make_uuid (job->act, job->entity->key, "event", event, uuid);
  cc_statement_bind_int64 (find, 1, was->id);
  cc_statement_bind_int64 (find, 2, job->answer->submission);
  cc_statement_bind_blob (find, 3, uuid, sizeof uuid);
  ids = cc_statement_list_ids (find, error);
  if (!ids)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 id = g_array_index (ids, gint64, i);

      if (!cc_act_note_absent (job->act, id, job->submission.id, row->source_row, error)
          || !cc_act_withdraw_record (job->act, id, error))
        return FALSE;
    }
  return TRUE;
}

char *
cc_import_answer_keep_key (const CcAnswerWas *was, const char *number)
{
  if (!was || !was->key || (number && g_strcmp0 (number, was->base) != 0))
    return NULL;
  return g_strdup (was->key);
}

/**
 * cc_import_answer_settle:
 *
 * What follows for the first delivery once a touched row is stored: a row that waited does not any
 * more, as long as this delivery stands.
 */
gboolean
cc_import_answer_settle (CcImportJob *job, CcImportRow *row, GError **error)
{
  const CcAnswerWas *was = row->was;

  if (!was || was->id == 0)
    return TRUE;
  if (was->parked
      && (!run (job,
                "INSERT INTO finding (rule, source_row, submission, severity, state)"
                " VALUES ('intake.finding.answered', ?1, ?2, 'note', 'answered')",
                was->id, job->submission.id, error)
          || !run (job,
                   "UPDATE finding SET state = 'superseded' WHERE source_row = ?1"
                   " AND state = 'open' AND rule LIKE 'intake.%'",
                   was->id, 0, error)))
    return FALSE;
  if (row->parked || !was->key || (g_strcmp0 (was->key, row->key) == 0 && !was->several))
    return TRUE;
  return leave_records (job, row, was, error);
}
