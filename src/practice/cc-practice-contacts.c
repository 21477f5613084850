/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>

#define MAX_CONTACTS 6
#define MAX_AGENCIES 5

static gboolean
happens (CcWorld *self, CcRandom *random, const char *what)
{
  return cc_practice_chance (random, cc_practice_noise_get (&self->data->noise, what));
}

static const CcPracticeAgency *
get_agency (CcWorld *self, guint index)
{
  return self->agencies->pdata[index];
}

static CcSheetLayout *
find_sheet (const CcAgencyKind *kind, const char *sheet_kind)
{
  for (guint i = 0; i < kind->sheets->len; i++)
    {
      CcSheetLayout *sheet = kind->sheets->pdata[i];

      if (g_str_equal (sheet->kind, sheet_kind))
        return sheet;
    }
  return NULL;
}

static gboolean
asks (const CcAgencyKind *kind, const char *sheet_kind, const char *field)
{
  CcSheetLayout *sheet = find_sheet (kind, sheet_kind);

  for (guint i = 0; sheet != NULL && i < sheet->columns->len; i++)
    if (g_str_equal (((CcColumnLayout *) sheet->columns->pdata[i])->field, field))
      return TRUE;
  return FALSE;
}

static CcDay
mistake_birth (CcWorld *self, CcDay birth, CcRandom *random)
{
  int years = 0;

  if (happens (self, random, "birth-year-one"))
    years = cc_practice_chance (random, 5000) ? 1 : -1;
  else if (happens (self, random, "birth-year-few"))
    years = cc_random_range (random, 2, 5) * (cc_practice_chance (random, 5000) ? 1 : -1);
  else if (happens (self, random, "birth-year-ten"))
    years = cc_practice_chance (random, 5000) ? 10 : -10;
  if (happens (self, random, "birth-day-other"))
    {
      int year, month, day;

      cc_day_to_ymd (birth, &year, &month, &day);
      birth = cc_day_from_ymd (year, month, cc_random_range (random, 1, 28));
    }
  return years != 0 ? cc_day_add_years (birth, years) : birth;
}

/* States a birth date with the agency's usual precision, or an age instead. */
static void
state_birth (CcWorld *self, CcNoteRow *note, CcDay true_birth, CcRandom *random)
{
  const CcAgencyKind *kind = get_agency (self, note->agency)->kind;
  CcDay               birth = mistake_birth (self, true_birth, random);
  guint               at = cc_random_below (random, 100), how = 0;
  int                 year, month, day, age;

  while (how < 4 && at >= kind->birth[how])
    at -= kind->birth[how++];
  if (birth > note->day - 200)
    birth = true_birth;
  cc_day_to_ymd (birth, &year, &month, &day);
  switch (how)
    {
    case 0:
      note->birth = cc_interval_day (birth);
      return;
    case 1:
      note->birth = cc_interval_day (cc_day_from_ymd (year, 1, 1));
      return;
    case 2:
      note->birth = cc_interval_month (year, month);
      return;
    case 3:
      note->birth = cc_interval_year (year);
      return;
    default:
      break;
    }
  age = cc_day_completed_years (true_birth, note->day);
  if (happens (self, random, "age-one"))
    age += cc_practice_chance (random, 5000) ? 1 : -1;
  if (happens (self, random, "age-few"))
    age += cc_random_range (random, 2, 3) * (cc_practice_chance (random, 5000) ? 1 : -1);
  if (happens (self, random, "age-rounded"))
    age = (age + 2) / 5 * 5;
  note->age_min = note->age_max = MAX (1, age);
}

static const CcCode *
state_sex (CcWorld *self, const CcCode *sex, CcRandom *random)
{
  if (happens (self, random, "sex-missing"))
    return NULL;
  if (happens (self, random, "sex-wrong"))
    return cc_practice_data_code (self->data, "SEX", g_str_equal (sex->code, "F") ? "M" : "F");
  return sex;
}

static void
state_citizenship (CcWorld *self, CcCodeSet *set, const CcCodeSet *truth, CcRandom *random)
{
  if (happens (self, random, "citizenship-missing"))
    return;
  if (happens (self, random, "citizenship-wrong"))
    cc_code_set_add (set, g_array_index (self->data->countries, CcPracticeCountry,
                                         cc_random_below (random, self->data->countries->len))
                              .code);
  else
    cc_code_set_union (set, truth);
}

