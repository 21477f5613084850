/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-value-private.h"

#include <string.h>

/* Every record against what the history says of it: that it is there, whose it is, and that it says
 * what was stored. */

static gboolean
is_stored (const CcStreamedRecord *streamed, const guint8 content[CC_CONTENT_SIZE])
{
  return streamed->digest_size == CC_CONTENT_SIZE
         && memcmp (streamed->digest, content, CC_CONTENT_SIZE) == 0;
}

typedef struct
{
  CcProof      *proof;
  CcDigest     *digest;
  CcProofShape *shape;
} Check;

static int
compare_by_id (gconstpointer a, gconstpointer b, gpointer data)
{
  CcDictionary         *dictionary = data;
  const CcValue *const *x = a;
  const CcValue *const *y = b;
  const gint64          id_x = cc_dictionary_get_variable (dictionary, (*x)->variable);
  const gint64          id_y = cc_dictionary_get_variable (dictionary, (*y)->variable);

  return (id_x > id_y) - (id_x < id_y);
}

/* Stored under classifications that had the variables in another order; between two exchanges of
 * them nobody knows which. */
static gboolean
is_stored_in_other_order (Check                  *self,
                          const CcStreamedRecord *streamed,
                          GPtrArray              *stated,
                          guint32                 written)
{
  CcDictionary *dictionary = self->proof->file->dictionary;
  guint8        content[CC_CONTENT_SIZE];

  if (written > self->proof->last_pack)
    return FALSE;
  if (written > self->proof->first_pack)
    return TRUE;
  g_ptr_array_sort_with_data (stated, compare_by_id, dictionary);
  cc_record_digest (self->digest, dictionary, streamed->record, stated, content);
  return is_stored (streamed, content);
}

static gboolean
says_what_was_stored (Check                  *self,
                      const CcStreamedRecord *streamed,
                      GPtrArray              *stated,
                      const CcProofRecord    *known)
{
  guint8 content[CC_CONTENT_SIZE];

  cc_record_digest (self->digest, self->proof->file->dictionary, streamed->record, stated, content);
  if ((known->flags & CC_PROOF_SEALED) != 0)
    {
      g_autofree char *key = g_strdup_printf ("record:%" G_GINT64_FORMAT, streamed->id);
      g_autofree char *hash = cc_hex_from_bytes (content, sizeof content);

      return g_strcmp0 (hash, g_hash_table_lookup (self->proof->seals, key)) == 0;
    }
  return (known->flags & CC_PROOF_PURGED) != 0 || is_stored (streamed, content)
         || is_stored_in_other_order (self, streamed, stated, known->written);
}

static gboolean
is_of_persons (const char *abbr)
{
  return g_strcmp0 (abbr, "VI") == 0 || g_strcmp0 (abbr, "PE") == 0 || g_strcmp0 (abbr, "EV") == 0;
}

/* NULL: nothing. The values of units that the classifications do not know cannot be read. */
static gboolean
find_difference (Check                  *self,
                 const CcStreamedRecord *streamed,
                 const CcProofRecord    *known,
                 const char            **what,
                 GError                **error)
{
  g_autoptr (GPtrArray) stated =
      streamed->record != NULL ? cc_record_get_stated (streamed->record) : NULL;
  const gboolean withdrawn = streamed->state != 0;
  gboolean       fits = TRUE;

  if (stated != NULL && !cc_proof_shape_take (self->shape, streamed, stated, &fits, error))
    return FALSE;
  if ((known->flags & CC_PROOF_FOREIGN) != 0)
    *what = NULL;
  else if ((known->flags & CC_PROOF_KNOWN) == 0)
    *what = "no act of the history has brought it. It was added";
  else if ((known->flags & CC_PROOF_GONE) != 0)
    *what = "an act removed it, and it was put back";
  else if (!fits || (stated != NULL && !says_what_was_stored (self, streamed, stated, known)))
    *what = "what it says was changed";
  else if (!cc_proof_is_bound (self->proof, self->digest, streamed, known))
    *what = "what it says, or which agency and delivery it belongs to, was changed";
  else if ((known->flags & (CC_PROOF_LIVE | CC_PROOF_WITHDRAWN)) != 0
           && streamed->state != ((known->flags & CC_PROOF_WITHDRAWN) != 0))
    *what = withdrawn ? "it was taken out of the counts"
                      : "it was withdrawn, and was put back into the counts";
  else
    *what = NULL;
  return TRUE;
}

static gboolean
check_record (Check *self, const CcStreamedRecord *streamed, GError **error)
{
  CcProofRecord   *known = cc_proof_get_record (self->proof, streamed->id);
  const char      *what = NULL;
  g_autofree char *name = NULL;

  if (known == NULL)
    return TRUE;
  known->flags |= CC_PROOF_SEEN | (streamed->state != 0 ? CC_PROOF_OUT : 0)
                  | (is_of_persons (streamed->unit) ? CC_PROOF_PERSON : 0);
  if (!find_difference (self, streamed, known, &what, error))
    return FALSE;
  if (what == NULL)
    return TRUE;
  known->flags |= CC_PROOF_FOREIGN;
  name = cc_proof_name_record (self->proof, streamed->id);
  cc_proof_tell (self->proof, CC_PROOF_OF_RECORDS,
                 "%s: %s " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE, name, what);
  return TRUE;
}

static void
check_missing (CcProof *self)
{
  for (guint i = 1; i < self->records->len; i++)
    {
      const CcProofRecord *known = &g_array_index (self->records, CcProofRecord, i);

      if ((known->flags & CC_PROOF_MUST) != 0
          && (known->flags & (CC_PROOF_SEEN | CC_PROOF_GONE | CC_PROOF_FOREIGN)) == 0)
        cc_proof_tell (self, CC_PROOF_OF_RECORDS,
                       "Record %u: it was removed " CC_PROOF_BY_OTHERS
                       "; no act has removed it. " CC_PROOF_ADVICE,
                       i);
    }
}

static gboolean
check_all (Check *self, CcRecordStream *stream, GError **error)
{
  CcStreamedRecord *streamed;
  guint64           done = 0;
  gint64            strays;

  for (;;)
    {
      if (!cc_record_stream_next (stream, &streamed, error))
        return FALSE;
      if (streamed == NULL)
        break;
      if (!cc_progress_update (self->proof->progress, ++done, error))
        return FALSE;
      if (!check_record (self, streamed, error))
        return FALSE;
    }
  strays = cc_record_stream_get_strays (stream);
  if (strays > 0)
    cc_proof_tell (self->proof, CC_PROOF_OF_ROWS,
                   "%" G_GINT64_FORMAT
                   " values belong to no record. They were left or added " CC_PROOF_BY_OTHERS
                   ". " CC_PROOF_ADVICE,
                   strays);
  return cc_proof_shape_end (self->shape, error);
}

gboolean
cc_proof_check_records (CcProof *self, GError **error)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();
  g_autoptr (CcProofShape) shape = cc_proof_shape_new (self);
  g_autoptr (CcRecordStream) stream = NULL;
  Check check = { self, digest, shape };

  cc_progress_begin (self->progress, "progress.verify",
                     (guint64) cc_connection_get_int64 (self->connection,
                                                        "SELECT count (*) FROM record", 0, NULL));
  stream = cc_record_stream_new (self->file, self->connection, error);
  if (stream == NULL || !check_all (&check, stream, error))
    return FALSE;
  check_missing (self);
  return TRUE;
}
