/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

/* The days of one of the asked periods. */
CcInterval
cc_count_get_period (const CcCountPlan *self, guint period)
{
  return g_array_index (self->periods, CcPeriod, period).interval;
}

/* Where a date lies among the periods. Adds the period it is inside of. */
CcFate
cc_count_place_date (const CcCountPlan *self, const CcFactValue *date, GArray *periods)
{
  gboolean overlaps = FALSE;

  if (!date->n)
    return CC_FATE_NO_DATE;
  for (guint i = 0; i < self->periods->len; i++)
    {
      CcRelation relation;

      if (self->table->public.stock)
        relation = date->u.date.last <= cc_count_get_period (self, i).last    ? CC_RELATION_INSIDE
                   : date->u.date.first <= cc_count_get_period (self, i).last ? CC_RELATION_OVERLAPS
                                                                              : CC_RELATION_OUTSIDE;
      else
        relation = cc_interval_relation (date->u.date, cc_count_get_period (self, i));
      if (relation == CC_RELATION_INSIDE)
        {
          int period = (int) i;

          g_array_append_val (periods, period);
        }
      overlaps = overlaps || relation == CC_RELATION_OVERLAPS;
    }
  if (periods->len)
    return CC_FATE_COUNTED;
  return overlaps ? CC_FATE_NOT_DETERMINED : CC_FATE_OUTSIDE;
}

/* Whether a later detection belongs to a case that no earlier one belongs to. */
static gboolean
is_new_event (const CcFactRows *rows, guint row)
{
  if (row == 0)
    return TRUE;
  if (!rows->events[row])
    return FALSE;
  for (guint i = 0; i < row; i++)
    if (rows->events[i] == rows->events[row])
      return FALSE;
  return TRUE;
}

/* repeat=yearly: in each period that contains some record's detection; new-event: in that of the
 * first, and of each that opened a further case. Rows are in the order of detection. */
static CcFate
place_repeats (const CcCountPlan *self, const CcFact *fact, GArray *periods)
{
  const CcFactRows *rows = &fact->rows[CC_GROUP_DETECTION];
  CcFate            fate = rows->n ? CC_FATE_OUTSIDE : CC_FATE_NO_DATE;
  g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < rows->n; i++)
    {
      CcFate row;

      if (self->repeat == CC_REPEAT_NEW_EVENT && !is_new_event (rows, i))
        continue;
      g_array_set_size (here, 0);
      row = cc_count_place_date (self, &rows->values[i], here);
      for (guint j = 0; j < here->len; j++)
        {
          int      period = g_array_index (here, int, j);
          gboolean known = FALSE;

          for (guint k = 0; k < periods->len; k++)
            known = known || g_array_index (periods, int, k) == period;
          if (!known)
            g_array_append_val (periods, period);
        }
      if (row == CC_FATE_NOT_DETERMINED)
        fate = row;
    }
  return periods->len ? CC_FATE_COUNTED : fate;
}

/* A return counts in every period that it covers a part of: a delivery for five years is an answer
 * for each of them. */
static CcFate
place_return (const CcCountPlan *self, const CcFact *fact, GArray *periods)
{
  const CcField     *from = cc_fields_find (self->fields, CC_KIND_RETURN, "period-from");
  const CcFactValue *first = from ? &fact->values[from->index] : NULL;
  const CcFactValue *last = &fact->values[self->date->index];
  CcInterval         covered;

  if (!first || !first->n || !last->n)
    return CC_FATE_NO_DATE;
  covered = (CcInterval){ first->u.date.first, last->u.date.last };
  for (guint i = 0; i < self->periods->len; i++)
    if (cc_interval_relation (cc_count_get_period (self, i), covered) >= CC_RELATION_OVERLAPS)
      {
        int period = (int) i;

        g_array_append_val (periods, period);
      }
  return periods->len ? CC_FATE_COUNTED : CC_FATE_OUTSIDE;
}

/* Whether the date that decides stands in a group whose rows are looked at. */
gboolean
cc_count_date_in_rows (const CcCountPlan *self)
{
  return self->date && self->date->group != CC_GROUP_NONE && self->bound[self->date->group];
}

static gboolean
counts_repeats (const CcCountPlan *self)
{
  return self->repeat != CC_REPEAT_FIRST && self->table->public.count == CC_COUNT_VICTIMS
         && g_str_equal (self->date->name, "detected-on");
}

/* In which periods a person counts by what is true of it as a whole. */
CcFate
cc_count_place_person (const CcCountPlan *self, const CcFact *fact, GArray *periods)
{
  int none = -1;

  if (!self->date)
    {
      g_array_append_val (periods, none);
      return CC_FATE_COUNTED;
    }
  if (counts_repeats (self))
    return place_repeats (self, fact, periods);
  if (self->table->public.count == CC_COUNT_RETURNS && g_str_equal (self->date->name, "period-to"))
    return place_return (self, fact, periods);
  return cc_count_place_date (self, &fact->values[self->date->index], periods);
}

CcInterval
cc_count_get_person_date (const CcCountPlan *self, const CcFact *fact, int period)
{
  const CcFactRows *rows = &fact->rows[CC_GROUP_DETECTION];

  if (!self->date)
    return CC_INTERVAL_UNKNOWN;
  for (guint i = 0; period >= 0 && counts_repeats (self) && i < rows->n; i++)
    if (rows->values[i].n
        && cc_interval_relation (rows->values[i].u.date, cc_count_get_period (self, (guint) period))
               == CC_RELATION_INSIDE)
      return rows->values[i].u.date;
  return fact->values[self->date->index].n ? fact->values[self->date->index].u.date
                                           : CC_INTERVAL_UNKNOWN;
}

/* In which periods the date of a fact lies, or of any of its rows, whatever the filter says; -1
 * where the table has no date. A period may be told twice. */
void
cc_count_date_periods (const CcCountPlan *self, const CcFact *fact, GArray *periods)
{
  g_array_set_size (periods, 0);
  if (cc_count_date_in_rows (self) && fact->rows[self->date->group].n)
    {
      const CcFactRows *rows = &fact->rows[self->date->group];
      guint             width = self->fields->in_group[self->kind][self->date->group]->len;

      for (guint i = 0; i < rows->n; i++)
        cc_count_place_date (self, &rows->values[i * width + self->date->slot], periods);
    }
  else
    cc_count_place_person (self, fact, periods);
}
