/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-log-fit-private.h"

#include <cc/base/cc-error.h>

#include <sys/stat.h>

/* A log that was left beside a case file belongs to one state of it. Where another copy was put in
 * the file's place since, SQLite would mix both page by page, and acts would be gone without a
 * word. The file alone, without the log, says what its last act was: the log fits where the file
 * with it goes on from there. */

struct _CcLogFit
{
  gint64 seq;  /* of the last act in the file alone */
  char  *hash; /* NULL where the file alone cannot be read: the log was being written into it */
};

/**
 * Looks at a file beside which a log lies, before it is opened together with it.
 *
 * Returns: (nullable): NULL where there is nothing to compare
 */
CcLogFit *
cc_log_fit_new (CcCaseFile *file, CcOpenMode mode)
{
  g_autofree char *log = g_strconcat (file->path, "-wal", NULL);
  g_autoptr (CcConnection) alone = NULL;
  struct stat info;
  CcLogFit   *self;

  if (stat (log, &info) != 0 || info.st_size == 0
      || (mode == CC_OPEN_READ_ONLY && cc_case_file_is_in_use (file->path)))
    return NULL;
  self = g_new0 (CcLogFit, 1);
  alone = cc_connection_open_alone (file->path, file->key, NULL);
  if (alone == NULL)
    return self;
  self->seq = cc_connection_get_int64 (alone, "SELECT max (seq) FROM audit", 0, NULL);
  self->hash =
      cc_connection_get_text (alone,
                              "SELECT hash FROM audit WHERE seq = (SELECT max (seq) FROM audit)",
                              NULL);
  if (self->hash == NULL)
    self->seq = 0;
  return self;
}

void
cc_log_fit_free (CcLogFit *self)
{
  if (self == NULL)
    return;
  g_free (self->hash);
  g_free (self);
}

/* Whether the file with the log has the last act that it has without. */
static gboolean
has_act (CcConnection *connection, gint64 seq, const char *hash, gboolean *has, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT 1 FROM audit WHERE seq = ?1 AND hash = ?2", error);

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, seq);
  cc_statement_bind_text (find, 2, hash);
  return cc_statement_step (find, has, error);
}

static gboolean
compare (CcLogFit *self, CcConnection *connection, gboolean *fits, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  *fits = TRUE;
  if (self->hash != NULL && !has_act (connection, self->seq, self->hash, fits, error))
    return FALSE;
  if (*fits && !cc_verify_chain_from (connection, self->seq, self->hash, problems, error))
    return FALSE;
  *fits = *fits && problems->len == 0;
  return TRUE;
}

/**
 * Refuses a file whose log does not fit. Nothing of the log is written into it then.
 *
 * self: (nullable)
 * connection: has read the file together with the log, and written nothing
 */
gboolean
cc_log_fit_check (CcLogFit *self, CcCaseFile *file, CcConnection *connection, GError **error)
{
  GError  *problem = NULL;
  gboolean fits = TRUE;

  if (self == NULL)
    return TRUE;
  if (!compare (self, connection, &fits, &problem))
    {
      /* Pages of two states need not even be a database. */
      if (self->hash == NULL || !g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_clear_error (&problem);
      fits = FALSE;
    }
  if (fits)
    return TRUE;
  cc_connection_leave_log (connection);
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "“%s” and “%s-wal” beside it do not belong together: another copy was put in the "
               "place of the file after the computer or the program had stopped. Nothing was "
               "changed. Put back the file as it was then; or, to open this one as it is, move "
               "“%s-wal” to another folder.",
               file->name, file->name, file->name);
  return FALSE;
}
