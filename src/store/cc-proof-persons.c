/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-wake-private.h"

#include <stdlib.h>

/* Which records are one person or event decides how many are counted. Each membership must have a
 * reason in the history: an act that kept it, the words that an act noted for each record it moved,
 * or that the record was new. A new record is a person of its own, and numbers are given in order:
 * so of those without any other reason each must be alone the first of its cluster, and clusters,
 * records and memberships must rise together. */

/* Numbers of clusters beyond this are no numbers of clusters. */
#define MAX_CLUSTERS 100000000

typedef struct
{
  gint64   id;
  gint64   record;
  gint64   cluster;
  gint64   to; /* the act that ended it, 0: it goes on */
  guint32  from;
  guint32  previous; /* the one before of the same record, +1 */
  gboolean decided;  /* names a decision as its reason */
  gboolean starts;   /* needs a cluster of its own */
  gboolean bad;
} Member;

typedef struct
{
  gint64   merged_into;
  gint64   last_to; /* when its newest ended membership ended */
  guint32  n_members;
  gboolean owned; /* somebody was the first in it */
  gboolean exists;
} Cluster;

typedef struct
{
  CcProof *proof;
  GArray  *members;  /* Member, in order of their ids */
  GArray  *clusters; /* Cluster, by id */
  guint32 *last;     /* by record: its newest membership, +1 */
  gint64   greatest; /* cluster so far */
} Persons;

static CcProofMove *
find_move (CcProof *self, gint64 record, gint64 seq, gint64 to)
{
  const CcProofMove wanted = { record, 0, to, seq, FALSE };

  return g_hash_table_lookup (self->moves, &wanted);
}

static void
tell_record (Persons *self, gint64 record)
{
  CcProofRecord   *known = cc_proof_get_record (self->proof, record);
  g_autofree char *name = NULL;

  if (known != NULL && (known->flags & CC_PROOF_FOREIGN) != 0)
    return;
  if (known != NULL)
    known->flags |= CC_PROOF_FOREIGN;
  name = cc_proof_name_record (self->proof, record);
  cc_proof_tell (self->proof, CC_PROOF_OF_PERSONS,
                 "%s: which person or event it is counted as was changed " CC_PROOF_BY_OTHERS
                 ". " CC_PROOF_ADVICE,
                 name);
}

/* NULL where there is none. */
static Cluster *
find_cluster (Persons *self, gint64 id)
{
  Cluster *cluster = id > 0 && id < (gint64) self->clusters->len
                         ? &g_array_index (self->clusters, Cluster, id)
                         : NULL;

  return cluster != NULL && cluster->exists ? cluster : NULL;
}

/* What the cluster was part of when an act began: as it is now, but for what was done since. */
static gint64
find_whole (Persons *self, gint64 id, gint64 seq)
{
  const Cluster *cluster = find_cluster (self, id);
  GArray        *joins = g_hash_table_lookup (self->proof->joins, &id);
  gint64         whole = cluster != NULL ? cluster->merged_into : 0;

  for (guint i = 0; joins != NULL && i < joins->len; i++)
    {
      const CcProofJoin *join = &g_array_index (joins, CcProofJoin, i);

      if (join->seq <= seq)
        break;
      whole = join->before;
    }
  return whole;
}

/* Whether what the program knew of the record when it woke led there. */
static gboolean
leads_to (Persons *self, gint64 cluster, gint64 wanted, gint64 seq)
{
  for (guint i = 0; cluster != 0 && i < self->members->len; i++)
    {
      if (cluster == wanted)
        return TRUE;
      cluster = find_whole (self, cluster, seq);
    }
  return FALSE;
}

/* Whether an act says that the record left the counts, or came back into them. */
static gboolean
has_word (Persons  *self,
          gint64    record,
          gint64    seq,
          gboolean  leaves,
          gboolean *found,
          GError  **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->proof->connection,
                             "SELECT 1 FROM audit_change WHERE tbl = 'record'"
                             " AND key = CAST (?1 AS TEXT) AND before IS NOT NULL AND seq = ?2"
                             " AND (after = 'withdrawn') = ?3",
                             error);

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, record);
  cc_statement_bind_int64 (find, 2, seq);
  cc_statement_bind_int64 (find, 3, leaves);
  return cc_statement_step (find, found, error);
}

