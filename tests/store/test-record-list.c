/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-finding.h>
#include <cc/store/cc-record-list.h>

#include <string.h>

typedef struct
{
  Fixture base;
  gint64  police, clinic, delivery, parked;
  gint64  victims[4], event, perpetrator;
} Case;

static CcRecord *
create (CcPack *pack, const char *unit, guint8 number)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, unit));

  record->uuid[0] = number;
  record->uuid[1] = (guint8) unit[0];
  record->uuid[2] = (guint8) unit[strlen (unit) - 1];
  return record;
}

static void
set_day (CcRecord *record, CcPack *pack, const char *id, const char *iso)
{
  g_assert_true (
      cc_interval_from_iso (iso, &cc_record_add (record, cc_pack_find_variable (pack, id))->date));
}

static gint64
put_by (CcAct *act, CcRecord *record, gint64 entity, gint64 delivery)
{
  GError     *error = NULL;
  CcPutResult result;

  g_assert_true (cc_act_put_record (act, record, entity, delivery, 0, &result, &error));
  g_assert_no_error (error);
  return record->id;
}

static gint64
put_person (Case       *self,
            CcAct      *act,
            guint8      number,
            const char *family,
            const char *given,
            const char *own,
            const char *sex,
            int         age,
            const char *day,
            gint64      entity)
{
  CcPack *pack = self->base.pack;
  g_autoptr (CcRecord) record = create (pack, "victim", number);

  if (family != NULL)
    set_text (record, pack, "X_VI_ID_FAMILY", family);
  if (given != NULL)
    set_text (record, pack, "X_VI_ID_GIVEN", given);
  if (own != NULL)
    set_text (record, pack, "X_VI_ID_AGENCYREF", own);
  if (sex != NULL)
    set_code (record, pack, "VI03", sex);
  if (age >= 0)
    {
      CcValue *value = cc_record_add (record, cc_pack_find_variable (pack, "VI06"));

      value->age_min = value->age_max = age;
    }
  if (day != NULL)
    set_day (record, pack, "VI19", day);
  return put_by (act, record, entity, entity == self->police ? self->delivery : 0);
}

static void
put_decision (Case       *self,
              CcAct      *act,
              guint8      number,
              gint64      victim,
              const char *code,
              const char *day)
{
  g_autoptr (CcRecord) record = create (self->base.pack, "status_decision", number);

  record->parents[0] = victim;
  set_code (record, self->base.pack, "VS01", code);
  set_day (record, self->base.pack, "VS02", day);
  put_by (act, record, self->police, 0);
}

static void
put_case (Case *self, CcAct *act)
{
  CcPack *pack = self->base.pack;
  g_autoptr (CcRecord) event = create (pack, "event", 1);
  g_autoptr (CcRecord) perpetrator = create (pack, "perpetrator", 1);
  g_autoptr (CcRecord) link = create (pack, "victim_event", 1);
  g_autoptr (CcRecord) part = create (pack, "perp_event", 1);
  g_autoptr (CcRecord) first = create (pack, "justice_step", 1);
  g_autoptr (CcRecord) second = create (pack, "justice_step", 2);

  set_text (event, pack, "EV02", "PV 77/24");
  set_day (event, pack, "EV06", "2024-02");
  self->event = put_by (act, event, self->police, self->delivery);
  set_text (perpetrator, pack, "X_PE_ID_FULL", "Jean Sarr");
  set_day (perpetrator, pack, "X_PE_BIRTH", "2000-06-01");
  self->perpetrator = put_by (act, perpetrator, self->police, self->delivery);
  link->parents[0] = self->victims[0];
  link->parents[1] = part->parents[1] = self->event;
  part->parents[0] = first->parents[0] = second->parents[0] = self->perpetrator;
  put_by (act, link, self->police, self->delivery);
  put_by (act, part, self->police, self->delivery);
  set_code (first, pack, "JS01", "PROSEC");
  set_day (first, pack, "JS03", "2024-05-02");
  put_by (act, first, self->police, self->delivery);
  set_code (second, pack, "JS01", "CONTACT");
  set_day (second, pack, "JS03", "2024-03-01");
  put_by (act, second, self->police, self->delivery);
}