/* What is known of several: the first mostly, the others less often. */
static void
state_some (CcWorld *self, CcCodeSet *set, const CcCodeSet *truth, guint others, CcRandom *random)
{
  if (happens (self, random, "value-missing"))
    return;
  for (guint i = 0; i < truth->n; i++)
    if (i == 0 || cc_practice_chance (random, others))
      cc_code_set_add (set, truth->at[i]);
}

static void
state_services (CcWorld *self, CcNoteRow *note, CcWorldVictim *victim, CcRandom *random)
{
  GArray *weights = cc_practice_data_weights (self->data, "ASSIST");
  guint   n = 1 + cc_random_below (random, 3);
  CcDay   from = note->day + (CcDay) cc_practice_spread (random, 10);

  if (from > self->last || !cc_practice_chance (random, 8500))
    return;
  for (guint i = 0; i < n; i++)
    cc_code_set_add (&note->services,
                     cc_practice_pick (weights, victim->birth > note->day - 18 * 365, random));
  note->service_from = cc_interval_day (from);
  if (victim->n_services < CC_PRACTICE_MAX_SERVICES)
    {
      victim->services[victim->n_services] = note->services;
      victim->service_days[victim->n_services++] = from;
    }
}

static void
note_victim (CcWorld *self, guint index, guint agency, CcDay day, guint number)
{
  CcWorldVictim      *victim = &g_array_index (self->victims, CcWorldVictim, index);
  CcWorldEvent       *event = &g_array_index (self->events, CcWorldEvent, victim->event);
  const CcAgencyKind *kind = get_agency (self, agency)->kind;
  CcNoteRow           note;
  CcRandom            random;

  cc_note_row_init (&note, CC_NOTE_VICTIM, index, agency,
                    cc_practice_mix (victim->seed, 100 + number), day);
  cc_random_init (&random, cc_practice_mix (note.seed, 2));
  note.detected = cc_interval_day (day);
  note.sex = state_sex (self, victim->sex, &random);
  state_birth (self, &note, victim->birth, &random);
  state_citizenship (self, &note.citizenship, &victim->citizenship, &random);
  note.origin = happens (self, &random, "value-missing") ? NULL : victim->origin;
  note.recruited = victim->recruited;
  state_some (self, &note.exploited, &victim->exploited, 0, &random);
  state_some (self, &note.forms, &victim->forms, 7500, &random);
  state_some (self, &note.sectors, &victim->sectors, 6000, &random);
  state_some (self, &note.control, &victim->control, 6500, &random);
  state_some (self, &note.methods, &victim->methods, 6000, &random);
  note.flow = happens (self, &random, "value-missing") ? NULL : victim->flow;
  note.channel =
      happens (self, &random, "channel-other")
          ? cc_practice_pick (cc_practice_data_weights (self->data, "DETECT"), FALSE, &random)
          : victim->channel;
  if (asks (kind, "victims", "services"))
    state_services (self, &note, victim, &random);
  if (asks (kind, "victims", "return-type") && victim->return_type != NULL
      && victim->returned <= self->last)
    {
      note.return_type = victim->return_type;
      note.return_country = victim->return_country;
      note.returned = cc_interval_day (victim->returned);
    }
  if (asks (kind, "victims", "case-no"))
    {
      note.event = victim->event;
      note.recorded =
          cc_interval_day (g_str_equal (kind->type->code, "LAB") ? event->labour : event->police);
    }
  g_array_append_val (self->notes, note);
}

/* Who meets a victim: by weight, but border posts mostly those who cross, inspectors those at work.
 */
static guint
draw_agency (CcWorld *self, const CcWorldVictim *victim, CcRandom *random)
{
  guint weights[64] = { 0 }, sum = 0, at;

  for (guint i = 0; i < self->agencies->len && i < G_N_ELEMENTS (weights); i++)
    {
      const CcAgencyKind *kind = get_agency (self, i)->kind;

      if (find_sheet (kind, "victims") == NULL)
        continue;
      weights[i] = kind->weight * 10;
      if (g_str_equal (kind->type->code, "LAB"))
        weights[i] = victim->sectors.n > 0 ? weights[i] * 2 : weights[i] / 5;
      if (g_str_equal (kind->type->code, "BOR") && g_str_equal (victim->flow->code, "INTERNAL"))
        weights[i] /= 4;
      sum += weights[i];
    }
  at = cc_random_below (random, sum);
  for (guint i = 0; i < self->agencies->len; i++)
    {
      if (at < weights[i])
        return i;
      at -= weights[i];
    }
  g_return_val_if_reached (0);
}

