/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper-filled.h"

#include <cc/store/cc-choice.h>
#include <cc/store/cc-decision.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-release.h>
#include <cc/store/cc-retention.h>
#include <cc/store/cc-returns.h>
#include <cc/store/cc-user.h>

#include <string.h>

/* What layers above the store keep, and what only a merge would bring. */
static const char kept[] =
    "INSERT INTO pack_overlay (kind, key, body) VALUES ('a', 'b', 'c'), ('a', 'c', 'd');"
    "INSERT INTO named_table (kind, name, body) VALUES ('filter', 'a', 'b');"
    "INSERT INTO questionnaire_answer (questionnaire, period_first, period_last, tbl, cell, value,"
    " reason, time, act) VALUES ('q', 1, 2, 't', 'c', 'v', 'r', 1, 2);"
    "INSERT INTO layout (name, body) VALUES ('a', 'b');"
    "INSERT INTO merge_conflict (act, kind, record, variable, tbl, key, name, mine, theirs,"
    " mine_time, theirs_time, kept, state, settled) VALUES (1, 'value', 1, 'VI03', 'victim', '1',"
    " 'a', 'F', 'M', 1, 2, 'theirs', 'open', 1),"
    " (1, 'value', 1, 'X_VI_ID_FAMILY', 'victim', '1', 'a', 'Sarr', 'Diallo', 1, 2, 'theirs',"
    " 'open', 1), (1, 'value', 1, 'VI06', 'victim', '1', 'a', '12', '13', 1, 2, 'theirs', 'open',"
    " 1);"
    "UPDATE entity SET parent = 1, contact = 'c', coverage = 'd', sharing_basis = 'e',"
    " language = 'fr', region = 1, country = 2 WHERE id = 2";

static gboolean
add_agencies (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                            error)
             != 0
         && cc_act_add_entity (act, "court", "Court", cc_pack_find_code (pack, "RETYPE", "COU"),
                               error)
                != 0
         && cc_act_set_setting (act, "a", "b", error)
         && cc_act_expect_return (act, 1, cc_interval_year (2024), error);
}

/* ---- records that state everything ---- */

static void
add_codes (CcPack *pack, GPtrArray *codes, CcValue *value)
{
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (value->codes, g_ptr_array_index (codes, i));
  if (cc_pack_find_code (pack, value->variable->list, "_O") != NULL)
    {
      g_ptr_array_add (value->codes,
                       (gpointer) cc_pack_find_code (pack, value->variable->list, "_O"));
      value->text = g_strdup ("something else");
    }
  value->complete = 1;
}

static void
state (CcPack *pack, CcRecord *record, const CcVariable *variable, guint salt)
{
  GPtrArray *codes = cc_pack_get_list_codes (pack, variable->list);
  CcValue   *value;

  /* Of some lists each country brings its own codes. */
  if (*variable->list != '\0' && (codes == NULL || codes->len < 2))
    return;
  value = cc_record_add (record, variable);
  if (variable->index % 7 == 6 && salt == 0)
    {
      value->no_value = CC_NO_VALUE_UNKNOWN;
      value->text = g_strdup ("unknown");
      return;
    }
  switch (variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      value->code = g_ptr_array_index (codes, salt % 2);
      break;
    case CC_VARIABLE_MULTI:
      add_codes (pack, codes, value);
      break;
    case CC_VARIABLE_DATE:
      value->date = cc_interval_year (2020 + (int) salt);
      value->text = g_strdup ("about 2020");
      break;
    case CC_VARIABLE_AGE:
      value->age_min = 12;
      value->age_max = 14 + (int) salt;
      value->age_day = 19000;
      value->text = g_strdup ("about 13");
      break;
    case CC_VARIABLE_INT:
      value->number = 3 + salt;
      break;
    case CC_VARIABLE_REF:
      value->number = 1;
      break;
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      value->text = g_strdup_printf ("text %u", salt);
      break;
    }
}

static gboolean
is_stored (const CcVariable *variable)
{
  return variable->storage == CC_STORAGE_COLUMN || variable->storage == CC_STORAGE_ANSWER
         || variable->storage == CC_STORAGE_IDENTIFIER;
}

