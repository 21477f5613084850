/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <cc/base/cc-error.h>

/* Draws an index by weights in 100. */
static guint
draw (CcRandom *random, const guint *weights, guint n)
{
  guint at = cc_random_below (random, 100), i = 0;

  while (i + 1 < n && at >= weights[i])
    at -= weights[i++];
  return i;
}

static const CcPracticeCountry *
get_country (CcWorld *self, guint index)
{
  return &g_array_index (self->data->countries, CcPracticeCountry, index);
}

/* A country by its weight as origin or destination; never the reporting country. */
static guint
draw_country (CcWorld *self, gboolean destination, CcRandom *random)
{
  guint sum = 0, at;

  for (guint i = 0; i < self->data->countries->len; i++)
    if (i != self->data->own)
      sum += destination ? get_country (self, i)->destinations : get_country (self, i)->citizens;
  at = cc_random_below (random, sum);
  for (guint i = 0; i < self->data->countries->len; i++)
    {
      guint weight =
          destination ? get_country (self, i)->destinations : get_country (self, i)->citizens;

      if (i == self->data->own)
        continue;
      if (at < weight)
        return i;
      at -= weight;
    }
  return self->data->own;
}

static const CcCode *
own_code (CcWorld *self)
{
  return get_country (self, self->data->own)->code;
}

static const CcCode *
code (CcWorld *self, const char *list, const char *name)
{
  return cc_practice_data_code (self->data, list, name);
}

static void
add_picks (CcWorld    *self,
           CcCodeSet  *set,
           const char *list,
           guint       n,
           gboolean    child,
           CcRandom   *random)
{
  GArray *weights = cc_practice_data_weights (self->data, list);

  for (guint i = 0; i < n; i++)
    cc_code_set_add (set, cc_practice_pick (weights, child, random));
}

static gboolean
is_labour (CcWorld *self, const CcCodeSet *forms)
{
  for (guint i = 0; i < forms->n; i++)
    if (g_strcmp0 (cc_pack_roll_up (self->data->pack, "unodc", "EXPL", forms->at[i]->code),
                   "labour")
        == 0)
      return TRUE;
  return FALSE;
}

static void
choose_flow (CcWorld *self, CcWorldVictim *victim, CcRandom *random)
{
  gboolean    from_here = victim->origin == own_code (self);
  gboolean    exploited_here = cc_code_set_has (&victim->exploited, own_code (self));
  const char *flow;

  if (exploited_here)
    flow = from_here ? "INTERNAL" : "INWARD";
  else if (from_here)
    flow = cc_practice_chance (random, 6000) ? "RETURNED" : "OUTWARD";
  else
    flow = "TRANSIT";
  victim->flow = code (self, "FLOW", flow);
}

static void
choose_return (CcWorld *self, CcWorldVictim *victim, CcDay base, CcRandom *random)
{
  const char *flow = victim->flow->code;

  victim->returned = CC_DAY_NONE;
  if (g_str_equal (flow, "RETURNED"))
    {
      victim->return_type = code (self, "RETTYPE", "NATIONAL");
      victim->return_country = victim->exploited.at[0];
      victim->returned = base - (CcDay) cc_random_below (random, 20);
    }
  else if ((g_str_equal (flow, "INWARD") || g_str_equal (flow, "TRANSIT"))
           && cc_practice_chance (random, 4500))
    {
      victim->return_type = code (self, "RETTYPE", "FOREIGNER");
      victim->return_country = victim->origin;
      victim->returned = base + (CcDay) cc_practice_spread (random, 120);
    }
  if (victim->returned < self->first || victim->returned > self->last)
    {
      victim->return_type = victim->return_country = NULL;
      victim->returned = CC_DAY_NONE;
    }
}

static CcDay
draw_birth (CcDay base, gboolean child, CcRandom *random)
{
  guint years;

  if (child)
    {
      guint a = cc_random_below (random, 15), b = cc_random_below (random, 15);

      years = 3 + MAX (a, b);
    }
  else
    {
      guint spread = cc_practice_spread (random, 9);

      years = 18 + MIN (spread, 45);
    }
  return base - (CcDay) (years * 1461 / 4) - (CcDay) cc_random_below (random, 365);
}

