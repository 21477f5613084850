/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-bind-private.h"
#include "cc-purge-private.h"

#include <cc/model/cc-retention-dates.h>

#include <string.h>

/* No date: before every day there is. Two arguments at least keep max () from being an aggregate.
 */
#define NO_DAY "-2000000000"

/* The rule that rules over an identifier must be this one: the entity's own before the general one,
 * one for the kind before the one for all. */
#define IS_THE_RULE                                                                                \
  " AND ?2 = (SELECT x.id FROM retention x WHERE x.unit = r.unit AND x.kind IN ('*', i.kind)"      \
  "  AND (x.entity IS NULL OR x.entity = r.entity)"                                                \
  "  ORDER BY x.entity IS NULL, x.kind = '*', x.id LIMIT 1)"

#define RECEIVED                                                                                   \
  "(coalesce (s.received, (SELECT min (a.time) FROM audit_change c JOIN audit a ON a.seq = c.seq"  \
  "  WHERE c.tbl = 'row:record' AND c.key = CAST (r.id AS TEXT)"                                   \
  "  AND NOT (c.tbl = 'record' AND c.before IS NULL)), 0) / 86400)"

/* Sent again after it was removed: the raw row is new, the identifiers stayed away. */
const char *const cc_retention_returned_sql =
    "SELECT DISTINCT i.record, i.kind, NULL, r.source_row FROM identifier i"
    " JOIN record r ON r.id = i.record JOIN source_row w ON w.id = r.source_row"
    " WHERE i.value = '" CC_PURGED_MARK "' AND " CC_CELLS_KEPT ("w");

static const CcUnit *
find_link (CcPack *pack, const char *unit, const char *other)
{
  for (guint i = 0; i < cc_pack_get_n_units (pack); i++)
    {
      const CcUnit      *link = cc_pack_get_unit (pack, i);
      const char *const *parents = (const char *const *) link->parents;

      if (strcmp (link->kind, "link") == 0 && g_strv_contains (parents, unit)
          && g_strv_contains (parents, other))
        return link;
    }
  return NULL;
}

/* The last possible day of one date as an expression; NULL where it cannot be reached. */
static char *
build_date (CcCaseFile *file, const CcUnit *unit, const CcVariable *variable)
{
  const CcUnit    *owner = cc_pack_find_unit (file->pack, variable->unit);
  const gint64     id = cc_dictionary_get_variable (file->dictionary, variable);
  g_autofree char *column = cc_variable_get_column (variable, id, 1);
  const CcUnit    *link;

  if (owner == unit)
    return g_strdup_printf ("t.%s", column);
  if (g_strv_contains ((const char *const *) owner->parents, unit->name))
    return g_strdup_printf ("(SELECT max (c.%s) FROM \"%s\" c JOIN record d ON d.id = c.record"
                            " WHERE c.\"%s\" = r.id AND d.state = 0)",
                            column, owner->name, unit->name);
  link = find_link (file->pack, unit->name, owner->name);
  if (link == NULL)
    return NULL;
  /* As long as one linked case has no day, there is none. */
  return g_strdup_printf ("(SELECT CASE WHEN count (*) = count (o.%s) THEN max (o.%s) END"
                          " FROM \"%s\" l JOIN record d ON d.id = l.record JOIN \"%s\" o"
                          " ON o.record = l.\"%s\" WHERE l.\"%s\" = r.id AND d.state = 0)",
                          column, column, link->name, owner->name, owner->name, unit->name);
}

/* The day a record's period is counted from; without any contact, the end of its delivery's period
 * or the day it was received. */
