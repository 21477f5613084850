/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <errno.h>
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

/* whole: the file ends with a page */
static CcFileKind
classify (const guint8 *data, gsize size, gboolean whole)
{
  static const guint8 zip[] = { 'P', 'K', 3, 4 };
  static const guint8 empty_zip[] = { 'P', 'K', 5, 6 };
  static const guint8 office[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

  if (size >= 16 && memcmp (data, "SQLite format 3", 16) == 0)
    return CC_FILE_PLAIN_SQLITE;
  if (size >= 4 && (memcmp (data, zip, 4) == 0 || memcmp (data, empty_zip, 4) == 0))
    return CC_FILE_ZIP;
  if (size >= sizeof office && memcmp (data, office, sizeof office) == 0)
    return CC_FILE_OFFICE;
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

static CcFileKind
report_unreadable (const char *name, int problem, GError **error)
{
  if (problem == EACCES || problem == EPERM)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DENIED,
                   "You may not read “%s” (%s). Nothing was changed. Ask whoever the file belongs "
                   "to for the right to read it.",
                   name, g_strerror (problem));
      return CC_FILE_DENIED;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "“%s” cannot be read: its disk or network drive reports an error (%s). Nothing was "
               "changed. Look whether the drive is connected and try again; if it stays so, "
               "restore the newest backup on another disk.",
               name, g_strerror (problem));
  return CC_FILE_UNREADABLE;
}

/* Reads up to a page from the start. Returns: FALSE with errno where the disk fails */
static gboolean
read_start (int fd, guint8 page[CC_PAGE_SIZE], gsize *filled)
{
  *filled = 0;
  while (*filled < CC_PAGE_SIZE)
    {
      const gssize n = read (fd, page + *filled, CC_PAGE_SIZE - *filled);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      *filled += (gsize) n;
    }
  return TRUE;
}

static CcFileKind
look_at_contents (int fd, const char *path, const char *name, GError **error)
{
  guint8      page[CC_PAGE_SIZE];
  gsize       filled;
  struct stat info;
  CcFileKind  kind;

  if (fstat (fd, &info) != 0)
    return report_unreadable (name, errno, error);
  if (S_ISDIR (info.st_mode))
    return CC_FILE_FOLDER;
  if (!S_ISREG (info.st_mode))
    return CC_FILE_OTHER;
  if (!read_start (fd, page, &filled))
    return report_unreadable (name, errno, error);
  if (filled == 0)
    return CC_FILE_EMPTY;
  /* Where the power failed while the file grew, its last page may be half there; the log beside it
   * has the whole one. */
  kind = classify (page, filled, info.st_size % CC_PAGE_SIZE == 0 || cc_place_has_log (path));
  if ((kind == CC_FILE_OTHER || kind == CC_FILE_TEXT) && is_encrypted_further_on (fd, info.st_size))
    kind = CC_FILE_CASE_FILE;
  return kind;
}

/**
 * Tells what a path holds without a passphrase, from its size and first page.
 *
 * Returns: the kind; CC_FILE_DENIED and CC_FILE_UNREADABLE with an error set
 */
CcFileKind
cc_case_file_probe (const char *path, GError **error)
{
  CcFileKind       kind;
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *name = g_path_get_basename (path);
  const int        fd = cc_raw_file_open (resolved);

  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
    return CC_FILE_ABSENT;
  if (fd < 0)
    return report_unreadable (name, errno, error);
  kind = look_at_contents (fd, resolved, name, error);
  cc_raw_file_close (fd);
  return kind;
}
