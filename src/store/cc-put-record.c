/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-difference-private.h"
#include "cc-purge-private.h"
#include "cc-said-private.h"
#include "cc-seal-private.h"
#include "cc-value-private.h"
#include "cc-wake-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

/* What the file knows of a UUID. */
typedef struct
{
  gint64   id;
  gboolean withdrawn;
  gboolean same; /* nothing differs from what is stored */
  gint64   submission;
  gint64   source_row;
} Known;

static gboolean
find_known (CcAct *self, CcRecord *record, const guint8 digest[16], Known *known, GError **error)
{
  CcStatement  *find = cc_act_statement (self, CC_SQL_FIND_RECORD, error);
  gboolean      has_row;
  gconstpointer stored;
  gsize         size;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_blob (find, 1, record->uuid, sizeof record->uuid);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      if (strcmp (cc_statement_text (find, 5), record->unit->abbr) != 0)
        {
          cc_statement_reset (find);
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "A record of unit “%s” has the same number as a stored record of another "
                       "unit. Nothing was changed.",
                       record->unit->name);
          return FALSE;
        }
      known->id = cc_statement_int64 (find, 0);
      known->withdrawn = cc_statement_int64 (find, 1) != 0;
      stored = cc_statement_blob (find, 2, &size);
      known->same = size == 16 && memcmp (stored, digest, 16) == 0;
      known->submission = cc_statement_int64 (find, 3);
      known->source_row = cc_statement_int64 (find, 4);
    }
  cc_statement_reset (find);
  return TRUE;
}

static void
bind_id (CcStatement *statement, int index, gint64 id)
{
  if (id != 0)
    cc_statement_bind_int64 (statement, index, id);
  else
    cc_statement_bind_null (statement, index);
}

/* A record has the basis of its entity at the time it is stored. */
static gboolean
find_basis (CcAct *self, gint64 entity, GError **error)
{
  CcStatement *find;
  gboolean     has_row;

  if (self->basis_entity == entity)
    return TRUE;
  find = cc_act_statement (self, CC_SQL_ENTITY_BASIS, error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, entity);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  self->basis = has_row ? (int) cc_statement_int64 (find, 0) : 0;
  self->basis_entity = entity;
  cc_statement_reset (find);
  return TRUE;
}

/* Most records of an import are new: storing one and looking whether it was is one search of the
 * UUIDs less than looking first. record->id stays 0 where the UUID is known already. */
static gboolean
insert_record (CcAct       *self,
               CcRecord    *record,
               const guint8 digest[16],
               gint64       entity,
               gint64       submission,
               gint64       source_row,
               GError     **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_RECORD, error);

  if (insert == NULL || !find_basis (self, entity, error))
    return FALSE;
  cc_statement_bind_blob (insert, 1, record->uuid, sizeof record->uuid);
  cc_statement_bind_text (insert, 2, record->unit->abbr);
  bind_id (insert, 3, entity);
  bind_id (insert, 4, submission);
  bind_id (insert, 5, source_row);
  cc_statement_bind_int64 (insert, 6, self->basis);
  cc_statement_bind_blob (insert, 7, digest, 16);
  if (!cc_statement_run (insert, error))
    return FALSE;
  record->id =
      sqlite3_changes (self->connection->db) > 0 ? cc_connection_last_id (self->connection) : 0;
  return TRUE;
}

static gboolean
update_record (CcAct       *self,
               const Known *known,
               const guint8 digest[16],
               gint64       entity,
               gint64       submission,
               gint64       source_row,
               GError     **error)
{
  CcStatement *update = cc_act_statement (self, CC_SQL_UPDATE_RECORD, error);

  if (update == NULL || !find_basis (self, entity, error))
    return FALSE;
  /* A correction by hand does not take the record away from the delivery it came with. */
  cc_statement_bind_int64 (update, 1, known->id);
  bind_id (update, 2, entity);
  bind_id (update, 3, submission != 0 ? submission : known->submission);
  bind_id (update, 4, submission != 0 ? source_row : known->source_row);
  cc_statement_bind_int64 (update, 5, self->basis);
  cc_statement_bind_blob (update, 6, digest, 16);
  return cc_statement_run (update, error);
}

/* How a record is stored. */
typedef struct
{
  const guint8 *digest; /* of what it says: CC_CONTENT_SIZE bytes */
  gint64        entity;
  gint64        submission; /* 0: by hand */
  gint64        source_row;
} Storing;

