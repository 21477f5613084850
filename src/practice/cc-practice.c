/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>

/* Whether the parameters are in range. */
gboolean
cc_practice_check_params (const CcPracticeParams *params, GError **error)
{
  if (params->victims >= 1 && params->victims <= 2000000 && params->agencies >= 2
      && params->agencies <= 40 && params->level >= 1 && params->level <= 5
      && params->records <= 5000000 && params->first_year >= 1990 && params->n_years >= 1
      && params->n_years <= 30)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "An invented country needs 1 to 2,000,000 victims, 2 to 40 agencies, a level from 1 "
               "to 5, 1 to 30 years from 1990 and at most 5,000,000 records. Nothing was written.");
  return FALSE;
}

/* Makes the folder where it does not exist. */
gboolean
cc_practice_make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0755) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "The folder %s could not be made (%s). Nothing was written; choose another folder.",
               directory, g_strerror (errno));
  return FALSE;
}

/* Where an agency's file stands and what it is; the rows are not counted yet. */
CcPracticeFile *
cc_practice_describe_file (CcWorld *world, guint agency, const char *directory)
{
  const CcPracticeAgency *stated = world->agencies->pdata[agency];
  CcPracticeFile         *file = g_new0 (CcPracticeFile, 1);

  file->entity = g_strdup (stated->key);
  file->name = g_strdup (stated->name);
  file->type = g_strdup (stated->kind->type->code);
  file->language = g_strdup (stated->kind->language);
  file->period = (CcInterval){ world->first, world->last };
  file->nil = stated->kind->nil;
  if (!file->nil)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", stated->key, stated->kind->format);

      file->path = g_build_filename (directory, name, NULL);
    }
  if (stated->kind->map != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s.map", stated->key);

      file->map_path = g_build_filename (directory, name, NULL);
    }
  return file;
}

static guint
count_rows (CcWorld *world, guint agency)
{
  guint rows = 0;

  for (guint i = 0; i < world->notes->len; i++)
    rows += g_array_index (world->notes, CcNoteRow, i).agency == agency ? 1 : 0;
  return rows;
}

static gboolean
write_files (CcWorld          *world,
             CcPracticeResult *result,
             const char       *directory,
             CcProgress       *progress,
             GError          **error)
{
  guint done = 0;

  if (progress != NULL)
    cc_progress_begin (progress, "progress.practice-files", world->notes->len);
  for (guint i = 0; i < world->agencies->len; i++)
    {
      const CcPracticeAgency *agency = world->agencies->pdata[i];
      CcPracticeFile         *file = cc_practice_describe_file (world, i, directory);
      CcSheetJob              job = { .world = world,
                                      .agency = i,
                                      .path = file->path,
                                      .progress = progress,
                                      .done = done };

      g_ptr_array_add (result->files, file);
      if (file->nil)
        continue;
      if (!cc_practice_write_file (&job, error))
        return FALSE;
      if (file->map_path != NULL
          && !g_file_set_contents (file->map_path, agency->kind->map, -1, error))
        return FALSE;
      file->rows = count_rows (world, i);
      done += file->rows;
    }
  return TRUE;
}

/* Makes a world and writes what the agencies say about it; the header tells the rest. */
CcPracticeResult *
cc_practice_generate (const CcPracticeParams *params,
                      const char             *directory,
                      CcProgress             *progress,
                      GError                **error)
{
  g_autoptr (CcPracticeResult) result = g_new0 (CcPracticeResult, 1);
  g_autoptr (CcPracticeData) data = NULL;
  g_autoptr (CcWorld) world = NULL;

  g_return_val_if_fail (params != NULL && directory != NULL, NULL);

  if (!cc_practice_check_params (params, error))
    return NULL;
  if (params->big)
    return cc_practice_generate_big (params, directory, progress, error);
  result->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_practice_file_free);
  data = cc_practice_data_load (params->country, params->level, error);
  if (data == NULL)
    return NULL;
  if (progress != NULL)
    cc_progress_begin (progress, "progress.practice-world", params->victims);
  world = cc_world_new (params, data, error);
  if (world == NULL || !cc_practice_make_directory (directory, error)
      || !write_files (world, result, directory, progress, error))
    return NULL;
  if (progress != NULL)
    cc_progress_begin (progress, "progress.practice-key", 0);
  result->country = g_strdup (params->country);
  result->victims = world->victims->len;
  result->perpetrators = world->perpetrators->len;
  result->events = world->events->len;
  result->population_path = g_build_filename (directory, "population.csv", NULL);
  result->key_path = g_build_filename (directory, "answer-key.casecount-key", NULL);
  if (!cc_practice_write_population (world, result->population_path, error)
      || !cc_practice_write_key (world, result, error))
    return NULL;
  return g_steal_pointer (&result);
}
