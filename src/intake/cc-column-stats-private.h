/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* What the values of one column look like, gathered while the sheet streams by. */
typedef struct _CcColumnStats CcColumnStats;

CcColumnStats *cc_column_stats_new (CcInspectColumn *column);
void           cc_column_stats_free (CcColumnStats *self);
void cc_column_stats_add (CcColumnStats *self, CcPack *pack, const CcSheetCell *cell, CcDay today);
void cc_column_stats_finish (CcColumnStats *self, CcPack *pack, CcDay today);

G_END_DECLS
