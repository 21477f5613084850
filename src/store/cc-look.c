/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <sys/stat.h>

/* Following a file that others change. SQLite counts, for each connection, the commits of all
 * others; so the connection that asks must be one and the same. */

gboolean
cc_case_file_is_replaced (CcCaseFile *self)
{
  struct stat info;

  return stat (self->path, &info) != 0 || info.st_dev != self->device || info.st_ino != self->inode;
}

/* Another format or pack: what was read of both at opening no longer fits. */
static gboolean
is_outdated (CcCaseFile *self, GError **error)
{
  g_autofree char *stored = NULL;
  GError          *problem = NULL;
  const gint64     version =
      cc_connection_get_int64 (self->watcher, "PRAGMA user_version", 0, &problem);

  if (problem == NULL)
    stored = cc_case_file_read_meta (self->watcher, "pack-checksum", &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return version != self->schema_version || g_strcmp0 (stored, self->pack_checksum) != 0;
}

static gboolean
look (CcCaseFile *self, CcChange *change, GError **error)
{
  GError *problem = NULL;
  gint64  version;

  *change = CC_CHANGE_NONE;
  if (cc_case_file_is_replaced (self))
    {
      *change = CC_CHANGE_REPLACED;
      return TRUE;
    }
  if (self->watcher == NULL)
    self->watcher = cc_connection_open (self->path, self->key, SQLITE_OPEN_READONLY, error);
  if (self->watcher == NULL)
    return FALSE;
  version = cc_connection_get_int64 (self->watcher, "PRAGMA data_version", 0, &problem);
  if (problem == NULL && self->data_version != 0 && version != self->data_version)
    *change = is_outdated (self, &problem) ? CC_CHANGE_REPLACED : CC_CHANGE_DATA;
  if (problem != NULL)
    {
      *change = CC_CHANGE_NONE;
      g_propagate_error (error, problem);
      return FALSE;
    }
  self->data_version = version;
  return TRUE;
}

/**
 * Looks whether another program changed a file that is open. Takes a millisecond and no lock that
 * would keep the other from writing; not on a main loop. A file that is busy at this moment gives
 * an error and is looked at again later.
 *
 * change: (out): what happened since the last look
 */
gboolean
cc_case_file_look (CcCaseFile *self, CcChange *change, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (self != NULL && change != NULL && self->key != NULL, FALSE);
  g_mutex_lock (&self->watch_lock);
  ok = look (self, change, error);
  g_mutex_unlock (&self->watch_lock);
  return ok;
}