static gboolean
fill (CcAct *act, gpointer data, GError **error)
{
  Case        *self = data;
  CcPack      *pack = self->base.pack;
  CcSubmission submission = { .period = cc_interval_year (2024), .file_name = (char *) "a.xlsx" };
  CcFinding finding = { .rule = (char *) "intake.check.age-range", .severity = (char *) "error" };

  self->police =
      cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"), error);
  self->clinic = cc_act_add_entity (act, "clinic", "\303\211toile Clinic",
                                    cc_pack_find_code (pack, "RETYPE", "HLT"), error);
  submission.entity = self->police;
  g_assert_true (cc_act_add_submission (act, &submission, error));
  self->delivery = submission.id;
  self->victims[0] = put_person (self, act, 1, "Traor\303\251", "Awa", "V 10", "F", 17,
                                 "2024-03-01", self->police);
  self->victims[1] =
      put_person (self, act, 2, "Ba", "Moussa", "V 9", "M", 30, "2023-12-31", self->police);
  self->victims[2] = put_person (self, act, 3, NULL, NULL, NULL, NULL, -1, NULL, self->clinic);
  self->victims[3] =
      put_person (self, act, 4, "TRAORE", "Awa", NULL, "F", -1, "2024", self->clinic);
  put_decision (self, act, 1, self->victims[0], "NEG", "2024-03-05");
  put_decision (self, act, 2, self->victims[0], "IDEN", "2024-04-05");
  put_decision (self, act, 3, self->victims[0], "PRES", "2024-06-05");
  put_case (self, act);
  finding.record = self->victims[1];
  finding.submission = self->delivery;
  g_assert_true (cc_act_add_finding (act, &finding, error));
  g_clear_pointer (&finding.state, g_free);
  g_clear_pointer (&submission.state, g_free);
  self->parked =
      cc_act_add_source_row (act, self->delivery, "Sheet1", 5, "[\"a\",\"b \\\" c\",\"\"]",
                             "parked", "intake.parked.date", error);
  return cc_act_add_source_row (act, self->delivery, "Sheet1", 6, "[]", "accepted", NULL, error)
         > 0;
}

static void
set_up (Case *self, gconstpointer data)
{
  fixture_set_up (&self->base, data);
  fixture_act (&self->base, fill, self);
}

static void
tear_down (Case *self, gconstpointer data)
{
  fixture_tear_down (&self->base, data);
}

static CcRecordTable *
load (Case *self, const char *unit, CcConnection **reader)
{
  GError        *error = NULL;
  CcRecordTable *table;

  *reader = cc_case_file_acquire_reader (self->base.file, &error);
  table = cc_record_table_load (self->base.file, *reader, unit, &error);
  g_assert_no_error (error);
  return table;
}

static CcRecordList *
ask (CcRecordTable *table, CcConnection *reader, const CcRecordQuery *query)
{
  GError       *error = NULL;
  CcRecordList *list = cc_record_table_query (table, reader, query, &error);

  g_assert_no_error (error);
  return list;
}

/* The list's records as their places among the victims: "0 3". */
static char *
describe (Case *self, const CcRecordList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->ids->len; i++)
    for (int j = 0; j < 4; j++)
      if (self->victims[j] == g_array_index (list->ids, gint64, i))
        g_string_append_printf (text, "%s%d", text->len > 0 ? " " : "", j);
  return g_string_free (text, FALSE);
}

static void
assert_list (Case                *self,
             CcRecordTable       *table,
             CcConnection        *reader,
             const CcRecordQuery *query,
             const char          *expected)
{
  g_autoptr (CcRecordList) list = ask (table, reader, query);
  g_autofree char *text = describe (self, list);

  g_assert_cmpstr (text, ==, expected);
}

static guint
count_of (const CcRecordList *list, CcFacet facet, gint64 value)
{
  for (guint i = 0; i < list->facets[facet]->len; i++)
    if (g_array_index (list->facets[facet], CcFacetValue, i).value == value)
      return g_array_index (list->facets[facet], CcFacetValue, i).n;
  return 0;
}

