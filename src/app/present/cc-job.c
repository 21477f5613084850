/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-job.h"

#include "cc-job-sheet.h"

/* Work that ends sooner needs no sheet; one that flashes up would only disturb. */
#define PATIENCE_MS 400

typedef struct
{
  CcJobFunc      func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  CcJobSheet    *sheet;
  GWeakRef       window;
  guint          timer;
} Job;

static guint n_running;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_weak_ref_clear (&self->window);
  g_free (self);
}

static void
run_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Job    *self = task_data;
  GError *error = NULL;
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, cc_job_sheet_tell, self->sheet);
  gpointer result = self->func (progress, self->data, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, self->free_result);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  Job *self = user_data;
  g_autoptr (GtkWindow) window = g_weak_ref_get (&self->window);

  self->timer = 0;
  if (window != NULL)
    cc_job_sheet_show (self->sheet, window);
  return G_SOURCE_REMOVE;
}

/* The sheet is gone before the caller hears of the result, who may want to show something. */
static void
on_work_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Job     *self = g_task_get_task_data (G_TASK (result));
  GError  *error = NULL;
  gpointer outcome = g_task_propagate_pointer (G_TASK (result), &error);

  n_running--;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (self->sheet));
  g_clear_object (&self->sheet);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, outcome, self->free_result);
}

/**
 * near: any widget of the window that waits
 * title: what is done, "Importing"; shown on the sheet
 * data: (transfer full): for func, freed with free_data
 * free_result: (nullable): frees a result that nobody takes
 * callback: called on the main loop when the sheet is gone
 */
void
cc_job_run_async (GtkWidget          *near,
                  const char         *title,
                  CcJobFunc           func,
                  gpointer            data,
                  GDestroyNotify      free_data,
                  GDestroyNotify      free_result,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) work = NULL;
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Job   *self = g_new0 (Job, 1);

  g_return_if_fail (GTK_IS_WIDGET (near) && func != NULL);
  self->func = func;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  self->sheet = cc_job_sheet_new (title, cancellable);
  g_weak_ref_init (&self->window, gtk_widget_get_root (near));
  self->timer = g_timeout_add (PATIENCE_MS, on_patience_ended, self);
  n_running++;
  g_task_set_source_tag (task, cc_job_run_async);
  work = g_task_new (NULL, cancellable, on_work_done, task);
  g_task_set_name (work, "job");
  /* Work that was finished before the cancelling reached it counts as done. */
  g_task_set_check_cancellable (work, FALSE);
  g_task_set_task_data (work, self, job_free);
  g_task_run_in_thread (work, run_in_thread);
}

/**
 * Returns: (transfer full) (nullable): what func returned; NULL with an error where it failed or
 *   was cancelled
 */
gpointer
cc_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cc_job_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
cc_job_get_n_running (void)
{
  return n_running;
}
