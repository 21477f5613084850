/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-difference-private.h"
#include "cc-said-private.h"
#include "cc-value-private.h"

#include <cc/store/cc-records.h>

#include <string.h>

/* A record beside a person, before and after: what it first was and what it last is. */
typedef struct
{
  CcRecord *old;
  CcRecord *new;
} Part;

/* A person or a case that was there before the act. */
typedef struct
{
  const CcUnit *unit;
  gboolean      gone;
  gboolean      back;
  gboolean      elsewhere; /* gone, but another record of the person or case counts on */
  gboolean      again;     /* gone, and told by an earlier record of the same person or case */
  GHashTable   *parts;     /* record id to Part; NULL: only counted */
} Row;

struct _CcWatch
{
  gint64      first_new; /* records with this number and beyond are new */
  gint64      persons;   /* new ones */
  gint64      cases;
  GHashTable *fresh; /* record id to Row: the first of the new ones */
  GHashTable *rows;  /* record id to Row */
};

static void
free_value (gpointer data)
{
  CcDifferenceValue *self = data;

  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
free_difference_row (gpointer data)
{
  CcDifferenceRow *self = data;

  g_free (self->number);
  g_free (self->sheet);
  g_ptr_array_unref (self->values);
  g_free (self);
}

void
cc_difference_free (CcDifference *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

gboolean
cc_difference_is_empty (const CcDifference *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  for (guint i = 0; i < CC_N_DIFFERENCE; i++)
    if (self->persons[i] > 0 || self->cases[i] > 0)
      return FALSE;
  return TRUE;
}

static void
free_part (gpointer data)
{
  Part *self = data;

  cc_record_free (self->old);
  cc_record_free (self->new);
  g_free (self);
}

static void
free_row (gpointer data)
{
  Row *self = data;

  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_free (self);
}

void
cc_watch_free (CcWatch *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->rows);
  g_free (self);
}

gboolean
cc_act_watch (CcAct *act, GError **error)
{
  GError *problem = NULL;

  g_return_val_if_fail (act != NULL && act->watch == NULL, FALSE);
  act->watch = g_new0 (CcWatch, 1);
  act->watch->fresh = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_row);
  act->watch->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_row);
  act->watch->first_new =
      cc_connection_get_int64 (act->connection, "SELECT ifnull (max (id), 0) + 1 FROM record", 0,
                               &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* The person or case that a record is said of, up the records that it hangs on. */
static gint64
find_root (CcAct *act, gint64 id, const CcUnit **unit, gint64 parents[2], GError **error)
{
  const CcUnitPlan *plan =
      cc_case_file_find_record_plan (act->file, act->connection, id, parents, error);

  for (guint depth = 0; plan != NULL && !plan->clustered && depth < 4; depth++)
    {
      id = parents[0] != 0 ? parents[0] : parents[1];
      if (id == 0)
        break;
      plan = cc_case_file_find_record_plan (act->file, act->connection, id, parents, error);
    }
  if (plan == NULL)
    return 0;
  *unit = plan->unit;
  return id;
}

static Row *
ensure_row (GHashTable *rows, gint64 id, const CcUnit *unit)
{
  Row *row = g_hash_table_lookup (rows, &id);

  if (row != NULL)
    return row;
  row = g_new0 (Row, 1);
  row->unit = unit;
  if (g_hash_table_size (rows) < CC_DIFFERENCE_ROWS)
    row->parts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_part);
  g_hash_table_insert (rows, g_memdup2 (&id, sizeof id), row);
  return row;
}

static void
add_part (Row *row, gint64 id, CcRecord *old, CcRecord *new)
{
  Part *part;

  if (row->parts == NULL || (old == NULL && new == NULL))
    return;
  part = g_hash_table_lookup (row->parts, &id);
  if (part == NULL)
    {
      part = g_new0 (Part, 1);
      part->old = old != NULL ? cc_record_copy (old) : NULL;
      g_hash_table_insert (row->parts, g_memdup2 (&id, sizeof id), part);
    }
  g_clear_pointer (&part->new, cc_record_free);
  part->new = new != NULL ? cc_record_copy (new) : NULL;
}

