/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-block-private.h"

#include <string.h>

/* A range of records whose hashes are put together. */
typedef struct
{
  CcLinkBlocking *blocking;
  guint           first;
  guint           end;
} Gathering;

static gpointer
gather_range (gpointer data)
{
  Gathering      *self = data;
  CcLinkBlocking *blocking = self->blocking;

  for (guint i = self->first; i < self->end; i++)
    {
      guint8  *counts = blocking->counts + (gsize) i * CC_LINK_MAX_KEYS;
      guint32 *to = blocking->hashes + blocking->starts[i];

      for (guint k = 0; k < blocking->n_keys; k++)
        {
          const CcLinkKey *key = &blocking->keys[k];
          const guint32    n = key->offsets[i + 1] - key->offsets[i];

          counts[k] = (guint8) n;
          for (guint h = 0; h < n; h++)
            *to++ = key->hashes[key->offsets[i] + h];
        }
    }
  return NULL;
}

/**
 * cc_link_blocking_gather:
 *
 * Puts the hashes that the keys hold of each record side by side, so that looking a record up takes
 * one place in memory and not one for each key. The keys give theirs back.
 */
void
cc_link_blocking_gather (CcLinkBlocking *self, guint n_records, guint n_threads)
{
  Gathering halves[2] = { { self, 0, n_records / 2 }, { self, n_records / 2, n_records } };
  GThread  *thread = NULL;
  guint32   sum = 0;

  self->counts = g_new0 (guint8, MAX ((gsize) n_records * CC_LINK_MAX_KEYS, 1));
  self->starts = g_new (guint32, MAX (n_records, 1));
  for (guint i = 0; i < n_records; i++)
    {
      self->starts[i] = sum;
      for (guint k = 0; k < self->n_keys; k++)
        sum += self->keys[k].offsets[i + 1] - self->keys[k].offsets[i];
    }
  self->hashes = g_new (guint32, MAX (sum, 1));
  if (n_threads > 1)
    thread = g_thread_new ("blocking", gather_range, &halves[1]);
  else
    gather_range (&halves[1]);
  gather_range (&halves[0]);
  if (thread)
    g_thread_join (thread);
  for (guint k = 0; k < self->n_keys; k++)
    {
      g_clear_pointer (&self->keys[k].offsets, g_free);
      g_clear_pointer (&self->keys[k].hashes, g_free);
    }
}

/**
 * cc_link_blocking_list_hashes:
 * @n: (out): how many there are
 *
 * Returns: (transfer none): the hashes of a record by one key, sorted; 0 where a block was left out
 */
const guint32 *
cc_link_blocking_list_hashes (const CcLinkBlocking *self, guint key, guint32 record, guint *n)
{
  const guint8  *counts = self->counts + (gsize) record * CC_LINK_MAX_KEYS;
  const guint32 *hashes = self->hashes + self->starts[record];

  for (guint k = 0; k < key; k++)
    hashes += counts[k];
  *n = counts[key];
  return hashes;
}

/* Whether two sorted lists share a hash below the limit, other than 0. */
static inline gboolean
share_hash (const guint32 *a, guint n_a, const guint32 *b, guint n_b, guint32 limit)
{
  guint i = 0;
  guint j = 0;

  while (i < n_a && j < n_b && a[i] < limit && b[j] < limit)
    {
      if (a[i] == b[j] && a[i] != 0)
        return TRUE;
      if (a[i] <= b[j])
        i++;
      else
        j++;
    }
  return FALSE;
}

gboolean
cc_link_blocking_is_repeat (const CcLinkBlocking *self,
                            guint                 key,
                            guint32               hash,
                            guint32               a,
                            guint32               b)
{
  const guint8  *counts_a = self->counts + (gsize) a * CC_LINK_MAX_KEYS;
  const guint8  *counts_b = self->counts + (gsize) b * CC_LINK_MAX_KEYS;
  const guint32 *hashes_a = self->hashes + self->starts[a];
  const guint32 *hashes_b = self->hashes + self->starts[b];

  for (guint k = 0; k <= key; k++)
    {
      if (share_hash (hashes_a, counts_a[k], hashes_b, counts_b[k], k == key ? hash : G_MAXUINT32))
        return TRUE;
      hashes_a += counts_a[k];
      hashes_b += counts_b[k];
    }
  return FALSE;
}
