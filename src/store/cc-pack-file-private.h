/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-act-private.h"

G_BEGIN_DECLS

/* The pack that travels in a case file, as files. */

/* *directory NULL where the file has none: it uses the pack that the program brings. Else a folder
 * of its own, to be removed with cc_pack_file_remove (). */
gboolean cc_pack_file_write_out (CcConnection *connection, char **directory, GError **error);
gboolean cc_pack_file_take_in (CcConnection *connection, const char *directory, GError **error);
char    *cc_pack_file_make_folder (GError **error);
void     cc_pack_file_remove (char *directory);

/* Puts the file's own pack in the place of the one it was opened with. */
gboolean cc_case_file_choose_pack (CcCaseFile *self, CcConnection *connection, GError **error);

G_END_DECLS