static void
make_victim (CcWorld *self, CcWorldEvent *event, guint event_index, guint number, CcRandom *random)
{
  CcWorldVictim  victim = { .event = event_index, .country = event->country };
  CcWorldVictim *sibling =
      number > 0 ? &g_array_index (self->victims, CcWorldVictim, self->victims->len - 1) : NULL;
  gboolean      child = cc_practice_chance (random, 3400);
  guint         sex = cc_random_below (random, 1000);
  const CcCode *first_form = sibling != NULL && sibling->forms.n > 0 ? sibling->forms.at[0] : NULL;

  victim.seed = cc_random_next (random);
  victim.family_seed = cc_random_next (random);
  if (sibling != NULL && cc_practice_chance (random, self->params->big ? 2000 : 700))
    victim.family_seed = sibling->family_seed;
  victim.sex = code (self, "SEX", sex < 620 ? "F" : sex < 990 ? "M" : "O");
  victim.birth = draw_birth (event->day, child, random);
  /* Of the sisters and brothers of a large country some are twins. */
  if (self->params->big && sibling != NULL && victim.family_seed == sibling->family_seed
      && cc_practice_chance (random, 2000))
    victim.birth = sibling->birth;
  if (cc_practice_chance (random, 50))
    cc_code_set_add (&victim.citizenship, self->data->stateless);
  else
    cc_code_set_add (&victim.citizenship, get_country (self, event->country)->code);
  if (cc_practice_chance (random, 150))
    cc_code_set_add (&victim.citizenship,
                     get_country (self, draw_country (self, FALSE, random))->code);
  victim.origin = cc_practice_chance (random, 500)
                      ? get_country (self, draw_country (self, FALSE, random))->code
                      : get_country (self, event->country)->code;
  victim.recruited = victim.origin;
  cc_code_set_add (&victim.exploited, event->exploited);
  if (cc_practice_chance (random, 300))
    cc_code_set_add (&victim.exploited,
                     get_country (self, draw_country (self, TRUE, random))->code);
  if (first_form != NULL && cc_practice_chance (random, 7000)
      && (child || !g_str_equal (first_form->code, "LAB_CHILD")))
    cc_code_set_add (&victim.forms, first_form);
  add_picks (self, &victim.forms, "EXPL", victim.forms.n == 0 ? 1 : 0, child, random);
  if (cc_practice_chance (random, 2200))
    add_picks (self, &victim.forms, "EXPL", 1, child, random);
  if (is_labour (self, &victim.forms))
    add_picks (self, &victim.sectors, "ISIC", cc_practice_chance (random, 1200) ? 2 : 1, child,
               random);
  add_picks (self, &victim.control, "CONTROL", 1 + cc_random_below (random, 3), child, random);
  add_picks (self, &victim.methods, "RECMETH", cc_practice_chance (random, 1500) ? 2 : 1, child,
             random);
  victim.channel =
      cc_practice_pick (cc_practice_data_weights (self->data, "DETECT"), child, random);
  victim.detected = CC_INTERVAL_UNKNOWN;
  choose_flow (self, &victim, random);
  choose_return (self, &victim, event->day, random);
  g_array_append_val (self->victims, victim);
}

