/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-place.h>
#include <cc/base/cc-error.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST_NAME 120

/* A copy that was cut off leaves a hidden part and the lock of its maker. A power failure may take
 * the lock and leave the part: then its age tells. */
#define PART_LIVES (24 * 3600)

/* ---- the folder ---- */

char *
cc_library_get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "casecount", "library", NULL);
}

gboolean
cc_library_contains (const char *folder, GFile *file)
{
  g_autoptr (GFile) own = NULL;

  g_return_val_if_fail (folder != NULL && G_IS_FILE (file), FALSE);
  own = g_file_new_for_path (folder);
  return g_file_has_parent (file, own);
}

gboolean
cc_library_make_folder (const char *folder, GError **error)
{
  if (cc_place_make_folder (folder))
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
               /* Translators: %s is the system's reason. */
               _ ("The folder for case files could not be made (%s). Nothing was changed. Look "
                  "whether your home folder can be written and whether its disk is full."),
               g_strerror (errno));
  return FALSE;
}

/* ---- the index: country and practice mark of each file, under a digest of its name ---- */

static char *
build_group (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  return g_strndup (digest, 24);
}

/* An index that is lost or broken costs nothing but the countries' names until the next opening. */
static GKeyFile *
load_index (const char *folder)
{
  GKeyFile        *index = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, CC_LIBRARY_INDEX, NULL);

  (void) g_key_file_load_from_file (index, path, G_KEY_FILE_NONE, NULL);
  return index;
}

static gboolean
save_index (const char *folder, GKeyFile *index, GError **error)
{
  g_autofree char *path = g_build_filename (folder, CC_LIBRARY_INDEX, NULL);
  gsize            length;
  g_autofree char *text = g_key_file_to_data (index, &length, NULL);

  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static gboolean
is_country (const char *text)
{
  return text != NULL && strlen (text) == 3 && g_ascii_isupper (text[0])
         && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

static void
read_index (GKeyFile *index, CcLibraryItem *item)
{
  g_autofree char *group = build_group (item->path);
  g_autofree char *country = g_key_file_get_string (index, group, "country", NULL);

  if (!is_country (country))
    return;
  item->country = g_steal_pointer (&country);
  item->mark = g_key_file_get_boolean (index, group, "practice", NULL) ? CC_LIBRARY_MARK_PRACTICE
                                                                       : CC_LIBRARY_MARK_REAL;
}

gboolean
cc_library_note (const char *folder,
                 const char *path,
                 const char *country,
                 gboolean    practice,
                 GError    **error)
{
  g_autoptr (GKeyFile) index = NULL;
  g_autofree char *group = NULL;

  g_return_val_if_fail (folder != NULL && path != NULL && country != NULL, FALSE);
  index = load_index (folder);
  group = build_group (path);
  g_key_file_set_string (index, group, "country", country);
  g_key_file_set_boolean (index, group, "practice", practice);
  return save_index (folder, index, error);
}

/* old_path loses its entry; new_path, where given, takes it over. */
void
cc_library_move_note (const char *folder, const char *old_path, const char *new_path)
{
  g_autoptr (GKeyFile) index = load_index (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcLibraryItem) item = g_new0 (CcLibraryItem, 1);
  g_autofree char *group = build_group (old_path);

  item->path = g_strdup (old_path);
  read_index (index, item);
  if (!g_key_file_remove_group (index, group, NULL))
    return;
  if (new_path != NULL && item->country != NULL)
    {
      g_autofree char *new_group = build_group (new_path);

      g_key_file_set_string (index, new_group, "country", item->country);
      g_key_file_set_boolean (index, new_group, "practice", item->mark == CC_LIBRARY_MARK_PRACTICE);
    }
  if (!save_index (folder, index, &error))
    g_debug ("The index of the library could not be written: %s", error->message);
}

/* ---- listing ---- */

void
cc_library_item_free (CcLibraryItem *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->name);
  g_free (self->country);
  g_free (self);
}

char *
cc_library_display_name (const char *path)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  base = g_path_get_basename (path);
  if (g_str_has_suffix (base, CC_LIBRARY_SUFFIX) && strlen (base) > strlen (CC_LIBRARY_SUFFIX))
    base[strlen (base) - strlen (CC_LIBRARY_SUFFIX)] = '\0';
  return g_filename_display_name (base);
}

/* The writer holds a lock on FILE.lock; asking for it changes nothing. */
static gboolean
is_in_use (const char *path)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  struct flock     request = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  const int        fd = open (lock_path, O_RDWR | O_CLOEXEC);
  gboolean         in_use;

  if (fd < 0)
    return FALSE;
  in_use = fcntl (fd, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
  close (fd);
  return in_use;
}

/* Logs of a program that ended while writing, as SQLite names them. */
const char *const cc_library_logs[] = { "-wal", "-journal", NULL };

