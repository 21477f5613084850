/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Numbers as agencies type them. Pure: a bound, a range or a mark that could be read in two ways is
 * told as such and never becomes a number in silence. */

/* What the point or the comma between digits stands for in the numbers of a sender. */
typedef enum
{
  CC_NUMBER_MARK_UNKNOWN,
  CC_NUMBER_MARK_THOUSANDS,
  CC_NUMBER_MARK_DECIMALS,
} CcNumberMark;

typedef enum
{
  CC_NUMBER_READ_OK,
  CC_NUMBER_READ_BLANK,
  CC_NUMBER_READ_BOUND,      /* "<5", "5 to 10", "more than 3": min and max */
  CC_NUMBER_READ_MARK,       /* "1.200", "1,200": number is the reading as thousands */
  CC_NUMBER_READ_FRACTION,   /* "2.5": no number of things */
  CC_NUMBER_READ_UNREADABLE, /* nothing of the grammar fits */
} CcNumberRead;

typedef struct
{
  gint64   number;      /* OK and MARK, else -1 */
  gint64   min, max;    /* BOUND: inclusive, -1 where open */
  gboolean approximate; /* OK: "about 10", "10?" */
} CcNumberText;

/* Reads one cell that states a number of things or persons: "3", "1 200", "2 (Menores)", "5 + 2
 * bébés", "1H/1M", "néant", "fifteen". `point` and `comma` are what the sender means by them. */
CcNumberRead cc_number_text_read (CcPack       *pack,
                                  const char   *text,
                                  CcNumberMark  point,
                                  CcNumberMark  comma,
                                  CcNumberText *result);

/* The number where it can be read without doubt, else -1. */
int cc_persons_text_read (CcPack *pack, const char *text);

/* "thousands", "decimals", "". */
CcNumberMark cc_number_mark_from_text (const char *text);
const char  *cc_number_mark_to_text (CcNumberMark mark);

G_END_DECLS
