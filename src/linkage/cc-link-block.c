/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-block-private.h"
#include "cc-link-keys-private.h"

#include <stdlib.h>
#include <string.h>

/* Sorts by the upper 32 bits, keeping the order of equal ones; leaves off when cancelled. */
static void
sort_entries (const CcLinkTable *table, guint64 *entries, gsize n)
{
  g_autofree guint64 *other = g_new (guint64, n);
  guint64            *from = entries;
  guint64            *to = other;

  for (guint pass = 0; pass < 4; pass++)
    {
      gsize counts[257] = { 0 };
      guint shift = 32 + 8 * pass;

      if (cc_link_table_is_cancelled (table))
        return;
      for (gsize i = 0; i < n; i++)
        counts[(from[i] >> shift & 255) + 1]++;
      for (guint i = 0; i < 256; i++)
        counts[i + 1] += counts[i];
      for (gsize i = 0; i < n && !cc_link_table_stops (table, i); i++)
        to[counts[from[i] >> shift & 255]++] = from[i];
      {
        guint64 *swap = from;

        from = to;
        to = swap;
      }
    }
}

/* Lists of hashes are short. */
static void
sort_hashes (guint32 *hashes, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      guint32 hash = hashes[i];
      guint   k = i;

      for (; k > 0 && hashes[k - 1] > hash; k--)
        hashes[k] = hashes[k - 1];
      hashes[k] = hash;
    }
}

static GArray *
hash_records (CcLinkTable *table, const CcLinkKeyKind *kind, CcLinkKey *key)
{
  GArray         *entries = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray         *hashes = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint           n_records = table->rows->len;
  CcLinkKeyHashes found;

  key->offsets = g_new0 (guint32, n_records + 1);
  for (guint i = 0; i < n_records && !cc_link_table_stops (table, i); i++)
    {
      guint n = hashes->len;

      key->offsets[i] = n;
      found.n = 0;
      kind->func (table, cc_link_table_row (table, i), &found);
      if (found.n == 0)
        continue;
      sort_hashes (found.hashes, found.n);
      g_array_append_vals (hashes, found.hashes, found.n);
      g_array_set_size (entries, n + found.n);
      for (guint k = 0; k < found.n; k++)
        g_array_index (entries, guint64, n + k) = (guint64) found.hashes[k] << 32 | i;
    }
  key->offsets[n_records] = hashes->len;
  key->hashes = (guint32 *) g_array_free (hashes, FALSE);
  return entries;
}

static void
replace_hash (CcLinkKey *key, guint32 record, guint32 from, guint32 to)
{
  for (guint32 i = key->offsets[record]; i < key->offsets[record + 1]; i++)
    if (key->hashes[i] == from)
      {
        key->hashes[i] = to;
        return;
      }
}

static void
take_block (CcLinkKey *key, GArray *records, const guint64 *entries, guint n)
{
  CcLinkBlock block = { records->len, n, (guint32) (entries[0] >> 32) };

  for (guint i = 0; i < n; i++)
    {
      guint32 record = (guint32) entries[i];

      g_array_append_val (records, record);
    }
  g_array_append_val (key->blocks, block);
  key->n_pairs += (guint64) n * (n - 1) / 2;
}

static void
drop_block (CcLinkKey *key, const guint64 *entries, guint n)
{
  for (guint i = 0; i < n; i++)
    replace_hash (key, (guint32) entries[i], (guint32) (entries[i] >> 32), 0);
  key->n_lost_blocks++;
  key->n_lost_pairs += (guint64) n * (n - 1) / 2;
}

/* Gives the entries of a block that is too large a new hash by one more part. */
static void
split_block (const guint32 *parts,
             CcLinkKey     *key,
             const guint64 *entries,
             guint          n,
             guint          part,
             GArray        *split)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 record = (guint32) entries[i];
      guint32 hash = (guint32) (entries[i] >> 32);
      guint32 finer = cc_link_mix (10 + part, hash, parts[record * CC_LINK_N_SPLITS + part]);
      guint64 entry = (guint64) finer << 32 | record;

      replace_hash (key, record, hash, finer);
      g_array_append_val (split, entry);
    }
}

