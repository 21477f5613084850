/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-backup.h>

#include "start/cc-passphrase.h"

G_BEGIN_DECLS

/* The sentences of backups, without widgets. */

/* Returns: (transfer none): why a backup was made, as it stands under its day. */
const char *cc_backup_describe_reason (CcBackupReason reason);

/* Returns: (transfer full): "Before a large delivery · 12.4 MB · Tested" */
char *cc_backup_describe (const CcBackup *backup);

/* The form for another passphrase, as typed. */
typedef struct
{
  const char *old;
  const char *passphrase;
  const char *again;
  const char *name; /* of the case file: a word that anybody would try first */
  gboolean    practice;
} CcRekeyValues;

/* What follows from it. */
typedef struct
{
  gboolean          complete;
  gboolean          mismatch; /* the second differs from what the first begins with */
  CcPassphraseLevel level;
  const char       *hint; /* what is still missing, in the user's language; "" when complete */
} CcRekeyState;

void cc_rekey_rules_apply (const CcRekeyValues *values, CcRekeyState *state);

G_END_DECLS
