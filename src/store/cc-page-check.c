/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-page-check-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages read at once: one mebibyte. */
#define PAGES_AT_ONCE 256

/* A page that somebody writes while it is read is read again, after some microseconds. */
#define TRIES      5
#define TRY_PAUSE  20000
#define LOCK_BYTE  0x40000000
#define LOCK_PAGE  (LOCK_BYTE / CC_PAGE_SIZE + 1)
#define MAX_LISTED 50

static gboolean
is_empty (const guint8 *page)
{
  for (guint i = 0; i < CC_PAGE_SIZE; i++)
    if (page[i] != 0)
      return FALSE;
  return TRUE;
}

/* A page that was set aside and never written has no code: if the database uses it, the database's
 * own check tells. The page of SQLite's locks is never written at all. */
static gboolean
is_fine (CcPageCode *code, const guint8 *page, guint32 number)
{
  if (number != LOCK_PAGE && cc_page_code_fits (code, page, number))
    return TRUE;
  return is_empty (page);
}

static gboolean
is_fine_after_all (CcPageCode *code, int fd, guint32 number)
{
  guint8 page[CC_PAGE_SIZE];

  for (guint i = 0; i < TRIES; i++)
    {
      if (pread (fd, page, sizeof page, (off_t) (number - 1) * CC_PAGE_SIZE) != sizeof page)
        return FALSE;
      if (is_fine (code, page, number))
        return TRUE;
      g_usleep (TRY_PAUSE);
    }
  return FALSE;
}

static gboolean
check_pages (int         fd,
             guint32     n_pages,
             CcPageCode *code,
             CcProgress *progress,
             GPtrArray  *problems,
             GError    **error)
{
  g_autofree guint8 *buffer = g_malloc (PAGES_AT_ONCE * CC_PAGE_SIZE);
  guint              n_bad = 0;

  for (guint32 first = 1; first <= n_pages; first += PAGES_AT_ONCE)
    {
      const gsize  wanted = (gsize) MIN (PAGES_AT_ONCE, n_pages - first + 1);
      const gssize got =
          pread (fd, buffer, wanted * CC_PAGE_SIZE, (off_t) (first - 1) * CC_PAGE_SIZE);

      for (guint i = 0; i < wanted; i++)
        {
          const gboolean whole = got >= (gssize) ((i + 1) * CC_PAGE_SIZE);

          if (whole && is_fine (code, buffer + i * CC_PAGE_SIZE, first + i))
            continue;
          if (!is_fine_after_all (code, fd, first + i) && n_bad++ < MAX_LISTED)
            g_ptr_array_add (problems,
                             g_strdup_printf ("Encryption: page %u of %u was altered or cannot be "
                                              "read.",
                                              first + i, n_pages));
        }
      if (!cc_progress_update (progress, first + wanted - 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * Examines the code of every page of a case file as it lies on the disk: one bit that was altered
 * anywhere is found.
 *
 * progress: (nullable): phase "progress.verify", in pages
 * problems: (element-type utf8): sentences are added
 *
 * Returns: TRUE when the examination was carried out, whatever it found
 */
gboolean
cc_page_check_run (const char  *path,
                   const CcKey *key,
                   CcProgress  *progress,
                   GPtrArray   *problems,
                   GError     **error)
{
  struct stat info;
  CcPageCode *code;
  gboolean    ok;
  const int   fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      g_autofree char *name = g_path_get_basename (path);

      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "“%s” cannot be read (%s). Nothing was changed.", name, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  if (info.st_size % CC_PAGE_SIZE != 0)
    g_ptr_array_add (problems, g_strdup ("Encryption: the file was cut off inside a page."));
  cc_progress_begin (progress, "progress.verify", (guint64) (info.st_size / CC_PAGE_SIZE));
  code = cc_page_code_new (key);
  ok = check_pages (fd, (guint32) (info.st_size / CC_PAGE_SIZE), code, progress, problems, error);
  cc_page_code_free (code);
  close (fd);
  return ok;
}
