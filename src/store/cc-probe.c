/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bits per byte of one page. A page of random bytes has about 7.95, a compressed one about 7.9, a
 * text below 6; a page of a database in the clear stays far below 7. */
#define LEAST_ENTROPY 7.6

static double
measure_entropy (const guint8 *data, gsize size)
{
  guint  counts[256] = { 0 };
  double bits = 0;

  for (gsize i = 0; i < size; i++)
    counts[data[i]]++;
  for (guint i = 0; i < 256; i++)
    if (counts[i] > 0)
      bits -= (double) counts[i] / (double) size * log2 ((double) counts[i] / (double) size);
  return bits;
}

/* Text has no control characters but the usual ones; bytes above 127 may be of any encoding. */
static gboolean
is_text (const guint8 *data, gsize size)
{
  if (size >= 2 && ((data[0] == 0xff && data[1] == 0xfe) || (data[0] == 0xfe && data[1] == 0xff)))
    return TRUE;
  for (gsize i = 0; i < size; i++)
    if (data[i] == 0 || (data[i] < 0x20 && strchr ("\t\n\v\f\r\033", data[i]) == NULL))
      return FALSE;
  return TRUE;
}

/* Where the power failed while the file grew, its last page may be half there; the log beside it
 * has the whole one. */
static gboolean
has_log (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *log = g_strconcat (path, suffixes[i], NULL);
      struct stat      info;

      if (stat (log, &info) == 0 && info.st_size > 0)
        return TRUE;
    }
  return FALSE;
}

/* whole: the file ends with a page */
static CcFileKind
classify (const guint8 *data, gsize size, gboolean whole)
{
  static const guint8 zip[] = { 'P', 'K', 3, 4 };
  static const guint8 empty_zip[] = { 'P', 'K', 5, 6 };

  if (size >= 16 && memcmp (data, "SQLite format 3", 16) == 0)
    return CC_FILE_PLAIN_SQLITE;
  if (size >= 4 && (memcmp (data, zip, 4) == 0 || memcmp (data, empty_zip, 4) == 0))
    return CC_FILE_ZIP;
  if (size >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return CC_FILE_PDF;
  if (is_text (data, size))
    return CC_FILE_TEXT;
  if (size == CC_PAGE_SIZE && whole && measure_entropy (data, size) >= LEAST_ENTROPY)
    return CC_FILE_CASE_FILE;
  return CC_FILE_OTHER;
}

/* The beginning is nothing known; a case file whose first page was overwritten still is one where
 * the pages after it look encrypted. */
static gboolean
is_encrypted_further_on (int fd, goffset size)
{
  guint8        page[CC_PAGE_SIZE];
  const goffset n = size / CC_PAGE_SIZE;

  if (size % CC_PAGE_SIZE != 0 || n < 8)
    return FALSE;
  for (goffset i = 1; i <= 3; i++)
    if (pread (fd, page, sizeof page, (off_t) (i * (n / 4) * CC_PAGE_SIZE)) != (gssize) sizeof page
        || measure_entropy (page, sizeof page) < LEAST_ENTROPY)
      return FALSE;
  return TRUE;
}

/**
 * Tells what a path holds without a passphrase, from its size and first page.
 *
 * Returns: the kind; CC_FILE_OTHER with an error set when the file cannot be read
 */
CcFileKind
cc_case_file_probe (const char *path, GError **error)
{
  guint8           page[CC_PAGE_SIZE];
  gsize            filled = 0;
  struct stat      info;
  CcFileKind       kind;
  g_autofree char *name = g_path_get_basename (path);
  const int        fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0 && errno == ENOENT)
    return CC_FILE_ABSENT;
  if (fd < 0 || fstat (fd, &info) != 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "“%s” cannot be read (%s). Nothing was changed. Look whether you may read it.",
                   name, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return CC_FILE_OTHER;
    }
  while (S_ISREG (info.st_mode) && filled < sizeof page)
    {
      const gssize n = read (fd, page + filled, sizeof page - filled);

      if (n <= 0)
        break;
      filled += (gsize) n;
    }
  if (!S_ISREG (info.st_mode))
    kind = CC_FILE_OTHER;
  else if (filled == 0)
    kind = CC_FILE_EMPTY;
  else
    {
      kind = classify (page, filled, info.st_size % CC_PAGE_SIZE == 0 || has_log (path));
      if (kind == CC_FILE_OTHER && is_encrypted_further_on (fd, info.st_size))
        kind = CC_FILE_CASE_FILE;
    }
  close (fd);
  return kind;
}
