/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-bounds.h>

#include "cc-components-private.h"
#include "cc-count-private.h"
#include "cc-stats-private.h"

#include <cc/base/cc-error.h>

/* Each group that is there at all is one person. */
static void
add_component (const CcComponent *component, CcPersonBounds *bounds)
{
  gint64 low = component->n_forced;
  gint64 high = component->n_facts;

  if (component->partitions)
    {
      guint             n = cc_partitions_get_n_subsets (component->partitions);
      g_autofree gint8 *one = g_new (gint8, n + 1);
      gint8             fewest, most;

      for (guint i = 0; i < n; i++)
        one[i] = (cc_partitions_get_subset (component->partitions, i) & component->present) != 0;
      cc_partitions_solve (component->partitions, 1, one, &fewest, &most);
      low = fewest;
      high = most;
    }
  else
    bounds->loose = TRUE;
  bounds->components++;
  bounds->low += low - (gint64) component->n_facts;
  bounds->high += high - (gint64) component->n_facts;
}

static gboolean
add_components (CcCaseFile     *file,
                CcConnection   *connection,
                CcKind          kind,
                CcPersonBounds *bounds,
                GCancellable   *cancellable,
                GError        **error)
{
  const CcStatsPlan *plan = cc_stats_plan_get (cc_case_file_get_pack (file));
  g_autoptr (CcCodeMap) codes = cc_code_map_new (file, connection, error);
  CcComponents *components =
      codes ? cc_components_take (file, connection, kind, plan->derive, codes, cancellable, error)
            : NULL;

  if (!components)
    return FALSE;
  bounds->open_pairs = components->n_pairs;
  bounds->undecidable = components->n_undecidable;
  for (guint i = 0; i < components->items->len; i++)
    {
      const CcComponent *component = components->items->pdata[i];

      if (component->clusters->len > 1)
        add_component (component, bounds);
    }
  cc_components_give_back (components, file, kind);
  return TRUE;
}

/**
 * cc_bounds_persons:
 * @unit: victim, perpetrator or event
 * @bounds: how many there are as things stand, and how few or many there could be once the open
 *   pairs are decided
 *
 * Exact by cc_partitions_solve (): each person of a partition is worth one. A component with more
 * outcomes than can be gone through is at most as many persons as now, and at least as many as it
 * has persons of which each two are decided to be different; the result says so.
 * The range is over pairs that people can decide. Records that say too little are no part of it and
 * are counted beside it: each may be a person who is counted already.
 */
gboolean
cc_bounds_persons (CcCaseFile     *file,
                   const char     *unit,
                   CcPersonBounds *bounds,
                   GCancellable   *cancellable,
                   GError        **error)
{
  CcConnection *connection;
  gboolean      good = FALSE;
  int           kind = -1;

  g_return_val_if_fail (file && unit && bounds, FALSE);

  *bounds = (CcPersonBounds){ 0 };
  for (guint i = 0; i < CC_KIND_RETURN; i++)
    if (g_str_equal (cc_kind_get_unit (i), unit))
      kind = (int) i;
  if (kind < 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE, "“%s” is no unit that forms persons or cases.",
                   unit);
      return FALSE;
    }
  connection = cc_stats_acquire (file, error);
  if (!connection)
    return FALSE;
  {
    g_autoptr (CcStatement) rows =
        cc_connection_prepare (connection, "SELECT COUNT (*) FROM person_fact WHERE kind = ?1",
                               error);
    gboolean has_row;

    if (rows)
      {
        cc_statement_bind_text (rows, 1, cc_kind_get_abbr (kind));
        good = cc_statement_step (rows, &has_row, error);
        if (good)
          bounds->value = cc_statement_int64 (rows, 0);
      }
  }
  bounds->low = bounds->high = bounds->value;
  good = good && add_components (file, connection, kind, bounds, cancellable, error);
  cc_stats_release (file, connection);
  return good;
}
