/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-repair-private.h"
#include "cc-case-file-private.h"

#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-backup.h>

#include <string.h>
#include <unistd.h>

/* What speaks for a passphrase where a file does not open: its own pages, first pages that are kept
 * and backups. */

/* Pages of a file of which one must be written under the key of its first page. */
#define PAGES_HELD 8

/* Some pages are of the key: where another file's first page opens with the passphrase, its own do
 * not. */
static gboolean
holds_pages_of (CcPageCode *code, const char *path)
{
  guint8    page[CC_PAGE_SIZE];
  const int fd = cc_raw_file_open (path);
  gboolean  found = FALSE;

  for (guint32 i = 2; fd >= 0 && i < 2 + PAGES_HELD && !found; i++)
    found = pread (fd, page, CC_PAGE_SIZE, (off_t) (i - 1) * CC_PAGE_SIZE) == CC_PAGE_SIZE
            && cc_page_code_fits (code, page, i);
  cc_raw_file_close (fd);
  return found;
}

/* Whether a first page was written under the passphrase. known: (nullable): the key that the
 * passphrase gives with a salt already; deriving one takes its time. path: (nullable): the file
 * whose page it must be */
static gboolean
fits_file (const char *source, const char *passphrase, const CcKey *known, const char *path)
{
  guint8 page[CC_PAGE_SIZE];
  g_autoptr (CcKey) key = NULL;
  CcPageCode *code;
  gboolean    fit;

  if (!cc_repair_read_first_page (source, page))
    return FALSE;
  if (known == NULL || memcmp (page, known->salt, CC_SALT_SIZE) != 0)
    {
      key = cc_key_derive (passphrase, page, NULL);
      if (key == NULL)
        return FALSE;
      known = key;
    }
  code = cc_page_code_new (known);
  fit = cc_page_code_fits (code, page, 1) && (path == NULL || holds_pages_of (code, path));
  cc_page_code_free (code);
  return fit;
}

gboolean
cc_repair_fits (const char *source, const char *passphrase, const CcKey *known)
{
  return fits_file (source, passphrase, known, NULL);
}

gboolean
cc_repair_fits_pages (const char *path, const char *passphrase)
{
  guint8 page[CC_PAGE_SIZE];
  g_autoptr (CcKey) key = NULL;
  CcPageCode *code;
  gboolean    fit;

  if (!cc_repair_read_first_page (path, page))
    return FALSE;
  key = cc_key_derive (passphrase, page, NULL);
  if (key == NULL)
    return FALSE;
  code = cc_page_code_new (key);
  fit = cc_page_code_fits (code, page, 1) || holds_pages_of (code, path);
  cc_page_code_free (code);
  return fit;
}

static gboolean
any_backup_fits (GPtrArray *backups, const char *passphrase, const CcKey *known)
{
  for (guint i = 0; i < MIN (backups->len, CC_REPAIR_BACKUPS_LOOKED_AT); i++)
    {
      const CcBackup *backup = g_ptr_array_index (backups, i);

      if (cc_repair_fits (backup->path, passphrase, known))
        return TRUE;
    }
  return FALSE;
}

gboolean
cc_repair_has_source (const char *path)
{
  g_autoptr (GPtrArray) kept = cc_repair_list_kept (path);
  g_autoptr (GPtrArray) backups = NULL;

  if (kept->len > 0)
    return TRUE;
  backups = cc_repair_list_backups (path);
  return backups->len > 0;
}

/* The beginning is as it was when the file was closed: whatever is wrong is not wrong there. Then
 * an older backup that opens only tells that the passphrase was an older one. */
static gboolean
is_as_closed (const char *path, const char *kept)
{
  guint8 page[CC_PAGE_SIZE];
  guint8 before[CC_PAGE_SIZE];

  return cc_repair_read_first_page (path, page) && cc_repair_read_first_page (kept, before)
         && memcmp (page, before, CC_PAGE_SIZE) == 0;
}

/* Of the first pages that are kept, that which is the file's as it stands, else the first that the
 * passphrase opens.
 *
 * Returns: (transfer full) (nullable) */
char *
cc_repair_choose_kept (const char  *path,
                       const char  *passphrase,
                       const CcKey *key,
                       gboolean    *as_closed)
{
  g_autoptr (GPtrArray) kept = cc_repair_list_kept (path);
  g_autofree char *own = cc_repair_build_kept_path (path);

  *as_closed = FALSE;
  for (guint i = 0; i < kept->len && !*as_closed; i++)
    {
      *as_closed = is_as_closed (path, g_ptr_array_index (kept, i));
      if (*as_closed)
        return g_strdup (g_ptr_array_index (kept, i));
    }
  for (guint i = 0; i < kept->len; i++)
    {
      const char *page = g_ptr_array_index (kept, i);

      if (fits_file (page, passphrase, key, g_str_equal (page, own) ? NULL : path))
        return g_strdup (page);
    }
  return NULL;
}

gboolean
cc_repair_knows_passphrase (const char *path, const char *passphrase, const CcKey *key)
{
  g_autofree char *own = cc_repair_build_kept_path (path);
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  gboolean as_closed;

  kept = cc_repair_choose_kept (path, passphrase, key, &as_closed);
  if (kept != NULL)
    return !as_closed;
  if (g_file_test (own, G_FILE_TEST_EXISTS))
    return FALSE;
  backups = cc_repair_list_backups (path);
  return any_backup_fits (backups, passphrase, key);
}
