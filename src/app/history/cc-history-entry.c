/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-entry.h"

#include <string.h>

/* A sentence needs the first changes only; imports and runs have thousands. */
#define N_LOOKED_AT 60

/* Taking back of taking back of ...: the sentence names one level. */
#define DEEPEST 2

void
cc_history_entry_free (CcHistoryEntry *self)
{
  if (self == NULL)
    return;
  cc_history_act_free (self->act);
  cc_history_entry_free (self->undone);
  cc_history_delivery_free (self->delivery);
  cc_history_brought_free (self->brought);
  cc_history_parties_free (self->parties);
  g_free (self->what);
  g_free (self->unit);
  g_free (self->verdict);
  g_ptr_array_unref (self->variables);
  g_free (self);
}

/* Acts of one kind whatever they changed. */
static const struct
{
  const char   *name;
  CcHistoryGist gist;
} by_name[] = {
  { "create", CC_GIST_CREATED },
  { "pack", CC_GIST_PACK },
  { "link", CC_GIST_LINKED },
  { "export", CC_GIST_EXPORT },
  { "backup", CC_GIST_BACKUP },
  { "rekey", CC_GIST_REKEY },
  { "restore", CC_GIST_RESTORED },
  { "rebuild-cache", CC_GIST_RECOUNT },
  { "population", CC_GIST_POPULATION },
  { "profile", CC_GIST_PROFILE },
  { "user", CC_GIST_USER },
  { "package", CC_GIST_PACKAGED },
  { "settle-merge", CC_GIST_MERGE_SETTLED },
  { "migrate", CC_GIST_MIGRATED },
  { "seal", CC_GIST_SEALED },
  { "purge", CC_GIST_PURGED },
  { "retention", CC_GIST_RETENTION },
  { "send-back", CC_GIST_SENT_BACK },
  { "export-model", CC_GIST_MODEL_LEFT },
  { "import-pairs", CC_GIST_PAIRS_BACK },
  { "learn-model", CC_GIST_MODEL_LEARNT },
  { "sample-model", CC_GIST_MODEL_SAMPLED },
  { "sign-model", CC_GIST_MODEL_SIGNED },
  { "accept-model", CC_GIST_MODEL_ACCEPTED },
};

/* Other acts say by their changes what they were. */
static const struct
{
  const char   *table;
  CcHistoryGist gist;
} by_table[] = {
  { "cluster_choice", CC_GIST_CHOSEN },
  { "entity", CC_GIST_AGENCY_EDITED },
  { "expected_return", CC_GIST_EXPECTED },
  { "finding", CC_GIST_FINDING },
  { "questionnaire_answer", CC_GIST_ANSWER },
  { "source_row", CC_GIST_ROW },
  { "profile", CC_GIST_PROFILE },
  { "profile_version", CC_GIST_PROFILE },
  { "population", CC_GIST_POPULATION },
  { "setting", CC_GIST_SETTING },
};

typedef struct
{
  guint moves;
  guint values;
  guint withdrawn;
  guint woken;
} Tally;

static void
add_variable (CcHistoryEntry *self, const char *id)
{
  for (guint i = 0; i < self->variables->len; i++)
    if (strcmp (g_ptr_array_index (self->variables, i), id) == 0)
      return;
  g_ptr_array_add (self->variables, g_strdup (id));
}

static void
tally_change (CcHistoryEntry *self, Tally *tally, const CcHistoryChange *change)
{
  if (self->unit == NULL && change->unit != NULL)
    self->unit = g_strdup (change->unit);
  if (change->variable != NULL)
    {
      tally->values++;
      add_variable (self, change->variable);
    }
  else if (strcmp (change->table, "membership") == 0)
    tally->moves++;
  else if (strcmp (change->table, "pair_decision") == 0 && self->verdict == NULL)
    self->verdict = g_strdup (change->after != NULL ? change->after : change->before);
  else if (strcmp (change->table, "record") == 0 && g_strcmp0 (change->after, "withdrawn") == 0)
    tally->withdrawn++;
  else if (strcmp (change->table, "record") == 0 && g_strcmp0 (change->before, "withdrawn") == 0)
    tally->woken++;
}

