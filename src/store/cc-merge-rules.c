/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-rules-private.h"

#include <string.h>

/* Tables beside records, by what a person would recognise a row: an agency by its key, a delivery
 * by its file. Every table has a rule, so that a new one is not forgotten: a test compares them
 * with the schema.
 *
 * A rule names the columns but the primary key: "name*" is part of what the row is recognised by,
 * "name=kind" points to a row of that kind, "name+" is written with a new row and not compared,
 * "name<" keeps the smaller of both, "name!" gets the number of the merging act. */

static const CcMergeRule rules[] = {
  { "user", NULL, "id", "name*", TRUE, FALSE },
  { "setting", NULL, "key", "key* value", TRUE, TRUE },
  { "pack_overlay", NULL, "id", "kind* key* body", TRUE, TRUE },
  { "entity", "entity", "id",
    "key* name type=code identifies basis region=code country=code parent=entity contact coverage"
    " sharing_basis language",
    TRUE, FALSE },
  { "profile", "profile", "id", "name* entity=entity", TRUE, FALSE },
  { "profile_version", "version", "id", "profile*=profile body* version+ signature+ time<", TRUE,
    FALSE },
  { "submission", "submission", "id",
    "entity*=entity file_name* sha256* first* last* nil* received< rows accepted parked rejected"
    " profile_version=version replaces=submission state",
    TRUE, FALSE },
  { "expected_return", NULL, "id", "entity*=entity first* last* state", TRUE, TRUE },
  { "population", NULL, "id", "year* sex* age_class* count source", TRUE, TRUE },
  { "named_table", NULL, "id", "kind* name* body", TRUE, TRUE },
  { "layout", NULL, "id", "name* body", TRUE, TRUE },
  { "questionnaire_answer", NULL, "id",
    "questionnaire* period_first* period_last* tbl* cell* value reason time+ act!", TRUE, TRUE },
  { "release", NULL, "id", "profile* audience* time* head* body* act!", TRUE, FALSE },
  { "retention", NULL, "id", "unit* kind* entity*=entity months counted_from time+ act!", TRUE,
    TRUE },
  { "link_model", "model", "id", "kind* version* body*", TRUE, FALSE },
  { "link_run", "run", "id", "kind* seed* records* pairs* time* model=model accept+ act!", TRUE,
    FALSE },
  { "aggregate_cell", NULL, "id",
    "submission*=submission source_row*=source_row event*=record unit* first* last* categories*"
    " count*",
    FALSE, FALSE },
  { "finding", NULL, "id",
    "rule* record*=record source_row*=source_row submission*=submission variable*=variable value+"
    " severity+ state resolved_by resolution",
    FALSE, FALSE },
};

/* Tables with means of their own, and such as are no statement. */
static const char *const others[][2] = {
  { "meta", "of the file" },
  { "variable", "codes" },
  { "code", "codes" },
  { "pack_file", "of the file" },
  { "concordance", "of the file" },
  { "code_closure", "computed" },
  { "source_row", "rows" },
  { "record", "records" },
  { "answer", "records" },
  { "multi_value", "records" },
  { "no_value", "records" },
  { "extra_value", "records" },
  { "identifier", "records" },
  { "cluster", "persons" },
  { "membership", "persons" },
  { "cluster_choice", "persons" },
  { "pair_decision", "decisions" },
  { "proposal", "decisions" },
  { "dirty_cluster", "computed" },
  { "person_fact", "computed" },
  { "norm", "computed" },
  { "staging_batch", "not yet said" },
  { "staging_row", "not yet said" },
  { "audit", "of the file" },
  { "audit_change", "of the file" },
  { "merge_conflict", "of the file" },
};

const char *
cc_merge_get_rule (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].table, table) == 0)
      return rules[i].columns;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i][0], table) == 0)
      return others[i][1];
  return NULL;
}

const CcMergeRule *
cc_merge_list_rules (guint *n)
{
  *n = G_N_ELEMENTS (rules);
  return rules;
}

static void
free_column (gpointer data)
{
  CcMergeColumn *column = data;

  g_free (column->name);
  g_free (column->kind);
  g_free (column);
}

GPtrArray *
cc_merge_rule_parse (const CcMergeRule *rule)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (free_column);
  g_auto (GStrv) words = g_strsplit (rule->columns, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      CcMergeColumn *column = g_new0 (CcMergeColumn, 1);
      const gsize    length = strcspn (words[i], "*+<!=");
      const char    *kind = strchr (words[i], '=');

      column->name = g_strndup (words[i], length);
      column->kind = g_strdup (kind != NULL ? kind + 1 : NULL);
      column->recognised = strchr (words[i] + length, '*') != NULL;
      column->added = strchr (words[i] + length, '+') != NULL;
      column->smaller = strchr (words[i] + length, '<') != NULL;
      column->act = strchr (words[i] + length, '!') != NULL;
      g_ptr_array_add (columns, column);
    }
  return columns;
}