static gint64
code_id (Case *self, const char *list, const char *code)
{
  return cc_case_file_code_id (self->base.file, cc_pack_find_code (self->base.pack, list, code));
}

/* Unknown comes last in both directions, "9" before "10", accents and case do not matter. */
static void
test_order (Case *self, gconstpointer data)
{
  static const struct
  {
    CcRecordOrder order;
    gboolean      descending;
    const char   *expected;
  } cases[] = {
    { CC_ORDER_DATE, FALSE, "1 3 0 2" },   { CC_ORDER_DATE, TRUE, "0 3 1 2" },
    { CC_ORDER_NAME, FALSE, "1 0 3 2" },   { CC_ORDER_NAME, TRUE, "0 3 1 2" },
    { CC_ORDER_NUMBER, FALSE, "1 0 2 3" }, { CC_ORDER_AGENCY, FALSE, "2 3 0 1" },
    { CC_ORDER_AGE, TRUE, "1 0 2 3" },     { CC_ORDER_STATUS, FALSE, "0 1 2 3" },
    { CC_ORDER_CHANGE, FALSE, "0 1 2 3" },
  };
  CcConnection *reader;
  g_autoptr (CcRecordTable) table = load (self, "victim", &reader);
  g_autoptr (CcRecordQuery) query = cc_record_query_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      query->order = cases[i].order;
      query->descending = cases[i].descending;
      assert_list (self, table, reader, query, cases[i].expected);
    }
  cc_case_file_release_reader (self->base.file, reader);
}

static void
test_search (Case *self, gconstpointer data)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "traore", "0 3" }, { "TRAOR\303\211 awa", "0 3" },
    { "awa v 10", "0" }, { "77/24", "0" },
    { "nobody", "" },    { "ba", "1" },
    { "  ", "0 1 2 3" },
  };
  CcConnection *reader;
  g_autoptr (CcRecordTable) table = load (self, "victim", &reader);
  g_autoptr (CcRecordQuery) query = cc_record_query_new ();
  g_autoptr (CcRecordTable) events = NULL;
  g_autoptr (CcRecordList) list = NULL;

  query->order = CC_ORDER_CHANGE;
  query->descending = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (query->text);
      query->text = g_strdup (cases[i].text);
      assert_list (self, table, reader, query, cases[i].expected);
    }
  /* An event is found by who takes part in it. */
  g_free (query->text);
  query->text = g_strdup ("sarr jean");
  events = cc_record_table_load (self->base.file, reader, "event", NULL);
  list = ask (events, reader, query);
  g_assert_cmpuint (list->ids->len, ==, 1);
  g_assert_cmpint (g_array_index (list->ids, gint64, 0), ==, self->event);
  cc_case_file_release_reader (self->base.file, reader);
}

