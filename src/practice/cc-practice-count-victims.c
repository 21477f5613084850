/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

/* One person while it is counted. */
typedef struct
{
  CcPracticeTables   *tables;
  CcWorld            *world;
  const CcVictimFact *fact;
  guint               side;
  int                 year;
  int                 sexage; /* column of sexage7 */
  int                 sex;    /* column of sex4 */
  gboolean            counted;
} Person;

static void
put_row (Person *self, const char *table, const char *row, int col)
{
  CcTally *tally = cc_practice_tables_get (self->tables, table);

  cc_tally_hit (tally, self->year, cc_tally_find_row (tally, row), col);
}

static void
close_table (Person *self, const char *table)
{
  cc_tally_close (cc_practice_tables_get (self->tables, table), self->side);
}

/* All handles of a set, or "unknown". */
static void
put_handles (Person *self, const char *table, const CcCodeSet *set, int col)
{
  if (set->n == 0)
    put_row (self, table, "unknown", col);
  for (guint i = 0; i < set->n; i++)
    put_row (self, table, cc_practice_handle (self->world, set->at[i]), col);
}

static void
put_handle (Person *self, const char *table, const CcCode *code, int col)
{
  put_row (self, table, code != NULL ? cc_practice_handle (self->world, code) : "unknown", col);
}

static void
put_form3 (Person *self, const char *table, int col)
{
  const CcCodeSet *forms = &self->fact->forms;

  if (cc_practice_form_under (self->world, forms, "unodc", "sexual"))
    put_row (self, table, "sexual", col);
  if (cc_practice_form_under (self->world, forms, "unodc", "labour"))
    put_row (self, table, "labour", col);
  if (cc_practice_is_other_form (self->world, forms, "unodc"))
    put_row (self, table, "other", col);
  if (forms->n == 0)
    put_row (self, table, "unknown", col);
}

static void
count_detailed_forms (Person *self)
{
  const char *table = "ecowas-tip/V4";

  for (guint i = 0; i < self->fact->forms.n; i++)
    put_row (self, table,
             cc_pack_roll_up (self->world->data->pack, "detail", "EXPL",
                              self->fact->forms.at[i]->code),
             self->sex);
  if (self->fact->forms.n == 0)
    put_row (self, table, "unknown", self->sex);
  close_table (self, table);
}

/* Sectors of rows that state labour exploitation; unknown where none of them names one. */
static void
count_sectors (Person *self)
{
  const char *table = "ecowas-tip/V5";
  gboolean    labour = FALSE, known = FALSE;

  for (guint i = 0; i < self->fact->n_exploitation; i++)
    {
      const CcExploitationFact *row = &self->fact->exploitation[i];

      if (!cc_practice_form_under (self->world, &row->forms, "unodc", "labour"))
        continue;
      labour = TRUE;
      for (guint s = 0; s < row->sectors.n; s++)
        {
          put_row (self, table, cc_practice_handle (self->world, row->sectors.at[s]), -1);
          known = TRUE;
        }
    }
  if (labour && !known)
    put_row (self, table, "unknown", -1);
  close_table (self, table);
}

static void
count_citizenship (Person *self)
{
  const char *row =
      cc_practice_country_row (self->world,
                               cc_practice_single_country (self->world, &self->fact->citizenship),
                               TRUE);

  put_row (self, "unodc-glotip/Q9", row, -1);
  close_table (self, "unodc-glotip/Q9");
  put_row (self, "ecowas-tip/V6", row, -1);
  close_table (self, "ecowas-tip/V6");
}

static void
count_own_nationals (Person *self)
{
  const char   *table = "ecowas-tip/V8";
  const CcCode *own =
      g_array_index (self->world->data->countries, CcPracticeCountry, self->world->data->own).code;

  if (!cc_code_set_has (&self->fact->citizenship, own))
    return;
  for (guint i = 0; i < self->fact->exploited.n; i++)
    put_row (self, table, self->fact->exploited.at[i]->code, -1);
  if (self->fact->exploited.n == 0)
    put_row (self, table, "unknown", -1);
  close_table (self, table);
}

static void
count_gaps (Person *self)
{
  const char         *table = "ecowas-tip/D1";
  const CcVictimFact *fact = self->fact;

  cc_tally_base (cc_practice_tables_get (self->tables, table), self->year, -1);
  if (fact->age == CC_AGE_CLASS_UNKNOWN)
    put_row (self, table, "age", -1);
  if (fact->sex == NULL)
    put_row (self, table, "sex", -1);
  if (fact->forms.n == 0)
    put_row (self, table, "form", -1);
  if (fact->citizenship.n == 0)
    put_row (self, table, "citizenship", -1);
  if (fact->origin == NULL)
    put_row (self, table, "origin", -1);
  close_table (self, table);
}

static void
put_sdg (Person *self, const char *series)
{
  static const char *const sexes[] = { "T", "M", "F" };
  static const char *const ages[] = { "all", "u18", "o18" };
  const CcVictimFact      *fact = self->fact;

  for (guint s = 0; s < G_N_ELEMENTS (sexes); s++)
    for (guint a = 0; a < G_N_ELEMENTS (ages); a++)
      {
        g_autofree char *row = g_strdup_printf ("%s;%s;%s", series, sexes[s], ages[a]);

        if (s > 0 && (fact->sex == NULL || !g_str_equal (fact->sex->code, sexes[s])))
          continue;
        if ((a == 1 && fact->age != CC_AGE_CLASS_CHILD)
            || (a == 2 && fact->age != CC_AGE_CLASS_ADULT))
          continue;
        put_row (self, "sdg-16-2-2/S1", row, -1);
      }
}

