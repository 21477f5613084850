/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-line.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_LINE_LIST (cc_import_line_list_get_type ())
G_DECLARE_FINAL_TYPE (CcImportLineList, cc_import_line_list, CC, IMPORT_LINE_LIST, AdwBin)

/* The list of lines of the steps Columns and Values; its view follows them, a few lines at a time.
 * The signal "activated" (CcImportLine*) comes
 * for groups, pairs and "more". */
void        cc_import_line_list_set_label (CcImportLineList *self, const char *label);
GListStore *cc_import_line_list_get_lines (CcImportLineList *self);
gboolean    cc_import_line_list_take_apart (CcImportLineList *self);

G_END_DECLS
