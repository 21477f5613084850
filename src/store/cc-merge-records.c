/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-bind-private.h"
#include "cc-said-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

/* Records by UUID. A record that only one side changed since both last agreed is as that side has
 * it. Where both did, each value goes by who changed it; what both changed and see differently goes
 * by the newest act, and into the queue. */

/* Bases of records, see design: such a record says nothing any more and hears nothing. */
#define BASIS_WITHDRAWN 3

typedef struct
{
  gint64   id; /* there */
  guint8   uuid[16];
  gint64   entity; /* here, as the others */
  gint64   submission;
  gint64   source_row;
  gint64   basis;
  gboolean withdrawn;
} Head;

typedef struct
{
  gint64 id;
  gint64 submission;
  gint64 source_row;
  gint64 basis;
  gint64 received;
  gint64 withdrawn;
} Known;

static gboolean
find_known (CcMerge *self, const guint8 uuid[16], Known *known, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  memset (known, 0, sizeof *known);
  find = cc_connection_prepare (self->here,
                                "SELECT r.id, r.submission, r.source_row, r.basis, r.state,"
                                " s.received FROM record r LEFT JOIN submission s"
                                " ON s.id = r.submission WHERE r.uuid = ?1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_blob (find, 1, uuid, 16);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  known->id = cc_statement_int64 (find, 0);
  known->submission = cc_statement_int64 (find, 1);
  known->source_row = cc_statement_int64 (find, 2);
  known->basis = cc_statement_int64 (find, 3);
  known->withdrawn = cc_statement_int64 (find, 4);
  known->received = cc_statement_int64 (find, 5);
  return TRUE;
}

/* Two files may bring packs of their own; the words are the same in both. */
static gboolean
follow_pack (CcPack *pack, CcValue *value)
{
  const CcVariable *variable = cc_pack_find_variable (pack, value->variable->id);

  if (variable == NULL)
    return FALSE;
  value->variable = variable;
  if (value->code != NULL)
    value->code = cc_pack_find_code (pack, variable->list, value->code->code);
  for (guint i = 0; value->codes != NULL && i < value->codes->len; i++)
    {
      const CcCode *code = g_ptr_array_index (value->codes, i);

      g_ptr_array_index (value->codes, i) =
          (gpointer) cc_pack_find_code (pack, variable->list, code->code);
      if (g_ptr_array_index (value->codes, i) == NULL)
        g_ptr_array_remove_index (value->codes, i--);
    }
  return TRUE;
}

/* What points into the other file points to the same here; what is not here is left out. */
static void
translate (CcMerge *self, CcRecord *record)
{
  record->id = 0;
  record->unit = cc_pack_find_unit (self->here_file->pack, record->unit->name);
  for (guint i = 0; i < G_N_ELEMENTS (record->parents); i++)
    if (record->parents[i] != 0)
      record->parents[i] = cc_merge_find (self, "record", record->parents[i]);
  for (guint i = record->values->len; i > 0; i--)
    {
      CcValue *value = g_ptr_array_index (record->values, i - 1);

      if (self->there_file->pack != self->here_file->pack
          && !follow_pack (self->here_file->pack, value))
        {
          g_ptr_array_remove_index (record->values, i - 1);
          continue;
        }
      if (value->variable->type != CC_VARIABLE_REF || value->number == 0)
        continue;
      value->number = cc_merge_find (self, "entity", value->number);
      if (value->number == 0)
        g_ptr_array_remove_index (record->values, i - 1);
    }
}

static gboolean
note_coming (CcMerge *self, gint64 record, const CcTouch *there, GError **error)
{
  char key[24];
  char after[24];

  if (there == NULL)
    return TRUE;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, record);
  g_snprintf (after, sizeof after, "%" G_GINT64_FORMAT, there->time);
  return cc_act_log (self->act, CC_CAME_TABLE, key, NULL, after, error);
}

/* Storing gives a record the basis of its agency here; it keeps the one it had there. */
static gboolean
set_basis (CcMerge *self, gint64 record, gint64 basis, GError **error)
{
  g_autoptr (CcStatement) update = NULL;

  update =
      cc_connection_prepare (self->here,
                             "UPDATE record SET basis = ?2 WHERE id = ?1 AND basis <> ?2", error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, record);
  cc_statement_bind_int64 (update, 2, basis);
  return cc_statement_run (update, error);
}

