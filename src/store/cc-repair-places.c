/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-repair-private.h"
#include "cc-case-file-private.h"

#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-backup.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where help for a damaged file may stand. */

char *
cc_repair_dup_stem (const char *resolved)
{
  char *stem = g_path_get_basename (resolved);

  if (g_str_has_suffix (stem, ".casecount"))
    stem[strlen (stem) - strlen (".casecount")] = '\0';
  return stem;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CcBackup *x = *(CcBackup *const *) a;
  const CcBackup *y = *(CcBackup *const *) b;
  const int       order = cc_backup_stamp_compare (&y->stamp, &x->stamp);

  return order != 0 ? order : g_strcmp0 (x->path, y->path);
}

/* Where backups of a file may stand, the likeliest first: in the folder of all of them, in one
 * beside the file, or, written by hand, just beside it. */
static GStrv
list_folders (const char *resolved)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *chosen = cc_backup_dup_folder (resolved);
  g_autofree char *own = g_path_get_dirname (resolved);
  g_autofree char *beside = g_build_filename (own, "backups", NULL);

  g_strv_builder_add (folders, chosen);
  if (!g_str_equal (beside, chosen))
    g_strv_builder_add (folders, beside);
  if (!g_str_equal (own, chosen))
    g_strv_builder_add (folders, own);
  return g_strv_builder_end (folders);
}

GPtrArray *
cc_repair_list_backups (const char *path)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *stem = cc_repair_dup_stem (resolved);
  g_auto (GStrv) folders = list_folders (resolved);
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_backup_free);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      GPtrArray *some = cc_backup_list (folders[i], stem, NULL, NULL);

      if (some != NULL)
        g_ptr_array_extend_and_steal (backups, some);
    }
  g_ptr_array_sort (backups, compare_newest_first);
  return backups;
}

static gboolean
holds_backups (const char *folder, const char *stem)
{
  g_autoptr (GPtrArray) backups = cc_backup_list (folder, stem, NULL, NULL);

  return backups != NULL && backups->len > 0;
}

/* Digits of the place in the name of what is kept: files of one name in several folders may keep
 * theirs in one. */
#define PLACE_SIZE 12

/* First pages of files of this name that were somewhere else: looked at, as the file may have been
 * moved. */
#define KEPT_LOOKED_AT 4

#define KEPT_SUFFIX ".beginning"

static char *
build_kept_name (const char *resolved)
{
  g_autofree char *base = g_path_get_basename (resolved);
  g_autofree char *place = g_compute_checksum_for_string (G_CHECKSUM_SHA256, resolved, -1);

  place[PLACE_SIZE] = '\0';
  return g_strdup_printf (".%s-%s" KEPT_SUFFIX, base, place);
}

char *
cc_repair_build_kept_path (const char *path)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *stem = cc_repair_dup_stem (resolved);
  g_autofree char *name = build_kept_name (resolved);
  g_auto (GStrv) folders = list_folders (resolved);
  const char *keeps = NULL;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *kept = g_build_filename (folders[i], name, NULL);

      if (g_file_test (kept, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&kept);
    }
  /* In a folder for anything it would be clutter, unless backups are there. */
  if (g_file_test (folders[0], G_FILE_TEST_IS_DIR))
    keeps = folders[0];
  for (guint i = 1; keeps == NULL && folders[i] != NULL; i++)
    if (holds_backups (folders[i], stem))
      keeps = folders[i];
  return g_build_filename (keeps != NULL ? keeps : folders[0], name, NULL);
}

/* ".count.casecount.beginning", as it was called once, or ".count.casecount-0123456789ab.beginning"
 * of another place. */
static gboolean
is_kept_of (const char *name, const char *base)
{
  const gsize length = strlen (base);
  const char *place = name + 1 + length;

  if (*name != '.' || strncmp (name + 1, base, length) != 0)
    return FALSE;
  if (g_str_equal (place, KEPT_SUFFIX))
    return TRUE;
  return *place == '-' && strspn (place + 1, "0123456789abcdef") == PLACE_SIZE
         && g_str_equal (place + 1 + PLACE_SIZE, KEPT_SUFFIX);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_others (GPtrArray *found, const char *folder, const char *base)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_kept_of (name, base))
      g_ptr_array_add (some, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (some, compare_names);
  g_ptr_array_extend_and_steal (found, g_steal_pointer (&some));
}

GPtrArray *
cc_repair_list_kept (const char *path)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *base = g_path_get_basename (resolved);
  g_autofree char *own = cc_repair_build_kept_path (path);
  g_auto (GStrv) folders = list_folders (resolved);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  if (g_file_test (own, G_FILE_TEST_EXISTS))
    {
      g_ptr_array_add (found, g_strdup (own));
      return found;
    }
  for (guint i = 0; folders[i] != NULL; i++)
    add_others (others, folders[i], base);
  for (guint i = 0; i < MIN (others->len, KEPT_LOOKED_AT); i++)
    g_ptr_array_add (found, g_strdup (g_ptr_array_index (others, i)));
  return found;
}

gboolean
cc_repair_read_first_page (const char *path, guint8 page[CC_PAGE_SIZE])
{
  const int      fd = cc_raw_file_open (path);
  const gboolean ok = fd >= 0 && pread (fd, page, CC_PAGE_SIZE, 0) == CC_PAGE_SIZE;

  cc_raw_file_close (fd);
  return ok;
}

void
cc_repair_keep_beginning (const char *path)
{
  g_autofree char *kept = cc_repair_build_kept_path (path);
  g_autofree char *folder = g_path_get_dirname (kept);
  guint8           page[CC_PAGE_SIZE];
  guint8           before[CC_PAGE_SIZE];

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || !cc_repair_read_first_page (path, page)
      || (cc_repair_read_first_page (kept, before) && memcmp (page, before, CC_PAGE_SIZE) == 0))
    return;
  (void) g_file_set_contents_full (kept, (const char *) page, CC_PAGE_SIZE,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

void
cc_repair_forget (const char *path)
{
  g_autofree char *kept = NULL;

  g_return_if_fail (path != NULL);
  kept = cc_repair_build_kept_path (path);
  (void) unlink (kept);
}

void
cc_repair_follow (const char *from, const char *to)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *target = NULL;

  g_return_if_fail (from != NULL && to != NULL);
  before = cc_repair_build_kept_path (from);
  after = cc_repair_build_kept_path (to);
  folder = g_path_get_dirname (before);
  name = g_path_get_basename (after);
  target = g_build_filename (folder, name, NULL);
  (void) rename (before, target);
}
