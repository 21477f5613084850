/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of the program on this computer. Nothing personal stands in them. Returns: (transfer
 * none) (nullable): NULL where the schema is not installed; then defaults hold. */
GSettings *cc_settings_get (void);

/* The language of data labels that was chosen; NULL: that of the window. */
const char *cc_settings_get_data_language (GSettings *settings);

/* Minutes without use until case files are locked; 0: never. */
int cc_settings_get_lock_minutes (GSettings *settings);

G_END_DECLS
