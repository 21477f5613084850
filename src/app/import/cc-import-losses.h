/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* What open questions of a draft cost, and how that is said. */

/* Looks at the map as it is now. plans: (nullable): those of the map, where they are at hand; else
 * they are made, which takes its time. Any thread, while nobody else has inspection and map. */
GPtrArray *cc_import_list_losses (CcImportDraft *draft, GPtrArray *plans);
/* losses: (transfer full): as that function gives them. Main loop. */
void cc_import_set_losses (CcImportDraft *draft, GPtrArray *losses);

/* (transfer full): "62 persons will have no “Sex”: nobody has said what is meant by “M”." */
char *cc_import_describe_loss (CcSession *session, const CcImportLoss *loss);
/* (transfer full) (nullable): the same of the one that costs most; NULL where nothing is lost. */
char *cc_import_describe_largest (CcImportDraft *draft);
/* (transfer full) (nullable): what a person is to be asked before the questions are left open;
 * NULL where too little is lost, or they said so already. */
char *cc_import_ask_losses (CcImportDraft *draft);
/* A person said that they are to stay open. */
void cc_import_leave_open (CcImportDraft *draft);

G_END_DECLS
