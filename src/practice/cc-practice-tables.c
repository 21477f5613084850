/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

#include <string.h>

/* Codes of the questionnaires' axes, in order (data/questionnaires/axes.tipq). */
static const char *const sexage7[] = { "women", "men",    "oadult",  "girls",
                                       "boys",  "ochild", "unknown", NULL };
static const char *const sex4[] = { "M", "F", "O", "unknown", NULL };
static const char *const status5[] = { "identified",    "presumed", "flagged",
                                       "not-confirmed", "unknown",  NULL };
static const char *const form3[] = { "sexual", "labour", "other", "unknown", NULL };
static const char *const scope3[] = { "internal", "cross-border", "unknown", NULL };
static const char *const sentences[] = { "suspended", "under-1", "1-4",     "5-9", "10-up",
                                         "fine",      "other",   "unknown", NULL };
static const char *const return_types3[] = { "national-returned", "foreigner-returned", "none",
                                             NULL };
static const char *const gaps[] = {
  "age", "sex", "form", "citizenship", "origin", "open-pair", NULL
};
static const char *const received[] = { "yes", "nil", "no", NULL };
static const char *const sdg_series[] = { "DETV", "DETVSX", "DETVFL", "DETVOG", "DETVOP", NULL };
static const char *const sdg_sex[] = { "T", "M", "F", NULL };
static const char *const sdg_age[] = { "all", "u18", "o18", NULL };
static const char *const none[] = { NULL };

typedef struct
{
  const char        *id; /* questionnaire/table */
  const char *const *rows;
  const char        *scheme; /* rows are the handles of a list in a scheme: "scheme/LIST" */
  gboolean           unknown;
  gboolean           countries; /* rows are added as countries are met */
  const char *const *cols;
} Layout;

static const Layout layouts[] = {
  { "unodc-glotip/Q1", none },
  { "unodc-glotip/Q2", sexage7 },
  { "unodc-glotip/Q3", sexage7 },
  { "unodc-glotip/Q4", sexage7 },
  { "unodc-glotip/Q5", form3 },
  { "unodc-glotip/Q6", none, .countries = TRUE },
  { "unodc-glotip/Q7", sexage7 },
  { "unodc-glotip/Q8", form3, .cols = sexage7 },
  { "unodc-glotip/Q9", none, .countries = TRUE },
  { "unodc-glotip/Q10", none, .countries = TRUE, .cols = return_types3 },
  { "ecowas-tip/A2", NULL, "handle/RETYPE", TRUE, .cols = received },
  { "ecowas-tip/V1", sexage7 },
  { "ecowas-tip/V2", status5, .cols = sex4 },
  { "ecowas-tip/V3", form3, .cols = sexage7 },
  { "ecowas-tip/V4", NULL, "detail/EXPL", TRUE, .cols = sex4 },
  { "ecowas-tip/V5", NULL, "handle/ISIC", TRUE },
  { "ecowas-tip/V6", none, .countries = TRUE },
  { "ecowas-tip/V7", NULL, "handle/FLOW", TRUE, .cols = sexage7 },
  { "ecowas-tip/V8", none, .countries = TRUE },
  { "ecowas-tip/V9", NULL, "handle/DETECT", TRUE },
  { "ecowas-tip/V10", NULL, "handle/RETYPE", TRUE },
  { "ecowas-tip/V11", NULL, "handle/CONTROL", TRUE },
  { "ecowas-tip/V12", NULL, "handle/RECMETH", TRUE },
  { "ecowas-tip/W1", NULL, "handle/ASSIST", FALSE, .cols = sexage7 },
  { "ecowas-tip/W2", return_types3, .cols = sex4 },
  { "ecowas-tip/W3", none, .countries = TRUE },
  { "ecowas-tip/P1", scope3 },
  { "ecowas-tip/P2", sexage7 },
  { "ecowas-tip/P3", sexage7 },
  { "ecowas-tip/P4", sexage7 },
  { "ecowas-tip/P5", sexage7 },
  { "ecowas-tip/P6", form3 },
  { "ecowas-tip/P7", none, .countries = TRUE },
  { "ecowas-tip/P8", sentences },
  { "ecowas-tip/P9", NULL, "handle/EVSTAGE", TRUE },
  { "ecowas-tip/D1", gaps },
};

static void
add_country_rows (CcTally *tally, CcWorld *world)
{
  for (guint i = 0; i < world->data->countries->len; i++)
    cc_tally_add_row (tally,
                      g_array_index (world->data->countries, CcPracticeCountry, i).code->code);
}

static void
add_scheme_rows (CcTally *tally, CcWorld *world, const char *scheme)
{
  g_auto (GStrv) parts = g_strsplit (scheme, "/", 2);
  GPtrArray *targets = cc_pack_get_targets (world->data->pack, parts[0], parts[1]);

  for (guint i = 0; i < targets->len; i++)
    cc_tally_add_row (tally, targets->pdata[i]);
}

