/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_USER_PAGE (cc_user_page_get_type ())
G_DECLARE_FINAL_TYPE (CcUserPage, cc_user_page, CC, USER_PAGE, AdwBin)

/* Asks who works in a file that was just opened. Signals "ready", when the names of the file are
 * read and the page may be shown, and "chosen", when the session is signed.
 * Actions: user.continue, user.continue-without. */

/* session: (nullable): NULL lets go of the file. */
void       cc_user_page_set_session (CcUserPage *self, CcSession *session);
CcSession *cc_user_page_get_session (CcUserPage *self);

/* Where the keys should go: to the button when a name is marked, else to the entry. */
void cc_user_page_focus (CcUserPage *self);

G_END_DECLS
