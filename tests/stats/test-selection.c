/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-stats-private.h"
#include "cc-program-private.h"

/* The selection rules as pure functions over records made by hand. */

static CcPack            *pack;
static const CcStatsPlan *stats;
static CcArena           *arena;

static CcSourceEntity entities[] = {
  { 1, (char *) "alpha", 0, TRUE },
  { 2, (char *) "beta", 0, FALSE },
  { 3, (char *) "gamma", 0, TRUE },
};

static CcSourceRecord *
add (CcSourceSet *set, CcUnitIndex unit, gint64 id, gint64 parent, guint entity)
{
  CcSourceRecord *record = cc_arena_alloc (arena, sizeof (CcSourceRecord));

  record->id = id;
  record->unit = unit;
  record->parent = parent;
  record->entity = &entities[entity];
  record->values = cc_arena_alloc (arena, sizeof (CcSourceValue)
                                              * (stats->derive->source->variables[unit]->len + 1));
  g_ptr_array_add (set->of[unit], record);
  return record;
}

static CcSourceValue *
value_of (CcSourceRecord *record, const char *name)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (pack, cc_unit_index_get_name (record->unit), name);
  CcSourceValue *value;

  g_assert_nonnull (variable);
  value = cc_source_get (stats->derive->source, record, variable);
  g_assert_nonnull (value);
  return value;
}

static void
set_date (CcSourceRecord *record, const char *name, const char *text)
{
  CcSourceValue *value = value_of (record, name);

  value->n = *text != '\0';
  if (value->n)
    g_assert_true (cc_interval_from_iso (text, &value->u.date));
}

static void
set_code (CcSourceRecord *record, const char *name, const char *code)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (pack, cc_unit_index_get_name (record->unit), name);
  const CcCode *found = cc_pack_find_code (pack, variable->list, code);

  g_assert_nonnull (found);
  value_of (record, name)->u.code = found->index;
  value_of (record, name)->n = 1;
}

static void
set_codes (CcSourceRecord *record, const char *name, const char *codes)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (pack, cc_unit_index_get_name (record->unit), name);
  g_auto (GStrv) parts = g_strsplit (codes, ";", -1);
  guint16       *list = cc_arena_alloc (arena, sizeof (guint16) * g_strv_length (parts));
  CcSourceValue *value = value_of (record, name);

  for (guint i = 0; parts[i]; i++)
    {
      const CcCode *found = cc_pack_find_code (pack, variable->list, parts[i]);

      g_assert_nonnull (found);
      list[i] = (guint16) found->index;
    }
  value->u.codes = list;
  value->n = g_strv_length (parts);
}

static void
set_age (CcSourceRecord *record, int min, int max, const char *day)
{
  CcSourceValue *value = value_of (record, "age");
  CcInterval     interval = CC_INTERVAL_UNKNOWN;

  if (*day)
    g_assert_true (cc_interval_from_iso (day, &interval));
  value->u.age.min = min;
  value->u.age.max = max;
  value->u.age.day = interval.first;
  value->n = 1;
}

static CcSourceRecord *
add_victim (CcSourceSet *set, gint64 id, guint entity, const char *detected)
{
  CcSourceRecord *record = add (set, CC_UNIT_VICTIM, id, 0, entity);

  set_date (record, "detected_on", detected);
  return record;
}

static const CcFactValue *
get (const CcFact *fact, const char *name)
{
  const CcField *field = cc_fields_find (stats->fields, fact->kind, name);

  g_assert_nonnull (field);
  return &fact->values[field->index];
}

static const char *
code_of (const CcFact *fact, const char *name)
{
  const CcFactValue *value = get (fact, name);

  return value->n ? cc_pack_get_code (pack, value->u.code)->code : "unknown";
}

static gint64
number_of (const CcFact *fact, const char *name)
{
  const CcFactValue *value = get (fact, name);

  return value->n ? value->u.number : -1;
}

static CcFact *
derive (CcSourceSet *set)
{
  return cc_derive (stats->derive, set, arena, NULL, NULL);
}

/* Order: earliest detection first, unknown last; ties by entity key, then by record. */
static void
test_order (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
  CcFact *fact;

  set_code (add_victim (set, 1, 0, ""), "sex", "O");
  set_code (add_victim (set, 2, 2, "2023-04-01"), "sex", "M");
  set_code (add_victim (set, 3, 0, "2023-04-01"), "sex", "F");
  add_victim (set, 4, 0, "2023-03-01");
  fact = derive (set);
  g_assert_cmpstr (code_of (fact, "sex"), ==, "F");
  g_assert_cmpint (get (fact, "detected-on")->u.date.first, ==, cc_day_from_ymd (2023, 3, 1));
  g_assert_cmpint (number_of (fact, "registrations"), ==, 4);
  g_assert_cmpint (((CcSourceRecord *) set->of[CC_UNIT_VICTIM]->pdata[0])->id, ==, 4);
  g_assert_cmpint (((CcSourceRecord *) set->of[CC_UNIT_VICTIM]->pdata[3])->id, ==, 1);
  g_assert_cmpuint (fact->rows[CC_GROUP_DETECTION].n, ==, 3);
}

