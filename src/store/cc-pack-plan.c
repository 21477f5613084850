/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-plan-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

void
cc_pack_plan_clear (CcPackPlan *self)
{
  g_clear_pointer (&self->concordance, cc_concordance_free);
  g_clear_pointer (&self->merged, cc_pack_unref);
  g_clear_pointer (&self->pack, cc_pack_unref);
  cc_pack_file_remove (g_steal_pointer (&self->folder));
}

/* What the program and the file itself rely on. */
static gboolean
check_merged (CcCaseFile *file, CcPack *merged, GError **error)
{
  if (cc_pack_find_code (merged, "COUNTRY", file->country) != NULL)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "The new classification lacks the country “%s” that this case file reports for. "
               "Nothing was changed.",
               file->country);
  return FALSE;
}

/* The files of the pack in use: of the case file's own, or of the program's. */
static char *
find_files (CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  char         *directory = NULL;

  if (reader == NULL)
    return NULL;
  if (cc_pack_file_write_out (reader, &directory, error) && directory == NULL)
    directory = g_strdup (cc_pack_get_directory (file->pack));
  cc_case_file_release_reader (file, reader);
  return directory;
}

/* A folder that is no pack at all is told from one with a fault in it. */
static CcPack *
load_pack (const char *directory, GError **error)
{
  g_autofree char *key_file = g_build_filename (directory, "pack.ini", NULL);
  g_autofree char *name = g_path_get_basename (directory);
  GError          *problem = NULL;
  CcPack          *pack = NULL;

  if (g_file_test (key_file, G_FILE_TEST_IS_REGULAR))
    pack = cc_pack_load (directory, &problem);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                 "“%s” holds no classification: there is no pack.ini in it. Nothing was changed. "
                 "Choose the folder in which the tables of the classification stand.",
                 name);
  if (problem != NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "The classification in “%s” is damaged or not complete: %s Nothing was changed. "
                   "Ask those who made it for a whole copy.",
                   name, problem->message);
      g_error_free (problem);
    }
  return pack;
}

/* To install a pack over itself would only rename nothing, in an act that cannot be taken back. */
static gboolean
check_other (CcCaseFile *file, CcPack *pack, GError **error)
{
  if (strcmp (cc_pack_get_id (pack), cc_pack_get_id (file->pack)) != 0
      || cc_pack_get_version (pack) != cc_pack_get_version (file->pack))
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "“%s” uses this classification already, in version %d. Nothing was changed.",
               file->name, cc_pack_get_version (pack));
  return FALSE;
}

static gboolean
write_merged (CcPackPlan *self, CcCaseFile *file, const char *directory, GError **error)
{
  g_autofree char *in_use = find_files (file, error);
  gboolean         ok;

  if (in_use == NULL)
    return FALSE;
  ok = cc_concordance_write_pack (self->concordance, in_use, directory, self->folder, error);
  if (strcmp (in_use, cc_pack_get_directory (file->pack)) != 0)
    cc_pack_file_remove (g_steal_pointer (&in_use));
  return ok;
}

gboolean
cc_pack_plan_load (CcPackPlan *self,
                   CcCaseFile *file,
                   const char *directory,
                   const char *concordance,
                   GError    **error)
{
  self->pack = load_pack (directory, error);
  if (self->pack == NULL || !check_other (file, self->pack, error))
    return FALSE;
  if (!g_file_test (concordance, G_FILE_TEST_IS_REGULAR))
    {
      g_autofree char *name = g_path_get_basename (concordance);

      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "There is no concordance “%s”: the table that says what each old code becomes. "
                   "Nothing was changed. Choose it beside the new classification.",
                   name);
      return FALSE;
    }
  self->concordance = cc_concordance_load (concordance, file->pack, self->pack, error);
  if (self->concordance == NULL)
    return FALSE;
  self->folder = cc_pack_file_make_folder (error);
  if (self->folder == NULL || !write_merged (self, file, directory, error))
    return FALSE;
  self->merged = cc_pack_load (self->folder, error);
  return self->merged != NULL && check_merged (file, self->merged, error);
}