static void
add_layout (CcPracticeTables *self, const Layout *layout)
{
  CcWorld *world = self->world;
  g_auto (GStrv) id = g_strsplit (layout->id, "/", 2);
  CcTally *tally = cc_tally_new (id[0], id[1], (guint) world->params->n_years, TRUE, TRUE);

  for (guint i = 0; layout->rows != NULL && layout->rows[i] != NULL; i++)
    cc_tally_add_row (tally, layout->rows[i]);
  if (layout->scheme != NULL)
    add_scheme_rows (tally, world, layout->scheme);
  if (layout->countries)
    {
      add_country_rows (tally, world);
      cc_tally_set_in_use (tally);
      if (!g_str_has_suffix (layout->id, "W3") && !g_str_has_suffix (layout->id, "Q10")
          && !g_str_has_suffix (layout->id, "V8"))
        cc_tally_add_row (tally, "stateless");
    }
  if (layout->unknown || layout->countries)
    cc_tally_add_row (tally, "unknown");
  for (guint i = 0; layout->cols != NULL && layout->cols[i] != NULL; i++)
    cc_tally_add_col (tally, layout->cols[i]);
  g_ptr_array_add (self->tallies, tally);
  g_hash_table_insert (self->places, g_strdup (layout->id), tally);
}

static void
add_sdg (CcPracticeTables *self)
{
  CcTally *tally =
      cc_tally_new ("sdg-16-2-2", "S1", (guint) self->world->params->n_years, FALSE, FALSE);

  for (guint s = 0; sdg_series[s] != NULL; s++)
    for (guint x = 0; sdg_sex[x] != NULL; x++)
      for (guint a = 0; sdg_age[a] != NULL; a++)
        {
          g_autofree char *row =
              g_strdup_printf ("%s;%s;%s", sdg_series[s], sdg_sex[x], sdg_age[a]);

          cc_tally_add_row (tally, row);
        }
  g_ptr_array_add (self->tallies, tally);
  g_hash_table_insert (self->places, g_strdup ("sdg-16-2-2/S1"), tally);
}

/* The tables of the three questionnaires, empty. */
CcPracticeTables *
cc_practice_tables_new (CcWorld *world)
{
  CcPracticeTables *self = g_new0 (CcPracticeTables, 1);

  self->world = world;
  self->tallies = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_tally_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    add_layout (self, &layouts[i]);
  add_sdg (self);
  return self;
}

void
cc_practice_tables_free (CcPracticeTables *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->tallies);
  g_free (self);
}

CcTally *
cc_practice_tables_get (CcPracticeTables *self, const char *table)
{
  CcTally *tally = g_hash_table_lookup (self->places, table);

  g_return_val_if_fail (tally != NULL, NULL);
  return tally;
}

/* Number of the year that a date certainly lies in; -2 outside all years or not determined. */
int
cc_practice_year (CcWorld *world, CcInterval date)
{
  int year;

  if (!cc_interval_is_known (date))
    return -2;
  year = cc_day_year (date.first);
  if (cc_day_year (date.last) != year)
    return -2;
  year -= world->params->first_year;
  return year < 0 || year >= world->params->n_years ? -2 : year;
}

int
cc_practice_sexage7 (const CcCode *sex, CcAgeClass age)
{
  static const char *const sexes[] = { "F", "M", "O" };

  for (int i = 0; sex != NULL && age != CC_AGE_CLASS_UNKNOWN && i < 3; i++)
    if (g_str_equal (sex->code, sexes[i]))
      return i + (age == CC_AGE_CLASS_CHILD ? 3 : 0);
  return 6;
}

/* Of several countries the reporting country, else the first stated. */
const CcCode *
cc_practice_single_country (CcWorld *world, const CcCodeSet *countries)
{
  const CcCode *own =
      g_array_index (world->data->countries, CcPracticeCountry, world->data->own).code;

  if (countries->n == 0)
    return NULL;
  return cc_code_set_has (countries, own) ? own : countries->at[0];
}

const char *
cc_practice_country_row (CcWorld *world, const CcCode *country, gboolean stateless)
{
  if (country == NULL)
    return "unknown";
  return stateless && country == world->data->stateless ? "stateless" : country->code;
}

gboolean
cc_practice_form_under (CcWorld         *world,
                        const CcCodeSet *forms,
                        const char      *scheme,
                        const char      *target)
{
  for (guint i = 0; i < forms->n; i++)
    if (g_strcmp0 (cc_pack_roll_up (world->data->pack, scheme, "EXPL", forms->at[i]->code), target)
        == 0)
      return TRUE;
  return FALSE;
}

/* Any form that is neither sexual nor labour exploitation. */
gboolean
cc_practice_is_other_form (CcWorld *world, const CcCodeSet *forms, const char *scheme)
{
  static const char *const others[] = { "begging",  "crime", "marriage", "organs",
                                        "adoption", "armed", "fraud",    "other" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (cc_practice_form_under (world, forms, scheme, others[i]))
      return TRUE;
  return FALSE;
}

/* Which agencies sent something; once for a country. */
void
cc_practice_count_returns (CcPracticeTables *self, guint side)
{
  CcTally *tally = cc_practice_tables_get (self, "ecowas-tip/A2");
  CcWorld *world = self->world;

  for (guint i = 0; i < world->agencies->len; i++)
    {
      const CcAgencyKind *kind = ((CcPracticeAgency *) world->agencies->pdata[i])->kind;

      cc_tally_person (tally);
      /* Every agency's file covers all years, so it answers for each of them. */
      for (int year = 0; year < world->params->n_years; year++)
        cc_tally_hit (tally, year,
                      cc_tally_find_row (tally, cc_practice_handle (world, kind->type)),
                      kind->nil ? 1 : 0);
      cc_tally_close (tally, side);
    }
}

/* Counts all tables from facts of one side. */
void
cc_practice_tables_count (CcPracticeTables *self, CcPracticeFacts *facts, guint side)
{
  cc_practice_count_victims (self, facts, side);
  cc_practice_count_justice (self, facts, side);
  cc_practice_count_returns (self, side);
}
