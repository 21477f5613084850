/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"
#include "cc-migration-private.h"

/* Connections kept open for the next reader; more than these are closed when given back. */
#define MAX_IDLE 4

struct _CcReaderPool
{
  char        *path;
  const CcKey *key;
  gboolean     older;
  gboolean     writes;
  GMutex       lock;
  GQueue       idle;
  guint        in_use;
  gboolean     paused;
  GCond        changed; /* a reader was given back, or the pause is over */
};

CcReaderPool *
cc_reader_pool_new (const char *path, const CcKey *key, gboolean older, gboolean writes)
{
  CcReaderPool *self = g_new0 (CcReaderPool, 1);

  self->path = g_strdup (path);
  self->key = key;
  self->older = older;
  self->writes = writes;
  g_mutex_init (&self->lock);
  g_queue_init (&self->idle);
  g_cond_init (&self->changed);
  return self;
}

/* Closes the connections that nobody uses. */
void
cc_reader_pool_drain (CcReaderPool *self)
{
  g_mutex_lock (&self->lock);
  g_queue_clear_full (&self->idle, (GDestroyNotify) cc_connection_close);
  g_mutex_unlock (&self->lock);
}

/**
 * Closes all connections and makes whoever asks for one wait, until cc_reader_pool_resume ().
 *
 * timeout: microseconds for which those who are reading are waited for
 *
 * Returns: FALSE where somebody is still reading then; there is no pause
 */
gboolean
cc_reader_pool_pause (CcReaderPool *self, gint64 timeout)
{
  const gint64 end = g_get_monotonic_time () + timeout;
  gboolean     waiting = TRUE;

  g_mutex_lock (&self->lock);
  self->paused = TRUE;
  while (self->in_use > 0 && waiting)
    waiting = g_cond_wait_until (&self->changed, &self->lock, end);
  self->paused = self->in_use == 0;
  if (!self->paused)
    g_cond_broadcast (&self->changed);
  g_queue_clear_full (&self->idle, (GDestroyNotify) cc_connection_close);
  waiting = self->paused;
  g_mutex_unlock (&self->lock);
  return waiting;
}

void
cc_reader_pool_resume (CcReaderPool *self)
{
  g_mutex_lock (&self->lock);
  self->paused = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
cc_reader_pool_free (CcReaderPool *self)
{
  if (self == NULL)
    return;
  cc_reader_pool_drain (self);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

gboolean
cc_reader_pool_is_idle (CcReaderPool *self)
{
  gboolean idle;

  g_mutex_lock (&self->lock);
  idle = self->in_use == 0;
  g_mutex_unlock (&self->lock);
  return idle;
}

/* Another program may bring an older file to the new format at any time, so what is prepared for
 * the old one is used once. */
static CcConnection *
open_reader (CcReaderPool *self, GError **error)
{
  /* A lock of the whole process, as it is held on network drives, would be given up by a connection
   * that cannot take it. */
  const gboolean together = self->writes && !cc_place_is_local (self->path);
  g_autoptr (CcConnection) connection =
      cc_connection_open (self->path, self->key,
                          together ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);

  if (connection == NULL
      || (together && !cc_connection_execute (connection, "PRAGMA query_only = ON", error))
      || (self->older && !cc_migration_look (connection, error)))
    return NULL;
  connection->reading = TRUE;
  return g_steal_pointer (&connection);
}

/**
 * A connection for reading, from any thread; opening a further one takes about 2 ms, as the key is
 * there. What it reads inside one transaction is one state of the file, however many acts run
 * meanwhile.
 *
 * Returns: (transfer none): the connection; give it back with cc_case_file_release_reader ()
 */
CcConnection *
cc_case_file_acquire_reader (CcCaseFile *self, GError **error)
{
  CcReaderPool *pool;
  CcConnection *connection;

  g_return_val_if_fail (self != NULL && self->readers != NULL, NULL);
  pool = self->readers;
  g_mutex_lock (&pool->lock);
  while (pool->paused)
    g_cond_wait (&pool->changed, &pool->lock);
  connection = g_queue_pop_head (&pool->idle);
  pool->in_use++;
  g_mutex_unlock (&pool->lock);
  /* By the name a reader would look into another file than the one that is written. */
  if (connection == NULL && (self->writer == NULL || !cc_case_file_refuse_replaced (self, error)))
    connection = open_reader (pool, error);
  if (connection == NULL)
    {
      g_mutex_lock (&pool->lock);
      pool->in_use--;
      g_mutex_unlock (&pool->lock);
    }
  return connection;
}

/* Gives a connection back. Its statements must have been released. Allows NULL. */
void
cc_case_file_release_reader (CcCaseFile *self, CcConnection *connection)
{
  CcReaderPool *pool;

  if (connection == NULL)
    return;
  pool = self->readers;
  cc_connection_set_cancellable (connection, NULL);
  if (cc_connection_in_transaction (connection))
    (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  g_mutex_lock (&pool->lock);
  pool->in_use--;
  if (!pool->older && g_queue_get_length (&pool->idle) < MAX_IDLE)
    g_queue_push_head (&pool->idle, g_steal_pointer (&connection));
  g_cond_broadcast (&pool->changed);
  g_mutex_unlock (&pool->lock);
  cc_connection_close (connection);
}