gboolean
cc_library_is_unsettled (const char *path)
{
  for (guint i = 0; cc_library_logs[i] != NULL; i++)
    {
      g_autofree char *log = g_strconcat (path, cc_library_logs[i], NULL);
      GStatBuf         info;

      if (g_stat (log, &info) == 0 && info.st_size > 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
cc_library_check_closed (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  if (!is_in_use (path))
    return TRUE;
  name = cc_library_display_name (path);
  g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
               _ ("“%s” is open in a window or another program. Nothing was changed. Close it "
                  "there and try again."),
               name);
  return FALSE;
}

/* Backups are found by the name that the file had when they were made. */
static gint64
find_backup (const char *path)
{
  g_autofree char *folder = cc_backup_dup_folder (path);
  g_autofree char *stem = cc_library_display_name (path);
  g_autoptr (GPtrArray) backups = cc_backup_list (folder, stem, NULL, NULL);

  return backups != NULL && backups->len > 0
             ? ((const CcBackup *) g_ptr_array_index (backups, 0))->time
             : 0;
}

static CcLibraryItem *
create_item (GKeyFile *index, const char *path, const GStatBuf *info)
{
  CcLibraryItem *self = g_new0 (CcLibraryItem, 1);

  self->path = g_strdup (path);
  self->name = cc_library_display_name (path);
  self->size = info->st_size;
  self->modified = info->st_mtime;
  self->in_use = is_in_use (path);
  self->backup = find_backup (path);
  self->unsettled = !self->in_use && cc_library_is_unsettled (path);
  read_index (index, self);
  return self;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const CcLibraryItem *first = *(const CcLibraryItem *const *) a;
  const CcLibraryItem *second = *(const CcLibraryItem *const *) b;

  if (first->modified != second->modified)
    return first->modified > second->modified ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

static void
clear_away_part (const char *path, const GStatBuf *info)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  if (info->st_mtime + PART_LIVES < g_get_real_time () / G_USEC_PER_SEC
      && !g_file_test (lock, G_FILE_TEST_EXISTS))
    cc_making_remove (path);
}

/* Nobody is to believe that the files are gone. */
static void
report_unreadable (const char *folder, const GError *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_PERM))
    g_set_error (error, CC_ERROR, CC_ERROR_DENIED,
                 _ ("Your case files cannot be shown: you have no right to read their folder, "
                    "“%s”. They were not changed. Ask whoever looks after this computer for that "
                    "right, then start Casecount again."),
                 shown);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 /* Translators: %1$s is a folder, %2$s the system's reason. */
                 _ ("Your case files cannot be shown: their folder, “%1$s”, could not be read "
                    "(%2$s). They were not changed. Look whether its disk is connected, then start "
                    "Casecount again."),
                 shown, reason->message);
}

GPtrArray *
cc_library_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_library_item_free);
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GKeyFile) index = NULL;
  g_autoptr (GError) problem = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);
  if (!cc_library_make_folder (folder, error))
    return NULL;
  cc_making_clear (folder);
  directory = g_dir_open (folder, 0, &problem);
  if (directory == NULL)
    {
      report_unreadable (folder, problem, error);
      return NULL;
    }
  index = load_index (folder);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf         info;

      if (g_stat (path, &info) != 0)
        continue;
      if (cc_making_is_hidden_name (name))
        clear_away_part (path, &info);
      else if (S_ISREG (info.st_mode) && *name != '.' && g_str_has_suffix (name, CC_LIBRARY_SUFFIX))
        g_ptr_array_add (items, create_item (index, path, &info));
    }
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

/* ---- names ---- */

char *
cc_library_build_path (const char *folder, const char *name)
{
  g_autofree char *file = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL, NULL);
  file = g_strconcat (name, CC_LIBRARY_SUFFIX, NULL);
  return g_build_filename (folder, file, NULL);
}

/* A log that lies there without its file would be taken for the log of a new file of that name. */
static gboolean
is_taken (const char *folder, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *other;

  while (directory != NULL && (other = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *stem = NULL;
      g_autofree char *folded = NULL;
      const char      *end = strstr (other, CC_LIBRARY_SUFFIX);

      if (end == NULL || *other == '.' || !g_utf8_validate (other, -1, NULL))
        continue;
      stem = g_strndup (other, (gsize) (end - other));
      folded = g_utf8_casefold (stem, -1);
      if (g_str_equal (folded, wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_forbidden_character (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '/' || *p == '\\' || *p == ':' || g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

gboolean
cc_library_check_name (const char *folder, const char *name, GError **error)
{
  g_autofree char *trimmed = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL, FALSE);
  trimmed = g_strstrip (g_strdup (name));
  if (*trimmed == '\0')
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE, _ ("Give the case file a name."));
  else if (*name == '.' || !g_str_equal (trimmed, name))
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                         _ ("A name cannot begin with a dot, or begin or end with a space."));
  else if (!g_utf8_validate (name, -1, NULL) || has_forbidden_character (name)
           || strstr (name, CC_LIBRARY_SUFFIX) != NULL)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                         _ ("A name cannot hold a slash, a colon or “.casecount”."));
  else if (strlen (name) > LONGEST_NAME)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE, _ ("The name is too long."));
  else if (is_taken (folder, name))
    g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                 _ ("There is a case file called “%s” already. Choose another name."), name);
  else
    return TRUE;
  return FALSE;
}

/* What stands in any file's name becomes a name that check_name () allows. */
static char *
make_fit (const char *wanted)
{
  g_autofree char *valid = g_utf8_make_valid (wanted, -1);
  GString         *name = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && name->len < LONGEST_NAME - 10; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (c == '/' || c == '\\' || c == ':' || g_unichar_iscntrl (c))
        g_string_append_c (name, '-');
      else
        g_string_append_unichar (name, c);
    }
  g_string_replace (name, CC_LIBRARY_SUFFIX, "", 0);
  while (*name->str == '.' || g_ascii_isspace (*name->str))
    g_string_erase (name, 0, 1);
  g_strchomp (name->str);
  name->len = strlen (name->str);
  if (name->len == 0)
    g_string_append (name, _ ("Cases"));
  return g_string_free (name, FALSE);
}

char *
cc_library_suggest_name (const char *folder, const char *wanted)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (folder != NULL && wanted != NULL, NULL);
  stem = make_fit (wanted);
  if (!is_taken (folder, stem))
    return g_steal_pointer (&stem);
  for (guint i = 2;; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", stem, i);

      if (!is_taken (folder, name))
        return g_steal_pointer (&name);
    }
}
