/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions below are defined under both their names; the header must not rename them. */
#undef _FILE_OFFSET_BITS

#include "fault-disk-private.h"
#include "fault-plan.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <linux/magic.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The C library's functions, as SQLite, GLib and the store itself call them: these definitions go
 * before the library's own, note what is done in the watched folder, and fail as planned. */

G_STATIC_ASSERT (sizeof (off_t) == sizeof (goffset));

#define REAL(name)                                                                                 \
  static __typeof__ (&name) real;                                                                  \
  if (real == NULL)                                                                                \
  real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

/* Asks the plan, unless SQLite's VFS did. Returns: FALSE with errno where the call fails */
static gboolean
may (FaultCalls call, FaultHow *how)
{
  *how = fault_plan_is_inside () ? FAULT_PASS : fault_plan_ask (call);
  if (*how == FAULT_PASS || (*how == FAULT_SHORT && call == FAULT_WRITE))
    return TRUE;
  errno = *how == FAULT_FULL ? ENOSPC : EIO;
  return FALSE;
}

static int
open_with (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  g_autofree char *watched = fault_disk_get_path (path);
  const FaultCalls call =
      (flags & O_CREAT) != 0 && access (path, F_OK) != 0 ? FAULT_CREATE : FAULT_OPEN;
  FaultHow how;
  int      fd;

  if (watched != NULL && !may (call, &how))
    return -1;
  fd = real (path, flags, mode);
  if (fd >= 0 && watched != NULL)
    fault_disk_note_open (fd, watched, flags);
  return fd;
}

static mode_t
take_mode (int flags, va_list args)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t) va_arg (args, int) : 0;
}

int
open (const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  REAL (open);
  va_start (args, flags);
  mode = take_mode (flags, args);
  va_end (args);
  return open_with (real, path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  REAL (open64);
  va_start (args, flags);
  mode = take_mode (flags, args);
  va_end (args);
  return open_with (real, path, flags, mode);
}

int
close (int fd)
{
  REAL (close);
  fault_disk_note_close (fd);
  return real (fd);
}

ssize_t
write (int fd, const void *data, size_t size)
{
  FaultHow how = FAULT_PASS;
  ssize_t  n;

  REAL (write);
  if (!fault_disk_has_file (fd))
    return real (fd, data, size);
  if (!may (FAULT_WRITE, &how))
    return -1;
  n = real (fd, data, how == FAULT_SHORT ? (size + 1) / 2 : size);
  fault_disk_note_write (fd, data, n, -1);
  return n;
}

static ssize_t
pwrite_with (ssize_t (*real) (int, const void *, size_t, goffset),
             int         fd,
             const void *data,
             size_t      size,
             goffset     offset)
{
  FaultHow how = FAULT_PASS;
  ssize_t  n;

  if (!fault_disk_has_file (fd))
    return real (fd, data, size, offset);
  if (!may (FAULT_WRITE, &how))
    return -1;
  n = real (fd, data, how == FAULT_SHORT ? (size + 1) / 2 : size, offset);
  fault_disk_note_write (fd, data, n, offset);
  return n;
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  REAL (pwrite);
  return pwrite_with (real, fd, data, size, offset);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  REAL (pwrite64);
  return pwrite_with (real, fd, data, size, offset);
}

static int
truncate_with (int (*real) (int, goffset), int fd, goffset size)
{
  FaultHow how;
  int      code;

  if (!fault_disk_has_file (fd))
    return real (fd, size);
  if (!may (FAULT_TRUNCATE, &how))
    return -1;
  code = real (fd, size);
  if (code == 0)
    fault_disk_note_truncate (fd, size);
  return code;
}

int
ftruncate (int fd, off_t size)
{
  REAL (ftruncate);
  return truncate_with (real, fd, size);
}

int
ftruncate64 (int fd, off64_t size)
{
  REAL (ftruncate64);
  return truncate_with (real, fd, size);
}

static int
sync_with (int (*real) (int), int fd)
{
  FaultHow how;

  if (!fault_disk_has_file (fd))
    return real (fd);
  if (!may (FAULT_SYNC, &how))
    return -1;
  /* What the disk would have is known here; to wait for the real one would only take time. */
  fault_disk_note_sync (fd);
  return 0;
}

int
fsync (int fd)
{
  REAL (fsync);
  return sync_with (real, fd);
}

int
fdatasync (int fd)
{
  REAL (fdatasync);
  return sync_with (real, fd);
}

int
mkdir (const char *path, mode_t mode)
{
  g_autofree char *watched = fault_disk_get_path (path);
  FaultHow         how;
  int              code;

  REAL (mkdir);
  if (watched != NULL && access (path, F_OK) != 0 && !may (FAULT_CREATE, &how))
    return -1;
  code = real (path, mode);
  if (code == 0 && watched != NULL)
    fault_disk_note_folder (watched);
  return code;
}

int
unlink (const char *path)
{
  g_autofree char *watched = fault_disk_get_path (path);
  FaultHow         how;
  int              code;

  REAL (unlink);
  if (watched != NULL && !may (FAULT_DELETE, &how))
    return -1;
  code = real (path);
  if (code == 0 && watched != NULL)
    fault_disk_note_removed (watched);
  return code;
}

int
rename (const char *from, const char *to)
{
  g_autofree char *watched = fault_disk_get_path (from);
  g_autofree char *target = fault_disk_get_path (to);
  FaultHow         how;
  int              code;

  REAL (rename);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from, to);
  if (code == 0 && watched != NULL && target != NULL)
    fault_disk_note_other_name (watched, target, TRUE);
  return code;
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  g_autofree char *watched = fault_disk_get_path (from);
  g_autofree char *target = fault_disk_get_path (to);
  FaultHow         how;
  int              code;

  REAL (renameat2);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from_folder, from, to_folder, to, flags);
  if (code == 0 && watched != NULL && target != NULL)
    fault_disk_note_other_name (watched, target, TRUE);
  return code;
}