/* An import's change points to the rows it came from and repeats nothing of them; a hash binds what
 * is stored. */
static gboolean
log_pointer (CcAct *self, CcRecord *record, const Known *known, const Storing *how, GError **error)
{
  const CcSealBond bond = { record->uuid,    record->unit->abbr, how->entity,
                            how->submission, how->source_row,    self->basis,
                            how->digest,     CC_CONTENT_SIZE,    FALSE };
  char             key[24];
  char             before[40];
  char             after[40 + CC_SEAL_RECORD_SIZE];
  char             bound[CC_SEAL_RECORD_SIZE + 1];

  cc_seal_bind_record (self->digest, &bond, bound);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, record->id);
  g_snprintf (before, sizeof before, "source_row:%" G_GINT64_FORMAT, known->source_row);
  g_snprintf (after, sizeof after, "source_row:%" G_GINT64_FORMAT "%c%s", how->source_row,
              CC_SEAL_SEPARATOR, bound);
  return cc_act_log (self, "record", key, known->id != 0 ? before : NULL, after, error);
}

static gboolean
log_value (CcAct         *self,
           CcRecord      *record,
           const CcValue *before,
           const CcValue *after,
           GError       **error)
{
  const CcVariable *variable = (before != NULL ? before : after)->variable;
  g_autofree char  *key = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", record->id, variable->id);
  g_autofree char  *old = before != NULL ? cc_value_to_log (before) : NULL;
  g_autofree char *new = after != NULL ? cc_value_to_log (after) : NULL;

  if (g_strcmp0 (old, new) == 0)
    return TRUE;
  return cc_act_log (self, record->unit->name, key, old, new, error);
}

/* By hand: each value that changed. Both lists are in the pack's order. */
static gboolean
log_values (CcAct *self, CcRecord *record, GPtrArray *before, GPtrArray *after, GError **error)
{
  guint i = 0;
  guint j = 0;

  while ((before != NULL && i < before->len) || j < after->len)
    {
      const CcValue *old = before != NULL && i < before->len ? g_ptr_array_index (before, i) : NULL;
      const CcValue *new = j < after->len ? g_ptr_array_index (after, j) : NULL;

      if (old != NULL && new != NULL && old->variable->index != new->variable->index)
        {
          if (old->variable->index < new->variable->index)
            new = NULL;
          else
            old = NULL;
        }
      i += old != NULL;
      j += new != NULL;
      if (!log_value (self, record, old, new, error))
        return FALSE;
    }
  return TRUE;
}

/* Not by the hand of someone who may know better. */
static gboolean
is_sent (CcAct *self, gint64 submission)
{
  return submission != 0 || self->brings_in;
}

/* What was removed is not stated again, neither to the record nor to the history. */
static void
hide_removed (GPtrArray *stated, GPtrArray *removed)
{
  for (guint i = 0; i < stated->len; i++)
    {
      CcValue *value = g_ptr_array_index (stated, i);

      if (value->variable->storage != CC_STORAGE_IDENTIFIER
          || !g_ptr_array_find_with_equal_func (removed, value->variable->name, g_str_equal, NULL))
        continue;
      g_free (value->text);
      value->text = g_strdup (CC_PURGED_MARK);
    }
}

/* Another delivery states the record than the one it stands for. Events say what all deliveries
 * say; merges note what they bring themselves. */
static gboolean
note_said (CcAct            *self,
           const CcUnitPlan *plan,
           const Known      *known,
           CcRecord         *old,
           CcRecord         *record,
           gint64            submission,
           gint64            source_row,
           GError          **error)
{
  const CcSaidSide before = { known->submission, known->source_row, old, FALSE };
  const CcSaidSide after = { submission, source_row, record, FALSE };

  if (submission == 0 || submission == known->submission || self->brings_in
      || strcmp (plan->unit->abbr, "EV") == 0)
    return TRUE;
  return cc_said_note (self, known->id, &before, &after, error);
}

static gboolean
put_new (CcAct            *self,
         const CcUnitPlan *plan,
         CcRecord         *record,
         GPtrArray        *stated,
         const Storing    *how,
         GError          **error)
{
  const Known nothing = { 0 };

  if (!cc_act_write_values (self, plan, record, stated, error))
    return FALSE;
  if (plan->clustered && !cc_act_start_cluster (self, record->id, plan->unit->abbr, error))
    return FALSE;
  if (!plan->clustered
      && !cc_act_mark_affected (self, plan, record->id, record->parents, TRUE, error))
    return FALSE;
  if (!cc_watch_take (self, CC_DIFFERENCE_NEW, record->id, NULL, record, error))
    return FALSE;
  return how->submission != 0 ? log_pointer (self, record, &nothing, how, error)
                              : log_values (self, record, NULL, stated, error);
}