static CcHistoryGist
judge_delivery (const CcHistoryEntry *self, const CcHistoryChange *change)
{
  if (self->delivery != NULL && self->delivery->nil)
    return CC_GIST_NIL;
  if (g_strcmp0 (change->after, "withdrawn") == 0)
    return CC_GIST_DELIVERY_LEFT;
  return g_strcmp0 (change->before, "withdrawn") == 0 ? CC_GIST_DELIVERY_BACK
                                                      : CC_GIST_DELIVERY_CAME;
}

static CcHistoryGist
judge_decision (CcHistoryEntry *self, const Tally *tally)
{
  self->n = tally->moves;
  if (tally->moves == 0)
    return CC_GIST_DECIDED;
  return self->verdict == NULL || strcmp (self->verdict, "same") == 0 ? CC_GIST_JOINED
                                                                      : CC_GIST_PARTED;
}

/* A new agency is noted by its key, a changed one by its number. */
static gboolean
is_new_agency (const CcHistoryChange *change)
{
  return change->before == NULL && change->after != NULL && change->key != NULL
         && change->key[strspn (change->key, "0123456789")] != '\0';
}

static CcHistoryGist
judge_table (CcHistoryEntry *self, GPtrArray *changes)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_table); i++)
    for (guint j = 0; j < changes->len; j++)
      {
        const CcHistoryChange *change = g_ptr_array_index (changes, j);

        if (strcmp (change->table, by_table[i].table) != 0)
          continue;
        self->what = g_strdup (change->key);
        self->n = changes->len;
        if (strcmp (change->table, "entity") != 0)
          return by_table[i].gist;
        g_free (self->what);
        self->what = g_strdup (change->after != NULL ? change->after : change->key);
        return is_new_agency (change) ? CC_GIST_AGENCY_NEW : by_table[i].gist;
      }
  return CC_GIST_OTHER;
}

/* A run names the kind it compared, and what was handed in its file. */
static void
name_subject (CcHistoryEntry *self, GPtrArray *changes, CcHistoryGist gist)
{
  const CcHistoryChange *first = changes->len > 0 ? g_ptr_array_index (changes, 0) : NULL;
  g_autoptr (GKeyFile) body = g_key_file_new ();

  if (gist == CC_GIST_LINKED && first != NULL)
    {
      g_free (self->unit);
      self->unit = g_strdup (first->after);
    }
  if (gist == CC_GIST_USER && first != NULL)
    {
      g_free (self->what);
      self->what = g_strdup (first->after);
    }
  if (gist != CC_GIST_EXPORT || first == NULL || first->after == NULL)
    return;
  g_clear_pointer (&self->what, g_free);
  if (g_key_file_load_from_data (body, first->after, (gsize) -1, G_KEY_FILE_NONE, NULL))
    self->what = g_key_file_get_string (body, "workbook", "file", NULL);
}

/* It may name deliveries and cases, and is about all of them. */
static gboolean
is_merge (const CcHistoryAct *act)
{
  return strcmp (act->name, "merge") == 0;
}

/* By what the changes say; an act of an unknown word that edits a case is still an edit. */
static CcHistoryGist
judge (CcHistoryEntry *self, GPtrArray *changes, gint64 n_new)
{
  const CcHistoryChange *delivery = NULL;
  Tally                  tally = { 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      const CcHistoryChange *change = g_ptr_array_index (changes, i);

      if (delivery == NULL && strcmp (change->table, "submission") == 0)
        delivery = change;
      tally_change (self, &tally, change);
    }
  if (is_merge (self->act))
    return CC_GIST_MERGED;
  if (delivery != NULL)
    return judge_delivery (self, delivery);
  for (guint i = 0; i < G_N_ELEMENTS (by_name); i++)
    if (strcmp (self->act->name, by_name[i].name) == 0)
      {
        self->what = changes->len > 0
                         ? g_strdup (((CcHistoryChange *) g_ptr_array_index (changes, 0))->key)
                         : NULL;
        self->n = self->act->n_changes;
        name_subject (self, changes, by_name[i].gist);
        return by_name[i].gist;
      }
  if (self->verdict != NULL || (tally.moves > 0 && tally.values == 0))
    return judge_decision (self, &tally);
  self->n = tally.values;
  if (n_new > 0)
    return CC_GIST_CASE_NEW;
  if (tally.values > 0)
    return CC_GIST_CASE_EDITED;
  self->n = tally.withdrawn + tally.woken;
  if (tally.withdrawn > 0)
    return CC_GIST_CASE_DELETED;
  return tally.woken > 0 ? CC_GIST_CASE_BACK : judge_table (self, changes);
}

