/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-count-private.h"

G_BEGIN_DECLS

CcCountAxis *cc_count_axis_new (const CcCountPlan *plan,
                                const CcAxisUse   *use,
                                const gint64      *counts,
                                GError           **error);
void         cc_count_axis_free (CcCountAxis *self);
void         cc_count_axis_hit (const CcCountAxis *self, const CcScope *scope, GArray *hits);
void         cc_count_axis_hit_value (const CcCountAxis *self, const CcScope *scope, GArray *hits);
gboolean     cc_count_axis_before (const CcCountAxis *self, const gint64 *counts, guint a, guint b);
gboolean     cc_count_axis_is_vague (const CcCountAxis *self, const GArray *hits);
gboolean     cc_count_parameter (gpointer plan, const char *name, const char **value);

G_END_DECLS
