/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-model-private.h"

G_BEGIN_DECLS

guint  cc_link_count_signs (const CcLinkModel *self, guint64 levels);
gint32 cc_link_limit_weight (const CcLinkModel *self, guint64 levels, gint32 weight);

/* Returns: what a pair weighs, within the limits */
static inline gint32
cc_link_judge (const CcLinkModel *self, CcLinkPattern pattern)
{
  return cc_link_limit_weight (self, pattern.levels, cc_link_model_weigh (self, pattern));
}

G_END_DECLS
