/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-exchange-work.h"

#include "library/cc-library.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

#include <errno.h>

static CcCaseFile *
open_file (const char *path, const char *passphrase, CcOpenMode mode, GError **error)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack == NULL)
    return NULL;
  file = cc_case_file_open (path, passphrase, pack, mode, error);
  if (file == NULL || (mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error)))
    return NULL;
  return g_steal_pointer (&file);
}

gboolean
cc_exchange_work_compare (const char *path,
                          const char *other,
                          const char *passphrase,
                          CcKinship  *kinship,
                          GError    **error)
{
  g_autoptr (CcCaseFile) here = open_file (path, passphrase, CC_OPEN_READ_ONLY, error);
  g_autoptr (CcCaseFile) there = NULL;

  if (here != NULL)
    there = open_file (other, passphrase, CC_OPEN_READ_ONLY, error);
  return there != NULL && cc_exchange_compare (here, there, kinship, error);
}

gboolean
cc_exchange_work_merge (CcCaseFile    *file,
                        const char    *other,
                        const char    *passphrase,
                        CcProgress    *progress,
                        CcMergeResult *result,
                        GError       **error)
{
  g_autoptr (CcCaseFile) there = open_file (other, passphrase, CC_OPEN_READ_ONLY, error);

  return there != NULL && cc_merge (file, there, progress, result, error);
}

gboolean
cc_exchange_work_merge_closed (const char    *path,
                               const char    *other,
                               const char    *passphrase,
                               CcProgress    *progress,
                               CcMergeResult *result,
                               GError       **error)
{
  g_autoptr (CcCaseFile) here = open_file (path, passphrase, CC_OPEN_READ_WRITE, error);

  return here != NULL && cc_exchange_work_merge (here, other, passphrase, progress, result, error)
         && cc_case_file_close (here, error);
}

/* The folder held one copy and what the library notes of it. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      (void) g_unlink (path);
    }
  (void) g_rmdir (folder);
}

gboolean
cc_exchange_work_merge_outside (CcCaseFile    *file,
                                GFile         *other,
                                const char    *passphrase,
                                CcProgress    *progress,
                                CcMergeResult *result,
                                GError       **error)
{
  g_autofree char *library = cc_library_get_folder ();
  g_autofree char *folder = g_build_filename (library, ".merge-XXXXXX", NULL);
  g_autofree char *path = NULL;
  gboolean         ok;

  if (g_mkdir_with_parents (library, 0700) != 0 || g_mkdtemp_full (folder, 0700) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  ok = cc_library_add (folder, other, "merge", progress, &path, error)
       && cc_exchange_work_merge (file, path, passphrase, progress, result, error);
  remove_folder (folder);
  return ok;
}

char *
cc_exchange_work_find_copy (const char *folder, const char *path)
{
  g_autoptr (GPtrArray) items = cc_library_list (folder, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CcLibraryItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->path, path) != 0 && cc_exchange_is_copy (item->path, path))
        return g_strdup (item->path);
    }
  return NULL;
}

char *
cc_exchange_describe_result (const CcMergeResult *result)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (result->act == 0)
    return g_strdup (_ ("Everything in it was known here already. Nothing was changed."));
  g_string_append_printf (text,
                          ngettext ("%" G_GINT64_FORMAT " record is new.",
                                    "%" G_GINT64_FORMAT " records are new.",
                                    (gulong) result->added),
                          result->added);
  g_string_append_c (text, ' ');
  g_string_append_printf (text,
                          ngettext ("%" G_GINT64_FORMAT " was updated.",
                                    "%" G_GINT64_FORMAT " were updated.", (gulong) result->updated),
                          result->updated);
  if (result->withdrawn > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%" G_GINT64_FORMAT " was withdrawn.",
                                        "%" G_GINT64_FORMAT " were withdrawn.",
                                        (gulong) result->withdrawn),
                              result->withdrawn);
    }
  if (result->conflicts > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%" G_GINT64_FORMAT
                                        " was changed on both sides: it waits under Checks.",
                                        "%" G_GINT64_FORMAT
                                        " were changed on both sides: they wait under Checks.",
                                        (gulong) result->conflicts),
                              result->conflicts);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cc_exchange_describe_kinship (CcKinship kinship, const char *name)
{
  switch (kinship)
    {
    case CC_KINSHIP_SAME:
      return g_strdup_printf (_ ("The file that you bring in says the same as “%s”."), name);
    case CC_KINSHIP_OLDER:
      return g_strdup_printf (_ ("The file that you bring in is older: “%s” holds all of it."),
                              name);
    case CC_KINSHIP_NEWER:
      return g_strdup_printf (_ ("The file that you bring in is newer: work went on in it, and not "
                                 "in “%s”."),
                              name);
    case CC_KINSHIP_DIVERGED:
      return g_strdup_printf (
          _ ("Work went on in both, in “%s” and in the file that you bring in."), name);
    case CC_KINSHIP_OTHER:
    default:
      return g_strdup_printf (_ ("The file that you bring in is another case file than “%s”."),
                              name);
    }
}
