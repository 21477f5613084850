/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-work.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>

#include <errno.h>

void
cc_practice_order_free (CcPracticeOrder *self)
{
  g_free (self->country);
  g_free (self->folder);
  g_free (self);
}

void
cc_practice_outcome_free (CcPracticeOutcome *self)
{
  g_free (self->folder);
  g_free (self->trainer_folder);
  g_free (self);
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0755) == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, errno == ENOSPC ? CC_ERROR_NO_SPACE : CC_ERROR_READ_ONLY,
               _ ("A folder could not be made there (%s). Nothing was written. Choose another "
                  "folder."),
               g_strerror (errno));
  return FALSE;
}

/* Never into a folder that is there already: somebody may have worked in its files. */
static char *
choose_folder (const char *parent, const char *name)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *numbered = i == 1 ? g_strdup (name) : g_strdup_printf ("%s %u", name, i);
      g_autofree char *path = g_build_filename (parent, numbered, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
move_into (const char *path, const char *folder, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *target = NULL;

  if (path == NULL)
    return TRUE;
  name = g_path_get_basename (path);
  target = g_build_filename (folder, name, NULL);
  if (g_rename (path, target) == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               _ ("The answer key could not be put apart (%s). The files of the agencies are in "
                  "their folder."),
               g_strerror (errno));
  return FALSE;
}

static gboolean
put_answers_apart (const CcPracticeResult *result, const char *folder, GError **error)
{
  if (!make_folder (folder, error) || !move_into (result->key_path, folder, error))
    return FALSE;
  for (guint i = 0; i < result->files->len; i++)
    {
      const CcPracticeFile *file = g_ptr_array_index (result->files, i);

      if (!move_into (file->map_path, folder, error))
        return FALSE;
    }
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        (void) g_unlink (child);
    }
  (void) g_rmdir (path);
}

static CcPracticeOutcome *
describe (const CcPracticeResult *result, const char *folder, const char *trainer_folder)
{
  CcPracticeOutcome *self = g_new0 (CcPracticeOutcome, 1);

  self->folder = g_strdup (folder);
  self->trainer_folder = g_strdup (trainer_folder);
  self->n_records = result->records;
  for (guint i = 0; i < result->files->len; i++)
    {
      const CcPracticeFile *file = g_ptr_array_index (result->files, i);

      if (file->nil)
        self->n_nil++;
      else
        self->n_files++;
    }
  return self;
}

CcPracticeOutcome *
cc_practice_make (const CcPracticeOrder *order,
                  const char            *name,
                  CcProgress            *progress,
                  GError               **error)
{
  CcPracticeParams params;
  g_autofree char *folder = NULL;
  g_autofree char *trainer_folder = NULL;
  g_autoptr (CcPracticeResult) result = NULL;

  g_return_val_if_fail (order != NULL && name != NULL, NULL);
  folder = choose_folder (order->folder, name);
  /* Translators: name of a folder with the answers; it must be a name that a folder can have. */
  trainer_folder = g_build_filename (folder, _ ("For the trainer"), NULL);
  if (!make_folder (folder, error))
    return NULL;
  cc_practice_params_init (&params);
  params.seed = g_random_int ();
  params.country = order->country;
  params.level = order->level;
  params.agencies = order->agencies;
  params.victims = order->victims;
  result = cc_practice_generate (&params, folder, progress, error);
  if (result == NULL || !put_answers_apart (result, trainer_folder, error))
    {
      remove_folder (folder);
      return NULL;
    }
  return describe (result, folder, trainer_folder);
}