static char *
build_day (CcCaseFile *file, const CcUnit *unit, const char *from)
{
  g_autoptr (GPtrArray) dates = NULL;
  g_autoptr (GString) sql = NULL;

  if (strcmp (from, "received") == 0)
    return g_strdup (RECEIVED);
  dates = cc_pack_get_retention_dates (file->pack, from, unit->name);
  sql = g_string_new ("nullif (max (" NO_DAY);
  for (guint i = 0; i < dates->len; i++)
    {
      g_autofree char *date = build_date (file, unit, g_ptr_array_index (dates, i));

      if (date != NULL)
        g_string_append_printf (sql, ", ifnull (%s, " NO_DAY ")", date);
    }
  g_string_append (sql, ", " NO_DAY "), " NO_DAY ")");
  if (strcmp (from, "last-contact") == 0)
    {
      g_string_prepend (sql, "coalesce (");
      g_string_append (sql, ", s.last, " RECEIVED ")");
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

char *
cc_retention_build_query (CcCaseFile *file, const CcRetentionRule *rule)
{
  const CcUnit    *unit;
  g_autofree char *day = NULL;

  if (strcmp (rule->unit, CC_RETENTION_ROWS) == 0)
    return g_strdup (
        "SELECT 0, '', s.received / 86400 AS day, w.id FROM source_row w"
        " JOIN submission s ON s.id = w.submission WHERE " CC_CELLS_KEPT (
            "w") " AND s.received / 86400 <= ?1 AND ?3 = '*'"
                 " AND w.id NOT IN (SELECT source_row FROM record"
                 "  WHERE source_row IS NOT NULL)"
                 " AND ?2 = (SELECT x.id FROM retention x WHERE x.unit = '" CC_RETENTION_ROWS
                 "'  AND (x.entity IS NULL OR x.entity = s.entity)"
                 "  ORDER BY x.entity IS NULL, x.id LIMIT 1)");
  unit = cc_pack_find_unit (file->pack, rule->unit);
  day = build_day (file, unit, rule->counted_from);
  return g_strdup_printf (
      "SELECT DISTINCT i.record, i.kind, %s AS day, r.source_row FROM record r"
      " JOIN \"%s\" t ON t.record = r.id LEFT JOIN submission s ON s.id = r.submission"
      " JOIN identifier i ON i.record = r.id WHERE r.unit = '%s' AND i.value <> '" CC_PURGED_MARK
      "' AND (?3 = '*' OR i.kind = ?3)" IS_THE_RULE " AND (day IS NULL OR day <= ?1)",
      day, unit->name, unit->abbr);
}

/* The last day whose period is over today. */
static CcDay
subtract_months (CcDay day, int months)
{
  int year, month, mday, place;

  cc_day_to_ymd (day, &year, &month, &mday);
  place = year * 12 + month - 1 - months;
  year = place / 12;
  month = place % 12 + 1;
  return cc_day_from_ymd (year, month, MIN (mday, cc_day_days_in_month (year, month)));
}

void
cc_retention_bind_query (CcStatement *query, const CcRetentionRule *rule, CcDay today)
{
  cc_statement_bind_int64 (query, 1, subtract_months (today, rule->months));
  cc_statement_bind_int64 (query, 2, rule->id);
  cc_statement_bind_text (query, 3, rule->kind);
}

typedef struct
{
  CcConnection *connection;
  GPtrArray    *list;
  GHashTable   *by_record; /* CcRetentionDue without record are not in it */
  GHashTable   *undated;   /* record ids */
} Gathering;

static void
add_kind (CcRetentionDue *due, const char *kind)
{
  const guint n = due->kinds != NULL ? g_strv_length (due->kinds) : 0;

  if (n > 0 && g_strv_contains ((const char *const *) due->kinds, kind))
    return;
  due->kinds = g_renew (char *, due->kinds, n + 2);
  due->kinds[n] = g_strdup (kind);
  due->kinds[n + 1] = NULL;
}

static CcRetentionDue *
add_due (Gathering *self, gint64 rule, CcStatement *row)
{
  const gint64    record = cc_statement_int64 (row, 0);
  CcRetentionDue *due = record != 0 ? g_hash_table_lookup (self->by_record, &record) : NULL;

  if (due == NULL)
    {
      due = g_new0 (CcRetentionDue, 1);
      due->rule = rule;
      due->record = record;
      due->source_row = cc_statement_int64 (row, 3);
      due->counted = cc_read_day (row, 2);
      due->kinds = g_new0 (char *, 1);
      g_ptr_array_add (self->list, due);
      if (record != 0)
        g_hash_table_insert (self->by_record, &due->record, due);
    }
  if (record != 0)
    add_kind (due, cc_statement_text (row, 1));
  return due;
}

static gboolean
gather (Gathering *self, gint64 rule, CcStatement *rows, GError **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (rule == 0 || !cc_statement_is_null (rows, 2))
        add_due (self, rule, rows);
      else
        {
          const gint64 record = cc_statement_int64 (rows, 0);

          g_hash_table_add (self->undated, g_memdup2 (&record, sizeof record));
        }
    }
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const CcRetentionDue *x = *(const CcRetentionDue *const *) a;
  const CcRetentionDue *y = *(const CcRetentionDue *const *) b;

  if (x->record != y->record)
    return x->record < y->record ? -1 : 1;
  return (x->source_row > y->source_row) - (x->source_row < y->source_row);
}

/* What the record or the row is called outside. */
static gboolean
complete (Gathering *self, CcRetentionDue *due, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean      has_row;
  gconstpointer uuid;
  gsize         size;

  qsort (due->kinds, g_strv_length (due->kinds), sizeof (char *), compare_texts);
  find = cc_connection_prepare (self->connection,
                                due->record != 0
                                    ? "SELECT r.unit, e.key, r.uuid FROM record r"
                                      " LEFT JOIN entity e ON e.id = r.entity WHERE r.id = ?1"
                                    : "SELECT '" CC_RETENTION_ROWS "', e.key, NULL"
                                      " FROM source_row w JOIN submission s ON s.id = w.submission"
                                      " JOIN entity e ON e.id = s.entity WHERE w.id = ?1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, due->record != 0 ? due->record : due->source_row);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  due->unit = g_strdup (has_row ? cc_statement_text (find, 0) : "");
  due->entity = has_row ? g_strdup (cc_statement_text (find, 1)) : NULL;
  uuid = has_row ? cc_statement_blob (find, 2, &size) : NULL;
  if (uuid != NULL && size == sizeof due->uuid)
    memcpy (due->uuid, uuid, size);
  return TRUE;
}

GPtrArray *
cc_retention_list_due (CcCaseFile   *file,
                       CcConnection *connection,
                       CcDay         today,
                       gint64       *undated,
                       GError      **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_retention_due_free);
  g_autoptr (GHashTable) by_record = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) without =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) rules = cc_retention_list (connection, error);
  g_autoptr (CcStatement) returned = NULL;
  Gathering self = { connection, list, by_record, without };

  if (rules == NULL)
    return NULL;
  for (guint i = 0; i < rules->len; i++)
    {
      const CcRetentionRule *rule = g_ptr_array_index (rules, i);
      g_autofree char       *sql = cc_retention_build_query (file, rule);
      g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);

      if (rows == NULL)
        return NULL;
      cc_retention_bind_query (rows, rule, today);
      if (!gather (&self, rule->id, rows, error))
        return NULL;
    }
  returned = cc_connection_prepare (connection, cc_retention_returned_sql, error);
  if (returned == NULL || !gather (&self, 0, returned, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!complete (&self, g_ptr_array_index (list, i), error))
      return NULL;
  g_ptr_array_sort (list, compare_due);
  if (undated != NULL)
    *undated = g_hash_table_size (without);
  return g_steal_pointer (&list);
}
