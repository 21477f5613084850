/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-file-page.h"

G_BEGIN_DECLS

#define CC_TYPE_BACKUPS_PAGE (cc_backups_page_get_type ())
G_DECLARE_FINAL_TYPE (CcBackupsPage, cc_backups_page, CC, BACKUPS_PAGE, CcFilePage)

/* Passphrase and backups of the open case file, and where backups go. session: (nullable): without
 * one only the folder can be chosen. */
void cc_backups_page_set_session (CcBackupsPage *self, CcSession *session);

G_END_DECLS
