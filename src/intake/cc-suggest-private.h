/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* Fills unit, aggregate, suggestions, reasons and languages of the tables found. */
void cc_suggest_tables (CcInspection *inspection, CcPack *pack);
/* The suggestions of one table again, for a unit a person chose. */
void cc_suggest_columns (CcInspectTable *table, CcPack *pack, const char *unit);

G_END_DECLS
