/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-case-draft.h"
#include "cc-session.h"

G_BEGIN_DECLS

/* The answers of a draft that no longer count, each with a button that brings it back. draft is
 * borrowed. */
GtkWidget *cc_set_aside_list_new (CcSession *session, CcCaseDraft *draft);

G_END_DECLS
