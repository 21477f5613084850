/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_COLUMNS (cc_columns_get_type ())
G_DECLARE_FINAL_TYPE (CcColumns, cc_columns, CC, COLUMNS, GtkWidget)

/* Arranges its children in as many equal columns as fit, each child below the shortest column: two
 * beside each other on a wide window, one below the other on a narrow one. Children are added in
 * the .ui file with <child>, or with cc_columns_append (). */
void cc_columns_append (CcColumns *self, GtkWidget *child);
void cc_columns_clear (CcColumns *self);

G_END_DECLS