static gboolean
is_kept (Persons *self, const Member *member)
{
  return cc_proof_get_cover (self->proof, "membership", member->id, "cluster") == CC_PROOF_EXACT;
}

/* Nobody decided about a record that comes, or comes back. */
static gboolean
is_decided (Persons *self, const Member *member)
{
  return member->decided
         && cc_proof_get_cover (self->proof, "membership", member->id, "decision")
                != CC_PROOF_EXACT;
}

/* It came with its record, in the act that brought that. */
static void
take_first (Persons *self, Member *member)
{
  const CcProofRecord *known = cc_proof_get_record (self->proof, member->record);

  member->starts = TRUE;
  member->bad = is_decided (self, member)
                || (known != NULL && known->brought != 0 && known->brought != member->from);
}

/* Whether the record came back to a place where it was before, as far back as somebody put it
 * there, or to what that was part of then. */
static gboolean
came_back (Persons *self, const Member *member, gboolean *came, GError **error)
{
  const Member *before = member;
  gboolean      moved = FALSE;

  *came = FALSE;
  while (!*came && !moved && before->previous != 0)
    {
      before = &g_array_index (self->members, Member, before->previous - 1);
      *came = leads_to (self, before->cluster, member->cluster, member->from);
      if (!*came
          && !cc_wake_was_moved (self->proof->connection, before->record, before->from, &moved,
                                 error))
        return FALSE;
    }
  return TRUE;
}

/* A record that was withdrawn came back: to where it was, or to a person of its own. */
static gboolean
take_woken (Persons *self, Member *member, const Member *before, GError **error)
{
  gboolean found;
  gboolean came;

  if (!has_word (self, member->record, member->from, FALSE, &found, error)
      || !came_back (self, member, &came, error))
    return FALSE;
  member->bad = !found || before->to == 0 || before->to > member->from || is_decided (self, member);
  member->starts = !came;
  return TRUE;
}

static gboolean
take_beginning (Persons *self, Member *member, GError **error)
{
  const Member *before =
      member->previous != 0 ? &g_array_index (self->members, Member, member->previous - 1) : NULL;
  CcProofMove *move;

  if (is_kept (self, member))
    return TRUE;
  move = find_move (self->proof, member->record, member->from, member->cluster);
  if (move != NULL)
    {
      move->used = TRUE;
      member->bad = before == NULL || before->to != member->from || before->cluster != move->from;
      return TRUE;
    }
  /* A package begins with the persons of another file. */
  if (self->proof->copied && member->from == 1)
    return TRUE;
  if (before != NULL)
    return take_woken (self, member, before, error);
  take_first (self, member);
  return TRUE;
}

static gboolean
take_end (Persons *self, Member *member, gint64 next_from, gint64 next_cluster, GError **error)
{
  const CcProofMove *move;
  gboolean           found = FALSE;

  if (member->to == 0
      || cc_proof_get_cover (self->proof, "membership", member->id, "to_act") == CC_PROOF_EXACT)
    return TRUE;
  move = next_from == member->to ? find_move (self->proof, member->record, member->to, next_cluster)
                                 : NULL;
  if (move != NULL && move->from == member->cluster)
    return TRUE;
  if (!has_word (self, member->record, member->to, TRUE, &found, error))
    return FALSE;
  member->bad = member->bad || !found;
  return TRUE;
}

/* ---- in order ---- */

/* Of the memberships that need a cluster of their own, as many as can be stay in rising order of
 * records and clusters; the others are those that somebody put elsewhere. */
static void
mark_out_of_order (Persons *self)
{
  const guint        n = self->members->len;
  g_autofree guint  *tails = g_new (guint, n + 1); /* by length: the member it ends with */
  g_autofree guint  *before = g_new (guint, n + 1);
  g_autofree guint8 *stays = g_new0 (guint8, n + 1);
  guint              length = 0;

  for (guint i = 0; i < n; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);
      guint         low = 0;
      guint         high = length;

      if (!member->starts || member->bad)
        continue;
      while (low < high)
        {
          const guint middle = (low + high) / 2;

          if (g_array_index (self->members, Member, tails[middle]).cluster < member->cluster)
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? tails[low - 1] : G_MAXUINT;
      tails[low] = i;
      length = MAX (length, low + 1);
    }
  for (guint i = length > 0 ? tails[length - 1] : G_MAXUINT; i != G_MAXUINT; i = before[i])
    stays[i] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      Member *member = &g_array_index (self->members, Member, i);

      member->bad = member->bad || (member->starts && !stays[i]);
    }
}

