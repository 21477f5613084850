/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-unit-plan-private.h"

#include <cc/base/cc-error.h>

/* One thread owns the writing connection and carries out acts in the order they were asked for. */
struct _CcWriter
{
  CcCaseFile   *file;
  CcConnection *connection;
  GThread      *thread;
  GAsyncQueue  *jobs;
  GMutex        refresh_lock;
  CcActFunc     refresh;
  gpointer      refresh_data;
  int           n_waiting; /* jobs asked for and not done; read by windows to say "busy" */
  CcCapture    *capture;
  CcStatement  *statements[CC_N_SQL];
  CcStatement **inserts; /* by the unit's index */
  guint         n_inserts;
};

typedef struct
{
  char          *name;
  CcActFunc      func;
  CcPlainFunc    plain; /* instead of func, and without a transaction */
  gpointer       data;
  GDestroyNotify destroy;
  GCancellable  *cancellable;
  gboolean       audited;
  gboolean       quit;
  GTask         *task; /* asynchronous; else somebody waits for `done` */
  GMutex         lock;
  GCond          finished;
  gboolean       done;
  gboolean       ok;
  GError        *error;
} Job;

static const char *const sql_texts[CC_N_SQL] = {
  [CC_SQL_FIND_RECORD] =
      "SELECT id, state, digest, submission, source_row, unit FROM record WHERE uuid = ?1",
  [CC_SQL_INSERT_RECORD] =
      "INSERT INTO record (uuid, unit, entity, submission, source_row, basis, digest)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (uuid) DO NOTHING",
  [CC_SQL_UPDATE_RECORD] =
      "UPDATE record SET entity = ?2, submission = ?3, source_row = ?4, basis = ?5, digest = ?6,"
      " state = 0 WHERE id = ?1",
  [CC_SQL_WITHDRAW_RECORD] = "UPDATE record SET state = 1 WHERE id = ?1 AND state = 0",
  [CC_SQL_INSERT_ANSWER] = "INSERT INTO answer VALUES (?1, ?2, ?3)",
  [CC_SQL_INSERT_MULTI] =
      "INSERT INTO multi_value (record, variable, code, seq, text) VALUES (?1, ?2, ?3, ?4, ?5)",
  [CC_SQL_INSERT_NO_VALUE] = "INSERT INTO no_value VALUES (?1, ?2, ?3)",
  [CC_SQL_INSERT_EXTRA] = "INSERT INTO extra_value VALUES (?1, ?2, ?3, ?4)",
  [CC_SQL_INSERT_IDENTIFIER] = "INSERT INTO identifier VALUES (?1, ?2, ?3, ?4, ?5)",
  [CC_SQL_DELETE_ANSWER] = "DELETE FROM answer WHERE record = ?1",
  [CC_SQL_DELETE_MULTI] = "DELETE FROM multi_value WHERE record = ?1",
  [CC_SQL_DELETE_NO_VALUE] = "DELETE FROM no_value WHERE record = ?1",
  [CC_SQL_DELETE_EXTRA] = "DELETE FROM extra_value WHERE record = ?1",
  [CC_SQL_DELETE_IDENTIFIER] = "DELETE FROM identifier WHERE record = ?1",
  [CC_SQL_INSERT_CLUSTER] = "INSERT INTO cluster (kind) VALUES (?1)",
  [CC_SQL_INSERT_MEMBERSHIP] =
      "INSERT INTO membership (record, cluster, from_act, decision) VALUES (?1, ?2, ?3, ?4)",
  [CC_SQL_END_MEMBERSHIP] =
      "UPDATE membership SET to_act = ?2 WHERE record = ?1 AND to_act IS NULL",
  [CC_SQL_CURRENT_CLUSTER] = "SELECT cluster FROM membership WHERE record = ?1 AND to_act IS NULL",
  [CC_SQL_INSERT_CHANGE] = "INSERT INTO audit_change (seq, n, tbl, key, before, after, salt)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [CC_SQL_MARK_DIRTY] = "INSERT OR IGNORE INTO dirty_cluster VALUES (?1)",
  [CC_SQL_ENTITY_BASIS] = "SELECT basis FROM entity WHERE id = ?1",
};