/* A record of each unit that has any, with those of its parents that were made before it. */
typedef struct
{
  guint  salt;       /* 0: some values are unknown */
  gint64 submission; /* 0: by hand */
  gint64 source_row;
} Units;

static gboolean
add_units (CcAct *act, gpointer data, GError **error)
{
  static const char *const order[] = { "event",        "victim",          "perpetrator",
                                       "victim_event", "perp_event",      "victim_perp",
                                       "place",        "status_decision", "justice_step",
                                       "assistance",   "referral" };
  const Units             *self = data;
  CcPack                  *pack = cc_case_file_get_pack (cc_act_get_file (act));
  gint64                   made[G_N_ELEMENTS (order)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const CcUnit *unit = cc_pack_find_unit (pack, order[i]);
      g_autoptr (CcRecord) record = cc_record_new (unit);

      memset (record->uuid, (int) (16 * self->salt + i + 1), sizeof record->uuid);
      for (guint j = 0; unit->parents != NULL && unit->parents[j] != NULL && j < 2; j++)
        for (guint k = 0; k < i; k++)
          if (strcmp (order[k], unit->parents[j]) == 0)
            record->parents[j] = made[k];
      for (guint j = 0; j < cc_pack_get_n_variables (pack); j++)
        {
          const CcVariable *variable = cc_pack_get_variable (pack, j);

          if (strcmp (variable->unit, unit->name) == 0 && is_stored (variable))
            state (pack, record, variable, self->salt);
        }
      if (!cc_act_put_record (act, record, self->submission != 0 ? 1 : 0, self->submission,
                              self->source_row, NULL, error))
        return FALSE;
      made[i] = record->id;
    }
  return TRUE;
}

/* ---- deliveries ---- */

typedef struct
{
  guint first; /* number of a victim */
  guint n;     /* victims, each in a row */
  guint n_counts;
  guint salt; /* records of every unit, too; 0: none */
} Delivered;

static gboolean
add_rows (CcAct *act, const Delivered *self, CcSubmission *delivery, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  for (guint i = 0; i < self->n; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, self->first + i, "Sarr");
      const gint64 row = cc_act_add_source_row (act, delivery->id, "Sheet 1", i + 2, "[\"Sarr\"]",
                                                "accepted", NULL, error);
      const Units  units = { self->salt, delivery->id, row };

      if (row == 0 || !cc_act_put_record (act, record, 1, delivery->id, row, NULL, error)
          || (self->salt != 0 && i == 0 && !add_units (act, (gpointer) &units, error)))
        return FALSE;
    }
  return self->n == 0
         || cc_act_add_source_row (act, delivery->id, "Sheet 1", 90, "[\"?\"]", "parked", "no date",
                                   error)
                != 0;
}

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  const Delivered *self = data;
  CcProfileVersion profile = { .name = (char *) "Lists",
                               .body = (char *) "b",
                               .signature = (char *) "s",
                               .entity = 1 };
  CcSubmission     delivery = { .entity = 1, .rows = self->n, .accepted = self->n };
  gboolean         ok;

  delivery.file_name = g_strdup_printf ("list-%u.csv", self->first);
  delivery.sha256 = g_strdup ("0f");
  delivery.period = cc_interval_year (2024);
  ok = cc_act_keep_profile (act, &profile, error);
  delivery.profile_version = profile.id;
  ok =
      ok && cc_act_add_submission (act, &delivery, error) && add_rows (act, self, &delivery, error);
  for (guint i = 0; ok && i < self->n_counts; i++)
    ok = cc_act_add_aggregate_cell (act, delivery.id, 0, 0, "victim", delivery.period,
                                    i == 0 ? "place=X;column=Y" : NULL, 7 + i, error)
         != 0;
  for (guint i = 0; ok && i < 2; i++)
    {
      CcFinding finding = { .rule = (char *) "a",
                            .record = i + 1,
                            .submission = delivery.id,
                            .value = (char *) "b",
                            .severity = (char *) "note" };

      ok = cc_act_add_finding (act, &finding, error);
      g_free (finding.state);
    }
  ok = ok && cc_act_update_submission (act, &delivery, error);
  g_free (delivery.file_name);
  g_free (delivery.sha256);
  g_free (delivery.state);
  return ok;
}

static gboolean
add_nil (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_nil (act, 2, cc_interval_year (2023), error) != 0;
}