static gboolean
put_changed (CcAct            *self,
             const CcUnitPlan *plan,
             CcRecord         *record,
             GPtrArray        *stated,
             const Known      *known,
             GPtrArray        *removed,
             const Storing    *how,
             GError          **error)
{
  g_autoptr (CcRecord) old = NULL;
  g_autoptr (GPtrArray) old_stated = NULL;
  g_autoptr (CcRecord) kept = NULL;

  old = cc_store_read_record (self->file, self->connection, known->id, error);
  if (old == NULL)
    return FALSE;
  old_stated = cc_record_get_stated (old);
  /* What the old statement touched changes as well as what the new one touches. */
  if (!note_said (self, plan, known, old, record, how->submission, how->source_row, error)
      || !cc_act_mark_affected (self, plan, known->id, old->parents, FALSE, error)
      || !cc_act_clear_values (self, plan, known->id, error)
      || !cc_act_write_values (self, plan, record, stated, error)
      || (is_sent (self, how->submission)
          && !cc_purge_keep_removed (self, known->id, removed, error)))
    return FALSE;
  /* It says less than what came. */
  if (removed->len > 0)
    cc_act_seal (self, CC_SEAL_RECORD, known->id);
  if (known->withdrawn && plan->clustered
      && !cc_act_wake_cluster (self, known->id, plan->unit->abbr, error))
    return FALSE;
  /* What was removed is told nobody. */
  if (self->watch != NULL && removed->len > 0
      && !(kept = cc_store_read_record (self->file, self->connection, known->id, error)))
    return FALSE;
  if (!cc_act_mark_affected (self, plan, known->id, record->parents, FALSE, error)
      || !cc_watch_take (self, known->withdrawn ? CC_DIFFERENCE_BACK : CC_DIFFERENCE_CHANGED,
                         known->id, old, kept != NULL ? kept : record, error))
    return FALSE;
  return how->submission != 0 ? log_pointer (self, record, known, how, error)
                              : log_values (self, record, old_stated, stated, error);
}

gboolean
cc_act_put_record (CcAct       *self,
                   CcRecord    *record,
                   gint64       entity,
                   gint64       submission,
                   gint64       source_row,
                   CcPutResult *result,
                   GError     **error)
{
  const CcUnitPlan *plan;
  g_autoptr (GPtrArray) stated = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  guint8  digest[CC_CONTENT_SIZE];
  Storing how = { digest, entity, submission, source_row };
  Known   known = { 0 };

  g_return_val_if_fail (self != NULL && record != NULL, FALSE);
  plan = cc_case_file_find_plan (self->file, record->unit, error);
  if (plan == NULL || !cc_act_needs_audit (self, error))
    return FALSE;
  stated = cc_record_get_stated (record);
  cc_record_digest (self->digest, self->file->dictionary, record, stated, digest);
  if (!insert_record (self, record, digest, entity, submission, source_row, error))
    return FALSE;
  if (record->id != 0)
    {
      if (result != NULL)
        *result = CC_PUT_NEW;
      return put_new (self, plan, record, stated, &how, error);
    }
  if (!find_known (self, record, digest, &known, error))
    return FALSE;
  record->id = known.id;
  /* What was removed under a rule stays away, however often it is sent again. */
  removed = cc_purge_list_kinds (self, known.id, error);
  if (removed == NULL
      || (removed->len > 0 && source_row != 0 && !cc_purge_keep_row (self, source_row, error)))
    return FALSE;
  if (known.same && !known.withdrawn)
    {
      if (result != NULL)
        *result = CC_PUT_UNCHANGED;
      return note_said (self, plan, &known, NULL, NULL, submission, source_row, error);
    }
  if (result != NULL)
    *result = known.withdrawn ? CC_PUT_WOKEN : CC_PUT_UPDATED;
  if (is_sent (self, submission))
    hide_removed (stated, removed);
  return update_record (self, &known, digest, entity, submission, source_row, error)
         && put_changed (self, plan, record, stated, &known, removed, &how, error);
}
