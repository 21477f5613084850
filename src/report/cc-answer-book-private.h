/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-report-private.h"

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

struct _CcAnswerBook
{
  gatomicrefcount  ref_count;
  CcReportContent *content;
  char            *heading; /* questionnaire, country, years */
  GPtrArray       *sheets;
  GHashTable      *typed; /* "table\ncell" -> CcAnswerTyped */
};

CcAnswerSheet *cc_answer_sheet_new (const CcReportContent   *content,
                                    const CcSheetDefinition *definition);
const char    *cc_answer_statement (const CcReportContent *content);
void           cc_answer_sheet_free (CcAnswerSheet *self);

G_END_DECLS
