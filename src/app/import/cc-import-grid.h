/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/intake/cc-preview.h>

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_GRID (cc_import_grid_get_type ())
G_DECLARE_FINAL_TYPE (CcImportGrid, cc_import_grid, CC, IMPORT_GRID, AdwBin)

/* The first rows of a sheet as they stand there, each row with a word for what it is taken for. */

/* preview: (transfer full); table: (nullable): whose hidden columns are marked. */
void cc_import_grid_set_preview (CcImportGrid         *self,
                                 CcPreview            *preview,
                                 const CcInspectTable *table,
                                 gboolean              right_to_left);

G_END_DECLS
