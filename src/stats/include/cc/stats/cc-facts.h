/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* The counting cache person_fact: one narrow row per live cluster, derived from its records by the
 * selection rules of the contract. Whoever opens a case file for writing attaches it, so that each
 * act leaves the cache right within its own transaction. */
gboolean cc_facts_attach (CcCaseFile *file, GError **error);
gboolean cc_facts_rebuild (CcCaseFile *file, GCancellable *cancellable, GError **error);

/* Derives everything anew without writing and compares, the folded forms of identifiers too. FALSE
 * with CC_ERROR_DAMAGED names the first cluster or record that differs. */
gboolean cc_facts_verify (CcCaseFile *file, GCancellable *cancellable, GError **error);

/* The same for a file that may not have been opened for writing by this version of the program yet:
 * figures that are not those of this version are nobody's fault. left_out: (out): NULL, or a
 * sentence that says what was not compared, and when it will be. */
gboolean    cc_facts_examine (CcCaseFile   *file,
                              GCancellable *cancellable,
                              const char  **left_out,
                              GError      **error);
const char *cc_facts_advise (gboolean proven);

G_END_DECLS
