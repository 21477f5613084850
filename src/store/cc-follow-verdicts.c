/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-sort.h>
#include <cc/store/cc-connection.h>
#include <cc/store/cc-decision.h>

#include <stdlib.h>
#include <string.h>

/* Clusters are what the verdicts in force say: records tied by "same" are one, unless that would
 * bring together two of which somebody said "different". People's verdicts come before the accept
 * level's, newer ones before older ones; ties that would break a "different" are left out. */

typedef struct
{
  gint64   a;
  gint64   b;
  gint64   id;
  gint64   time;
  gboolean by_person;
} Tie;

/* The records looked at, numbered in the order in which they were met. */
typedef struct
{
  CcConnection *connection;
  const char   *kind;
  GHashTable   *numbers;  /* record -> number + 1; NULL: records rise with their numbers */
  GArray       *records;  /* gint64 by number */
  GArray       *clusters; /* gint64 by number: the current cluster, 0 for none */
  GArray       *ties;     /* Tie, verdict same */
  GArray       *bars;     /* Tie, verdict different or related */
  guint32      *parents;
  GPtrArray   **barred; /* by root: numbers of records that must not come in */
  GArray       *used;   /* indices of ties that joined something */
} Settling;

static int
order_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
find_number (Settling *self, gint64 record, guint32 *number)
{
  const gint64  *ids = (const gint64 *) self->records->data;
  const gint64  *at;
  const gpointer found = self->numbers ? g_hash_table_lookup (self->numbers, &record) : NULL;

  if (found)
    *number = GPOINTER_TO_UINT (found) - 1;
  if (self->numbers || self->records->len == 0)
    return found != NULL;
  at = bsearch (&record, ids, self->records->len, sizeof *ids, order_ids);
  if (at)
    *number = (guint32) (at - ids);
  return at != NULL;
}

/* Records that were not met yet are numbered only while there is a table of numbers. */
static guint32
number_record (Settling *self, gint64 record)
{
  guint32 number;
  gint64  none = 0;
  gint64 *key;

  if (find_number (self, record, &number))
    return number;
  g_array_append_val (self->records, record);
  g_array_append_val (self->clusters, none);
  key = g_memdup2 (&record, sizeof record);
  g_hash_table_insert (self->numbers, key, GUINT_TO_POINTER (self->records->len));
  return self->records->len - 1;
}

static gboolean
is_numbered (Settling *self, gint64 record)
{
  guint32 number;

  return find_number (self, record, &number);
}

static void
take_tie (Settling *self, CcStatement *row)
{
  const char *verdict = cc_statement_text (row, 3);
  const char *source = cc_statement_text (row, 4);
  Tie tie = { cc_statement_int64 (row, 1), cc_statement_int64 (row, 2), cc_statement_int64 (row, 0),
              cc_statement_int64 (row, 5), strcmp (source, "accept-level") != 0 };

  if (strcmp (verdict, "same") == 0)
    g_array_append_val (self->ties, tie);
  else if (strcmp (verdict, "different") == 0 || strcmp (verdict, "related") == 0)
    g_array_append_val (self->bars, tie);
}

#define DECISION_COLUMNS "SELECT id, a, b, verdict, source, time FROM pair_decision"

static gboolean
read_all (Settling *self, GError **error)
{
  g_autoptr (CcStatement) members =
      cc_connection_prepare (self->connection,
                             "SELECT m.record, m.cluster FROM membership m JOIN cluster c ON c.id "
                             "= m.cluster"
                             " WHERE m.to_act IS NULL AND c.kind = ?1 ORDER BY m.record",
                             error);
  g_autoptr (CcStatement) decisions =
      cc_connection_prepare (self->connection,
                             DECISION_COLUMNS
                             " WHERE kind = ?1 AND superseded_by IS NULL ORDER BY id",
                             error);
  gboolean has_row = TRUE;

  if (!members || !decisions)
    return FALSE;
  cc_statement_bind_text (members, 1, self->kind);
  cc_statement_bind_text (decisions, 1, self->kind);
  while (has_row)
    {
      if (!cc_statement_step (members, &has_row, error))
        return FALSE;
      if (has_row)
        {
          const gint64 record = cc_statement_int64 (members, 0);
          const gint64 cluster = cc_statement_int64 (members, 1);

          g_array_append_val (self->records, record);
          g_array_append_val (self->clusters, cluster);
        }
    }
  has_row = TRUE;
  while (has_row)
    {
      if (!cc_statement_step (decisions, &has_row, error))
        return FALSE;
      if (has_row)
        take_tie (self, decisions);
    }
  return TRUE;
}