int
link (const char *from, const char *to)
{
  g_autofree char *watched = fault_disk_get_path (from);
  g_autofree char *target = fault_disk_get_path (to);
  FaultHow         how;
  int              code;

  REAL (link);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from, to);
  if (code == 0 && watched != NULL && target != NULL)
    fault_disk_note_other_name (watched, target, FALSE);
  return code;
}

/* Copies inside the kernel are refused, so that the caller writes what can be noted. */
#define REFUSE_COPY(fd)                                                                            \
  if (fault_disk_has_file (fd))                                                                    \
    {                                                                                              \
      errno = EINVAL;                                                                              \
      return -1;                                                                                   \
    }

ssize_t
splice (int in, off64_t *in_offset, int out, off64_t *out_offset, size_t size, unsigned flags)
{
  REAL (splice);
  REFUSE_COPY (out)
  return real (in, in_offset, out, out_offset, size, flags);
}

ssize_t
copy_file_range (int      in,
                 off64_t *in_offset,
                 int      out,
                 off64_t *out_offset,
                 size_t   size,
                 unsigned flags)
{
  REAL (copy_file_range);
  REFUSE_COPY (out)
  return real (in, in_offset, out, out_offset, size, flags);
}

ssize_t
sendfile (int out, int in, off_t *offset, size_t size)
{
  REAL (sendfile);
  REFUSE_COPY (out)
  return real (out, in, offset, size);
}

int
statfs (const char *path, struct statfs *info)
{
  int code;

  REAL (statfs);
  code = real (path, info);
  if (code == 0 && fault_disk_is_network ())
    info->f_type = NFS_SUPER_MAGIC;
  return code;
}

int
statfs64 (const char *path, struct statfs64 *info)
{
  int code;

  REAL (statfs64);
  code = real (path, info);
  if (code == 0 && fault_disk_is_network ())
    info->f_type = NFS_SUPER_MAGIC;
  return code;
}
