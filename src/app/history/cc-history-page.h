/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_HISTORY_PAGE (cc_history_page_get_type ())
G_DECLARE_FINAL_TYPE (CcHistoryPage, cc_history_page, CC, HISTORY_PAGE, CcPage)

/* What was done in the case file, by whom and when. Targets: "act:12" shows one act, "record:12"
 * the life of a record. */

G_END_DECLS
