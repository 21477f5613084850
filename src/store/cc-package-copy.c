/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-package-private.h"
#include "cc-row-image-private.h"
#include "cc-unit-plan-private.h"

#include <string.h>

/* What of each table goes into a package. Every table has a rule, so that a new one is not
 * forgotten: a test compares them with the schema. */

#define NOTHING "0"

typedef struct
{
  const char *table;
  const char *where; /* rows of source.TABLE as "t"; "0": none; "*": by other means */
} Rule;

static const Rule rules[] = {
  { "meta", "*" },
  { "setting", NOTHING },
  { "user", NOTHING },
  { "variable", "1" },
  { "code", "1" },
  { "code_closure", "1" },
  { "pack_overlay", "1" },
  { "pack_file", "1" },
  { "concordance", "1" },
  { "entity", "t.id IN (SELECT id FROM temp.chosen)" },
  { "expected_return", "t.entity IN (SELECT id FROM temp.chosen)" },
  { "profile", "t.entity IN (SELECT id FROM temp.chosen)" },
  { "profile_version", "t.profile IN (SELECT id FROM main.profile)" },
  { "submission", "t.id IN (SELECT id FROM temp.keep_delivery)" },
  { "source_row", "t.id IN (SELECT id FROM temp.keep_row)" },
  { "aggregate_cell",
    "t.submission IN (SELECT id FROM temp.keep_delivery)"
    " AND (t.source_row IS NULL OR t.source_row IN (SELECT id FROM temp.keep_row))" },
  { "record", "t.id IN (SELECT id FROM temp.keep)" },
  { "answer", "t.record IN (SELECT id FROM temp.keep)" },
  { "multi_value", "t.record IN (SELECT id FROM temp.keep)" },
  { "no_value", "t.record IN (SELECT id FROM temp.keep)" },
  { "extra_value", "t.record IN (SELECT id FROM temp.keep)" },
  { "identifier", "t.record IN (SELECT id FROM main.record WHERE basis = 0)" },
  { "pair_decision", "t.superseded_by IS NULL AND t.a IN (SELECT id FROM temp.keep)"
                     " AND t.b IN (SELECT id FROM temp.keep)" },
  { "membership", "t.to_act IS NULL AND t.record IN (SELECT id FROM temp.keep)" },
  { "cluster", "t.id IN (SELECT cluster FROM main.membership)" },
  { "cluster_choice", "t.cluster IN (SELECT id FROM main.cluster)"
                      " AND t.record IN (SELECT id FROM temp.keep)" },
  { "finding", "(t.record IS NULL OR t.record IN (SELECT id FROM temp.keep))"
               " AND (t.source_row IS NULL OR t.source_row IN (SELECT id FROM temp.keep_row))"
               " AND (t.record IS NOT NULL OR t.source_row IS NOT NULL)" },
  { "dirty_cluster", "*" },
  /* Computed from the rest, here and there. */
  { "person_fact", NOTHING },
  { "norm", NOTHING },
  /* A model knows how frequent names are in the whole file. */
  { "link_model", NOTHING },
  { "link_run", NOTHING },
  { "proposal", NOTHING },
  /* What the office itself handed in, typed and laid out. */
  { "named_table", NOTHING },
  { "questionnaire_answer", NOTHING },
  { "layout", NOTHING },
  { "release", NOTHING },
  { "population", NOTHING },
  { "retention", NOTHING },
  { "staging_batch", NOTHING },
  { "staging_row", NOTHING },
  { "merge_conflict", NOTHING },
  /* The package has a chain of its own. */
  { "audit", "*" },
  { "audit_change", "*" },
};

/* Columns that would name what stays, or people: what is written instead. Acts are numbers of
 * another chain, so all is of the package's first one. */
static const struct
{
  const char *table;
  const char *column;
  const char *instead;
} cleared[] = {
  { "entity", "parent", "CASE WHEN t.parent IN (SELECT id FROM temp.chosen) THEN t.parent END" },
  { "submission", "replaces",
    "CASE WHEN t.replaces IN (SELECT id FROM temp.keep_delivery) THEN t.replaces END" },
  { "submission", "profile_version",
    "CASE WHEN t.profile_version IN (SELECT id FROM main.profile_version)"
    " THEN t.profile_version END" },
  { "source_row", "cells",
    "CASE WHEN (SELECT k.whole FROM temp.keep_row k WHERE k.id = t.id) THEN t.cells END" },
  { "aggregate_cell", "event", "CASE WHEN t.event IN (SELECT id FROM temp.keep) THEN t.event END" },
  { "record", "source_row",
    "CASE WHEN t.source_row IN (SELECT id FROM temp.keep_row) THEN t.source_row END" },
  { "concordance", "act", "1" },
  { "pair_decision", "run", "NULL" },
  { "pair_decision", "reason", "NULL" },
  { "pair_decision", "act", "1" },
  { "membership", "from_act", "1" },
  { "membership", "decision",
    "CASE WHEN t.decision IN (SELECT id FROM main.pair_decision) THEN t.decision END" },
  { "cluster", "merged_into", "NULL" },
  { "finding", "value",
    "CASE WHEN (SELECT k.whole FROM temp.keep_row k WHERE k.id = t.source_row) THEN t.value END" },
  { "finding", "submission",
    "CASE WHEN t.submission IN (SELECT id FROM temp.keep_delivery) THEN t.submission END" },
  { "finding", "resolved_by", "NULL" },
};

