/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often one and the same name may come and go while it is looked for. */
#define ATTEMPTS 100

struct _CcFileLock
{
  char    *path;
  int      fd;
  gboolean exclusive;
};

/* Someone may have removed the file between our open and our lock; then the lock is on nothing. */
static gboolean
is_same_file (int fd, const char *path)
{
  struct stat held, there;

  return fstat (fd, &held) == 0 && stat (path, &there) == 0 && held.st_dev == there.st_dev
         && held.st_ino == there.st_ino;
}

static void
report_held (const char *path, const char *name, GError **error)
{
  if (cc_place_is_local (path))
    g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                 "“%s” is already open for writing in another window or program. Nothing was "
                 "changed. Close it there first, or open the file for reading only.",
                 name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                 "“%s” is already open in another window or program, perhaps on another computer. "
                 "It lies on a network drive or on a file system that is not known, where one "
                 "program at a time can work in it. Nothing was changed. Close it there first.",
                 name);
}

static gboolean
is_protected (int problem)
{
  return problem == EACCES || problem == EROFS || problem == EPERM;
}

/* A mark that another user's program made, or left, and that may not be asked. */
static gboolean
is_foreign (const char *lock_path, int problem)
{
  return problem == EACCES && access (lock_path, F_OK) == 0;
}

static void
report_foreign (const char *name, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
               "“%s” is open in a program of another user, or was when that program ended: the "
               "mark beside it, “%s.lock”, is not yours to read. Nothing was changed. Ask that "
               "user to close the file, or to open it and close it again; or open it for reading "
               "only.",
               name, name);
}

/* problem: of making or locking FILE.lock */
static void
report (const char *path, const char *lock_path, int problem, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  if (problem == EAGAIN)
    report_held (path, name, error);
  else if (is_foreign (lock_path, problem))
    report_foreign (name, error);
  else if (problem == ENOSPC || problem == EDQUOT)
    g_set_error (error, CC_ERROR, CC_ERROR_NO_SPACE,
                 "The disk that holds “%s” is full, so it was not opened for writing. The file is "
                 "as it was. Free some space on that disk, or open the file for reading only.",
                 name);
  else if (is_protected (problem))
    g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
                 "The folder of “%s” cannot be written (%s), so the file cannot be opened for "
                 "writing. Nothing was changed. Open it for reading only, or copy it to a folder "
                 "of your own.",
                 name, g_strerror (problem));
  else
    g_set_error (error, CC_ERROR, CC_ERROR_NO_LOCKS,
                 "Where “%s” lies, two programs cannot be kept from writing at the same time (%s), "
                 "so it was not opened. Nothing was changed. Copy it to a disk of this computer "
                 "and open the copy.",
                 name, g_strerror (problem));
}

/* Whoever shares the case file must be able to ask for its lock, too: the lock gets the file's
 * group and rights, as far as they can be given. */
static void
share (int fd, const char *path)
{
  struct stat info;

  if (stat (path, &info) == 0
      && (fchown (fd, (uid_t) -1, info.st_gid) == 0 || info.st_gid == getegid ()))
    (void) fchmod (fd, (info.st_mode & 0666) | 0600);
}

/* Opens what is there, or makes it. Whoever only reads must not be kept from it where nothing can
 * be written. */
static int
open_lock (const char *path, const char *lock_path, gboolean exclusive, gboolean *made)
{
  int fd = -1;

  *made = FALSE;
  for (guint i = 0; i < ATTEMPTS && fd < 0; i++)
    {
      fd = open (lock_path, O_RDWR | O_CLOEXEC);
      if (fd >= 0 || errno != ENOENT)
        break;
      /* Not without O_EXCL: in a folder like that for temporary files, the lock of another user
       * would not open then, even if it may be written. */
      fd = open (lock_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      *made = fd >= 0;
      if (fd < 0 && errno != EEXIST)
        break;
    }
  if (*made)
    share (fd, path);
  if (fd < 0 && !exclusive && is_protected (errno))
    {
      const int problem = errno;

      fd = open (lock_path, O_RDONLY | O_CLOEXEC);
      if (fd < 0)
        errno = problem;
    }
  return fd;
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
      gboolean  made;
      const int fd = open_lock (path, lock_path, exclusive, &made);

      if (fd < 0)
        {
          report (path, lock_path, errno, error);
          return NULL;
        }
      if (fcntl (fd, F_OFD_SETLK, &request) != 0)
        {
          const int problem = errno == EACCES ? EAGAIN : errno;

          /* Where there are no locks, nobody holds the one that was just made. */
          if (made && problem != EAGAIN)
            (void) unlink (lock_path);
          report (path, lock_path, problem, error);
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

/* Whether the file system of a case file that may be read knows locks at all. */
gboolean
cc_file_lock_is_possible (const char *path)
{
  struct flock request = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
  const int    fd = cc_raw_file_open (path);
  gboolean     possible;

  if (fd < 0)
    return TRUE;
  possible = fcntl (fd, F_OFD_GETLK, &request) == 0;
  cc_raw_file_close (fd);
  return possible;
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

gboolean
cc_case_file_is_in_use (const char *path)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *lock_path = g_strconcat (resolved, ".lock", NULL);
  struct flock     request = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
  const int        fd = open (lock_path, O_RDONLY | O_CLOEXEC);
  gboolean         in_use;

  if (fd < 0)
    return FALSE;
  in_use = fcntl (fd, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
  close (fd);
  return in_use;
}
