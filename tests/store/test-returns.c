/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-figures.h>
#include <cc/store/cc-finding-list.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-returns.h>

/* What entities owe and sent, and what the checks found, as lists. */

typedef struct
{
  gint64 police;
  gint64 nil;
  gint64 findings[3];
} Done;

static gint64
add_police (Fixture *fixture)
{
  const CcCode *type = cc_pack_find_code (fixture->pack, "RETYPE", "POL");
  GError       *error = NULL;
  g_autoptr (CcEntity) entity = NULL;

  g_assert_true (cc_entity_add (fixture->file, "police", "National Police", type, &error));
  g_assert_no_error (error);
  entity = cc_entity_find (fixture->file, "police", &error);
  g_assert_no_error (error);
  return entity->id;
}

static void
run (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_act (fixture->file, name, func, data, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
expect_quarters (CcAct *act, gpointer data, GError **error)
{
  const Done *done = data;

  for (int quarter = 0; quarter < 4; quarter++)
    {
      const CcInterval period = { cc_day_from_ymd (2024, quarter * 3 + 1, 1),
                                  cc_interval_month (2024, quarter * 3 + 3).last };

      /* Twice: what is expected already is not expected again. */
      if (!cc_act_ensure_expected (act, done->police, period, error)
          || !cc_act_ensure_expected (act, done->police, period, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
say_nil (CcAct *act, gpointer data, GError **error)
{
  Done *done = data;

  done->nil = cc_act_add_nil (act, done->police, cc_interval_month (2024, 5), error);
  return done->nil != 0;
}

static GPtrArray *
list_periods (Fixture *fixture, gint64 entity)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  GPtrArray    *list = cc_returns_list_periods (reader, entity, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return list;
}

static void
test_periods (Fixture *fixture, gconstpointer data)
{
  Done             done = { add_police (fixture), 0, { 0 } };
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const CcReturn *second;
  GError         *error = NULL;

  run (fixture, "expect", expect_quarters, &done);
  run (fixture, "nil", say_nil, &done);
  list = list_periods (fixture, done.police);
  g_assert_cmpuint (list->len, ==, 4);
  for (guint i = 0; i < list->len; i++)
    {
      const CcReturn *item = g_ptr_array_index (list, i);

      g_assert_cmpint (item->state, ==, i == 2 ? CC_RETURN_NIL : CC_RETURN_MISSING);
      g_assert_cmpint (item->expected, >, 0);
    }
  second = g_ptr_array_index (list, 2);
  g_assert_cmpint (second->submission, ==, done.nil);
  g_assert_cmpint (second->period.first, ==, cc_day_from_ymd (2024, 5, 1));
  for (int i = 0; i < 2; i++)
    {
      CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
      const gint64  seq = cc_history_find_undoable (reader, &error);

      cc_case_file_release_reader (fixture->file, reader);
      g_assert_true (cc_history_undo (fixture->file, seq, NULL, NULL, &error));
      g_assert_no_error (error);
    }
  after = fixture_hash (fixture);
  g_assert_cmpstr (after, ==, before);
}

static gboolean
remove_first (CcAct *act, gpointer data, GError **error)
{
  return cc_act_remove_expected (act, *(gint64 *) data, error);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  Done done = { add_police (fixture), 0, { 0 } };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  gint64 first;

  run (fixture, "expect", expect_quarters, &done);
  list = list_periods (fixture, done.police);
  first = ((const CcReturn *) g_ptr_array_index (list, 0))->expected;
  run (fixture, "expect", remove_first, &first);
  rest = list_periods (fixture, done.police);
  g_assert_cmpuint (rest->len, ==, 3);
}

static gboolean
rename_police (CcAct *act, gpointer data, GError **error)
{
  const Done *done = data;

  return cc_act_update_entity (act, done->police, "Gendarmerie", NULL, error);
}

static gboolean
clear_name (CcAct *act, gpointer data, GError **error)
{
  const Done *done = data;

  return cc_act_update_entity (act, done->police, "", NULL, error);
}

static void
test_rename (Fixture *fixture, gconstpointer data)
{
  Done done = { add_police (fixture), 0, { 0 } };
  g_autoptr (CcEntity) entity = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cc_case_file_act (fixture->file, "entity", clear_name, &done, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  run (fixture, "entity", rename_police, &done);
  entity = cc_entity_find (fixture->file, "police", NULL);
  g_assert_cmpstr (entity->name, ==, "Gendarmerie");
  g_assert_null (entity->type);
}

static gboolean
add_findings (CcAct *act, gpointer data, GError **error)
{
  static const char *const severities[] = { "note", "error", "warning" };
  Done                    *done = data;
  CcPack                  *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) victim = make_victim (pack, 1, "Diatta");
  const gint64 about = put (act, victim, CC_PUT_NEW);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *rule = g_strdup (i == 0 ? "intake.finding.value-unmapped" : "rule.b");
      g_autofree char *severity = g_strdup (severities[i]);
      CcFinding finding = { .rule = rule, .severity = severity, .record = i == 1 ? about : 0 };

      if (!cc_act_add_finding (act, &finding, error))
        return FALSE;
      done->findings[i] = finding.id;
      g_free (finding.state);
    }
  return TRUE;
}

static gboolean
settle_second (CcAct *act, gpointer data, GError **error)
{
  const Done *done = data;

  return cc_act_resolve_finding (act, done->findings[1], "confirmed", NULL, error);
}

static void
test_findings (Fixture *fixture, gconstpointer data)
{
  Done          done = { 0 };
  GError       *error = NULL;
  CcConnection *reader;
  CcFigures     figures;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) settled = NULL;
  const CcFindingGroup *group;

  run (fixture, "check", add_findings, &done);
  run (fixture, "settle", settle_second, &done);
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  groups = cc_finding_list_groups (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->len, ==, 2);
  group = g_ptr_array_index (groups, 0);
  g_assert_cmpstr (group->rule, ==, "rule.b");
  g_assert_cmpstr (group->severity, ==, "error");
  g_assert_cmpint (group->n_open, ==, 1);
  g_assert_cmpint (group->n_settled, ==, 1);
  settled = cc_finding_find (reader, "rule.b", TRUE, &error);
  g_assert_cmpuint (settled->len, ==, 1);
  g_assert_cmpint (g_array_index (settled, gint64, 0), ==, done.findings[1]);
  rows = cc_finding_read_rows (fixture->file, reader, (gint64 *) settled->data, 1, &error);
  g_assert_cmpstr (((const CcFindingRow *) g_ptr_array_index (rows, 0))->state, ==, "confirmed");
  g_assert_cmpstr (((const CcFindingRow *) g_ptr_array_index (rows, 0))->title, ==, "Diatta Awa");
  g_assert_true (cc_figures_read (reader, &figures, &error));
  g_assert_cmpint (figures.unmapped, ==, 1);
  g_assert_cmpint (figures.errors, ==, 0);
  g_assert_cmpint (figures.warnings, ==, 1);
  g_assert_cmpint (figures.notes, ==, 0);
  cc_case_file_release_reader (fixture->file, reader);
}

/* A name in any script makes a key that is its own. */
static gboolean
add_named (CcAct *act, gpointer data, GError **error)
{
  static const struct
  {
    const char *name;
    const char *type;
    const char *key;
  } cases[] = {
    { "Police nationale", "POL", "police-nationale" },
    { "Police Nationale", "POL", "police-nationale-2" },
    { "Polícé  nationale", "POL", "police-nationale-3" },
    { "Łódź Ørsted", "NGO", "lodz-oersted" },
    { "Полиция", "POL", "POL-1" },
    { "Полиция Севера", "POL", "POL-2" },
    { "警察", "POL", "POL-3" },
    { "पुलिस", "POL", "POL-4" },
    { "🏠🤝", "NGO", "NGO-1" },
    { "ngo 2", "NGO", "ngo-2" },
    { "Надежда", "NGO", "NGO-3" },
    { "Приют NGO", "NGO", "ngo" },
    { "Centre national d'accueil, d'écoute et d'orientation des victimes", "SOC",
      "centre-national-d" },
    { "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "SOC",
      "wwwwwwwwwwwwwwwwwwwwwwww" },
    { "24", "SOC", "SOC-1" },
  };
  CcPack *pack = cc_case_file_get_pack (((Fixture *) data)->file);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CcCode    *type = cc_pack_find_code (pack, "RETYPE", cases[i].type);
      g_autofree char *key = NULL;

      if (cc_act_add_named_entity (act, cases[i].name, type, &key, error) == 0)
        return FALSE;
      g_assert_cmpstr (key, ==, cases[i].key);
    }
  return TRUE;
}

/* Arabic letters become the pack's Latin ones. */
static gboolean
add_arabic (CcAct *act, gpointer data, GError **error)
{
  static const char *const names[] = { "الجمعية الوطنية", "الجمعيه الوطنيه", "شرطة" };
  g_auto (GStrv) keys = g_new0 (char *, G_N_ELEMENTS (names) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (cc_act_add_named_entity (act, names[i], NULL, &keys[i], error) == 0)
        return FALSE;
      for (const char *c = keys[i]; *c != '\0'; c++)
        g_assert_true (g_ascii_isalnum (*c) || *c == '-');
      g_assert_true (g_ascii_isalpha (keys[i][0]));
    }
  g_assert_cmpstr (keys[0], !=, keys[1]);
  g_assert_true (g_str_has_prefix (keys[1], keys[0]));
  g_assert_cmpstr (keys[2], ==, "shrta");
  return TRUE;
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entities = NULL;
  GError *error = NULL;

  run (fixture, "entity", add_named, fixture);
  run (fixture, "entity", add_arabic, fixture);
  entities = cc_entity_list (fixture->file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entities->len, ==, 18);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/returns/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("periods", test_periods);
  ADD ("remove", test_remove);
  ADD ("rename", test_rename);
  ADD ("findings", test_findings);
  ADD ("names", test_names);
#undef ADD
  return g_test_run ();
}
