/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <stdlib.h>
#include <cc/base/cc-error.h>
#include <cc/linkage/cc-review.h>

char *
cc_link_find_kind (CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT unit FROM record WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (!find)
    return NULL;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (has_row)
    return g_strdup (cc_statement_text (find, 0));
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "A record of this decision is no longer in the case file. Nothing was "
                       "changed.");
  return NULL;
}

static gboolean
run_on_pair (CcConnection *connection, const char *sql, gint64 a, gint64 b, GError **error)
{
  g_autoptr (CcStatement) update = cc_connection_prepare (connection, sql, error);

  if (!update)
    return FALSE;
  cc_statement_bind_int64 (update, 1, MIN (a, b));
  cc_statement_bind_int64 (update, 2, MAX (a, b));
  return cc_statement_run (update, error);
}

gboolean
cc_link_close_proposals (CcConnection *connection, gint64 a, gint64 b, GError **error)
{
  return run_on_pair (connection,
                      "UPDATE proposal SET state = 'decided' WHERE a = ?1 AND b = ?2"
                      " AND state IN ('open', 'accepted')",
                      a, b, error);
}

/* Brings a pair that was decided back into the queue. */
static gboolean
reopen_proposals (CcConnection *connection, gint64 a, gint64 b, GError **error)
{
  return run_on_pair (connection,
                      "UPDATE proposal SET state = 'open' WHERE a = ?1 AND b = ?2"
                      " AND id = (SELECT max (id) FROM proposal WHERE a = ?1 AND b = ?2"
                      "  AND state = 'decided')",
                      a, b, error);
}

#define CLUSTER_OF(record)                                                                         \
  "(SELECT cluster FROM membership WHERE record = proposal." record " AND to_act IS NULL)"

/* Proposals between records that are in one cluster now need no answer; those that a split has
 * parted do again. Only those of the records touched are looked at: the queue may be long. */
static gboolean
refresh_proposals (CcConnection *connection, GArray *touched, GError **error)
{
  static const char *const updates[] = {
    "UPDATE proposal SET state = 'accepted' WHERE (a = ?1 OR b = ?1) AND state = 'open'"
    " AND " CLUSTER_OF ("a") " = " CLUSTER_OF ("b"),
    "UPDATE proposal SET state = 'open' WHERE (a = ?1 OR b = ?1) AND state = 'accepted'"
    " AND " CLUSTER_OF ("a") " <> " CLUSTER_OF ("b"),
  };

  for (guint k = 0; k < G_N_ELEMENTS (updates); k++)
    {
      g_autoptr (CcStatement) update = cc_connection_prepare (connection, updates[k], error);

      if (!update)
        return FALSE;
      for (guint i = 0; i < touched->len; i++)
        {
          cc_statement_bind_int64 (update, 1, g_array_index (touched, gint64, i));
          if (!cc_statement_run (update, error))
            return FALSE;
          cc_statement_reset (update);
        }
    }
  return TRUE;
}

static gboolean
add_decision (CcAct              *act,
              const char         *kind,
              const CcReviewPair *pair,
              CcVerdict           verdict,
              const char         *reason,
              GError            **error)
{
  CcConnection  *connection = cc_act_get_connection (act);
  CcPairDecision decision = { .kind = (char *) kind,
                              .a = MIN (pair->a, pair->b),
                              .b = MAX (pair->a, pair->b),
                              .verdict = verdict,
                              .reason = (char *) reason,
                              .source = (char *) "review" };

  return cc_act_add_decision (act, &decision, error)
         && (verdict == CC_VERDICT_UNDECIDED
                 ? reopen_proposals (connection, pair->a, pair->b, error)
                 : cc_link_close_proposals (connection, pair->a, pair->b, error));
}