/* A facet counts what would be listed if its value were chosen: its own choice does not matter. */
static void
test_facets (Case *self, gconstpointer data)
{
  const gint64  female = code_id (self, "SEX", "F");
  CcConnection *reader;
  g_autoptr (CcRecordTable) table = load (self, "victim", &reader);
  g_autoptr (CcRecordQuery) query = cc_record_query_new ();
  g_autoptr (CcRecordList) all = ask (table, reader, query);
  g_autoptr (CcRecordList) women = NULL;

  g_assert_false (cc_record_query_is_filtered (query));
  g_assert_cmpuint (count_of (all, CC_FACET_SEX, female), ==, 2);
  g_assert_cmpuint (count_of (all, CC_FACET_SEX, 0), ==, 1);
  g_assert_cmpuint (count_of (all, CC_FACET_YEAR, 2024), ==, 2);
  g_assert_cmpuint (count_of (all, CC_FACET_YEAR, 0), ==, 1);
  g_assert_cmpuint (count_of (all, CC_FACET_AGE, code_id (self, "AGE2", "C")), ==, 1);
  g_assert_cmpuint (count_of (all, CC_FACET_AGE, 0), ==, 2);
  g_assert_cmpuint (count_of (all, CC_FACET_STATUS, code_id (self, "VSTAT", "IDEN")), ==, 1);
  g_assert_cmpuint (count_of (all, CC_FACET_SIGN, CC_SIGN_ERROR), ==, 1);
  g_assert_cmpuint (count_of (all, CC_FACET_SIGN, CC_SIGN_TYPED), ==, 2);
  g_assert_cmpint (g_array_index (all->facets[CC_FACET_YEAR], CcFacetValue, 0).value, ==, 2024);
  g_assert_cmpint (g_array_index (all->facets[CC_FACET_AGENCY], CcFacetValue, 0).value, ==,
                   self->clinic);

  cc_record_query_choose (query, CC_FACET_SEX, female, TRUE);
  cc_record_query_choose (query, CC_FACET_AGENCY, self->police, TRUE);
  g_assert_true (cc_record_query_is_filtered (query));
  assert_list (self, table, reader, query, "0");
  women = ask (table, reader, query);
  g_assert_cmpuint (count_of (women, CC_FACET_SEX, code_id (self, "SEX", "M")), ==, 1);
  g_assert_cmpuint (count_of (women, CC_FACET_AGENCY, self->clinic), ==, 1);
  g_assert_cmpuint (count_of (women, CC_FACET_YEAR, 2024), ==, 1);
  g_assert_cmpuint (women->n_all, ==, 4);
  cc_record_query_choose (query, CC_FACET_SEX, female, FALSE);
  assert_list (self, table, reader, query, "0 1");
  cc_record_query_clear (query);
  query->submission = self->delivery;
  assert_list (self, table, reader, query, "0 1");
  cc_record_query_clear (query);
  query->period = cc_interval_year (2024);
  assert_list (self, table, reader, query, "0 3");
  query->period = (CcInterval){ cc_day_from_ymd (2024, 2, 1), cc_day_from_ymd (2024, 6, 1) };
  assert_list (self, table, reader, query, "0");
  cc_case_file_release_reader (self->base.file, reader);
}

static gboolean
join_and_withdraw (CcAct *act, gpointer data, GError **error)
{
  Case *self = data;

  return cc_act_join (act, cc_act_find_cluster (act, self->victims[0], error),
                      cc_act_find_cluster (act, self->victims[3], error), 0, error)
         && cc_act_withdraw_record (act, self->victims[1], error);
}