static void
count_sdg (Person *self)
{
  const CcCodeSet         *forms = &self->fact->forms;
  static const char *const others[] = { "begging", "crime", "marriage", "adoption",
                                        "armed",   "fraud", "other" };
  gboolean                 other = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    other |= cc_practice_form_under (self->world, forms, "sdg", others[i]);
  put_sdg (self, "DETV");
  if (cc_practice_form_under (self->world, forms, "sdg", "sexual"))
    put_sdg (self, "DETVSX");
  if (cc_practice_form_under (self->world, forms, "sdg", "labour"))
    put_sdg (self, "DETVFL");
  if (cc_practice_form_under (self->world, forms, "sdg", "organs"))
    put_sdg (self, "DETVOG");
  if (other)
    put_sdg (self, "DETVOP");
  close_table (self, "sdg-16-2-2/S1");
}

static void
count_detected (Person *self)
{
  static const char *const sexage[] = { "women", "men",    "oadult", "girls",
                                        "boys",  "ochild", "unknown" };
  const CcVictimFact      *fact = self->fact;

  put_handle (self, "ecowas-tip/V2", fact->status, self->sex);
  close_table (self, "ecowas-tip/V2");
  if (!self->counted)
    return;
  put_row (self, "unodc-glotip/Q7", sexage[self->sexage], -1);
  close_table (self, "unodc-glotip/Q7");
  put_row (self, "ecowas-tip/V1", sexage[self->sexage], -1);
  close_table (self, "ecowas-tip/V1");
  put_form3 (self, "unodc-glotip/Q8", self->sexage);
  close_table (self, "unodc-glotip/Q8");
  put_form3 (self, "ecowas-tip/V3", self->sexage);
  close_table (self, "ecowas-tip/V3");
  count_detailed_forms (self);
  count_sectors (self);
  count_citizenship (self);
  put_handle (self, "ecowas-tip/V7", fact->flow, self->sexage);
  close_table (self, "ecowas-tip/V7");
  count_own_nationals (self);
  put_handle (self, "ecowas-tip/V9", fact->channel, -1);
  close_table (self, "ecowas-tip/V9");
  put_handle (self, "ecowas-tip/V10", fact->first_type, -1);
  close_table (self, "ecowas-tip/V10");
  put_handles (self, "ecowas-tip/V11", &fact->control, -1);
  close_table (self, "ecowas-tip/V11");
  put_handles (self, "ecowas-tip/V12", &fact->methods, -1);
  close_table (self, "ecowas-tip/V12");
  count_gaps (self);
  count_sdg (self);
}

static void
count_services (Person *self)
{
  for (guint i = 0; i < self->fact->n_services; i++)
    {
      const CcServiceFact *row = &self->fact->services[i];

      self->year = cc_practice_year (self->world, row->from);
      for (guint s = 0; self->year >= 0 && s < row->services.n; s++)
        put_row (self, "ecowas-tip/W1", cc_practice_handle (self->world, row->services.at[s]),
                 self->sexage);
    }
  close_table (self, "ecowas-tip/W1");
}

static void
count_returns (Person *self)
{
  for (guint i = 0; i < self->fact->n_returns; i++)
    {
      const CcReturnFact *row = &self->fact->returns[i];
      const char         *type = cc_practice_handle (self->world, row->type);
      const char         *country = cc_practice_country_row (self->world, row->country, FALSE);
      CcTally            *q10 = cc_practice_tables_get (self->tables, "unodc-glotip/Q10");

      self->year = cc_practice_year (self->world, row->on);
      if (self->year < 0)
        continue;
      put_row (self, "ecowas-tip/W2", type, self->sex);
      put_row (self, "ecowas-tip/W3", country, -1);
      if (self->counted)
        cc_tally_hit (q10, self->year, cc_tally_find_row (q10, country),
                      cc_tally_find_col (q10, type));
    }
  close_table (self, "ecowas-tip/W2");
  close_table (self, "ecowas-tip/W3");
  close_table (self, "unodc-glotip/Q10");
}

/* Counts all tables about victims, person by person. */
void
cc_practice_count_victims (CcPracticeTables *tables, CcPracticeFacts *facts, guint side)
{
  for (guint i = 0; i < facts->victims->len; i++)
    {
      const CcVictimFact *fact = &g_array_index (facts->victims, CcVictimFact, i);
      Person      self = { .tables = tables, .world = tables->world, .fact = fact, .side = side };
      const char *status;

      if (!fact->stated)
        continue;
      status = fact->status != NULL ? cc_practice_handle (self.world, fact->status) : NULL;
      self.counted = g_strcmp0 (status, "identified") == 0 || g_strcmp0 (status, "presumed") == 0;
      self.sexage = cc_practice_sexage7 (fact->sex, fact->age);
      self.sex = fact->sex == NULL                    ? 3
                 : g_str_equal (fact->sex->code, "M") ? 0
                 : g_str_equal (fact->sex->code, "F") ? 1
                                                      : 2;
      self.year = cc_practice_year (self.world, fact->detected);
      if (self.year >= 0)
        count_detected (&self);
      count_services (&self);
      count_returns (&self);
    }
}