/**
 * cc_act_decide:
 * @pairs: (array length=n_pairs): records of one unit
 * @reason: (nullable): in the reviewer's words
 *
 * Stores one verdict on each pair and brings the clusters in line with them. "Different" and
 * "related" split a cluster that holds both records, where the ties of the accept level and older
 * verdicts give way first; "undecided" takes back an earlier verdict and leaves the pair in the
 * queue, marked.
 */
gboolean
cc_act_decide (CcAct              *act,
               const CcReviewPair *pairs,
               guint               n_pairs,
               CcVerdict           verdict,
               const char         *reason,
               GError            **error)
{
  CcConnection    *connection = cc_act_get_connection (act);
  g_autofree char *kind = NULL;
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (n_pairs > 0, FALSE);
  kind = cc_link_find_kind (connection, pairs[0].a, error);
  if (!kind)
    return FALSE;
  for (guint i = 0; i < n_pairs; i++)
    {
      if (!add_decision (act, kind, &pairs[i], verdict, reason, error))
        return FALSE;
      g_array_append_val (records, pairs[i].a);
      g_array_append_val (records, pairs[i].b);
    }
  return cc_act_follow_verdicts (act, kind, (const gint64 *) records->data, records->len, touched,
                                 error)
         && refresh_proposals (connection, touched, error);
}

/* The records of one item: which person each belongs to, and how probable each pair is. */
typedef struct
{
  CcReviewPair pair;
  guint        i;
  guint        j;
  gboolean     proposed; /* waits in the queue */
  double       probability;
} Link;

static int
order_links (gconstpointer x, gconstpointer y)
{
  const Link *a = x;
  const Link *b = y;

  if (a->probability != b->probability)
    return a->probability > b->probability ? -1 : 1;
  if (a->i != b->i)
    return a->i < b->i ? -1 : 1;
  return a->j < b->j ? -1 : a->j > b->j;
}

static gboolean
read_link (CcConnection *connection, Link *link, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT max (probability) FROM proposal WHERE a = ?1 AND b = ?2"
                             " AND state = 'open'",
                             error);
  gboolean has_row;

  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, link->pair.a);
  cc_statement_bind_int64 (find, 2, link->pair.b);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  link->proposed = has_row && !cc_statement_is_null (find, 0);
  link->probability = link->proposed ? cc_statement_double (find, 0) : 0;
  return TRUE;
}

/* The pairs of records that are in different clusters, the most probable first. */
static GArray *
read_links (CcAct *act, const gint64 *records, guint n_records, GError **error)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  g_autofree gint64 *clusters = g_new (gint64, MAX (n_records, 1));

  for (guint i = 0; i < n_records; i++)
    {
      clusters[i] = cc_act_find_cluster (act, records[i], error);
      if (clusters[i] < 0)
        return NULL;
    }
  for (guint i = 0; i < n_records; i++)
    for (guint j = i + 1; j < n_records; j++)
      {
        Link link = { { MIN (records[i], records[j]), MAX (records[i], records[j]) },
                      i,
                      j,
                      FALSE,
                      0 };

        if (clusters[i] == clusters[j])
          continue;
        if (!read_link (cc_act_get_connection (act), &link, error))
          return NULL;
        g_array_append_val (links, link);
      }
  g_array_sort (links, order_links);
  return g_steal_pointer (&links);
}

static guint
find_root (guint *parents, guint at)
{
  while (parents[at] != at)
    at = parents[at] = parents[parents[at]];
  return at;
}

/* As few ties as make all one, the most probable ones: each can be taken back by itself later. */
static void
choose_ties (GArray *links, const gint64 *clusters, guint n_records, GArray *pairs)
{
  g_autofree guint *parents = g_new (guint, n_records);

  for (guint i = 0; i < n_records; i++)
    {
      parents[i] = i;
      for (guint j = 0; j < i && parents[i] == i; j++)
        if (clusters[j] == clusters[i])
          parents[i] = j;
    }
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);
      const guint a = find_root (parents, link->i);
      const guint b = find_root (parents, link->j);

      if (a == b)
        continue;
      parents[MAX (a, b)] = MIN (a, b);
      g_array_append_val (pairs, link->pair);
    }
}

