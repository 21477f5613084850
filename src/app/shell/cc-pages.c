/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pages.h"

#include "agencies/cc-agencies-page.h"
#include "cases/cc-cases-page.h"
#include "checks/cc-checks-page.h"
#include "duplicates/cc-duplicates-page.h"
#include "history/cc-history-page.h"
#include "import/cc-import-page.h"
#include "overview/cc-overview-page.h"
#include "questionnaires/cc-questionnaires-page.h"
#include "tables/cc-tables-page.h"

#include <glib/gi18n.h>

static const CcPageInfo pages[] = {
  { "overview", N_ ("Overview"), "casecount-overview-symbolic", cc_overview_page_get_type },
  { "cases", N_ ("Cases"), "casecount-cases-symbolic", cc_cases_page_get_type },
  { "import", N_ ("Import"), "casecount-import-symbolic", cc_import_page_get_type },
  { "duplicates", N_ ("Duplicates"), "casecount-duplicates-symbolic", cc_duplicates_page_get_type },
  { "tables", N_ ("Tables and Charts"), "casecount-chart-symbolic", cc_tables_page_get_type },
  { "questionnaires", N_ ("Questionnaires"), "casecount-questionnaires-symbolic",
    cc_questionnaires_page_get_type },
  { "checks", N_ ("Checks"), "casecount-checks-symbolic", cc_checks_page_get_type },
  { "agencies", N_ ("Agencies"), "casecount-agencies-symbolic", cc_agencies_page_get_type },
  { "history", N_ ("History"), "casecount-history-symbolic", cc_history_page_get_type },
};

guint
cc_pages_get_n (void)
{
  return G_N_ELEMENTS (pages);
}

const CcPageInfo *
cc_pages_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (pages), NULL);
  return &pages[index];
}
