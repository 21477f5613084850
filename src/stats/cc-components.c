/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-components-private.h"

static void
free_component (gpointer data)
{
  CcComponent *self = data;

  g_array_unref (self->clusters);
  g_array_unref (self->pairs);
  g_array_unref (self->different);
  g_ptr_array_unref (self->facts);
  cc_partitions_free (self->partitions);
  g_free (self);
}

void
cc_components_free (CcComponents *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->items);
  cc_arena_free (self->arena);
  g_free (self->state);
  g_free (self);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const CcOpenPair *pair_a = a;
  const CcOpenPair *pair_b = b;

  if (pair_a->a != pair_b->a)
    return pair_a->a < pair_b->a ? -1 : 1;
  return pair_a->b < pair_b->b ? -1 : pair_a->b > pair_b->b;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 id_a = *(const gint64 *) a;
  gint64 id_b = *(const gint64 *) b;

  return id_a < id_b ? -1 : id_a > id_b;
}

static GArray *
read_pairs (CcConnection *connection, CcKind kind, const char *sql, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (CcOpenPair));
  gboolean has_row;

  if (!rows)
    return NULL;
  cc_statement_bind_text (rows, 1, cc_kind_get_abbr (kind));
  for (;;)
    {
      CcOpenPair pair;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      pair.a = cc_statement_int64 (rows, 0);
      pair.b = cc_statement_int64 (rows, 1);
      g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_pairs);
  return g_steal_pointer (&pairs);
}

#define OF_CLUSTERS                                                                                \
  " JOIN membership x ON x.record = q.a AND x.to_act IS NULL"                                      \
  " JOIN membership y ON y.record = q.b AND y.to_act IS NULL"                                      \
  " JOIN cluster c ON c.id = x.cluster AND c.kind = ?1"                                            \
  " WHERE x.cluster <> y.cluster"

/* The pairs of clusters that nobody has decided: decisions left undecided, and proposals that wait
 * while no decision stands for their pair. Pairs within one person ask nothing any more. */
static GArray *
load_open (CcConnection *connection, CcKind kind, GError **error)
{
  return read_pairs (connection, kind,
                     "SELECT DISTINCT MIN (x.cluster, y.cluster), MAX (x.cluster, y.cluster) FROM ("
                     "  SELECT a, b FROM pair_decision"
                     "   WHERE superseded_by IS NULL AND verdict = 'undecided'"
                     "  UNION SELECT p.a, p.b FROM proposal p WHERE p.state = 'open'"
                     "   AND NOT EXISTS (SELECT 1 FROM pair_decision d WHERE d.a = p.a"
                     "    AND d.b = p.b AND d.superseded_by IS NULL)) q" OF_CLUSTERS,
                     error);
}

/* The pairs of clusters of which a decision says that they are not one. */
static GArray *
load_different (CcConnection *connection, CcKind kind, GError **error)
{
  return read_pairs (connection, kind,
                     "SELECT DISTINCT MIN (x.cluster, y.cluster), MAX (x.cluster, y.cluster) FROM ("
                     "  SELECT a, b FROM pair_decision WHERE superseded_by IS NULL"
                     "   AND verdict IN ('different', 'related')) q" OF_CLUSTERS,
                     error);
}

/* Records that a run found to say too little, which nobody has put together with others since. */
static gboolean
count_undecidable (CcConnection *connection, CcKind kind, guint *n, GError **error)
{
  g_autoptr (CcStatement) count = cc_connection_prepare (
      connection,
      "SELECT count (*) FROM proposal p JOIN membership m ON m.record = p.a AND m.to_act IS NULL"
      " WHERE p.state = 'undecidable' AND p.kind = ?1 AND NOT EXISTS (SELECT 1 FROM membership o"
      "  WHERE o.cluster = m.cluster AND o.to_act IS NULL AND o.record <> m.record)",
      error);
  gboolean has_row;

  if (!count)
    return FALSE;
  cc_statement_bind_text (count, 1, cc_kind_get_abbr (kind));
  if (!cc_statement_step (count, &has_row, error))
    return FALSE;
  *n = (guint) cc_statement_int64 (count, 0);
  return TRUE;
}

