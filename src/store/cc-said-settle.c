/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-bind-private.h"
#include "cc-difference-private.h"
#include "cc-lineage-private.h"
#include "cc-purge-private.h"
#include "cc-said-private.h"
#include "cc-seal-private.h"
#include "cc-value-private.h"
#include "cc-wake-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

/* A record is live while a delivery that counts states it, and says what the newest of those says;
 * an event says what all of them say, the newest first. */

#define FOLDED "EV"

typedef struct
{
  gint64            id;
  gint64            submission;
  gint64            source_row;
  gboolean          withdrawn;
  const CcUnitPlan *plan;
  guint8            uuid[16];
} Head;

/* What follows from the statements. */
typedef struct
{
  gboolean      live;
  const CcSaid *owner;
  GPtrArray    *lines; /* NULL: as the tables have it */
} Verdict;

static void
verdict_clear (Verdict *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

static gboolean
read_head (CcSaidReader *self, gint64 id, Head *head, GError **error)
{
  CcCaseFile   *file = self->act->file;
  gboolean      has_row;
  gconstpointer uuid;
  gsize         size;

  memset (head, 0, sizeof *head);
  head->id = id;
  cc_statement_reset (self->head);
  cc_statement_bind_int64 (self->head, 1, id);
  if (!cc_statement_step (self->head, &has_row, error))
    return FALSE;
  if (has_row)
    {
      head->submission = cc_statement_int64 (self->head, 0);
      head->source_row = cc_statement_int64 (self->head, 1);
      head->withdrawn = cc_statement_int64 (self->head, 2) != 0;
      for (guint i = 0; i < cc_pack_get_n_units (file->pack); i++)
        if (file->plans[i] != NULL
            && strcmp (file->plans[i]->unit->abbr, cc_statement_text (self->head, 3)) == 0)
          head->plan = file->plans[i];
      uuid = cc_statement_blob (self->head, 4, &size);
      memcpy (head->uuid, uuid, MIN (size, sizeof head->uuid));
    }
  cc_statement_reset (self->head);
  return TRUE;
}

static gboolean
counts (CcSaidReader *self, const CcSaid *said)
{
  const CcSaidDelivery *delivery = g_hash_table_lookup (self->deliveries, &said->submission);

  return delivery != NULL ? delivery->counts : said->submission == 0;
}

/* Returns: (transfer container): the statements that count, oldest first */
static GPtrArray *
list_counting (CcSaidReader *self, GPtrArray *all)
{
  GPtrArray *counting = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (counts (self, g_ptr_array_index (all, i)))
      g_ptr_array_add (counting, g_ptr_array_index (all, i));
  return counting;
}

static gboolean
says_the_same (const CcSaid *a, const CcSaid *b)
{
  return !a->gone && !b->gone
         && (a->image == b->image || cc_said_lines_equal (a->image->lines, b->image->lines));
}

/* The newest statement, in the name of the first of those that said it without a break: a delivery
 * that only says the same again changes nothing. */
static void
judge_newest (GPtrArray *counting, Verdict *verdict)
{
  guint         at = counting->len - 1;
  const CcSaid *newest = g_ptr_array_index (counting, at);

  verdict->live = !newest->gone;
  verdict->owner = newest;
  if (newest->gone)
    return;
  while (at > 0 && says_the_same (g_ptr_array_index (counting, at - 1), newest))
    verdict->owner = g_ptr_array_index (counting, --at);
  if (!newest->image->current && newest->image->lines != NULL)
    verdict->lines = g_ptr_array_ref (newest->image->lines);
}

/* All statements, each adding to what newer ones say. Where one of them was not kept, what the
 * tables hold stays. */
static void
judge_all (CcSaidReader *self, const CcUnit *unit, GPtrArray *counting, Verdict *verdict)
{
  g_autoptr (GPtrArray) lines = NULL;

  verdict->live = TRUE;
  for (guint i = 0; i < counting->len; i++)
    {
      const CcSaid *said = g_ptr_array_index (counting, i);
      g_autoptr (CcRecord) own = NULL;
      g_autoptr (GPtrArray) joined = NULL;

      if (said->image == NULL || said->image->lines == NULL)
        {
          verdict->owner = g_ptr_array_index (counting, counting->len - 1);
          return;
        }
      own = cc_said_build (self->act->file->pack, unit, said->image->lines);
      if (lines != NULL)
        {
          g_autoptr (CcRecord) before = cc_said_build (self->act->file->pack, unit, lines);

          cc_record_merge (own, before);
        }
      joined = cc_said_describe (own);
      if (lines == NULL || !cc_said_lines_equal (lines, joined))
        verdict->owner = said;
      g_clear_pointer (&lines, g_ptr_array_unref);
      lines = g_steal_pointer (&joined);
    }
  verdict->lines = g_steal_pointer (&lines);
}

/* What follows from the deliveries that count now. */
static void
judge (CcSaidReader *self, const Head *head, GPtrArray *all, Verdict *verdict)
{
  g_autoptr (GPtrArray) counting = list_counting (self, all);

  memset (verdict, 0, sizeof *verdict);
  if (counting->len == 0)
    return;
  if (strcmp (head->plan->unit->abbr, FOLDED) != 0)
    judge_newest (counting, verdict);
  else if (all->len > 1)
    judge_all (self, head->plan->unit, counting, verdict);
  else
    {
      verdict->live = TRUE;
      verdict->owner = g_ptr_array_index (counting, 0);
    }
}

static gboolean
move (CcSaidReader *self,
      const Head   *head,
      const CcSaid *owner,
      const guint8  digest[16],
      GError      **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *before = g_strdup_printf ("source_row:%" G_GINT64_FORMAT, head->source_row);

  if (digest == NULL && owner->submission == head->submission)
    return TRUE;
  update = cc_connection_prepare (self->act->connection,
                                  "UPDATE record SET submission = ?2, source_row = ?3,"
                                  " digest = ifnull (?4, digest) WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, head->id);
  cc_bind_id (update, 2, owner->submission);
  cc_bind_id (update, 3, owner->source_row);
  if (digest != NULL)
    cc_statement_bind_blob (update, 4, digest, 16);
  /* Of a record that says less than what came, its values stay. */
  if (digest == NULL && !cc_act_seal_on (self->act, head->id, error))
    return FALSE;
  return cc_statement_run (update, error)
         && cc_act_log_stored (self->act, head->id, before, owner->source_row, error);
}

/* Writes what the newest delivery says; what the tables held is kept in the chain. */
static gboolean
store_values (CcSaidReader *self, const Head *head, CcRecord *now, CcRecord *record, GError **error)
{
  CcAct *act = self->act;
  g_autoptr (GPtrArray) stated = NULL;
  g_autoptr (GPtrArray) removed = cc_purge_list_kinds (act, head->id, error);
  const CcSaidSide before = { head->submission, head->source_row, now, FALSE };

  if (removed == NULL)
    return FALSE;
  record->id = head->id;
  memcpy (record->uuid, head->uuid, sizeof record->uuid);
  stated = cc_record_get_stated (record);
  /* It says less than what came. */
  if (removed->len > 0)
    cc_act_seal (act, CC_SEAL_RECORD, head->id);
  return (strcmp (head->plan->unit->abbr, FOLDED) == 0
          || cc_said_note (act, head->id, &before, NULL, error))
         && cc_act_mark_affected (act, head->plan, head->id, now->parents, FALSE, error)
         && cc_act_clear_values (act, head->plan, head->id, error)
         && cc_act_write_values (act, head->plan, record, stated, error)
         && cc_purge_keep_removed (act, head->id, removed, error)
         && cc_act_mark_affected (act, head->plan, head->id, record->parents, FALSE, error)
         && cc_watch_take (act, CC_DIFFERENCE_CHANGED, head->id, now, record, error);
}

static gboolean
follow (CcSaidReader  *self,
        const Head    *head,
        const Verdict *verdict,
        GPtrArray     *expected,
        GError       **error)
{
  CcAct *act = self->act;
  g_autoptr (CcRecord) now = NULL;
  g_autoptr (CcRecord) record = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) wanted = NULL;
  g_autoptr (GPtrArray) stated = NULL;
  guint8 digest[16];

  if (verdict->lines == NULL)
    return move (self, head, verdict->owner, NULL, error);
  now = cc_store_read_record (act->file, act->connection, head->id, error);
  if (now == NULL)
    return FALSE;
  record = cc_said_build (act->file->pack, head->plan->unit, verdict->lines);
  cc_said_keep_by_hand (act->file->pack, record, now, expected);
  lines = cc_said_describe (now);
  wanted = cc_said_describe (record);
  if (cc_said_lines_equal (lines, wanted))
    return move (self, head, verdict->owner, NULL, error);
  stated = cc_record_get_stated (record);
  cc_record_digest (act->digest, act->file->dictionary, record, stated, digest);
  if (!store_values (self, head, now, record, error))
    return FALSE;
  return move (self, head, verdict->owner, digest, error);
}

static gboolean
wake (CcSaidReader *self, const Head *head, gint64 ended_by, GError **error)
{
  CcAct *act = self->act;
  g_autoptr (CcStatement) wake =
      cc_connection_prepare (act->connection,
                             "UPDATE record SET state = 0 WHERE id = ?1 AND state = 1", error);
  const CcUnitPlan *plan;
  gint64            parents[2];
  char              key[24];

  if (wake == NULL)
    return FALSE;
  cc_statement_bind_int64 (wake, 1, head->id);
  if (!cc_statement_run (wake, error))
    return FALSE;
  plan = cc_case_file_find_record_plan (act->file, act->connection, head->id, parents, error);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, head->id);
  return plan != NULL
         && (!plan->clustered
             || cc_act_resume_membership (act, head->id, plan->unit->abbr, ended_by, error))
         && cc_act_mark_affected (act, plan, head->id, parents, FALSE, error)
         && cc_watch_take (act, CC_DIFFERENCE_BACK, head->id, NULL, NULL, error)
         && cc_act_log (act, "record", key, "withdrawn", "live", error);
}

