/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_DUPLICATES_PAGE (cc_duplicates_page_get_type ())
G_DECLARE_FINAL_TYPE (CcDuplicatesPage, cc_duplicates_page, CC, DUPLICATES_PAGE, CcPage)

/* Records that may be one person: looked for by the computer, decided by a person. Targets:
 * "person:CLUSTER", "pair:PROPOSAL", "decisions", "why". Actions: duplicates.same ... and, for the
 * columns of records, compare.take-out ...; single keys do the same wherever nothing is being
 * typed. */
const char *cc_duplicates_page_get_view (CcDuplicatesPage *self);

G_END_DECLS
