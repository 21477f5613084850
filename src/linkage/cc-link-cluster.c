/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-cluster-private.h"

#include "cc-link-limit-private.h"

#include <stdlib.h>
#include <string.h>

/* Weights of single pairs are clamped, so that one pair can neither force nor forbid a join alone
 * (reference method 5.7). */
#define PAIR_LOW  (-8 * CC_LINK_BIT)
#define PAIR_HIGH (12 * CC_LINK_BIT)

/* Larger components are first cut at their weakest edges. */
#define MAX_COMPONENT 400
#define CUT_STEP      CC_LINK_BIT

#define FORBIDDEN G_MININT64

static guint32
find_root (guint32 *parents, guint32 at)
{
  while (parents[at] != at)
    {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
  return at;
}

/* The smaller index becomes the root, so that a set is named by its first record. */
static void
unite (guint32 *parents, guint32 a, guint32 b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  if (a != b)
    parents[MAX (a, b)] = MIN (a, b);
}

typedef struct
{
  guint32 root;
  guint32 record;
} Member;

static int
order_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;

  if (x->root != y->root)
    return x->root < y->root ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

/* What a pair adds to the sum between two clusters; most: what it may reach by itself */
static gint64
pair_weight (const CcLinkClustering *self, guint32 a, guint32 b, gint32 *most)
{
  const CcLinkRow *ra = cc_link_table_row (self->table, a);
  const CcLinkRow *rb = cc_link_table_row (self->table, b);
  CcLinkPattern    pattern;
  gint32           weight;

  *most = G_MININT32;
  if (self->params->link_only && ra->entity == rb->entity)
    return FORBIDDEN;
  pattern = cc_link_compare (self->table, self->frequencies, ra, rb);
  weight = cc_link_model_weigh (self->model, pattern);
  *most = cc_link_limit_weight (self->model, pattern.levels, weight);
  return CLAMP (weight, PAIR_LOW, PAIR_HIGH);
}

/* One component while it is being clustered: sums of weights between its clusters. Two clusters
 * are joined by the mean of all pairs between them, and only where one of these pairs would be
 * enough by itself: many weak likenesses make no strong one. */
typedef struct
{
  guint         n;
  const Member *members;
  gint64       *sums;  /* n * n */
  gint32       *most;  /* n * n: of the pairs between two clusters, see cc_link_limit_weight () */
  guint        *sizes; /* 0 = merged into another */
  guint        *into;
} Component;

static gint64 *
sum_at (Component *self, guint i, guint j)
{
  return &self->sums[i * self->n + j];
}

static gint32 *
most_at (Component *self, guint i, guint j)
{
  return &self->most[i * self->n + j];
}

static void
merge (Component *self, guint i, guint j)
{
  for (guint k = 0; k < self->n; k++)
    {
      gint64 *to = sum_at (self, i, k);
      gint64  other = *sum_at (self, j, k);

      if (k == i || k == j || self->sizes[k] == 0)
        continue;
      most_at (self, k, i)[0] = most_at (self, i, k)[0] =
          MAX (*most_at (self, i, k), *most_at (self, j, k));
      *to = *to == FORBIDDEN || other == FORBIDDEN ? FORBIDDEN : *to + other;
      *sum_at (self, k, i) = *to;
    }
  self->sizes[i] += self->sizes[j];
  self->sizes[j] = 0;
  for (guint k = 0; k < self->n; k++)
    if (self->into[k] == j)
      self->into[k] = i;
}

static int
find_member (const Component *self, guint32 record)
{
  guint low = 0;
  guint high = self->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->members[middle].record < record)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n && self->members[low].record == record ? (int) low : -1;
}

static void
obey_verdicts (const CcLinkClustering *self, Component *component, const GArray *verdicts)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < verdicts->len; i++)
      {
        const CcLinkVerdict *at = &g_array_index (verdicts, CcLinkVerdict, i);
        int                  a = find_member (component, at->a);
        int                  b = find_member (component, at->b);

        if (a < 0 || b < 0 || at->same != (pass == 1))
          continue;
        if (!at->same)
          *sum_at (component, a, b) = *sum_at (component, b, a) = FORBIDDEN;
        else
          {
            guint x = component->into[a];
            guint y = component->into[b];

            if (x != y && *sum_at (component, x, y) != FORBIDDEN)
              merge (component, MIN (x, y), MAX (x, y));
          }
      }
}

static void
agglomerate (const CcLinkClustering *self, Component *component)
{
  while (!cc_link_table_is_cancelled (self->table))
    {
      double best = self->stop;
      int    best_i = -1;
      int    best_j = -1;

      for (guint i = 0; i < component->n; i++)
        for (guint j = i + 1; component->sizes[i] > 0 && j < component->n; j++)
          {
            gint64 sum = *sum_at (component, i, j);
            double mean;

            if (component->sizes[j] == 0 || sum == FORBIDDEN
                || *most_at (component, i, j) <= self->stop)
              continue;
            mean = sum / ((double) component->sizes[i] * component->sizes[j]);
            if (mean > best)
              {
                best = mean;
                best_i = (int) i;
                best_j = (int) j;
              }
          }
      if (best_i < 0)
        return;
      merge (component, best_i, best_j);
    }
}