static void
test_persons (Case *self, gconstpointer data)
{
  CcConnection *reader;
  g_autoptr (CcRecordTable) before = load (self, "victim", &reader);
  g_autoptr (CcRecordTable) after = NULL;
  g_autoptr (CcRecordQuery) query = cc_record_query_new ();
  g_autoptr (CcRecordList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const CcRecordRow *row;
  GError            *error = NULL;

  query->order = CC_ORDER_AGENCY;
  query->descending = FALSE;
  g_assert_false (cc_record_table_is_joined (before));
  fixture_act (&self->base, join_and_withdraw, self);
  /* What was read stays what it was. */
  assert_list (self, before, reader, query, "2 3 0 1");
  after = cc_record_table_load (self->base.file, reader, "victim", &error);
  g_assert_no_error (error);
  g_assert_true (cc_record_table_is_joined (after));
  g_assert_cmpuint (cc_record_table_get_n_live (after), ==, 3);
  query->order = CC_ORDER_AGE;
  assert_list (self, after, reader, query, "0 2 3");
  query->one_per_person = TRUE;
  assert_list (self, after, reader, query, "0 2");
  list = ask (after, reader, query);
  /* Two records of one person say the same sex, and count once. */
  g_assert_cmpuint (count_of (list, CC_FACET_SEX, code_id (self, "SEX", "F")), ==, 1);
  g_assert_cmpuint (count_of (list, CC_FACET_AGENCY, self->clinic), ==, 2);
  /* A person is listed where any of its records fits. */
  cc_record_query_choose (query, CC_FACET_AGENCY, self->clinic, TRUE);
  assert_list (self, after, reader, query, "2 3");
  cc_record_query_clear (query);
  cc_record_query_choose (query, CC_FACET_STATE, 1, TRUE);
  assert_list (self, after, reader, query, "1");
  rows = cc_record_table_read_rows (after, reader, self->victims, 4, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpuint (row->n_records, ==, 2);
  g_assert_cmpuint (row->signs, ==, CC_SIGN_JOINED);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->cluster, ==, 0);
  g_assert_cmpuint (row->signs & CC_SIGN_WITHDRAWN, !=, 0);
  cc_case_file_release_reader (self->base.file, reader);
}

static void
test_rows (Case *self, gconstpointer data)
{
  CcConnection *reader;
  g_autoptr (CcRecordTable) table = load (self, "victim", &reader);
  g_autoptr (CcRecordTable) perpetrators = NULL;
  g_autoptr (CcRecordTable) events = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GError            *error = NULL;
  const CcRecordRow *row;

  rows = cc_record_table_read_rows (table, reader, self->victims, 4, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->name, ==, "Traor\303\251 Awa");
  g_assert_cmpstr (row->number, ==, "V 10");
  g_assert_cmpstr (row->agency, ==, "Police");
  g_assert_cmpstr (row->sex->code, ==, "F");
  g_assert_cmpstr (row->age_class->code, ==, "C");
  g_assert_cmpstr (row->status->code, ==, "IDEN");
  g_assert_cmpint (row->age_min, ==, 17);
  g_assert_cmpint (row->date.first, ==, cc_day_from_ymd (2024, 3, 1));
  row = g_ptr_array_index (rows, 2);
  g_assert_null (row->name);
  g_assert_null (row->sex);
  g_assert_cmpint (row->date.first, ==, CC_DAY_NONE);
  g_clear_pointer (&rows, g_ptr_array_unref);

  /* Aged at the first step, standing where the last one led, numbered by the case. */
  perpetrators = cc_record_table_load (self->base.file, reader, "perpetrator", &error);
  rows = cc_record_table_read_rows (perpetrators, reader, &self->perpetrator, 1, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->name, ==, "Jean Sarr");
  g_assert_cmpstr (row->number, ==, "PV 77/24");
  g_assert_cmpstr (row->status->code, ==, "PROSEC");
  g_assert_cmpint (row->date.first, ==, cc_day_from_ymd (2024, 3, 1));
  g_assert_cmpint (row->age_min, ==, 23);
  g_clear_pointer (&rows, g_ptr_array_unref);

  events = cc_record_table_load (self->base.file, reader, "event", &error);
  rows = cc_record_table_read_rows (events, reader, &self->event, 1, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpuint (row->n_victims, ==, 1);
  g_assert_cmpuint (row->n_perpetrators, ==, 1);
  g_assert_cmpint (row->date.last, ==, cc_day_from_ymd (2024, 2, 29));
  g_assert_null (cc_record_table_load (self->base.file, reader, "place", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  cc_case_file_release_reader (self->base.file, reader);
}

static void
test_parked (Case *self, gconstpointer data)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->base.file, &error);
  g_autoptr (GArray) ids = cc_parked_list (reader, 0, &error);
  g_autoptr (GArray) others = cc_parked_list (reader, self->delivery + 1, &error);
  g_autoptr (GPtrArray) rows = NULL;
  const CcParkedRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpuint (others->len, ==, 0);
  rows = cc_parked_read_rows (reader, &self->parked, 1, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->agency, ==, "Police");
  g_assert_cmpstr (row->file_name, ==, "a.xlsx");
  g_assert_cmpint (row->row, ==, 5);
  g_assert_cmpstr (row->reason, ==, "intake.parked.date");
  g_assert_cmpuint (g_strv_length (row->cells), ==, 3);
  g_assert_cmpstr (row->cells[1], ==, "b \" c");
  cc_case_file_release_reader (self->base.file, reader);
}

#define ADD(path, func) g_test_add (path, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/record-list/order", test_order);
  ADD ("/store/record-list/search", test_search);
  ADD ("/store/record-list/facets", test_facets);
  ADD ("/store/record-list/persons", test_persons);
  ADD ("/store/record-list/rows", test_rows);
  ADD ("/store/record-list/parked", test_parked);
  return g_test_run ();
}
