/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <stdlib.h>
#include <string.h>

/* So many open pairs in one component are tried in all their outcomes. */
#define MAX_EXACT_PAIRS 8

void
cc_component_free (CcComponent *self)
{
  if (!self)
    return;
  g_array_unref (self->clusters);
  g_array_unref (self->pairs);
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

/* Reads the pairs of clusters that nobody has decided: decisions left undecided, and proposals that
 * wait while no decision stands for their pair. Pairs within one person ask nothing any more. */
static GArray *
load_pairs (CcConnection *connection, CcKind kind, GError **error)
{
  static const char sql[] =
      "SELECT DISTINCT MIN (x.cluster, y.cluster), MAX (x.cluster, y.cluster) FROM ("
      "  SELECT a, b FROM pair_decision WHERE superseded_by IS NULL AND verdict = 'undecided'"
      "  UNION SELECT p.a, p.b FROM proposal p WHERE p.state = 'open' AND NOT EXISTS"
      "   (SELECT 1 FROM pair_decision d WHERE d.a = p.a AND d.b = p.b"
      "    AND d.superseded_by IS NULL)) q"
      " JOIN membership x ON x.record = q.a AND x.to_act IS NULL"
      " JOIN membership y ON y.record = q.b AND y.to_act IS NULL"
      " JOIN cluster c ON c.id = x.cluster AND c.kind = ?1"
      " WHERE x.cluster <> y.cluster";
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

/**
 * cc_components_load:
 * @n_pairs: open pairs in all
 *
 * Returns: (element-type CcComponent): the clusters that open pairs connect, component by
 * component, by their smallest cluster id
 */
GPtrArray *
cc_components_load (CcConnection *connection, CcKind kind, guint *n_pairs, GError **error)
{
  g_autoptr (GArray) pairs = load_pairs (connection, kind, error);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) components =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_component_free);
  g_autofree guint        *parent = NULL;
  g_autofree CcComponent **of_root = NULL;

  if (!pairs)
    return NULL;
  ids = distinct_clusters (pairs);
  parent = g_new (guint, ids->len + 1);
  of_root = g_new0 (CcComponent *, ids->len + 1);
  for (guint i = 0; i < ids->len; i++)
    parent[i] = i;
  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);
      guint             a = find_root (parent, index_of (ids, pair->a));
      guint             b = find_root (parent, index_of (ids, pair->b));

      parent[MAX (a, b)] = MIN (a, b);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      guint root = find_root (parent, i);

      if (!of_root[root])
        {
          of_root[root] = g_new0 (CcComponent, 1);
          of_root[root]->clusters = g_array_new (FALSE, FALSE, sizeof (gint64));
          of_root[root]->pairs = g_array_new (FALSE, FALSE, sizeof (CcOpenPair));
          g_ptr_array_add (components, of_root[root]);
        }
      g_array_append_val (of_root[root]->clusters, g_array_index (ids, gint64, i));
    }
  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);
      CcComponent      *component = of_root[find_root (parent, index_of (ids, pair->a))];

      g_array_append_val (component->pairs, *pair);
    }
  for (guint i = 0; i < components->len; i++)
    {
      CcComponent *component = components->pdata[i];

      component->loose = component->pairs->len > MAX_EXACT_PAIRS;
    }
  *n_pairs = pairs->len;
  return g_steal_pointer (&components);
}

/* The records of a component's clusters, and what may not come together. */
typedef struct
{
  GPtrArray *sets;      /* CcSourceSet*, one per cluster, with its records */
  guint8    *different; /* n * n: a decision says that these are different persons */
  guint      n_records;
} Pool;

static void
clear_pool (Pool *pool)
{
  g_clear_pointer (&pool->sets, g_ptr_array_unref);
  g_clear_pointer (&pool->different, g_free);
}

static gboolean
load_different (const CcComponent *component, CcConnection *connection, Pool *pool, GError **error)
{
  static const char sql[] = "SELECT y.cluster FROM membership x"
                            " JOIN pair_decision d ON d.superseded_by IS NULL"
                            "  AND d.verdict IN ('different', 'related')"
                            "  AND (d.a = x.record OR d.b = x.record)"
                            " JOIN membership y ON y.to_act IS NULL"
                            "  AND y.record = CASE WHEN d.a = x.record THEN d.b ELSE d.a END"
                            " WHERE x.cluster = ?1 AND x.to_act IS NULL";
  guint             n = component->clusters->len;
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  pool->different = g_new0 (guint8, n * n);
  for (guint i = 0; rows && i < n; i++)
    {
      cc_statement_reset (rows);
      cc_statement_bind_int64 (rows, 1, g_array_index (component->clusters, gint64, i));
      for (;;)
        {
          gint64 other;
          guint  at;

          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (!has_row)
            break;
          other = cc_statement_int64 (rows, 0);
          if (g_array_binary_search (component->clusters, &other, compare_ids, &at))
            pool->different[i * n + at] = pool->different[at * n + i] = 1;
        }
    }
  return rows != NULL;
}

