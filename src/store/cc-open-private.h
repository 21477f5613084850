/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-case-file-private.h"

G_BEGIN_DECLS

/* Each returns FALSE with the reason. size: of the file in bytes. */
gboolean cc_open_refuse_kind (CcCaseFile *self, CcFileKind kind, goffset size, GError **error);
gboolean cc_open_check_name (CcCaseFile *self, GError **error);
gboolean cc_open_check_writable (CcCaseFile *self, GError **error);
gboolean cc_open_check_beside (CcCaseFile *self, CcOpenMode mode, GError **error);

/* Notes the pack in use, in the transaction of whoever calls. */
gboolean cc_open_write_pack_meta (CcCaseFile *self, CcConnection *connection, GError **error);

/* Takes in what a newer edition of the pack added, in one transaction. */
gboolean cc_open_follow_pack (CcCaseFile *self, CcConnection *connection, GError **error);

/* Says why the first read failed; FALSE. passphrase: (nullable): not known. problem: (transfer
 * full) */
gboolean cc_open_report (CcCaseFile *self,
                         const char *passphrase,
                         CcOpenMode  mode,
                         GError     *problem,
                         GError    **error);

G_END_DECLS
