/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/store/cc-decision.h>

#include <cc/base/cc-sort.h>

/* The pairs of a kind are kept over runs: a run changes what it sees otherwise than the one before,
 * adds what is new and removes what it does not find any more. What a person decided stays as it
 * was decided. */

#define ROWS_PER_LOOK 1024

static const char *const states[] = { [CC_PROPOSAL_OPEN] = "open",
                                      [CC_PROPOSAL_ACCEPTED] = "accepted",
                                      [CC_PROPOSAL_DECIDED] = "decided",
                                      [CC_PROPOSAL_UNDECIDABLE] = "undecidable" };

/* A row as it is. */
typedef struct
{
  CcProposal row;
  gint64     id;
  gboolean   obsolete; /* of a state that is kept no more */
  gboolean   same_model;
} Kept;

typedef struct
{
  CcAct       *act;
  const char  *kind;
  gint64       run;
  GArray      *kept; /* Kept by (a, b, id) */
  CcStatement *insert;
  CcStatement *update;
  CcStatement *remove;
} Replacing;

static int
order_pairs (const CcProposal *a, const CcProposal *b)
{
  if (a->a != b->a)
    return a->a < b->a ? -1 : 1;
  return a->b < b->b ? -1 : a->b > b->b;
}

static int
order_kept (gconstpointer a, gconstpointer b)
{
  const Kept *x = a;
  const Kept *y = b;
  const int   order = order_pairs (&x->row, &y->row);

  return order != 0 ? order : x->id < y->id ? -1 : x->id > y->id;
}

static void
take_row (Replacing *self, CcStatement *rows)
{
  const char *state = cc_statement_text (rows, 6);
  Kept        kept = { .id = cc_statement_int64 (rows, 0),
                       .row = { .a = cc_statement_int64 (rows, 1),
                                .b = cc_statement_int64 (rows, 2),
                                .weight = cc_statement_double (rows, 3),
                                .probability = cc_statement_double (rows, 4),
                                .levels = (guint64) cc_statement_int64 (rows, 5) },
                       .obsolete = TRUE,
                       .same_model = cc_statement_int64 (rows, 7) != 0 };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (state, states[i]) == 0)
      {
        kept.row.state = (CcProposalState) i;
        kept.obsolete = FALSE;
      }
  g_array_append_val (self->kept, kept);
}

static gboolean
read_kept (Replacing *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->act->connection,
                             "SELECT p.id, p.a, p.b, p.weight, p.probability, p.levels, p.state,"
                             " r.model IS (SELECT model FROM link_run WHERE id = ?2)"
                             " FROM proposal p JOIN link_run r ON r.id = p.run WHERE p.kind = ?1 "
                             "ORDER BY p.id",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, self->kind);
  cc_statement_bind_int64 (rows, 2, self->run);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        take_row (self, rows);
    }
  return cc_sort (self->kept->data, self->kept->len, sizeof (Kept), order_kept, 2,
                  cc_act_get_cancellable (self->act))
         || !g_cancellable_set_error_if_cancelled (cc_act_get_cancellable (self->act), error);
}