static guint
draw_number (CcRandom *random)
{
  static const guint per_1000[] = { 521, 238, 126, 70, 25, 20 };
  guint              at = cc_random_below (random, 1000), n = 0;

  while (n + 1 < G_N_ELEMENTS (per_1000) && at >= per_1000[n])
    at -= per_1000[n++];
  return n + 1;
}

typedef struct
{
  CcDay day;
  guint agency;
} Contact;

static int
compare_contacts (gconstpointer a, gconstpointer b)
{
  const Contact *x = a, *y = b;

  return x->day != y->day ? (x->day > y->day) - (x->day < y->day)
                          : (x->agency > y->agency) - (x->agency < y->agency);
}

static void
meet_victim (CcWorld *self, guint index, CcRandom *random)
{
  CcWorldVictim *victim = &g_array_index (self->victims, CcWorldVictim, index);
  CcWorldEvent  *event = &g_array_index (self->events, CcWorldEvent, victim->event);
  Contact        contacts[MAX_CONTACTS];
  guint          n = draw_number (random), kept = 0;
  CcDay          earliest = G_MAXINT32;

  for (guint i = 0; i < n; i++)
    {
      contacts[i].day = (CcDay) cc_practice_spread (random, 200);
      /* Nobody is known to more than five agencies. */
      contacts[i].agency = i < MAX_AGENCIES ? draw_agency (self, victim, random)
                                            : contacts[cc_random_below (random, i)].agency;
      earliest = MIN (earliest, contacts[i].day);
    }
  for (guint i = 0; i < n; i++)
    {
      contacts[i].day += event->day - earliest;
      if (contacts[i].day <= self->last)
        contacts[kept++] = contacts[i];
    }
  qsort (contacts, kept, sizeof (Contact), compare_contacts);
  victim->detected = cc_interval_day (contacts[0].day);
  victim->first_agency = contacts[0].agency;
  for (guint i = 0; i < kept; i++)
    note_victim (self, index, contacts[i].agency, contacts[i].day, i);
}

/* What became of a victim's status, and what each agency could know of it when it wrote. */
static void
decide_status (CcWorld *self, guint index, guint first_note, CcRandom *random)
{
  CcWorldVictim *victim = &g_array_index (self->victims, CcWorldVictim, index);
  guint          at = cc_random_below (random, 100);
  const char    *verdict = at < 62   ? "IDEN"
                           : at < 82 ? "PRES"
                           : at < 87 ? "PEND"
                           : at < 91 ? "FLAG"
                                     : "NEG";
  CcDay          decided = self->first;
  int            last = -1;
  gboolean       presumed = FALSE;

  for (guint i = first_note; i < self->notes->len; i++)
    if (get_agency (self, g_array_index (self->notes, CcNoteRow, i).agency)->kind->identifies)
      last = (int) i;
  for (guint i = first_note; i < self->notes->len; i++)
    {
      CcNoteRow  *note = &g_array_index (self->notes, CcNoteRow, i);
      const char *says = verdict;

      if (!get_agency (self, note->agency)->kind->identifies)
        says = cc_practice_chance (random, 5500) ? "FLAG" : "PRES";
      else if (g_str_equal (verdict, "IDEN") && (int) i != last
               && !cc_practice_chance (random, 6000))
        says = "PRES";
      else if (g_str_equal (verdict, "NEG") && (int) i != last)
        says = "PRES";
      presumed = presumed || g_str_equal (says, "PRES");
      note->status = cc_practice_data_code (self->data, "VSTAT", says);
      decided = MAX (decided, note->day) + (CcDay) cc_practice_spread (random, 12);
      decided = MIN (decided, self->last);
      note->decided = cc_interval_day (decided);
    }
  if (last < 0)
    verdict = presumed ? "PRES" : "FLAG";
  victim->status = cc_practice_data_code (self->data, "VSTAT", verdict);
}

