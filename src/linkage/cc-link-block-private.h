/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-table-private.h"

G_BEGIN_DECLS

#define CC_LINK_MAX_KEYS 12

/* One blocking key over all records: the records of each block lie together. */
typedef struct
{
  const char *name;
  gboolean    strong;
  guint32    *records;       /* of all blocks, one after the other */
  GArray     *blocks;        /* CcLinkBlock */
  guint32    *offsets;       /* while the key is formed; n_records + 1: where the hashes of a ... */
  guint32    *hashes;        /* ... record begin, sorted; 0 where its block was left out */
  guint64     n_whole_pairs; /* before blocks that are too large were split */
  guint64     n_pairs;
  guint64     n_lost_pairs; /* in blocks left out */
  guint       n_lost_blocks;
} CcLinkKey;

typedef struct
{
  guint32 first; /* in records */
  guint32 n;
  guint32 hash;
} CcLinkBlock;

typedef struct
{
  guint     n_keys;
  gboolean  link_only; /* pairs of one entity are left alone */
  CcLinkKey keys[CC_LINK_MAX_KEYS];
  guint32  *starts; /* of each record: where its hashes by all keys begin in ... */
  guint32  *hashes; /* ... this, after their counts */
} CcLinkBlocking;

CcLinkBlocking *cc_link_blocking_new (CcLinkTable *table, guint n_threads);
void            cc_link_blocking_free (CcLinkBlocking *self);

void cc_link_blocking_gather (CcLinkBlocking *self, guint n_records, guint n_threads);
const guint32 *
cc_link_blocking_list_hashes (const CcLinkBlocking *self, guint key, guint32 record, guint *n);

/* Whether the pair met in an earlier block: of an earlier key, or of this key with a smaller hash.
 */
gboolean cc_link_blocking_is_repeat (const CcLinkBlocking *self,
                                     guint                 key,
                                     guint32               hash,
                                     guint32               a,
                                     guint32               b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkBlocking, cc_link_blocking_free)

G_END_DECLS
