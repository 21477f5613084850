/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-package-private.h"
#include "cc-said-private.h"
#include "cc-schema-private.h"
#include "cc-unit-plan-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Which records go into a package. Victims, perpetrators and events are chosen; what hangs on them
 * follows, and the events that they name. */

/* The unit whose absence does not keep a link out: many are without. */
#define OPTIONAL_PARENT "event"

static const struct
{
  const char *unit;
  const char *abbr;
  const char *day; /* name of the variable that is its statistical date; NULL: first step */
} chosen_units[] = {
  { "event", "EV", "recorded_on" },
  { "victim", "VI", "detected_on" },
  { "perpetrator", "PE", NULL },
};

static gboolean
run_text (CcConnection *connection, const char *sql, const char *text, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_text (statement, 1, text);
  return cc_statement_run (statement, error);
}

static gboolean
choose_entities (CcPackageJob *self, GError **error)
{
  if (self->order->entities == NULL)
    return cc_connection_execute (self->out, "INSERT INTO temp.chosen SELECT id FROM source.entity",
                                  error);
  for (guint i = 0; self->order->entities[i] != NULL; i++)
    {
      if (!run_text (self->out,
                     "INSERT OR IGNORE INTO temp.chosen SELECT id FROM source.entity"
                     " WHERE key = ?1",
                     self->order->entities[i], error))
        return FALSE;
      if (sqlite3_changes (self->out->db) > 0)
        continue;
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "There is no reporting entity “%s” in “%s”. Nothing was written. Look up its "
                   "key in the list of agencies.",
                   self->order->entities[i], self->file->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
wants_unit (const CcPackageOrder *order, guint index)
{
  return order->units == NULL || g_strv_contains (order->units, chosen_units[index].unit)
         || g_strv_contains (order->units, chosen_units[index].abbr);
}

static const CcVariable *
find_named (CcPack *pack, const char *unit, const char *name)
{
  return cc_pack_find_unit_variable (pack, unit, name);
}

/* SQL that gives the first or last day of a record "r"; "NULL" where the file has no such date. */
static char *
get_day_sql (CcPackageJob *self, guint index, const char *suffix)
{
  const CcVariable *variable;
  gint64            id;

  if (chosen_units[index].day != NULL)
    variable = find_named (self->file->pack, chosen_units[index].unit, chosen_units[index].day);
  else
    variable = find_named (self->file->pack, "justice_step", "step_on");
  id = variable != NULL ? cc_case_file_variable_id (self->file, variable) : 0;
  if (id == 0)
    return g_strdup ("NULL");
  if (chosen_units[index].day != NULL)
    return g_strdup_printf ("(SELECT v%" G_GINT64_FORMAT "_%s FROM source.\"%s\" u"
                            " WHERE u.record = r.id)",
                            id, suffix, chosen_units[index].unit);
  return g_strdup_printf ("(SELECT u.v%" G_GINT64_FORMAT "_%s FROM source.justice_step u"
                          " JOIN source.record s ON s.id = u.record AND s.state = 0"
                          " WHERE u.perpetrator = r.id AND u.v%" G_GINT64_FORMAT
                          "_first IS NOT NULL ORDER BY u.v%" G_GINT64_FORMAT "_first LIMIT 1)",
                          id, suffix, id, id);
}

static gboolean
choose_unit (CcPackageJob *self, guint index, GError **error)
{
  const CcInterval period = self->order->period;
  const gboolean   dated = cc_interval_is_known (period);
  g_autofree char *first = get_day_sql (self, index, "first");
  g_autofree char *last = get_day_sql (self, index, "last");
  g_autofree char *who =
      g_strdup_printf ("r.unit = '%s' AND r.state = 0 AND (r.entity IN (SELECT id FROM temp.chosen)"
                       " OR (r.entity IS NULL AND %d))",
                       chosen_units[index].abbr, self->order->entities == NULL);
  g_autofree char *when = dated ? g_strdup_printf (" AND %s <= %d AND coalesce (%s, %s) >= %d",
                                                   first, period.last, last, first, period.first)
                                : g_strdup ("");
  g_autofree char *insert =
      g_strdup_printf ("INSERT INTO temp.keep SELECT r.id FROM source.record r"
                       " WHERE %s AND r.basis IN (0, 1)%s",
                       who, when);
  g_autofree char *barred =
      g_strdup_printf ("SELECT count (*) FROM source.record r WHERE %s AND r.basis NOT IN (0, 1)",
                       who);
  g_autofree char *undated =
      g_strdup_printf ("SELECT count (*) FROM source.record r WHERE %s AND r.basis IN (0, 1)"
                       " AND %s IS NULL",
                       who, first);
  GError *problem = NULL;

  if (!cc_connection_execute (self->out, insert, error))
    return FALSE;
  self->result->left_out_basis += cc_connection_get_int64 (self->out, barred, 0, &problem);
  if (dated && problem == NULL)
    self->result->left_out_dates += cc_connection_get_int64 (self->out, undated, 0, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* A case belongs to whoever was found in it, even where it was recorded in another year. */
static gboolean
follow_events (CcPackageJob *self, GError **error)
{
  static const char *const links[][2] = { { "victim_event", "victim" },
                                          { "perp_event", "perpetrator" },
                                          { "justice_step", "perpetrator" } };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT OR IGNORE INTO temp.keep SELECT r.id FROM source.\"%s\" l"
          " JOIN temp.keep k ON k.id = l.\"%s\" JOIN source.record r ON r.id = l.event"
          " WHERE r.state = 0 AND r.basis IN (0, 1)"
          " AND (r.entity IN (SELECT id FROM temp.chosen) OR (r.entity IS NULL AND %d))",
          links[i][0], links[i][1], self->order->entities == NULL);

      if (!cc_connection_execute (self->out, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* What hangs on records stays with them: all it hangs on must be in, but for the event. */
static gboolean
follow_unit (CcPackageJob *self, const CcUnitPlan *plan, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) any = g_string_new ("0");

  g_string_append_printf (sql,
                          "INSERT OR IGNORE INTO temp.keep SELECT r.id FROM source.\"%s\" u"
                          " JOIN source.record r ON r.id = u.record"
                          " WHERE r.state = 0 AND r.basis IN (0, 1)"
                          " AND (r.entity IN (SELECT id FROM temp.chosen) OR r.entity IS NULL)",
                          plan->unit->name);
  for (guint i = 0; i < plan->n_parents; i++)
    {
      const char *parent = plan->unit->parents[i];

      if (strcmp (parent, OPTIONAL_PARENT) != 0)
        {
          g_string_append_printf (sql,
                                  " AND (u.\"%s\" IS NULL OR u.\"%s\" IN"
                                  " (SELECT id FROM temp.keep))",
                                  parent, parent);
          g_string_append_printf (any, " OR u.\"%s\" IS NOT NULL", parent);
        }
      else
        g_string_append_printf (any, " OR u.\"%s\" IN (SELECT id FROM temp.keep)", parent);
    }
  g_string_append_printf (sql, " AND (%s)", any->str);
  return cc_connection_execute (self->out, sql->str, error);
}

/* Units come in the pack's order: what others hang on stands before them. */
static gboolean
follow_units (CcPackageJob *self, GError **error)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->file->pack); i++)
    {
      const CcUnitPlan *plan = self->file->plans[i];

      if (plan != NULL && plan->n_parents > 0 && !follow_unit (self, plan, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows and deliveries that say, or said, something else of records that leave. */
static gboolean
choose_said (CcPackageJob *self, GError **error)
{
  static const char *const sides[] = { "before", "after" };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "CREATE TEMP TABLE IF NOT EXISTS said (record INTEGER, delivery INTEGER, row INTEGER);"
          "INSERT INTO temp.said SELECT CAST (c.key AS INTEGER), " CC_SAID_DELIVERY (
              "c.%s") ", " CC_SAID_ROW ("c.%s") " FROM source.audit_change c WHERE c.tbl = "
                                                "'" CC_SAID_TABLE "'"
                                                " AND NOT (c.tbl = 'record' AND c.before IS NULL)"
                                                " AND instr (c.key, ':') = 0 AND c.%s IS NOT NULL;",
          sides[i], sides[i], sides[i], sides[i]);

      if (!cc_connection_execute (self->out, sql, error))
        return FALSE;
    }
  return cc_connection_execute (
      self->out,
      "DELETE FROM temp.said WHERE delivery NOT IN"
      " (SELECT id FROM source.submission WHERE state = 'live');"
      "INSERT OR IGNORE INTO temp.keep_delivery SELECT delivery FROM temp.said"
      " WHERE record IN (SELECT id FROM temp.keep);"
      "INSERT OR IGNORE INTO temp.keep_row (id) SELECT s.row FROM temp.said s"
      " JOIN source.source_row w ON w.id = s.row WHERE s.record IN (SELECT id FROM temp.keep);",
      error);
}

/* Raw rows leave whole or not at all: one that also tells of a record which stays, stays. */
static gboolean
choose_rows (CcPackageJob *self, GError **error)
{
  const gboolean all = self->order->units == NULL && !cc_interval_is_known (self->order->period);

  if (!cc_connection_execute (
          self->out,
          "INSERT INTO temp.keep_row (id) SELECT DISTINCT r.source_row FROM temp.keep k"
          " JOIN source.record r ON r.id = k.id WHERE r.source_row IS NOT NULL;"
          "INSERT INTO temp.keep_delivery SELECT DISTINCT r.submission FROM temp.keep k"
          " JOIN source.record r ON r.id = k.id WHERE r.submission IS NOT NULL;",
          error)
      || !choose_said (self, error))
    return FALSE;
  if (all
      && !cc_connection_execute (
          self->out,
          "INSERT OR IGNORE INTO temp.keep_delivery SELECT id FROM source.submission"
          " WHERE state = 'live' AND entity IN (SELECT id FROM temp.chosen);"
          "INSERT OR IGNORE INTO temp.keep_row (id) SELECT w.id FROM source.source_row w"
          " JOIN source.submission s ON s.id = w.submission"
          " JOIN source.entity e ON e.id = s.entity"
          " WHERE w.state = 'parked' AND e.basis = 0"
          " AND w.submission IN (SELECT id FROM temp.keep_delivery);",
          error))
    return FALSE;
  if (!self->order->identifiers)
    return TRUE;
  return cc_connection_execute (self->out,
                                "UPDATE temp.keep_row SET whole = 1 WHERE id NOT IN (SELECT "
                                "r.source_row"
                                " FROM source.record r WHERE r.source_row IS NOT NULL"
                                " AND (r.basis <> 0 OR r.id NOT IN (SELECT id FROM temp.keep)))"
                                " AND id NOT IN (SELECT s.row FROM temp.said s"
                                " JOIN source.record r ON r.id = s.record"
                                " WHERE r.basis <> 0 OR r.id NOT IN (SELECT id FROM temp.keep));",
                                error);
}

static gboolean
count (CcPackageJob *self, const char *where, gint64 *n, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM temp.keep k"
                                          " JOIN source.record r ON r.id = k.id%s",
                                          where);
  GError          *problem = NULL;

  *n = cc_connection_get_int64 (self->out, sql, 0, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

gboolean
cc_package_choose (CcPackageJob *self, GError **error)
{
  if (!cc_connection_execute (self->out,
                              "CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY);"
                              "CREATE TEMP TABLE keep (id INTEGER PRIMARY KEY);"
                              "CREATE TEMP TABLE keep_row (id INTEGER PRIMARY KEY,"
                              " whole INTEGER NOT NULL DEFAULT 0);"
                              "CREATE TEMP TABLE keep_delivery (id INTEGER PRIMARY KEY);",
                              error)
      || !choose_entities (self, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (chosen_units); i++)
    if (wants_unit (self->order, i) && !choose_unit (self, i, error))
      return FALSE;
  return follow_events (self, error) && follow_units (self, error) && choose_rows (self, error)
         && count (self, "", &self->result->records, error)
         && count (self, " WHERE r.unit = 'VI'", &self->result->victims, error)
         && count (self, " WHERE r.unit = 'PE'", &self->result->perpetrators, error)
         && count (self, " WHERE r.unit = 'EV'", &self->result->events, error);
}