/* Records that came with their membership rise with it. */
static void
mark_exchanged (Persons *self)
{
  const Member *last = NULL;

  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = &g_array_index (self->members, Member, i);

      if (!member->starts || member->bad || member->previous != 0)
        continue;
      member->bad = last != NULL && member->record <= last->record;
      if (!member->bad)
        last = member;
    }
}

/* Whoever is first in a cluster must have made it. */
static void
check_owners (Persons *self)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      Member  *member = &g_array_index (self->members, Member, i);
      Cluster *cluster = find_cluster (self, member->cluster);

      if (cluster == NULL)
        member->bad = TRUE;
      if (member->bad)
        continue;
      /* It was made by a split; but numbers are given in order. */
      if (!cluster->owned && !member->starts && !is_kept (self, member)
          && !(self->proof->copied && member->from == 1) && member->cluster < self->greatest)
        member->bad = TRUE;
      else if (cluster->owned && member->starts)
        member->bad = TRUE;
      cluster->owned = TRUE;
      self->greatest = MAX (self->greatest, member->cluster);
    }
}

static void
check_moves (Persons *self)
{
  GHashTableIter iter;
  gpointer       key;
  g_autoptr (GList) lost = NULL;

  g_hash_table_iter_init (&iter, self->proof->moves);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!((CcProofMove *) key)->used)
      lost = g_list_prepend (lost, key);
  for (GList *each = lost; each != NULL; each = each->next)
    tell_record (self, ((CcProofMove *) each->data)->record);
}

/* ---- clusters ---- */

static void
tell_cluster (Persons *self, gint64 id)
{
  cc_proof_tell (self->proof, CC_PROOF_OF_PERSONS,
                 "Which records are one person (cluster %" G_GINT64_FORMAT
                 "): it was changed " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                 id);
}

/* Into which one the cluster went when its last members were moved; 0: they left the counts. */
static gint64
find_successor (Persons *self, gint64 id, const Cluster *cluster)
{
  const CcProofMove *move = g_hash_table_lookup (self->proof->leaving, &id);

  if (move == NULL || cluster->n_members > 0 || move->seq != cluster->last_to)
    return 0;
  return move->to;
}

static void
check_cluster (Persons *self, gint64 id, const Cluster *cluster, gint64 state)
{
  const CcProofCover kept = cc_proof_get_cover (self->proof, "cluster", id, "merged_into");

  if (self->proof->copied && !self->proof->began && kept == CC_PROOF_NOT_SAID
      && cluster->merged_into == 0)
    return;
  if (!cluster->owned || (state != 0) != (cluster->n_members == 0)
      || (kept != CC_PROOF_EXACT && cluster->merged_into != find_successor (self, id, cluster)))
    tell_cluster (self, id);
}

static void
add_cluster (Persons *self, gint64 id, gint64 merged_into)
{
  if (id <= 0 || id > MAX_CLUSTERS)
    {
      tell_cluster (self, id);
      return;
    }
  if (id >= (gint64) self->clusters->len)
    g_array_set_size (self->clusters, (guint) (id + id / 2 + 1));
  g_array_index (self->clusters, Cluster, id).exists = TRUE;
  g_array_index (self->clusters, Cluster, id).merged_into = merged_into;
}

static gboolean
read_clusters (Persons *self, gboolean check, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->proof->connection,
                                "SELECT id, state, merged_into FROM cluster ORDER BY id", error);
  while (rows != NULL && has_row)
    {
      gint64 id;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      id = cc_statement_int64 (rows, 0);
      if (!check)
        add_cluster (self, id, cc_statement_int64 (rows, 2));
      else if (find_cluster (self, id) != NULL)
        check_cluster (self, id, find_cluster (self, id), cc_statement_int64 (rows, 1));
    }
  return rows != NULL;
}

/* ---- all together ---- */