CcStatement *
cc_writer_get_statement (CcWriter *self, CcSql which, GError **error)
{
  if (self->statements[which] == NULL)
    self->statements[which] = cc_connection_prepare (self->connection, sql_texts[which], error);
  return self->statements[which];
}

CcStatement *
cc_writer_get_insert (CcWriter *self, const CcUnitPlan *plan, GError **error)
{
  g_return_val_if_fail (plan->index < self->n_inserts, NULL);
  if (self->inserts[plan->index] == NULL)
    self->inserts[plan->index] = cc_connection_prepare (self->connection, plan->insert_sql, error);
  return self->inserts[plan->index];
}

CcCapture *
cc_writer_get_capture (CcWriter *self)
{
  return self->capture;
}

CcConnection *
cc_writer_get_connection (CcWriter *self)
{
  return self->connection;
}

static void
release_statements (CcWriter *self)
{
  for (guint i = 0; i < CC_N_SQL; i++)
    g_clear_pointer (&self->statements[i], cc_statement_release);
  for (guint i = 0; i < self->n_inserts; i++)
    g_clear_pointer (&self->inserts[i], cc_statement_release);
}

/**
 * Closes the writing connection, and takes over another one in its place. Only on the writer's
 * thread, outside an act.
 *
 * connection: (transfer full) (nullable): NULL where there is none for the moment
 */
void
cc_writer_set_connection (CcWriter *self, CcConnection *connection)
{
  release_statements (self);
  g_clear_pointer (&self->connection, cc_connection_close);
  g_clear_pointer (&self->capture, cc_capture_free);
  self->connection = connection;
  if (connection != NULL)
    self->capture = cc_capture_new (connection);
}

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_mutex_clear (&job->lock);
  g_cond_clear (&job->finished);
  g_free (job->name);
  g_free (job);
}

static Job *
job_new (const char   *name,
         gboolean      audited,
         CcActFunc     func,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = g_new0 (Job, 1);

  job->name = g_strdup (name);
  job->audited = audited;
  job->func = func;
  job->data = data;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_mutex_init (&job->lock);
  g_cond_init (&job->finished);
  return job;
}

/* The counting cache follows in the same transaction, where there is something to follow. */
static gboolean
refresh (CcWriter *self, CcAct *act, GError **error)
{
  CcActFunc func;
  gpointer  data;
  GError   *problem = NULL;
  gboolean  any;

  if (!cc_act_flush_dirty (act, error))
    return FALSE;
  g_mutex_lock (&self->refresh_lock);
  func = self->refresh;
  data = self->refresh_data;
  g_mutex_unlock (&self->refresh_lock);
  if (func == NULL)
    return TRUE;
  any =
      cc_connection_get_int64 (self->connection, "SELECT 1 FROM dirty_cluster LIMIT 1", 0, &problem)
      != 0;
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return !any || func (act, data, error);
}

static void
reset_statements (CcWriter *self)
{
  for (guint i = 0; i < CC_N_SQL; i++)
    if (self->statements[i] != NULL)
      cc_statement_reset (self->statements[i]);
  for (guint i = 0; i < self->n_inserts; i++)
    if (self->inserts[i] != NULL)
      cc_statement_reset (self->inserts[i]);
}

