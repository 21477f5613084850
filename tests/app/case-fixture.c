/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include <string.h>
#include <cc/model/cc-record.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>

/* A wrong fixture is no test: it ends the program with the reason. */
static void
demand (gboolean good, GError *error)
{
  if (!good || error != NULL)
    g_error ("case fixture: %s", error != NULL ? error->message : "failed");
}

static void
set_code (CcRecord *record, CcPack *pack, const char *id, const char *code)
{
  const CcVariable *variable = cc_pack_find_variable (pack, id);
  CcValue          *value = cc_record_add (record, variable);

  value->code = cc_pack_find_code (pack, variable->list, code);
  g_assert_nonnull (value->code);
}

static CcRecord *
create_victim (CcPack *pack, guint number, gboolean dated)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, "victim"));
  CcValue  *value;

  for (guint i = 0; i < 4; i++)
    record->uuid[i] = (guint8) (number * 2654435761u >> (8 * i));
  record->uuid[4] = 1;
  set_code (record, pack, "VI03", number % 3 == 0 ? "M" : "F");
  if (dated)
    {
      value = cc_record_add (record, cc_pack_find_variable (pack, "VI19"));
      value->date =
          cc_interval_day (cc_day_from_ymd (2021 + (int) number % 4, 1 + (int) number % 12, 5));
    }
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI06"));
  value->age_min = value->age_max = 9 + (int) number % 33;
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI08"));
  g_ptr_array_add (value->codes, (gpointer) cc_pack_find_code (pack, "COUNTRY", "SEN"));
  return record;
}

/* A status decision and a form of exploitation for a stored victim: without them nobody stands in a
 * chart. */
static gboolean
put_facts (CcAct          *act,
           const CcRecord *victim,
           gint64          entity,
           gint64          delivery,
           guint           number,
           GError        **error)
{
  static const char *const forms[] = { "SEX", "LAB", "BEG" };
  CcPack                  *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) status = cc_record_new (cc_pack_find_unit (pack, "status_decision"));
  g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (pack, "victim_event"));
  const CcVariable *form = cc_pack_find_variable (pack, "VE03");
  CcPutResult       result;

  memcpy (status->uuid, victim->uuid, sizeof status->uuid);
  memcpy (link->uuid, victim->uuid, sizeof link->uuid);
  status->uuid[4] = 2;
  link->uuid[4] = 3;
  status->parents[0] = link->parents[0] = victim->id;
  set_code (status, pack, "VS01", number % 4 == 0 ? "PRES" : "IDEN");
  g_ptr_array_add (cc_record_add (link, form)->codes,
                   (gpointer) cc_pack_find_code (pack, form->list, forms[number % 3]));
  return cc_act_put_record (act, status, entity, delivery, 0, &result, error)
         && cc_act_put_record (act, link, entity, delivery, 0, &result, error);
}

static gint64
add_agency (CcAct            *act,
            const CaseParams *params,
            const char       *key,
            const char       *name,
            const char       *type,
            GError          **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  const gint64 id =
      cc_act_add_entity (act, key, name, cc_pack_find_code (pack, "RETYPE", type), error);

  for (int year = 2023; id > 0 && year <= 2024 && !params->sound; year++)
    if (!cc_act_expect_return (act, id, cc_interval_year (year), error))
      return 0;
  return id;
}

static gint64
add_delivery (CcAct *act, gint64 entity, const CaseParams *params, int year, GError **error)
{
  CcSubmission submission = { .entity = entity,
                              .period = cc_interval_year (year),
                              .file_name = (char *) "victims.xlsx",
                              .sha256 = (char *) "00",
                              .rows = params->n_victims,
                              .accepted = params->n_victims,
                              .parked = params->n_parked };
  gboolean     added;

  added = cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  return added ? submission.id : 0;
}