const char *
cc_package_get_rule (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].table, table) == 0)
      return rules[i].where;
  return NULL;
}

/* The columns of unit tables that name agencies. */
static GHashTable *
list_references (CcConnection *connection, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT id FROM source.variable WHERE kind = 'ref'",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_hash_table_add (names,
                          g_strdup_printf ("v%" G_GINT64_FORMAT, cc_statement_int64 (rows, 0)));
    }
  return g_steal_pointer (&names);
}

static const char *
find_cleared (const char *table, const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (cleared); i++)
    if (strcmp (cleared[i].table, table) == 0 && strcmp (cleared[i].column, column) == 0)
      return cleared[i].instead;
  return NULL;
}

static gboolean
is_unit (CcPackageJob *self, const char *table)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->file->pack); i++)
    if (self->file->plans[i] != NULL && strcmp (self->file->plans[i]->unit->name, table) == 0)
      return TRUE;
  return FALSE;
}

static void
append_column (CcPackageJob *self,
               GString      *sql,
               const char   *table,
               const char   *column,
               GHashTable   *references)
{
  const char *instead = find_cleared (table, column);

  if (sql->len > 0)
    g_string_append (sql, ", ");
  if (instead != NULL)
    g_string_append (sql, instead);
  /* Unit tables: columns named as units are parents. */
  else if (is_unit (self, table) && is_unit (self, column))
    g_string_append_printf (sql,
                            "CASE WHEN t.\"%s\" IN (SELECT id FROM temp.keep) THEN t.\"%s\" END",
                            column, column);
  else if (is_unit (self, table) && g_hash_table_contains (references, column))
    g_string_append_printf (sql,
                            "CASE WHEN t.\"%s\" IN (SELECT id FROM temp.chosen) THEN t.\"%s\" END",
                            column, column);
  else
    g_string_append_printf (sql, "t.\"%s\"", column);
}

static gboolean
copy_table (CcPackageJob *self,
            const char   *table,
            const char   *where,
            GHashTable   *references,
            GError      **error)
{
  g_autoptr (CcRowLayout) layout = cc_row_layout_read (self->out, table, error);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  g_autofree char *sql = NULL;

  if (layout == NULL)
    return FALSE;
  for (guint i = 0; i < layout->columns->len; i++)
    {
      const char *column = g_ptr_array_index (layout->columns, i);

      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", column);
      append_column (self, values, table, column, references);
    }
  sql = g_strdup_printf ("INSERT INTO main.\"%s\" (%s) SELECT %s FROM source.\"%s\" t WHERE %s",
                         table, names->str, values->str, table, where);
  return cc_connection_execute (self->out, sql, error);
}

/* The origin's tables, indexes and views, empty. */
static gboolean
copy_schema (CcPackageJob *self, GPtrArray *tables, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->out,
                                "SELECT sql, type, name FROM source.sqlite_master"
                                " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                " ORDER BY type <> 'table', type <> 'index', rowid",
                                error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      g_ptr_array_add (texts, g_strdup (cc_statement_text (rows, 0)));
      if (strcmp (cc_statement_text (rows, 1), "table") == 0)
        g_ptr_array_add (tables, g_strdup (cc_statement_text (rows, 2)));
    }
  for (guint i = 0; i < texts->len; i++)
    if (!cc_connection_execute (self->out, g_ptr_array_index (texts, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
is_in (GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (g_ptr_array_index (names, i), name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
cc_package_copy (CcPackageJob *self, GError **error)
{
  g_autoptr (GHashTable) references = list_references (self->out, error);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  if (references == NULL || !copy_schema (self, tables, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const Rule *rule = &rules[i];

      if (strcmp (rule->where, "*") == 0 || strcmp (rule->where, NOTHING) == 0
          || !is_in (tables, rule->table)
          || (strcmp (rule->table, "identifier") == 0 && !self->order->identifiers))
        continue;
      if (!copy_table (self, rule->table, rule->where, references, error))
        return FALSE;
    }
  for (guint i = 0; i < tables->len; i++)
    if (is_unit (self, g_ptr_array_index (tables, i))
        && !copy_table (self, g_ptr_array_index (tables, i),
                        "t.record IN (SELECT id FROM temp.keep)", references, error))
      return FALSE;
  return cc_connection_execute (self->out,
                                "INSERT INTO main.dirty_cluster SELECT id FROM main.cluster"
                                " WHERE state = 0",
                                error);
}
