/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Which records are one person or event. Both sides are partitions of records. Of each pair that
 * they see differently the side counts that changed it since both last agreed; what follows from
 * pairs that belong together is closed. Where that would join what one side set apart, the side
 * that moved records last decides for the whole group, and the group goes into the queue. */

typedef struct
{
  gint64   record; /* here */
  gint64   here;   /* cluster here; 0: the record came with this merge */
  gint64   there;  /* cluster there; 0: the record is not known there */
  gint64   base;   /* cluster when both last agreed; 0: not known */
  gint64   here_time;
  gint64   there_time; /* when it was moved since; 0: it was not */
  gboolean here_moved, there_moved;
  guint    group; /* representative of what belongs together: an index */
} Member;

typedef struct
{
  CcMerge     *merge;
  GArray      *members;   /* Member, by record */
  GHashTable  *by_record; /* record to index + 1 */
  CcStatement *bar;       /* finds a verdict that stands and says that two are not one */
} Persons;

static Member *
get (Persons *self, guint index)
{
  return &g_array_index (self->members, Member, index);
}

static Member *
find_member (Persons *self, gint64 record)
{
  const guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_record, &record));

  return index != 0 ? get (self, index - 1) : NULL;
}

/* Live records of both files with the person they are. */
static gboolean
load_here (Persons *self, GError **error)
{
  CcMerge *merge = self->merge;
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (merge->here,
                             "SELECT record, cluster FROM membership WHERE to_act IS NULL"
                             " ORDER BY record",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      Member         member = { 0 };
      const CcTouch *touch;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      member.record = cc_statement_int64 (rows, 0);
      if (!g_hash_table_contains (merge->added, &member.record))
        member.here = cc_statement_int64 (rows, 1);
      touch = cc_touches_find (merge->here_touches->members, member.record);
      member.here_moved = touch != NULL;
      member.here_time = touch != NULL ? touch->time : 0;
      member.group = self->members->len;
      g_array_append_val (self->members, member);
      g_hash_table_insert (self->by_record, g_memdup2 (&member.record, sizeof member.record),
                           GUINT_TO_POINTER (self->members->len));
    }
  return TRUE;
}

static gboolean
load_there (Persons *self, GError **error)
{
  CcMerge *merge = self->merge;
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (merge->there,
                             "SELECT record, cluster FROM membership WHERE to_act IS NULL", error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      Member        *member;
      const CcTouch *touch;
      gint64         record;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      record = cc_statement_int64 (rows, 0);
      member = find_member (self, cc_merge_find (merge, "record", record));
      if (member == NULL)
        continue;
      member->there = cc_statement_int64 (rows, 1);
      touch = cc_touches_find (merge->there_touches->members, record);
      member->there_moved = touch != NULL;
      member->there_time = touch != NULL ? touch->time : 0;
    }
  return TRUE;
}

/* Memberships are never overwritten: an earlier state can be read from them. Of the two states that
 * the other side has seen the later one counts. */
static gboolean
load_base (Persons *self, GError **error)
{
  CcMerge       *merge = self->merge;
  const gboolean theirs = cc_lineage_get_time (merge->there_line, merge->there_seen)
                          > cc_lineage_get_time (merge->here_line, merge->here_seen);
  CcLineage   *line = theirs ? merge->there_line : merge->here_line;
  const gint64 seen = theirs ? merge->there_seen : merge->here_seen;
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  if (seen < line->inherited || seen == 0)
    return TRUE;
  rows = cc_connection_prepare (theirs ? merge->there : merge->here,
                                "SELECT record, cluster FROM membership WHERE from_act <= ?1"
                                " AND (to_act IS NULL OR to_act > ?1)",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, seen - line->inherited + line->making);
  while (has_row)
    {
      Member *member;
      gint64  record;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      record = cc_statement_int64 (rows, 0);
      member = find_member (self, theirs ? cc_merge_find (merge, "record", record) : record);
      if (member != NULL)
        member->base = cc_statement_int64 (rows, 1);
    }
  return TRUE;
}

/* Whether two records belong together, by the side that is to be believed. contested: (out): both
 * sides moved them and nobody can tell who parted from what was agreed. */
