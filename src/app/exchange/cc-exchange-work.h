/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>

G_BEGIN_DECLS

/* Bringing files together, away from the main loop. No widgets here. */

/* Opens both, one after the other with the same passphrase, and says how the second stands to the
 * first. */
gboolean cc_exchange_work_compare (const char *path,
                                   const char *other,
                                   const char *passphrase,
                                   CcKinship  *kinship,
                                   GError    **error);

/* Merges the closed file `other` into an open one. */
gboolean cc_exchange_work_merge (CcCaseFile    *file,
                                 const char    *other,
                                 const char    *passphrase,
                                 CcProgress    *progress,
                                 CcMergeResult *result,
                                 GError       **error);

/* The same where both are closed and have one passphrase. */
gboolean cc_exchange_work_merge_closed (const char    *path,
                                        const char    *other,
                                        const char    *passphrase,
                                        CcProgress    *progress,
                                        CcMergeResult *result,
                                        GError       **error);

/* The same with any file, which is first copied to where it can be opened. */
gboolean cc_exchange_work_merge_outside (CcCaseFile    *file,
                                         GFile         *other,
                                         const char    *passphrase,
                                         CcProgress    *progress,
                                         CcMergeResult *result,
                                         GError       **error);

/* Returns: (transfer full): the path of another copy of the same case file in the library; NULL
 *   where there is none */
char *cc_exchange_work_find_copy (const char *folder, const char *path);

/* Returns: (transfer full): sentences for people */
char *cc_exchange_describe_result (const CcMergeResult *result);
char *cc_exchange_describe_kinship (CcKinship kinship, const char *name);

G_END_DECLS