/* The steps of justice that happened before the files were sent. */
static void
run_justice (CcWorld *self, CcWorldPerpetrator *perpetrator, gboolean child, CcRandom *random)
{
  CcDay    day = perpetrator->contact;
  gboolean convicted;

  perpetrator->prosecuted = perpetrator->judged = CC_DAY_NONE;
  perpetrator->months = -1;
  if (!cc_practice_chance (random, 6500))
    return;
  day += 20 + (CcDay) cc_practice_spread (random, 120);
  if (day > self->last)
    return;
  perpetrator->prosecuted = day;
  perpetrator->outcome = code (self, "JOUT", "PENDING");
  if (!cc_practice_chance (random, 7500))
    return;
  day += 40 + (CcDay) cc_practice_spread (random, 220);
  if (day > self->last)
    return;
  perpetrator->judged = day;
  convicted = cc_practice_chance (random, 6800);
  perpetrator->outcome = code (self, "JOUT",
                               convicted                           ? "CONVICTED"
                               : cc_practice_chance (random, 6500) ? "ACQUITTED"
                                                                   : "DISMISSED");
  if (!convicted)
    return;
  add_picks (self, &perpetrator->sentence, "SENT", 1, child, random);
  if (g_str_equal (perpetrator->sentence.at[0]->code, "CUSTODIAL")
      || g_str_equal (perpetrator->sentence.at[0]->code, "SUSPENDED"))
    perpetrator->months = (int) (6 + 6 * cc_random_below (random, 25));
}

static void
make_perpetrator (CcWorld *self, CcWorldEvent *event, guint event_index, CcRandom *random)
{
  CcWorldPerpetrator   perpetrator = { .event = event_index };
  gboolean             child = cc_practice_chance (random, 250);
  const CcWorldVictim *victim = &g_array_index (self->victims, CcWorldVictim, event->first_victim);

  perpetrator.seed = cc_random_next (random);
  perpetrator.family_seed = cc_random_next (random);
  perpetrator.sex = code (self, "SEX", cc_practice_chance (random, 3300) ? "F" : "M");
  perpetrator.country = cc_practice_chance (random, 6000)   ? self->data->own
                        : cc_practice_chance (random, 6000) ? event->country
                                                            : draw_country (self, FALSE, random);
  cc_code_set_add (&perpetrator.citizenship, get_country (self, perpetrator.country)->code);
  perpetrator.contact = event->day + (CcDay) cc_practice_spread (random, 40);
  perpetrator.birth = draw_birth (perpetrator.contact - (child ? 0 : 6 * 365), child, random);
  if (child)
    perpetrator.birth =
        perpetrator.contact - (CcDay) ((15 + cc_random_below (random, 3)) * 1461 / 4 + 100);
  add_picks (self, &perpetrator.roles, "PROLE", 1 + cc_random_below (random, 2), FALSE, random);
  cc_code_set_union (&perpetrator.forms, &victim->forms);
  run_justice (self, &perpetrator, child, random);
  if (perpetrator.contact > self->last)
    return;
  event->perpetrators++;
  g_array_append_val (self->perpetrators, perpetrator);
}

static void
make_event (CcWorld *self, guint at_most, CcRandom *random)
{
  static const guint sizes[] = { 45, 22, 14, 9, 6, 4 };
  static const guint gangs[] = { 22, 40, 20, 12, 6 };
  CcWorldEvent       event = { .recorded = CC_DAY_NONE };
  guint              index = self->events->len;
  guint              perpetrators = draw (random, gangs, G_N_ELEMENTS (gangs));
  gboolean           here;

  /* A large country is for linking its victims. */
  if (self->params->big)
    perpetrators = 0;
  event.victims = MIN (at_most, 1 + draw (random, sizes, G_N_ELEMENTS (sizes)));
  /* MIN draws twice, so a country may have some victims more than it was asked for; the keys of
   * ordinary ones stay what they always were. */
  if (self->params->big)
    event.victims = MIN (at_most, event.victims);
  event.day =
      self->first + (CcDay) cc_random_below (random, (guint) (self->last - self->first + 1));
  event.country =
      cc_practice_chance (random, 4600) ? self->data->own : draw_country (self, FALSE, random);
  here = cc_practice_chance (random, event.country == self->data->own ? 5800 : 8500);
  event.exploited =
      get_country (self, here ? self->data->own : draw_country (self, TRUE, random))->code;
  event.police = event.day + (CcDay) cc_practice_spread (random, 15);
  event.labour = event.day + (CcDay) cc_practice_spread (random, 25);
  event.prosecution = event.police + 10 + (CcDay) cc_practice_spread (random, 60);
  event.police = MIN (self->last, event.police);
  event.labour = MIN (self->last, event.labour);
  event.prosecution = MIN (self->last, event.prosecution);
  event.first_victim = self->victims->len;
  event.first_perpetrator = self->perpetrators->len;
  for (guint i = 0; i < event.victims; i++)
    make_victim (self, &event, index, i, random);
  for (guint i = 0; i < perpetrators; i++)
    make_perpetrator (self, &event, index, random);
  g_array_append_val (self->events, event);
}

