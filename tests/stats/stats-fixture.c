/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSPHRASE "seven grey herons by the river"

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("casecount-stats-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "count.casecount", NULL);
  fixture->file =
      cc_case_file_create (fixture->path, PASSPHRASE, fixture->pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (fixture->file, &error));
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (fixture->file, &error));
  g_assert_no_error (error);
  cc_case_file_free (fixture->file);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  cc_pack_unref (fixture->pack);
}

void
fixture_act (Fixture *fixture, CcActFunc func, gpointer data)
{
  GError  *error = NULL;
  gboolean good = cc_case_file_act (fixture->file, "test", func, data, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

CcRecord *
make_record (Fixture *fixture, const char *unit, guint number)
{
  const CcUnit *found = cc_pack_find_unit (fixture->pack, unit);
  CcRecord     *record;

  g_assert_nonnull (found);
  record = cc_record_new (found);
  record->uuid[0] = (guint8) found->abbr[0];
  record->uuid[1] = (guint8) found->abbr[1];
  record->uuid[2] = (guint8) number;
  record->uuid[3] = (guint8) (number >> 8);
  record->uuid[15] = 1;
  return record;
}

static CcValue *
add_value (CcRecord *record, Fixture *fixture, const char *name)
{
  const CcVariable *variable = cc_pack_find_unit_variable (fixture->pack, record->unit->name, name);

  g_assert_nonnull (variable);
  return cc_record_add (record, variable);
}

void
set_code (CcRecord *record, Fixture *fixture, const char *name, const char *code)
{
  CcValue *value = add_value (record, fixture, name);

  if (code[0] == '_' && code[1] != 'O')
    {
      value->no_value = cc_no_value_from_code (code);
      return;
    }
  value->code = cc_pack_find_code (fixture->pack, value->variable->list, code);
  g_assert_nonnull (value->code);
}

void
set_codes (CcRecord *record, Fixture *fixture, const char *name, const char *codes)
{
  CcValue *value;
  g_auto (GStrv) parts = g_strsplit (codes, ";", -1);

  if (!*codes)
    return;
  value = add_value (record, fixture, name);
  value->complete = 1;
  for (guint i = 0; parts[i]; i++)
    {
      const CcCode *code = cc_pack_find_code (fixture->pack, value->variable->list, parts[i]);

      g_assert_nonnull (code);
      g_ptr_array_add (value->codes, (gpointer) code);
    }
}

void
set_date (CcRecord *record, Fixture *fixture, const char *name, const char *date)
{
  if (*date)
    g_assert_true (cc_interval_from_iso (date, &add_value (record, fixture, name)->date));
}

void
set_age (CcRecord *record, Fixture *fixture, int min, int max)
{
  CcValue *value;

  if (min < 0 && max < 0)
    return;
  value = add_value (record, fixture, "age");
  value->age_min = min;
  value->age_max = max;
  value->age_day = CC_DAY_NONE;
}

gint64
put_record (CcAct *act, CcRecord *record, gint64 entity)
{
  GError     *error = NULL;
  CcPutResult result;

  g_assert_true (cc_act_put_record (act, record, entity, 0, 0, &result, &error));
  g_assert_no_error (error);
  return record->id;
}

gint64
fixture_entity (Fixture *fixture, const char *key)
{
  GError *error = NULL;
  g_autoptr (CcEntity) entity = cc_entity_find (fixture->file, key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entity);
  return entity->id;
}

static const struct
{
  const char *key;
  const char *type;
} entities[] = {
  { "border", "BOR" }, { "hotline", "HOT" }, { "labour", "LAB" }, { "ngo", "NGO" },
  { "police", "POL" }, { "shelter", "SHE" }, { "social", "SOC" },
};

/* questionnaires.md, section 11. */
static const struct
{
  const char *entity;
  const char *sex;
  int         min;
  int         max;
  const char *detected;
  const char *status;
  const char *citizenship;
  const char *forms;
  guint       cluster;
} victims[] = {
  { "police", "F", 15, 15, "2023-03-02", "IDEN", "BEN", "SEX", 1 },
  { "shelter", "F", 15, 17, "2023-03-10", "IDEN", "BEN", "SEX;SERV", 1 },
  { "police", "M", 12, 12, "2023-05-20", "IDEN", "BEN", "BEG", 2 },
  { "border", "M", 16, 16, "2023-07-01", "PRES", "NGA", "", 3 },
  { "labour", "M", 24, 24, "2023-09-09", "IDEN", "TGO", "LAB", 4 },
  { "ngo", "F", 22, 22, "2023-11-30", "IDEN", "NGA", "SEX;LAB", 5 },
  { "hotline", "_U", -1, -1, "2023-12-15", "PRES", "", "LAB", 6 },
  { "police", "O", 19, 19, "2024-01-05", "IDEN", "BEN", "SEX", 7 },
  { "social", "F", 9, 9, "2024-02-14", "IDEN", "BEN", "SERV", 8 },
  { "police", "F", 17, 17, "2024-06-30", "NEG", "BEN", "SEX", 9 },
  { "shelter", "F", 31, 31, "2024-08-08", "IDEN", "GHA", "SEX", 10 },
  { "police", "M", 13, 13, "2024-10-10", "IDEN", "BEN", "BEG", 2 },
  { "police", "M", 18, -1, "2024-11-11", "IDEN", "NER", "LAB", 11 },
};

static const struct
{
  const char *sex;
  int         age;
  const char *contact;
  const char *prosecuted;
  const char *judged;
  const char *outcome;
} perpetrators[] = {
  { "M", 40, "2023-03-05", "2023-06-01", "2024-02-01", "CONVICTED" },
  { "F", 35, "2023-11-30", "2024-01-15", "", "PENDING" },
  { "M", 28, "2023-09-09", "2023-10-10", "2024-05-05", "ACQUITTED" },
  { "M", 17, "2024-01-06", "", "", "DISMISSED" },
  { "_U", -1, "2024-11-12", "", "", "PENDING" },
  { "M", 50, "2022-12-20", "2023-01-10", "2023-04-04", "CONVICTED" },
};

static const char *const events[] = { "2022-12-18", "2023-03-02", "2023-05-20", "2023-09-09",
                                      "2024-01-05" };

static gboolean
add_events (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (CcRecord) record = make_record (fixture, "event", i + 1);

      set_date (record, fixture, "recorded_on", events[i]);
      fixture->events[i + 1] = put_record (act, record, fixture_entity (fixture, "police"));
    }
  return TRUE;
}

static gboolean
add_victims (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (victims); i++)
    {
      g_autoptr (CcRecord) victim = make_record (fixture, "victim", i + 1);
      g_autoptr (CcRecord) link = make_record (fixture, "victim_event", i + 1);
      g_autoptr (CcRecord) status = make_record (fixture, "status_decision", i + 1);
      gint64 entity = fixture_entity (fixture, victims[i].entity);

      set_code (victim, fixture, "sex", victims[i].sex);
      set_age (victim, fixture, victims[i].min, victims[i].max);
      set_date (victim, fixture, "detected_on", victims[i].detected);
      set_codes (victim, fixture, "citizenship", victims[i].citizenship);
      fixture->victims[i + 1] = put_record (act, victim, entity);
      link->parents[0] = victim->id;
      set_codes (link, fixture, "form", victims[i].forms);
      put_record (act, link, entity);
      status->parents[0] = victim->id;
      set_code (status, fixture, "status", victims[i].status);
      put_record (act, status, entity);
    }
  return TRUE;
}