/* error is never NULL here: a job keeps its own. */
static gboolean
carry_out (CcWriter *self, Job *job, GError **error)
{
  g_autoptr (CcAct) act = NULL;
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  /* The file was replaced and could not be opened anew. */
  if (self->connection == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "“%s” cannot be written at this moment. The act was not carried out. Close the "
                   "file and open it again.",
                   self->file->name);
      return FALSE;
    }
  if (cc_case_file_refuse_replaced (self->file, error))
    return FALSE;
  if (job->plain != NULL)
    return job->plain (self->file, self->connection, job->data, error);
  act = cc_act_begin (self, self->file, self->connection, job->cancellable, job->audited, error);
  if (act == NULL)
    return FALSE;
  cc_connection_set_cancellable (self->connection, job->cancellable);
  ok = job->func (act, job->data, error) && refresh (self, act, error)
       && cc_act_end (act, job->name, error);
  cc_connection_set_cancellable (self->connection, NULL);
  reset_statements (self);
  if (cc_connection_in_transaction (self->connection))
    {
      GError *problem = NULL;

      if (!cc_connection_execute (self->connection, "ROLLBACK", &problem))
        {
          if (*error == NULL)
            g_propagate_error (error, g_steal_pointer (&problem));
          g_clear_error (&problem);
        }
    }
  /* The log keeps the size it grew to; on a full disk everyone else needs that space. */
  if (!ok && g_error_matches (*error, CC_ERROR, CC_ERROR_NO_SPACE))
    (void) cc_connection_execute (self->connection, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  return ok;
}

static void
finish (CcWriter *self, Job *job)
{
  g_atomic_int_dec_and_test (&self->n_waiting);
  if (job->task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&job->task);

      if (job->ok)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&job->error));
      return;
    }
  g_mutex_lock (&job->lock);
  job->done = TRUE;
  g_cond_signal (&job->finished);
  g_mutex_unlock (&job->lock);
}

static gpointer
run (gpointer data)
{
  CcWriter *self = data;

  for (;;)
    {
      Job *job = g_async_queue_pop (self->jobs);

      if (job->quit)
        {
          job_free (job);
          return NULL;
        }
      job->ok = carry_out (self, job, &job->error);
      if (!job->ok && job->error == NULL)
        g_set_error_literal (&job->error, CC_ERROR, CC_ERROR_FAILED,
                             "The act was not carried out; the file is as it was before it.");
      finish (self, job);
    }
}

/* Takes the connection over. */
CcWriter *
cc_writer_new (CcCaseFile *file, CcConnection *connection)
{
  CcWriter *self = g_new0 (CcWriter, 1);

  self->file = file;
  self->connection = connection;
  self->capture = cc_capture_new (connection);
  self->n_inserts = cc_pack_get_n_units (file->pack);
  self->inserts = g_new0 (CcStatement *, self->n_inserts);
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->refresh_lock);
  self->thread = g_thread_new ("case-file-writer", run, self);
  return self;
}

/* Lets the acts that wait be carried out, ends the thread and gives the statements back. */
void
cc_writer_stop (CcWriter *self)
{
  Job *job;

  if (self->thread == NULL)
    return;
  job = job_new (NULL, FALSE, NULL, NULL, NULL);
  job->quit = TRUE;
  g_async_queue_push (self->jobs, job);
  g_thread_join (g_steal_pointer (&self->thread));
  release_statements (self);
}

void
cc_writer_free (CcWriter *self)
{
  if (self == NULL)
    return;
  cc_writer_stop (self);
  cc_writer_set_connection (self, NULL);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->refresh_lock);
  g_free (self->inserts);
  g_free (self);
}

static gboolean
refuse_read_only (CcCaseFile *file, GError **error)
{
  if (g_atomic_int_get (&file->outdated))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "Another classification was installed in “%s”. Nothing else was changed. Close "
                   "it and open it again to go on.",
                   file->name);
      return TRUE;
    }
  if (file->writer != NULL && file->writer->thread != NULL)
    return FALSE;
  g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
               "“%s” is open for reading only. Nothing was changed. Close it where it is open for "
               "writing, then open it again.",
               file->name);
  return TRUE;
}

static gboolean
run_and_wait (CcCaseFile *file, Job *job, GError **error)
{
  gboolean ok;

  g_atomic_int_inc (&file->writer->n_waiting);
  g_async_queue_push (file->writer->jobs, job);
  g_mutex_lock (&job->lock);
  while (!job->done)
    g_cond_wait (&job->finished, &job->lock);
  g_mutex_unlock (&job->lock);
  ok = job->ok;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&job->error));
  job_free (job);
  return ok;
}

