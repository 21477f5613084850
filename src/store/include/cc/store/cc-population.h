/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Inhabitants by year, sex and age class: the denominators of rates. */
gboolean cc_population_import (CcCaseFile *file, const char *path, gint64 *n_rows, GError **error);

G_END_DECLS
