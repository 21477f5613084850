/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-crypto-private.h"

G_BEGIN_DECLS

/* The pages that a log beside a case file holds, which its owner did not live to put in order. */
typedef struct _CcLogPages CcLogPages;

CcLogPages *cc_log_pages_new (const char *path);
gboolean    cc_log_pages_get (CcLogPages *self, guint32 number, guint8 page[CC_PAGE_SIZE]);
void        cc_log_pages_free (CcLogPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLogPages, cc_log_pages_free)

G_END_DECLS
