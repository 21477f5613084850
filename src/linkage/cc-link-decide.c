/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/linkage/cc-review.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-records.h>

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const guint8 *uuid_a;
  const guint8 *uuid_b;
  CcVerdict     verdict;
  const char   *reason;
  guint        *persons;
} Decision;

static gint64
find_record (CcConnection *connection, const guint8 uuid[16], GError **error)
{
  GError *problem = NULL;
  gint64  record = cc_store_find_uuid (connection, uuid, &problem);

  if (problem)
    g_propagate_error (error, problem);
  else if (record <= 0)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                         "There is no record with this key in the case file. Nothing was changed.");
  return MAX (record, 0);
}

static gboolean
write_decision (CcAct *act, gpointer data, GError **error)
{
  Decision        *self = data;
  CcConnection    *connection = cc_act_get_connection (act);
  CcReviewPair     pair;
  g_autofree char *kind = NULL;
  GError          *problem = NULL;

  pair.a = find_record (connection, self->uuid_a, error);
  pair.b = pair.a ? find_record (connection, self->uuid_b, error) : 0;
  kind = pair.b ? cc_link_find_kind (connection, pair.a, error) : NULL;
  if (!kind || !cc_act_decide (act, &pair, 1, self->verdict, self->reason, error))
    return FALSE;
  *self->persons = cc_link_count_clusters (connection, kind, &problem);
  if (problem)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cc_link_decide:
 * @reason: (nullable): in the reviewer's words
 * @persons: (out): clusters of the unit after the act
 *
 * Stores a person's verdict and brings the clusters in line with it in one act. "Different" and
 * "related" split a cluster that holds both records, where the ties of the accept level and older
 * verdicts give way first; "undecided" takes back an earlier verdict and leaves the pair in the
 * queue, marked.
 */
gboolean
cc_link_decide (CcCaseFile   *file,
                const guint8  uuid_a[16],
                const guint8  uuid_b[16],
                CcVerdict     verdict,
                const char   *reason,
                guint        *persons,
                GCancellable *cancellable,
                GError      **error)
{
  Decision decision = { uuid_a, uuid_b, verdict, reason, persons };

  *persons = 0;
  return cc_case_file_act (file, "decide", write_decision, &decision, cancellable, error);
}

typedef struct
{
  gint64  record;
  guint32 group;
} Member;

typedef struct
{
  const char         *kind;
  const CcLinkMember *members;
  guint               n_members;
  const char         *reason;
  guint              *persons;
} Imposition;

static int
order_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;

  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

static gboolean
add_key_decision (Imposition *self,
                  CcAct      *act,
                  gint64      a,
                  gint64      b,
                  CcVerdict   verdict,
                  GError    **error)
{
  CcPairDecision decision = { .kind = (char *) self->kind,
                              .a = MIN (a, b),
                              .b = MAX (a, b),
                              .verdict = verdict,
                              .reason = (char *) self->reason,
                              .source = (char *) "key" };

  return cc_act_add_decision (act, &decision, error);
}

/* Each group is tied as a chain in the order of records. */
static gboolean
tie_groups (Imposition *self, CcAct *act, const Member *members, GError **error)
{
  for (guint i = 1; i < self->n_members; i++)
    if (members[i].group == members[i - 1].group && members[i].record != members[i - 1].record
        && !add_key_decision (self, act, members[i - 1].record, members[i].record, CC_VERDICT_SAME,
                              error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  gint64 a;
  gint64 b;
} Parted;

/* Pairs that something ties or proposes, though the groups say they are two. */
static gboolean
collect_parted (Imposition   *self,
                CcConnection *connection,
                GHashTable   *groups,
                GArray       *parted,
                GError      **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection,
      "SELECT a, b FROM pair_decision WHERE kind = ?1 AND superseded_by IS NULL"
      " AND verdict IN ('same', 'undecided')"
      " UNION SELECT a, b FROM proposal WHERE kind = ?1 AND state IN ('open', 'accepted')"
      " ORDER BY 1, 2",
      error);
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_text (rows, 1, self->kind);
  while (has_row)
    {
      Parted        pair;
      const Member *a;
      const Member *b;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      pair = (Parted){ cc_statement_int64 (rows, 0), cc_statement_int64 (rows, 1) };
      a = g_hash_table_lookup (groups, &pair.a);
      b = g_hash_table_lookup (groups, &pair.b);
      if (a && b && a->group != b->group)
        g_array_append_val (parted, pair);
    }
  return TRUE;
}

static gboolean
close_all_proposals (Imposition *self, CcConnection *connection, GHashTable *groups, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT a, b FROM proposal WHERE kind = ?1 AND state IN ('open', "
                             "'accepted') ORDER BY id",
                             error);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Parted));
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_text (rows, 1, self->kind);
  while (has_row)
    {
      Parted pair;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      pair = (Parted){ cc_statement_int64 (rows, 0), cc_statement_int64 (rows, 1) };
      if (g_hash_table_contains (groups, &pair.a) && g_hash_table_contains (groups, &pair.b))
        g_array_append_val (pairs, pair);
    }
  cc_statement_reset (rows);
  for (guint i = 0; i < pairs->len; i++)
    if (!cc_link_close_proposals (connection, g_array_index (pairs, Parted, i).a,
                                  g_array_index (pairs, Parted, i).b, error))
      return FALSE;
  return TRUE;
}

