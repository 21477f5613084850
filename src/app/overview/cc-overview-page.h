/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_OVERVIEW_PAGE (cc_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (CcOverviewPage, cc_overview_page, CC, OVERVIEW_PAGE, CcPage)

/* In one look: the count today and how sure it is, what waits, what arrived and what is missing. */

G_END_DECLS
