/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-release.h>

#include <cc/base/cc-error.h>

/* The columns of the table serve every kind of release; what only a questionnaire has stands in
 * body, a key file with one group. */
#define GROUP "workbook"

void
cc_release_free (CcRelease *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->questionnaire);
  g_free (self->checksum);
  g_free (self->periods);
  g_free (self->language);
  g_free (self->audience);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->head);
  g_free (self);
}

static char *
write_body (const CcRelease *release)
{
  g_autoptr (GKeyFile) body = g_key_file_new ();

  g_key_file_set_integer (body, GROUP, "version", release->version);
  g_key_file_set_string (body, GROUP, "checksum", release->checksum);
  g_key_file_set_string (body, GROUP, "periods", release->periods);
  g_key_file_set_string (body, GROUP, "language", release->language);
  g_key_file_set_string (body, GROUP, "file", release->file_name);
  g_key_file_set_string (body, GROUP, "sha256", release->sha256);
  g_key_file_set_integer (body, GROUP, "tables", (int) release->n_tables);
  g_key_file_set_integer (body, GROUP, "errors", (int) release->n_errors);
  g_key_file_set_integer (body, GROUP, "warnings", (int) release->n_warnings);
  g_key_file_set_integer (body, GROUP, "notes", (int) release->n_notes);
  return g_key_file_to_data (body, NULL, NULL);
}

static char *
read_text (GKeyFile *body, const char *key)
{
  char *text = g_key_file_get_string (body, GROUP, key, NULL);

  return text != NULL ? text : g_strdup ("");
}

static guint
read_count (GKeyFile *body, const char *key)
{
  return (guint) MAX (g_key_file_get_integer (body, GROUP, key, NULL), 0);
}

/* What a later version may have left out reads as empty: the note is shown, never acted on. */
static void
read_body (CcRelease *release, const char *text)
{
  g_autoptr (GKeyFile) body = g_key_file_new ();

  if (text != NULL)
    g_key_file_load_from_data (body, text, (gsize) -1, G_KEY_FILE_NONE, NULL);
  release->version = g_key_file_get_integer (body, GROUP, "version", NULL);
  release->checksum = read_text (body, "checksum");
  release->periods = read_text (body, "periods");
  release->language = read_text (body, "language");
  release->file_name = read_text (body, "file");
  release->sha256 = read_text (body, "sha256");
  release->n_tables = read_count (body, "tables");
  release->n_errors = read_count (body, "errors");
  release->n_warnings = read_count (body, "warnings");
  release->n_notes = read_count (body, "notes");
}

gboolean
cc_act_add_release (CcAct *act, CcRelease *release, GError **error)
{
  CcConnection *connection = cc_act_get_connection (act);
  g_autoptr (CcStatement) insert = NULL;
  g_autofree char *body = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (act != NULL && release != NULL && release->questionnaire != NULL
                            && release->audience != NULL && release->sha256 != NULL,
                        FALSE);

  insert = cc_connection_prepare (connection,
                                  "INSERT INTO release (profile, audience, time, act, head, body)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                  error);
  if (insert == NULL)
    return FALSE;
  body = write_body (release);
  release->time = cc_act_get_time (act);
  release->act = cc_act_get_seq (act);
  cc_statement_bind_text (insert, 1, release->questionnaire);
  cc_statement_bind_text (insert, 2, release->audience);
  cc_statement_bind_int64 (insert, 3, release->time);
  cc_statement_bind_int64 (insert, 4, release->act);
  cc_statement_bind_text (insert, 5, release->head);
  cc_statement_bind_text (insert, 6, body);
  if (!cc_statement_run (insert, error))
    return FALSE;
  release->id = cc_connection_last_id (connection);
  key = g_strdup_printf ("%" G_GINT64_FORMAT, release->id);
  return cc_act_log (act, "release", key, NULL, body, error);
}

GPtrArray *
cc_release_list (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) releases =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_release_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = FALSE;

  g_return_val_if_fail (connection != NULL, NULL);

  rows = cc_connection_prepare (connection,
                                "SELECT r.id, r.profile, r.audience, r.time, r.act, r.head, r.body,"
                                " a.user FROM release r LEFT JOIN audit a ON a.seq = r.act"
                                " ORDER BY r.id DESC",
                                error);
  if (rows == NULL)
    return NULL;
  for (;;)
    {
      CcRelease *release;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&releases);
      release = g_new0 (CcRelease, 1);
      release->id = cc_statement_int64 (rows, 0);
      release->questionnaire = g_strdup (cc_statement_text (rows, 1));
      release->audience = g_strdup (cc_statement_text (rows, 2));
      release->time = cc_statement_int64 (rows, 3);
      release->act = cc_statement_int64 (rows, 4);
      release->head = g_strdup (cc_statement_is_null (rows, 5) ? "" : cc_statement_text (rows, 5));
      read_body (release, cc_statement_is_null (rows, 6) ? NULL : cc_statement_text (rows, 6));
      release->user = g_strdup (cc_statement_is_null (rows, 7) ? "" : cc_statement_text (rows, 7));
      g_ptr_array_add (releases, release);
    }
}

char *
cc_release_find_head (CcConnection *connection, gint64 *time, GError **error)
{
  g_autoptr (CcStatement) last = NULL;
  gboolean has_row = FALSE;

  g_return_val_if_fail (connection != NULL, NULL);

  last = cc_connection_prepare (connection,
                                "SELECT hash, time FROM audit WHERE act <> 'export'"
                                " ORDER BY seq DESC LIMIT 1",
                                error);
  if (last == NULL || !cc_statement_step (last, &has_row, error))
    return NULL;
  if (time != NULL)
    *time = has_row ? cc_statement_int64 (last, 1) : 0;
  return g_strdup (has_row ? cc_statement_text (last, 0) : "");
}
