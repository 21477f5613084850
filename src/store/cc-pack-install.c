/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-plan-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-pack-install.h>

#include <string.h>

typedef struct
{
  CcPackPlan    *plan;
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

/* What was not as it was sealed must not look so again. */
static void
seal_if_intact (CcAct *act, gboolean intact, CcSealKind kind)
{
  if (intact)
    cc_act_seal (act, kind, 0);
}

static gboolean
install (CcAct *act, gpointer data, GError **error)
{
  Install         *self = data;
  CcConnection    *connection = act->connection;
  g_autofree char *version = g_strdup_printf ("%d", cc_pack_get_version (self->plan->merged));
  gboolean         sealed;
  const gboolean   meta = cc_seal_is_intact (connection, CC_SEAL_META, &sealed) || !sealed;
  const gboolean   words = cc_seal_is_intact (connection, CC_SEAL_WORDS, &sealed) || !sealed;

  /* Taking it back would be another concordance, the other way round. */
  cc_capture_stop (cc_writer_get_capture (act->writer));
  self->result->act = act->seq;
  if (!cc_act_log (act, "meta", "pack", cc_pack_get_id (act->file->pack),
                   cc_pack_get_id (self->plan->merged), error))
    return FALSE;
  for (guint i = 0; i < cc_concordance_get_n_fates (self->plan->concordance); i++)
    if (!note_fate (act, cc_concordance_get_fate (self->plan->concordance, i), self->result, error))
      return FALSE;
  /* Without a checksum the next opening gives ids to what is new and fills the roll-ups. */
  if (!(rename_all (act, self->plan->concordance, TRUE, error)
        && rename_all (act, self->plan->concordance, FALSE, error)
        && rewrite_profiles (act, self->plan->concordance, error)
        && cc_pack_file_take_in (connection, self->plan->folder, error)
        && cc_case_file_write_meta (connection, "pack", cc_pack_get_id (self->plan->merged), error)
        && cc_case_file_write_meta (connection, "pack-version", version, error)
        && cc_case_file_write_meta (connection, "pack-checksum", "", error)))
    return FALSE;
  cc_act_seal (act, CC_SEAL_PACK, 0);
  seal_if_intact (act, meta, CC_SEAL_META);
  seal_if_intact (act, words, CC_SEAL_WORDS);
  /* In the act: after it nothing may fail that would make it look as if it had not been done. */
  self->result->open = cc_pack_list_open (act->file, connection, error);
  return self->result->open != NULL;
}

static gboolean
run (CcCaseFile *file,
     const char *directory,
     const char *concordance,
     Install    *self,
     GError    **error)
{
  if (!cc_pack_plan_load (self->plan, file, directory, concordance, error))
    return FALSE;
  if (!cc_case_file_act (file, "pack", install, self, NULL, error))
    return FALSE;
  g_atomic_int_set (&file->outdated, TRUE);
  return TRUE;
}

CcPackInstall *
cc_pack_install (CcCaseFile *file, const char *directory, const char *concordance, GError **error)
{
  g_autoptr (CcPackInstall) result = g_new0 (CcPackInstall, 1);
  g_auto (CcPackPlan) plan = { 0 };
  Install self = { &plan, result };

  g_return_val_if_fail (file != NULL && directory != NULL && concordance != NULL, NULL);
  return run (file, directory, concordance, &self, error) ? g_steal_pointer (&result) : NULL;
}

GPtrArray *
cc_pack_list_open (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_open_code_free);
  g_autoptr (GHashTable) uses = cc_pack_uses_new ();
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
      open->records = cc_pack_uses_count (file, connection, uses, open->list,
                                          cc_statement_int64 (rows, 3), error);
      if (open->records < 0)
        return NULL;
    }
  return g_steal_pointer (&list);
}