static void
take_new (CcWatch *watch, gint64 id, const CcUnit *unit)
{
  if (strcmp (unit->abbr, "EV") == 0)
    watch->cases++;
  else
    watch->persons++;
  if (g_hash_table_size (watch->fresh) < CC_DIFFERENCE_ROWS)
    ensure_row (watch->fresh, id, unit);
}

gboolean
cc_watch_take (CcAct           *act,
               CcDifferenceKind kind,
               gint64           id,
               CcRecord        *old,
               CcRecord *new,
               GError **error)
{
  CcWatch      *watch = act->watch;
  const CcUnit *unit = NULL;
  gint64        parents[2];
  gint64        root;
  Row          *row;

  if (watch == NULL)
    return TRUE;
  root = find_root (act, id, &unit, parents, error);
  if (root == 0)
    return FALSE;
  if (root >= watch->first_new)
    {
      /* A new case is stored again when more rows name it: that is no second one. */
      if (id == root && kind == CC_DIFFERENCE_NEW)
        take_new (watch, id, unit);
      return TRUE;
    }
  row = ensure_row (watch->rows, root, unit);
  if (id == root)
    {
      row->gone = kind == CC_DIFFERENCE_GONE;
      row->back = row->back || kind == CC_DIFFERENCE_BACK;
    }
  if (row->gone)
    return TRUE;
  if (id != root && row->parts != NULL
      && (kind == CC_DIFFERENCE_GONE || kind == CC_DIFFERENCE_BACK))
    {
      g_autoptr (CcRecord) whole = cc_store_read_record (act->file, act->connection, id, error);

      if (whole == NULL)
        return FALSE;
      if (kind == CC_DIFFERENCE_BACK)
        g_hash_table_remove (row->parts, &id);
      add_part (row, id, kind == CC_DIFFERENCE_GONE ? whole : NULL,
                kind == CC_DIFFERENCE_GONE ? NULL : whole);
    }
  else
    add_part (row, id, old, new);
  return TRUE;
}

/* Values of one variable as the history notes them; NULL where there are none. */
static char *
write_values (GPtrArray *stated, const CcVariable *variable)
{
  GString *text = NULL;

  for (guint i = 0; stated != NULL && i < stated->len; i++)
    {
      const CcValue   *value = g_ptr_array_index (stated, i);
      g_autofree char *noted = NULL;

      if (value->variable != variable)
        continue;
      noted = cc_value_to_log (value);
      if (text == NULL)
        text = g_string_new (noted);
      else
        g_string_append_printf (text, "; %s", noted);
    }
  return text != NULL ? g_string_free (text, FALSE) : NULL;
}

static void
compare_part (CcPack *pack, const Part *part, GPtrArray *differences)
{
  const CcUnit *unit = part->new != NULL ? part->new->unit : part->old->unit;
  g_autoptr (GPtrArray) old = part->old != NULL ? cc_record_get_stated (part->old) : NULL;
  g_autoptr (GPtrArray) new = part->new != NULL ? cc_record_get_stated (part->new) : NULL;

  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable  *variable = cc_pack_get_variable (pack, i);
      g_autofree char   *before = NULL;
      g_autofree char   *after = NULL;
      CcDifferenceValue *value;

      if (strcmp (variable->unit, unit->name) != 0)
        continue;
      before = write_values (old, variable);
      after = write_values (new, variable);
      if (g_strcmp0 (before, after) == 0)
        continue;
      value = g_new0 (CcDifferenceValue, 1);
      value->variable = variable;
      value->before = g_steal_pointer (&before);
      value->after = g_steal_pointer (&after);
      g_ptr_array_add (differences, value);
    }
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 x = **(gint64 *const *) a;
  const gint64 y = **(gint64 *const *) b;

  return (x > y) - (x < y);
}

/* Returns: (transfer container): pointers to the keys, rising */
static GPtrArray *
list_keys (GHashTable *table)
{
  GPtrArray     *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_ids);
  return keys;
}

/* Where a person or case is to be found in its list. */
static CcDifferenceRow *
locate (CcStatement *find, gint64 id, const CcUnit *unit, GError **error)
{
  CcDifferenceRow *row = g_new0 (CcDifferenceRow, 1);
  gboolean         has_row;

  row->values = g_ptr_array_new_with_free_func (free_value);
  row->unit = unit;
  row->record = id;
  cc_statement_reset (find);
  cc_statement_bind_int64 (find, 1, id);
  if (!cc_statement_step (find, &has_row, error))
    {
      free_difference_row (row);
      return NULL;
    }
  if (has_row)
    {
      row->sheet = g_strdup (cc_statement_text (find, 0));
      row->row = cc_statement_int64 (find, 1);
      row->number = g_strdup (cc_statement_text (find, 2));
    }
  cc_statement_reset (find);
  return row;
}

