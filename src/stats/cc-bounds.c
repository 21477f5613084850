/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-bounds.h>

#include "cc-count-private.h"

#include <cc/base/cc-error.h>

typedef struct
{
  gint64   now;
  gint64   low;
  gint64   high;
  gboolean any;
} PersonRange;

static void
note_partition (GPtrArray *facts, gpointer data)
{
  PersonRange *range = data;
  gint64       persons = facts->len;

  if (!range->any)
    range->now = range->low = range->high = persons;
  range->low = MIN (range->low, persons);
  range->high = MAX (range->high, persons);
  range->any = TRUE;
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
  g_autoptr (GPtrArray) components =
      codes ? cc_components_load (connection, kind, &bounds->open_pairs, error) : NULL;

  if (!components)
    return FALSE;
  bounds->components = components->len;
  for (guint i = 0; i < components->len; i++)
    {
      const CcComponent *component = components->pdata[i];
      PersonRange        range = { 0, 0, 0, FALSE };
      guint              n_records;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cc_component_enumerate (component, file, connection, kind, plan->derive, codes,
                                      note_partition, &range, &n_records, error))
        return FALSE;
      if (component->loose)
        {
          range.low = 1;
          range.high = n_records;
          bounds->loose = TRUE;
        }
      bounds->low += range.low - range.now;
      bounds->high += range.high - range.now;
    }
  return TRUE;
}

/**
 * cc_bounds_persons:
 * @unit: victim, perpetrator or event
 * @bounds: how many there are as things stand, and how few or many there could be once the open
 *   pairs are decided
 *
 * A component of more than eight open pairs is not tried out: it may be one person or as many as
 * it has records, and the result says so.
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
  connection = cc_case_file_acquire_reader (file, error);
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
  cc_case_file_release_reader (file, connection);
  return good;
}
