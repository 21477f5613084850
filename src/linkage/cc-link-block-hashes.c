/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-block-private.h"

#include <string.h>

/* Numbers that the counts of a record's hashes take, a byte for each key; the hashes follow. */
#define COUNTS (CC_LINK_MAX_KEYS / sizeof (guint32))

/* A range of records whose hashes are put together. */
typedef struct
{
  CcLinkBlocking *blocking;
  const guint8   *counts; /* of all records, CC_LINK_MAX_KEYS each */
  guint           first;
  guint           end;
  const guint32  *from[CC_LINK_MAX_KEYS]; /* the hashes of the first record by each key */
} Gathering;

static gpointer
gather_range (gpointer data)
{
  Gathering      *self = data;
  CcLinkBlocking *blocking = self->blocking;

  for (guint i = self->first; i < self->end; i++)
    {
      guint32      *to = blocking->hashes + blocking->starts[i];
      const guint8 *counts = self->counts + (gsize) i * CC_LINK_MAX_KEYS;

      memcpy (to, counts, CC_LINK_MAX_KEYS);
      to += COUNTS;
      for (guint k = 0; k < blocking->n_keys; k++)
        for (guint h = 0; h < counts[k]; h++)
          *to++ = *self->from[k]++;
    }
  return NULL;
}

static void
begin_range (Gathering      *self,
             CcLinkBlocking *blocking,
             const guint8   *counts,
             guint           first,
             guint           end)
{
  *self = (Gathering){ .blocking = blocking, .counts = counts, .first = first, .end = end };
  for (guint k = 0; k < blocking->n_keys; k++)
    self->from[k] = blocking->keys[k].hashes + blocking->keys[k].offsets[first];
}

/* Finds the place of each record's hashes, and counts them. Returns: how many numbers all take */
static guint32
find_places (CcLinkBlocking *self, guint n_records, guint8 *counts)
{
  guint32 sum = 0;

  self->starts = g_new (guint32, MAX (n_records, 1));
  for (guint i = 0; i < n_records; i++, counts += CC_LINK_MAX_KEYS)
    {
      self->starts[i] = sum;
      sum += COUNTS;
      for (guint k = 0; k < self->n_keys; k++)
        {
          counts[k] = (guint8) (self->keys[k].offsets[i + 1] - self->keys[k].offsets[i]);
          sum += counts[k];
        }
    }
  return sum;
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
  g_autofree guint8 *counts = g_new0 (guint8, (gsize) n_records * CC_LINK_MAX_KEYS + 1);
  const guint32      n_numbers = find_places (self, n_records, counts);
  Gathering          halves[2];
  GThread           *thread = NULL;

  begin_range (&halves[0], self, counts, 0, n_records / 2);
  begin_range (&halves[1], self, counts, n_records / 2, n_records);
  for (guint k = 0; k < self->n_keys; k++)
    g_clear_pointer (&self->keys[k].offsets, g_free);
  self->hashes = g_new (guint32, MAX (n_numbers, 1));
  if (n_threads > 1)
    thread = g_thread_new ("blocking", gather_range, &halves[1]);
  else
    gather_range (&halves[1]);
  gather_range (&halves[0]);
  if (thread)
    g_thread_join (thread);
  for (guint k = 0; k < self->n_keys; k++)
    g_clear_pointer (&self->keys[k].hashes, g_free);
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
  const guint32 *hashes = self->hashes + self->starts[record];
  const guint8  *counts = (const guint8 *) hashes;

  hashes += COUNTS;
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
  const guint32 *hashes_a = self->hashes + self->starts[a];
  const guint32 *hashes_b = self->hashes + self->starts[b];
  const guint8  *counts_a = (const guint8 *) hashes_a;
  const guint8  *counts_b = (const guint8 *) hashes_b;

  hashes_a += COUNTS;
  hashes_b += COUNTS;
  for (guint k = 0; k <= key; k++)
    {
      if (share_hash (hashes_a, counts_a[k], hashes_b, counts_b[k], k == key ? hash : G_MAXUINT32))
        return TRUE;
      hashes_a += counts_a[k];
      hashes_b += counts_b[k];
    }
  return FALSE;
}
