/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-line.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_LINE_ROW (cc_import_line_row_get_type ())
G_DECLARE_FINAL_TYPE (CcImportLineRow, cc_import_line_row, CC, IMPORT_LINE_ROW, AdwBin)

CcImportLineRow *cc_import_line_row_new (void);
void             cc_import_line_row_set_line (CcImportLineRow *self, CcImportLine *line);

G_END_DECLS
