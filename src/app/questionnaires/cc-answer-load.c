/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-load.h"

typedef struct
{
  CcSession              *session;
  CcQuestionnaireRequest *request;
  CcAnswerProgress       *progress;
} Load;

static void
load_free (gpointer data)
{
  Load *self = data;

  cc_session_unref (self->session);
  cc_questionnaire_request_free (self->request);
  g_free (self);
}

static void
on_progress (const CcProgressState *state, gpointer user_data)
{
  CcAnswerProgress *progress = user_data;

  g_atomic_int_set (&progress->total, (int) state->total);
  g_atomic_int_set (&progress->done, (int) state->done);
}

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Load   *self = task_data;
  GError *error = NULL;
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, on_progress, self->progress);
  CcAnswerBook *book =
      cc_answer_book_load (cc_session_get_file (self->session), &self->request->request,
                           cc_session_get_texts (self->session), progress, &error);

  if (book != NULL)
    g_task_return_pointer (task, book, (GDestroyNotify) cc_answer_book_unref);
  else
    g_task_return_error (task, error);
}

void
cc_answer_load_async (CcSession                   *session,
                      const CcQuestionnaireChoice *choice,
                      CcAnswerProgress            *progress,
                      GCancellable                *cancellable,
                      GAsyncReadyCallback          callback,
                      gpointer                     user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->session = cc_session_ref (session);
  load->request = cc_questionnaire_choice_build (choice);
  load->progress = progress;
  g_task_set_name (task, "count answer");
  g_task_set_source_tag (task, cc_answer_load_async);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_in_thread);
}

CcAnswerBook *
cc_answer_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
