/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-text.h>
#include <cc/store/cc-finding.h>

#include "cc-grid-private.h"
#include "cc-send-back-private.h"

#include <string.h>

#define ASK "send-back.ask."

/* What every victim of a list should say, where the list has a column for it. One of the columns of
 * a line is enough. */
static const char *const wanted[][4] = {
  { "VI03", NULL },
  { "VI06", "VI05", "VI07", NULL },
  { "VI08", NULL },
  { "VE03", "EV11", NULL },
};

/* --- what the case file knows --- */

static char *
name_row (const char *sheet, gint64 row)
{
  return g_strdup_printf ("%s\x1f%" G_GINT64_FORMAT, sheet, row);
}

static void
free_row (gpointer data)
{
  CcSendBackRow *self = data;

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->sheet);
  g_free (self->state);
  g_free (self->reason);
  g_free (self);
}

static gboolean
read_rows (CcSendBackJob *job, CcConnection *connection, GHashTable *by_id, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT w.id, ifnull (w.sheet, ''), w.row, w.state, w.reason, EXISTS "
                             "(SELECT 1 FROM finding f"
                             "  JOIN submission n ON n.id = f.submission WHERE f.source_row = w.id"
                             "  AND f.rule = 'intake.finding.answered' AND n.state = 'live')"
                             " FROM source_row w WHERE w.submission = ?1",
                             error);
  gboolean has_row = TRUE;

  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, job->submission->id);
  while (has_row)
    {
      CcSendBackRow *row;

      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      row = g_new0 (CcSendBackRow, 1);
      row->id = cc_statement_int64 (find, 0);
      row->sheet = g_strdup (cc_statement_text (find, 1));
      row->row = (guint) MAX (cc_statement_int64 (find, 2) - 1, 0);
      row->state = g_strdup (cc_statement_text (find, 3));
      row->reason = g_strdup (cc_statement_text (find, 4));
      row->answered = cc_statement_int64 (find, 5) != 0;
      g_hash_table_insert (job->rows, name_row (row->sheet, row->row), row);
      g_hash_table_insert (by_id, &row->id, row);
    }
  return TRUE;
}

gboolean
cc_send_back_load_rows (CcSendBackJob *job, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  CcConnection *connection = cc_case_file_acquire_reader (job->file, error);
  gboolean      good;

  if (!connection)
    return FALSE;
  job->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_row);
  good = read_rows (job, connection, by_id, error);
  cc_case_file_release_reader (job->file, connection);
  if (!good)
    return FALSE;
  job->findings = cc_finding_list (job->file, job->submission->id, "open", error);
  if (!job->findings)
    return FALSE;
  for (guint i = 0; i < job->findings->len; i++)
    {
      CcFinding     *finding = job->findings->pdata[i];
      CcSendBackRow *row = g_hash_table_lookup (by_id, &finding->source_row);

      if (!row)
        continue;
      if (!row->findings)
        row->findings = g_ptr_array_new ();
      g_ptr_array_add (row->findings, finding);
    }
  return TRUE;
}

/* --- columns --- */

typedef struct
{
  CcSendBackJob        *job;
  const CcInspectTable *table;
  GPtrArray            *plans;
  const CcSheetCell    *cells;
  guint                 n_cells;
  guint                 row;
} Place;

static const char *
get_text (const Place *place, guint column)
{
  for (guint i = 0; i < place->n_cells; i++)
    if (place->cells[i].column == column)
      return cc_text_is_blank (place->cells[i].text) ? "" : place->cells[i].text;
  return "";
}

static gboolean
feeds (const CcColumnPlan *plan, const char *variable)
{
  for (guint i = 0; i < plan->targets->len; i++)
    if (g_str_equal (((CcTarget *) plan->targets->pdata[i])->variable->id, variable))
      return TRUE;
  return FALSE;
}

static const CcInspectColumn *
get_column (const Place *place, guint index)
{
  return place->table->columns->pdata[index];
}

/* The column in which a value of a variable stands; where several feed it, the one with that text,
 * else the first that says something, else the first. */
static const CcInspectColumn *
find_column (const Place *place, const char *variable, const char *value)
{
  const CcInspectColumn *filled = NULL, *first = NULL;

  for (guint i = 0; i < place->plans->len && i < place->table->columns->len; i++)
    {
      const CcInspectColumn *column = get_column (place, i);
      const char            *text = get_text (place, column->column);

      if (!feeds (place->plans->pdata[i], variable))
        continue;
      if (value && *text && g_str_equal (text, value))
        return column;
      if (*text && !filled)
        filled = column;
      if (!first)
        first = column;
    }
  return filled ? filled : first;
}

