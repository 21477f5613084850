/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folder that holds classification/, questionnaires/, texts/ ...: the one named by
 * CASECOUNT_DATA_DIR (tests, running from the build folder), else the installed one. */
char *cc_data_dir (void);
char *cc_data_dir_build (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
