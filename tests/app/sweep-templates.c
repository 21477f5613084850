/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-templates.h"

#include <string.h>

static void
check_class (Sweep *self, const char *type_name, GPtrArray *problems)
{
  if (!g_hash_table_contains (self->seen, type_name))
    g_ptr_array_add (problems, g_strdup_printf ("%s was never seen", type_name));
}

static void
check_file (Sweep *self, const char *path, GPtrArray *problems)
{
  static const char opening[] = "<template class=\"";
  g_autofree char  *text = NULL;
  GError           *error = NULL;
  char             *at;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  at = strstr (text, opening);
  if (at == NULL)
    return;
  at += strlen (opening);
  at[strcspn (at, "\"")] = '\0';
  check_class (self, at, problems);
}

static void
check_folder (Sweep *self, const char *folder, GPtrArray *problems)
{
  GError *error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_folder (self, path, problems);
      else if (g_str_has_suffix (name, ".ui"))
        check_file (self, path, problems);
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
sweep_templates (Sweep *self, const char *folder)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  check_folder (self, folder, problems);
  g_ptr_array_sort (problems, compare_texts);
  sweep_tell (self, "every class with a template was looked at", problems);
}