/* Where a question about a row as a whole is put. */
static const CcInspectColumn *
find_any_column (const Place *place, const char *key)
{
  static const char *const dates[] = { "VI19", "JS03", "EV06", "X_VI_REGON" };
  static const char *const numbers[] = { "EV17", "EV18" };
  const gboolean           is_date = strstr (key, "parked.date") != NULL;
  const gboolean           is_number = strstr (key, "parked.persons") != NULL;
  const char *const       *variables = is_date ? dates : numbers;
  const guint n = is_date ? G_N_ELEMENTS (dates) : is_number ? G_N_ELEMENTS (numbers) : 0;
  const CcInspectColumn *found = NULL;

  for (guint i = 0; i < n && !found; i++)
    found = find_column (place, variables[i], NULL);
  for (guint i = 0; i < place->table->columns->len && !found; i++)
    {
      const CcInspectColumn *column = get_column (place, i);

      if (*get_text (place, column->column) && (int) column->column != place->table->serial_column)
        found = column;
    }
  return found;
}

/* --- questions --- */

static void
free_question (gpointer data)
{
  CcSendBackQuestion *self = data;

  g_array_unref (self->cells);
  g_free (self->key);
  g_free (self->question);
  g_free (self->text);
  g_free (self);
}

static char *
word_question (CcSendBackJob         *job,
               const char            *key,
               const char            *rule,
               const CcInspectColumn *column,
               const char            *text)
{
  const char *message =
      cc_texts_has (job->texts, rule) ? cc_texts_get (job->texts, rule, job->language) : "";

  return cc_texts_format (job->texts, key, job->language, "value", text, "header",
                          column && column->label ? column->label
                          : column                ? column->header
                                                  : "",
                          "message", message, NULL);
}

static void
ask (const Place           *place,
     const char            *key,
     const char            *rule,
     const CcInspectColumn *column,
     CcPatchColor           color,
     gboolean               quiet)
{
  CcSendBackJob      *job = place->job;
  const char         *text = get_text (place, column->column);
  CcSendBackCell      cell = { place->table->sheet, place->row, column->column, color, quiet };
  g_autofree char    *name = g_strdup_printf ("%u %u %u", cell.sheet, cell.row, cell.column);
  g_autofree char    *row = g_strdup_printf ("%u %u", cell.sheet, cell.row);
  g_autofree char    *same = NULL;
  CcSendBackQuestion *question;

  /* One question a cell, the gravest first. */
  if (!g_hash_table_add (job->taken, g_steal_pointer (&name)))
    return;
  if (!quiet)
    g_hash_table_add (job->asked_rows, g_steal_pointer (&row));
  same = g_strdup_printf ("%s\x1f%s\x1f%u\x1f%u\x1f%s", key, rule, cell.sheet,
                          quiet ? 0 : cell.column, quiet ? "" : text);
  question = g_hash_table_lookup (job->known, same);
  if (!question)
    {
      question = g_new0 (CcSendBackQuestion, 1);
      question->key = g_strdup (key);
      question->question = word_question (job, key, rule, column, text);
      question->text = g_strdup (quiet ? "" : text);
      question->color = color;
      question->quiet = quiet;
      question->cells = g_array_new (FALSE, FALSE, sizeof (CcSendBackCell));
      g_ptr_array_add (job->questions, question);
      g_hash_table_insert (job->known, g_steal_pointer (&same), question);
    }
  g_array_append_val (question->cells, cell);
}

/* The text that asks about a rule; NULL for what the sender is not asked. */
static char *
find_key (CcSendBackJob *job, const char *rule)
{
  g_autofree char *key = NULL;

  if (!g_str_has_prefix (rule, "intake."))
    return NULL;
  key = g_strconcat (ASK, rule + strlen ("intake."), NULL);
  if (cc_texts_has (job->texts, key))
    return g_steal_pointer (&key);
  return g_str_has_prefix (rule, "intake.check.") ? g_strdup (ASK "check") : NULL;
}

static void
ask_findings (const Place *place, const CcSendBackRow *row)
{
  for (guint i = 0; row->findings && i < row->findings->len; i++)
    {
      const CcFinding       *finding = row->findings->pdata[i];
      g_autofree char       *key = find_key (place->job, finding->rule);
      const CcInspectColumn *column;
      gboolean               empty;

      if (!key)
        continue;
      column = finding->variable ? find_column (place, finding->variable->id, finding->value)
                                 : find_any_column (place, key);
      if (!column)
        continue;
      empty = *get_text (place, column->column) == '\0';
      /* That the period of the list was taken is asked about where nothing stands. */
      if (g_str_has_suffix (key, "date-from-period") && !empty)
        continue;
      ask (place, key, finding->rule, column, empty ? CC_PATCH_EMPTY : CC_PATCH_DOUBT, FALSE);
    }
}

static gboolean
is_merged (const Place *place, guint column)
{
  for (guint i = 0; place->table->merges && i < place->table->merges->len; i++)
    {
      const CcMerge *merge = &g_array_index (place->table->merges, CcMerge, i);

      if (place->row >= merge->first_row && place->row <= merge->last_row
          && column >= merge->first_column && column <= merge->last_column)
        return TRUE;
    }
  return FALSE;
}

