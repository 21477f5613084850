/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_HAT_ROW (cc_hat_row_get_type ())
G_DECLARE_FINAL_TYPE (CcHatRow, cc_hat_row, CC, HAT_ROW, AdwEntryRow)

/* Asks what somebody works as (cc/store/cc-user.h): in own words, or by a suggestion from the menu
 * at the end of the row. It is no list to choose from: offices divide their work in ways of their
 * own. Actions: hat.take (s), a suggestion. */

/* known: (nullable) (element-type utf8): what stands in the file already, before the program's own
 *   suggestions */
void cc_hat_row_set_known (CcHatRow *self, const GPtrArray *known);

/* Returns: (transfer full): without blanks around it; "" for nothing */
char *cc_hat_row_dup_hat (CcHatRow *self);

G_END_DECLS
