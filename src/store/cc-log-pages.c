/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-log-pages-private.h"

#include <cc/store/cc-case-file.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The write-ahead log as the description of SQLite's file format has it, section 4. */
#define MAGIC        0x377f0682u /* the last bit: sums of numbers with the high byte first */
#define HEADER_SIZE  32
#define FRAME_HEADER 24
#define FRAME_SIZE   (FRAME_HEADER + CC_PAGE_SIZE)

struct _CcLogPages
{
  int         fd;
  GHashTable *frames; /* of a page's number, to that of its last frame, from 1 */
};

static guint32
get_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
add_up (guint32 sums[2], const guint8 *bytes, gsize size, gboolean high_first)
{
  for (gsize i = 0; i < size; i += 8)
    {
      guint32 pair[2];

      memcpy (pair, bytes + i, sizeof pair);
      sums[0] += (high_first ? GUINT32_FROM_BE (pair[0]) : GUINT32_FROM_LE (pair[0])) + sums[1];
      sums[1] += (high_first ? GUINT32_FROM_BE (pair[1]) : GUINT32_FROM_LE (pair[1])) + sums[0];
    }
}

static gboolean
sums_fit (const guint32 sums[2], const guint8 *stored)
{
  return sums[0] == get_number (stored) && sums[1] == get_number (stored + 4);
}

static void
take_over (GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer       page, frame;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &page, &frame))
    g_hash_table_insert (to, page, frame);
  g_hash_table_remove_all (from);
}

/* As far as its sums go, and of that as far as acts were completed. */
static void
read_frames (CcLogPages *self)
{
  g_autoptr (GHashTable) begun = g_hash_table_new (g_direct_hash, g_direct_equal);
  guint8   header[HEADER_SIZE];
  guint8   frame[FRAME_SIZE];
  guint32  sums[2] = { 0 };
  gboolean high_first;

  if (pread (self->fd, header, sizeof header, 0) != sizeof header)
    return;
  high_first = (get_number (header) & 1) != 0;
  add_up (sums, header, 24, high_first);
  if ((get_number (header) & ~1u) != MAGIC || get_number (header + 8) != CC_PAGE_SIZE
      || !sums_fit (sums, header + 24))
    return;
  for (guint32 i = 1;
       pread (self->fd, frame, sizeof frame, HEADER_SIZE + (off_t) (i - 1) * FRAME_SIZE)
       == sizeof frame;
       i++)
    {
      add_up (sums, frame, 8, high_first);
      add_up (sums, frame + FRAME_HEADER, CC_PAGE_SIZE, high_first);
      if (memcmp (frame + 8, header + 16, 8) != 0 || !sums_fit (sums, frame + 16))
        return;
      g_hash_table_insert (begun, GUINT_TO_POINTER (get_number (frame)), GUINT_TO_POINTER (i));
      if (get_number (frame + 4) != 0)
        take_over (begun, self->frames);
    }
}

/**
 * Reads the log beside a case file that was not closed properly: opened for reading only, SQLite
 * takes these pages from there, whatever the file itself has in their places.
 *
 * Returns: (nullable): NULL where there is no log, or where a program works in the file: then the
 *   file itself has its pages
 */
CcLogPages *
cc_log_pages_new (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  CcLogPages      *self;
  const int        fd = open (log, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return NULL;
  if (cc_case_file_is_in_use (path))
    {
      close (fd);
      return NULL;
    }
  self = g_new0 (CcLogPages, 1);
  self->fd = fd;
  self->frames = g_hash_table_new (g_direct_hash, g_direct_equal);
  read_frames (self);
  return self;
}

/* The page as the last completed act left it. Returns: FALSE where the log does not have it */
gboolean
cc_log_pages_get (CcLogPages *self, guint32 number, guint8 page[CC_PAGE_SIZE])
{
  const guint32 frame =
      GPOINTER_TO_UINT (g_hash_table_lookup (self->frames, GUINT_TO_POINTER (number)));

  return frame > 0
         && pread (self->fd, page, CC_PAGE_SIZE,
                   HEADER_SIZE + (off_t) (frame - 1) * FRAME_SIZE + FRAME_HEADER)
                == CC_PAGE_SIZE;
}

void
cc_log_pages_free (CcLogPages *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_hash_table_unref (self->frames);
  g_free (self);
}
