/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Normal forms of personal names by the pack's versioned tables (particles, Arabic letters to a
 * Latin skeleton, spelling variants). Every result carries the table's version; forms of different
 * versions must not be compared. */
int      cc_names_get_version (CcPack *pack);
char   **cc_names_tokenise (CcPack *pack, const char *name);
char    *cc_names_to_latin (CcPack *pack, const char *text);
char    *cc_names_skeleton (CcPack *pack, const char *token);
GArray  *cc_names_variant_groups (CcPack *pack, const char *token);
gboolean cc_names_is_placeholder (CcPack *pack, const char *name);

G_END_DECLS
