/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table as French spreadsheets of old save it: semicolons, Windows-1252, CRLF. */
typedef struct _CcPracticeCsv CcPracticeCsv;

CcPracticeCsv *cc_practice_csv_new (void);
void           cc_practice_csv_free (CcPracticeCsv *self);
void           cc_practice_csv_put (CcPracticeCsv *self, guint column, const char *text);
void           cc_practice_csv_end_row (CcPracticeCsv *self);
GString       *cc_practice_csv_get_text (CcPracticeCsv *self);
gboolean       cc_practice_csv_save (CcPracticeCsv *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeCsv, cc_practice_csv_free)

G_END_DECLS
