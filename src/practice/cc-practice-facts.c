/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

/* All rows about one person or case, ordered as the selection rules say. */
typedef struct
{
  CcWorld          *world;
  const CcNoteRow **rows;
  guint             n;
} Rows;

static const CcPracticeAgency *
row_agency (const Rows *self, guint i)
{
  return self->world->agencies->pdata[self->rows[i]->agency];
}

static int
compare_days (CcInterval a, CcInterval b)
{
  gboolean known_a = cc_interval_is_known (a), known_b = cc_interval_is_known (b);

  if (!known_a || !known_b)
    return known_b - known_a;
  if (a.first != b.first)
    return a.first < b.first ? -1 : 1;
  return (a.last > b.last) - (a.last < b.last);
}

static CcInterval
earliest_step (const CcNoteRow *row)
{
  const CcInterval steps[] = { row->contact, row->prosecuted, row->judged };
  CcInterval       earliest = CC_INTERVAL_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (cc_interval_is_known (steps[i]) && compare_days (steps[i], earliest) < 0)
      earliest = steps[i];
  return earliest;
}

static CcInterval
order_date (const CcNoteRow *row)
{
  switch (row->unit)
    {
    case CC_NOTE_PERPETRATOR:
      return earliest_step (row);
    case CC_NOTE_EVENT:
      return row->recorded;
    case CC_NOTE_VICTIM:
    default:
      return row->detected;
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  CcWorld         *world = data;
  const CcNoteRow *x = *(const CcNoteRow *const *) a, *y = *(const CcNoteRow *const *) b;
  int              by_date = compare_days (order_date (x), order_date (y));

  if (by_date != 0)
    return by_date;
  if (x->agency != y->agency)
    return g_strcmp0 (((CcPracticeAgency *) world->agencies->pdata[x->agency])->key,
                      ((CcPracticeAgency *) world->agencies->pdata[y->agency])->key);
  return (x->order > y->order) - (x->order < y->order);
}

CcAgeClass
cc_practice_age_class (int min, int max)
{
  if (max >= 0 && max < 18)
    return CC_AGE_CLASS_CHILD;
  return min >= 18 ? CC_AGE_CLASS_ADULT : CC_AGE_CLASS_UNKNOWN;
}

typedef struct
{
  int min;
  int max; /* CC_PRACTICE_AGE_OPEN where open */
} AgeRange;

/* The age on day D that one row states: from its birth date, else its age moved from the day for
 * which it was stated. FALSE where it states neither. */
static gboolean
age_at (const CcNoteRow *row, CcDay stated_on, CcDay day, AgeRange *age)
{
  int d;

  if (cc_interval_is_known (row->birth) && day != CC_DAY_NONE)
    {
      age->min = MAX (0, cc_day_completed_years (row->birth.last, day));
      age->max = cc_day_completed_years (row->birth.first, day);
      /* A birth after the day says nothing about it. */
      if (age->max >= 0)
        return TRUE;
    }
  if (row->age_min < 0)
    return FALSE;
  *age = (AgeRange){ row->age_min, row->age_max };
  if (day == CC_DAY_NONE || stated_on == CC_DAY_NONE)
    return TRUE;
  d = stated_on - day;
  if (d > 0)
    {
      age->min = MAX (0, age->min - (d + 364) / 365);
      if (age->max != CC_PRACTICE_AGE_OPEN)
        age->max = MAX (0, age->max - d / 366);
    }
  else if (d < 0)
    {
      age->min += -d / 366;
      if (age->max != CC_PRACTICE_AGE_OPEN)
        age->max += (-d + 364) / 365;
    }
  return TRUE;
}

static CcAgeClass
select_age (const Rows *rows, CcDay day)
{
  AgeRange best = { -1, -1 };
  int      width = G_MAXINT;

  for (guint i = 0; i < rows->n; i++)
    {
      AgeRange age;

      if (!age_at (rows->rows[i], order_date (rows->rows[i]).first, day, &age)
          || age.max - age.min >= width)
        continue;
      best = age;
      width = age.max - age.min;
    }
  if (width == G_MAXINT)
    return CC_AGE_CLASS_UNKNOWN;
  return cc_practice_age_class (best.min, best.max);
}

/* The latest verdict of an agency that may decide, else the highest of flagged, presumed and
 * pending. */
static const CcCode *
select_status (const Rows *rows)
{
  static const char *const levels[] = { "FLAG", "PRES", "PEND" };
  CcPracticeData          *data = rows->world->data;
  const CcNoteRow         *latest = NULL;
  CcInterval               latest_day = CC_INTERVAL_UNKNOWN;
  int                      highest = -1;

  for (guint i = 0; i < rows->n; i++)
    {
      const CcNoteRow *row = rows->rows[i];
      gboolean         entitled = row_agency (rows, i)->kind->identifies;
      CcInterval       day = cc_interval_is_known (row->decided) ? row->decided : row->detected;
      gboolean         verdict;

      if (row->status == NULL)
        continue;
      verdict = g_str_equal (row->status->code, "IDEN") || g_str_equal (row->status->code, "NEG");
      if (verdict && entitled)
        {
          gboolean later =
              latest == NULL || day.first > latest_day.first
              || (day.first == latest_day.first
                  && (g_strcmp0 (row_agency (rows, i)->key,
                                 ((CcPracticeAgency *) rows->world->agencies->pdata[latest->agency])
                                     ->key)
                          > 0
                      || (row->agency == latest->agency && row->order > latest->order)));

          if (later)
            {
              latest = row;
              latest_day = day;
            }
        }
      else if (verdict && g_str_equal (row->status->code, "IDEN"))
        highest = MAX (highest, 1);
      for (int level = 0; level < (int) G_N_ELEMENTS (levels); level++)
        if (g_str_equal (row->status->code, levels[level]))
          highest = MAX (highest, level);
    }
  if (latest != NULL)
    return latest->status;
  return highest >= 0 ? cc_practice_data_code (data, "VSTAT", levels[highest]) : NULL;
}

static void
merge_victim (const Rows *rows, CcVictimFact *fact)
{
  fact->stated = TRUE;
  fact->detected = rows->rows[0]->detected;
  for (guint i = 0; i < rows->n; i++)
    {
      const CcNoteRow *row = rows->rows[i];

      if (fact->sex == NULL)
        fact->sex = row->sex;
      if (fact->origin == NULL)
        fact->origin = row->origin;
      if (fact->flow == NULL)
        fact->flow = row->flow;
      if (fact->channel == NULL)
        fact->channel = row->channel;
      cc_code_set_union (&fact->citizenship, &row->citizenship);
      cc_code_set_union (&fact->exploited, &row->exploited);
      cc_code_set_union (&fact->forms, &row->forms);
      cc_code_set_union (&fact->control, &row->control);
      cc_code_set_union (&fact->methods, &row->methods);
      fact->exploitation[fact->n_exploitation++] = (CcExploitationFact){ row->forms, row->sectors };
      if (row->services.n > 0 || cc_interval_is_known (row->service_from))
        fact->services[fact->n_services++] = (CcServiceFact){ row->services, row->service_from };
      if (row->return_type != NULL)
        fact->returns[fact->n_returns++] =
            (CcReturnFact){ row->return_type, row->return_country, row->returned };
    }
  fact->first_type = row_agency (rows, 0)->kind->type;
  fact->age = select_age (rows, fact->detected.first);
  fact->status = select_status (rows);
}

static void
add_step (CcPerpetratorFact *fact, const CcNoteRow *row, CcStep step, CcInterval on)
{
  CcStepFact *added;

  if (!cc_interval_is_known (on) || fact->n_steps == CC_PRACTICE_MAX_ROWS)
    return;
  added = &fact->steps[fact->n_steps++];
  *added = (CcStepFact){ .step = step, .on = on, .months = -1 };
  if (step == CC_STEP_JUDGED)
    {
      added->outcome = row->outcome;
      added->sentence = row->sentence;
      added->months = row->months;
    }
}

static void
merge_perpetrator (const Rows *rows, CcPerpetratorFact *fact)
{
  CcDay day = CC_DAY_NONE;

  fact->stated = TRUE;
  for (guint i = 0; i < rows->n; i++)
    {
      const CcNoteRow *row = rows->rows[i];

      if (fact->sex == NULL)
        fact->sex = row->sex;
      cc_code_set_union (&fact->citizenship, &row->citizenship);
      cc_code_set_union (&fact->forms, &row->forms);
      add_step (fact, row, CC_STEP_CONTACT, row->contact);
      add_step (fact, row, CC_STEP_PROSECUTED, row->prosecuted);
      add_step (fact, row, CC_STEP_JUDGED, row->judged);
    }
  if (cc_interval_is_known (order_date (rows->rows[0])))
    day = order_date (rows->rows[0]).first;
  fact->age = select_age (rows, day);
}

static int
compare_truth (gconstpointer a, gconstpointer b)
{
  const CcNoteRow *x = *(const CcNoteRow *const *) a, *y = *(const CcNoteRow *const *) b;

  if (x->unit != y->unit)
    return (x->unit > y->unit) - (x->unit < y->unit);
  return (x->truth > y->truth) - (x->truth < y->truth);
}

/* What every row says about its case: the event of its case number, when it was recorded, its
 * stage. */
static void
merge_events (CcWorld *world, CcPracticeFacts *facts)
{
  guint n_years = (guint) world->params->n_years;

  for (guint i = 0; i < world->notes->len; i++)
    {
      const CcNoteRow *row = &g_array_index (world->notes, CcNoteRow, i);
      CcEventFact     *fact;

      if (row->event == G_MAXUINT)
        continue;
      fact = &g_array_index (facts->events, CcEventFact, row->event);
      fact->stated = TRUE;
      if (cc_interval_is_known (row->recorded) && compare_days (row->recorded, fact->recorded) < 0)
        fact->recorded = row->recorded;
      if (fact->scope == NULL)
        fact->scope = row->scope;
      for (guint year = 0; row->stage != NULL && year < n_years; year++)
        {
          CcDay end = cc_day_from_ymd (world->params->first_year + (int) year, 12, 31);

          if (cc_interval_is_known (row->stage_since) && row->stage_since.last <= end)
            fact->stages[year] = row->stage;
        }
    }
}

static void
merge_persons (CcWorld *world, CcPracticeFacts *facts)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < world->notes->len; i++)
    if (g_array_index (world->notes, CcNoteRow, i).unit != CC_NOTE_EVENT)
      g_ptr_array_add (rows, &g_array_index (world->notes, CcNoteRow, i));
  g_ptr_array_sort (rows, compare_truth);
  for (guint start = 0; start < rows->len;)
    {
      guint            end = start;
      const CcNoteRow *first = rows->pdata[start];
      Rows             person = { world, (const CcNoteRow **) rows->pdata + start, 0 };

      while (end < rows->len && compare_truth (&rows->pdata[start], &rows->pdata[end]) == 0)
        end++;
      person.n = end - start;
      g_qsort_with_data (rows->pdata + start, (int) person.n, sizeof (gpointer), compare_rows,
                         world);
      if (first->unit == CC_NOTE_VICTIM)
        merge_victim (&person, &g_array_index (facts->victims, CcVictimFact, first->truth));
      else
        merge_perpetrator (&person,
                           &g_array_index (facts->perpetrators, CcPerpetratorFact, first->truth));
      start = end;
    }
}

/* What correctly read and linked rows can show: to be called after all files were written. */
CcPracticeFacts *
cc_practice_facts_new_expected (CcWorld *world)
{
  CcPracticeFacts *self = cc_practice_facts_new_empty (world);

  merge_persons (world, self);
  merge_events (world, self);
  return self;
}