static void
take_member (Persons *self, Member *member)
{
  Cluster     *cluster = find_cluster (self, member->cluster);
  const gint64 index = member->record;

  if (index > 0 && index < (gint64) self->proof->records->len)
    {
      member->previous = self->last[index];
      self->last[index] = self->members->len + 1;
    }
  if (cluster != NULL && member->to == 0)
    cluster->n_members++;
  else if (cluster != NULL && member->to >= cluster->last_to)
    cluster->last_to = member->to;
  g_array_append_val (self->members, *member);
}

static gboolean
read_members (Persons *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->proof->connection,
                                "SELECT id, record, cluster, from_act, to_act, decision"
                                " FROM membership ORDER BY id",
                                error);
  while (rows != NULL && has_row)
    {
      Member member = { 0 };

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      member.id = cc_statement_int64 (rows, 0);
      member.record = cc_statement_int64 (rows, 1);
      member.cluster = cc_statement_int64 (rows, 2);
      member.from = (guint32) cc_statement_int64 (rows, 3);
      member.to = cc_statement_int64 (rows, 4);
      member.decided = !cc_statement_is_null (rows, 5);
      take_member (self, &member);
    }
  return rows != NULL;
}

static gboolean
check_members (Persons *self, GError **error)
{
  g_autofree guint32 *next = g_new0 (guint32, self->members->len + 1);

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      if (member->previous != 0)
        next[member->previous - 1] = i + 1;
    }
  for (guint i = 0; i < self->members->len; i++)
    {
      Member       *member = &g_array_index (self->members, Member, i);
      const Member *after =
          next[i] != 0 ? &g_array_index (self->members, Member, next[i] - 1) : NULL;

      if (!take_beginning (self, member, error)
          || !take_end (self, member, after != NULL ? after->from : 0,
                        after != NULL ? after->cluster : 0, error))
        return FALSE;
      member->bad = member->bad || (after != NULL && member->to == 0);
    }
  mark_out_of_order (self);
  mark_exchanged (self);
  check_owners (self);
  for (guint i = 0; i < self->members->len; i++)
    if (g_array_index (self->members, Member, i).bad)
      tell_record (self, g_array_index (self->members, Member, i).record);
  return TRUE;
}

/* Whoever counts is somebody, and whoever does not is nobody. */
static void
check_counted (Persons *self)
{
  for (guint i = 1; i < self->proof->records->len; i++)
    {
      const CcProofRecord *known = &g_array_index (self->proof->records, CcProofRecord, i);
      const gboolean       counts =
          (known->flags & CC_PROOF_PERSON) != 0 && (known->flags & CC_PROOF_OUT) == 0;
      const gboolean is_somebody =
          self->last[i] != 0 && g_array_index (self->members, Member, self->last[i] - 1).to == 0;

      if ((known->flags & CC_PROOF_SEEN) != 0 && counts != is_somebody)
        tell_record (self, i);
    }
}

/* Victims are one with victims. */
static gboolean
check_kinds (Persons *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->proof->connection,
                             "SELECT m.record FROM membership m JOIN record r ON r.id = m.record"
                             " JOIN cluster c ON c.id = m.cluster WHERE c.kind <> r.unit",
                             error);
  g_autoptr (GArray) records = rows != NULL ? cc_statement_list_ids (rows, error) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    tell_record (self, g_array_index (records, gint64, i));
  return records != NULL;
}

gboolean
cc_proof_check_persons (CcProof *proof, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GArray) clusters = g_array_new (FALSE, TRUE, sizeof (Cluster));
  g_autofree guint32 *last = g_new0 (guint32, proof->records->len);
  Persons             self = { proof, members, clusters, last, 0 };

  cc_progress_begin (proof->progress, "progress.verify", 0);
  if (!read_clusters (&self, FALSE, error) || !read_members (&self, error)
      || !check_members (&self, error) || !check_kinds (&self, error))
    return FALSE;
  check_moves (&self);
  check_counted (&self);
  /* What was done to a record leaves its cluster as it cannot be, too. */
  return proof->n_told[CC_PROOF_OF_PERSONS] > 0 || proof->n_told[CC_PROOF_OF_RECORDS] > 0
         || read_clusters (&self, TRUE, error);
}
