/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-purge-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-decision.h>
#include <cc/store/cc-records.h>

#include <string.h>

/* The queue of what a merge found changed on both sides. */

static const char *const kinds[] = { [CC_CONFLICT_VALUE] = "value",
                                     [CC_CONFLICT_STATE] = "state",
                                     [CC_CONFLICT_PERSON] = "person",
                                     [CC_CONFLICT_ROW] = "row" };

void
cc_conflict_free (CcConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_clear_pointer (&self->mine_values, g_ptr_array_unref);
  g_clear_pointer (&self->their_values, g_ptr_array_unref);
  g_free (self->table);
  g_free (self->name);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self);
}

/* Asked anew, a question replaces the one that still waits. */
static gboolean
drop_waiting (CcMerge *self, const CcConflictEntry *entry, GError **error)
{
  g_autoptr (CcStatement) drop = NULL;

  drop = cc_connection_prepare (self->here,
                                "DELETE FROM merge_conflict WHERE state = 'open' AND kind = ?1"
                                " AND record IS ?2 AND variable IS ?3 AND tbl IS ?4 AND key IS ?5",
                                error);
  if (drop == NULL)
    return FALSE;
  cc_statement_bind_text (drop, 1, kinds[entry->kind]);
  if (entry->record != 0)
    cc_statement_bind_int64 (drop, 2, entry->record);
  cc_statement_bind_text (drop, 3, entry->variable);
  cc_statement_bind_text (drop, 4, entry->table);
  cc_statement_bind_text (drop, 5, entry->key);
  return cc_statement_run (drop, error);
}

/* What was removed under a retention rule is no question: it stays removed. */
static gboolean
is_removed (CcMerge *self, const CcConflictEntry *entry, gboolean *removed, GError **error)
{
  const CcVariable *variable = NULL;
  g_autoptr (GPtrArray) kinds_removed = NULL;

  *removed = FALSE;
  if (entry->variable != NULL)
    variable = cc_pack_find_variable (self->act->file->pack, entry->variable);
  if (variable == NULL || variable->storage != CC_STORAGE_IDENTIFIER)
    return TRUE;
  kinds_removed = cc_purge_list_kinds (self->act, entry->record, error);
  if (kinds_removed == NULL)
    return FALSE;
  *removed = g_ptr_array_find_with_equal_func (kinds_removed, variable->name, g_str_equal, NULL);
  return TRUE;
}

