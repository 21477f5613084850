/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Finding a code of a list by typing: by its label in any of the six languages, by the words
 * agencies use for it, by the code itself. Pure; may be used from one thread at a time. */
typedef struct _CcCodeSearch CcCodeSearch;

typedef struct
{
  const CcCode *code;
  const char   *label; /* in the language of the search */
  const char   *other; /* the text that matched, where it is not the label; else NULL */
  guint         depth; /* 0 at the top of a tree list; 0 for all while searching */
} CcCodeChoice;

CcCodeSearch *cc_code_search_new (CcPack *pack, const char *list, const char *language);
void          cc_code_search_free (CcCodeSearch *self);
guint         cc_code_search_get_n (CcCodeSearch *self);
const char   *cc_code_search_get_label (CcCodeSearch *self, const CcCode *code);

/* All codes in the order of the list where text is blank; else the matches, best first. */
GPtrArray *cc_code_search_find (CcCodeSearch *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCodeSearch, cc_code_search_free)

G_END_DECLS