static void
add_step (CcAct      *act,
          Fixture    *fixture,
          gint64      person,
          guint       number,
          const char *stage,
          const char *date,
          const char *outcome)
{
  g_autoptr (CcRecord) step = make_record (fixture, "justice_step", number);

  if (!*date)
    return;
  step->parents[0] = person;
  set_code (step, fixture, "stage", stage);
  set_date (step, fixture, "step_on", date);
  if (outcome)
    set_code (step, fixture, "outcome", outcome);
  put_record (act, step, fixture_entity (fixture, "police"));
}

static gboolean
add_perpetrators (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (perpetrators); i++)
    {
      g_autoptr (CcRecord) person = make_record (fixture, "perpetrator", i + 1);
      gboolean judged = *perpetrators[i].judged != '\0';

      set_code (person, fixture, "sex", perpetrators[i].sex);
      set_age (person, fixture, perpetrators[i].age, perpetrators[i].age);
      put_record (act, person, fixture_entity (fixture, "police"));
      add_step (act, fixture, person->id, 10 * i + 1, "CONTACT", perpetrators[i].contact,
                judged ? NULL : perpetrators[i].outcome);
      add_step (act, fixture, person->id, 10 * i + 2, "PROSEC", perpetrators[i].prosecuted, NULL);
      add_step (act, fixture, person->id, 10 * i + 3, "COURT1", perpetrators[i].judged,
                perpetrators[i].outcome);
    }
  return TRUE;
}

static gboolean
join_clusters (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (victims); i++)
    for (guint j = 0; j < i; j++)
      if (victims[i].cluster == victims[j].cluster)
        {
          gint64 a = cc_act_find_cluster (act, fixture->victims[j + 1], error);
          gint64 b = cc_act_find_cluster (act, fixture->victims[i + 1], error);

          if (!a || !b || !cc_act_join (act, a, b, 0, error))
            return FALSE;
        }
  return TRUE;
}

void
fixture_worked_example (Fixture *fixture)
{
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_assert_true (cc_entity_add (fixture->file, entities[i].key, entities[i].key,
                                    cc_pack_find_code (fixture->pack, "RETYPE", entities[i].type),
                                    &error));
      g_assert_no_error (error);
    }
  fixture_act (fixture, add_events, fixture);
  fixture_act (fixture, add_victims, fixture);
  fixture_act (fixture, add_perpetrators, fixture);
  fixture_act (fixture, join_clusters, fixture);
}

CcTableResult *
count_table (Fixture         *fixture,
             CcQuestionnaire *questionnaire,
             const char      *table,
             const char      *years,
             const char      *param,
             const char      *value)
{
  g_autoptr (GHashTable) params = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) repeats = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) periods = NULL;
  CcCountOptions options = { .params = params, .repeats = repeats };
  GError        *error = NULL;
  CcTableResult *result;

  g_assert_true (cc_periods_parse (years, 1, &periods, &error));
  g_assert_no_error (error);
  options.periods = periods;
  if (param && g_str_equal (param, "repeat"))
    g_hash_table_insert (repeats, (gpointer) table, (gpointer) value);
  else if (param)
    g_hash_table_insert (params, (gpointer) param, (gpointer) value);
  result =
      cc_count_table (fixture->file, questionnaire,
                      cc_questionnaire_find_table (questionnaire, table), &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

gint64
cell (const CcTableResult *result, const char *row, const char *col, const char *period)
{
  const CcCell *found = cc_table_result_find (result, row, col, period);

  g_assert_nonnull (found);
  return found->count;
}
