/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-value-private.h"

#include <string.h>

/* What a record says can stand in the tables in one way only: as the program writes it. Whatever
 * stands there besides says nothing to the program that reads records, but may to a query that
 * counts. */

struct _CcProofShape
{
  CcProof      *proof;
  CcStatement **matches; /* by the unit's index; prepared when the first record of it comes */
  gint64       *n;       /* records that stand in its table */
};

CcProofShape *
cc_proof_shape_new (CcProof *proof)
{
  CcProofShape *self = g_new0 (CcProofShape, 1);

  self->proof = proof;
  self->matches = g_new0 (CcStatement *, cc_pack_get_n_units (proof->file->pack));
  self->n = g_new0 (gint64, cc_pack_get_n_units (proof->file->pack));
  return self;
}

void
cc_proof_shape_free (CcProofShape *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < cc_pack_get_n_units (self->proof->file->pack); i++)
    g_clear_pointer (&self->matches[i], cc_statement_release);
  g_free (self->matches);
  g_free (self->n);
  g_free (self);
}

static gboolean
fits_around (const CcStreamedRecord *streamed, GPtrArray *stated)
{
  guint n[CC_N_AROUND] = { 0 };

  for (guint i = 0; i < stated->len; i++)
    cc_value_count_rows (g_ptr_array_index (stated, i), n);
  return !streamed->odd && memcmp (n, streamed->n_rows, sizeof n) == 0;
}

gboolean
cc_proof_shape_take (CcProofShape           *self,
                     const CcStreamedRecord *streamed,
                     GPtrArray              *stated,
                     gboolean               *fits,
                     GError                **error)
{
  CcProof          *proof = self->proof;
  const CcUnitPlan *plan = cc_case_file_find_plan (proof->file, streamed->record->unit, error);
  CcStatement     **match = plan != NULL ? &self->matches[plan->index] : NULL;

  if (plan == NULL)
    return FALSE;
  if (*match == NULL)
    *match = cc_connection_prepare (proof->connection, plan->match_sql, error);
  if (*match == NULL
      || !cc_store_match_row (proof->file, *match, plan, streamed->record, stated, fits, error))
    return FALSE;
  self->n[plan->index] += *fits;
  *fits = *fits && fits_around (streamed, stated);
  return TRUE;
}

/* Rows in the table of a unit that no record of that unit has. */
gboolean
cc_proof_shape_end (CcProofShape *self, GError **error)
{
  CcProof *proof = self->proof;

  for (guint i = 0; i < cc_pack_get_n_units (proof->file->pack); i++)
    {
      const char      *name = cc_pack_get_unit (proof->file->pack, i)->name;
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", name);
      GError          *problem = NULL;
      gint64           more;

      if (proof->file->plans[i] == NULL)
        continue;
      more = cc_connection_get_int64 (proof->connection, sql, 0, &problem) - self->n[i];
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      /* Of records that were told of, more is missing than can be told here. */
      if (more > 0 && proof->n_told[CC_PROOF_OF_RECORDS] == 0)
        cc_proof_tell (proof, CC_PROOF_OF_ROWS,
                       "%" G_GINT64_FORMAT
                       " rows of the table “%s” belong to no such record. They were left or "
                       "added " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                       more, name);
    }
  return TRUE;
}