static Member *
find_members (Imposition *self, CcConnection *connection, GError **error)
{
  g_autofree Member *members = g_new (Member, MAX (self->n_members, 1));

  for (guint i = 0; i < self->n_members; i++)
    {
      members[i].group = self->members[i].group;
      members[i].record = find_record (connection, self->members[i].uuid, error);
      if (members[i].record == 0)
        return NULL;
    }
  qsort (members, self->n_members, sizeof *members, order_members);
  return g_steal_pointer (&members);
}

static gboolean
write_imposition (CcAct *act, gpointer data, GError **error)
{
  Imposition        *self = data;
  CcConnection      *connection = cc_act_get_connection (act);
  g_autofree Member *members = find_members (self, connection, error);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) parted = g_array_new (FALSE, FALSE, sizeof (Parted));
  GError *problem = NULL;

  if (!members)
    return FALSE;
  for (guint i = 0; i < self->n_members; i++)
    g_hash_table_insert (groups, &members[i].record, &members[i]);
  if (!collect_parted (self, connection, groups, parted, error))
    return FALSE;
  for (guint i = 0; i < parted->len; i++)
    if (!add_key_decision (self, act, g_array_index (parted, Parted, i).a,
                           g_array_index (parted, Parted, i).b, CC_VERDICT_DIFFERENT, error))
      return FALSE;
  if (!tie_groups (self, act, members, error)
      || !close_all_proposals (self, connection, groups, error)
      || !cc_act_follow_verdicts (act, self->kind, NULL, 0, NULL, error))
    return FALSE;
  *self->persons = cc_link_count_clusters (connection, self->kind, &problem);
  if (problem)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cc_link_impose:
 * @members: (array length=n_members): which group each record belongs to
 * @reason: (nullable): kept with each verdict
 * @persons: (out): clusters of the unit after the act
 *
 * Writes in one act the verdicts that make the clusters equal the groups: "same" within each, and
 * "different" between groups where something ties or proposes a pair. Proposals among the records
 * named are decided.
 */
gboolean
cc_link_impose (CcCaseFile         *file,
                const char         *unit,
                const CcLinkMember *members,
                guint               n_members,
                const char         *reason,
                guint              *persons,
                GCancellable       *cancellable,
                GError            **error)
{
  Imposition imposition = { cc_link_get_kind (file, unit, error), members, n_members, reason,
                            persons };

  *persons = 0;
  return imposition.kind
         && cc_case_file_act (file, "decide", write_imposition, &imposition, cancellable, error);
}
