/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-count.h"

#include <dlfcn.h>
#include <string.h>

/* A message that each copy of SQLite carries once, in two parts so that this file carries none. */
#define MESSAGE_BEGIN "unable to delete/modify user-"
#define MESSAGE_END   "function due to active statements"

static guint
count_in (const char *path, const char *message)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const char *bytes;
  const char *end;
  guint       n = 0;

  /* Fonts and translations are mapped, too, and some files are gone by now. */
  if (file == NULL || g_mapped_file_get_length (file) < 4
      || memcmp (g_mapped_file_get_contents (file), "\177ELF", 4) != 0)
    return 0;
  bytes = g_mapped_file_get_contents (file);
  end = bytes + g_mapped_file_get_length (file);
  while ((bytes = memmem (bytes, (gsize) (end - bytes), message, strlen (message))) != NULL)
    {
      n++;
      bytes += strlen (message);
    }
  return n;
}

/* The files this process has mapped, each once. */
static GHashTable *
list_files (void)
{
  GHashTable      *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *path = strchr (lines[i], '/');

      if (path != NULL)
        g_hash_table_add (files, g_strdup (path));
    }
  return files;
}

void
engine_count_check (void)
{
  g_autoptr (GHashTable) files = list_files ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *message = g_strconcat (MESSAGE_BEGIN, MESSAGE_END, NULL);
  GHashTableIter   iter;
  gpointer         path;
  guint            n = 0;
  gboolean         in_program = FALSE;

  g_assert_cmpuint (g_hash_table_size (files), >, 5);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      const guint here = count_in (path, message);

      if (here > 0)
        g_test_message ("%s: %u", (char *) path, here);
      n += here;
      in_program = in_program || (here > 0 && g_str_equal (path, program));
    }
  g_assert_cmpuint (n, ==, 1);
  if (in_program)
    g_assert_null (dlsym (RTLD_DEFAULT, "sqlite3_open_v2"));
  else
    g_assert_nonnull (dlsym (RTLD_DEFAULT, "sqlite3_key"));
}