static void
note_perpetrator (CcWorld *self, guint index, guint agency, gboolean police, guint number)
{
  CcWorldPerpetrator *perpetrator = &g_array_index (self->perpetrators, CcWorldPerpetrator, index);
  CcNoteRow           note;
  CcRandom            random;
  CcDay               day = police || perpetrator->prosecuted == CC_DAY_NONE ? perpetrator->contact
                                                                             : perpetrator->prosecuted;

  cc_note_row_init (&note, CC_NOTE_PERPETRATOR, index, agency,
                    cc_practice_mix (perpetrator->seed, 200 + number), day);
  cc_random_init (&random, cc_practice_mix (note.seed, 3));
  note.sex = state_sex (self, perpetrator->sex, &random);
  state_birth (self, &note, perpetrator->birth, &random);
  state_citizenship (self, &note.citizenship, &perpetrator->citizenship, &random);
  state_some (self, &note.roles, &perpetrator->roles, 6000, &random);
  for (guint i = 0; i < perpetrator->forms.n; i++)
    if (i == 0 || cc_practice_chance (&random, 8000))
      cc_code_set_add (&note.forms, perpetrator->forms.at[i]);
  note.event = perpetrator->event;
  if (police)
    note.contact = cc_interval_day (perpetrator->contact);
  else
    {
      if (perpetrator->prosecuted != CC_DAY_NONE)
        note.prosecuted = cc_interval_day (perpetrator->prosecuted);
      if (perpetrator->judged != CC_DAY_NONE)
        note.judged = cc_interval_day (perpetrator->judged);
      note.outcome = perpetrator->outcome;
      note.sentence = perpetrator->sentence;
      note.months = perpetrator->months;
    }
  g_array_append_val (self->notes, note);
}

/* The agency of a kind that handles an event; G_MAXUINT where there is none. */
static guint
handling_agency (CcWorld *self, const char *type, guint event)
{
  guint found[64], n = 0;

  for (guint i = 0; i < self->agencies->len && n < G_N_ELEMENTS (found); i++)
    if (g_str_equal (get_agency (self, i)->kind->type->code, type)
        && find_sheet (get_agency (self, i)->kind, "perpetrators") != NULL)
      found[n++] = i;
  return n > 0 ? found[event % n] : G_MAXUINT;
}

/* The stage of a case on a day and since when it holds. */
const CcCode *
cc_world_event_stage (CcWorld *self, const CcWorldEvent *event, CcDay day, CcDay *since)
{
  CcDay    court = G_MAXINT32, judged = CC_DAY_NONE;
  gboolean open = FALSE;

  for (guint i = 0; i < event->perpetrators; i++)
    {
      const CcWorldPerpetrator *perpetrator =
          &g_array_index (self->perpetrators, CcWorldPerpetrator, event->first_perpetrator + i);

      if (perpetrator->prosecuted == CC_DAY_NONE || perpetrator->prosecuted > day)
        continue;
      court = MIN (court, perpetrator->prosecuted);
      open |= perpetrator->judged == CC_DAY_NONE || perpetrator->judged > day;
      judged = MAX (judged, perpetrator->judged);
    }
  if (court != G_MAXINT32)
    {
      *since = open ? court : judged;
      return cc_practice_data_code (self->data, "EVSTAGE", open ? "INCOURT" : "JUDGED");
    }
  /* A year without anybody to prosecute closes a case. */
  if (event->prosecution + 365 <= day)
    {
      *since = event->prosecution + 365;
      return cc_practice_data_code (self->data, "EVSTAGE", "CLOSED");
    }
  *since = event->prosecution <= day ? event->prosecution : event->day;
  return cc_practice_data_code (self->data, "EVSTAGE",
                                event->prosecution <= day ? "WITHPROS" : "OPEN");
}

/* Inside the country if all victims came from it and were exploited in it. */
const CcCode *
cc_world_event_scope (CcWorld *self, const CcWorldEvent *event)
{
  CcCodeSet countries = { 0 };

  for (guint i = 0; i < event->victims; i++)
    {
      const CcWorldVictim *victim =
          &g_array_index (self->victims, CcWorldVictim, event->first_victim + i);

      cc_code_set_add (&countries, victim->origin);
      cc_code_set_union (&countries, &victim->exploited);
    }
  return cc_practice_data_code (self->data, "SCOPE",
                                countries.n == 1
                                        && countries.at[0]
                                               == g_array_index (self->data->countries,
                                                                 CcPracticeCountry, self->data->own)
                                                      .code
                                    ? "INTERNAL"
                                    : "CROSS");
}

