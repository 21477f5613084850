/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"

/* What acts say of which records went from one person to another, and which persons became one. */

guint
cc_proof_move_hash (gconstpointer move)
{
  const CcProofMove *self = move;

  return (guint) (self->record * 31 + self->seq) * 31 + (guint) self->to;
}

gboolean
cc_proof_move_equal (gconstpointer a, gconstpointer b)
{
  const CcProofMove *x = a;
  const CcProofMove *y = b;

  return x->record == y->record && x->seq == y->seq && x->to == y->to;
}

/* The newest comes first. */
void
cc_proof_take_move (CcProof *self, gint64 record, gint64 from, gint64 to)
{
  CcProofMove *move = g_new0 (CcProofMove, 1);

  move->record = record;
  move->from = from;
  move->to = to;
  move->seq = self->seq;
  g_hash_table_replace (self->moves, move, move);
  if (!g_hash_table_contains (self->leaving, &move->from))
    g_hash_table_insert (self->leaving, &move->from, move);
}

/* The newest comes first. */
void
cc_proof_take_join (CcProof *self, gint64 cluster, const char *before)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (before);
  CcProofJoin join = { self->seq, 0 };
  gboolean    told = FALSE;
  GArray     *joins;

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (g_strcmp0 (cell->column, "merged_into") != 0)
        continue;
      told = TRUE;
      join.before = g_ascii_strtoll (cell->literal, NULL, 10);
    }
  if (!told)
    return;
  joins = g_hash_table_lookup (self->joins, &cluster);
  if (joins == NULL)
    {
      joins = g_array_new (FALSE, FALSE, sizeof (CcProofJoin));
      g_hash_table_insert (self->joins, g_memdup2 (&cluster, sizeof cluster), joins);
    }
  g_array_append_val (joins, join);
}
