/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-data-dir.h>

#include <stdarg.h>

/**
 * cc_data_dir:
 *
 * Returns: (transfer full): the folder that holds classification, questionnaires and texts
 */
char *
cc_data_dir (void)
{
  const char *named = g_getenv ("CASECOUNT_DATA_DIR");

  return g_strdup (named && *named ? named : CC_DATA_DIR);
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
