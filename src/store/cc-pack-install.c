/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-concordance.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-pack-install.h>

#include <string.h>

typedef struct
{
  CcConcordance *concordance;
  CcPack        *merged;
  const char    *folder; /* of its files */
  CcPackInstall *result;
} Install;

void
cc_open_code_free (CcOpenCode *self)
{
  if (self == NULL)
    return;
  g_free (self->list);
  g_free (self->code);
  g_strfreev (self->targets);
  g_free (self);
}

void
cc_pack_install_free (CcPackInstall *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_free (self);
}

static const char *
get_state_word (CcFateState state)
{
  static const char *const words[] = { [CC_FATE_SAME] = "same",
                                       [CC_FATE_RECODED] = "recoded",
                                       [CC_FATE_KEPT] = "kept",
                                       [CC_FATE_SPLIT] = "split" };

  return words[state];
}

static gint64
get_id (CcAct *act, const CcFate *fate)
{
  CcPack *pack = act->file->pack;

  if (fate->list != NULL)
    return cc_case_file_code_id (act->file, cc_pack_find_code (pack, fate->list, fate->old));
  return cc_case_file_variable_id (act->file, cc_pack_find_variable (pack, fate->old));
}

/* Names are moved out of the way first, so that two codes can change places. */
static gboolean
rename_one (CcAct *act, const CcFate *fate, gint64 id, gboolean aside, GError **error)
{
  g_autofree char *name = aside ? g_strdup_printf ("%c%s", 1, fate->name) : g_strdup (fate->name);
  g_autoptr (CcStatement) update = NULL;

  update = cc_connection_prepare (act->connection,
                                  fate->list != NULL ? "UPDATE code SET code = ?2 WHERE id = ?1"
                                                     : "UPDATE variable SET key = ?2 WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, id);
  cc_statement_bind_text (update, 2, name);
  return cc_statement_run (update, error);
}

static gboolean
rename_all (CcAct *act, CcConcordance *concordance, gboolean aside, GError **error)
{
  for (guint i = 0; i < cc_concordance_get_n_fates (concordance); i++)
    {
      const CcFate *fate = cc_concordance_get_fate (concordance, i);
      const gint64  id = get_id (act, fate);

      if (id != 0 && strcmp (fate->old, fate->name) != 0
          && !rename_one (act, fate, id, aside, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_line (CcAct *act, const CcFate *fate, gint64 id, const char *target, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO concordance (act, kind, list, old, new, state,"
                                  " target) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, act->seq);
  cc_statement_bind_text (insert, 2, fate->list != NULL ? "code" : "variable");
  cc_statement_bind_text (insert, 3, fate->list != NULL ? fate->list : "");
  cc_statement_bind_text (insert, 4, fate->old);
  cc_statement_bind_text (insert, 5, target);
  cc_statement_bind_text (insert, 6, get_state_word (fate->state));
  cc_statement_bind_int64 (insert, 7, id);
  return cc_statement_run (insert, error);
}

/* What became of each code, for the file and for its history. */
static gboolean
note_fate (CcAct *act, const CcFate *fate, CcPackInstall *result, GError **error)
{
  const gint64     id = get_id (act, fate);
  g_autofree char *key = NULL;
  g_autofree char *after = NULL;

  if (fate->state == CC_FATE_SAME || id == 0)
    return TRUE;
  if (fate->list == NULL)
    result->variables += fate->state == CC_FATE_RECODED;
  else if (fate->state == CC_FATE_RECODED)
    result->recoded++;
  else
    result->kept++;
  if (fate->targets[0] == NULL && !keep_line (act, fate, id, fate->name, error))
    return FALSE;
  for (guint i = 0; fate->targets[i] != NULL; i++)
    if (!keep_line (act, fate, id, fate->targets[i], error))
      return FALSE;
  key =
      fate->list != NULL ? g_strdup_printf ("%s.%s", fate->list, fate->old) : g_strdup (fate->old);
  after = fate->state == CC_FATE_SPLIT ? g_strjoinv (" | ", fate->targets) : g_strdup (fate->name);
  return cc_act_log (act, fate->list != NULL ? "code" : "variable", key, fate->old, after, error);
}

/* What was decided about the agencies' tables is said in the new codes, as a new version. */
static gboolean
rewrite_profiles (CcAct *act, CcConcordance *concordance, GError **error)
{
  g_autoptr (GPtrArray) profiles = cc_store_list_profiles (act->connection, 0, error);

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      CcProfileVersion *profile = g_ptr_array_index (profiles, i);
      char             *body = cc_concordance_rewrite_map (concordance, profile->body);

      g_free (profile->body);
      profile->body = body;
      if (!cc_act_keep_profile (act, profile, error))
        return FALSE;
    }
  return profiles != NULL;
}

static gboolean
install (CcAct *act, gpointer data, GError **error)
{
  Install         *self = data;
  CcConnection    *connection = act->connection;
  g_autofree char *version = g_strdup_printf ("%d", cc_pack_get_version (self->merged));

  /* Taking it back would be another concordance, the other way round. */
  cc_capture_stop (cc_writer_get_capture (act->writer));
  self->result->act = act->seq;
  if (!cc_act_log (act, "meta", "pack", cc_pack_get_id (act->file->pack),
                   cc_pack_get_id (self->merged), error))
    return FALSE;
  for (guint i = 0; i < cc_concordance_get_n_fates (self->concordance); i++)
    if (!note_fate (act, cc_concordance_get_fate (self->concordance, i), self->result, error))
      return FALSE;
  /* Without a checksum the next opening gives ids to what is new and fills the roll-ups. */
  return rename_all (act, self->concordance, TRUE, error)
         && rename_all (act, self->concordance, FALSE, error)
         && rewrite_profiles (act, self->concordance, error)
         && cc_pack_file_take_in (connection, self->folder, error)
         && cc_case_file_write_meta (connection, "pack", cc_pack_get_id (self->merged), error)
         && cc_case_file_write_meta (connection, "pack-version", version, error)
         && cc_case_file_write_meta (connection, "pack-checksum", "", error);
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

static gboolean
run (CcCaseFile *file,
     const char *directory,
     const char *concordance,
     Install    *self,
     GError    **error)
{
  g_autoptr (CcPack) pack = cc_pack_load (directory, error);
  g_autoptr (CcPack) merged = NULL;
  CcConnection    *reader;
  g_autofree char *in_use = NULL;
  gboolean         ok;

  self->concordance =
      pack != NULL ? cc_concordance_load (concordance, file->pack, pack, error) : NULL;
  in_use = self->concordance != NULL ? find_files (file, error) : NULL;
  ok = in_use != NULL
       && cc_concordance_write_pack (self->concordance, in_use, directory, self->folder, error);
  if (in_use != NULL && strcmp (in_use, cc_pack_get_directory (file->pack)) != 0)
    cc_pack_file_remove (g_steal_pointer (&in_use));
  merged = ok ? cc_pack_load (self->folder, error) : NULL;
  if (merged == NULL || !check_merged (file, merged, error))
    return FALSE;
  self->merged = merged;
  if (!cc_case_file_act (file, "pack", install, self, NULL, error))
    return FALSE;
  g_atomic_int_set (&file->outdated, TRUE);
  reader = cc_case_file_acquire_reader (file, error);
  self->result->open = reader != NULL ? cc_pack_list_open (file, reader, error) : NULL;
  cc_case_file_release_reader (file, reader);
  return self->result->open != NULL;
}

CcPackInstall *
cc_pack_install (CcCaseFile *file, const char *directory, const char *concordance, GError **error)
{
  g_autoptr (CcPackInstall) result = g_new0 (CcPackInstall, 1);
  char    *folder = cc_pack_file_make_folder (error);
  Install  self = { NULL, NULL, folder, result };
  gboolean ok;

  g_return_val_if_fail (file != NULL && directory != NULL && concordance != NULL, NULL);
  ok = folder != NULL && run (file, directory, concordance, &self, error);
  cc_concordance_free (self.concordance);
  cc_pack_file_remove (folder);
  return ok ? g_steal_pointer (&result) : NULL;
}

static gint64
count (CcConnection *connection, const char *sql, gint64 code, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return -1;
  cc_statement_bind_int64 (statement, 1, code);
  return cc_statement_step (statement, &has_row, error) ? cc_statement_int64 (statement, 0) : -1;
}

/* How many live records state a code, in columns and in answers with several codes. */
static gint64
count_uses (CcCaseFile   *file,
            CcConnection *connection,
            const char   *list,
            gint64        code,
            GError      **error)
{
  gint64 total = count (connection,
                        "SELECT count (*) FROM multi_value m JOIN record r ON r.id = m.record"
                        " WHERE m.code = ?1 AND r.state = 0",
                        code, error);

  for (guint i = 0; total >= 0 && i < cc_pack_get_n_variables (file->pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (file->pack, i);
      g_autofree char  *column = NULL;
      g_autofree char  *sql = NULL;
      gint64            n;

      if (variable->type != CC_VARIABLE_CODE || variable->storage != CC_STORAGE_COLUMN
          || strcmp (variable->list, list) != 0 || cc_case_file_variable_id (file, variable) == 0)
        continue;
      column = cc_variable_get_column (variable, cc_case_file_variable_id (file, variable), 0);
      sql = g_strdup_printf ("SELECT count (*) FROM \"%s\" t JOIN record r ON r.id = t.record"
                             " WHERE t.%s = ?1 AND r.state = 0",
                             variable->unit, column);
      n = count (connection, sql, code, error);
      total = n < 0 ? n : total + n;
    }
  return total;
}

GPtrArray *
cc_pack_list_open (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_open_code_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT o.list, c.code, group_concat (o.new, ' '), o.target"
                                " FROM (SELECT * FROM concordance WHERE state = 'split'"
                                "  ORDER BY target, id) o JOIN code c ON c.id = o.target"
                                " GROUP BY o.target ORDER BY o.list, c.code",
                                error);
  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      CcOpenCode *open;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      open = g_new0 (CcOpenCode, 1);
      g_ptr_array_add (list, open);
      open->list = g_strdup (cc_statement_text (rows, 0));
      open->code = g_strdup (cc_statement_text (rows, 1));
      open->targets = g_strsplit (cc_statement_text (rows, 2), " ", -1);
      open->records =
          count_uses (file, connection, open->list, cc_statement_int64 (rows, 3), error);
      if (open->records < 0)
        return NULL;
    }
  return g_steal_pointer (&list);
}
