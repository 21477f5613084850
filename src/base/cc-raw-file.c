/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-raw-file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that is held, by whatever path. */
struct _CcRawHold
{
  dev_t   device;
  ino_t   inode;
  guint   n_holders;
  GArray *waiting; /* descriptors that must not be closed yet */
};

static GMutex  lock; /* of all that follows */
static GSList *held;

static CcRawHold *
find (const struct stat *info)
{
  for (GSList *each = held; each != NULL; each = each->next)
    {
      CcRawHold *hold = each->data;

      if (hold->device == info->st_dev && hold->inode == info->st_ino)
        return hold;
    }
  return NULL;
}

CcRawHold *
cc_raw_file_hold (const char *path)
{
  struct stat info;
  CcRawHold  *hold;

  g_return_val_if_fail (path != NULL, NULL);
  if (stat (path, &info) != 0)
    return NULL;
  g_mutex_lock (&lock);
  hold = find (&info);
  if (hold == NULL)
    {
      hold = g_new0 (CcRawHold, 1);
      hold->device = info.st_dev;
      hold->inode = info.st_ino;
      hold->waiting = g_array_new (FALSE, FALSE, sizeof (int));
      held = g_slist_prepend (held, hold);
    }
  hold->n_holders++;
  g_mutex_unlock (&lock);
  return hold;
}

void
cc_raw_file_release (CcRawHold *hold)
{
  if (hold == NULL)
    return;
  g_mutex_lock (&lock);
  if (--hold->n_holders == 0)
    {
      held = g_slist_remove (held, hold);
      for (guint i = 0; i < hold->waiting->len; i++)
        close (g_array_index (hold->waiting, int, i));
      g_array_unref (hold->waiting);
      g_free (hold);
    }
  g_mutex_unlock (&lock);
}

/* Returns: -1 where none waits */
static int
take_waiting (const char *path)
{
  struct stat info;
  CcRawHold  *hold;
  int         fd = -1;

  g_mutex_lock (&lock);
  hold = held != NULL && stat (path, &info) == 0 ? find (&info) : NULL;
  if (hold != NULL && hold->waiting->len > 0)
    {
      fd = g_array_index (hold->waiting, int, hold->waiting->len - 1);
      g_array_set_size (hold->waiting, hold->waiting->len - 1);
    }
  g_mutex_unlock (&lock);
  if (fd >= 0)
    (void) lseek (fd, 0, SEEK_SET);
  return fd;
}

int
cc_raw_file_open (const char *path)
{
  const int fd = take_waiting (path);

  return fd >= 0 ? fd : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

void
cc_raw_file_close (int fd)
{
  const int   problem = errno;
  struct stat info;
  CcRawHold  *hold;

  if (fd < 0)
    return;
  g_mutex_lock (&lock);
  hold = held != NULL && fstat (fd, &info) == 0 ? find (&info) : NULL;
  if (hold != NULL)
    g_array_append_val (hold->waiting, fd);
  else
    close (fd);
  g_mutex_unlock (&lock);
  errno = problem;
}
