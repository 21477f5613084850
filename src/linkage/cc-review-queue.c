/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-review.h>

#include <stdlib.h>
#include <string.h>

/* Below this, pairs are asked about one by one: what hangs together by weak ties is no group. */
#define LEAST_OF_GROUP 0.5

/* An open proposal. */
typedef struct
{
  gint64   proposal;
  gint64   records[2];
  gint64   entities[2];
  guint    persons[2]; /* numbers of clusters */
  double   probability;
  gboolean undecided;
  gboolean changed;
} Pair;

/* All proposals between the same two clusters. */
typedef struct
{
  guint    first; /* in pairs */
  guint    end;
  double   probability;
  gboolean undecided;
  guint    group; /* root person + 1, 0 where it is asked by itself */
} Link;

typedef struct
{
  GHashTable *numbers; /* cluster -> number + 1 */
  GArray     *pairs;   /* Pair, by link, then by probability */
  GArray     *links;   /* Link, most probable first */
  guint      *parents; /* by person */
  guint      *sizes;   /* records of the group, by root */
  double     *weakest; /* tie that holds the group together, by root */
} Grouping;

static guint
number_cluster (Grouping *self, gint64 cluster)
{
  gpointer found = g_hash_table_lookup (self->numbers, &cluster);
  guint    number;

  if (found)
    return GPOINTER_TO_UINT (found) - 1;
  number = g_hash_table_size (self->numbers);
  g_hash_table_insert (self->numbers, g_memdup2 (&cluster, sizeof cluster),
                       GUINT_TO_POINTER (number + 1));
  return number;
}

static gboolean
read_pairs (Grouping *self, CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection,
      "SELECT p.id, p.a, p.b, p.probability, ma.cluster, mb.cluster, ra.entity, rb.entity,"
      " d.verdict IS 'undecided' AND d.source IS NOT 'accept-level',"
      " d.id IS NOT NULL AND d.source IS NOT 'accept-level'"
      "  AND (d.hash_a IS NOT ra.digest OR d.hash_b IS NOT rb.digest)"
      " FROM proposal p"
      " JOIN record ra ON ra.id = p.a JOIN record rb ON rb.id = p.b"
      " JOIN membership ma ON ma.record = p.a AND ma.to_act IS NULL"
      " JOIN membership mb ON mb.record = p.b AND mb.to_act IS NULL"
      " LEFT JOIN pair_decision d ON d.a = p.a AND d.b = p.b AND d.superseded_by IS NULL"
      " WHERE p.kind = ?1 AND p.state = 'open' AND ma.cluster <> mb.cluster",
      error);
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_text (rows, 1, kind);
  while (has_row)
    {
      Pair pair = { 0 };

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      pair.proposal = cc_statement_int64 (rows, 0);
      pair.probability = cc_statement_double (rows, 3);
      pair.undecided = cc_statement_int64 (rows, 8) != 0;
      pair.changed = cc_statement_int64 (rows, 9) != 0;
      for (int i = 0; i < 2; i++)
        {
          pair.records[i] = cc_statement_int64 (rows, 1 + i);
          pair.persons[i] = number_cluster (self, cc_statement_int64 (rows, 4 + i));
          pair.entities[i] = cc_statement_int64 (rows, 6 + i);
        }
      g_array_append_val (self->pairs, pair);
    }
  return TRUE;
}

static int
order_pairs (gconstpointer x, gconstpointer y)
{
  const Pair *a = x;
  const Pair *b = y;
  const guint low_a = MIN (a->persons[0], a->persons[1]);
  const guint low_b = MIN (b->persons[0], b->persons[1]);
  const guint high_a = MAX (a->persons[0], a->persons[1]);
  const guint high_b = MAX (b->persons[0], b->persons[1]);

  if (low_a != low_b)
    return low_a < low_b ? -1 : 1;
  if (high_a != high_b)
    return high_a < high_b ? -1 : 1;
  if (a->probability != b->probability)
    return a->probability > b->probability ? -1 : 1;
  return a->proposal < b->proposal ? -1 : a->proposal > b->proposal;
}

static gboolean
joins_same (const Pair *a, const Pair *b)
{
  return MIN (a->persons[0], a->persons[1]) == MIN (b->persons[0], b->persons[1])
         && MAX (a->persons[0], a->persons[1]) == MAX (b->persons[0], b->persons[1]);
}

static int
order_links (gconstpointer x, gconstpointer y)
{
  const Link *a = x;
  const Link *b = y;

  if (a->undecided != b->undecided)
    return a->undecided ? 1 : -1;
  if (a->probability != b->probability)
    return a->probability > b->probability ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first;
}