static guint
find_root (guint *parent, guint at)
{
  while (parent[at] != at)
    at = parent[at] = parent[parent[at]];
  return at;
}

static guint
index_of (GArray *ids, gint64 id)
{
  guint at = 0;

  g_array_binary_search (ids, &id, compare_ids, &at);
  return at;
}

static GArray *
distinct_clusters (GArray *pairs)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint   kept = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);

      g_array_append_val (ids, pair->a);
      g_array_append_val (ids, pair->b);
    }
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || g_array_index (ids, gint64, i) != g_array_index (ids, gint64, kept - 1))
      g_array_index (ids, gint64, kept++) = g_array_index (ids, gint64, i);
  g_array_set_size (ids, kept);
  return ids;
}

static CcComponent *
new_component (void)
{
  CcComponent *self = g_new0 (CcComponent, 1);

  self->clusters = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pairs = g_array_new (FALSE, FALSE, sizeof (CcOpenPair));
  self->different = g_array_new (FALSE, FALSE, sizeof (CcOpenPair));
  self->facts = g_ptr_array_new ();
  return self;
}

/* Joins what the pairs connect, but for pairs that a decision has closed. */
static guint *
connect_clusters (GArray *ids, GArray *pairs, GArray *different)
{
  guint *parent = g_new (guint, ids->len + 1);

  for (guint i = 0; i < ids->len; i++)
    parent[i] = i;
  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);
      guint             a, b;

      if (g_array_binary_search (different, pair, compare_pairs, NULL))
        continue;
      a = find_root (parent, index_of (ids, pair->a));
      b = find_root (parent, index_of (ids, pair->b));
      parent[MAX (a, b)] = MIN (a, b);
    }
  return parent;
}

/* Gives each component the pairs that lie within it. */
static void
share_pairs (GArray *ids, guint *parent, CcComponent **of_root, GArray *pairs, gboolean different)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);
      CcComponent      *component;
      guint             a, b;

      if (!g_array_binary_search (ids, &pair->a, compare_ids, &a)
          || !g_array_binary_search (ids, &pair->b, compare_ids, &b)
          || find_root (parent, a) != find_root (parent, b))
        continue;
      component = of_root[find_root (parent, a)];
      g_array_append_val (different ? component->different : component->pairs, *pair);
    }
}

/**
 * cc_components_load:
 *
 * Returns: (transfer full): the clusters of open pairs, component by component, by their smallest
 * cluster id, without facts. An open pair that a decision about other records of the two clusters
 * has closed connects nothing, so that a component may be a single cluster
 */
CcComponents *
cc_components_load (CcConnection *connection, CcKind kind, GError **error)
{
  g_autoptr (GArray) pairs = load_open (connection, kind, error);
  g_autoptr (GArray) different = pairs ? load_different (connection, kind, error) : NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree guint        *parent = NULL;
  g_autofree CcComponent **of_root = NULL;
  CcComponents            *self;
  guint                    n_undecidable;

  if (!different || !count_undecidable (connection, kind, &n_undecidable, error))
    return NULL;
  self = g_new0 (CcComponents, 1);
  self->items = g_ptr_array_new_with_free_func (free_component);
  self->arena = cc_arena_new ();
  self->n_pairs = pairs->len;
  self->n_undecidable = n_undecidable;
  ids = distinct_clusters (pairs);
  parent = connect_clusters (ids, pairs, different);
  of_root = g_new0 (CcComponent *, ids->len + 1);
  for (guint i = 0; i < ids->len; i++)
    {
      guint root = find_root (parent, i);

      if (!of_root[root])
        {
          of_root[root] = new_component ();
          g_ptr_array_add (self->items, of_root[root]);
        }
      g_array_append_val (of_root[root]->clusters, g_array_index (ids, gint64, i));
    }
  share_pairs (ids, parent, of_root, pairs, FALSE);
  share_pairs (ids, parent, of_root, different, TRUE);
  return self;
}
