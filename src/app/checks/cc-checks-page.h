/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_CHECKS_PAGE (cc_checks_page_get_type ())
G_DECLARE_FINAL_TYPE (CcChecksPage, cc_checks_page, CC, CHECKS_PAGE, CcPage)

/* What the checks found, by rule: the list of findings of the rule chosen, each leading to its
 * record, and the acts that settle them. Targets: "unmapped" (values without a code) and
 * "rule:KEY". */

G_END_DECLS
