/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CC_NODE_AND,
  CC_NODE_OR,
  CC_NODE_NOT,
  CC_NODE_TEST,
  CC_NODE_ANY,
  CC_NODE_OTHERWISE,
} CcNodeType;

typedef enum
{
  CC_OP_EQUAL,
  CC_OP_NOT_EQUAL,
  CC_OP_LESS,
  CC_OP_LESS_EQUAL,
  CC_OP_GREATER,
  CC_OP_GREATER_EQUAL,
  CC_OP_RANGE, /* in low .. high: two values */
  CC_OP_IN,
  CC_OP_HAS,
  CC_OP_UNDER,
  CC_OP_MIXES,
  CC_OP_KNOWN,
  CC_OP_UNKNOWN,
} CcOperator;

/* One node of a parsed condition. Values that begin with "$" name parameters; "*" stands only in
 * mixes. */
typedef struct _CcNode CcNode;
struct _CcNode
{
  CcNodeType type;
  CcNode    *left; /* AND, OR, NOT */
  CcNode    *right;
  char      *field; /* TEST */
  CcOperator op;
  GPtrArray *values; /* char* */
};

/* Conditions nested deeper than this are refused: nobody writes them, and a hostile file must not
 * exhaust the stack. */
#define CC_EXPRESSION_MAX_DEPTH  64
#define CC_EXPRESSION_MAX_LENGTH 4096

CcNode *cc_expression_parse (const char *text, GError **error);
void    cc_expression_free (CcNode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcNode, cc_expression_free)

G_END_DECLS