typedef struct
{
  const char *birth;
  int         min;
  int         max;
  const char *day;
  int         expected_min;
  int         expected_max; /* -1 = open or unknown */
  const char *age_class;
} AgeCase;

/* All detected on 2023-06-15. */
static const AgeCase ages[] = {
  { "2008-06-15", -1, -1, "", 15, 15, "C" }, { "2008-06-16", -1, -1, "", 14, 14, "C" },
  { "2008", -1, -1, "", 14, 15, "C" },       { "2005", -1, -1, "", 17, 18, "unknown" },
  { "", 15, 15, "", 15, 15, "C" },           { "", 15, 17, "", 15, 17, "C" },
  { "", 16, 19, "", 16, 19, "unknown" },     { "", 0, 17, "", 0, 17, "C" },
  { "", 18, -1, "", 18, -1, "A" },           { "", -1, 17, "", 0, 17, "C" },
  { "", 15, 15, "2023-06-15", 15, 15, "C" }, { "", 15, 15, "2023-07-01", 14, 15, "C" },
  { "", 15, 15, "2023-06-01", 15, 16, "C" }, { "", 15, 15, "2024-06-20", 13, 14, "C" },
  { "", 15, 15, "2022-06-10", 16, 17, "C" }, { "", 18, -1, "2023-07-01", 17, -1, "unknown" },
  { "2008-06-15", 40, 40, "", 15, 15, "C" },
};

static void
test_ages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
      CcSourceRecord *record = add_victim (set, 1, 0, "2023-06-15");
      CcFact         *fact;

      set_date (record, "birth_date", ages[i].birth);
      if (ages[i].min >= 0 || ages[i].max >= 0)
        set_age (record, ages[i].min, ages[i].max, ages[i].day);
      fact = derive (set);
      g_test_message ("age %u", i);
      g_assert_cmpint (number_of (fact, "age-min"), ==, ages[i].expected_min);
      g_assert_cmpint (number_of (fact, "age-max"), ==, ages[i].expected_max);
      g_assert_cmpstr (code_of (fact, "age-class"), ==, ages[i].age_class);
      g_assert_cmpint (number_of (fact, "age"), ==,
                       ages[i].expected_min == ages[i].expected_max ? ages[i].expected_min : -1);
    }
}

/* The narrowest wins; of equals the earlier record. */
static void
test_narrowest (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
  CcFact *fact;

  set_age (add_victim (set, 1, 0, "2023-01-01"), 15, 17, "2023-01-01");
  set_age (add_victim (set, 2, 0, "2023-01-01"), 16, 16, "2023-01-01");
  set_age (add_victim (set, 3, 0, "2023-01-01"), 14, 14, "2023-01-01");
  fact = derive (set);
  g_assert_cmpint (number_of (fact, "age"), ==, 16);
}

/* Whatever the birth day that fits a stated age, the age on the day of detection is in bounds. */
static void
test_age_shift (void)
{
  CcDay stated_on = cc_day_from_ymd (2023, 6, 15);

  for (int days = -900; days <= 900; days += 37)
    {
      g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
      CcSourceRecord *record = add (set, CC_UNIT_VICTIM, 1, 0, 0);
      CcDay           day = stated_on + days;
      CcFact         *fact;

      value_of (record, "detected_on")->u.date = cc_interval_day (day);
      value_of (record, "detected_on")->n = 1;
      set_age (record, 20, 22, "2023-06-15");
      fact = derive (set);
      for (CcDay birth = cc_day_from_ymd (1999, 1, 1); birth < cc_day_from_ymd (2004, 1, 1);
           birth++)
        {
          int stated = cc_day_completed_years (birth, stated_on);
          int own = cc_day_completed_years (birth, day);

          if (stated < 20 || stated > 22)
            continue;
          g_assert_cmpint (own, >=, number_of (fact, "age-min"));
          g_assert_cmpint (own, <=, number_of (fact, "age-max"));
        }
    }
}

typedef struct
{
  const char *decisions; /* entity status day; ... */
  const char *expected;
} StatusCase;

