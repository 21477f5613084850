/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session-work.h"

#include <cc/stats/cc-questionnaire.h>
#include <cc/store/cc-release.h>

G_BEGIN_DECLS

/* The questionnaires there are, and what was handed in: what the first view of the page shows. */
typedef struct
{
  GPtrArray *entries;     /* CcQuestionnaireEntry * */
  GPtrArray *releases;    /* CcRelease *, the newest first */
  int        newest_year; /* of the data, 0 where there is none */
  char      *folder;      /* of the user's own questionnaires */
  char      *head;        /* see cc_release_find_head (): figures may have changed with it */
} CcQuestionnaireShelf;

/* A CcReadFunc; the result is a CcQuestionnaireShelf. */
gpointer cc_questionnaire_shelf_load (CcSession    *session,
                                      CcConnection *connection,
                                      gpointer      data,
                                      GCancellable *cancellable,
                                      GError      **error);
void     cc_questionnaire_shelf_free (CcQuestionnaireShelf *self);
char    *cc_questionnaire_shelf_get_folder (void);

const CcRelease *cc_questionnaire_shelf_find_last (const CcQuestionnaireShelf *self,
                                                   const char                 *questionnaire);

/* Sentences of the first view; all transfer full. */
char *cc_questionnaire_shelf_describe_entry (const CcQuestionnaireShelf *self,
                                             const CcQuestionnaireEntry *entry,
                                             CcSession                  *session);
char *cc_questionnaire_shelf_title_entry (const CcQuestionnaireEntry *entry, CcSession *session);
char *cc_release_describe_periods (const CcRelease *release);
char *cc_release_describe (const CcRelease *release, CcSession *session);
char *cc_release_describe_checks (const CcRelease *release);
const char *cc_audience_describe (const char *audience);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcQuestionnaireShelf, cc_questionnaire_shelf_free)

G_END_DECLS