static gboolean
add_record (CcMerge *self, const Head *head, CcRecord *theirs, GError **error)
{
  const CcTouch *there = cc_touches_find (self->there_touches->records, head->id);
  CcPutResult    put;

  if (!cc_act_put_record (self->act, theirs, head->entity, head->submission, head->source_row, &put,
                          error)
      || !set_basis (self, theirs->id, head->basis, error))
    return FALSE;
  cc_merge_map (self, "record", head->id, theirs->id);
  g_hash_table_add (self->added, g_memdup2 (&theirs->id, sizeof theirs->id));
  if (head->withdrawn)
    return cc_act_withdraw_record (self->act, theirs->id, error)
           && note_coming (self, theirs->id, there, error);
  self->result->added++;
  return note_coming (self, theirs->id, there, error);
}

/* The pairs of values of both sides, and what becomes of them. */
typedef struct
{
  CcMerge       *merge;
  const Head    *head;
  const Known   *known;
  CcRecord      *mine;
  CcRecord      *theirs;
  CcRecord      *merged;
  const CcTouch *here; /* NULL: not changed here */
  const CcTouch *there;
  gboolean       changed;
  gboolean       newer; /* what is there is newer as a whole */
} Meeting;

static gboolean
equal_lists (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!cc_value_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
replace (Meeting *self, const CcVariable *variable, GPtrArray *values)
{
  cc_record_remove (self->merged, variable->id);
  for (guint i = 0; i < values->len; i++)
    cc_record_take (self->merged, cc_value_copy (g_ptr_array_index (values, i)));
  self->changed = TRUE;
}

/* A package made without identifiers, or without other agencies, says nothing of them. */
static gboolean
says_nothing (Meeting *self, const CcVariable *variable, GPtrArray *theirs)
{
  CcLineage *line = self->merge->there_line;

  if (theirs->len > 0 || !self->there->whole || line->origin == NULL)
    return FALSE;
  return variable->type == CC_VARIABLE_REF
         || (variable->type == CC_VARIABLE_IDENTIFIER
             && (!line->identifiers || self->head->basis != 0));
}

static gboolean
meet_value (Meeting *self, const CcVariable *variable, GError **error)
{
  g_autoptr (GPtrArray) mine = cc_record_collect (self->mine, variable);
  g_autoptr (GPtrArray) theirs = cc_record_collect (self->theirs, variable);
  g_autofree char *my_image = NULL;
  g_autofree char *their_image = NULL;
  CcConflictEntry  conflict = { 0 };

  if (equal_lists (mine, theirs) || !cc_touch_has (self->there, variable->id)
      || says_nothing (self, variable, theirs))
    return TRUE;
  if (self->here == NULL || !cc_touch_has (self->here, variable->id))
    {
      replace (self, variable, theirs);
      return TRUE;
    }
  my_image = cc_values_to_image (mine);
  their_image = cc_values_to_image (theirs);
  conflict.kind = CC_CONFLICT_VALUE;
  conflict.record = self->known->id;
  conflict.variable = variable->id;
  conflict.mine = my_image;
  conflict.theirs = their_image;
  conflict.mine_time = self->here->time;
  conflict.theirs_time = self->there->time;
  conflict.kept_theirs =
      cc_merge_is_newer (self->there->time, self->here->time, their_image, my_image);
  if (conflict.kept_theirs)
    replace (self, variable, theirs);
  return cc_merge_add_conflict (self->merge, &conflict, error);
}

static gboolean
meet_values (Meeting *self, GError **error)
{
  CcPack *pack = self->merge->here_file->pack;

  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (strcmp (variable->unit, self->mine->unit->name) == 0
          && !meet_value (self, variable, error))
        return FALSE;
    }
  return TRUE;
}

/* What a link connects: as the newer side has it, unless that side has nothing to say of it. */
static void
meet_parents (Meeting *self)
{
  const gboolean there = cc_touch_has (self->there, CC_TOUCH_PARENTS);
  const gboolean here = self->here != NULL && cc_touch_has (self->here, CC_TOUCH_PARENTS);

  for (guint i = 0; there && i < G_N_ELEMENTS (self->merged->parents); i++)
    {
      const gint64 theirs = self->theirs->parents[i];

      if (theirs == self->mine->parents[i] || (here && !self->newer)
          || (theirs == 0 && self->merge->there_line->origin != NULL))
        continue;
      self->merged->parents[i] = theirs;
      self->changed = TRUE;
    }
}