/* alpha and gamma may decide, beta may not. Victims 1 (2023-01-01) and 2 (2023-06-01). */
static const StatusCase statuses[] = {
  { "", "unknown" },
  { "beta FLAG -", "FLAG" },
  { "beta FLAG -;beta PRES -", "PRES" },
  { "beta PEND -;beta PRES -", "PEND" },
  { "beta IDEN 2023-02-01", "PRES" },
  { "beta NEG 2023-02-01", "unknown" },
  { "beta NEG 2023-02-01;beta FLAG -", "FLAG" },
  { "alpha IDEN 2023-02-01;beta NEG 2023-03-01", "IDEN" },
  { "alpha IDEN 2023-02-01;gamma NEG 2023-03-01", "NEG" },
  { "alpha IDEN 2023-04-01;gamma NEG 2023-03-01", "IDEN" },
  { "alpha IDEN -;gamma NEG 2023-03-01", "NEG" },
  { "alpha NEG 2023-03-01;gamma IDEN 2023-03-01", "IDEN" },
  { "alpha FLAG 2024-01-01;alpha IDEN 2023-01-01", "IDEN" },
};

static void
test_statuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
      g_auto (GStrv) decisions = g_strsplit (statuses[i].decisions, ";", -1);

      add_victim (set, 1, 0, "2023-01-01");
      for (guint j = 0; decisions[j]; j++)
        {
          g_auto (GStrv) parts = g_strsplit (decisions[j], " ", 3);
          guint           entity = parts[0][0] == 'a' ? 0 : parts[0][0] == 'b' ? 1 : 2;
          CcSourceRecord *decision = add (set, CC_UNIT_STATUS_DECISION, 100 + j, 1, entity);

          set_code (decision, "status", parts[1]);
          set_date (decision, "decided_on", g_str_equal (parts[2], "-") ? "" : parts[2]);
        }
      g_test_message ("%s", statuses[i].decisions);
      g_assert_cmpstr (code_of (derive (set), "status"), ==, statuses[i].expected);
    }
}

static void
test_scope (void)
{
  static const struct
  {
    const char *origin, *recruited, *exploited, *expected;
  } cases[] = {
    { "", "", "", "unknown" },        { "BEN", "", "", "INTERNAL" },
    { "", "BEN", "BEN", "INTERNAL" }, { "NGA", "", "BEN", "CROSS" },
    { "BEN", "TGO", "BEN", "CROSS" }, { "BEN", "", "NGA", "CROSS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
      CcSourceRecord *victim = add_victim (set, 1, 0, "2023-01-01");
      CcSourceRecord *link = add (set, CC_UNIT_VICTIM_EVENT, 2, 1, 0);
      CcSourceRecord *place = add (set, CC_UNIT_PLACE, 3, 1, 0);

      if (*cases[i].origin)
        set_code (victim, "origin_country", cases[i].origin);
      if (*cases[i].exploited)
        set_code (link, "exploitation_country", cases[i].exploited);
      if (*cases[i].recruited)
        {
          set_code (place, "place_stage", "RECR");
          set_code (place, "place_country", cases[i].recruited);
        }
      g_assert_cmpstr (code_of (derive (set), "scope"), ==, cases[i].expected);
    }
}

/* Several citizenships keep the order in which they were stated; forms are a union. */
static void
test_unions (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
  CcSourceRecord    *late = add_victim (set, 1, 0, "2023-06-01");
  CcSourceRecord    *early = add_victim (set, 2, 0, "2023-01-01");
  const CcField     *field = cc_fields_find (stats->fields, CC_KIND_VICTIM, "citizenship");
  const CcFactValue *citizenship, *form;
  CcFact            *fact;

  set_codes (late, "citizenship", "BEN;TGO");
  set_codes (early, "citizenship", "NGA;TGO");
  set_codes (add (set, CC_UNIT_VICTIM_EVENT, 3, 1, 0), "form", "SEX");
  set_codes (add (set, CC_UNIT_VICTIM_EVENT, 4, 2, 0), "form", "LAB;BEG");
  fact = derive (set);
  citizenship = get (fact, "citizenship");
  g_assert_cmpuint (citizenship->n, ==, 3);
  g_assert_cmpint (citizenship->u.list[0], ==, cc_field_find_place (field, "NGA"));
  g_assert_cmpint (cc_value_single (citizenship, cc_field_find_place (field, "BEN")), ==,
                   cc_field_find_place (field, "BEN"));
  g_assert_cmpint (cc_value_single (citizenship, cc_field_find_place (field, "GHA")), ==,
                   cc_field_find_place (field, "NGA"));
  form = get (fact, "form");
  g_assert_cmpint (__builtin_popcountll (form->u.mask), ==, 3);
  g_assert_cmpuint (fact->rows[CC_GROUP_EXPLOITATION].n, ==, 2);
}

static void
add_step (CcSourceSet *set, gint64 id, const char *stage, const char *day, const char *outcome)
{
  CcSourceRecord *step = add (set, CC_UNIT_JUSTICE_STEP, id, 1, 0);

  set_code (step, "stage", stage);
  set_date (step, "step_on", day);
  if (*outcome)
    set_code (step, "outcome", outcome);
}

/* An arrest is a contact; the outcome is that of the latest step that states one; the age is that
 * on the day of the earliest step. */
static void
test_perpetrator (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_PERP, "BEN");
  CcSourceRecord *person = add (set, CC_UNIT_PERPETRATOR, 1, 0, 0);
  CcFact         *fact;

  set_date (person, "birth_date", "1990-06-01");
  add_step (set, 2, "COURT1", "2024-02-01", "CONVICTED");
  add_step (set, 3, "ARREST", "2023-03-05", "");
  add_step (set, 4, "CONTACT", "2023-05-05", "PENDING");
  add_step (set, 5, "FINAL", "2025-01-01", "");
  fact = derive (set);
  g_assert_cmpint (get (fact, "contact-on")->u.date.first, ==, cc_day_from_ymd (2023, 3, 5));
  g_assert_cmpint (get (fact, "arrested-on")->u.date.first, ==, cc_day_from_ymd (2023, 3, 5));
  g_assert_cmpuint (get (fact, "prosecuted-on")->n, ==, 0);
  g_assert_cmpstr (code_of (fact, "outcome"), ==, "CONVICTED");
  g_assert_cmpstr (code_of (fact, "final"), ==, "YES");
  g_assert_cmpint (number_of (fact, "age"), ==, 32);
  g_assert_cmpuint (fact->rows[CC_GROUP_STEP].n, ==, 4);
}

