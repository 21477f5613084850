/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_CREATE_PAGE (cc_create_page_get_type ())
G_DECLARE_FINAL_TYPE (CcCreatePage, cc_create_page, CC, CREATE_PAGE, AdwBin)

/* The form for a new case file, which is made off the main loop, put into the library and opened.
 * Signal "created" (gpointer CcSession, borrowed; GFile). Action: create.create. */

/* Empties the form. country: (nullable): chosen beforehand. */
void cc_create_page_start (CcCreatePage *self, const char *country, gboolean practice);

G_END_DECLS
