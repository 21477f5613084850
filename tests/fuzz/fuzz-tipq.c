/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <cc/stats/cc-questionnaire.h>

#include <string.h>

/* Questionnaire definitions, which users edit by hand and pass around: they are loaded with all
 * their conditions and rules, or refused with a reason. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static CcPack *pack;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (pack == NULL)
    pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  questionnaire = cc_questionnaire_load_text (pack, "fuzz.tipq", text, &error);
  g_assert_true ((questionnaire == NULL) == (error != NULL));
  if (questionnaire != NULL)
    for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
      g_assert_nonnull (
          cc_questionnaire_get_table_title (questionnaire,
                                            cc_questionnaire_get_table (questionnaire, i), "fr"));
  return 0;
}
