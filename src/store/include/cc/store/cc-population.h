/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* (transfer full) (element-type CcPopulation): the rows of such a table, for
 * cc_act_set_population (); NULL with an error that names the line. */
GPtrArray *cc_population_load (const char *path, GError **error);

/* Inhabitants by year, sex and age class: the denominators of rates. */
gboolean cc_population_import (CcCaseFile *file, const char *path, gint64 *n_rows, GError **error);

G_END_DECLS
