/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-secret.h>
#include <cc/store/cc-backup.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What the preferences do with backups, in threads. */

/* What stands on the page. */
typedef struct
{
  char         *folder;
  gboolean      usual;   /* nobody chose another folder */
  GPtrArray    *backups; /* CcBackup*: of the open file, newest first */
  CcLastBackup *last;    /* NULL: none was made, or no file is open */
  gboolean      gone;    /* the last one does not lie any more where it was written */
  CcBackupRule  rule;    /* of the open file; else the usual one */
  char         *problem; /* why the folder cannot be read; NULL otherwise */
} CcBackupsState;

void cc_backups_state_free (CcBackupsState *self);

/* session: (nullable) */
void            cc_backups_load_async (CcSession          *session,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
CcBackupsState *cc_backups_load_finish (GAsyncResult *result, GError **error);

/* For cc_session_act_async (); rule: a CcBackupRule. */
gboolean cc_backups_set_rule (CcAct *act, gpointer rule, GError **error);

/* Functions for cc_job_run_async (). */

/* data: a CcSession. Result: the path. */
gpointer cc_backups_make (CcProgress *progress, gpointer data, GError **error);

typedef struct
{
  CcSession *session;
  CcSecret  *old;
  CcSecret  *passphrase;
} CcRekeyRequest;

/* Result: the path of the backup from before. */
gpointer cc_backups_rekey (CcProgress *progress, gpointer data, GError **error);
void     cc_rekey_request_free (CcRekeyRequest *self);

typedef struct
{
  CcSession *session; /* of the file whose backup it is */
  char      *backup;
  char      *name; /* wanted, as people see it */
  CcSecret  *passphrase;
} CcRestoreRequest;

/* Result: the path of the new file in the library. */
gpointer cc_backups_restore (CcProgress *progress, gpointer data, GError **error);
void     cc_restore_request_free (CcRestoreRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBackupsState, cc_backups_state_free)

G_END_DECLS