static void
agency_free (gpointer data)
{
  CcPracticeAgency *agency = data;

  g_free (agency->key);
  g_free (agency->name);
  g_free (agency);
}

static void
add_agency (CcWorld *self, const CcAgencyKind *kind, guint number)
{
  CcPracticeAgency *agency = g_new0 (CcPracticeAgency, 1);

  agency->kind = kind;
  agency->key = number == 1 ? g_strdup (kind->key) : g_strdup_printf ("%s%u", kind->key, number);
  agency->name =
      number == 1 ? g_strdup (kind->name) : g_strdup_printf ("%s %u", kind->name, number);
  g_ptr_array_add (self->agencies, agency);
}

/* One agency of each kind that writes in a wanted language, then further ones of the same kinds;
 * the last one has nothing to report. */
static gboolean
choose_agencies (CcWorld *self, GError **error)
{
  const CcPracticeParams *params = self->params;
  GPtrArray              *kinds = self->data->kinds;
  const CcAgencyKind     *nil = NULL;
  guint                   round = 1;

  for (;; round++)
    {
      guint before = self->agencies->len;

      for (guint i = 0; i < kinds->len && self->agencies->len + 1 < params->agencies; i++)
        {
          const CcAgencyKind *kind = kinds->pdata[i];

          if (kind->nil)
            nil = kind;
          else if (kind->weight == 0 && params->agencies <= 2)
            continue; /* somebody must meet victims */
          else if (params->languages == NULL || g_strv_contains (params->languages, kind->language))
            add_agency (self, kind, round);
        }
      if (self->agencies->len + 1 >= params->agencies || self->agencies->len == before)
        break;
    }
  if (self->agencies->len == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "No practice agency writes in the languages asked for. Nothing was written; "
                   "choose among ar, en, es, fr and pt.");
      return FALSE;
    }
  for (guint i = 0; i < kinds->len && nil == NULL; i++)
    if (((CcAgencyKind *) kinds->pdata[i])->nil)
      nil = kinds->pdata[i];
  if (nil != NULL)
    add_agency (self, nil, 1);
  return TRUE;
}

/* Makes the true world of the parameters; the data must outlive it. */
CcWorld *
cc_world_new (const CcPracticeParams *params, CcPracticeData *data, GError **error)
{
  g_autoptr (CcWorld) self = g_new0 (CcWorld, 1);
  CcRandom random;

  self->params = params;
  self->data = data;
  self->first = cc_day_from_ymd (params->first_year, 1, 1);
  self->last = cc_day_from_ymd (params->first_year + params->n_years - 1, 12, 31);
  self->agencies = g_ptr_array_new_with_free_func (agency_free);
  self->victims = g_array_new (FALSE, TRUE, sizeof (CcWorldVictim));
  self->perpetrators = g_array_new (FALSE, TRUE, sizeof (CcWorldPerpetrator));
  self->events = g_array_new (FALSE, TRUE, sizeof (CcWorldEvent));
  self->notes = g_array_new (FALSE, TRUE, sizeof (CcNoteRow));
  if (!choose_agencies (self, error))
    return NULL;

  cc_random_init (&random, cc_practice_mix (params->seed, 20));
  while (self->victims->len < params->victims)
    make_event (self, params->victims - self->victims->len, &random);
  cc_world_make_notes (self);
  return g_steal_pointer (&self);
}

void
cc_world_free (CcWorld *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->agencies);
  g_array_unref (self->victims);
  g_array_unref (self->perpetrators);
  g_array_unref (self->events);
  g_array_unref (self->notes);
  g_free (self);
}