static void
form_blocks (CcLinkTable *table, const guint32 *parts, CcLinkKey *key, guint cap, GArray *entries)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) current = g_array_ref (entries);

  key->blocks = g_array_new (FALSE, FALSE, sizeof (CcLinkBlock));
  for (guint part = 0; part <= CC_LINK_N_SPLITS && current->len > 0; part++)
    {
      g_autoptr (GArray) split = g_array_new (FALSE, FALSE, sizeof (guint64));
      const guint64 *at = (const guint64 *) current->data;
      guint          first = 0;

      sort_entries (table, (guint64 *) current->data, current->len);
      for (guint i = 1; i <= current->len && !cc_link_table_stops (table, i); i++)
        {
          guint n = i - first;

          if (i < current->len && at[i] >> 32 == at[first] >> 32)
            continue;
          if (part == 0)
            key->n_whole_pairs += (guint64) n * (n - 1) / 2;
          if (n > cap && part < CC_LINK_N_SPLITS)
            split_block (parts, key, at + first, n, part, split);
          else if (n > cap)
            drop_block (key, at + first, n);
          else if (n > 1)
            take_block (key, records, at + first, n);
          first = i;
        }
      g_array_unref (current);
      current = g_steal_pointer (&split);
    }
  key->records = (guint32 *) g_array_free (g_steal_pointer (&records), FALSE);
  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    if (key->offsets[i + 1] > key->offsets[i] + 1)
      sort_hashes (key->hashes + key->offsets[i], key->offsets[i + 1] - key->offsets[i]);
}

typedef struct
{
  CcLinkTable    *table;
  CcLinkBlocking *blocking;
  const guint32  *parts;
  gint            next; /* atomic */
} Forming;

/* The parts by which large blocks are split, of each record. */
static guint32 *
list_parts (CcLinkTable *table)
{
  guint32 *parts = g_new (guint32, MAX ((gsize) table->rows->len * CC_LINK_N_SPLITS, 1));

  for (guint i = 0; i < table->rows->len; i++)
    for (guint part = 0; part < CC_LINK_N_SPLITS; part++)
      parts[i * CC_LINK_N_SPLITS + part] =
          cc_link_split_part (table, cc_link_table_row (table, i), part);
  return parts;
}

static gpointer
form_keys (gpointer data)
{
  Forming *forming = data;

  while (TRUE)
    {
      guint      i = (guint) g_atomic_int_add (&forming->next, 1);
      CcLinkKey *key;
      g_autoptr (GArray) entries = NULL;

      if (i >= forming->blocking->n_keys)
        return NULL;
      key = &forming->blocking->keys[i];
      key->name = cc_link_key_kinds[i].name;
      key->strong = cc_link_key_kinds[i].strong;
      entries = hash_records (forming->table, &cc_link_key_kinds[i], key);
      if (cc_link_table_is_cancelled (forming->table))
        g_array_set_size (entries, 0);
      form_blocks (forming->table, forming->parts, key, cc_link_key_kinds[i].cap, entries);
    }
}

/**
 * cc_link_blocking_new:
 * @n_threads: keys are formed side by side
 *
 * Forms the blocks of all keys. Only pairs that meet in a block are compared.
 */
CcLinkBlocking *
cc_link_blocking_new (CcLinkTable *table, guint n_threads)
{
  CcLinkBlocking     *self = g_new0 (CcLinkBlocking, 1);
  g_autofree guint32 *parts = list_parts (table);
  Forming             forming = { table, self, parts, 0 };
  GThread            *threads[CC_LINK_MAX_KEYS] = { NULL };

  self->n_keys = cc_link_n_key_kinds;
  n_threads = CLAMP (n_threads, 1, self->n_keys);
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_new ("blocking", form_keys, &forming);
  form_keys (&forming);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_clear_pointer (&parts, g_free);
  if (!cc_link_table_is_cancelled (table))
    cc_link_blocking_gather (self, table->rows->len, n_threads);
  return self;
}

/**
 * cc_link_blocking_free:
 */
void
cc_link_blocking_free (CcLinkBlocking *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->n_keys; i++)
    {
      g_free (self->keys[i].records);
      g_array_unref (self->keys[i].blocks);
      g_free (self->keys[i].offsets);
      g_free (self->keys[i].hashes);
    }
  g_free (self->starts);
  g_free (self->hashes);
  g_free (self);
}
