/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

static void
put (CcPracticeTables *tables, const char *table, int year, const char *row)
{
  CcTally *tally = cc_practice_tables_get (tables, table);

  cc_tally_hit (tally, year, cc_tally_find_row (tally, row), -1);
}

static void
close_table (CcPracticeTables *tables, const char *table, guint side)
{
  cc_tally_close (cc_practice_tables_get (tables, table), side);
}

static const char *
sentence_row (CcWorld *world, const CcStepFact *step)
{
  const char *type = step->sentence.n > 0 ? cc_practice_handle (world, step->sentence.at[0]) : NULL;

  if (g_strcmp0 (type, "suspended") == 0)
    return "suspended";
  if (step->months >= 0)
    return step->months < 12    ? "under-1"
           : step->months < 60  ? "1-4"
           : step->months < 120 ? "5-9"
                                : "10-up";
  if (g_strcmp0 (type, "fine") == 0)
    return "fine";
  return g_strcmp0 (type, "other") == 0 ? "other" : "unknown";
}

static void
put_forms (CcPracticeTables *tables, const char *table, int year, const CcCodeSet *forms)
{
  CcWorld *world = tables->world;

  if (cc_practice_form_under (world, forms, "unodc", "sexual"))
    put (tables, table, year, "sexual");
  if (cc_practice_form_under (world, forms, "unodc", "labour"))
    put (tables, table, year, "labour");
  if (cc_practice_is_other_form (world, forms, "unodc"))
    put (tables, table, year, "other");
  if (forms->n == 0)
    put (tables, table, year, "unknown");
}

static void
count_judgement (CcPracticeTables        *tables,
                 const CcPerpetratorFact *fact,
                 const CcStepFact        *step,
                 int                      year,
                 const char              *sexage)
{
  CcWorld    *world = tables->world;
  const char *outcome = step->outcome != NULL ? cc_practice_handle (world, step->outcome) : NULL;
  const char *country;

  if (g_strcmp0 (outcome, "acquitted") == 0)
    put (tables, "ecowas-tip/P5", year, sexage);
  if (g_strcmp0 (outcome, "convicted") != 0)
    return;
  country =
      cc_practice_country_row (world, cc_practice_single_country (world, &fact->citizenship), TRUE);
  put (tables, "unodc-glotip/Q4", year, sexage);
  put (tables, "ecowas-tip/P4", year, sexage);
  put_forms (tables, "unodc-glotip/Q5", year, &fact->forms);
  put_forms (tables, "ecowas-tip/P6", year, &fact->forms);
  put (tables, "unodc-glotip/Q6", year, country);
  put (tables, "ecowas-tip/P7", year, country);
  put (tables, "ecowas-tip/P8", year, sentence_row (world, step));
}

static void
count_perpetrator (CcPracticeTables *tables, const CcPerpetratorFact *fact, guint side)
{
  static const char *const counted[] = { "unodc-glotip/Q2", "unodc-glotip/Q3", "unodc-glotip/Q4",
                                         "unodc-glotip/Q5", "unodc-glotip/Q6", "ecowas-tip/P2",
                                         "ecowas-tip/P3",   "ecowas-tip/P4",   "ecowas-tip/P5",
                                         "ecowas-tip/P6",   "ecowas-tip/P7",   "ecowas-tip/P8" };
  static const char *const sexages[] = { "women", "men",    "oadult", "girls",
                                         "boys",  "ochild", "unknown" };
  const char              *sexage = sexages[cc_practice_sexage7 (fact->sex, fact->age)];

  for (guint i = 0; i < fact->n_steps; i++)
    {
      int year = cc_practice_year (tables->world, fact->steps[i].on);

      if (year < 0)
        continue;
      switch (fact->steps[i].step)
        {
        case CC_STEP_CONTACT:
          put (tables, "unodc-glotip/Q2", year, sexage);
          put (tables, "ecowas-tip/P2", year, sexage);
          break;
        case CC_STEP_PROSECUTED:
          put (tables, "unodc-glotip/Q3", year, sexage);
          put (tables, "ecowas-tip/P3", year, sexage);
          break;
        case CC_STEP_JUDGED:
        default:
          count_judgement (tables, fact, &fact->steps[i], year, sexage);
          break;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    close_table (tables, counted[i], side);
}

static void
count_event (CcPracticeTables *tables, const CcEventFact *fact, guint side)
{
  CcWorld *world = tables->world;
  int      year = cc_practice_year (world, fact->recorded);

  if (year >= 0)
    {
      CcTally *offences = cc_practice_tables_get (tables, "unodc-glotip/Q1");

      cc_tally_base (offences, year, -1);
      cc_tally_close (offences, side);
      put (tables, "ecowas-tip/P1", year,
           fact->scope != NULL ? cc_practice_handle (world, fact->scope) : "unknown");
      close_table (tables, "ecowas-tip/P1", side);
    }
  for (int y = 0; y < world->params->n_years; y++)
    {
      CcDay end = cc_day_from_ymd (world->params->first_year + y, 12, 31);

      if (!cc_interval_is_known (fact->recorded) || fact->recorded.last > end)
        continue;
      put (tables, "ecowas-tip/P9", y,
           fact->stages[y] != NULL ? cc_practice_handle (world, fact->stages[y]) : "unknown");
    }
  close_table (tables, "ecowas-tip/P9", side);
}

/* Counts all tables about suspects, accused and convicted persons, and about cases. */
void
cc_practice_count_justice (CcPracticeTables *tables, CcPracticeFacts *facts, guint side)
{
  for (guint i = 0; i < facts->perpetrators->len; i++)
    {
      const CcPerpetratorFact *fact = &g_array_index (facts->perpetrators, CcPerpetratorFact, i);

      if (fact->stated)
        count_perpetrator (tables, fact, side);
    }
  for (guint i = 0; i < facts->events->len; i++)
    {
      const CcEventFact *fact = &g_array_index (facts->events, CcEventFact, i);

      if (fact->stated)
        count_event (tables, fact, side);
    }
}
