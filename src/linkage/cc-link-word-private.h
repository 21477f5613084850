/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Quick looks at two words, so that few are compared letter by letter. */

/* The first four letters of a word in one number, the first in its lowest byte; 0 beyond its end.
 */
static inline guint32
cc_link_word_start (const char *text)
{
  guint32 start = 0;

  for (guint i = 0; i < 4 && text[i]; i++)
    start |= (guint32) (guchar) text[i] << 8 * i;
  return start;
}

/* Whether one of the first two letters of a word is met again among those of the other: nobody
 * misses both. */
static inline gboolean
cc_link_word_starts_alike (guint32 a, guint32 b)
{
  guint32 same = a ^ b;
  guint32 crossed = ((a >> 8 & 0xff) | (a & 0xff) << 8) ^ (b & 0xffff);

  return (same & 0xff) == 0 || (same >> 8 & 0xff) == 0 || (crossed & 0xff) == 0
         || (crossed >> 8) == 0;
}

/* Whether at most @limit bits are set, one or two. */
static inline gboolean
cc_link_word_has_few (guint32 bits, guint limit)
{
  bits &= bits - 1;
  if (limit > 1)
    bits &= bits - 1;
  return bits == 0;
}

G_END_DECLS
