/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_PERSON_VIEW (cc_person_view_get_type ())
G_DECLARE_FINAL_TYPE (CcPersonView, cc_person_view, CC, PERSON_VIEW, AdwBin)

/* One person (or case): all records beside each other, which value counts and why, and how the
 * records came together. */
void cc_person_view_load (CcPersonView *self, CcSession *session, gint64 cluster);
void cc_person_view_refresh (CcPersonView *self);

/* Says that the record of a column belongs to another person. */
void cc_person_view_split (CcPersonView *self, guint column);

/* Lets the value of one record count; record 0: what the rule says. field: its place in the view.
 */
void cc_person_view_choose (CcPersonView *self, guint field, gint64 record);

G_END_DECLS
