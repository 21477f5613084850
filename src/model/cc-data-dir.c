/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-data-dir.h>

#include <stdarg.h>

/* How far above the program a source tree's data folder may lie (build/src/cli/). */
#define LEVELS_UP 4

/* The data folder of the source tree that the program was built in, for whoever runs it from there
 * without installing it. */
static char *
find_in_source_tree (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder && i < LEVELS_UP; i++)
    {
      g_autofree char *data = g_build_filename (folder, "data", NULL);
      g_autofree char *classification = g_build_filename (data, "classification", NULL);
      char            *above;

      if (g_file_test (classification, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&data);
      above = g_path_get_dirname (folder);
      g_free (folder);
      folder = above;
    }
  return NULL;
}

/**
 * cc_data_dir:
 *
 * The folder that CASECOUNT_DATA_DIR names, else the installed one, else that of the source tree.
 *
 * Returns: (transfer full): the folder that holds classification, questionnaires and texts
 */
char *
cc_data_dir (void)
{
  const char *named = g_getenv ("CASECOUNT_DATA_DIR");
  char       *found = NULL;

  if (named && *named)
    return g_strdup (named);
  if (!g_file_test (CC_DATA_DIR, G_FILE_TEST_IS_DIR))
    found = find_in_source_tree ();
  return found ? found : g_strdup (CC_DATA_DIR);
}

/**
 * cc_data_dir_build:
 * @first: the first name below the data folder
 * @...: further names, ended by %NULL
 *
 * Returns: (transfer full): the path of a data file
 */
char *
cc_data_dir_build (const char *first, ...)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  va_list list;

  g_return_val_if_fail (first != NULL, NULL);

  g_ptr_array_add (parts, cc_data_dir ());
  va_start (list, first);
  for (const char *name = first; name; name = va_arg (list, const char *))
    g_ptr_array_add (parts, g_strdup (name));
  va_end (list);
  g_ptr_array_add (parts, NULL);
  return g_build_filenamev ((char **) parts->pdata);
}