static gboolean
belong_together (const Member *a, const Member *b, gboolean *contested)
{
  const gboolean here = a->here == b->here;
  const gboolean there = a->there == b->there;
  const gboolean here_moved = a->here_moved || b->here_moved;
  const gboolean there_moved = a->there_moved || b->there_moved;

  if (a->there == 0 || b->there == 0)
    return a->here != 0 && here;
  if (a->here == 0 || b->here == 0)
    return there;
  if (here == there)
    return here;
  if (here_moved != there_moved)
    return here_moved ? here : there;
  if (here_moved && a->base != 0 && b->base != 0)
    return a->base != b->base;
  if (here_moved)
    *contested = TRUE;
  return TRUE;
}

static guint
find_group (Persons *self, guint index)
{
  while (get (self, index)->group != index)
    {
      get (self, index)->group = get (self, get (self, index)->group)->group;
      index = get (self, index)->group;
    }
  return index;
}

static void
unite (Persons *self, guint a, guint b)
{
  const guint x = find_group (self, a);
  const guint y = find_group (self, b);

  get (self, MAX (x, y))->group = MIN (x, y);
}

static void
add_to (GHashTable *lists, gint64 key, guint index)
{
  GArray *list = g_hash_table_lookup (lists, &key);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (lists, g_memdup2 (&key, sizeof key), list);
    }
  g_array_append_val (list, index);
}

static GHashTable *
new_lists (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                (GDestroyNotify) g_array_unref);
}

static gboolean
is_barred (Persons *self, const Member *a, const Member *b, gboolean *barred, GError **error)
{
  cc_statement_reset (self->bar);
  cc_statement_bind_int64 (self->bar, 1, MIN (a->record, b->record));
  cc_statement_bind_int64 (self->bar, 2, MAX (a->record, b->record));
  return cc_statement_step (self->bar, barred, error);
}

/* Pairs inside one person of either side are all that can belong together. What is not one here and
 * must not be is left as it is. */
static gboolean
unite_list (Persons *self, GArray *list, GError **error)
{
  gboolean contested;

  for (guint i = 0; i < list->len; i++)
    for (guint j = i + 1; j < list->len; j++)
      {
        const Member *a = get (self, g_array_index (list, guint, i));
        const Member *b = get (self, g_array_index (list, guint, j));
        gboolean      barred = FALSE;

        if (!belong_together (a, b, &contested))
          continue;
        if ((a->here == 0 || a->here != b->here) && !is_barred (self, a, b, &barred, error))
          return FALSE;
        if (!barred)
          unite (self, g_array_index (list, guint, i), g_array_index (list, guint, j));
      }
  return TRUE;
}

/* The lists of one side in which more than one record stands. */
static GHashTable *
group_by (Persons *self, gboolean there)
{
  GHashTable *lists = new_lists ();

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = get (self, i);
      const gint64  key = there ? member->there : member->here;

      if (key != 0)
        add_to (lists, key, i);
    }
  return lists;
}

static gboolean
unite_all (Persons *self, GError **error)
{
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (GHashTable) lists = group_by (self, side != 0);
      GHashTableIter iter;
      gpointer       list;

      g_hash_table_iter_init (&iter, lists);
      while (g_hash_table_iter_next (&iter, NULL, &list))
        if (!unite_list (self, list, error))
          return FALSE;
    }
  return TRUE;
}

/* Whether a group joins what one side set apart, or what was decided to be different. */
static gboolean
is_contested (Persons *self, GArray *group, gboolean *contested, GError **error)
{
  *contested = FALSE;
  for (guint i = 0; i < group->len && !*contested; i++)
    for (guint j = i + 1; j < group->len && !*contested; j++)
      {
        const Member *a = get (self, g_array_index (group, guint, i));
        const Member *b = get (self, g_array_index (group, guint, j));
        gboolean      barred;

        if (!belong_together (a, b, contested) && a->base != 0 && a->base == b->base)
          *contested = TRUE;
        /* What is one on a side is as somebody left it there, whatever was decided before. */
        if ((a->here != 0 && a->here == b->here) || (a->there != 0 && a->there == b->there))
          continue;
        if (!is_barred (self, a, b, &barred, error))
          return FALSE;
        *contested = *contested || barred;
      }
  return TRUE;
}

static gboolean
apply (Persons *self, GArray *group, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 0;

  for (guint i = 0; i < group->len; i++)
    g_array_append_val (records, get (self, g_array_index (group, guint, i))->record);
  if (!cc_act_group_records (self->merge->act, records, &n, error))
    return FALSE;
  self->merge->result->persons += n;
  return TRUE;
}

