/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>

#include <sys/stat.h>
#include <unistd.h>

/* Following a file that others change. SQLite counts, for each connection, the commits of all
 * others; so the connection that asks must be one and the same. */

void
cc_case_file_note_identity (CcCaseFile *self)
{
  struct stat info;

  if (stat (self->path, &info) != 0)
    return;
  self->device = info.st_dev;
  self->inode = info.st_ino;
}

gboolean
cc_case_file_is_replaced (CcCaseFile *self)
{
  struct stat info;

  return stat (self->path, &info) != 0 || info.st_dev != self->device || info.st_ino != self->inode;
}

/**
 * Whoever writes into a file that no longer bears its name writes into nothing: what is done there
 * is gone when it is closed.
 *
 * Returns: TRUE with an error where the file was moved, removed or replaced since it was opened
 */
gboolean
cc_case_file_refuse_replaced (CcCaseFile *self, GError **error)
{
  if (self->inode == 0 || !cc_case_file_is_replaced (self))
    return FALSE;
  if (access (self->path, F_OK) == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "Another file was put in the place of “%s” while it was open, perhaps by a "
                 "program that keeps folders the same. The act was not carried out, as it would be "
                 "lost; the other file was not touched. Save a copy of what is open here, close it "
                 "and compare both.",
                 self->name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "“%s” is no longer where it was opened: it was moved, renamed or removed, or its "
                 "disk was taken out. The act was not carried out; earlier ones are in that file. "
                 "Put it back and try again, or close it here and open it where it is now.",
                 self->name);
  return TRUE;
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
