/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-file-private.h"

#include <cc/base/cc-error.h>

#include <glib/gstdio.h>
#include <unistd.h>

/* Returns: (transfer full): an empty folder that only this user can read */
char *
cc_pack_file_make_folder (GError **error)
{
  return g_dir_make_tmp ("casecount-pack-XXXXXX", error);
}

/* Takes the folder and its name away. Allows NULL. */
void
cc_pack_file_remove (char *directory)
{
  g_autoptr (GDir) folder = directory != NULL ? g_dir_open (directory, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      (void) g_unlink (path);
    }
  if (directory != NULL)
    (void) g_rmdir (directory);
  g_free (directory);
}

static gboolean
write_all (CcStatement *rows, const char *directory, GError **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      gconstpointer    body;
      gsize            size;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      /* A name from outside must not lead out of the folder. */
      name = g_path_get_basename (cc_statement_text (rows, 0));
      path = g_build_filename (directory, name, NULL);
      body = cc_statement_blob (rows, 1, &size);
      if (!g_file_set_contents (path, body != NULL ? body : "", (gssize) size, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
cc_pack_file_write_out (CcConnection *connection, char **directory, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  GError      *problem = NULL;
  const gint64 n =
      cc_connection_get_int64 (connection, "SELECT count (*) FROM pack_file", 0, &problem);

  *directory = NULL;
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (n == 0)
    return TRUE;
  rows =
      cc_connection_prepare (connection, "SELECT name, body FROM pack_file ORDER BY name", error);
  *directory = rows != NULL ? cc_pack_file_make_folder (error) : NULL;
  if (*directory == NULL)
    return FALSE;
  if (write_all (rows, *directory, error))
    return TRUE;
  cc_pack_file_remove (g_steal_pointer (directory));
  return FALSE;
}

gboolean
cc_pack_file_take_in (CcConnection *connection, const char *directory, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, error);
  g_autoptr (CcStatement) insert = NULL;
  const char *name;

  if (folder == NULL || !cc_connection_execute (connection, "DELETE FROM pack_file", error))
    return FALSE;
  insert = cc_connection_prepare (connection, "INSERT INTO pack_file VALUES (?1, ?2)", error);
  while (insert != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *body = NULL;
      gsize            size;

      if (!g_file_get_contents (path, &body, &size, error))
        return FALSE;
      cc_statement_bind_text (insert, 1, name);
      cc_statement_bind_blob (insert, 2, body, size);
      if (!cc_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL;
}

gboolean
cc_case_file_choose_pack (CcCaseFile *self, CcConnection *connection, GError **error)
{
  char   *directory = NULL;
  CcPack *pack;

  /* Version 1 knew only the program's own pack. */
  if (self->schema_version < 2)
    return TRUE;
  if (!cc_pack_file_write_out (connection, &directory, error))
    return FALSE;
  if (directory == NULL)
    return TRUE;
  pack = cc_pack_load (directory, error);
  cc_pack_file_remove (directory);
  if (pack == NULL)
    return FALSE;
  cc_pack_unref (self->pack);
  self->pack = pack;
  return TRUE;
}
