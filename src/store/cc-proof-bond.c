/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-row-image-private.h"

#include <string.h>

/* A delivery binds each record to itself by a hash. Later acts that kept the record's row say what
 * they changed of that; with it taken back the hash must still fit, so that it also proves what
 * they left alone. */

enum
{
  ENTITY,
  SUBMISSION,
  SOURCE_ROW,
  BASIS,
  N_NUMBERS,
  DIGEST = N_NUMBERS,
  N_PARTS,
};

static const char *const parts[N_PARTS] = {
  [ENTITY] = "entity", [SUBMISSION] = "submission", [SOURCE_ROW] = "source_row",
  [BASIS] = "basis",   [DIGEST] = "digest",
};

typedef struct
{
  gboolean has[N_PARTS];
  gint64   numbers[N_NUMBERS];
  guint8   digest[CC_CONTENT_SIZE];
  gsize    size; /* of the digest */
} Before;

static int
find_part (const char *column)
{
  for (int i = 0; i < N_PARTS; i++)
    if (g_strcmp0 (parts[i], column) == 0)
      return i;
  return -1;
}

static void
take_literal (Before *self, int part, const char *literal)
{
  self->has[part] = TRUE;
  if (part < N_NUMBERS)
    {
      /* NULL is 0, as the hash has it. */
      self->numbers[part] = g_ascii_strtoll (literal, NULL, 10);
      return;
    }
  self->size = 0;
  if (strlen (literal) == 2 * sizeof self->digest + 3)
    {
      g_autofree char *hex = g_ascii_strdown (literal + 2, 2 * sizeof self->digest);

      self->size =
          cc_hex_to_bytes (hex, self->digest, sizeof self->digest) ? sizeof self->digest : 0;
    }
}

void
cc_proof_take_bond (CcProof *self, gint64 record, const char *before)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (before);
  Before *known = g_hash_table_lookup (self->bonds, &record);

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);
      const int        part = find_part (cell->column);

      if (part < 0)
        continue;
      if (known == NULL)
        {
          known = g_new0 (Before, 1);
          g_hash_table_insert (self->bonds, g_memdup2 (&record, sizeof record), known);
        }
      take_literal (known, part, cell->literal);
    }
}

static void
go_back (const Before *self, CcSealBond *bond)
{
  gint64 *const numbers[N_NUMBERS] = {
    [ENTITY] = &bond->entity,
    [SUBMISSION] = &bond->submission,
    [SOURCE_ROW] = &bond->source_row,
    [BASIS] = &bond->basis,
  };

  for (guint i = 0; i < N_NUMBERS; i++)
    if (self->has[i])
      *numbers[i] = self->numbers[i];
  if (self->has[DIGEST])
    {
      bond->content = self->digest;
      bond->size = self->size;
    }
}

gboolean
cc_proof_is_bound (CcProof                *self,
                   CcDigest               *digest,
                   const CcStreamedRecord *streamed,
                   const CcProofRecord    *known)
{
  const Before *before = g_hash_table_lookup (self->bonds, &streamed->id);
  CcSealBond    bond = cc_record_stream_get_bond (streamed);
  char          bound[CC_SEAL_RECORD_SIZE + 1];

  if ((known->flags & CC_PROOF_BOUND) == 0)
    return TRUE;
  if (before != NULL)
    go_back (before, &bond);
  if (streamed->uuid_size != 16 || bond.size == 0)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      bond.earlier = i > 0;
      cc_seal_bind_record (digest, &bond, bound);
      if (memcmp (bound, known->bound, CC_SEAL_RECORD_SIZE) == 0)
        return TRUE;
    }
  return FALSE;
}
