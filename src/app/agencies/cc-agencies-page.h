/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_AGENCIES_PAGE (cc_agencies_page_get_type ())
G_DECLARE_FINAL_TYPE (CcAgenciesPage, cc_agencies_page, CC, AGENCIES_PAGE, CcPage)

/* The reporting entities: what each is, which returns are expected of it, what came, what is
 * missing. Target: "entity:KEY". Actions: agencies.add, agencies.import, agencies.nil,
 * agencies.expect. */

G_END_DECLS