/* What a record was before deliveries came or went. */
typedef struct
{
  gboolean   kept_out; /* a person withdrew it, not a delivery */
  GPtrArray *expected; /* of an event: what the deliveries said together; NULL: not known */
} Before;

static void
free_before (gpointer data)
{
  g_clear_pointer (&((Before *) data)->expected, g_ptr_array_unref);
  g_free (data);
}

static gboolean
settle (CcSaidReader *self,
        gint64        id,
        const Before *before,
        gint64        ended_by,
        guint        *n_withdrawn,
        GError      **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_auto (Verdict) verdict = { 0 };
  Head head;

  if (!read_head (self, id, &head, error))
    return FALSE;
  if (head.plan == NULL)
    return TRUE;
  all = cc_said_reader_read (self, id, head.submission, head.source_row, error);
  if (all == NULL)
    return FALSE;
  judge (self, &head, all, &verdict);
  if (!verdict.live)
    {
      if (head.withdrawn)
        return TRUE;
      *n_withdrawn += 1;
      return cc_act_withdraw_record (self->act, id, error);
    }
  /* Whom a person took out stays out, whoever states it. */
  if (head.withdrawn && before->kept_out)
    return TRUE;
  return follow (self, &head, &verdict, before->expected, error)
         && (verdict.owner->submission == head.submission
             || strcmp (head.plan->unit->abbr, FOLDED) == 0
             || cc_said_turn_findings (self->act, id, verdict.owner->source_row, error))
         && (!head.withdrawn || wake (self, &head, ended_by, error));
}

