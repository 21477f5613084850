/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that streams out: it bears another name until it is whole. */
typedef struct _CcPracticeOut CcPracticeOut;

CcPracticeOut *cc_practice_out_new (const char *path, GError **error);
void           cc_practice_out_free (CcPracticeOut *self);
gboolean cc_practice_out_write (CcPracticeOut *self, GString *text, gboolean last, GError **error);
gboolean cc_practice_out_finish (CcPracticeOut *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeOut, cc_practice_out_free)

G_END_DECLS
