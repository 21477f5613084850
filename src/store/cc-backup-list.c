/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backup-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-kept.h>

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the program's backups go; NULL: beside each case file. */
static GMutex folder_lock;
static char  *chosen_folder;

/**
 * Sets the folder of all backups that are not given one. Call it before files are opened: opening
 * may make a backup.
 *
 * folder: (nullable): NULL for a folder beside each case file
 */
void
cc_backup_set_folder (const char *folder)
{
  g_mutex_lock (&folder_lock);
  g_free (chosen_folder);
  chosen_folder = folder != NULL && *folder != '\0' ? g_strdup (folder) : NULL;
  g_mutex_unlock (&folder_lock);
}

/* Returns: (transfer full): the folder of a case file's backups */
char *
cc_backup_dup_folder (const char *case_file)
{
  g_autofree char *beside = NULL;
  char            *folder;

  g_return_val_if_fail (case_file != NULL, NULL);
  g_mutex_lock (&folder_lock);
  folder = g_strdup (chosen_folder);
  g_mutex_unlock (&folder_lock);
  if (folder != NULL)
    return folder;
  beside = g_path_get_dirname (case_file);
  return g_build_filename (beside, "backups", NULL);
}

void
cc_backup_free (CcBackup *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->stem);
  g_free (self->file_tag);
  g_free (self);
}

static CcBackup *
backup_new (const char *folder, const char *name)
{
  g_autoptr (CcBackup) self = g_new0 (CcBackup, 1);
  struct stat info;

  if (!cc_backup_parse_name (name, &self->stem, &self->stamp, &self->file_tag))
    return NULL;
  self->path = g_build_filename (folder, name, NULL);
  if (stat (self->path, &info) != 0 || !S_ISREG (info.st_mode))
    return NULL;
  self->size = info.st_size;
  self->time = cc_backup_stamp_to_unix (&self->stamp);
  return g_steal_pointer (&self);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CcBackup *x = *(CcBackup *const *) a;
  const CcBackup *y = *(CcBackup *const *) b;
  const int       order = cc_backup_stamp_compare (&y->stamp, &x->stamp);

  return order != 0 ? order : g_strcmp0 (x->path, y->path);
}

GPtrArray *
cc_backup_list (const char *folder, const char *stem, const char *file_tag, GError **error)
{
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_backup_free);
  g_autoptr (GDir) dir = NULL;
  GError     *problem = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);
  dir = g_dir_open (folder, 0, &problem);
  if (dir == NULL && g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_error_free (problem);
      return g_steal_pointer (&backups);
    }
  if (dir == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The folder of the backups cannot be read (%s). Nothing was changed. Choose "
                   "another folder.",
                   problem->message);
      g_error_free (problem);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (CcBackup) backup = backup_new (folder, name);

      if (backup != NULL && (stem == NULL || g_str_equal (stem, backup->stem))
          && (file_tag == NULL || g_str_equal (file_tag, backup->file_tag)))
        g_ptr_array_add (backups, g_steal_pointer (&backup));
    }
  g_ptr_array_sort (backups, compare_newest_first);
  return g_steal_pointer (&backups);
}

/**
 * Removes the backups of one file that its rule no longer keeps. Only called after a new one was
 * tested and named; that one stays whatever the clock says.
 */
void
cc_backup_rotate (const CcBackup *made, const CcBackupRule *rule, GHashTable *own)
{
  g_autofree char *folder = g_path_get_dirname (made->path);
  g_autoptr (GPtrArray) backups = cc_backup_list (folder, made->stem, made->file_tag, NULL);
  g_autofree CcBackupStamp *stamps = NULL;
  g_autofree gboolean      *keep = NULL;

  if (backups == NULL)
    return;
  for (guint i = backups->len; i > 0; i--)
    {
      const CcBackup  *backup = g_ptr_array_index (backups, i - 1);
      g_autofree char *name = g_path_get_basename (backup->path);

      if (!g_str_equal (backup->path, made->path) && !g_hash_table_contains (own, name))
        g_ptr_array_remove_index (backups, i - 1);
    }
  stamps = g_new (CcBackupStamp, backups->len + 1);
  keep = g_new (gboolean, backups->len + 1);
  for (guint i = 0; i < backups->len; i++)
    stamps[i] = ((CcBackup *) g_ptr_array_index (backups, i))->stamp;
  cc_backup_rule_apply (rule, stamps, backups->len, keep);
  for (guint i = 0; i < backups->len; i++)
    {
      const CcBackup *backup = g_ptr_array_index (backups, i);

      if (!keep[i] && !g_str_equal (backup->path, made->path))
        (void) unlink (backup->path);
    }
}

static const struct
{
  const char *key;
  gsize       offset;
} counts[] = {
  { "backup.recent", G_STRUCT_OFFSET (CcBackupRule, recent) },
  { "backup.days", G_STRUCT_OFFSET (CcBackupRule, days) },
  { "backup.weeks", G_STRUCT_OFFSET (CcBackupRule, weeks) },
  { "backup.months", G_STRUCT_OFFSET (CcBackupRule, months) },
};

/* Settings that are no numbers count as not set. */
static gboolean
load_number (CcConnection *connection, const char *key, gint64 *number, GError **error)
{
  GError          *problem = NULL;
  g_autofree char *text = cc_store_get_setting (connection, key, &problem);
  gint64           found;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (text != NULL && cc_text_to_int (text, 0, G_MAXINT32, &found))
    *number = found;
  return TRUE;
}

gboolean
cc_backup_load_rule (CcConnection *connection, CcBackupRule *rule, GError **error)
{
  gint64 daily;

  *rule = CC_BACKUP_RULE_DEFAULT;
  daily = rule->daily;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint *count = G_STRUCT_MEMBER_P (rule, counts[i].offset);
      gint64 number = *count;

      if (!load_number (connection, counts[i].key, &number, error))
        return FALSE;
      *count = (guint) number;
    }
  if (!load_number (connection, "backup.import-rows", &rule->import_rows, error)
      || !load_number (connection, "backup.daily", &daily, error))
    return FALSE;
  rule->daily = daily != 0;
  return TRUE;
}

gboolean
cc_act_set_backup_rule (CcAct *act, const CcBackupRule *rule, GError **error)
{
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, rule->import_rows);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      const guint     *count = G_STRUCT_MEMBER_P (rule, counts[i].offset);
      g_autofree char *text = g_strdup_printf ("%u", *count);

      if (!cc_act_set_setting (act, counts[i].key, text, error))
        return FALSE;
    }
  return cc_act_set_setting (act, "backup.import-rows", rows, error)
         && cc_act_set_setting (act, "backup.daily", rule->daily ? "1" : "0", error);
}