static gboolean
is_by_delivery (CcSaidReader *self, gint64 seq, gboolean *by_delivery, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gpointer known;

  if (g_hash_table_lookup_extended (self->by_delivery, &seq, NULL, &known))
    {
      *by_delivery = GPOINTER_TO_INT (known);
      return TRUE;
    }
  find = cc_connection_prepare (self->act->connection,
                                "SELECT 1 FROM audit_change WHERE seq = ?1"
                                " AND tbl IN ('submission', '" CC_MERGE_TABLE "') LIMIT 1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, seq);
  if (!cc_statement_step (find, by_delivery, error))
    return FALSE;
  g_hash_table_insert (self->by_delivery, g_memdup2 (&seq, sizeof seq),
                       GINT_TO_POINTER (*by_delivery));
  return TRUE;
}

/* Whether the act that withdrew a record last was none of a delivery. */
static gboolean
is_kept_out (CcSaidReader *self, gint64 id, gboolean *kept_out, GError **error)
{
  gboolean has_row;
  gboolean by_delivery = TRUE;
  gint64   seq;

  cc_statement_reset (self->left);
  cc_statement_bind_int64 (self->left, 1, id);
  if (!cc_statement_step (self->left, &has_row, error))
    return FALSE;
  seq = has_row ? cc_statement_int64 (self->left, 0) : 0;
  cc_statement_reset (self->left);
  if (seq != 0 && !is_by_delivery (self, seq, &by_delivery, error))
    return FALSE;
  *kept_out = !by_delivery;
  return TRUE;
}

/* How things stand before the deliveries change. */
static gboolean
look (CcSaidReader *self, gint64 id, Before *before, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_auto (Verdict) verdict = { 0 };
  Head head;

  if (!read_head (self, id, &head, error))
    return FALSE;
  if (head.plan == NULL)
    return TRUE;
  if (head.withdrawn && !is_kept_out (self, id, &before->kept_out, error))
    return FALSE;
  if (strcmp (head.plan->unit->abbr, FOLDED) != 0)
    return TRUE;
  all = cc_said_reader_read (self, id, head.submission, head.source_row, error);
  if (all == NULL)
    return FALSE;
  judge (self, &head, all, &verdict);
  before->expected = g_steal_pointer (&verdict.lines);
  return TRUE;
}

static gboolean
set_state (CcAct *act, gint64 submission, gboolean live, GError **error)
{
  g_autoptr (CcStatement) update = NULL;
  const char *const states[] = { "withdrawn", "live" };
  char              key[24];

  update = cc_connection_prepare (act->connection,
                                  "UPDATE submission SET state = ?2 WHERE id = ?1 AND state = ?3",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, submission);
  cc_statement_bind_text (update, 2, states[live]);
  cc_statement_bind_text (update, 3, states[!live]);
  if (!cc_statement_run (update, error))
    return FALSE;
  if (sqlite3_changes (act->connection->db) == 0)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           live ? "There is no such delivery, or it stands already. Nothing was "
                                  "changed."
                                : "There is no such delivery, or it was taken back before. Nothing "
                                  "was changed.");
      return FALSE;
    }
  cc_act_seal (act, CC_SEAL_DELIVERY, submission);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, submission);
  return cc_act_log (act, "submission", key, states[!live], states[live], error);
}

