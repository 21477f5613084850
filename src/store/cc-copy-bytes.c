/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-copy-private.h"

#include <cc/base/cc-raw-file.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define CHUNK (1024 * 1024)

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      const gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static CcCopyEnd
copy_chunks (int from, int to, GCancellable *cancellable)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);

  for (;;)
    {
      const gssize n = read (from, buffer, CHUNK);

      if (n == 0)
        return CC_COPY_DONE;
      if (n < 0 && errno != EINTR)
        return CC_COPY_UNREADABLE;
      if (n > 0 && !write_all (to, buffer, (gsize) n))
        return CC_COPY_UNWRITABLE;
      if (g_cancellable_is_cancelled (cancellable))
        return CC_COPY_CANCELLED;
    }
}

/**
 * Copies a file byte by byte, as it lies there, to a new one for the owner alone.
 *
 * from: may be damaged, and open in this program
 * to: must not exist; what was written of it stays where the copy fails
 * cancellable: (nullable)
 *
 * Returns: how it ended; errno tells why it could not be read or written
 */
CcCopyEnd
cc_copy_bytes (const char *from, const char *to, GCancellable *cancellable)
{
  const int source = cc_raw_file_open (from);
  CcCopyEnd end;
  int       target;
  int       problem;

  if (source < 0)
    return CC_COPY_UNREADABLE;
  target = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  end = target >= 0 ? copy_chunks (source, target, cancellable) : CC_COPY_UNWRITABLE;
  problem = errno;
  cc_raw_file_close (source);
  /* Some file systems tell only now that there was no room. */
  if (target >= 0 && close (target) != 0 && end == CC_COPY_DONE)
    return CC_COPY_UNWRITABLE;
  errno = problem;
  return end;
}
