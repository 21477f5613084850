/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "second-pack.h"

#include <glib/gstdio.h>

static const char *const renamed[] = { "LANG,ZUL,", "LANG,ZU,", "LANG.ZUL,", "LANG.ZU," };

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
replace (const char *text, const char *old, const char *other)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);

  return g_strjoinv (other, parts);
}

static void
copy_changed (const char *from, const char *to, const char *name)
{
  g_autofree char *path = g_build_filename (from, name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (renamed); i += 2)
    {
      char *changed = replace (text, renamed[i], renamed[i + 1]);

      g_free (text);
      text = changed;
    }
  if (g_str_equal (name, "pack.ini"))
    {
      char *changed = replace (text, "id=ic-tip-2025-recon", "id=second-pack");

      g_free (text);
      text = changed;
    }
  write_file (to, name, text);
}

void
second_pack_make (SecondPack *self, CcPack *pack)
{
  const char *from = cc_pack_get_directory (pack);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  self->folder = g_dir_make_tmp ("casecount-pack-XXXXXX", NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    copy_changed (from, self->folder, name);
  self->concordance = g_strconcat (self->folder, ".csv", NULL);
  g_assert_true (
      g_file_set_contents (self->concordance, "kind,list,old,new\ncode,LANG,ZUL,ZU\n", -1, NULL));
}

void
second_pack_remove (SecondPack *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_unlink (self->concordance);
  g_free (self->folder);
  g_free (self->concordance);
}
