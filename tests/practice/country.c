/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "country.h"

#include <glib/gstdio.h>

void
country_remove_folder (const char *directory)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

void
country_generate (Country *self, const CcPracticeParams *params)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("casecount-practice-XXXXXX", &error);
  g_assert_no_error (error);
  self->result = cc_practice_generate (params, self->directory, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->result);
}

void
country_clear (Country *self)
{
  g_clear_pointer (&self->result, cc_practice_result_free);
  country_remove_folder (self->directory);
  g_clear_pointer (&self->directory, g_free);
}
