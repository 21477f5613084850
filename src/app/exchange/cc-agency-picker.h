/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_AGENCY_PICKER (cc_agency_picker_get_type ())
G_DECLARE_FINAL_TYPE (CcAgencyPicker, cc_agency_picker, CC, AGENCY_PICKER, AdwPreferencesGroup)

/* All agencies of a case file, or some of them. Signal: changed. */

/* Element-type CcEntity, in the order of the list; borrowed for the call. */
void cc_agency_picker_set_agencies (CcAgencyPicker *self, GPtrArray *entities);

/* Returns: (transfer full) (nullable): the keys of those that are chosen; NULL for all */
GStrv cc_agency_picker_get_keys (CcAgencyPicker *self);

G_END_DECLS
