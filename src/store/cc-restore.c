/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-backup-private.h"
#include "cc-copy-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-making.h>

/* Everything verify looks at; one complaint is enough to keep a backup from becoming the file. */
static gboolean
examine (const char   *backup,
         CcConnection *connection,
         const CcKey  *key,
         CcProgress   *progress,
         GError      **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;

  if (!cc_verify_connection (connection, backup, key, progress, problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  name = g_path_get_basename (backup);
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The backup “%s” is itself damaged: %s Nothing was changed. Try an older backup.",
               name, (const char *) g_ptr_array_index (problems, 0));
  return FALSE;
}

/* The restored file's history goes on with where it came from. */
static gboolean
sign (const char *part, const CcKey *key, const char *backup, GError **error)
{
  g_autoptr (CcConnection) copy = cc_connection_open (part, key, SQLITE_OPEN_READWRITE, error);
  g_autofree char *name = g_path_get_basename (backup);

  return copy != NULL && cc_connection_execute (copy, "PRAGMA synchronous = FULL", error)
         && cc_audit_append_act (copy, "restore", NULL, "restore", name, "restored", error);
}

gboolean
cc_case_file_restore (const char *backup,
                      const char *passphrase,
                      CcPack     *pack,
                      const char *path,
                      CcProgress *progress,
                      GError    **error)
{
  g_autoptr (CcKey) key = NULL;
  g_autoptr (CcConnection) connection = NULL;
  g_autofree char *part = NULL;
  g_auto (CcCopyMarks) marks = { 0 };
  g_autoptr (CcMaking) made = NULL;
  gboolean ok;

  g_return_val_if_fail (backup != NULL && passphrase != NULL && pack != NULL && path != NULL,
                        FALSE);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_path_get_basename (path);

      g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                   "“%s” exists already and was left as it is. Give the restored file another "
                   "name, or move the old one away first.",
                   name);
      return FALSE;
    }
  connection = cc_case_file_open_bare (backup, passphrase, pack, &key, error);
  if (connection == NULL || !examine (backup, connection, key, progress, error))
    return FALSE;
  part = g_strconcat (path, ".part", NULL);
  if (!cc_making_begin (part, &made, error)
      || !cc_copy_pages (connection, part, key, &marks, progress, error))
    return FALSE;
  ok = cc_copy_test (part, key, &marks, progress, error) && sign (part, key, backup, error)
       && cc_copy_settle (part, path, FALSE, error);
  if (!ok)
    cc_copy_discard (part);
  return ok;
}
