/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session-work.h"

#include <cc/store/cc-act.h>

typedef struct
{
  CcSession     *session;
  CcReadFunc     func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Read;

typedef struct
{
  CcSession     *session;
  CcActFunc      func;
  gpointer       data;
  GDestroyNotify free_data;
  gint64         seq;
} Act;

static void
read_free (gpointer data)
{
  Read *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  cc_session_unref (self->session);
  g_free (self);
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Read         *self = task_data;
  CcCaseFile   *file = cc_session_get_file (self->session);
  GError       *error = NULL;
  gpointer      result = NULL;
  CcConnection *connection;

  if (g_task_return_error_if_cancelled (task))
    return;
  connection = cc_case_file_acquire_reader (file, &error);
  if (connection != NULL)
    {
      cc_connection_set_cancellable (connection, cancellable);
      result = self->func (self->session, connection, self->data, cancellable, &error);
      cc_case_file_release_reader (file, connection);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, self->free_result);
}

/**
 * data: (transfer full): for func, freed with free_data
 * free_result: (nullable): frees a result that nobody takes, because the task was cancelled
 */
void
cc_session_read_async (CcSession          *session,
                       CcReadFunc          func,
                       gpointer            data,
                       GDestroyNotify      free_data,
                       GDestroyNotify      free_result,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Read *self = g_new0 (Read, 1);

  g_return_if_fail (session != NULL && func != NULL);
  self->session = cc_session_ref (session);
  self->func = func;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  g_task_set_name (task, "read case file");
  g_task_set_source_tag (task, cc_session_read_async);
  g_task_set_task_data (task, self, read_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * Returns: (transfer full) (nullable): what func returned; NULL with an error where it failed or
 *   was cancelled
 */
gpointer
cc_session_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cc_session_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
act_free (gpointer data)
{
  Act *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  cc_session_unref (self->session);
  g_free (self);
}

static gboolean
run_act (CcAct *act, gpointer user_data, GError **error)
{
  Act *self = user_data;

  self->seq = cc_act_get_seq (act);
  return self->func (act, self->data, error);
}

static void
on_act_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Act    *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!cc_case_file_act_finish (cc_session_get_file (self->session), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cc_session_changed (self->session);
  g_task_return_boolean (task, TRUE);
}

/**
 * name: the act's word in the audit chain
 * data: (transfer full): for func, freed with free_data on the main loop
 */
void
cc_session_act_async (CcSession          *session,
                      const char         *name,
                      CcActFunc           func,
                      gpointer            data,
                      GDestroyNotify      free_data,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Act   *self = g_new0 (Act, 1);

  g_return_if_fail (session != NULL && func != NULL);
  self->session = cc_session_ref (session);
  self->func = func;
  self->data = data;
  self->free_data = free_data;
  g_task_set_name (task, "act on case file");
  g_task_set_source_tag (task, cc_session_act_async);
  /* What the transaction has done is done, whether or not somebody cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, act_free);
  cc_case_file_act_async (cc_session_get_file (session), name, run_act, self, NULL, cancellable,
                          on_act_done, task);
}

gboolean
cc_session_act_finish (GAsyncResult *result, gint64 *seq, GError **error)
{
  Act *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, cc_session_act_async), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  self = g_task_get_task_data (G_TASK (result));
  if (seq != NULL)
    *seq = self->seq;
  return TRUE;
}
