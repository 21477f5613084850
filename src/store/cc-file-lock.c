/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Magic numbers that linux/magic.h of the oldest supported system lacks. */
#ifndef EXFAT_SUPER_MAGIC
#define EXFAT_SUPER_MAGIC 0x2011BAB0
#endif
#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif
#define BCACHEFS_MAGIC 0xca451a4e
#define JFS_MAGIC      0x3153464a
#define ZFS_MAGIC      0x2fc12fc1

struct _CcFileLock
{
  char    *path;
  int      fd;
  gboolean exclusive;
};

/**
 * TRUE on file systems known to be local, where write-ahead logging is safe. On network and unknown
 * ones it is not (shared memory between machines), so the classic journal is used there.
 */
gboolean
cc_path_is_local (const char *path)
{
  static const guint32 local[] = { EXT4_SUPER_MAGIC,      XFS_SUPER_MAGIC,   BTRFS_SUPER_MAGIC,
                                   TMPFS_MAGIC,           RAMFS_MAGIC,       F2FS_SUPER_MAGIC,
                                   MSDOS_SUPER_MAGIC,     EXFAT_SUPER_MAGIC, BCACHEFS_MAGIC,
                                   OVERLAYFS_SUPER_MAGIC, JFS_MAGIC,         ZFS_MAGIC };
  g_autofree char     *folder = g_path_get_dirname (path);
  struct statfs        info;

  if (statfs (folder, &info) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (local); i++)
    if ((guint32) info.f_type == local[i])
      return TRUE;
  return FALSE;
}

/* Someone may have removed the file between our open and our lock; then the lock is on nothing. */
static gboolean
is_same_file (int fd, const char *path)
{
  struct stat held, there;

  return fstat (fd, &held) == 0 && stat (path, &there) == 0 && held.st_dev == there.st_dev
         && held.st_ino == there.st_ino;
}

static void
report (const char *path, int problem, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  if (problem == EAGAIN || problem == EACCES)
    g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                 "“%s” is already open for writing in another window or program. Nothing was "
                 "changed. Close it there first, or open the file for reading only.",
                 name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
                 "The folder of “%s” cannot be written (%s), so the file cannot be opened for "
                 "writing. Nothing was changed. Open it for reading only, or copy it to a folder "
                 "of your own.",
                 name, g_strerror (problem));
}

/**
 * Takes the lock FILE.lock without waiting. It belongs to the open file description, so a second
 * opening in the same process is refused as well.
 */
CcFileLock *
cc_file_lock_take (const char *path, gboolean exclusive, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  struct flock     request = { 0 };

  request.l_type = exclusive ? F_WRLCK : F_RDLCK;
  request.l_whence = SEEK_SET;
  for (;;)
    {
      const int fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

      if (fd < 0)
        {
          report (path, errno == EACCES ? EROFS : errno, error);
          return NULL;
        }
      if (fcntl (fd, F_OFD_SETLK, &request) != 0)
        {
          report (path, errno, error);
          close (fd);
          return NULL;
        }
      if (is_same_file (fd, lock_path))
        {
          CcFileLock *self = g_new0 (CcFileLock, 1);

          self->path = g_steal_pointer (&lock_path);
          self->fd = fd;
          self->exclusive = exclusive;
          return self;
        }
      close (fd);
    }
}

/* Ends the lock. The writer takes its file away, so that a closed case file is one file; so does a
 * reader that is the last one. */
void
cc_file_lock_free (CcFileLock *self)
{
  struct flock request = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (self == NULL)
    return;
  if (self->exclusive || fcntl (self->fd, F_OFD_SETLK, &request) == 0)
    (void) unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
