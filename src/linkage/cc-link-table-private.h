/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-sort.h>
#include <cc/linkage/cc-link-table.h>

G_BEGIN_DECLS

#define CC_LINK_MAX_NAMES   6
#define CC_LINK_MAX_ALIASES 3
#define CC_LINK_MAX_FATHERS 2
#define CC_LINK_MAX_GROUPS  3

/* Of the filter that stands for the letters of a word which is only known by its keys. */
#define CC_LINK_BLOOM_BYTES 64

/* How exactly a birth is known, in the order in which the comparison treats it. */
typedef enum
{
  CC_LINK_PRECISION_NONE,
  CC_LINK_PRECISION_DAY,
  CC_LINK_PRECISION_MONTH,
  CC_LINK_PRECISION_YEAR, /* a year, or a default day of a source that writes it for a year */
  CC_LINK_PRECISION_AGE,
  CC_LINK_PRECISION_ROUNDED, /* a range of ages, or an age of a source that rounds to five */
} CcLinkPrecision;

/* One record in two cache lines; ids are 0 where absent. */
typedef struct
{
  guint32 names[CC_LINK_MAX_NAMES];
  guint32 aliases[CC_LINK_MAX_ALIASES];
  guint32 fathers[CC_LINK_MAX_FATHERS];
  gint32  birth_first;
  gint32  birth_last;
  guint32 birth_ymd; /* of birth_first, as yyyymmdd */
  guint32 values[CC_LINK_MAX_COLUMNS];
  guint32 delivery;
  guint32 event;
  guint32 own_number; /* the entity's own number of the person */
  guint16 entity;
  guint8  roles[CC_LINK_MAX_NAMES]; /* CcLinkName of each name token */
  guint8  n_names;
  guint8  n_aliases;
  guint8  n_fathers;
  guint8  sex;
  guint8  precision;
  guint8  stated; /* CcLinkBirth */
  guint8  age;
} CcLinkRow;

G_STATIC_ASSERT (sizeof (CcLinkRow) == 128);

typedef struct
{
  guint32 text; /* offset in the pool */
  guint32 skeleton;
  guint32 groups[CC_LINK_MAX_GROUPS];
  guint8  n_groups;
  guint8  length;
  guint32 letters; /* one bit per letter */
  guint32 start;   /* the first four letters */
  guint32 bloom;   /* place of its filter in the table, from 1; 0 where its letters are known */
} CcLinkToken;

typedef struct
{
  char            *name;
  CcLinkColumnKind kind;
  GHashTable      *ids;    /* text -> id */
  GArray          *values; /* CcLinkToken by id */
} CcLinkColumn;

struct _CcLinkTable
{
  GString     *pool;
  GHashTable  *tokens_by_text;
  GHashTable  *skeletons_by_text;
  GArray      *tokens; /* CcLinkToken by id, [0] unused */
  GByteArray  *blooms; /* filters of words, of CC_LINK_BLOOM_BYTES each */
  guint        n_skeletons;
  guint32     *bearers; /* by skeleton: records with such a name; once finished */
  guint        n_columns;
  int          citizenship; /* column of that kind, or -1 */
  CcLinkColumn columns[CC_LINK_MAX_COLUMNS];
  GArray      *rows;      /* CcLinkRow */
  GArray      *ids;       /* gint64 by position */
  guint32     *positions; /* by row; once finished, see cc-link-order-private.h */
  guint32     *row_at;    /* by position; once finished */

  GCancellable *cancellable; /* what works on the table looks at it, and leaves off half way */
  guint         n_threads;
};

/* Rows, pairs or entries that are worked on between two looks. */
#define CC_LINK_STRIDE 4096

/* Whether to leave off. Whoever called then gets something unfinished, and asks again. */
static inline gboolean
cc_link_table_is_cancelled (const CcLinkTable *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/* The same for the i-th step of a loop. */
static inline gboolean
cc_link_table_stops (const CcLinkTable *self, gsize i)
{
  return i % CC_LINK_STRIDE == CC_LINK_STRIDE - 1 && cc_link_table_is_cancelled (self);
}

static inline gboolean
cc_link_table_sort (const CcLinkTable *self, GArray *array, GCompareFunc compare)
{
  return cc_sort (array->data, array->len, g_array_get_element_size (array), compare,
                  self->n_threads, self->cancellable);
}

static inline const CcLinkRow *
cc_link_table_row (CcLinkTable *self, guint index)
{
  return &g_array_index (self->rows, CcLinkRow, index);
}

/* The same by position, in a finished table. */
static inline const CcLinkRow *
cc_link_table_row_at (CcLinkTable *self, guint position)
{
  return cc_link_table_row (self, self->row_at[position]);
}

static inline const CcLinkToken *
cc_link_table_token (CcLinkTable *self, guint32 id)
{
  return &g_array_index (self->tokens, CcLinkToken, id);
}

static inline const CcLinkToken *
cc_link_table_value (CcLinkTable *self, guint column, guint32 id)
{
  return &g_array_index (self->columns[column].values, CcLinkToken, id);
}

/* The filter of a word that was interned from its keys; the first call for a word stands. */
void cc_link_table_set_bloom (CcLinkTable *self, guint32 token, const guint8 *filter);

static inline const char *
cc_link_table_text (CcLinkTable *self, const CcLinkToken *token)
{
  return self->pool->str + token->text;
}

G_END_DECLS
