/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/intake/cc-preview.h>

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_GRID (cc_import_grid_get_type ())
G_DECLARE_FINAL_TYPE (CcImportGrid, cc_import_grid, CC, IMPORT_GRID, AdwBin)

/* The first rows of a sheet as they stand there, each row with a word for what it is taken for. */

/* The rows come, and those of a former preview go, a few at a time.
 * preview: (transfer full); table: (nullable): whose hidden columns are marked. */
void cc_import_grid_set_preview (CcImportGrid         *self,
                                 CcPreview            *preview,
                                 const CcInspectTable *table,
                                 gboolean              right_to_left);

/* Takes some rows away, of a grid that is not used any more. FALSE where none are left. */
gboolean cc_import_grid_take_apart (CcImportGrid *self);

G_END_DECLS