/**
 * Runs one act in one transaction on the writer's thread and waits for it. Acts asked for earlier
 * come first. Must not be called from inside an act.
 *
 * name: the act's word in the audit chain
 * cancellable: (nullable): cancelling before the commit leaves the file as it was
 */
gboolean
cc_case_file_act (CcCaseFile   *self,
                  const char   *name,
                  CcActFunc     func,
                  gpointer      user_data,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && func != NULL, FALSE);
  if (refuse_read_only (self, error))
    return FALSE;
  g_return_val_if_fail (g_thread_self () != self->writer->thread, FALSE);
  return run_and_wait (self, job_new (name, TRUE, func, user_data, cancellable), error);
}

/**
 * Runs work on derived and staging tables in one transaction on the writer's thread, without an
 * entry in the audit chain. Such work cannot call cc_act_log () nor store records.
 */
gboolean
cc_case_file_maintain (CcCaseFile   *self,
                       CcActFunc     func,
                       gpointer      user_data,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_return_val_if_fail (self != NULL && func != NULL, FALSE);
  if (refuse_read_only (self, error))
    return FALSE;
  g_return_val_if_fail (g_thread_self () != self->writer->thread, FALSE);
  return run_and_wait (self, job_new ("", FALSE, func, user_data, cancellable), error);
}

gboolean
cc_writer_run_plain (CcCaseFile *file, CcPlainFunc func, gpointer data, GError **error)
{
  Job *job;

  if (refuse_read_only (file, error))
    return FALSE;
  job = job_new ("", FALSE, NULL, data, NULL);
  job->plain = func;
  return run_and_wait (file, job, error);
}

/**
 * The same as cc_case_file_act () for windows: returns at once and calls back in the caller's main
 * context. Finish with cc_case_file_act_finish ().
 *
 * destroy: (nullable): frees user_data when all is over
 */
void
cc_case_file_act_async (CcCaseFile         *self,
                        const char         *name,
                        CcActFunc           func,
                        gpointer            user_data,
                        GDestroyNotify      destroy,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            callback_data)
{
  Job    *job = job_new (name, TRUE, func, user_data, cancellable);
  GTask  *task = g_task_new (NULL, cancellable, callback, callback_data);
  GError *error = NULL;

  job->destroy = destroy;
  job->task = task;
  g_task_set_source_tag (task, cc_case_file_act_async);
  /* The act itself decides whether cancelling came in time. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (refuse_read_only (self, &error))
    {
      job->task = NULL;
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_atomic_int_inc (&self->writer->n_waiting);
  g_async_queue_push (self->writer->jobs, job);
}

gboolean
cc_case_file_act_finish (CcCaseFile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* TRUE while acts run or wait: then other acts are best disabled with the sentence that says why.
 */
gboolean
cc_case_file_is_busy (CcCaseFile *self)
{
  return self->writer != NULL && g_atomic_int_get (&self->writer->n_waiting) > 0;
}

/* The counting of one case file serves another of the same pack. */
void
cc_writer_share_refresh (CcWriter *from, CcWriter *to)
{
  g_mutex_lock (&from->refresh_lock);
  to->refresh = from->refresh;
  to->refresh_data = from->refresh_data;
  g_mutex_unlock (&from->refresh_lock);
}

/**
 * Sets what brings the counting cache up to date: it is called inside each act's transaction, just
 * before it commits, when dirty_cluster has rows, and empties that table. NULL ends it. Without it
 * the marks stay until a later act.
 */
void
cc_case_file_set_refresh (CcCaseFile *self, CcActFunc refresh_func, gpointer user_data)
{
  if (self->writer == NULL)
    return;
  g_mutex_lock (&self->writer->refresh_lock);
  self->writer->refresh = refresh_func;
  self->writer->refresh_data = user_data;
  g_mutex_unlock (&self->writer->refresh_lock);
}