static gboolean
add_waiting (CcAct            *act,
             const CaseParams *params,
             gint64            delivery,
             const gint64     *ids,
             GError          **error)
{
  CcConnection *connection = cc_act_get_connection (act);

  for (guint i = 0; i < params->n_parked; i++)
    if (cc_act_add_source_row (act, delivery, "Sheet1", i + 2, "[\"?\"]", "parked",
                               "intake.parked.unit", error)
        == 0)
      return FALSE;
  if (params->sound)
    return TRUE;
  if (!cc_connection_execute (connection,
                              "INSERT INTO link_run (id, kind, seed, records, pairs, time, act)"
                              " VALUES (1, 'VI', 1, 0, 0, 0, 1);"
                              "INSERT INTO finding (rule, severity) VALUES ('R1', 'error'),"
                              " ('R2', 'warning'), ('R2', 'warning'), ('R3', 'note')",
                              error))
    return FALSE;
  for (guint i = 0; i < params->n_pairs; i++)
    {
      g_autoptr (CcStatement) statement =
          cc_connection_prepare (connection,
                                 "INSERT INTO proposal (run, kind, a, b, weight, probability)"
                                 " VALUES (1, 'VI', ?1, ?2, 9.5, 0.8)",
                                 error);

      if (statement == NULL)
        return FALSE;
      cc_statement_bind_int64 (statement, 1, ids[2 * i]);
      cc_statement_bind_int64 (statement, 2, ids[2 * i + 1]);
      if (!cc_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (CcAct *act, gpointer user_data, GError **error)
{
  const CaseParams  *params = user_data;
  CcPack            *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autofree gint64 *ids = g_new0 (gint64, MAX (params->n_victims, 1));
  const gint64       police = add_agency (act, params, "police", "National Police", "POL", error);
  const gint64 labour = add_agency (act, params, "labour", "Labour Inspectorate", "LAB", error);
  const gint64 health = add_agency (act, params, "clinics", "Clinics of the North", "HLT", error);
  gint64       deliveries[2];

  if (police == 0 || labour == 0 || health == 0)
    return FALSE;
  deliveries[0] = add_delivery (act, police, params, 2023, error);
  deliveries[1] = add_delivery (act, labour, params, 2024, error);
  if (deliveries[0] == 0 || deliveries[1] == 0)
    return FALSE;
  for (guint i = 0; i < params->n_victims; i++)
    {
      const gboolean unclear = i < params->n_unclear;
      const gboolean undated = !unclear && i < params->n_unclear + params->n_undated;
      g_autoptr (CcRecord) record = create_victim (pack, i + 1, !undated);
      CcPutResult result;

      if (!cc_act_put_record (act, record, i % 2 == 0 ? police : labour, deliveries[i % 2], 0,
                              &result, error))
        return FALSE;
      if (!unclear
          && !put_facts (act, record, i % 2 == 0 ? police : labour, deliveries[i % 2], i, error))
        return FALSE;
      ids[i] = record->id;
    }
  if (!add_waiting (act, params, deliveries[0], ids, error))
    return FALSE;
  for (guint i = 0; i < params->n_withdrawn; i++)
    if (!cc_act_withdraw_record (act, ids[2 * i], error))
      return FALSE;
  return TRUE;
}

static void
add_nil_returns (CcCaseFile *file)
{
  GError *error = NULL;
  g_autoptr (CcEntity) clinics = cc_entity_find (file, "clinics", &error);

  demand (clinics != NULL, error);
  demand (cc_submission_add_nil (file, clinics->id, cc_interval_year (2023), &error) > 0, error);
}

void
case_fixture_write (const char *path, const CaseParams *params)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcCaseFile) file = NULL;

  demand (pack != NULL, error);
  file = cc_case_file_create (path, CASE_PASSPHRASE, pack, "SEN", params->practice, &error);
  demand (file != NULL, error);
  demand (cc_facts_attach (file, &error), error);
  demand (cc_case_file_act (file, "test", fill, (gpointer) params, NULL, &error), error);
  add_nil_returns (file);
  demand (cc_case_file_close (file, &error), error);
}
