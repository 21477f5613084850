/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-file-page.h"

G_BEGIN_DECLS

#define CC_TYPE_RETENTION_PAGE (cc_retention_page_get_type ())
G_DECLARE_FINAL_TYPE (CcRetentionPage, cc_retention_page, CC, RETENTION_PAGE, CcFilePage)

/* How long names and other identifiers of the open case file are kept, and what is due. The page
 * hides itself without a session. session: (nullable). */
void cc_retention_page_set_session (CcRetentionPage *self, CcSession *session);

G_END_DECLS