static void
test_event (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_EVENT, "BEN");
  CcSourceRecord *one = add (set, CC_UNIT_EVENT, 1, 0, 0);
  CcSourceRecord *two = add (set, CC_UNIT_EVENT, 2, 0, 0);
  CcFact         *fact;

  set_date (one, "recorded_on", "2023-02-01");
  set_date (two, "recorded_on", "2023-01-01");
  set_code (one, "stage", "INCOURT");
  set_date (one, "stage_on", "2024-01-01");
  set_code (two, "stage", "OPEN");
  value_of (one, "victims_number")->u.number = 7;
  value_of (one, "victims_number")->n = 1;
  set->linked[CC_KIND_VICTIM] = 3;
  set_codes (add (set, CC_UNIT_VICTIM_EVENT, 3, 1, 0), "form", "SEX");
  fact = derive (set);
  g_assert_cmpint (get (fact, "recorded-on")->u.date.first, ==, cc_day_from_ymd (2023, 1, 1));
  g_assert_cmpstr (code_of (fact, "stage"), ==, "INCOURT");
  g_assert_cmpint (number_of (fact, "victims"), ==, 7);
  g_assert_cmpint (number_of (fact, "perps"), ==, -1);
  g_assert_cmpuint (get (fact, "form")->n, ==, 1);
}

/* A user's choice stands against the rule. */
static void
test_choice (void)
{
  g_autoptr (CcSourceSet) set = cc_source_set_new (CC_KIND_VICTIM, "BEN");
  CcSourceChoice choice = { cc_pack_find_unit_variable (pack, "victim", "sex"), 2 };

  set_code (add_victim (set, 1, 0, "2023-01-01"), "sex", "F");
  set_code (add_victim (set, 2, 0, "2023-06-01"), "sex", "M");
  g_array_append_val (set->choices, choice);
  g_assert_cmpstr (code_of (derive (set), "sex"), ==, "M");
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int     result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  stats = cc_stats_plan_get (pack);
  arena = cc_arena_new ();
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    entities[i].type = cc_pack_find_code (pack, "RETYPE", "POL")->index;
  g_test_add_func ("/stats/selection/order", test_order);
  g_test_add_func ("/stats/selection/ages", test_ages);
  g_test_add_func ("/stats/selection/narrowest", test_narrowest);
  g_test_add_func ("/stats/selection/age-shift", test_age_shift);
  g_test_add_func ("/stats/selection/statuses", test_statuses);
  g_test_add_func ("/stats/selection/scope", test_scope);
  g_test_add_func ("/stats/selection/unions", test_unions);
  g_test_add_func ("/stats/selection/perpetrator", test_perpetrator);
  g_test_add_func ("/stats/selection/event", test_event);
  g_test_add_func ("/stats/selection/choice", test_choice);
  result = g_test_run ();
  cc_arena_free (arena);
  cc_pack_unref (pack);
  return result;
}
