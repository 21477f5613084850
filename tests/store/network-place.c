/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions are defined under both their names; the header must not rename them. */
#undef _FILE_OFFSET_BITS

#include "network-place.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/vfs.h>

static Place place;
static int   no_locks;

void
place_set (Place wanted)
{
  place = wanted;
}

void
place_forbid_locks (int problem)
{
  no_locks = problem;
}

static int
control (int (*real) (int, int, ...), int fd, int command, void *argument)
{
  switch (command)
    {
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_GETLK:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
      if (no_locks != 0)
        {
          errno = no_locks;
          return -1;
        }
      break;
    default:
      break;
    }
  return real (fd, command, argument);
}

/* Its third argument, where there is one, is a number or a pointer: it goes on as it came. */
int
fcntl (int fd, int command, ...)
{
  static int (*real) (int, int, ...);
  va_list args;
  void   *argument;

  if (real == NULL)
    real = (int (*) (int, int, ...)) dlsym (RTLD_NEXT, "fcntl");
  va_start (args, command);
  argument = va_arg (args, void *);
  va_end (args);
  return control (real, fd, command, argument);
}

int
fcntl64 (int fd, int command, ...)
{
  static int (*real) (int, int, ...);
  va_list args;
  void   *argument;

  if (real == NULL)
    real = (int (*) (int, int, ...)) dlsym (RTLD_NEXT, "fcntl64");
  va_start (args, command);
  argument = va_arg (args, void *);
  va_end (args);
  return control (real, fd, command, argument);
}

int
statfs (const char *path, struct statfs *info)
{
  static int (*real) (const char *, struct statfs *);
  int code;

  if (real == NULL)
    real = (int (*) (const char *, struct statfs *)) dlsym (RTLD_NEXT, "statfs");
  code = real (path, info);
  if (place != PLACE_AS_IT_IS)
    info->f_type = place == PLACE_NETWORK ? NFS_SUPER_MAGIC : 0x65735546;
  return code;
}

int
statfs64 (const char *path, struct statfs64 *info)
{
  static int (*real) (const char *, struct statfs64 *);
  int code;

  if (real == NULL)
    real = (int (*) (const char *, struct statfs64 *)) dlsym (RTLD_NEXT, "statfs64");
  code = real (path, info);
  if (place != PLACE_AS_IT_IS)
    info->f_type = place == PLACE_NETWORK ? NFS_SUPER_MAGIC : 0x65735546;
  return code;
}
