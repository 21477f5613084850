/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-merge-private.h"

G_BEGIN_DECLS

/* How the rows of one table are brought together. */
typedef struct
{
  const char *table;
  const char *kind; /* name of its map; NULL where nothing points to it */
  const char *key;  /* the primary key */
  const char *columns;
  gboolean    early; /* before records, which point to it */
  gboolean    goes;  /* a row removed there is removed here */
} CcMergeRule;

typedef struct
{
  char    *name;
  char    *kind; /* what it points to; NULL where nothing */
  gboolean recognised, added, smaller, act;
} CcMergeColumn;

const CcMergeRule *cc_merge_list_rules (guint *n);

/* Element-type CcMergeColumn. */
GPtrArray *cc_merge_rule_parse (const CcMergeRule *rule);

G_END_DECLS