static gboolean
load_sets (const CcComponent  *component,
           CcCaseFile         *file,
           CcConnection       *connection,
           CcKind              kind,
           const CcDerivePlan *derive,
           const CcCodeMap    *codes,
           CcArena            *arena,
           Pool               *pool,
           GError            **error)
{
  static const CcUnitIndex own[] = { CC_UNIT_VICTIM, CC_UNIT_PERPETRATOR, CC_UNIT_EVENT };

  pool->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_source_set_free);
  for (guint i = 0; i < component->clusters->len; i++)
    {
      CcSourceSet *set = cc_source_set_new (kind, cc_case_file_get_country (file));
      g_autoptr (CcFactLoader) loader =
          cc_fact_loader_new (derive, codes, file, connection, kind, CC_LOAD_CLUSTER,
                              g_array_index (component->clusters, gint64, i), error);
      gboolean found;

      g_ptr_array_add (pool->sets, set);
      if (!loader || !cc_fact_loader_next (loader, set, arena, &found, error))
        return FALSE;
      pool->n_records += set->of[own[kind]]->len;
    }
  return TRUE;
}

/* The groups that one choice of pairs makes. FALSE where a decision forbids it. */
static gboolean
make_partition (const CcComponent *component, const Pool *pool, guint choice, guint8 *group)
{
  guint             n = component->clusters->len;
  g_autofree guint *parent = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    parent[i] = i;
  for (guint i = 0; i < component->pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (component->pairs, CcOpenPair, i);
      guint             a, b;

      if (!(choice & (1u << i)))
        continue;
      a = find_root (parent, index_of (component->clusters, pair->a));
      b = find_root (parent, index_of (component->clusters, pair->b));
      parent[MAX (a, b)] = MIN (a, b);
    }
  for (guint i = 0; i < n; i++)
    group[i] = (guint8) find_root (parent, i);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (group[i] == group[j] && pool->different[i * n + j])
        return FALSE;
  return TRUE;
}

static void
append_set (CcSourceSet *to, const CcSourceSet *from)
{
  for (guint unit = 0; unit < CC_N_UNITS; unit++)
    for (guint i = 0; i < from->of[unit]->len; i++)
      g_ptr_array_add (to->of[unit], from->of[unit]->pdata[i]);
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    to->linked[kind] += from->linked[kind];
  g_array_append_vals (to->choices, from->choices->data, from->choices->len);
}

/* Derives the persons of a partition by the same pure rules as everywhere. */
static void
derive_partition (const Pool         *pool,
                  const guint8       *group,
                  CcKind              kind,
                  const char         *country,
                  const CcDerivePlan *derive,
                  const CcCodeMap    *codes,
                  CcArena            *arena,
                  GPtrArray          *facts)
{
  g_autoptr (CcSourceSet) merged = cc_source_set_new (kind, country);

  g_ptr_array_set_size (facts, 0);
  for (guint i = 0; i < pool->sets->len; i++)
    {
      gboolean any = FALSE;

      if (group[i] != i)
        continue;
      cc_source_set_clear (merged);
      for (guint j = i; j < pool->sets->len; j++)
        if (group[j] == i)
          append_set (merged, pool->sets->pdata[j]);
      merged->cluster = ((CcSourceSet *) pool->sets->pdata[i])->cluster;
      for (guint unit = 0; unit < CC_N_UNITS; unit++)
        any = any || merged->of[unit]->len;
      if (any)
        g_ptr_array_add (facts, cc_derive (derive, merged, arena, cc_code_map_find_entity,
                                           (gpointer) codes));
    }
}

/**
 * cc_component_enumerate:
 * @func: called for each way the open pairs may still be decided; the first is as things stand now,
 *   with no pair joined. Of a loose component only that one
 * @n_records: records of the component
 */
gboolean
cc_component_enumerate (const CcComponent  *component,
                        CcCaseFile         *file,
                        CcConnection       *connection,
                        CcKind              kind,
                        const CcDerivePlan *derive,
                        const CcCodeMap    *codes,
                        CcPartitionFunc     func,
                        gpointer            data,
                        guint              *n_records,
                        GError            **error)
{
  guint n = component->clusters->len;
  guint n_choices = component->loose ? 1 : 1u << component->pairs->len;
  g_autoptr (CcArena) records = cc_arena_new ();
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autofree guint8 *group = NULL;
  Pool               pool = { NULL, NULL, 0 };
  gboolean           good;

  group = g_new0 (guint8, n + 1);
  good = load_sets (component, file, connection, kind, derive, codes, records, &pool, error)
         && (component->loose || load_different (component, connection, &pool, error));
  *n_records = pool.n_records;
  for (guint choice = 0; good && choice < n_choices; choice++)
    {
      GBytes *key;

      if (component->loose)
        {
          g_ptr_array_set_size (facts, 0);
          for (guint i = 0; i < n; i++)
            g_ptr_array_add (facts, cc_derive (derive, pool.sets->pdata[i], arena,
                                               cc_code_map_find_entity, (gpointer) codes));
          func (facts, data);
          break;
        }
      if (!make_partition (component, &pool, choice, group))
        continue;
      key = g_bytes_new (group, n);
      if (!g_hash_table_add (seen, key))
        continue;
      cc_arena_reset (arena);
      derive_partition (&pool, group, kind, cc_case_file_get_country (file), derive, codes, arena,
                        facts);
      func (facts, data);
    }
  clear_pool (&pool);
  return good;
}
