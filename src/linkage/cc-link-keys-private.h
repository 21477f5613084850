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

/* A block larger than the key's cap is split by sex, citizenship and years of birth; what is still
 * larger is left out and reported. Keys with weak parts have small caps: pairs that agree on a
 * common name and a year alone are not one person, and those that agree on more meet under another
 * key. */
typedef struct
{
  const char   *name;
  CcLinkKeyFunc func;
  guint         cap;
  gboolean      strong; /* enough for a first estimate of who is one */
} CcLinkKeyKind;

/* The place of the key of two names among them. */
#define CC_LINK_KEY_TWO_NAMES 2

#define CC_LINK_N_SPLITS 3

extern const CcLinkKeyKind cc_link_key_kinds[];
extern const guint         cc_link_n_key_kinds;

/* Further parts by which blocks that are too large are split: 0 sex, 1 citizenship, 2 years. */
guint32 cc_link_split_part (CcLinkTable *table, const CcLinkRow *row, guint part);
guint32 cc_link_mix (guint32 seed, guint32 a, guint32 b);

G_END_DECLS
