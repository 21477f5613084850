/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-engine.h>

#include "cc-link-block-private.h"
#include "cc-link-model-private.h"

G_BEGIN_DECLS

/* What scoring a pair takes: which pairs are candidates, how rare each value is, what each level
 * weighs. */
typedef struct
{
  CcLinkBlocking    *blocking;
  CcLinkFrequencies *frequencies;
  CcLinkModel        model;
} CcLinkLearnt;

/* As by cc_link_engine_run() with the same parameters. */
CcLinkLearnt *cc_link_engine_learn (CcLinkTable        *table,
                                    const CcLinkParams *params,
                                    CcProgress         *progress,
                                    GError            **error);
void          cc_link_learnt_free (CcLinkLearnt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkLearnt, cc_link_learnt_free)

G_END_DECLS
