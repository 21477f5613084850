/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* Why a file is read as it is, and what became of what is other than in earlier deliveries. */

typedef struct
{
  char *title;
  char *text;
} CcImportDriftLine;

/* (transfer full) (nullable): one sentence, NULL where there is nothing to compare with. */
char *cc_import_describe_reading (CcImportDraft *draft);
/* (transfer full) (element-type CcImportDriftLine): what was done, after the import. */
GPtrArray *cc_import_list_drift (CcImportDraft *draft);

G_END_DECLS
