/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-concordance.h>

struct _CcConcordance
{
  CcPack     *old_pack;
  CcPack     *new_pack;
  GPtrArray  *fates;  /* CcFate: codes in the old pack's order, then variables */
  GHashTable *by_key; /* "code.LIST.OLD", "variable..OLD" to CcFate */
};

const CcFate *
cc_concordance_find (CcConcordance *self, const char *kind, const char *list, const char *old);
