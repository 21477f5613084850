/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/base/cc-day.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_PERIOD_GROUP (cc_import_period_group_get_type ())
G_DECLARE_FINAL_TYPE (CcImportPeriodGroup,
                      cc_import_period_group,
                      CC,
                      IMPORT_PERIOD_GROUP,
                      AdwPreferencesGroup)

/* Asks for the period of a delivery. The signal "chosen" comes when a person changed it. */
/* said: a person chose it; an unknown period that nobody chose is shown as still to be chosen. */
void cc_import_period_group_set (CcImportPeriodGroup *self,
                                 CcSession           *session,
                                 CcInterval           period,
                                 gboolean             said);

/* The same for the time of something else than a file: title of the group, of the first row, and
 * what no period is called. "Choose…" is no choice then. */
void cc_import_period_group_set_words (CcImportPeriodGroup *self,
                                       const char          *title,
                                       const char          *what,
                                       const char          *open);

gboolean cc_import_period_group_is_unset (CcImportPeriodGroup *self);

/* FALSE where nothing is chosen or the days typed are no days. */
gboolean cc_import_period_group_get (CcImportPeriodGroup *self, CcInterval *period);

G_END_DECLS
