/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-propose-private.h"

#include "cc-link-limit-private.h"

#include <stdlib.h>

/* A pair that looks likely may join two groups whose other members conflict, and the other way
 * round. So the probability of a pair between two groups is that of the mean weight of all pairs
 * between them; on the development set it is right to a hundredth in every band, where that of the
 * single pair is up to a fifth too high. */

#define PAIR_LOW  (-8 * CC_LINK_BIT)
#define PAIR_HIGH (12 * CC_LINK_BIT)

/* Groups with more pairs between them are judged by those that blocking found. */
#define MAX_CROSS_PAIRS 900

typedef struct
{
  guint32 group_a;
  guint32 group_b;
  guint32 edge;
  gint32  weight;
} Bridge;

/* Members of each group: offsets by group, records one group after the other. */
typedef struct
{
  guint32 *offsets;
  guint32 *records;
} Members;

static int
order_bridges (gconstpointer a, gconstpointer b)
{
  const Bridge *x = a;
  const Bridge *y = b;

  if (x->group_a != y->group_a)
    return x->group_a < y->group_a ? -1 : 1;
  if (x->group_b != y->group_b)
    return x->group_b < y->group_b ? -1 : 1;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->edge < y->edge ? -1 : x->edge > y->edge;
}

static int
order_proposals (gconstpointer a, gconstpointer b)
{
  const CcLinkProposal *x = a;
  const CcLinkProposal *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

/* Groups are named by one of their records. */
static Members
list_members (const guint32 *group_of, guint n)
{
  Members self = { g_new0 (guint32, n + 2), g_new (guint32, MAX (n, 1)) };

  for (guint i = 0; i < n; i++)
    self.offsets[group_of[i] + 2]++;
  for (guint i = 2; i < n + 2; i++)
    self.offsets[i] += self.offsets[i - 1];
  for (guint i = 0; i < n; i++)
    self.records[self.offsets[group_of[i] + 1]++] = i;
  return self;
}

/* The mean weight of all pairs between two groups, and no more than the best of them may reach. */
static double
mean_over_groups (const CcLinkProposing *self, const Members *members, guint32 a, guint32 b)
{
  double sum = 0;
  gsize  n = 0;
  gint32 most = G_MININT32;

  for (guint32 i = members->offsets[a]; i < members->offsets[a + 1]; i++)
    for (guint32 j = members->offsets[b]; j < members->offsets[b + 1]; j++, n++)
      {
        CcLinkPattern pattern =
            cc_link_compare (self->table, self->frequencies,
                             cc_link_table_row (self->table, members->records[i]),
                             cc_link_table_row (self->table, members->records[j]));
        gint32 weight = cc_link_model_weigh (self->model, pattern);

        most = MAX (most, cc_link_limit_weight (self->model, pattern.levels, weight));
        sum += CLAMP (weight, PAIR_LOW, PAIR_HIGH);
      }
  return MIN (sum / MAX (n, 1), most);
}

static double
mean_over_bridges (const Bridge *bridges, guint n)
{
  double sum = 0;
  gint32 most = G_MININT32;

  for (guint i = 0; i < n; i++)
    {
      most = MAX (most, bridges[i].weight);
      sum += CLAMP (bridges[i].weight, PAIR_LOW, PAIR_HIGH);
    }
  return MIN (sum / n, most);
}

static gint32
weigh_groups (const CcLinkProposing *self, const Members *members, const Bridge *bridges, guint n)
{
  guint32 a = bridges[0].group_a;
  guint32 b = bridges[0].group_b;
  guint64 cross = (guint64) (members->offsets[a + 1] - members->offsets[a])
                  * (members->offsets[b + 1] - members->offsets[b]);

  if (cross == 1)
    return bridges[0].weight;
  return (gint32) (cross <= MAX_CROSS_PAIRS ? mean_over_groups (self, members, a, b)
                                            : mean_over_bridges (bridges, n));
}

static void
add_proposal (GArray *proposals, const CcLinkEdge *edge, double probability, gboolean joined)
{
  CcLinkProposal proposal = { edge->a, edge->b, edge->weight, probability, edge->levels, joined };

  g_array_append_val (proposals, proposal);
}

static int
order_groups (gconstpointer a, gconstpointer b)
{
  const Bridge *x = a;
  const Bridge *y = b;

  if (x->group_a != y->group_a)
    return x->group_a < y->group_a ? -1 : 1;
  return x->group_b < y->group_b ? -1 : x->group_b > y->group_b;
}

/* Groups of which somebody said that they are two: nobody is asked again by way of other records.
 */
static GArray *
list_parted (const CcLinkProposing *self)
{
  GArray *parted = g_array_new (FALSE, TRUE, sizeof (Bridge));

  for (guint i = 0; i < self->params->n_verdicts; i++)
    {
      const CcLinkVerdict *at = &self->params->verdicts[i];
      guint32              a = self->group_of[at->a];
      guint32              b = self->group_of[at->b];
      Bridge               bridge = { .group_a = MIN (a, b), .group_b = MAX (a, b) };

      if (!at->same && a != b)
        g_array_append_val (parted, bridge);
    }
  if (parted->len > 0)
    g_array_sort (parted, order_groups);
  return parted;
}

static gboolean
is_parted (const GArray *parted, const Bridge *bridge)
{
  return parted->len > 0
         && bsearch (bridge, parted->data, parted->len, sizeof (Bridge), order_groups) != NULL;
}

/* Pairs between two groups. Where groups are joined, the strongest pair stands for all: one answer
 * settles them. */
static void
propose_bridges (const CcLinkProposing *self,
                 GArray                *edges,
                 GArray                *bridges,
                 const Members         *members,
                 GArray                *proposals)
{
  g_autoptr (GArray) parted = list_parted (self);
  gboolean joins = self->accept_of == self->group_of;

  for (guint first = 0, i = 1; i <= bridges->len && !cc_link_table_is_cancelled (self->table); i++)
    {
      const Bridge *at = &g_array_index (bridges, Bridge, first);
      double        probability;

      if (i < bridges->len && g_array_index (bridges, Bridge, i).group_a == at->group_a
          && g_array_index (bridges, Bridge, i).group_b == at->group_b)
        continue;
      probability =
          joins && is_parted (parted, at)
              ? 0
              : cc_link_weight_to_probability (weigh_groups (self, members, at, i - first));
      for (guint k = first; probability >= self->params->drop && k < (joins ? first + 1 : i); k++)
        add_proposal (proposals,
                      &g_array_index (edges, CcLinkEdge, g_array_index (bridges, Bridge, k).edge),
                      probability, FALSE);
      first = i;
    }
}

GArray *
cc_link_propose (const CcLinkProposing *self, GArray *edges)
{
  GArray *proposals = g_array_new (FALSE, TRUE, sizeof (CcLinkProposal));
  g_autoptr (GArray) bridges = g_array_new (FALSE, FALSE, sizeof (Bridge));
  Members members = list_members (self->group_of, self->table->rows->len);

  for (guint i = 0; i < edges->len && !cc_link_table_stops (self->table, i); i++)
    {
      const CcLinkEdge *edge = &g_array_index (edges, CcLinkEdge, i);
      guint32           a = self->group_of[edge->a];
      guint32           b = self->group_of[edge->b];

      if (a == b)
        add_proposal (proposals, edge,
                      MAX (cc_link_weight_to_probability (edge->weight), CC_LINK_GROUP_PROBABILITY),
                      self->accept_of[edge->a] == self->accept_of[edge->b]);
      else
        {
          Bridge bridge = { MIN (a, b), MAX (a, b), i, edge->weight };

          g_array_append_val (bridges, bridge);
        }
    }
  if (bridges->len > 0)
    (void) cc_link_table_sort (self->table, bridges, order_bridges);
  propose_bridges (self, edges, bridges, &members, proposals);
  (void) cc_link_table_sort (self->table, proposals, order_proposals);
  g_free (members.offsets);
  g_free (members.records);
  return proposals;
}
