/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-pack-install.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What the window of classifications has done in threads, and its sentences. No widgets here. */

typedef struct
{
  CcSession *session;
  char      *folder;
  char      *concordance;
} CcPackRequest;

CcPackRequest      *
cc_pack_request_new (CcSession *session, const char *folder, const char *concordance);
void cc_pack_request_free (CcPackRequest *self);

/* What came of an installation. */
typedef struct
{
  CcPackInstall *install;
  char          *backup; /* path of the one that was made first */
} CcPackOutcome;

void cc_pack_outcome_free (CcPackOutcome *self);

/* Functions for cc_job_run_async (); data: a CcPackRequest. A CcPackPreview and a CcPackOutcome. */
gpointer cc_pack_work_preview (CcProgress *progress, gpointer data, GError **error);
gpointer cc_pack_work_install (CcProgress *progress, gpointer data, GError **error);

/* Returns: (transfer full) (nullable): the concordance that a folder brings along for the pack in
 *   use, "concordance-ID.csv" or "concordance.csv"; reads the folder */
char *cc_pack_find_concordance (CcSession *session, const char *folder);

/* Returns: (transfer full): "Version 2 · ic-tip-2025" */
char *cc_pack_describe_version (CcSession *session, CcPack *pack);

/* Returns: (transfer full): what a change is, and how many records state the code: "Becomes two
 *   codes: BEG1, BEG2 · 12 records" */
char *cc_pack_describe_change (CcSession *session, CcPack *pack, const CcPackChange *change);

/* Returns: (transfer full): the name of what changes, in the language of data labels */
char *cc_pack_describe_old (CcSession *session, const CcPackChange *change);

/* Returns: (transfer full): all changes in one sentence or two */
char *cc_pack_describe_preview (CcSession *session, const CcPackPreview *preview);
char *cc_pack_describe_outcome (CcSession *session, const CcPackOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPackOutcome, cc_pack_outcome_free)

G_END_DECLS
