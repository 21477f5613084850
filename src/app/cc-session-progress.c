/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session-progress.h"

#include "cc-language.h"
#include "present/cc-progress-text.h"

struct _CcSessionTeller
{
  gatomicrefcount       ref_count;
  CcSessionProgressFunc func;
  gpointer              user_data;
  GDestroyNotify        free_user_data;
  CcTexts              *texts; /* of the thread that works */

  GMutex          lock;
  CcProgressState state;   /* under lock: what was told last */
  gboolean        pending; /* under lock: it will be passed on */
};

CcSessionTeller *
cc_session_teller_new (CcSessionProgressFunc func,
                       gpointer              user_data,
                       GDestroyNotify        free_user_data)
{
  CcSessionTeller *self = g_new0 (CcSessionTeller, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->func = func;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  return self;
}

static gboolean
free_on_main_loop (gpointer data)
{
  CcSessionTeller *self = data;

  if (self->free_user_data != NULL)
    self->free_user_data (self->user_data);
  g_clear_pointer (&self->texts, cc_texts_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
  return G_SOURCE_REMOVE;
}

void
cc_session_teller_unref (CcSessionTeller *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->ref_count))
    g_idle_add (free_on_main_loop, self);
}

static gboolean
pass_on (gpointer data)
{
  CcSessionTeller  *self = data;
  CcProgressState   state;
  CcSessionProgress told = { "", "", -1 };
  g_autofree char  *counts = NULL;

  g_mutex_lock (&self->lock);
  state = self->state;
  self->pending = FALSE;
  g_mutex_unlock (&self->lock);
  if (state.phase != NULL && cc_texts_has (self->texts, state.phase))
    told.phase = cc_texts_get (self->texts, state.phase, cc_language_get ());
  told.counts = counts = cc_progress_describe_counts (self->texts, &state);
  if (state.total > 0)
    told.fraction = CLAMP ((double) state.done / (double) state.total, 0, 1);
  self->func (&told, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
unref (gpointer data)
{
  cc_session_teller_unref (data);
}

void
cc_session_teller_tell (const CcProgressState *state, gpointer teller)
{
  CcSessionTeller *self = teller;

  g_mutex_lock (&self->lock);
  /* Here and not on the main loop, because it reads files. */
  if (self->texts == NULL)
    self->texts = cc_texts_load_default (NULL);
  self->state = *state;
  if (!self->pending && self->texts != NULL)
    {
      self->pending = TRUE;
      g_atomic_ref_count_inc (&self->ref_count);
      g_idle_add_full (G_PRIORITY_DEFAULT, pass_on, self, unref);
    }
  g_mutex_unlock (&self->lock);
}