/* "12;15|13": the records of the group by person, as one side has them. */
static char *
write_partition (Persons *self, GArray *group, gboolean there)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) done = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < group->len; i++)
    {
      const Member *first = get (self, g_array_index (group, guint, i));
      const gint64  key = there ? first->there : first->here;

      if (g_hash_table_contains (done, GUINT_TO_POINTER (i + 1)))
        continue;
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? "|" : "", first->record);
      for (guint j = i + 1; key != 0 && j < group->len; j++)
        {
          const Member *other = get (self, g_array_index (group, guint, j));

          if ((there ? other->there : other->here) != key)
            continue;
          g_hash_table_add (done, GUINT_TO_POINTER (j + 1));
          g_string_append_printf (text, ";%" G_GINT64_FORMAT, other->record);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
apply_side (Persons *self, GArray *group, gboolean there, GError **error)
{
  g_autoptr (GHashTable) lists = new_lists ();
  gboolean ok = TRUE;

  for (guint i = 0; i < group->len; i++)
    {
      const guint   index = g_array_index (group, guint, i);
      const Member *member = get (self, index);
      const gint64  key = there ? member->there : member->here;

      /* A record that the side does not know stays where it is. */
      if (key != 0)
        add_to (lists, key, index);
    }
  for (guint i = 0; ok && i < group->len; i++)
    {
      const guint   index = g_array_index (group, guint, i);
      const Member *member = get (self, index);
      const gint64  key = there ? member->there : member->here;
      GArray       *list = key != 0 ? g_hash_table_lookup (lists, &key) : NULL;

      if (list != NULL && g_array_index (list, guint, 0) == index)
        ok = apply (self, list, error);
    }
  return ok;
}

static gboolean
contest (Persons *self, GArray *group, GError **error)
{
  g_autofree char *mine = write_partition (self, group, FALSE);
  g_autofree char *theirs = write_partition (self, group, TRUE);
  CcConflictEntry  conflict = { 0 };

  for (guint i = 0; i < group->len; i++)
    {
      const Member *member = get (self, g_array_index (group, guint, i));

      conflict.mine_time = MAX (conflict.mine_time, member->here_time);
      conflict.theirs_time = MAX (conflict.theirs_time, member->there_time);
    }
  conflict.kind = CC_CONFLICT_PERSON;
  conflict.record = get (self, g_array_index (group, guint, 0))->record;
  conflict.mine = mine;
  conflict.theirs = theirs;
  conflict.kept_theirs = cc_merge_is_newer (conflict.theirs_time, conflict.mine_time, theirs, mine);
  return cc_merge_add_conflict (self->merge, &conflict, error)
         && (!conflict.kept_theirs || apply_side (self, group, TRUE, error));
}

/* Nothing to do for a group that is one person here and nobody else's. */
static gboolean
is_settled (Persons *self, GArray *group, GHashTable *here)
{
  const Member *first = get (self, g_array_index (group, guint, 0));
  const GArray *list = first->here != 0 ? g_hash_table_lookup (here, &first->here) : NULL;

  if (first->here == 0)
    return group->len == 1;
  for (guint i = 1; i < group->len; i++)
    if (get (self, g_array_index (group, guint, i))->here != first->here)
      return FALSE;
  return list != NULL && list->len == group->len;
}

static gboolean
apply_all (Persons *self, GError **error)
{
  g_autoptr (GHashTable) groups = new_lists ();
  g_autoptr (GHashTable) here = group_by (self, FALSE);
  gboolean ok = TRUE;

  for (guint i = 0; i < self->members->len; i++)
    add_to (groups, find_group (self, i), i);
  for (guint i = 0; ok && i < self->members->len; i++)
    {
      const gint64 key = i;
      GArray      *group = find_group (self, i) == i ? g_hash_table_lookup (groups, &key) : NULL;
      gboolean     contested = FALSE;

      if (group == NULL || is_settled (self, group, here))
        continue;
      ok = is_contested (self, group, &contested, error)
           && (contested ? contest (self, group, error) : apply (self, group, error));
    }
  return ok;
}

static gboolean
merge_choices (CcMerge *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  g_autoptr (CcStatement) insert = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->there,
                                "SELECT cluster || ',' || variable, variable, record"
                                " FROM cluster_choice ORDER BY cluster, variable",
                                error);
  insert = rows != NULL
               ? cc_connection_prepare (self->here,
                                        "INSERT INTO cluster_choice SELECT cluster, ?2, ?1 FROM "
                                        "membership"
                                        " WHERE record = ?1 AND to_act IS NULL"
                                        " ON CONFLICT (cluster, variable) DO UPDATE SET record = ?1"
                                        " WHERE record <> ?1 AND ?3",
                                        error)
               : NULL;
  if (insert == NULL)
    return FALSE;
  while (has_row)
    {
      const CcTouch *touch;
      gint64         record;
      gint64         variable;
      gint64         cluster;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      touch =
          cc_touches_find_row (self->there_touches, "cluster_choice", cc_statement_text (rows, 0));
      variable = cc_merge_find (self, "variable", cc_statement_int64 (rows, 1));
      record = cc_merge_find (self, "record", cc_statement_int64 (rows, 2));
      if (record == 0 || variable == 0
          || (touch == NULL && !g_hash_table_contains (self->added, &record)))
        continue;
      cc_statement_bind_int64 (insert, 1, record);
      cc_statement_bind_int64 (insert, 2, variable);
      cc_statement_bind_int64 (insert, 3, touch != NULL);
      cluster = cc_act_find_cluster (self->act, record, error);
      if (cluster < 0 || !cc_statement_run (insert, error)
          || (cluster > 0 && !cc_act_mark_dirty (self->act, cluster, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
cc_merge_persons (CcMerge *merge, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GHashTable) by_record =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (CcStatement) bar =
      cc_connection_prepare (merge->here,
                             "SELECT 1 FROM pair_decision WHERE a = ?1 AND b = ?2"
                             " AND superseded_by IS NULL AND verdict IN ('different', 'related')",
                             error);
  Persons self = { merge, members, by_record, bar };

  return bar != NULL && load_here (&self, error) && load_there (&self, error)
         && load_base (&self, error) && unite_all (&self, error) && apply_all (&self, error)
         && cc_merge_follow_verdicts (merge, error) && merge_choices (merge, error);
}

/* The other records of the same person. */
static gboolean
has_stranger (GArray *members, GArray *group)
{
  for (guint i = 0; i < members->len; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < group->len && !found; j++)
        found = g_array_index (members, gint64, i) == g_array_index (group, gint64, j);
      if (!found)
        return TRUE;
    }
  return FALSE;
}

static GArray *
list_cluster (CcAct *act, gint64 cluster, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (act->connection,
                             "SELECT record FROM membership WHERE cluster = ?1"
                             " AND to_act IS NULL ORDER BY record",
                             error);

  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, cluster);
  return cc_statement_list_ids (rows, error);
}

/* Takes the group's records out of a person that others share. */
static gboolean
part (CcAct *act, gint64 cluster, GArray *group, GError **error)
{
  g_autoptr (GArray) members = list_cluster (act, cluster, error);
  g_autoptr (GArray) leaving = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (members == NULL)
    return FALSE;
  if (!has_stranger (members, group))
    return TRUE;
  for (guint i = 0; i < members->len; i++)
    for (guint j = 0; j < group->len; j++)
      if (g_array_index (members, gint64, i) == g_array_index (group, gint64, j))
        g_array_append_val (leaving, g_array_index (members, gint64, i));
  return cc_act_split (act, cluster, (const gint64 *) (gpointer) leaving->data, leaving->len, 0,
                       error);
}

/* Live records only; the person of the first one takes the others in. */
gboolean
cc_act_group_records (CcAct *act, GArray *records, guint *n_moved, GError **error)
{
  gint64 target = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const gint64 record = g_array_index (records, gint64, i);
      gint64       cluster = cc_act_find_cluster (act, record, error);

      if (cluster < 0)
        return FALSE;
      if (cluster == 0 || cluster == target)
        continue;
      if (!part (act, cluster, records, error))
        return FALSE;
      cluster = cc_act_find_cluster (act, record, error);
      if (cluster < 0)
        return FALSE;
      if (target == 0)
        target = cluster;
      else if (!cc_act_join (act, target, cluster, 0, error))
        return FALSE;
      else
        (*n_moved)++;
    }
  return TRUE;
}