static gboolean
names_delivery (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (strcmp (((CcHistoryChange *) g_ptr_array_index (changes, i))->table, "submission") == 0)
      return TRUE;
  return FALSE;
}

static CcHistoryEntry *
load_deep (CcConnection *connection, CcHistoryAct *act, guint depth, GError **error);

static gboolean
load_undone (CcConnection *connection, CcHistoryEntry *self, guint depth, GError **error)
{
  CcHistoryAct *undone;

  if (self->act->undoes == 0 || depth >= DEEPEST)
    return TRUE;
  undone = cc_history_get (connection, self->act->undoes, error);
  self->undone = undone != NULL ? load_deep (connection, undone, depth + 1, error) : NULL;
  return self->undone != NULL;
}

/* What the sentence of some gists needs beside the changes. */
static gboolean
load_more (CcConnection *connection, CcHistoryEntry *self, GPtrArray *changes, GError **error)
{
  const CcHistoryGist gist = self->gist;

  if (gist == CC_GIST_MERGED)
    {
      self->brought = cc_history_get_brought (connection, self->act, error);
      return self->brought != NULL;
    }
  if ((gist != CC_GIST_JOINED && gist != CC_GIST_PARTED && gist != CC_GIST_DECIDED)
      || self->act->n_changes > changes->len)
    return TRUE;
  self->parties = cc_history_parties_load (connection, self->seq, changes, gist == CC_GIST_JOINED,
                                           gist == CC_GIST_PARTED, error);
  return self->parties != NULL;
}

/* act: (transfer full) */
static CcHistoryEntry *
load_deep (CcConnection *connection, CcHistoryAct *act, guint depth, GError **error)
{
  g_autoptr (CcHistoryEntry) self = g_new0 (CcHistoryEntry, 1);
  g_autoptr (GPtrArray) changes = NULL;
  GError *problem = NULL;
  gint64  n_new;

  self->seq = act->seq;
  self->act = act;
  self->variables = g_ptr_array_new_with_free_func (g_free);
  changes = cc_history_list_changes (connection, act->seq, 0, N_LOOKED_AT, error);
  n_new = changes != NULL ? cc_history_count_new_records (connection, act, error) : -1;
  if (n_new < 0)
    return NULL;
  if (!is_merge (act) && names_delivery (changes))
    self->delivery = cc_history_get_delivery (connection, act->seq, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  self->gist = judge (self, changes, n_new);
  if (!load_more (connection, self, changes, error))
    return NULL;
  return load_undone (connection, self, depth, error) ? g_steal_pointer (&self) : NULL;
}

CcHistoryEntry *
cc_history_entry_load (CcConnection *connection, gint64 seq, GError **error)
{
  CcHistoryAct *act = cc_history_get (connection, seq, error);

  return act != NULL ? load_deep (connection, act, 0, error) : NULL;
}

CcHistoryEntry *
cc_history_entry_new_unreadable (gint64 seq)
{
  CcHistoryEntry *self = g_new0 (CcHistoryEntry, 1);

  self->seq = seq;
  self->act = g_new0 (CcHistoryAct, 1);
  self->act->seq = seq;
  self->act->user = g_strdup ("");
  self->act->name = g_strdup ("");
  self->variables = g_ptr_array_new_with_free_func (g_free);
  self->gist = CC_GIST_UNREADABLE;
  return self;
}