/* Withdrawn on one side. TRUE in *apply where the other side's state is to be taken over. */
static gboolean
meet_state (Meeting *self, gboolean *apply, GError **error)
{
  CcConflictEntry conflict = { 0 };

  *apply = FALSE;
  if (self->head->withdrawn == (self->known->withdrawn != 0))
    return TRUE;
  if (self->here == NULL)
    {
      *apply = self->there->state || self->there->whole;
      return TRUE;
    }
  conflict.kind = CC_CONFLICT_STATE;
  conflict.record = self->known->id;
  conflict.mine = self->known->withdrawn ? "withdrawn" : "live";
  conflict.theirs = self->head->withdrawn ? "withdrawn" : "live";
  conflict.mine_time = self->here->time;
  conflict.theirs_time = self->there->time;
  conflict.kept_theirs = *apply = self->newer;
  return cc_merge_add_conflict (self->merge, &conflict, error);
}

static gint64
find_received (CcMerge *self, gint64 submission)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->here, "SELECT received FROM submission WHERE id = ?1", NULL);
  gboolean has_row = FALSE;

  if (find == NULL)
    return 0;
  cc_statement_bind_int64 (find, 1, submission);
  return cc_statement_step (find, &has_row, NULL) && has_row ? cc_statement_int64 (find, 0) : 0;
}

/* In whose name the record stands. Where both sides got the same from different deliveries, it is
 * the earlier one, as if the later had come here. */
static gboolean
takes_delivery (Meeting *self)
{
  if (self->head->submission == 0 || !self->there->whole
      || (self->head->submission == self->known->submission
          && self->head->source_row == self->known->source_row))
    return FALSE;
  if (self->here == NULL || !self->here->whole)
    return TRUE;
  if (self->changed)
    return self->newer;
  return self->head->submission != self->known->submission
         && find_received (self->merge, self->head->submission) < self->known->received;
}

