/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-results.h"

#include <glib/gstdio.h>

static CcPack  *pack;
static CcTexts *texts;

static void
test_write (void)
{
  static const char *const languages[] = { "en", "fr", "ar" };
  const char              *kept = g_getenv ("CASECOUNT_KEEP_DIR");
  g_autofree char         *folder =
      kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("casecount-report-XXXXXX", NULL);
  g_autoptr (CcQuestionnaire) questionnaire = fake_questionnaire (pack);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CcReportContent) content = fake_content (questionnaire, texts, languages[i]);
      g_autofree char *name = g_strdup_printf ("fake-%s.xlsx", languages[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      content->practice = i > 0;
      g_assert_true (cc_report_write_book (content, path, NULL, &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  g_assert_nonnull (pack);
  g_assert_nonnull (texts);
  g_test_add_func ("/report/workbook/write", test_write);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
