/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-ahead.h"

/* Whoever walks about in a long queue must not fill the memory with what was passed. */
#define MOST_READY 64

struct _CcReviewAhead
{
  CcReviewAheadFunc func; /* NULL when nobody wants to know any more */
  gpointer          user_data;
  CcSession        *session;
  GCancellable     *cancellable;
  GHashTable       *ready;   /* proposal -> CcReviewShown */
  GHashTable       *reading; /* proposals */
};

static void
clear (gpointer data)
{
  CcReviewAhead *self = data;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  g_hash_table_unref (self->ready);
  g_hash_table_unref (self->reading);
}

CcReviewAhead *
cc_review_ahead_new (CcReviewAheadFunc func, gpointer user_data)
{
  CcReviewAhead *self = g_rc_box_new0 (CcReviewAhead);

  self->func = func;
  self->user_data = user_data;
  self->ready = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, cc_review_shown_free);
  self->reading = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
cc_review_ahead_start (CcReviewAhead *self, CcSession *session)
{
  g_return_if_fail (self != NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (session != NULL)
    cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->ready);
  g_hash_table_remove_all (self->reading);
}

void
cc_review_ahead_free (CcReviewAhead *self)
{
  if (self == NULL)
    return;
  self->func = NULL;
  cc_review_ahead_start (self, NULL);
  g_rc_box_release_full (self, clear);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcReviewAhead *self = user_data;
  g_autoptr (GError) error = NULL;
  CcReviewShown *shown = cc_session_read_finish (result, &error);

  /* What was asked for before a new start is of no use. */
  if (shown != NULL && !g_hash_table_remove (self->reading, &shown->proposal))
    g_clear_pointer (&shown, cc_review_shown_free);
  if (shown != NULL)
    g_hash_table_replace (self->ready, g_memdup2 (&shown->proposal, sizeof shown->proposal), shown);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_hash_table_remove_all (self->reading);
  if (self->func != NULL && (shown != NULL || error != NULL))
    self->func (shown, error, self->user_data);
  g_rc_box_release_full (self, clear);
}

void
cc_review_ahead_read (CcReviewAhead *self, const CcReviewItem *item)
{
  g_return_if_fail (self != NULL && self->session != NULL);
  if (g_hash_table_contains (self->ready, &item->proposal)
      || g_hash_table_contains (self->reading, &item->proposal))
    return;
  if (g_hash_table_size (self->ready) >= MOST_READY)
    g_hash_table_remove_all (self->ready);
  g_hash_table_add (self->reading, g_memdup2 (&item->proposal, sizeof item->proposal));
  cc_session_read_async (self->session, cc_review_shown_read, g_memdup2 (item, sizeof *item),
                         g_free, cc_review_shown_free, self->cancellable, on_read,
                         g_rc_box_acquire (self));
}

/* Returns: (nullable): NULL where it has not been read yet */
CcReviewShown *
cc_review_ahead_find (CcReviewAhead *self, gint64 proposal)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_hash_table_lookup (self->ready, &proposal);
}

void
cc_review_ahead_forget (CcReviewAhead *self, gint64 proposal)
{
  g_return_if_fail (self != NULL);
  g_hash_table_remove (self->ready, &proposal);
  g_hash_table_remove (self->reading, &proposal);
}