static void
cluster_component (const CcLinkClustering *self,
                   const Member           *members,
                   guint                   n,
                   const GArray           *verdicts,
                   guint32                *cluster_of)
{
  g_autofree gint64 *sums = g_new0 (gint64, (gsize) n * n);
  g_autofree gint32 *most = g_new0 (gint32, (gsize) n * n);
  g_autofree guint  *sizes = g_new (guint, n);
  g_autofree guint  *into = g_new (guint, n);
  Component          component = { n, members, sums, most, sizes, into };

  for (guint i = 0; i < n; i++)
    {
      sizes[i] = 1;
      into[i] = i;
      if (cc_link_table_is_cancelled (self->table))
        continue;
      for (guint j = i + 1; j < n; j++)
        {
          gint32 *at = most_at (&component, i, j);

          *sum_at (&component, i, j) = *sum_at (&component, j, i) =
              pair_weight (self, members[i].record, members[j].record, at);
          *most_at (&component, j, i) = *at;
        }
    }
  obey_verdicts (self, &component, verdicts);
  agglomerate (self, &component);
  for (guint i = 0; i < n; i++)
    cluster_of[members[i].record] = members[into[i]].record;
}

static void
connect_records (const CcLinkClustering *self, GArray *edges, gint32 connect, guint32 *parents)
{
  for (guint i = 0; i < self->table->rows->len; i++)
    parents[i] = i;
  for (guint i = 0; i < edges->len; i++)
    {
      const CcLinkEdge *edge = &g_array_index (edges, CcLinkEdge, i);

      if (edge->weight >= connect)
        unite (parents, edge->a, edge->b);
    }
}

static void
connect_verdicts (const CcLinkClustering *self, guint32 *parents)
{
  for (guint i = 0; i < self->params->n_verdicts; i++)
    if (self->params->verdicts[i].same)
      unite (parents, self->params->verdicts[i].a, self->params->verdicts[i].b);
}

/* Raises the connecting weight inside components that are too large until none is. */
static void
cut_components (const CcLinkClustering *self, GArray *edges, guint32 *parents)
{
  guint               n = self->table->rows->len;
  g_autofree guint32 *sizes = g_new (guint32, n + 1);
  g_autofree guint32 *before = g_new (guint32, n);

  for (gint32 connect = self->connect + CUT_STEP;; connect += CUT_STEP)
    {
      gboolean too_large = FALSE;

      memset (sizes, 0, n * sizeof *sizes);
      for (guint i = 0; i < n; i++)
        too_large |= ++sizes[before[i] = find_root (parents, i)] > MAX_COMPONENT;
      if (!too_large || connect > 60 * CC_LINK_BIT || cc_link_table_is_cancelled (self->table))
        return;
      for (guint i = 0; i < n; i++)
        if (sizes[before[i]] > MAX_COMPONENT)
          parents[i] = i;
      for (guint i = 0; i < edges->len; i++)
        {
          const CcLinkEdge *edge = &g_array_index (edges, CcLinkEdge, i);

          if (edge->weight >= connect && before[edge->a] == before[edge->b]
              && sizes[before[edge->a]] > MAX_COMPONENT)
            unite (parents, edge->a, edge->b);
        }
    }
}

static GArray **
deal_verdicts (const CcLinkClustering *self, guint32 *parents)
{
  GArray **of = g_new0 (GArray *, self->table->rows->len + 1);

  for (guint i = 0; i < self->params->n_verdicts; i++)
    {
      const CcLinkVerdict *at = &self->params->verdicts[i];
      guint32              root = find_root (parents, at->a);

      if (root != find_root (parents, at->b))
        continue;
      if (!of[root])
        of[root] = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
      g_array_append_val (of[root], *at);
    }
  return of;
}

guint32 *
cc_link_cluster (const CcLinkClustering *self, GArray *edges)
{
  guint               n = self->table->rows->len;
  g_autofree guint32 *parents = g_new (guint32, MAX (n, 1));
  g_autofree Member  *members = g_new (Member, MAX (n, 1));
  g_autofree GArray **verdicts = NULL;
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  guint32 *cluster_of = g_new0 (guint32, MAX (n, 1));

  connect_records (self, edges, self->connect, parents);
  cut_components (self, edges, parents);
  connect_verdicts (self, parents);
  verdicts = deal_verdicts (self, parents);
  for (guint i = 0; i < n; i++)
    members[i] = (Member){ find_root (parents, i), i };
  if (!cc_sort (members, n, sizeof *members, order_members, self->table->n_threads,
                self->table->cancellable))
    memset (cluster_of, 0, n * sizeof *cluster_of);
  for (guint first = 0, i = 1; i <= n && !cc_link_table_is_cancelled (self->table); i++)
    {
      guint32 root = members[first].root;

      if (i < n && members[i].root == root)
        continue;
      if (i - first == 1)
        cluster_of[members[first].record] = members[first].record;
      else
        cluster_component (self, members + first, i - first, verdicts[root] ? verdicts[root] : none,
                           cluster_of);
      first = i;
    }
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&verdicts[i], g_array_unref);
  return cluster_of;
}
