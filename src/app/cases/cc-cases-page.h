/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_CASES_PAGE (cc_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (CcCasesPage, cc_cases_page, CC, CASES_PAGE, CcPage)

G_END_DECLS