/* An earlier "different" wins over a new "same" elsewhere in the group: then nothing may seem to be
 * joined that is not. */
static gboolean
check_joined (CcAct *act, const gint64 *records, guint n_records, GError **error)
{
  const gint64 first = cc_act_find_cluster (act, records[0], error);

  if (first < 0)
    return FALSE;
  for (guint i = 1; i < n_records; i++)
    {
      const gint64 cluster = cc_act_find_cluster (act, records[i], error);

      if (cluster < 0)
        return FALSE;
      if (cluster == first)
        continue;
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                           "An earlier decision says that two of these records are different "
                           "persons, so they cannot all be one. Nothing was changed. Take that "
                           "decision back first, or take one record out of the group.");
      return FALSE;
    }
  return TRUE;
}

static gint64 *
read_clusters (CcAct *act, const gint64 *records, guint n_records, GError **error)
{
  g_autofree gint64 *clusters = g_new (gint64, n_records);

  for (guint i = 0; i < n_records; i++)
    {
      clusters[i] = cc_act_find_cluster (act, records[i], error);
      if (clusters[i] < 0)
        return NULL;
    }
  return g_steal_pointer (&clusters);
}

/**
 * cc_act_decide_records:
 * @records: (array length=n_records): the records of one item of the queue
 * @reason: (nullable): in the reviewer's words
 *
 * One verdict on all: they are one person, each another person's, related, or it cannot be told
 * (the pairs that wait keep waiting, marked).
 *
 * Returns: %FALSE with %CC_ERROR_REFUSED where an earlier "different" forbids that they are one
 */
gboolean
cc_act_decide_records (CcAct        *act,
                       const gint64 *records,
                       guint         n_records,
                       CcVerdict     verdict,
                       const char   *reason,
                       GError      **error)
{
  g_autofree gint64 *clusters = NULL;
  g_autoptr (GArray) links = NULL;
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (CcReviewPair));

  g_return_val_if_fail (n_records >= 2, FALSE);
  clusters = read_clusters (act, records, n_records, error);
  links = clusters != NULL ? read_links (act, records, n_records, error) : NULL;
  if (links == NULL)
    return FALSE;
  if (verdict == CC_VERDICT_SAME)
    choose_ties (links, clusters, n_records, pairs);
  else
    for (guint i = 0; i < links->len; i++)
      {
        const Link *link = &g_array_index (links, Link, i);

        if (verdict != CC_VERDICT_UNDECIDED || link->proposed)
          g_array_append_val (pairs, link->pair);
      }
  if (pairs->len == 0)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           "There is nothing left to decide here: these records have been decided "
                           "meanwhile. Nothing was changed.");
      return FALSE;
    }
  return cc_act_decide (act, (const CcReviewPair *) pairs->data, pairs->len, verdict, reason, error)
         && (verdict != CC_VERDICT_SAME || check_joined (act, records, n_records, error));
}

/**
 * cc_act_take_out:
 * @others: (array length=n_others): records that @record is not one with
 * @reason: (nullable): in the reviewer's words
 *
 * Says that a record belongs to another person than the others do, and splits it off where it was
 * one with them.
 */
gboolean
cc_act_take_out (CcAct        *act,
                 gint64        record,
                 const gint64 *others,
                 guint         n_others,
                 const char   *reason,
                 GError      **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (CcReviewPair));

  for (guint i = 0; i < n_others; i++)
    if (others[i] != record)
      {
        CcReviewPair pair = { MIN (record, others[i]), MAX (record, others[i]) };

        g_array_append_val (pairs, pair);
      }
  g_return_val_if_fail (pairs->len > 0, FALSE);
  return cc_act_decide (act, (const CcReviewPair *) pairs->data, pairs->len, CC_VERDICT_DIFFERENT,
                        reason, error);
}