static void
make_links (Grouping *self)
{
  g_array_sort (self->pairs, order_pairs);
  for (guint i = 0, first = 0; i < self->pairs->len; i++)
    {
      const Pair *head = &g_array_index (self->pairs, Pair, first);
      Link        link = { first, i + 1, head->probability, TRUE, 0 };

      if (i + 1 < self->pairs->len && joins_same (head, &g_array_index (self->pairs, Pair, i + 1)))
        continue;
      /* A link is put back only where no pair of it is still unseen. */
      for (guint k = first; k <= i; k++)
        link.undecided = link.undecided && g_array_index (self->pairs, Pair, k).undecided;
      g_array_append_val (self->links, link);
      first = i + 1;
    }
  g_array_sort (self->links, order_links);
}

static guint
find_root (Grouping *self, guint at)
{
  while (self->parents[at] != at)
    at = self->parents[at] = self->parents[self->parents[at]];
  return at;
}

static void
find_groups (Grouping *self)
{
  const guint n = g_hash_table_size (self->numbers);

  self->parents = g_new (guint, n + 1);
  self->sizes = g_new (guint, n + 1);
  self->weakest = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      self->parents[i] = i;
      self->sizes[i] = 1;
      self->weakest[i] = 1;
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      Link       *link = &g_array_index (self->links, Link, i);
      const Pair *head = &g_array_index (self->pairs, Pair, link->first);
      const guint a = find_root (self, head->persons[0]);
      const guint b = find_root (self, head->persons[1]);

      if (link->undecided || link->probability < LEAST_OF_GROUP)
        break;
      if (a == b || self->sizes[a] + self->sizes[b] > CC_REVIEW_MOST_RECORDS)
        continue;
      self->parents[MAX (a, b)] = MIN (a, b);
      self->sizes[MIN (a, b)] += self->sizes[MAX (a, b)];
      self->weakest[MIN (a, b)] = MIN (link->probability, MIN (self->weakest[a], self->weakest[b]));
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      Link       *link = &g_array_index (self->links, Link, i);
      const Pair *head = &g_array_index (self->pairs, Pair, link->first);
      const guint root = find_root (self, head->persons[0]);

      if (root == find_root (self, head->persons[1]) && self->sizes[root] > 2)
        link->group = root + 1;
    }
}

static CcReviewBand
find_band (double probability)
{
  if (probability >= 0.95)
    return CC_REVIEW_VERY_LIKELY;
  if (probability >= 0.7)
    return CC_REVIEW_LIKELY;
  return probability >= 0.3 ? CC_REVIEW_POSSIBLE : CC_REVIEW_UNLIKELY;
}

static void
add_record (CcReviewItem *item, gint64 record, gint64 entity)
{
  for (guint i = 0; i < item->n_records; i++)
    if (item->records[i] == record)
      return;
  if (item->n_records == CC_REVIEW_MOST_RECORDS)
    return;
  item->records[item->n_records] = record;
  item->entities[item->n_records++] = entity;
}

/* first_only: one record of each person, so that every person of a group is shown. */
static void
add_link (Grouping *self, CcReviewItem *item, const Link *link, gboolean first_only)
{
  for (guint i = link->first; i < (first_only ? link->first + 1 : link->end); i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      for (guint k = 0; k < 2; k++)
        add_record (item, pair->records[k], pair->entities[k]);
      item->changed = item->changed || pair->changed;
    }
}

static void
add_group (Grouping *self, GArray *items, GPtrArray *links, guint root)
{
  CcReviewItem item = { 0 };
  const Link  *head = links->pdata[0];
  GHashTable  *persons = g_hash_table_new (NULL, NULL);

  item.proposal = g_array_index (self->pairs, Pair, head->first).proposal;
  item.n_persons = (guint8) self->sizes[root];
  item.probability = (float) self->weakest[root];
  item.band = find_band (self->weakest[root]);
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = links->pdata[i];
      const Pair *pair = &g_array_index (self->pairs, Pair, link->first);

      for (guint k = 0; k < 2; k++)
        if (g_hash_table_add (persons, GUINT_TO_POINTER (pair->persons[k])))
          add_record (&item, pair->records[k], pair->entities[k]);
      item.changed = item.changed || pair->changed;
    }
  for (guint i = 0; i < links->len; i++)
    add_link (self, &item, links->pdata[i], FALSE);
  g_array_append_val (items, item);
  g_hash_table_unref (persons);
}

static int
order_items (gconstpointer x, gconstpointer y)
{
  const CcReviewItem *a = x;
  const CcReviewItem *b = y;
  const gboolean      group_a = a->n_persons > 2;
  const gboolean      group_b = b->n_persons > 2;

  if (a->undecided != b->undecided)
    return a->undecided ? 1 : -1;
  if (group_a != group_b)
    return group_a ? -1 : 1;
  if (a->probability != b->probability)
    return a->probability > b->probability ? -1 : 1;
  return a->proposal < b->proposal ? -1 : a->proposal > b->proposal;
}