static CcStatement *
prepare_locate (CcAct *act, GError **error)
{
  return cc_connection_prepare (act->connection,
                                "SELECT w.sheet, w.row, (SELECT i.value FROM identifier i"
                                "  WHERE i.record = r.id AND i.kind IN ('agency_ref', 'case_no')"
                                "  ORDER BY i.kind, i.seq LIMIT 1)"
                                " FROM record r LEFT JOIN source_row w ON w.id = r.source_row"
                                " WHERE r.id = ?1",
                                error);
}

static CcDifferenceKind
judge (const Row *row)
{
  if (row->gone)
    return row->elsewhere ? CC_DIFFERENCE_ELSEWHERE : CC_DIFFERENCE_GONE;
  return row->back ? CC_DIFFERENCE_BACK : CC_DIFFERENCE_CHANGED;
}

/* persons: the clusters of which a record is gone. A withdrawn record has left its cluster in this
 * act; those that were in it with it may have moved on to another one. */
static gboolean
look_elsewhere (CcStatement *find, gint64 id, Row *row, GHashTable *persons, GError **error)
{
  gboolean has_row;

  cc_statement_reset (find);
  cc_statement_bind_int64 (find, 1, id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      const gint64 cluster = cc_statement_int64 (find, 0);

      row->elsewhere = cc_statement_int64 (find, 1) != 0;
      row->again = !g_hash_table_add (persons, g_memdup2 (&cluster, sizeof cluster));
    }
  cc_statement_reset (find);
  return TRUE;
}