/* The other members of a record's cluster. */
static gboolean
read_cluster (Settling    *self,
              guint32      number,
              CcStatement *current,
              CcStatement *others,
              GError     **error)
{
  gint64   cluster = 0;
  gboolean has_row;

  cc_statement_reset (current);
  cc_statement_bind_int64 (current, 1, g_array_index (self->records, gint64, number));
  if (!cc_statement_step (current, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  cluster = cc_statement_int64 (current, 0);
  g_array_index (self->clusters, gint64, number) = cluster;
  cc_statement_reset (others);
  cc_statement_bind_int64 (others, 1, cluster);
  while (has_row)
    {
      if (!cc_statement_step (others, &has_row, error))
        return FALSE;
      if (has_row)
        number_record (self, cc_statement_int64 (others, 0));
    }
  return TRUE;
}

static gboolean
read_verdicts (Settling *self, guint32 number, CcStatement *verdicts, GError **error)
{
  gint64   record = g_array_index (self->records, gint64, number);
  gboolean has_row = TRUE;

  cc_statement_reset (verdicts);
  cc_statement_bind_int64 (verdicts, 1, record);
  while (has_row)
    {
      gint64 other;

      if (!cc_statement_step (verdicts, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      other = cc_statement_int64 (verdicts, 1) == record ? cc_statement_int64 (verdicts, 2)
                                                         : cc_statement_int64 (verdicts, 1);
      /* Each verdict is met from both of its records; the one met first takes it. */
      if (!is_numbered (self, other) || number_record (self, other) > number)
        take_tie (self, verdicts);
      if (strcmp (cc_statement_text (verdicts, 3), "same") == 0)
        number_record (self, other);
    }
  return TRUE;
}

/* Walks from the records given over their clusters and "same" verdicts. */
static gboolean
read_tied (Settling *self, const gint64 *records, guint n_records, GError **error)
{
  g_autoptr (CcStatement) current =
      cc_connection_prepare (self->connection,
                             "SELECT cluster FROM membership WHERE record = ?1 AND to_act IS NULL",
                             error);
  g_autoptr (CcStatement) others = cc_connection_prepare (
      self->connection,
      "SELECT record FROM membership WHERE cluster = ?1 AND to_act IS NULL ORDER BY record", error);
  g_autoptr (CcStatement) verdicts =
      cc_connection_prepare (self->connection,
                             DECISION_COLUMNS
                             " WHERE a = ?1 AND superseded_by IS NULL UNION ALL " DECISION_COLUMNS
                             " WHERE b = ?1 AND superseded_by IS NULL ORDER BY 1",
                             error);

  if (!current || !others || !verdicts)
    return FALSE;
  for (guint i = 0; i < n_records; i++)
    number_record (self, records[i]);
  for (guint i = 0; i < self->records->len; i++)
    if (!read_cluster (self, i, current, others, error)
        || !read_verdicts (self, i, verdicts, error))
      return FALSE;
  return TRUE;
}

static int
order_ties (gconstpointer a, gconstpointer b)
{
  const Tie *x = a;
  const Tie *y = b;

  if (x->by_person != y->by_person)
    return x->by_person ? -1 : 1;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->id > y->id ? -1 : x->id < y->id;
}

static guint32
find_root (Settling *self, guint32 at)
{
  while (self->parents[at] != at)
    {
      self->parents[at] = self->parents[self->parents[at]];
      at = self->parents[at];
    }
  return at;
}

static void
bar (Settling *self, guint32 root, guint32 other)
{
  if (!self->barred[root])
    self->barred[root] = g_ptr_array_new ();
  g_ptr_array_add (self->barred[root], GUINT_TO_POINTER (other));
}

static gboolean
is_barred (Settling *self, guint32 from, guint32 to)
{
  for (guint i = 0; self->barred[from] && i < self->barred[from]->len; i++)
    if (find_root (self, GPOINTER_TO_UINT (self->barred[from]->pdata[i])) == to)
      return TRUE;
  return FALSE;
}

/* Both lists say the same, so the shorter one is asked. */
static gboolean
may_unite (Settling *self, guint32 a, guint32 b)
{
  guint na = self->barred[a] ? self->barred[a]->len : 0;
  guint nb = self->barred[b] ? self->barred[b]->len : 0;

  return na <= nb ? !is_barred (self, a, b) : !is_barred (self, b, a);
}

static void
unite (Settling *self, guint32 a, guint32 b)
{
  guint   na = self->barred[a] ? self->barred[a]->len : 0;
  guint   nb = self->barred[b] ? self->barred[b]->len : 0;
  guint32 keep = na >= nb ? a : b;
  guint32 lose = na >= nb ? b : a;

  self->parents[lose] = keep;
  for (guint i = 0; self->barred[lose] && i < self->barred[lose]->len; i++)
    bar (self, keep, GPOINTER_TO_UINT (self->barred[lose]->pdata[i]));
}

static void
unite_ties (Settling *self)
{
  guint n = self->records->len;

  self->parents = g_new (guint32, MAX (n, 1));
  self->barred = g_new0 (GPtrArray *, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->parents[i] = i;
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Tie *at = &g_array_index (self->bars, Tie, i);

      if (!is_numbered (self, at->a) || !is_numbered (self, at->b))
        continue;
      bar (self, number_record (self, at->a), number_record (self, at->b));
      bar (self, number_record (self, at->b), number_record (self, at->a));
    }
  g_array_sort (self->ties, order_ties);
  for (guint i = 0; i < self->ties->len; i++)
    {
      const Tie *at = &g_array_index (self->ties, Tie, i);
      guint32    a;
      guint32    b;

      if (!is_numbered (self, at->a) || !is_numbered (self, at->b))
        continue;
      a = find_root (self, number_record (self, at->a));
      b = find_root (self, number_record (self, at->b));
      if (a == b || !may_unite (self, a, b))
        continue;
      unite (self, a, b);
      g_array_append_val (self->used, i);
    }
}

typedef struct
{
  gint64  cluster;
  guint32 root;
  gint64  record;
} Place;

static int
order_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  if (x->root != y->root)
    return x->root < y->root ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

/* The group that keeps the cluster's number: that of its oldest record. */
static guint32
find_oldest_group (const Place *places, guint n)
{
  guint oldest = 0;

  for (guint i = 1; i < n; i++)
    if (places[i].record < places[oldest].record)
      oldest = i;
  return places[oldest].root;
}

/* Splits off all groups of one cluster but the one that keeps it. */
static gboolean
split_cluster (CcAct *act, const Place *places, guint n, GError **error)
{
  guint32            keep = find_oldest_group (places, n);
  g_autofree gint64 *records = g_new (gint64, n);

  for (guint first = 0, i = 0; i <= n; i++)
    {
      if (i < n && places[i].root == places[first].root)
        continue;
      if (places[first].root != keep)
        {
          for (guint k = first; k < i; k++)
            records[k - first] = places[k].record;
          if (!cc_act_split (act, places[first].cluster, records, i - first, 0, error))
            return FALSE;
        }
      first = i;
    }
  return TRUE;
}

static gboolean
split_clusters (Settling *self, CcAct *act, GError **error)
{
  guint             n = self->records->len;
  g_autofree Place *places = g_new (Place, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    places[i] = (Place){ g_array_index (self->clusters, gint64, i), find_root (self, i),
                         g_array_index (self->records, gint64, i) };
  if (!cc_sort (places, n, sizeof *places, order_places, 2, cc_act_get_cancellable (act)))
    return !g_cancellable_set_error_if_cancelled (cc_act_get_cancellable (act), error);
  for (guint first = 0, i = 1; i <= n; i++)
    {
      if (i < n && places[i].cluster == places[first].cluster)
        continue;
      if (places[first].cluster != 0 && places[first].root != places[i - 1].root
          && !split_cluster (act, places + first, i - first, error))
        return FALSE;
      first = i;
    }
  return TRUE;
}

typedef struct
{
  guint32 root;
  gint64  record;
  gint64  decision;
} Joined;

static int
order_joined (gconstpointer a, gconstpointer b)
{
  const Joined *x = a;
  const Joined *y = b;

  if (x->root != y->root)
    return x->root < y->root ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

/* Joins every group into the cluster of its oldest record. A membership is marked with a verdict
 * that ties its record into the group. */
static gboolean
join_groups (Settling *self, CcAct *act, GError **error)
{
  guint n = self->records->len;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Joined));
  g_autofree guint32 *sizes = g_new0 (guint32, MAX (n, 1));
  g_autofree gint64  *decisions = g_new0 (gint64, MAX (n, 1));
  gint64              keep = 0;

  for (guint i = 0; i < self->used->len; i++)
    {
      const Tie *tie = &g_array_index (self->ties, Tie, g_array_index (self->used, guint, i));

      decisions[number_record (self, tie->a)] = tie->id;
      decisions[number_record (self, tie->b)] = tie->id;
    }
  for (guint i = 0; i < n; i++)
    sizes[find_root (self, i)]++;
  for (guint i = 0; i < n; i++)
    {
      Joined at = { find_root (self, i), g_array_index (self->records, gint64, i), decisions[i] };

      if (sizes[at.root] > 1)
        g_array_append_val (all, at);
    }
  g_array_sort (all, order_joined);
  for (guint i = 0; i < all->len; i++)
    {
      const Joined *at = &g_array_index (all, Joined, i);
      gint64        cluster;

      if (i == 0 || at->root != at[-1].root)
        keep = 0;
      cluster = cc_act_find_cluster (act, at->record, error);
      if (cluster < 0)
        return FALSE;
      if (cluster == 0 || cluster == keep)
        continue;
      if (keep == 0)
        keep = cluster;
      else if (!cc_act_join (act, keep, cluster, at->decision, error))
        return FALSE;
    }
  return TRUE;
}

static void
clear_settling (Settling *self)
{
  for (guint i = 0; self->barred && i < self->records->len; i++)
    g_clear_pointer (&self->barred[i], g_ptr_array_unref);
  g_free (self->barred);
  g_free (self->parents);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_array_unref (self->records);
  g_array_unref (self->clusters);
  g_array_unref (self->ties);
  g_array_unref (self->bars);
  g_array_unref (self->used);
}

gboolean
cc_act_follow_verdicts (CcAct        *act,
                        const char   *kind,
                        const gint64 *records,
                        guint         n_records,
                        GArray       *touched,
                        GError      **error)
{
  Settling self = {
    .connection = cc_act_get_connection (act),
    .kind = kind,
    .numbers = records ? g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL) : NULL,
    .records = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .clusters = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .ties = g_array_new (FALSE, FALSE, sizeof (Tie)),
    .bars = g_array_new (FALSE, FALSE, sizeof (Tie)),
    .used = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
  gboolean ok;

  ok = records ? read_tied (&self, records, n_records, error) : read_all (&self, error);
  if (ok)
    {
      unite_ties (&self);
      ok = split_clusters (&self, act, error) && join_groups (&self, act, error);
    }
  if (ok && touched != NULL)
    g_array_append_vals (touched, self.records->data, self.records->len);
  clear_settling (&self);
  return ok;
}
