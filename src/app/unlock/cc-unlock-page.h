/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_UNLOCK_PAGE (cc_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (CcUnlockPage, cc_unlock_page, CC, UNLOCK_PAGE, AdwBin)

/* Asks for the passphrase of a case file, opens it off the main loop, and asks who works in it.
 * Signal "unlocked" (gpointer CcSession, borrowed).
 * Actions: unlock.open, unlock.open-read-only, unlock.repair,
 * unlock.cancel. */

/* Data of the GFile: damage was met while it was open. The page then says so and offers repair,
 * whether or not the file still opens. */
#define CC_UNLOCK_DAMAGED "cc-unlock-damaged"

void cc_unlock_page_set_file (CcUnlockPage *self, GFile *file);
void cc_unlock_page_take_session (CcUnlockPage *self, CcSession *session);
void cc_unlock_page_let_go (CcUnlockPage *self);
void cc_unlock_page_set_notice (CcUnlockPage *self, const char *notice);
void cc_unlock_page_popup_menu (CcUnlockPage *self);

G_END_DECLS
