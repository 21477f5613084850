/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-concordance.h>

#include "cc-pack-file-private.h"

G_BEGIN_DECLS

/* What installing a pack needs, worked out and proved before anything changes. */
typedef struct
{
  CcPack        *pack; /* the new one */
  CcConcordance *concordance;
  CcPack        *merged; /* the new one with the old codes that stay */
  char          *folder; /* of the files of that */
} CcPackPlan;

gboolean cc_pack_plan_load (CcPackPlan *self,
                            CcCaseFile *file,
                            const char *directory,
                            const char *concordance,
                            GError    **error);
void     cc_pack_plan_clear (CcPackPlan *self);

/* How many live records state a code, counted once for each list. */
GHashTable *cc_pack_uses_new (void);
gint64      cc_pack_uses_count (CcCaseFile   *file,
                                CcConnection *connection,
                                GHashTable   *uses,
                                const char   *list,
                                gint64        code,
                                GError      **error);

/* How many live records state any of the codes. Element-type gint64. -1 with an error. */
gint64
cc_pack_uses_count_any (CcCaseFile *file, CcConnection *connection, GArray *codes, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CcPackPlan, cc_pack_plan_clear)

G_END_DECLS
