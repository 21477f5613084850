/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/model/cc-texts.h>

#include "cc-country-list.h"
#include "library/cc-library.h"

G_BEGIN_DECLS

#define CC_TYPE_LIBRARY_ROW (cc_library_row_get_type ())
G_DECLARE_FINAL_TYPE (CcLibraryRow, cc_library_row, CC, LIBRARY_ROW, AdwActionRow)

/* One case file of the start page: what it is, and a menu with what can be done with it. Activating
 * it opens it. */
GtkWidget *cc_library_row_new (const CcLibraryItem *item, CcCountryList *countries, CcTexts *texts);

/* Says what is known now of the same file, which keeps its path. */
void cc_library_row_update (CcLibraryRow        *self,
                            const CcLibraryItem *item,
                            CcCountryList       *countries,
                            CcTexts             *texts);

const char *cc_library_row_get_path (CcLibraryRow *self);

G_END_DECLS
