/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The tokens of a short cell: numbers, folded words, and single signs. Shared by the grammars of
 * dates, ages and counts of persons. */
typedef enum
{
  CC_SCAN_NUMBER,
  CC_SCAN_WORD,
  CC_SCAN_SIGN,
} CcScanKind;

typedef struct
{
  CcScanKind kind;
  gint64     number;   /* NUMBER; more than 18 digits stop at 10^18 */
  guint      n_digits; /* NUMBER */
  char      *word;     /* WORD: folded, without accents */
  gunichar   sign;     /* SIGN: dashes of all kinds are '-' */
  gboolean   glued;    /* no space stands before it */
  gboolean   in_words; /* NUMBER: it was written in words */
  gsize      start;    /* bytes of the text before it and up to its end */
  gsize      end;
} CcScanToken;

/* More tokens than this are no date, age or count. */
#define CC_SCAN_MAX_TOKENS 64

GArray      *cc_scan (const char *text);
CcScanToken *cc_scan_at (GArray *tokens, guint index);
gboolean     cc_scan_is_sign (GArray *tokens, guint index, gunichar sign);
gboolean     cc_scan_is_number (GArray *tokens, guint index);
gboolean     cc_scan_is_word (GArray *tokens, guint index);
void         cc_scan_remove (GArray *tokens, guint index);
void         cc_scan_read_number_words (CcPack *pack, GArray *tokens);

G_END_DECLS
