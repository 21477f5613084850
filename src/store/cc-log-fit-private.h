/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-case-file-private.h"

G_BEGIN_DECLS

/* Whether the log that lies beside a file belongs to it. */
typedef struct _CcLogFit CcLogFit;

CcLogFit *cc_log_fit_new (CcCaseFile *file, CcOpenMode mode);
void      cc_log_fit_free (CcLogFit *self);
gboolean
cc_log_fit_check (CcLogFit *self, CcCaseFile *file, CcConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLogFit, cc_log_fit_free)

G_END_DECLS
