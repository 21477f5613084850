/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/store/cc-record-list.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What a column shows. */
typedef enum
{
  CC_CELL_SIGNS,
  CC_CELL_NAME,
  CC_CELL_NUMBER,
  CC_CELL_AGENCY,
  CC_CELL_DATE,
  CC_CELL_SEX,
  CC_CELL_AGE,
  CC_CELL_STATUS,
  CC_CELL_VICTIMS,
  CC_CELL_PERPETRATORS,
  CC_CELL_REASON,
  CC_CELL_PARKED_AGENCY,
  CC_CELL_FILE,
  CC_CELL_ROW,
  CC_CELL_CELLS,
} CcCell;

/* Makes the cells of a column: filled when their line was read, with a placeholder before. The
 * column of signs names the whole line for those who hear it. */
GtkListItemFactory *cc_record_cells_new (CcSession *session, const char *unit, CcCell cell);

/* The line in which a cell's content stands: what takes the focus. NULL while it is not placed. */
GtkWidget *cc_record_cells_get_line (GtkWidget *content);

/* The list item of the line at which a child of a column view stands; NULL where none. */
GtkListItem *cc_record_cells_find (GtkWidget *picked);

G_END_DECLS
