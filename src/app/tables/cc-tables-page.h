/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_TABLES_PAGE (cc_tables_page_get_type ())
G_DECLARE_FINAL_TYPE (CcTablesPage, cc_tables_page, CC, TABLES_PAGE, CcPage)

/* Tables and charts: a gallery, and one figure with its options. Targets: "figure:ID" opens a
 * figure of the gallery, "left-out:ID" the same with the list of who is not in it, "new" the
 * builder. Actions: tables.save ("png", "svg", "pdf", "xlsx"),
 * tables.copy-chart, tables.copy-table, tables.options, tables.build. */

G_END_DECLS
