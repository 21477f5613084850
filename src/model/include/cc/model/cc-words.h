/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The words by which agencies write headers and values, in six languages. All texts given to these
 * functions are folded by them; callers pass what stands in the cell. */

/* What a header may mean: a variable of a unit, or one code of a multi-answer ("form:SEX"). */
typedef struct
{
  const char       *unit;
  const CcVariable *variable;
  const CcCode     *code; /* one column stands for one code, or for one stage; else NULL */
  const char       *language;
} CcHeaderMeaning;

GPtrArray *cc_pack_match_header (CcPack *self, const char *text);
const CcCode *
cc_pack_match_value (CcPack *self, const char *list, const char *text, const char *language);
const CcCode *cc_pack_match_word (CcPack *self, const char *list, const char *text);
GPtrArray    *cc_pack_match_value_near (CcPack *self, const char *list, const char *text);
char        **cc_pack_find_country_trap (CcPack *self, const char *text);
const char   *cc_pack_match_token (CcPack *self, const char *kind, const char *text);
GPtrArray    *cc_pack_get_tokens (CcPack *self, const char *kind);

G_END_DECLS
