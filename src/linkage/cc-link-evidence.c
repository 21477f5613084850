/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-evidence-private.h"

#include "cc-link-limit-private.h"

/* What the source says of its own number tells of its bookkeeping, not of the person. */
static gint32
weigh_copy (CcLinkTable             *table,
            const CcLinkFrequencies *frequencies,
            const CcLinkModel       *model,
            const CcLinkRow         *row)
{
  CcLinkPattern pattern = cc_link_compare (table, frequencies, row, row);

  pattern.levels &=
      ~((guint64) cc_link_mask[CC_LINK_COMPARE_SOURCE] << cc_link_shift[CC_LINK_COMPARE_SOURCE]);
  return cc_link_judge (model, pattern);
}

guint8 *
cc_link_evidence_find_weak (CcLinkTable             *table,
                            const CcLinkFrequencies *frequencies,
                            const CcLinkModel       *model)
{
  guint8 *weak = g_new0 (guint8, MAX (table->rows->len, 1));

  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    weak[i] = weigh_copy (table, frequencies, model, cc_link_table_row (table, i)) <= 0;
  return weak;
}

void
cc_link_evidence_drop_hopeless (GArray *edges, const CcLinkHopeless *hopeless)
{
  const guint8  *weak = hopeless->weak;
  const guint32 *faint = hopeless->faint;
  guint          kept = 0;

  for (guint i = 0; i < edges->len; i++)
    {
      const CcLinkEdge *edge = &g_array_index (edges, CcLinkEdge, i);

      if (edge->weight >= 0
          || !cc_link_evidence_is_hopeless (cc_link_evidence_odds (edge->weight),
                                            MAX (faint[edge->a], faint[edge->b]),
                                            weak[edge->a] || weak[edge->b]))
        g_array_index (edges, CcLinkEdge, kept++) = *edge;
    }
  g_array_set_size (edges, kept);
}

guint8 *
cc_link_evidence_find_undecidable (CcLinkTable          *table,
                                   const CcLinkParams   *params,
                                   GArray               *edges,
                                   const CcLinkHopeless *hopeless,
                                   guint                *n)
{
  guint8 *undecidable = g_new (guint8, MAX (table->rows->len, 1));

  for (guint i = 0; i < table->rows->len; i++)
    undecidable[i] = hopeless->weak[i] || hopeless->faint[i] > CC_LINK_ODDS_ONE;
  for (guint i = 0; i < edges->len; i++)
    {
      const CcLinkEdge *edge = &g_array_index (edges, CcLinkEdge, i);

      undecidable[edge->a] = undecidable[edge->b] = FALSE;
    }
  for (guint i = 0; i < params->n_verdicts; i++)
    undecidable[params->verdicts[i].a] = undecidable[params->verdicts[i].b] = FALSE;
  *n = 0;
  for (guint i = 0; i < table->rows->len; i++)
    *n += undecidable[i];
  return undecidable;
}
