/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-map.h>
#include <cc/model/cc-words.h>

G_BEGIN_DECLS

/* One thing a header may mean. */
typedef struct
{
  const char       *unit;
  const CcVariable *variable;
  const CcCode     *code; /* one column per code, step or place; else NULL */
  const char       *language;
  double            score; /* 1 the header is a known one, less where words are left over */
  guint             fact;  /* "Sex/Age" states two facts: 0 and 1 */
} CcHeaderGuess;

/* Guesses below this are shown and not taken. */
#define CC_HEADER_ENOUGH 0.6

GArray  *cc_header_read (CcPack *pack, const char *header);
guint    cc_header_count_known (CcPack *pack, const char *header);
gboolean cc_header_is_ignored (CcPack *pack, const char *header);
char    *cc_header_guess_to_text (CcPack *pack, const char *unit, const CcHeaderGuess *guess);

/* Units whose variables stand in a table of `unit`, most fitting first; NULL-terminated. */
const char *const *cc_unit_family (const char *unit);
int                cc_unit_family_rank (const char *unit, const char *member); /* -1: not in it */

G_END_DECLS
