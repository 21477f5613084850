/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agencies sent as counts, beside a table that is counted from records. */
#include "cc-count-private.h"

#include <cc/store/cc-sent-counts.h>

static const char *
get_unit (CcCountUnit unit)
{
  switch (unit)
    {
    case CC_COUNT_VICTIMS:
    case CC_COUNT_REGISTRATIONS:
      return "victim";
    case CC_COUNT_PERPS:
      return "perpetrator";
    case CC_COUNT_EVENTS:
      return "event";
    default:
      return NULL;
    }
}

/* How the counts lie to all periods of the table together. */
static CcRelation
relate (const CcCountPlan *plan, CcInterval period)
{
  CcInterval whole = g_array_index (plan->periods, CcPeriod, 0).interval;

  for (guint i = 1; i < plan->periods->len; i++)
    {
      const CcInterval *other = &g_array_index (plan->periods, CcPeriod, i).interval;

      whole.first = MIN (whole.first, other->first);
      whole.last = MAX (whole.last, other->last);
    }
  return cc_interval_relation (period, whole);
}

static gboolean
is_asked_for (const CcCountPlan *plan, const CcSentCounts *counts)
{
  const char *const *agencies = plan->options ? plan->options->agencies : NULL;

  return agencies == NULL || g_strv_contains (agencies, counts->key);
}

/**
 * cc_count_sent:
 * @sent: (out): persons or cases that agencies without records of the time sent as counts
 * @in_rows: (out): those that rows of lists state by their number alone
 * @unclear: (out): tables of counts that state no sum, or no period that lies in the table's
 *
 * Three layers stand apart (questionnaires.md 10.7): what is counted from records, and beside it
 * what was sent as counts, never the sum of an agency's counts and its own records.
 */
gboolean
cc_count_sent (const CcCountPlan *plan,
               gint64            *sent,
               gint64            *in_rows,
               gint64            *unclear,
               GError           **error)
{
  const CcTableDefinition *table = &plan->table->public;
  const char              *unit = get_unit (table->count);
  g_autoptr (GPtrArray) list = NULL;

  *sent = *in_rows = *unclear = 0;
  if (unit == NULL || table->entry || table->stock || plan->periods->len == 0)
    return TRUE;
  list = cc_sent_counts_list (plan->connection, cc_questionnaire_get_pack (plan->questionnaire), 0,
                              error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const CcSentCounts *counts = list->pdata[i];
      const CcRelation    relation = relate (plan, counts->period);

      if (!g_str_equal (counts->unit, unit) || !is_asked_for (plan, counts)
          || relation == CC_RELATION_OUTSIDE)
        continue;
      if (counts->kind == CC_SENT_ROWS)
        *in_rows += counts->total;
      else if (counts->has_records)
        continue;
      else if (relation != CC_RELATION_INSIDE || counts->total < 0)
        (*unclear)++;
      else
        *sent += counts->total;
    }
  return list != NULL;
}