static void
ask_missing (const Place *place)
{
  if (!g_str_equal (cc_map_get_unit (place->job->map, place->table->name), "victim"))
    return;
  for (guint w = 0; w < G_N_ELEMENTS (wanted); w++)
    {
      const CcInspectColumn *found = NULL;
      gboolean               filled = FALSE;

      for (guint v = 0; wanted[w][v] && !filled; v++)
        {
          const CcInspectColumn *column = find_column (place, wanted[w][v], NULL);

          if (!column)
            continue;
          filled = *get_text (place, column->column) != '\0' || is_merged (place, column->column);
          if (!found)
            found = column;
        }
      if (found && !filled)
        ask (place, ASK "missing", "", found, CC_PATCH_EMPTY, FALSE);
    }
}

static void
ask_row (const Place *place, const CcSendBackRow *row)
{
  const CcInspectColumn *column;

  if (g_str_equal (row->state, "parked") && !row->answered)
    {
      g_autofree char *key = row->reason ? find_key (place->job, row->reason) : NULL;

      column = key ? find_any_column (place, key) : NULL;
      /* A date stands there and cannot be read. */
      if (column && g_str_has_suffix (key, "parked.date") && *get_text (place, column->column))
        ask (place, ASK "finding.date-unreadable", row->reason, column, CC_PATCH_ALARM, FALSE);
      else if (column)
        ask (place, key, row->reason, column, CC_PATCH_ALARM, FALSE);
    }
  if (g_str_equal (row->state, "rejected"))
    {
      if (g_strcmp0 (row->reason, "intake.rejected.header-again") == 0
          || g_strcmp0 (row->reason, "intake.rejected.example") == 0)
        return;
      column = find_any_column (place, "");
      if (column)
        ask (place, ASK "rejected", "", column, CC_PATCH_EMPTY, TRUE);
      return;
    }
  if (row->answered)
    return;
  ask_findings (place, row);
  if (g_str_equal (row->state, "accepted"))
    ask_missing (place);
}

/* --- the list --- */

static void
remember_row (CcSendBackJob *job, CcReturnedSheet *sheet, const CcSheetRow *row, gboolean header)
{
  const CcReturnedRow known = { row->row, cc_returned_hash_row (job->file, job->submission->sha256,
                                                                row->cells, row->n_cells) };

  g_array_append_val (header ? sheet->headers : sheet->rows, known);
}

/* Whether a row lies below a table's header and above the next table of the sheet. */
static gboolean
has_row (CcInspection *inspection, const CcInspectTable *table, guint row)
{
  if (row < table->data_first)
    return FALSE;
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *next = inspection->tables->pdata[i];

      if (next->sheet == table->sheet && next->header_first > table->header_last
          && row >= next->begins)
        return FALSE;
    }
  return TRUE;
}

static void
take_row (CcSendBackJob *job, guint index, CcReturnedSheet *sheet, const CcSheetRow *row)
{
  const char      *name = ((CcInspectSheet *) job->inspection->sheets->pdata[index])->name;
  g_autofree char *key = name_row (name, row->row);
  CcSendBackRow   *known = g_hash_table_lookup (job->rows, key);
  gboolean         header = FALSE;

  for (guint t = 0; t < job->inspection->tables->len; t++)
    {
      const CcInspectTable *table = job->inspection->tables->pdata[t];
      Place place = { job, table, job->plans->pdata[t], NULL, row->n_cells, row->row };

      if (table->sheet != index)
        continue;
      header = header || (row->row >= table->header_first && row->row <= table->header_last);
      place.cells = cc_grid_slice (table, row->cells, &place.n_cells);
      if (known && place.n_cells > 0 && has_row (job->inspection, table, row->row))
        ask_row (&place, known);
    }
  remember_row (job, sheet, row, header);
}

static gboolean
read_sheet (CcSendBackJob *job, CcBook *book, guint index, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, error);
  CcReturnedSheet  *sheet;
  const char       *name = cc_book_get_sheet (book, index)->name;
  const CcSheetRow *row;

  if (!reader)
    return FALSE;
  sheet = cc_returned_add_sheet (job->returned, name, name);
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error)
          || (job->progress
              && !cc_progress_update (job->progress,
                                      (guint64) (index * 1000
                                                 + cc_sheet_reader_get_fraction (reader) * 1000),
                                      error)))
        return FALSE;
      if (!row)
        return TRUE;
      take_row (job, index, sheet, row);
    }
}

static gboolean
has_table (CcInspection *inspection, guint sheet)
{
  for (guint i = 0; i < inspection->tables->len; i++)
    if (((CcInspectTable *) inspection->tables->pdata[i])->sheet == sheet)
      return TRUE;
  return FALSE;
}

gboolean
cc_send_back_gather (CcSendBackJob *job, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcBook) book = cc_book_open (job->inspection->path, cancellable, error);

  if (!book)
    return FALSE;
  job->questions = g_ptr_array_new_with_free_func (free_question);
  job->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->asked_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->plans = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < job->inspection->tables->len; i++)
    g_ptr_array_add (job->plans, cc_map_plan_columns (job->map, cc_case_file_get_pack (job->file),
                                                      job->inspection->tables->pdata[i]));
  if (job->progress)
    cc_progress_begin (job->progress, "progress.send-back", cc_book_get_n_sheets (book) * 1000);
  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    if (has_table (job->inspection, i) && !read_sheet (job, book, i, error))
      return FALSE;
  return TRUE;
}