gboolean
cc_merge_add_conflict (CcMerge *self, const CcConflictEntry *entry, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  gboolean removed;

  if (!drop_waiting (self, entry, error) || !is_removed (self, entry, &removed, error))
    return FALSE;
  if (removed)
    return TRUE;
  insert = cc_connection_prepare (
      self->here,
      "INSERT INTO merge_conflict (act, kind, record, variable, tbl, key, name, mine, theirs,"
      " mine_time, theirs_time, kept) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, self->act->seq);
  cc_statement_bind_text (insert, 2, kinds[entry->kind]);
  if (entry->record != 0)
    cc_statement_bind_int64 (insert, 3, entry->record);
  cc_statement_bind_text (insert, 4, entry->variable);
  cc_statement_bind_text (insert, 5, entry->table);
  cc_statement_bind_text (insert, 6, entry->key);
  cc_statement_bind_text (insert, 7, entry->name);
  cc_statement_bind_text (insert, 8, entry->mine);
  cc_statement_bind_text (insert, 9, entry->theirs);
  cc_statement_bind_int64 (insert, 10, entry->mine_time);
  cc_statement_bind_int64 (insert, 11, entry->theirs_time);
  cc_statement_bind_text (insert, 12, entry->kept_theirs ? "theirs" : "mine");
  self->result->conflicts++;
  return cc_statement_run (insert, error);
}

static char *
describe_values (GPtrArray *values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree char *one = cc_value_to_log (g_ptr_array_index (values, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_values (CcPack *pack, CcConflict *self, CcStatement *row)
{
  self->variable = cc_pack_find_variable (pack, cc_statement_text (row, 4));
  if (self->variable == NULL || self->mine == NULL || self->theirs == NULL)
    return;
  self->mine_values = cc_values_from_image (pack, self->variable, self->mine);
  self->their_values = cc_values_from_image (pack, self->variable, self->theirs);
  g_free (self->mine);
  g_free (self->theirs);
  self->mine = describe_values (self->mine_values);
  self->theirs = describe_values (self->their_values);
}

static CcConflict *
read_conflict (CcPack *pack, CcStatement *row)
{
  CcConflict *self = g_new0 (CcConflict, 1);
  const char *kind = cc_statement_text (row, 1);

  self->id = cc_statement_int64 (row, 0);
  self->kind = CC_CONFLICT_ROW;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], kind) == 0)
      self->kind = (CcConflictKind) i;
  self->act = cc_statement_int64 (row, 2);
  self->record = cc_statement_int64 (row, 3);
  self->table = g_strdup (cc_statement_text (row, 5));
  self->name = g_strdup (cc_statement_text (row, 6));
  self->mine = g_strdup (cc_statement_text (row, 7));
  self->theirs = g_strdup (cc_statement_text (row, 8));
  self->mine_time = cc_statement_int64 (row, 9);
  self->theirs_time = cc_statement_int64 (row, 10);
  self->kept_theirs = strcmp (cc_statement_text (row, 11), "theirs") == 0;
  self->open = strcmp (cc_statement_text (row, 12), "open") == 0;
  self->unit = g_strdup (cc_statement_text (row, 13));
  if (self->kind == CC_CONFLICT_VALUE)
    read_values (pack, self, row);
  return self;
}

/* "victim record 12 of “Police”" */
static char *
name_record (CcCaseFile *file, CcConnection *connection, gint64 record)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT r.unit, e.name FROM record r"
                             " LEFT JOIN entity e ON e.id = r.entity WHERE r.id = ?1",
                             NULL);
  const char *unit = NULL;
  gboolean    has_row = FALSE;

  if (find != NULL)
    cc_statement_bind_int64 (find, 1, record);
  if (find == NULL || !cc_statement_step (find, &has_row, NULL) || !has_row)
    return g_strdup_printf ("record %" G_GINT64_FORMAT, record);
  for (guint i = 0; i < cc_pack_get_n_units (file->pack); i++)
    if (strcmp (cc_pack_get_unit (file->pack, i)->abbr, cc_statement_text (find, 0)) == 0)
      unit = cc_pack_get_unit (file->pack, i)->name;
  return g_strdup_printf ("%s%srecord %" G_GINT64_FORMAT "%s%s%s", unit != NULL ? unit : "",
                          unit != NULL ? " " : "", record,
                          cc_statement_is_null (find, 1) ? "" : " of “",
                          cc_statement_is_null (find, 1) ? "" : cc_statement_text (find, 1),
                          cc_statement_is_null (find, 1) ? "" : "”");
}

/* Which records a question is about: "2;5", "2;5|7". */
static char *
name_records (CcCaseFile *file, CcConnection *connection, const char *numbers)
{
  g_auto (GStrv) parts = g_strsplit_set (numbers, ";|", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = name_record (file, connection, g_ascii_strtoll (parts[i], NULL, 10));

      if (i > 0)
        g_string_append (text, i + 1 < n ? ", " : " and ");
      g_string_append (text, name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_name (CcCaseFile *file, CcConnection *connection, CcConflict *self, const char *key)
{
  const gboolean pair = g_strcmp0 (self->table, "pair_decision") == 0;

  if (self->record == 0 && !pair)
    return;
  g_free (self->name);
  if (pair && key != NULL && strchr (key, ';') != NULL)
    {
      self->other = g_ascii_strtoll (strchr (key, ';') + 1, NULL, 10);
      self->name = name_records (file, connection, key);
    }
  else if (self->kind == CC_CONFLICT_PERSON && self->mine != NULL)
    self->name = name_records (file, connection, self->mine);
  else
    self->name = name_record (file, connection, self->record);
}

GPtrArray *
cc_conflict_list (CcCaseFile *file, CcConnection *connection, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_conflict_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  g_return_val_if_fail (file != NULL && connection != NULL, NULL);
  rows = cc_connection_prepare (
      connection,
      "SELECT c.id, c.kind, c.act, c.record, c.variable, c.tbl, c.name, c.mine, c.theirs,"
      " c.mine_time, c.theirs_time, c.kept, c.state, r.unit, c.key FROM merge_conflict c"
      " LEFT JOIN record r ON r.id = c.record WHERE ?1 OR c.state = 'open' ORDER BY c.id",
      error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, all);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      g_ptr_array_add (conflicts, read_conflict (file->pack, rows));
      add_name (file, connection, g_ptr_array_index (conflicts, conflicts->len - 1),
                cc_statement_text (rows, 14));
    }
  return g_steal_pointer (&conflicts);
}

gint64
cc_conflict_count_open (CcConnection *connection, GError **error)
{
  return cc_connection_get_int64 (connection,
                                  "SELECT count (*) FROM merge_conflict WHERE state = 'open'", 0,
                                  error);
}

/* One that waits, with its texts as they are stored. */
typedef struct
{
  CcConflictKind kind;
  gint64         record;
  char          *variable;
  char          *table;
  char          *key;
  char          *chosen;
  gboolean       kept;
} Waiting;

static void
waiting_clear (Waiting *self)
{
  g_free (self->variable);
  g_free (self->table);
  g_free (self->key);
  g_free (self->chosen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Waiting, waiting_clear)

static gboolean
find_waiting (CcAct *act, gint64 conflict, gboolean theirs, Waiting *self, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (act->connection,
                                "SELECT kind, record, variable, tbl, key,"
                                " CASE WHEN ?2 THEN theirs ELSE mine END, (kept = 'theirs') = ?2"
                                " FROM merge_conflict WHERE id = ?1 AND state = 'open'",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, conflict);
  cc_statement_bind_int64 (find, 2, theirs);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "There is no open question number %" G_GINT64_FORMAT
                   " from a merge, or it was settled before. Nothing was changed.",
                   conflict);
      return FALSE;
    }
  self->kind = CC_CONFLICT_ROW;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], cc_statement_text (find, 0)) == 0)
      self->kind = (CcConflictKind) i;
  self->record = cc_statement_int64 (find, 1);
  self->variable = g_strdup (cc_statement_text (find, 2));
  self->table = g_strdup (cc_statement_text (find, 3));
  self->key = g_strdup (cc_statement_text (find, 4));
  self->chosen = g_strdup (cc_statement_text (find, 5));
  self->kept = cc_statement_int64 (find, 6) != 0;
  return TRUE;
}

