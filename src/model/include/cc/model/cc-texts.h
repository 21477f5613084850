/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <cc/base/cc-day.h>

G_BEGIN_DECLS

/* The output texts of data/texts: what workbooks, charts, checks and practice files say, in any of
 * the six languages at once, independent of the locale. Placeholders are named: {count}. */
typedef struct _CcTexts CcTexts;

CcTexts    *cc_texts_load (const char *directory, GError **error);
CcTexts    *cc_texts_load_default (GError **error);
CcTexts    *cc_texts_ref (CcTexts *self);
void        cc_texts_unref (CcTexts *self);
gboolean    cc_texts_has (CcTexts *self, const char *key);
const char *cc_texts_get (CcTexts *self, const char *key, const char *language);
char *
cc_texts_format (CcTexts *self, const char *key, const char *language, ...) G_GNUC_NULL_TERMINATED;
char    *cc_texts_format_count (CcTexts    *self,
                                const char *key,
                                const char *language,
                                gint64      count,
                                ...) G_GNUC_NULL_TERMINATED;
char    *cc_texts_fill (CcTexts *self, const char *key, const char *language, GHashTable *values);
char   **cc_texts_list_keys (CcTexts *self);
char   **cc_texts_list_placeholders (CcTexts *self, const char *key);
char    *cc_texts_number (CcTexts *self, const char *language, double value, int decimals);
char    *cc_texts_date (CcTexts *self, const char *language, CcDay day);
gboolean cc_texts_is_rtl (const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcTexts, cc_texts_unref)

G_END_DECLS
