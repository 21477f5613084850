/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_TABLE_BUILDER (cc_table_builder_get_type ())
G_DECLARE_FINAL_TYPE (CcTableBuilder, cc_table_builder, CC, TABLE_BUILDER, AdwWindow)

/* A table of one's own: what is counted, and by what in rows and columns. Signal "built": read it
 * with cc_table_builder_apply (). */
CcTableBuilder *
cc_table_builder_new (GtkWindow *parent, CcQuestionnaire *axes, const char *language);

/* Writes the choice into params, whose id becomes NULL. */
void cc_table_builder_apply (CcTableBuilder *self, CcFigureParams *params);

G_END_DECLS