static gboolean
fail_gone (GError **error)
{
  g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                       "What this question is about is not there any more as it was, so the other "
                       "value cannot be set. Nothing was changed. Keep what the file says now.");
  return FALSE;
}

static gint64
find_entity (CcAct *act, gint64 record, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (act->connection, "SELECT entity FROM record WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (find == NULL)
    return 0;
  cc_statement_bind_int64 (find, 1, record);
  return cc_statement_step (find, &has_row, error) && has_row ? cc_statement_int64 (find, 0) : 0;
}

static gboolean
settle_value (CcAct *act, const Waiting *self, GError **error)
{
  const CcVariable *variable = cc_pack_find_variable (act->file->pack, self->variable);
  g_autoptr (CcRecord) record = NULL;
  g_autoptr (GPtrArray) values = NULL;
  GError     *problem = NULL;
  gint64      entity;
  CcPutResult put;

  if (variable != NULL && self->chosen != NULL)
    values = cc_values_from_image (act->file->pack, variable, self->chosen);
  if (values == NULL)
    return fail_gone (error);
  record = cc_store_read_record (act->file, act->connection, self->record, error);
  if (record == NULL)
    return FALSE;
  cc_record_remove (record, variable->id);
  for (guint i = 0; i < values->len; i++)
    cc_record_take (record, cc_value_copy (g_ptr_array_index (values, i)));
  entity = find_entity (act, self->record, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return cc_act_put_record (act, record, entity, 0, 0, &put, error);
}

static gboolean
settle_state (CcAct *act, const Waiting *self, GError **error)
{
  g_autoptr (CcRecord) record = NULL;
  GError     *problem = NULL;
  gint64      entity;
  CcPutResult put;

  if (g_strcmp0 (self->chosen, "withdrawn") == 0)
    return cc_act_withdraw_record (act, self->record, error);
  record = cc_store_read_record (act->file, act->connection, self->record, error);
  if (record == NULL)
    return FALSE;
  entity = find_entity (act, self->record, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return cc_act_put_record (act, record, entity, 0, 0, &put, error);
}

/* "12;15|13" */
static gboolean
settle_person (CcAct *act, const Waiting *self, GError **error)
{
  g_auto (GStrv) persons = g_strsplit (self->chosen != NULL ? self->chosen : "", "|", -1);

  for (guint i = 0; persons[i] != NULL; i++)
    {
      g_auto (GStrv) numbers = g_strsplit (persons[i], ";", -1);
      g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
      guint n = 0;

      for (guint j = 0; numbers[j] != NULL; j++)
        {
          const gint64 record = g_ascii_strtoll (numbers[j], NULL, 10);

          if (record > 0)
            g_array_append_val (records, record);
        }
      if (!cc_act_group_records (act, records, &n, error)
          || !cc_act_part_barred (act, records, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
settle_verdict (CcAct *act, const Waiting *self, GError **error)
{
  g_auto (GStrv) pair = g_strsplit (self->key, ";", 2);
  CcPairDecision   decision = { .source = (char *) "review" };
  g_autofree char *kind = NULL;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;
  gboolean ok;

  if (g_strv_length (pair) != 2 || !cc_verdict_from_text (self->chosen, &decision.verdict))
    return fail_gone (error);
  decision.a = g_ascii_strtoll (pair[0], NULL, 10);
  decision.b = g_ascii_strtoll (pair[1], NULL, 10);
  find = cc_connection_prepare (act->connection, "SELECT unit FROM record WHERE id = ?1", error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, decision.a);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return fail_gone (error);
  kind = g_strdup (cc_statement_text (find, 0));
  cc_statement_reset (find);
  decision.kind = kind;
  ok = cc_act_add_decision (act, &decision, error);
  return ok;
}

/* The persons follow, also where the verdict stood already. */
static gboolean
heed_pair (CcAct *act, const Waiting *self, GError **error)
{
  g_auto (GStrv) pair = g_strsplit (self->key != NULL ? self->key : "", ";", 2);
  g_autoptr (GArray) judged = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; pair[i] != NULL; i++)
    {
      const gint64 record = g_ascii_strtoll (pair[i], NULL, 10);

      g_array_append_val (judged, record);
    }
  return cc_act_heed_verdicts (act, judged, error);
}

static gboolean
settle_row (CcAct *act, const Waiting *self, GError **error)
{
  g_autoptr (CcRowLayout) layout = NULL;
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (self->chosen);
  g_autofree char *match = NULL;

  if (strcmp (self->table, "pair_decision") == 0)
    return settle_verdict (act, self, error);
  layout = cc_row_layout_read (act->connection, self->table, error);
  if (layout == NULL)
    return FALSE;
  if (layout->keys->len != 1)
    return fail_gone (error);
  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);
      g_autofree char *sql = NULL;
      g_autoptr (CcStatement) update = NULL;
      gboolean known = FALSE;

      for (guint j = 0; j < layout->columns->len; j++)
        known = known || g_strcmp0 (g_ptr_array_index (layout->columns, j), cell->column) == 0;
      if (!known)
        return fail_gone (error);
      sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ?1 WHERE \"%s\" = ?2", self->table,
                             cell->column, (const char *) g_ptr_array_index (layout->keys, 0));
      update = cc_connection_prepare (act->connection, sql, error);
      if (update == NULL)
        return FALSE;
      if (!cc_row_literal_bind (update, 1, cell->literal)
          || !cc_row_literal_bind (update, 2, self->key))
        return fail_gone (error);
      if (!cc_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_conflict (CcAct *act, gint64 conflict, gboolean theirs, GError **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, conflict);

  update = cc_connection_prepare (act->connection,
                                  "UPDATE merge_conflict SET state = 'settled', kept = ?2,"
                                  " settled = ?3 WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, conflict);
  cc_statement_bind_text (update, 2, theirs ? "theirs" : "mine");
  cc_statement_bind_int64 (update, 3, act->seq);
  return cc_statement_run (update, error)
         && cc_act_log (act, "merge_conflict", key, "open", theirs ? "theirs" : "mine", error);
}

gboolean
cc_act_settle_conflict (CcAct *act, gint64 conflict, gboolean theirs, GError **error)
{
  g_auto (Waiting) waiting = { 0 };
  gboolean ok = TRUE;

  g_return_val_if_fail (act != NULL, FALSE);
  if (!cc_act_needs_audit (act, error) || !find_waiting (act, conflict, theirs, &waiting, error))
    return FALSE;
  /* What stands already needs no change, unless somebody changed it meanwhile. */
  switch (waiting.kind)
    {
    case CC_CONFLICT_VALUE:
      ok = settle_value (act, &waiting, error);
      break;
    case CC_CONFLICT_STATE:
      ok = waiting.kept || settle_state (act, &waiting, error);
      break;
    case CC_CONFLICT_PERSON:
      ok = waiting.kept || settle_person (act, &waiting, error);
      break;
    case CC_CONFLICT_ROW:
    default:
      ok = (waiting.kept || settle_row (act, &waiting, error))
           && (g_strcmp0 (waiting.table, "pair_decision") != 0 || heed_pair (act, &waiting, error));
      break;
    }
  return ok && close_conflict (act, conflict, theirs, error);
}
