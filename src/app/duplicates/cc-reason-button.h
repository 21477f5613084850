/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_REASON_BUTTON (cc_reason_button_get_type ())
G_DECLARE_FINAL_TYPE (CcReasonButton, cc_reason_button, CC, REASON_BUTTON, AdwBin)

/* Why the next decision is made: a reason of the list, a note, or both. */

/* Returns: (transfer full) (nullable): as it is stored */
char *cc_reason_button_dup_reason (CcReasonButton *self);
void  cc_reason_button_clear (CcReasonButton *self);

/* index: from 0 */
void cc_reason_button_choose (CcReasonButton *self, guint index);
void cc_reason_button_write_note (CcReasonButton *self);

G_END_DECLS
