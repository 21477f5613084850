/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CC_TYPE_CELL_ITEM (cc_cell_item_get_type ())
G_DECLARE_FINAL_TYPE (CcCellItem, cc_cell_item, CC, CELL_ITEM, GObject)

/* One line of the records behind a figure: a person, a case or a registration. */
CcCellItem *cc_cell_item_new (const char *title, const char *subtitle, const char *target);
const char *cc_cell_item_get_title (CcCellItem *self);
const char *cc_cell_item_get_subtitle (CcCellItem *self);

/* Where the line leads on the page of cases; NULL: nowhere. */
const char *cc_cell_item_get_target (CcCellItem *self);

G_END_DECLS
