/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-derive-private.h"

G_BEGIN_DECLS

/* The contract of a pack as fields and derivations. */
typedef struct
{
  CcPack       *pack;
  CcFields     *fields;
  CcDerivePlan *derive;
} CcStatsPlan;

const CcStatsPlan *cc_stats_plan_get (CcPack *pack);

G_END_DECLS
