/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-table-private.h"

G_BEGIN_DECLS

/* The hashes of one record under one key; a record has none where a part of the key is missing. */
typedef struct
{
  guint32 hashes[64];
  guint   n;
} CcLinkKeyHashes;

typedef void (*CcLinkKeyFunc) (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out);

typedef struct
{
  const char   *name;
  CcLinkKeyFunc func;
} CcLinkKeyKind;

extern const CcLinkKeyKind cc_link_key_kinds[];
extern const guint         cc_link_n_key_kinds;

/* Further parts by which blocks that are too large are split: 0 sex, 1 decade, 2 citizenship. */
guint32 cc_link_split_part (CcLinkTable *table, const CcLinkRow *row, guint part);
guint32 cc_link_mix (guint32 seed, guint32 a, guint32 b);

G_END_DECLS
