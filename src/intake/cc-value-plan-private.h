/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-value-plan.h>

G_BEGIN_DECLS

/* Brings the spellings of one another together that are open, over all columns of a variable, and
 * suggests for open values what was decided about texts spelled nearly so. */
void cc_value_plans_cluster (GPtrArray *plans, CcPack *pack, CcMap *map);

G_END_DECLS
