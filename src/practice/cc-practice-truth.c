/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

CcPracticeFacts *
cc_practice_facts_new_empty (CcWorld *world)
{
  CcPracticeFacts *self = g_new0 (CcPracticeFacts, 1);

  self->victims = g_array_new (FALSE, TRUE, sizeof (CcVictimFact));
  self->perpetrators = g_array_new (FALSE, TRUE, sizeof (CcPerpetratorFact));
  self->events = g_array_new (FALSE, TRUE, sizeof (CcEventFact));
  g_array_set_size (self->victims, world->victims->len);
  g_array_set_size (self->perpetrators, world->perpetrators->len);
  g_array_set_size (self->events, world->events->len);
  for (guint i = 0; i < world->victims->len; i++)
    g_array_index (self->victims, CcVictimFact, i).detected = CC_INTERVAL_UNKNOWN;
  for (guint i = 0; i < world->events->len; i++)
    {
      CcEventFact *event = &g_array_index (self->events, CcEventFact, i);

      event->recorded = CC_INTERVAL_UNKNOWN;
      event->stages = g_new0 (const CcCode *, (guint) world->params->n_years);
    }
  return self;
}

void
cc_practice_facts_free (CcPracticeFacts *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->events->len; i++)
    g_free (g_array_index (self->events, CcEventFact, i).stages);
  g_array_unref (self->victims);
  g_array_unref (self->perpetrators);
  g_array_unref (self->events);
  g_free (self);
}

/* The questionnaires' word for a code. */
const char *
cc_practice_handle (CcWorld *world, const CcCode *code)
{
  return cc_pack_roll_up (world->data->pack, "handle", code->list, code->code);
}

static void
tell_victim (CcWorld *world, const CcWorldVictim *victim, CcVictimFact *fact)
{
  int age = cc_day_completed_years (victim->birth, victim->detected.first);

  fact->stated = TRUE;
  fact->sex = victim->sex;
  fact->age = cc_practice_age_class (age, age);
  fact->status = victim->status;
  fact->detected = victim->detected;
  fact->citizenship = victim->citizenship;
  fact->origin = victim->origin;
  fact->exploited = victim->exploited;
  fact->forms = victim->forms;
  fact->control = victim->control;
  fact->methods = victim->methods;
  fact->flow = victim->flow;
  fact->channel = victim->channel;
  fact->first_type =
      ((CcPracticeAgency *) world->agencies->pdata[victim->first_agency])->kind->type;
  fact->exploitation[0] = (CcExploitationFact){ victim->forms, victim->sectors };
  fact->n_exploitation = 1;
  for (guint i = 0; i < victim->n_services; i++)
    fact->services[fact->n_services++] =
        (CcServiceFact){ victim->services[i], cc_interval_day (victim->service_days[i]) };
  if (victim->return_type != NULL)
    fact->returns[fact->n_returns++] = (CcReturnFact){ victim->return_type, victim->return_country,
                                                       cc_interval_day (victim->returned) };
}

static void
tell_step (CcPerpetratorFact *fact, const CcWorldPerpetrator *perpetrator, CcStep step, CcDay on)
{
  CcStepFact *told;

  if (on == CC_DAY_NONE)
    return;
  told = &fact->steps[fact->n_steps++];
  *told = (CcStepFact){ .step = step, .on = cc_interval_day (on), .months = -1 };
  if (step == CC_STEP_JUDGED)
    {
      told->outcome = perpetrator->outcome;
      told->sentence = perpetrator->sentence;
      told->months = perpetrator->months;
    }
}

static void
tell_perpetrator (const CcWorldPerpetrator *perpetrator, CcPerpetratorFact *fact)
{
  int age = cc_day_completed_years (perpetrator->birth, perpetrator->contact);

  fact->stated = TRUE;
  fact->sex = perpetrator->sex;
  fact->age = cc_practice_age_class (age, age);
  fact->citizenship = perpetrator->citizenship;
  fact->forms = perpetrator->forms;
  tell_step (fact, perpetrator, CC_STEP_CONTACT, perpetrator->contact);
  tell_step (fact, perpetrator, CC_STEP_PROSECUTED, perpetrator->prosecuted);
  tell_step (fact, perpetrator, CC_STEP_JUDGED, perpetrator->judged);
}

static void
tell_event (CcWorld *world, guint index, CcEventFact *fact)
{
  const CcWorldEvent *event = &g_array_index (world->events, CcWorldEvent, index);

  fact->stated = event->recorded != CC_DAY_NONE;
  if (fact->stated)
    fact->recorded = cc_interval_day (event->recorded);
  fact->scope = cc_world_event_scope (world, event);
  for (int year = 0; year < world->params->n_years; year++)
    {
      CcDay end = cc_day_from_ymd (world->params->first_year + year, 12, 31);
      CcDay since;

      fact->stages[year] = cc_world_event_stage (world, event, end, &since);
    }
}

/* What truly happened, for the persons and cases that some agency met. */
CcPracticeFacts *
cc_practice_facts_new_true (CcWorld *world)
{
  CcPracticeFacts *self = cc_practice_facts_new_empty (world);

  for (guint i = 0; i < world->victims->len; i++)
    tell_victim (world, &g_array_index (world->victims, CcWorldVictim, i),
                 &g_array_index (self->victims, CcVictimFact, i));
  for (guint i = 0; i < world->perpetrators->len; i++)
    tell_perpetrator (&g_array_index (world->perpetrators, CcWorldPerpetrator, i),
                      &g_array_index (self->perpetrators, CcPerpetratorFact, i));
  for (guint i = 0; i < world->events->len; i++)
    tell_event (world, i, &g_array_index (self->events, CcEventFact, i));
  return self;
}