static void
unref_links (gpointer data)
{
  g_ptr_array_unref (data);
}

static GArray *
make_items (Grouping *self)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CcReviewItem));
  g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, unref_links);
  GHashTableIter iter;
  gpointer       root;
  gpointer       links;

  for (guint i = 0; i < self->links->len; i++)
    {
      Link        *link = &g_array_index (self->links, Link, i);
      const Pair  *head = &g_array_index (self->pairs, Pair, link->first);
      CcReviewItem item = { .proposal = head->proposal,
                            .n_persons = 2,
                            .probability = (float) link->probability,
                            .band = find_band (link->probability),
                            .undecided = link->undecided };

      if (link->group > 0)
        {
          GPtrArray *list = g_hash_table_lookup (groups, GUINT_TO_POINTER (link->group));

          if (list == NULL)
            {
              list = g_ptr_array_new ();
              g_hash_table_insert (groups, GUINT_TO_POINTER (link->group), list);
            }
          g_ptr_array_add (list, link);
          continue;
        }
      add_link (self, &item, link, FALSE);
      g_array_append_val (items, item);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &root, &links))
    add_group (self, items, links, GPOINTER_TO_UINT (root) - 1);
  g_array_sort (items, order_items);
  return items;
}

/**
 * cc_review_read_queue:
 *
 * What waits for a person, as questions: proposals between the same two persons are one question,
 * and persons who hang together by probable ties are one group of up to five records.
 *
 * Returns: (transfer full): groups first, then pairs, the most probable first; what somebody could
 *   not tell comes last
 */
CcReviewQueue *
cc_review_read_queue (CcConnection *connection, const char *kind, GError **error)
{
  Grouping       self = { g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
                          g_array_new (FALSE, FALSE, sizeof (Pair)),
                          g_array_new (FALSE, FALSE, sizeof (Link)),
                          NULL,
                          NULL,
                          NULL };
  CcReviewQueue *queue = NULL;

  if (read_pairs (&self, connection, kind, error))
    {
      make_links (&self);
      find_groups (&self);
      queue = g_new0 (CcReviewQueue, 1);
      queue->items = make_items (&self);
    }
  g_hash_table_unref (self.numbers);
  g_array_unref (self.pairs);
  g_array_unref (self.links);
  g_free (self.parents);
  g_free (self.sizes);
  g_free (self.weakest);
  return queue;
}

void
cc_review_queue_free (CcReviewQueue *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_free (self);
}

/* By reading it: what is one question follows from all pairs together. */
gint64
cc_review_count_queue (CcConnection *connection, const char *kind, GError **error)
{
  CcReviewQueue *queue = cc_review_read_queue (connection, kind, error);
  const gint64   n = queue != NULL ? (gint64) queue->items->len : -1;

  cc_review_queue_free (queue);
  return n;
}

static gboolean
get_number (CcConnection *connection,
            const char   *sql,
            const char   *kind,
            gint64       *value,
            GError      **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  *value = 0;
  if (!find)
    return FALSE;
  cc_statement_bind_text (find, 1, kind);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *value = cc_statement_int64 (find, 0);
  return TRUE;
}

/**
 * cc_review_read_state:
 *
 * When duplicates were looked for last, and how many records came since.
 */
gboolean
cc_review_read_state (CcConnection  *connection,
                      const char    *kind,
                      CcReviewState *state,
                      GError       **error)
{
  memset (state, 0, sizeof *state);
  return get_number (connection, "SELECT count (*) FROM link_run WHERE kind = ?1", kind,
                     &state->n_runs, error)
         && get_number (connection,
                        "SELECT coalesce (max (time), 0) FROM link_run"
                        " WHERE id = (SELECT max (id) FROM link_run WHERE kind = ?1)",
                        kind, &state->last_run, error)
         && get_number (connection, "SELECT count (*) FROM record WHERE unit = ?1 AND state = 0",
                        kind, &state->n_records, error)
         && get_number (connection,
                        "SELECT count (*) FROM membership m JOIN record r ON r.id = m.record"
                        " WHERE r.unit = ?1 AND r.state = 0 AND m.to_act IS NULL"
                        " AND m.decision IS NULL AND m.from_act > (SELECT act FROM link_run"
                        "  WHERE id = (SELECT max (id) FROM link_run WHERE kind = ?1))"
                        " AND NOT EXISTS (SELECT 1 FROM membership e WHERE e.record = m.record"
                        "  AND e.to_act = m.from_act)",
                        kind, &state->n_new, error);
}