static gboolean
move_delivery (Meeting *self, GError **error)
{
  g_autoptr (CcStatement) update = NULL;

  update = cc_connection_prepare (self->merge->here,
                                  "UPDATE record SET submission = ?2, source_row = ?3"
                                  " WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, self->known->id);
  cc_bind_id (update, 2, self->head->submission);
  cc_bind_id (update, 3, self->head->source_row);
  return cc_statement_run (update, error);
}

static gboolean
store (Meeting *self, gboolean wake, GError **error)
{
  const gboolean moves = takes_delivery (self);
  CcPutResult    put = CC_PUT_UNCHANGED;

  if (self->changed || wake)
    {
      if (!cc_act_put_record (self->merge->act, self->merged, self->head->entity,
                              moves ? self->head->submission : 0,
                              moves ? self->head->source_row : 0, &put, error))
        return FALSE;
    }
  else if (moves && !move_delivery (self, error))
    return FALSE;
  if (wake)
    self->merge->result->woken++;
  else if (put != CC_PUT_UNCHANGED)
    self->merge->result->updated++;
  else
    self->merge->result->unchanged++;
  return put == CC_PUT_UNCHANGED
         || (set_basis (self->merge, self->known->id, self->head->basis, error)
             && note_coming (self->merge, self->known->id, self->there, error));
}

/* Storing wakes: what a withdrawn record says is set first, then it is withdrawn (again). */
static gboolean
store_withdrawn (Meeting *self, GError **error)
{
  CcMerge    *merge = self->merge;
  CcPutResult put;

  if (self->changed
      && !cc_act_put_record (merge->act, self->merged, self->head->entity, 0, 0, &put, error))
    return FALSE;
  if (!self->known->withdrawn)
    merge->result->withdrawn++;
  else if (self->changed)
    merge->result->updated++;
  else
    merge->result->unchanged++;
  if (self->known->withdrawn && !self->changed)
    return TRUE;
  return cc_act_withdraw_record (merge->act, self->known->id, error)
         && note_coming (merge, self->known->id, self->there, error);
}

/* Both sides got the record from a delivery of their own: each keeps what it said. */
static gboolean
note_both (CcMerge     *merge,
           const Head  *head,
           CcRecord    *mine,
           CcRecord    *theirs,
           const Known *known,
           GError     **error)
{
  const CcSaidSide before = { known->submission, known->source_row, mine, FALSE };
  const CcSaidSide after = { head->submission, head->source_row, theirs, FALSE };
  gboolean         ok;

  if (known->submission == 0 || head->submission == 0 || known->submission == head->submission)
    return TRUE;
  if (strcmp (mine->unit->abbr, "EV") != 0)
    return cc_said_note (merge->act, known->id, &before, &after, error);
  theirs->id = known->id;
  ok = cc_act_note_first (merge->act, mine, error)
       && cc_act_note_stated (merge->act, theirs, head->submission, head->source_row, error);
  theirs->id = 0;
  return ok;
}

static gboolean
meet (CcMerge *merge, const Head *head, const Known *known, CcRecord *theirs, GError **error)
{
  g_autoptr (CcRecord) mine =
      cc_store_read_record (merge->here_file, merge->here, known->id, error);
  g_autoptr (CcRecord) merged = NULL;
  Meeting  self = { merge, head, known, mine, theirs, NULL, NULL, NULL, FALSE, FALSE };
  gboolean apply;

  if (mine == NULL || !note_both (merge, head, mine, theirs, known, error))
    return FALSE;
  merged = cc_record_copy (mine);
  self.merged = merged;
  self.here = cc_touches_find (merge->here_touches->records, known->id);
  self.there = cc_touches_find (merge->there_touches->records, head->id);
  self.newer = self.here == NULL
               || cc_merge_is_newer (self.there->time, self.here->time,
                                     head->withdrawn ? "withdrawn" : "live",
                                     known->withdrawn ? "withdrawn" : "live");
  if (!meet_state (&self, &apply, error) || !meet_values (&self, error))
    return FALSE;
  meet_parents (&self);
  if (apply ? head->withdrawn : known->withdrawn != 0)
    return store_withdrawn (&self, error);
  return store (&self, apply, error);
}

static gboolean
merge_record (CcMerge *self, const Head *head, GError **error)
{
  g_autoptr (CcRecord) theirs = NULL;
  Known known;

  if (!find_known (self, head->uuid, &known, error))
    return FALSE;
  if (known.id != 0)
    cc_merge_map (self, "record", head->id, known.id);
  if (known.id != 0
      && (cc_touches_find (self->there_touches->records, head->id) == NULL
          || known.basis == BASIS_WITHDRAWN))
    {
      self->result->unchanged++;
      return TRUE;
    }
  theirs = cc_store_read_record (self->there_file, self->there, head->id, error);
  if (theirs == NULL)
    return FALSE;
  translate (self, theirs);
  return known.id != 0 ? meet (self, head, &known, theirs, error)
                       : add_record (self, head, theirs, error);
}

static void
read_head (CcMerge *self, CcStatement *row, Head *head)
{
  gconstpointer uuid;
  gsize         size;

  memset (head, 0, sizeof *head);
  head->id = cc_statement_int64 (row, 0);
  uuid = cc_statement_blob (row, 1, &size);
  memcpy (head->uuid, uuid, MIN (size, sizeof head->uuid));
  head->entity = cc_merge_find (self, "entity", cc_statement_int64 (row, 2));
  head->submission = cc_merge_find (self, "submission", cc_statement_int64 (row, 3));
  head->source_row = cc_merge_find (self, "source_row", cc_statement_int64 (row, 4));
  head->basis = cc_statement_int64 (row, 5);
  head->withdrawn = cc_statement_int64 (row, 6) != 0;
}

static gboolean
merge_unit (CcMerge *self, const CcUnit *unit, guint64 *done, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->there,
                                "SELECT id, uuid, entity, submission, source_row, basis, state"
                                " FROM record WHERE unit = ?1 ORDER BY id",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, unit->abbr);
  while (has_row)
    {
      Head head;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      read_head (self, rows, &head);
      if (!merge_record (self, &head, error)
          || (self->progress != NULL
                  ? !cc_progress_update (self->progress, ++*done, error)
                  : g_cancellable_set_error_if_cancelled (self->act->cancellable, error)))
        return FALSE;
    }
  return TRUE;
}

static gint64
find_here (gpointer data, const char *kind, gint64 there)
{
  return cc_merge_find (data, strcmp (kind, "identifiers") == 0 ? "record" : kind, there);
}

/* The last act there that this file knows. */
static gint64
get_since (CcMerge *self)
{
  const CcLineage *line = self->there_line;

  return self->there_seen < line->inherited ? 0 : self->there_seen - line->inherited + line->making;
}

/* Units come in the pack's order: what others hang on stands before them. */
gboolean
cc_merge_records (CcMerge *self, GError **error)
{
  GError      *problem = NULL;
  const gint64 n =
      cc_connection_get_int64 (self->there, "SELECT count (*) FROM record", 0, &problem);
  guint64 done = 0;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (self->progress != NULL)
    cc_progress_begin (self->progress, "progress.merge", (guint64) n);
  for (guint i = 0; i < cc_pack_get_n_units (self->here_file->pack); i++)
    if (self->here_file->plans[i] != NULL
        && !merge_unit (self, cc_pack_get_unit (self->here_file->pack, i), &done, error))
      return FALSE;
  return cc_said_carry (self->act, self->there_file->pack, self->there, get_since (self), find_here,
                        self, error);
}
