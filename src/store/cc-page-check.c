/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-page-check-private.h"
#include "cc-log-pages-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages read at once: one mebibyte. */
#define PAGES_AT_ONCE 256

/* Pages that somebody writes while they are read are read again, after some microseconds. */
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

typedef struct
{
  const char *path;
  int         fd;
  guint32     n_pages;
  CcPageCode *code;
  guint8     *buffer; /* of PAGES_AT_ONCE */
  guint       n_bad;
} Check;

/* Pages of one stretch that do not fit are read again, all together and after one pause: somebody
 * may have been writing them. Where so many are bad that no more are listed, nothing is waited for.
 */
static void
read_again (Check *self, GArray *bad)
{
  guint8 page[CC_PAGE_SIZE];

  for (guint i = 0; i < TRIES && bad->len > 0 && self->n_bad < MAX_LISTED; i++)
    {
      if (i > 0)
        g_usleep (TRY_PAUSE);
      for (guint k = bad->len; k > 0; k--)
        {
          const guint32 number = g_array_index (bad, guint32, k - 1);

          if (pread (self->fd, page, sizeof page, (off_t) (number - 1) * CC_PAGE_SIZE)
                  == sizeof page
              && is_fine (self->code, page, number))
            g_array_remove_index (bad, k - 1);
        }
    }
}

static gboolean
is_logged (Check *self, CcLogPages *log, guint32 number)
{
  guint8 page[CC_PAGE_SIZE];

  return log != NULL && cc_log_pages_get (log, number, page)
         && cc_page_code_fits (self->code, page, number);
}

/* A power cut leaves pages half written that stand whole in the log: opening for writing writes
 * them again, and who only reads gets them from there. */
static void
leave_out_logged (Check *self, GArray *bad)
{
  g_autoptr (CcLogPages) log = bad->len > 0 ? cc_log_pages_new (self->path) : NULL;

  for (guint k = bad->len; k > 0; k--)
    if (is_logged (self, log, g_array_index (bad, guint32, k - 1)))
      g_array_remove_index (bad, k - 1);
}

static void
report (Check *self, GArray *bad, GPtrArray *problems)
{
  for (guint i = 0; i < bad->len; i++)
    if (self->n_bad++ < MAX_LISTED)
      g_ptr_array_add (problems,
                       g_strdup_printf ("Encryption: page %u of %u was altered or cannot be read.",
                                        g_array_index (bad, guint32, i), self->n_pages));
}

static gboolean
check_pages (Check *self, CcProgress *progress, GPtrArray *problems, GError **error)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 first = 1; first <= self->n_pages; first += PAGES_AT_ONCE)
    {
      const gsize  wanted = (gsize) MIN (PAGES_AT_ONCE, self->n_pages - first + 1);
      const gssize got =
          pread (self->fd, self->buffer, wanted * CC_PAGE_SIZE, (off_t) (first - 1) * CC_PAGE_SIZE);

      g_array_set_size (bad, 0);
      for (guint32 i = 0; i < wanted; i++)
        {
          const gboolean whole = got >= (gssize) ((i + 1) * CC_PAGE_SIZE);
          const guint32  number = first + i;

          if (!whole || !is_fine (self->code, self->buffer + i * CC_PAGE_SIZE, number))
            g_array_append_val (bad, number);
        }
      read_again (self, bad);
      leave_out_logged (self, bad);
      report (self, bad, problems);
      if (!cc_progress_update (progress, first + wanted - 1, error))
        return FALSE;
    }
  if (self->n_bad > MAX_LISTED)
    g_ptr_array_add (problems, g_strdup_printf ("Encryption: %u more pages were altered or cannot "
                                                "be read.",
                                                self->n_bad - MAX_LISTED));
  return TRUE;
}

/* The file ends inside the page after the whole ones. */
static void
check_end (Check *self, GPtrArray *problems)
{
  g_autoptr (CcLogPages) log = cc_log_pages_new (self->path);

  if (!is_logged (self, log, self->n_pages + 1))
    g_ptr_array_add (problems, g_strdup ("Encryption: the file was cut off inside a page."));
}

/**
 * Examines the code of every page of a case file as it lies on the disk, or in a log that nobody
 * has put in order since a power cut: one bit that was altered anywhere is found.
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
  g_autofree guint8 *buffer = NULL;
  struct stat        info;
  Check              check = { 0 };
  gboolean           ok;
  const int          fd = cc_raw_file_open (path);

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      g_autofree char *name = g_path_get_basename (path);

      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "“%s” cannot be read (%s). Nothing was changed.", name, g_strerror (errno));
      cc_raw_file_close (fd);
      return FALSE;
    }
  cc_progress_begin (progress, "progress.verify", (guint64) (info.st_size / CC_PAGE_SIZE));
  buffer = g_malloc (PAGES_AT_ONCE * CC_PAGE_SIZE);
  check.path = path;
  check.fd = fd;
  check.n_pages = (guint32) (info.st_size / CC_PAGE_SIZE);
  check.code = cc_page_code_new (key);
  check.buffer = buffer;
  if (info.st_size % CC_PAGE_SIZE != 0)
    check_end (&check, problems);
  ok = check_pages (&check, progress, problems, error);
  cc_page_code_free (check.code);
  cc_raw_file_close (fd);
  return ok;
}
