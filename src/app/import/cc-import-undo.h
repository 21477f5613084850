/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/store/cc-entity.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Taking a delivery back: what would be other is shown and asked once; done as one act, and offered
 * to be taken back in turn. */
void cc_import_ask_undo (GtkWidget          *near,
                         CcSession          *session,
                         const CcSubmission *submission,
                         const char         *agency);

G_END_DECLS
