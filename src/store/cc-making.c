/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-making.h>

#include "cc-case-file-private.h"
#include "cc-copy-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_SUFFIX  ".lock"
#define WHOLE_SUFFIX ".casecount" CC_PART_SUFFIX
#define TAG_SIZE     6

static const char *const kinds[] = { "copy", "merge", "package" };

/* How often a name for a folder is thrown. */
#define ATTEMPTS 100

static gboolean
is_there (const char *path, struct stat *info)
{
  return lstat (path, info) == 0;
}

static gboolean
is_work_folder_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const gsize length = strlen (kinds[i]);
      const char *tag = name + 1 + length + 1;

      if (*name == '.' && strncmp (name + 1, kinds[i], length) == 0 && name[1 + length] == '-'
          && strlen (tag) == TAG_SIZE)
        return TRUE;
    }
  return FALSE;
}

gboolean
cc_making_is_hidden_name (const char *name)
{
  const char *digits = name + strlen (CC_MAKING_PREFIX);

  return is_work_folder_name (name)
         || (g_str_has_prefix (name, CC_MAKING_PREFIX) && strlen (digits) == 8
             && strspn (digits, "0123456789abcdef") == 8);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      (void) unlink (file);
    }
  (void) rmdir (path);
}

void
cc_making_remove (const char *path)
{
  struct stat info;

  if (!is_there (path, &info))
    return;
  if (S_ISDIR (info.st_mode))
    remove_folder (path);
  else if (S_ISREG (info.st_mode))
    cc_copy_discard (path);
}

static void
report_taken (const char *path, gboolean held, GError **error)
{
  g_autofree char *part = g_path_get_basename (path);
  g_autofree char *name = g_strdup (part);

  if (g_str_has_suffix (name, CC_PART_SUFFIX))
    name[strlen (name) - strlen (CC_PART_SUFFIX)] = '\0';
  if (held)
    g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                 "“%s” is being written by another program at this moment. Nothing was changed. "
                 "Wait until it has finished, or choose another name.",
                 name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                 "“%s” cannot be written: “%s”, which stands beside it, is needed for that, and it "
                 "was not made by this program. It was left as it is, and nothing was written. "
                 "Move it away first, or choose another name.",
                 name, part);
}

/* A lock of a maker: nothing stands in it. */
static gboolean
has_lock (const char *path)
{
  g_autofree char *lock = g_strconcat (path, LOCK_SUFFIX, NULL);
  struct stat      info;

  return is_there (lock, &info) && S_ISREG (info.st_mode) && info.st_size == 0;
}

gboolean
cc_making_begin (const char *path, CcMaking **part, GError **error)
{
  const gboolean had_lock = has_lock (path);
  GError        *problem = NULL;
  struct stat    info;

  g_return_val_if_fail (path != NULL && part != NULL, FALSE);
  *part = cc_file_lock_take (path, TRUE, &problem);
  if (g_error_matches (problem, CC_ERROR, CC_ERROR_LOCKED))
    {
      g_error_free (problem);
      report_taken (path, TRUE, error);
      return FALSE;
    }
  g_clear_error (&problem);
  if (!is_there (path, &info))
    return TRUE;
  if (had_lock && *part != NULL)
    {
      cc_making_remove (path);
      return TRUE;
    }
  g_clear_pointer (part, cc_file_lock_free);
  report_taken (path, FALSE, error);
  return FALSE;
}

void
cc_making_end (CcMaking *part)
{
  cc_file_lock_free (part);
}

char *
cc_making_make_folder (const char *folder, const char *kind, CcMaking **part)
{
  int problem = EEXIST;

  *part = NULL;
  for (guint i = 0; i < ATTEMPTS && problem == EEXIST; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("%s/.%s-%06x", folder, kind, g_random_int () & 0xffffff);

      if (!cc_making_begin (path, part, NULL))
        continue;
      if (mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      problem = errno;
      g_clear_pointer (part, cc_making_end);
    }
  errno = problem;
  return NULL;
}

void
cc_making_remove_folder (char *path, CcMaking *part)
{
  if (path != NULL)
    remove_folder (path);
  g_free (path);
  cc_making_end (part);
}

/* Whoever holds the lock may be at work. */
static void
clear_one (const char *path)
{
  CcMaking *part = has_lock (path) ? cc_file_lock_take (path, TRUE, NULL) : NULL;

  if (part == NULL)
    return;
  cc_making_remove (path);
  cc_making_end (part);
}

void
cc_making_clear (const char *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *own = NULL;
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, LOCK_SUFFIX))
        continue;
      own = g_strndup (name, strlen (name) - strlen (LOCK_SUFFIX));
      path = g_build_filename (folder, own, NULL);
      if (g_str_has_suffix (own, WHOLE_SUFFIX) || cc_making_is_hidden_name (own))
        clear_one (path);
    }
}
