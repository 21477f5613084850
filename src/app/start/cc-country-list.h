/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The countries of the pack to choose from, in the order of the alphabet of a language. A country
 * is found by the beginning of any word of its name in any of the six languages, or by its
 * three-letter code; capital letters and accents do not matter. No widgets here. */
typedef struct _CcCountryList CcCountryList;

CcCountryList *cc_country_list_new (CcPack *pack, const char *language);
CcCountryList *cc_country_list_ref (CcCountryList *self);
void           cc_country_list_unref (CcCountryList *self);

guint       cc_country_list_get_n (CcCountryList *self);
const char *cc_country_list_get_code (CcCountryList *self, guint index);
const char *cc_country_list_get_label (CcCountryList *self, guint index);

/* Returns: (transfer none) (nullable): the name of a country by its code. */
const char *cc_country_list_find_label (CcCountryList *self, const char *code);

/* Keeps only the countries with these codes. */
CcCountryList *cc_country_list_limit (CcCountryList *self, GPtrArray *codes);

/* Returns: (transfer full): guint indexes: names that begin with the text first, then those with a
 * word that does, then those of other languages; all of them for a blank text. */
GArray *cc_country_list_search (CcCountryList *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCountryList, cc_country_list_unref)

G_END_DECLS