static gboolean
prepare (Replacing *self, GError **error)
{
  CcConnection *connection = self->act->connection;

  self->insert = cc_connection_prepare (connection,
                                        "INSERT INTO proposal (run, kind, a, b, weight,"
                                        " probability, levels, state)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                        error);
  self->update = self->insert != NULL
                     ? cc_connection_prepare (connection,
                                              "UPDATE proposal SET run = ?2, weight = ?3,"
                                              " probability = ?4, levels = ?5, state = ?6"
                                              " WHERE id = ?1",
                                              error)
                     : NULL;
  self->remove =
      self->update != NULL
          ? cc_connection_prepare (connection, "DELETE FROM proposal WHERE id = ?1", error)
          : NULL;
  return self->remove != NULL;
}

static gboolean
insert (Replacing *self, const CcProposal *row, GError **error)
{
  cc_statement_bind_int64 (self->insert, 1, self->run);
  cc_statement_bind_text (self->insert, 2, self->kind);
  cc_statement_bind_int64 (self->insert, 3, row->a);
  cc_statement_bind_int64 (self->insert, 4, row->b);
  cc_statement_bind_double (self->insert, 5, row->weight);
  cc_statement_bind_double (self->insert, 6, row->probability);
  cc_statement_bind_int64 (self->insert, 7, (gint64) row->levels);
  cc_statement_bind_text (self->insert, 8, states[row->state]);
  return cc_statement_run (self->insert, error);
}

static gboolean
update (Replacing *self, const Kept *kept, const CcProposal *row, GError **error)
{
  if (kept->same_model && kept->row.weight == row->weight
      && kept->row.probability == row->probability && kept->row.levels == row->levels
      && kept->row.state == row->state)
    return TRUE;
  cc_statement_bind_int64 (self->update, 1, kept->id);
  cc_statement_bind_int64 (self->update, 2, self->run);
  cc_statement_bind_double (self->update, 3, row->weight);
  cc_statement_bind_double (self->update, 4, row->probability);
  cc_statement_bind_int64 (self->update, 5, (gint64) row->levels);
  cc_statement_bind_text (self->update, 6, states[row->state]);
  return cc_statement_run (self->update, error);
}

static gboolean
remove_row (Replacing *self, const Kept *kept, GError **error)
{
  cc_statement_bind_int64 (self->remove, 1, kept->id);
  return cc_statement_run (self->remove, error);
}

/* Brings the rows of one pair in line with what the run says, NULL where it says nothing. The
 * newest row that nobody decided is the pair's; rows of a decided pair are left alone. */
static gboolean
settle_pair (Replacing *self, const Kept *rows, guint n, const CcProposal *wanted, GError **error)
{
  const Kept *own = NULL;
  gboolean    decided = FALSE;

  for (guint i = 0; i < n; i++)
    if (!rows[i].obsolete && rows[i].row.state == CC_PROPOSAL_DECIDED)
      decided = TRUE;
    else if (!rows[i].obsolete)
      own = &rows[i];
  if (wanted == NULL || (decided && wanted->state == CC_PROPOSAL_DECIDED))
    {
      own = NULL;
      wanted = NULL;
    }
  for (guint i = 0; i < n; i++)
    if (&rows[i] != own && (rows[i].obsolete || rows[i].row.state != CC_PROPOSAL_DECIDED)
        && !remove_row (self, &rows[i], error))
      return FALSE;
  if (wanted == NULL)
    return TRUE;
  return own != NULL ? update (self, own, wanted, error) : insert (self, wanted, error);
}

static guint
count_rows (Replacing *self, guint first)
{
  guint n = 0;

  while (first + n < self->kept->len
         && order_pairs (&g_array_index (self->kept, Kept, first).row,
                         &g_array_index (self->kept, Kept, first + n).row)
                == 0)
    n++;
  return n;
}

static gboolean
settle_all (Replacing *self, GArray *proposals, CcProgress *progress, GError **error)
{
  CcCapture *capture = cc_writer_get_capture (self->act->writer);
  guint      at = 0;
  guint      i = 0;

  for (guint step = 0; at < self->kept->len || i < proposals->len; step++)
    {
      const CcProposal *wanted =
          i < proposals->len ? &g_array_index (proposals, CcProposal, i) : NULL;
      const Kept *rows = at < self->kept->len ? &g_array_index (self->kept, Kept, at) : NULL;
      const int   order = wanted == NULL ? 1 : rows == NULL ? -1 : order_pairs (wanted, &rows->row);
      const guint n = order >= 0 ? count_rows (self, at) : 0;

      cc_capture_check (capture);
      if (!settle_pair (self, rows, n, order <= 0 ? wanted : NULL, error)
          || (step % ROWS_PER_LOOK == 0 && !cc_progress_update (progress, i, error)))
        return FALSE;
      at += n;
      i += order <= 0;
    }
  return cc_progress_update (progress, proposals->len, error);
}

/**
 * cc_act_replace_proposals:
 * @run: what cc_act_add_link_run() returned
 * @proposals: (element-type CcProposal): by (a, b), each pair once; a = b with state undecidable
 *   only
 * @progress: (nullable): told how many of @proposals are done; the phase is the caller's
 *
 * Makes the proposals of a kind what a run found. Rows that say the same under the same model stay
 * as they are, with the run that wrote them; rows of pairs that were not found are removed, unless
 * a person decided about the pair.
 */
gboolean
cc_act_replace_proposals (CcAct      *act,
                          gint64      run,
                          const char *kind,
                          GArray     *proposals,
                          CcProgress *progress,
                          GError    **error)
{
  Replacing self = { .act = act, .kind = kind, .run = run };
  gboolean  ok;

  self.kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  ok = cc_act_needs_audit (act, error) && read_kept (&self, error) && prepare (&self, error)
       && settle_all (&self, proposals, progress, error);
  g_clear_pointer (&self.insert, cc_statement_release);
  g_clear_pointer (&self.update, cc_statement_release);
  g_clear_pointer (&self.remove, cc_statement_release);
  g_array_unref (self.kept);
  return ok;
}
