/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_RETURN_DIALOG (cc_return_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CcReturnDialog, cc_return_dialog, CC, RETURN_DIALOG, AdwWindow)

/* Asks for a year and either how often an agency reports in it, or one period of it. Signal
 * "chosen": the answer can be read; the dialog closes afterwards. */
CcReturnDialog *
cc_return_dialog_new_expect (GtkWidget *near, CcSession *session, const char *agency);
CcReturnDialog *cc_return_dialog_new_nil (GtkWidget *near, CcSession *session, const char *agency);

/* Element-type CcInterval, transfer full: all periods of the year, or the one. */
GArray  *cc_return_dialog_get_periods (CcReturnDialog *self);
gboolean cc_return_dialog_is_for_all (CcReturnDialog *self);

G_END_DECLS
