/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-answer-private.h"

/* Rows may have been sorted, inserted and deleted. Rows that say what they said are found again by
 * their codes, wherever they are; those between two of them are what stood between these two. */

static CcAnswerWas *
get_was (const CcAnswerSheet *self, gint index)
{
  return self->was->pdata[index];
}

static CcAnswerNow *
get_now (const CcAnswerSheet *self, guint index)
{
  return &g_array_index (self->now, CcAnswerNow, index);
}

static void
pair (CcAnswerSheet *self, gint was, guint now, gboolean touched)
{
  get_was (self, was)->now = (gint) now;
  get_was (self, was)->touched = touched;
  get_now (self, now)->was = was;
}

/* Rows in their old places first: of rows that are alike each keeps its own. */
static void
pair_in_place (CcAnswerSheet *self)
{
  guint n = 0;

  for (guint w = 0; w < self->was->len; w++)
    {
      const CcAnswerWas *was = get_was (self, (gint) w);

      while (n < self->now->len && get_now (self, n)->row < was->row)
        n++;
      if (n < self->now->len && get_now (self, n)->row == was->row
          && get_now (self, n)->code == was->code)
        pair (self, (gint) w, n, FALSE);
    }
}

static void
pair_moved (CcAnswerSheet *self)
{
  g_autoptr (GHashTable) free_rows =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_queue_free);

  for (guint w = 0; w < self->was->len; w++)
    {
      CcAnswerWas *was = get_was (self, (gint) w);
      GQueue      *queue = g_hash_table_lookup (free_rows, &was->code);

      if (was->now >= 0)
        continue;
      if (!queue)
        {
          queue = g_queue_new ();
          g_hash_table_insert (free_rows, &was->code, queue);
        }
      g_queue_push_tail (queue, GUINT_TO_POINTER (w));
    }
  for (guint n = 0; n < self->now->len; n++)
    {
      CcAnswerNow *now = get_now (self, n);
      GQueue      *queue = now->was < 0 ? g_hash_table_lookup (free_rows, &now->code) : NULL;

      if (queue && !g_queue_is_empty (queue))
        pair (self, (gint) GPOINTER_TO_UINT (g_queue_pop_head (queue)), n, FALSE);
    }
}

/* Rows without a pair from `first` on: [first, last) now, and those that stood between the rows
 * that their neighbours were. */
typedef struct
{
  guint now_first, now_last;
  gint  was_first, was_last;
  guint n_was;
} Gap;

static gboolean
next_gap (const CcAnswerSheet *self, guint *from, Gap *gap)
{
  guint n = *from;

  while (n < self->now->len && get_now (self, n)->was >= 0)
    n++;
  if (n == self->now->len)
    return FALSE;
  gap->now_first = n;
  while (n < self->now->len && get_now (self, n)->was < 0)
    n++;
  gap->now_last = *from = n;
  gap->was_first = gap->now_first > 0 ? get_now (self, gap->now_first - 1)->was + 1 : 0;
  gap->was_last = n < self->now->len ? get_now (self, n)->was : (gint) self->was->len;
  gap->n_was = 0;
  for (gint w = gap->was_first; w < gap->was_last; w++)
    gap->n_was += get_was (self, w)->now < 0;
  return TRUE;
}

static void
pair_gap (CcAnswerSheet *self, const Gap *gap)
{
  gint w = gap->was_first;

  for (guint n = gap->now_first; n < gap->now_last; n++, w++)
    {
      while (get_was (self, w)->now >= 0)
        w++;
      pair (self, w, n, TRUE);
    }
}

void
cc_answer_align (CcAnswerSheet *self)
{
  guint from = 0;
  Gap   gap;

  pair_in_place (self);
  pair_moved (self);
  while (next_gap (self, &from, &gap))
    if (gap.n_was == gap.now_last - gap.now_first)
      pair_gap (self, &gap);
}

gboolean
cc_answer_has_doubt (const CcAnswerSheet *self)
{
  gboolean was = FALSE, now = FALSE;

  for (guint i = 0; i < self->was->len && !was; i++)
    was = get_was (self, (gint) i)->now < 0;
  for (guint i = 0; i < self->now->len && !now; i++)
    now = get_now (self, i)->was < 0;
  return was && now;
}

/* Share of the cells of two rows that say the same. */
static double
measure_likeness (char **a, char **b)
{
  guint n = 0, n_same = 0;

  for (guint i = 0; a && b && (a[i] || b[i]); i++)
    {
      const gboolean filled = (a[i] && *a[i]) || (b[i] && *b[i]);

      n += filled;
      n_same += filled && g_strcmp0 (a[i], b[i]) == 0;
      if (!a[i] || !b[i])
        break;
    }
  return n > 0 ? (double) n_same / n : 0;
}

/* Cells that a row has in common with the one that it was, at least. Rows that were sorted have
 * other neighbours; then more of them must be the same. */
#define LIKE_BETWEEN  0.5
#define LIKE_ANYWHERE 0.6

static void
pair_likest (CcAnswerSheet *self, gint first, gint last, double least, guint n)
{
  gint   best = -1;
  double most = 0;

  for (gint w = first; w < last; w++)
    {
      const double likeness =
          get_was (self, w)->now < 0
              ? measure_likeness (get_was (self, w)->texts, get_now (self, n)->texts)
              : 0;

      if (likeness > most)
        {
          most = likeness;
          best = w;
        }
    }
  if (best >= 0 && most >= least)
    pair (self, best, n, TRUE);
}

/* Where rows were inserted or deleted beside rows that were changed: the likest of those that are
 * left there. What is like none while others are left cannot be told. */
void
cc_answer_align_doubtful (CcAnswerSheet *self)
{
  guint from = 0;
  Gap   gap;

  while (next_gap (self, &from, &gap))
    {
      guint n_left = gap.n_was;

      for (guint n = gap.now_first; n < gap.now_last && gap.n_was > 0; n++)
        {
          pair_likest (self, gap.was_first, gap.was_last, LIKE_BETWEEN, n);
          n_left -= get_now (self, n)->was >= 0;
        }
      for (guint n = gap.now_first; n < gap.now_last; n++)
        if (get_now (self, n)->was < 0)
          pair_likest (self, 0, (gint) self->was->len, LIKE_ANYWHERE, n);
      for (guint n = gap.now_first; n < gap.now_last; n++)
        get_now (self, n)->unplaced = get_now (self, n)->was < 0 && n_left > 0;
      from = gap.now_last;
    }
}
