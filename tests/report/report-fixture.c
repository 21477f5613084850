/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>

CcPack  *pack;
CcTexts *texts;

typedef struct
{
  const char *cluster, *agency, *sex, *age, *day, *status, *citizenship, *forms;
} Registration;

static const Registration registrations[] = {
  { "C01", "police", "F", "15", "2023-03-02", "IDEN", "BEN", "SEX" },
  { "C02", "police", "M", "12", "2023-05-20", "IDEN", "BEN", "BEG" },
  { "C04", "labour", "M", "24", "2023-09-09", "IDEN", "TGO", "LAB" },
  { "C05", "police", "F", "22", "2023-11-30", "IDEN", "NGA", "SEX;LAB" },
  { "C08", "police", "F", "9", "2024-02-14", "IDEN", "BEN", "LAB" },
  { "C10", "labour", "F", "31", "2024-08-08", "IDEN", "GHA", "SEX" },
};

typedef struct
{
  gint64 police, labour;
} Entities;

static void
add_code (CcRecord *record, const char *name, const char *code)
{
  const CcVariable *variable = cc_pack_find_unit_variable (pack, record->unit->name, name);
  CcValue          *value;

  g_assert_nonnull (variable);
  value = cc_record_add (record, variable);
  if (variable->type == CC_VARIABLE_MULTI)
    {
      g_auto (GStrv) codes = g_strsplit (code, ";", -1);

      if (value->codes == NULL)
        value->codes = g_ptr_array_new ();
      for (guint i = 0; codes[i] != NULL; i++)
        {
          const CcCode *found = cc_pack_find_code (pack, variable->list, codes[i]);

          g_assert_nonnull (found);
          g_ptr_array_add (value->codes, (gpointer) found);
        }
      value->complete = 1;
      return;
    }
  value->code = cc_pack_find_code (pack, variable->list, code);
  g_assert_nonnull (value->code);
}

static const CcVariable *
find_field_variable (const char *record, const char *field)
{
  const CcContractField *contract = cc_pack_find_field (pack, record, field);

  g_assert_nonnull (contract);
  return cc_pack_find_variable (pack, contract->variable);
}

static CcRecord *
make_victim (const Registration *from)
{
  CcRecord  *record = cc_record_new (cc_pack_find_unit (pack, "victim"));
  CcInterval day;
  CcValue   *value;

  g_assert_true (cc_interval_from_iso (from->day, &day));
  add_code (record, "sex", from->sex);
  add_code (record,
            cc_pack_find_variable (pack, find_field_variable ("victim", "citizenship")->id)->name,
            from->citizenship);
  value = cc_record_add (record, find_field_variable ("victim", "detected-on"));
  value->date = day;
  value = cc_record_add (record, cc_pack_find_unit_variable (pack, "victim", "age"));
  value->age_min = value->age_max = atoi (from->age);
  value->age_day = day.first;
  return record;
}

static gboolean
add_records (CcAct *act, gpointer user_data, GError **error)
{
  Entities *entities = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (registrations); i++)
    {
      const Registration *from = &registrations[i];
      gint64 entity = strcmp (from->agency, "police") == 0 ? entities->police : entities->labour;
      g_autoptr (CcRecord) victim = make_victim (from);
      g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (pack, "victim_event"));
      g_autoptr (CcRecord) status = cc_record_new (cc_pack_find_unit (pack, "status_decision"));
      CcPutResult       result;
      const CcVariable *form = find_field_variable ("victim", "form");
      g_autofree char  *key = g_strdup_printf ("link%u", i);
      g_autofree char  *status_key = g_strdup_printf ("status%u", i);

      cc_act_make_uuid (act, from->agency, "victim", from->cluster, victim->uuid);
      if (!cc_act_put_record (act, victim, entity, 0, 0, &result, error))
        return FALSE;
      cc_act_make_uuid (act, from->agency, "victim_event", key, link->uuid);
      link->parents[0] = victim->id;
      add_code (link, form->name, from->forms);
      if (!cc_act_put_record (act, link, entity, 0, 0, &result, error))
        return FALSE;
      cc_act_make_uuid (act, from->agency, "status_decision", status_key, status->uuid);
      status->parents[0] = victim->id;
      add_code (status, "status", from->status);
      if (!cc_act_put_record (act, status, entity, 0, 0, &result, error))
        return FALSE;
    }
  return TRUE;
}

void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  Entities         entities;
  g_autoptr (CcEntity) police = NULL;
  g_autoptr (CcEntity) labour = NULL;

  fixture->folder = g_dir_make_tmp ("casecount-report-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "test.casecount", NULL);
  fixture->file = cc_case_file_create (path, "test", pack, "BEN", GPOINTER_TO_INT (data), &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (fixture->file, &error));
  g_assert_true (cc_entity_add (fixture->file, "police", "Police judiciaire",
                                cc_pack_find_code (pack, "RETYPE", "POL"), &error));
  g_assert_no_error (error);
  g_assert_true (cc_entity_add (fixture->file, "labour", "Inspection du travail",
                                cc_pack_find_code (pack, "RETYPE", "LAB"), &error));
  g_assert_no_error (error);
  police = cc_entity_find (fixture->file, "police", &error);
  labour = cc_entity_find (fixture->file, "labour", &error);
  entities = (Entities){ police->id, labour->id };
  cc_case_file_act (fixture->file, "test", add_records, &entities, NULL, &error);
  g_assert_no_error (error);
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  GDir       *dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_true (cc_case_file_close (fixture->file, NULL));
  cc_case_file_free (fixture->file);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_dir_close (dir);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

CcQuestionnaire *
find_questionnaire (const char *id)
{
  g_autoptr (GError) error = NULL;
  CcQuestionnaire *questionnaire = cc_questionnaire_find (pack, id, NULL, &error);

  g_assert_no_error (error);
  return questionnaire;
}
