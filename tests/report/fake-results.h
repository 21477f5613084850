/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-report-private.h"

/* A questionnaire of a few tables with invented figures that need no case file. */
CcQuestionnaire *fake_questionnaire (CcPack *pack);
CcReportContent *
fake_content (CcQuestionnaire *questionnaire, CcTexts *texts, const char *language);