/* The deliveries that count otherwise when one changes: itself, and those it replaces. */
static GArray *
list_touched (CcSaidReader *self, gint64 submission)
{
  GArray               *touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  const CcSaidDelivery *delivery = NULL;
  gint64                id = submission;

  /* A delivery names the one it replaces; circles cannot be made, but a damaged file may. */
  for (guint i = 0; id != 0 && i < 1000; i++)
    {
      delivery = g_hash_table_lookup (self->deliveries, &id);
      if (delivery == NULL)
        break;
      g_array_append_val (touched, id);
      id = delivery->replaces;
    }
  return touched;
}

/* Returns: (element-type Before): by record id, for all records of the deliveries */
static GHashTable *
look_all (CcSaidReader *self, GArray *deliveries, GArray *ids, GError **error)
{
  g_autoptr (GHashTable) befores =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_before);

  for (guint i = 0; i < deliveries->len; i++)
    {
      g_autoptr (GArray) own =
          cc_said_reader_list_records (self, g_array_index (deliveries, gint64, i), error);

      if (own == NULL)
        return NULL;
      for (guint j = 0; j < own->len; j++)
        {
          const gint64 id = g_array_index (own, gint64, j);
          Before      *before;

          if (g_hash_table_contains (befores, &id))
            continue;
          before = g_new0 (Before, 1);
          g_hash_table_insert (befores, g_memdup2 (&id, sizeof id), before);
          if (!look (self, id, before, error))
            return NULL;
          g_array_append_val (ids, id);
        }
    }
  return g_steal_pointer (&befores);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a;
  const gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gboolean
cc_said_turn (CcAct   *act,
              gint64   submission,
              gboolean live,
              gint64   ended_by,
              guint   *n_withdrawn,
              GError **error)
{
  g_autoptr (CcSaidReader) self = NULL;
  g_autoptr (GArray) deliveries = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) befores = NULL;
  guint n = 0;

  if (!cc_act_needs_audit (act, error))
    return FALSE;
  /* The delivery and its records say by their state what they were before. */
  cc_capture_stop (cc_writer_get_capture (act->writer));
  self = cc_said_reader_new (act, error);
  if (self == NULL)
    return FALSE;
  deliveries = list_touched (self, submission);
  befores = look_all (self, deliveries, ids, error);
  if (befores == NULL || !set_state (act, submission, live, error)
      || !cc_said_reader_load (self, error))
    return FALSE;
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 id = g_array_index (ids, gint64, i);

      if (!settle (self, id, g_hash_table_lookup (befores, &id), ended_by, &n, error))
        return FALSE;
    }
  if (n_withdrawn != NULL)
    *n_withdrawn = n;
  return TRUE;
}

gboolean
cc_act_leave_out (CcAct *act, gint64 replaced, gint64 *n_withdrawn, GError **error)
{
  g_autoptr (CcSaidReader) self = NULL;
  g_autoptr (GArray) ids = NULL;
  CcSaidDelivery *delivery;
  guint           n = 0;

  g_return_val_if_fail (act != NULL && n_withdrawn != NULL, FALSE);
  if (!cc_act_needs_audit (act, error))
    return FALSE;
  self = cc_said_reader_new (act, error);
  ids = self != NULL ? cc_said_reader_list_records (self, replaced, error) : NULL;
  delivery = ids != NULL ? g_hash_table_lookup (self->deliveries, &replaced) : NULL;
  for (guint i = 0; delivery != NULL && i < ids->len; i++)
    {
      const gint64 id = g_array_index (ids, gint64, i);
      Before       before = { FALSE, NULL };
      gboolean     ok;

      /* As it was: the tables say what the new delivery adds to the one it replaces. */
      delivery->counts = delivery->live;
      ok = look (self, id, &before, error);
      delivery->counts = FALSE;
      ok = ok && settle (self, id, &before, 0, &n, error);
      g_clear_pointer (&before.expected, g_ptr_array_unref);
      if (!ok)
        return FALSE;
    }
  *n_withdrawn = n;
  return ids != NULL;
}