/* Records are gone; this says which persons and cases go with them. */
static gboolean
find_elsewhere (CcAct *act, GHashTable *rows, GError **error)
{
  g_autoptr (GPtrArray) keys = list_keys (rows);
  g_autoptr (GHashTable) persons =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (CcStatement) find =
      cc_connection_prepare (act->connection,
                             "SELECT g.cluster, EXISTS (SELECT 1 FROM membership m"
                             "  JOIN membership now ON now.record = m.record"
                             "   AND now.to_act IS NULL"
                             "  WHERE m.cluster = g.cluster AND m.record <> g.record"
                             "  AND ifnull (m.to_act, ?2) = ?2)"
                             " FROM membership g WHERE g.record = ?1 AND g.to_act = ?2"
                             " ORDER BY g.id LIMIT 1",
                             error);

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 2, act->seq);
  for (guint i = 0; i < keys->len; i++)
    {
      const gint64 *id = g_ptr_array_index (keys, i);
      Row          *row = g_hash_table_lookup (rows, id);

      if (row->gone && !look_elsewhere (find, *id, row, persons, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_row (CcAct           *act,
         CcStatement     *find,
         gint64           id,
         Row             *row,
         CcDifferenceKind kind,
         GPtrArray       *rows,
         GError         **error)
{
  CcDifferenceRow *made = locate (find, id, row->unit, error);
  g_autoptr (GPtrArray) parts = NULL;

  if (made == NULL)
    return FALSE;
  made->kind = kind;
  g_ptr_array_add (rows, made);
  if (row->gone || kind == CC_DIFFERENCE_NEW)
    return TRUE;
  parts = list_keys (row->parts);
  for (guint i = 0; i < parts->len; i++)
    compare_part (act->file->pack, g_hash_table_lookup (row->parts, g_ptr_array_index (parts, i)),
                  made->values);
  return TRUE;
}

static gboolean
end_kind (CcAct           *act,
          CcStatement     *find,
          GHashTable      *table,
          CcDifferenceKind kind,
          CcDifference    *difference,
          GError         **error)
{
  g_autoptr (GPtrArray) keys = list_keys (table);

  for (guint i = 0; i < keys->len; i++)
    {
      gint64 *id = g_ptr_array_index (keys, i);
      Row    *row = g_hash_table_lookup (table, id);

      if (kind != CC_DIFFERENCE_NEW && (row->again || judge (row) != kind))
        continue;
      if (kind != CC_DIFFERENCE_NEW)
        (strcmp (row->unit->abbr, "EV") == 0 ? difference->cases : difference->persons)[kind]++;
      if (row->parts != NULL && !end_row (act, find, *id, row, kind, difference->rows, error))
        return FALSE;
    }
  return TRUE;
}

CcDifference *
cc_act_end_watch (CcAct *act, GError **error)
{
  static const CcDifferenceKind order[] = { CC_DIFFERENCE_CHANGED, CC_DIFFERENCE_GONE,
                                            CC_DIFFERENCE_ELSEWHERE, CC_DIFFERENCE_BACK,
                                            CC_DIFFERENCE_NEW };
  g_autoptr (CcDifference) difference = g_new0 (CcDifference, 1);
  g_autoptr (CcStatement) find = NULL;
  CcWatch *watch;
  gboolean ok;

  g_return_val_if_fail (act != NULL && act->watch != NULL, NULL);
  watch = g_steal_pointer (&act->watch);
  difference->rows = g_ptr_array_new_with_free_func (free_difference_row);
  difference->persons[CC_DIFFERENCE_NEW] = watch->persons;
  difference->cases[CC_DIFFERENCE_NEW] = watch->cases;
  find = prepare_locate (act, error);
  ok = find != NULL && find_elsewhere (act, watch->rows, error);
  for (guint i = 0; ok && i < G_N_ELEMENTS (order); i++)
    ok = end_kind (act, find, order[i] == CC_DIFFERENCE_NEW ? watch->fresh : watch->rows, order[i],
                   difference, error);
  cc_watch_free (watch);
  return ok ? g_steal_pointer (&difference) : NULL;
}

/* Persons that a delivery states: those that stand in its name, and those it stated again. */
#define STATED                                                                                     \
  " FROM record r WHERE r.state = 0 AND r.unit IN ('VI', 'PE') AND r.id IN"                        \
  " (SELECT id FROM record WHERE submission = ?1"                                                  \
  "  UNION SELECT CAST (key AS INTEGER) FROM audit_change WHERE tbl = '" CC_SAID_TABLE "'"         \
  "  AND NOT (tbl = 'record' AND before IS NULL) AND instr (key, ':') = 0"                         \
  "  AND (CAST (before AS INTEGER) = ?1 OR CAST (after AS INTEGER) = ?1))"

#define AGAIN                                                                                      \
  " (r.submission = ?2 OR EXISTS (SELECT 1 FROM audit_change c WHERE c.tbl = '" CC_SAID_TABLE "'"  \
  "  AND c.key = CAST (r.id AS TEXT) AND NOT (c.tbl = 'record' AND c.before IS NULL)"              \
  "  AND CAST (c.after AS INTEGER) = ?2))"

GPtrArray *
cc_act_list_vanished (CcAct   *act,
                      gint64   earlier,
                      gint64   submission,
                      gint64  *n_vanished,
                      gint64  *n_again,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_difference_row);
  g_autoptr (CcStatement) list = NULL;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row = TRUE;

  g_return_val_if_fail (act != NULL && n_vanished != NULL && n_again != NULL, NULL);
  *n_vanished = *n_again = 0;
  list =
      cc_connection_prepare (act->connection, "SELECT r.id," AGAIN STATED " ORDER BY r.id", error);
  find = list != NULL ? prepare_locate (act, error) : NULL;
  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (list, 1, earlier);
  cc_statement_bind_int64 (list, 2, submission);
  for (;;)
    {
      const CcUnit    *unit = NULL;
      gint64           parents[2];
      gint64           id;
      CcDifferenceRow *row;

      if (!cc_statement_step (list, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      if (cc_statement_int64 (list, 1) != 0)
        {
          *n_again += 1;
          continue;
        }
      *n_vanished += 1;
      if (rows->len >= CC_DIFFERENCE_ROWS)
        continue;
      id = find_root (act, cc_statement_int64 (list, 0), &unit, parents, error);
      row = id != 0 ? locate (find, id, unit, error) : NULL;
      if (row == NULL)
        return NULL;
      row->kind = CC_DIFFERENCE_GONE;
      g_ptr_array_add (rows, row);
    }
}