static gboolean
take_back (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_submission (act, 3, NULL, error);
}

/* ---- persons ---- */

static gboolean
join (CcAct *act, gpointer data, GError **error)
{
  const gint64  *both = data;
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = both[0],
                              .b = both[1],
                              .verdict = CC_VERDICT_SAME,
                              .reason = (char *) "the same number",
                              .source = (char *) "review" };
  CcPack        *pack = cc_case_file_get_pack (cc_act_get_file (act));
  const gint64   into = cc_act_find_cluster (act, both[0], error);

  return cc_act_add_decision (act, &decision, error)
         && cc_act_join (act, into, cc_act_find_cluster (act, both[1], error), decision.id, error)
         && cc_act_choose_value (act, into, cc_pack_find_variable (pack, "VI03"), both[1], error);
}

static gboolean
propose (CcAct *act, gpointer data, GError **error)
{
  const gint64 *both = data;
  const gint64  model = cc_act_add_link_model (act, "VI", 1, "m=1", error);
  const gint64 run = model != 0 ? cc_act_add_link_run (act, "VI", model, 1, 0.5, 20, 30, error) : 0;
  g_autoptr (GArray) proposals = g_array_new (FALSE, FALSE, sizeof (CcProposal));
  CcProposal proposal = { .a = both[0],
                          .b = both[1],
                          .weight = 2.5,
                          .probability = 0.75,
                          .levels = 5 };

  g_array_append_val (proposals, proposal);
  return run != 0 && cc_act_replace_proposals (act, run, "VI", proposals, NULL, error);
}

/* ---- beside them ---- */

static gboolean
keep (CcAct *act, gpointer data, GError **error)
{
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "phone",
                           .entity = 1,
                           .months = 12,
                           .counted_from = (char *) "received" };
  CcRelease       release = { .user = (char *) "",
                              .questionnaire = (char *) "q",
                              .version = 1,
                              .checksum = (char *) "c",
                              .periods = (char *) "2024",
                              .language = (char *) "en",
                              .audience = (char *) "authority",
                              .file_name = (char *) "q.xlsx",
                              .sha256 = (char *) "0e",
                              .head = (char *) "0d" };
  CcPopulation    figure = { 2024, (char *) "F", (char *) "total", 1000, (char *) "census" };
  g_autoptr (GPtrArray) figures = g_ptr_array_new ();

  g_ptr_array_add (figures, &figure);
  return cc_act_set_retention (act, &rule, error) && cc_act_set_population (act, figures, error)
         && cc_act_add_release (act, &release, error)
         && cc_connection_execute (cc_act_get_connection (act), kept, error);
}

void
tamper_fill (Fixture *fixture)
{
  Victims      victims = { 1, 3, { 0 } };
  Units        full = { 0, 0, 0 };
  Delivered    lists[] = { { 20, 3, 0, 1 }, { 40, 0, 2, 0 }, { 60, 2, 0, 0 }, { 21, 3, 0, 0 } };
  const gint64 both[] = { 1, 2 };
  const gint64 open[] = { 1, 3 };

  g_assert_true (cc_user_choose (fixture->file, "Registry", "", NULL, NULL));
  fixture_act (fixture, add_agencies, NULL);
  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, add_units, &full);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    fixture_act (fixture, deliver, &lists[i]);
  fixture_act (fixture, add_nil, NULL);
  fixture_act (fixture, take_back, NULL);
  fixture_act (fixture, join, (gpointer) both);
  fixture_act (fixture, propose, (gpointer) open);
  fixture_act (fixture, keep, NULL);
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, "shelter", "Shelter", NULL, error) != 0
         && cc_act_set_setting (act, "c", "d", error);
}

static void
run (CcCaseFile *file, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_act (file, "test", func, data, NULL, &error));
  g_assert_no_error (error);
}

void
tamper_fill_more (CcCaseFile *file)
{
  Victims      victims = { 200, 3, { 0 } };
  Delivered    lists[] = { { 220, 2, 0, 0 }, { 240, 0, 2, 0 } };
  const gint64 both[] = { 1, 3 };

  run (file, add_agency, NULL);
  run (file, add_victims, &victims);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    run (file, deliver, &lists[i]);
  run (file, add_nil, NULL);
  run (file, join, (gpointer) both);
}
