/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-bind-private.h"
#include "cc-purge-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-retention-dates.h>

#include <string.h>

void
cc_retention_rule_free (CcRetentionRule *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->kind);
  g_free (self->counted_from);
  g_free (self);
}

void
cc_retention_due_free (CcRetentionDue *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->entity);
  g_strfreev (self->kinds);
  g_free (self);
}

static gboolean
has_kind (CcPack *pack, const CcUnit *unit, const char *kind)
{
  const CcVariable *variable;

  if (strcmp (kind, "*") == 0)
    return TRUE;
  variable = cc_pack_find_unit_variable (pack, unit->name, kind);
  return variable != NULL && variable->storage == CC_STORAGE_IDENTIFIER;
}

static gboolean
can_count_from (CcPack *pack, const CcUnit *unit, const char *from)
{
  g_autoptr (GPtrArray) dates = NULL;

  if (strcmp (from, "received") == 0)
    return TRUE;
  if (unit == NULL)
    return FALSE;
  dates = cc_pack_get_retention_dates (pack, from, unit->name);
  return dates->len > 0;
}

static gboolean
check_rule (CcPack *pack, const CcRetentionRule *rule, GError **error)
{
  const gboolean rows = strcmp (rule->unit, CC_RETENTION_ROWS) == 0;
  const CcUnit  *unit = rows ? NULL : cc_pack_find_unit (pack, rule->unit);

  if (!rows && (unit == NULL || !cc_unit_is_clustered (unit)))
    g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                 "“%s” holds no identifiers. Rules are for victims (VI), perpetrators (PE), events "
                 "(EV) and raw rows without a record (%s). Nothing was changed.",
                 rule->unit, CC_RETENTION_ROWS);
  else if (rows ? strcmp (rule->kind, "*") != 0 : !has_kind (pack, unit, rule->kind))
    g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                 "“%s” is no identifier of “%s”. Name one, such as phone, or * for all. Nothing "
                 "was "
                 "changed.",
                 rule->kind, rule->unit);
  else if (!can_count_from (pack, unit, rule->counted_from))
    g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                 "For “%s” no period can be counted from “%s”. Use received, last-contact or, "
                 "where "
                 "there are cases, case-closed. Nothing was changed.",
                 rule->unit, rule->counted_from);
  else if (rule->months < 1 || rule->months > 12 * 200)
    g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                 "%d is no number of months from 1 to 2400. Nothing was changed.", rule->months);
  else
    return TRUE;
  return FALSE;
}

static char *
describe_rule (const CcRetentionRule *rule)
{
  return g_strdup_printf ("%s %s: %d months from %s", rule->unit, rule->kind, rule->months,
                          rule->counted_from);
}

gboolean
cc_retention_rule_read (const char *noted, CcRetentionRule *rule)
{
  g_autoptr (GRegex) pattern =
      g_regex_new ("^(\\S+) (\\S+): ([0-9]{1,5}) months from (\\S+)$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *months = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);
  *rule = (CcRetentionRule){ .id = 0 };
  if (noted == NULL || !g_regex_match (pattern, noted, 0, &match))
    return FALSE;
  months = g_match_info_fetch (match, 3);
  rule->unit = g_match_info_fetch (match, 1);
  rule->kind = g_match_info_fetch (match, 2);
  rule->months = (int) g_ascii_strtoll (months, NULL, 10);
  rule->counted_from = g_match_info_fetch (match, 4);
  return TRUE;
}

void
cc_retention_rule_clear (CcRetentionRule *rule)
{
  g_clear_pointer (&rule->unit, g_free);
  g_clear_pointer (&rule->kind, g_free);
  g_clear_pointer (&rule->counted_from, g_free);
}

static gboolean
find_same (CcAct *act, const CcRetentionRule *rule, gint64 *id, char **before, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *id = 0;
  find = cc_connection_prepare (act->connection,
                                "SELECT id, months, counted_from FROM retention WHERE unit = ?1"
                                " AND kind = ?2 AND entity IS ?3",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, rule->unit);
  cc_statement_bind_text (find, 2, rule->kind);
  cc_bind_id (find, 3, rule->entity);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      const CcRetentionRule old = { .unit = rule->unit,
                                    .kind = rule->kind,
                                    .months = (int) cc_statement_int64 (find, 1),
                                    .counted_from = (char *) cc_statement_text (find, 2) };

      *id = cc_statement_int64 (find, 0);
      *before = describe_rule (&old);
    }
  return TRUE;
}

gboolean
cc_act_set_retention (CcAct *act, CcRetentionRule *rule, GError **error)
{
  g_autoptr (CcStatement) put = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  char             key[24];

  g_return_val_if_fail (act != NULL && rule != NULL, FALSE);
  if (!check_rule (act->file->pack, rule, error)
      || !find_same (act, rule, &rule->id, &before, error))
    return FALSE;
  put = cc_connection_prepare (act->connection,
                               "INSERT INTO retention (id, unit, kind, entity, months,"
                               " counted_from, time, act) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                               " ON CONFLICT (id) DO UPDATE SET months = excluded.months,"
                               " counted_from = excluded.counted_from, time = excluded.time,"
                               " act = excluded.act",
                               error);
  if (put == NULL)
    return FALSE;
  cc_bind_id (put, 1, rule->id);
  cc_statement_bind_text (put, 2, rule->unit);
  cc_statement_bind_text (put, 3, rule->kind);
  cc_bind_id (put, 4, rule->entity);
  cc_statement_bind_int64 (put, 5, rule->months);
  cc_statement_bind_text (put, 6, rule->counted_from);
  cc_statement_bind_int64 (put, 7, act->time);
  cc_statement_bind_int64 (put, 8, act->seq);
  if (!cc_statement_run (put, error))
    return FALSE;
  if (rule->id == 0)
    rule->id = cc_connection_last_id (act->connection);
  after = describe_rule (rule);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, rule->id);
  return cc_act_log (act, "retention", key, before, after, error);
}

static CcRetentionRule *
read_rule (CcStatement *row)
{
  CcRetentionRule *rule = g_new0 (CcRetentionRule, 1);

  rule->id = cc_statement_int64 (row, 0);
  rule->unit = g_strdup (cc_statement_text (row, 1));
  rule->kind = g_strdup (cc_statement_text (row, 2));
  rule->entity = cc_statement_int64 (row, 3);
  rule->months = (int) cc_statement_int64 (row, 4);
  rule->counted_from = g_strdup (cc_statement_text (row, 5));
  return rule;
}

GPtrArray *
cc_retention_list (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) rules =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_retention_rule_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT id, unit, kind, entity, months, counted_from FROM retention"
                                " ORDER BY unit, kind, entity, id",
                                error);
  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (rules, read_rule (rows));
    }
  return g_steal_pointer (&rules);
}

gboolean
cc_act_remove_retention (CcAct *act, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) rules = cc_retention_list (act->connection, error);
  g_autoptr (CcStatement) remove = NULL;

  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      const CcRetentionRule *rule = g_ptr_array_index (rules, i);
      g_autofree char       *before = NULL;
      char                   key[24];

      if (rule->id != id)
        continue;
      before = describe_rule (rule);
      g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
      remove =
          cc_connection_prepare (act->connection, "DELETE FROM retention WHERE id = ?1", error);
      if (remove == NULL)
        return FALSE;
      cc_statement_bind_int64 (remove, 1, id);
      return cc_statement_run (remove, error)
             && cc_act_log (act, "retention", key, before, NULL, error);
    }
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "There is no retention rule number %" G_GINT64_FORMAT ". Nothing was changed.", id);
  return FALSE;
}
