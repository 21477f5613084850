/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CC_TYPE_CHOICE (cc_choice_get_type ())
G_DECLARE_FINAL_TYPE (CcChoice, cc_choice, CC, CHOICE, GObject)

/* One line of a list to choose from: a code or an agency. id is compared, never looked into. */
CcChoice     *cc_choice_new (gconstpointer id, const char *label, const char *detail, guint depth);
gconstpointer cc_choice_get_id (CcChoice *self);
const char   *cc_choice_get_label (CcChoice *self);
const char   *cc_choice_get_detail (CcChoice *self);
guint         cc_choice_get_depth (CcChoice *self);

G_END_DECLS
