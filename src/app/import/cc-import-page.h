/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/cc-import-draft.h"
#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_PAGE (cc_import_page_get_type ())
G_DECLARE_FINAL_TYPE (CcImportPage, cc_import_page, CC, IMPORT_PAGE, CcPage)

/* Import: files are brought in, set up step by step, and stand as deliveries. */

/* Adds a file to the queue and begins to read it. */
void cc_import_page_add_file (CcImportPage *self, const char *path);

G_END_DECLS