static void
handle_event (CcWorld *self, guint index, CcRandom *random)
{
  CcWorldEvent *event = &g_array_index (self->events, CcWorldEvent, index);
  guint         police = handling_agency (self, "POL", index);
  guint         prosecution = handling_agency (self, "PRO", index);
  gboolean      prosecuted = FALSE;

  for (guint i = 0; i < event->perpetrators; i++)
    {
      guint               number = event->first_perpetrator + i;
      CcWorldPerpetrator *perpetrator =
          &g_array_index (self->perpetrators, CcWorldPerpetrator, number);

      if (police != G_MAXUINT && cc_practice_chance (random, 9000))
        {
          note_perpetrator (self, number, police, TRUE, 0);
          if (cc_practice_chance (random, 400))
            note_perpetrator (self, number, police, TRUE, 1);
        }
      if (prosecution != G_MAXUINT
          && (perpetrator->prosecuted != CC_DAY_NONE || cc_practice_chance (random, 2500)))
        {
          note_perpetrator (self, number, prosecution, FALSE, 2);
          prosecuted = TRUE;
        }
    }
  if (prosecuted)
    {
      CcNoteRow note;
      CcDay     since;

      cc_note_row_init (&note, CC_NOTE_EVENT, index, prosecution,
                        cc_practice_mix (self->params->seed, 1000003 + index), event->prosecution);
      note.event = index;
      note.recorded = cc_interval_day (event->prosecution);
      note.stage = cc_world_event_stage (self, event, self->last, &since);
      note.stage_since = cc_interval_day (since);
      note.scope = cc_world_event_scope (self, event);
      g_array_append_val (self->notes, note);
    }
}

/* When a case was first recorded by anyone who opened a file on it. */
static void
find_first_recordings (CcWorld *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      const CcNoteRow *note = &g_array_index (self->notes, CcNoteRow, i);
      CcWorldEvent    *event;
      CcDay            day;

      if (note->event == G_MAXUINT)
        continue;
      event = &g_array_index (self->events, CcWorldEvent, note->event);
      day = cc_interval_is_known (note->recorded) ? note->recorded.first : note->day;
      if (event->recorded == CC_DAY_NONE || day < event->recorded)
        event->recorded = day;
    }
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const CcNoteRow *x = a, *y = b;

  if (x->agency != y->agency)
    return (x->agency > y->agency) - (x->agency < y->agency);
  if (x->unit != y->unit)
    return (x->unit > y->unit) - (x->unit < y->unit);
  if (x->day != y->day)
    return (x->day > y->day) - (x->day < y->day);
  return (x->seed > y->seed) - (x->seed < y->seed);
}

/* No more rows than were asked for: whoever was met later was not met at all. */
static gboolean
stop_at_limit (CcWorld *self, guint victim)
{
  const guint   limit = self->params->records;
  CcWorldEvent *event;
  guint         index;

  if (limit == 0 || self->notes->len < limit)
    return FALSE;
  index = g_array_index (self->victims, CcWorldVictim, victim).event;
  event = &g_array_index (self->events, CcWorldEvent, index);
  event->victims = victim - event->first_victim;
  g_array_set_size (self->events, event->victims > 0 ? index + 1 : index);
  g_array_set_size (self->victims, victim);
  return TRUE;
}

/* Decides who met whom and fills the notes, ordered by agency, unit and day, as a register is. */
void
cc_world_make_notes (CcWorld *self)
{
  CcRandom random;

  cc_random_init (&random, cc_practice_mix (self->params->seed, 30));
  for (guint i = 0; i < self->victims->len && !stop_at_limit (self, i); i++)
    {
      guint first_note = self->notes->len;

      meet_victim (self, i, &random);
      if (self->params->records > 0 && self->notes->len > self->params->records)
        g_array_set_size (self->notes, self->params->records);
      decide_status (self, i, first_note, &random);
    }
  for (guint i = 0; i < self->events->len; i++)
    handle_event (self, i, &random);
  find_first_recordings (self);
  g_array_sort (self->notes, compare_notes);
}
