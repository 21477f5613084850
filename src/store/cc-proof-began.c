/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-row-image-private.h"

#include <string.h>

/* Rows that are sealed one by one, as they were when a package began or after a removal. What later
 * acts have changed of them they kept; taken back, the seal must fit. */

/* How a row was before the acts that were read so far. */
typedef struct
{
  GHashTable *cells; /* column to its literal, of what was changed */
  gboolean    whole; /* it was removed: what is not in cells was empty */
} Past;

void
cc_proof_past_free (gpointer past)
{
  Past *self = past;

  g_hash_table_unref (self->cells);
  g_free (self);
}

void
cc_proof_keep_past (CcProof *self, const char *name, const char *before, const char *after)
{
  Past *past = g_hash_table_lookup (self->pasts, name);
  g_autoptr (GPtrArray) cells = before != NULL ? cc_row_cells_parse (before) : NULL;

  /* Before a row came there was none with its number, or one that was removed. */
  if (cells == NULL)
    {
      g_hash_table_remove (self->pasts, name);
      return;
    }
  if (past == NULL)
    {
      past = g_new0 (Past, 1);
      past->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->pasts, g_strdup (name), past);
    }
  past->whole = past->whole || after == NULL;
  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (cell->column != NULL)
        g_hash_table_replace (past->cells, g_strdup (cell->column), g_strdup (cell->literal));
    }
}

/* NULL where it cannot be told. now: the row's literals; NULL: it does not stand */
static char *
hash_past (const CcRowLayout *layout, const Past *past, CcStatement *now)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  for (guint i = 0; i < layout->columns->len; i++)
    {
      const char *literal =
          past != NULL ? g_hash_table_lookup (past->cells, g_ptr_array_index (layout->columns, i))
                       : NULL;

      if (literal == NULL && past != NULL && past->whole)
        literal = "NULL";
      if (literal == NULL && now == NULL)
        return NULL;
      g_ptr_array_add (cells,
                       (gpointer) (literal != NULL ? literal : cc_statement_text (now, (int) i)));
    }
  return cc_seal_hash_cells (cells);
}

gboolean
cc_proof_fits_past (CcProof           *self,
                    const char        *name,
                    const CcRowLayout *layout,
                    CcStatement       *now,
                    const char        *hash)
{
  const Past      *past = g_hash_table_lookup (self->pasts, name);
  g_autofree char *was = hash_past (layout, past, now);

  return g_strcmp0 (was, hash) == 0;
}
