/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>
#include <cc/store/cc-user.h>

G_BEGIN_DECLS

/* Bringing files together, away from the main loop. No widgets here. */

/* How a copy stands to a closed case file, and who works in that one. */
typedef struct
{
  CcKinship   kinship;
  CcUserList *users;
} CcExchangeMeeting;

void cc_exchange_meeting_free (CcExchangeMeeting *self);

/* Opens both, one after the other with the same passphrase, and says how the second stands to the
 * first. */
CcExchangeMeeting *cc_exchange_work_compare (const char *path,
                                             const char *other,
                                             const char *passphrase,
                                             GError    **error);

/* Merges the closed file `other` into an open one. */
gboolean cc_exchange_work_merge (CcCaseFile    *file,
                                 const char    *other,
                                 const char    *passphrase,
                                 CcProgress    *progress,
                                 CcMergeResult *result,
                                 GError       **error);

/* The same where both are closed and have one passphrase. name, hat: who does it (cc-user.h). */
gboolean cc_exchange_work_merge_closed (const char    *path,
                                        const char    *other,
                                        const char    *passphrase,
                                        const char    *name,
                                        const char    *hat,
                                        CcProgress    *progress,
                                        CcMergeResult *result,
                                        GError       **error);

/* Merges an open file into a closed one, signed by who works in the open one. */
gboolean cc_exchange_work_merge_open (const char    *path,
                                      const char    *passphrase,
                                      CcCaseFile    *other,
                                      CcProgress    *progress,
                                      CcMergeResult *result,
                                      GError       **error);

/* With any file, which is first copied to where it can be opened: how it stands to an open one, and
 * merging it. Nothing of the copy is left. */
gboolean cc_exchange_work_compare_outside (CcCaseFile *file,
                                           GFile      *other,
                                           const char *passphrase,
                                           CcProgress *progress,
                                           CcKinship  *kinship,
                                           GError    **error);
gboolean cc_exchange_work_merge_outside (CcCaseFile    *file,
                                         GFile         *other,
                                         const char    *passphrase,
                                         CcProgress    *progress,
                                         CcMergeResult *result,
                                         GError       **error);

/* Returns: (transfer full): the paths of the other copies of the same case file in the library,
 *   newest first; NULL where there is none */
GStrv cc_exchange_work_find_copies (const char *folder, const char *path);

/* Returns: (transfer full): sentences for people */
char *cc_exchange_describe_result (const CcMergeResult *result);
char *cc_exchange_describe_kinship (CcKinship kinship, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcExchangeMeeting, cc_exchange_meeting_free)

G_END_DECLS
