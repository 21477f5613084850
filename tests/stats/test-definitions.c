/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>
#include <cc/stats/cc-questionnaire.h>

#include <glib/gstdio.h>
#include <string.h>

static CcPack *pack;

#define HEAD  "[questionnaire]\nid=x\naxes=axes.tipq\nparams=counted-status\n"
#define SHEET "[sheet a]\ntables=T\n"

static void
test_shipped (gconstpointer data)
{
  const char *id = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = cc_questionnaire_find (pack, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (cc_questionnaire_get_id (questionnaire), ==, id);
  g_assert_cmpuint (cc_questionnaire_get_n_tables (questionnaire), >, 0);
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      const char *language = cc_pack_languages[i];

      for (guint j = 0; j < cc_questionnaire_get_n_tables (questionnaire); j++)
        {
          const CcTableDefinition *table = cc_questionnaire_get_table (questionnaire, j);
          g_autofree char         *key = g_strdup_printf ("title[%s]", language);

          g_assert_nonnull (
              cc_questionnaire_get_text (questionnaire, table->group, i ? key : "title", "en"));
        }
      g_assert_cmpstr (cc_questionnaire_get_axis_label (questionnaire, "sexage7", language), !=,
                       "sexage7");
    }
}

static void
test_stand_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (pack, "ecowas-tip", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (cc_questionnaire_is_stand_in (questionnaire));
  g_assert_cmpstr (cc_questionnaire_get_sheet (questionnaire, 0)->id, ==, "cover");
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      g_autofree char *key = g_strdup_printf ("statement[%s]", cc_pack_languages[i]);

      g_assert_nonnull (
          cc_questionnaire_get_text (questionnaire, "questionnaire", i ? key : "statement", "en"));
    }
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cc_questionnaire_list (pack, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, >=, 3);
  for (guint i = 0; i < entries->len; i++)
    {
      CcQuestionnaireEntry *entry = entries->pdata[i];

      for (guint j = 0; j < entry->problems->len; j++)
        g_test_message ("%s", ((CcDefinitionProblem *) entry->problems->pdata[j])->message);
      g_assert_nonnull (entry->questionnaire);
    }
}

typedef struct
{
  const char *name;
  const char *text;
  const char *begins; /* of the message */
  const char *names;  /* stands in it */
} Bad;

static const Bad bad[] = {
  { "unknown-field",
    HEAD SHEET
    "[table T]\ncount=victims\nwhere=sax = F\ndate=detected-on\nrows=sexage7\ncols=period-year\n",
    "x.tipq, line 9:", "“sex”" },
  { "unknown-axis",
    HEAD SHEET "[table T]\ncount=victims\ndate=detected-on\nrows=sexage8\ncols=period-year\n",
    "x.tipq, line 10:", "“sexage" },
  { "unknown-date",
    HEAD SHEET "[table T]\ncount=victims\ndate=detectedon\nrows=sexage7\ncols=period-year\n",
    "x.tipq, line 9:", "detected-on" },
  { "not-a-date", HEAD SHEET "[table T]\ncount=victims\ndate=sex\nrows=sexage7\ncols=period-year\n",
    "x.tipq, line 9:", "holds no date" },
  { "unknown-value",
    HEAD SHEET "[table T]\ncount=victims\nwhere=status = identifyed\nrows=sexage7\n",
    "x.tipq, line 9:", "“identified”" },
  { "unknown-parameter",
    HEAD SHEET "[table T]\ncount=victims\nwhere=status in $counted\nrows=sexage7\n",
    "x.tipq, line 9:", "$counted" },
  { "no-otherwise", HEAD "[axis a]\nof=victim\nadditive=true\nlabel.m=M\nwhen.m=sex = M\n",
    "x.tipq, line 7:", "otherwise" },
  { "otherwise-early", HEAD "[axis a]\nof=victim\nwhen.m=otherwise\nwhen.f=sex = F\n",
    "x.tipq, line 7:", "last category" },
  { "each-additive", HEAD "[axis a]\nof=victim\nmode=each\nadditive=true\nwhen.m=otherwise\n",
    "x.tipq, line 8:", "cannot be additive" },
  { "wrong-record",
    HEAD SHEET "[table T]\ncount=events\ndate=recorded-on\nrows=sexage7\ncols=period-year\n",
    "x.tipq, line 10:", "“event”" },
  { "no-sheet", HEAD "[table T]\ncount=victims\nrows=sexage7\n", "x.tipq, line 5:", "no sheet" },
  { "two-sheets", HEAD SHEET "[sheet b]\ntables=T\n[table T]\ncount=victims\nrows=sexage7\n",
    "x.tipq, line 8:", "twice" },
  { "double-id", HEAD SHEET "[table T]\ncount=victims\n[table T]\ncount=perps\n",
    "x.tipq, line 9:", "twice" },
  { "sheet-without-table", HEAD "[sheet a]\ntables=T\n", "x.tipq, line 6:", "does not exist" },
  { "unreachable", HEAD "[axis a]\nof=victim\nwhen.a=sex in (F, M)\nwhen.b=sex = F\n",
    "x.tipq, line 8:", "never reached" },
  { "impossible", HEAD "[axis a]\nof=victim\nwhen.a=sex = F and sex = M\n",
    "x.tipq, line 7:", "never reached" },
  { "same-condition",
    HEAD "[axis a]\nof=victim\nwhen.a=form under sexual\nwhen.b=form under sexual\n",
    "x.tipq, line 8:", "never reached" },
  { "rule-table",
    HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\n[check k]\nrule=T.sum = Q.total\n",
    "x.tipq, line 11:", "“Q”" },
  { "rule-syntax",
    HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\n[check k]\nrule=T.summ = T.total\n",
    "x.tipq, line 11:", "T.summ" },
  { "rule-text",
    HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\n[check k]\nrule=T.sum = T.total\n"
               "text=stats.check.sex-age-mising\n",
    "x.tipq, line 12:", "“stats.check.sex-age-missing”" },
  { "rule-text-unknown",
    HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\n[check k]\nrule=T.sum = T.total\ntext=\n",
    "x.tipq, line 12:", "there is no text “”" },
  { "rule-text-names",
    HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\n[check k]\nrule=T.sum = T.total\n"
               "text=report.interval\n",
    "x.tipq, line 12:", "{first}" },
  { "unknown-key", HEAD SHEET "[table T]\ncount=victims\nwheer=any\nrows=sexage7\n",
    "x.tipq, line 9:", "“where”" },
  { "unknown-group", HEAD "[tabel T]\ncount=victims\n", "x.tipq, line 5:", "[tabel T]" },
  { "unknown-count", HEAD SHEET "[table T]\ncount=victim\nrows=sexage7\n",
    "x.tipq, line 8:", "victims" },
  { "syntax", HEAD SHEET "[table T]\ncount=victims\nwhere=sex = F and\nrows=sexage7\n",
    "x.tipq, line 9:", "a field name" },
  { "quotation", HEAD SHEET "[table T]\ncount=victims\nwhere=sex = 'F\nrows=sexage7\n",
    "x.tipq, line 9:", "does not close" },
  { "size-of-code", HEAD SHEET "[table T]\ncount=victims\nwhere=sex < F\nrows=sexage7\n",
    "x.tipq, line 9:", "not by size" },
  { "date-as-text",
    HEAD SHEET "[table T]\ncount=victims\nwhere=detected-on > spring\nrows=sexage7\n",
    "x.tipq, line 9:", "spring" },
  { "at-field", HEAD SHEET "[table T]\ncount=victims\nrows=country-list@origin-contry\n",
    "x.tipq, line 9:", "origin-country" },
  { "at-other-list", HEAD SHEET "[table T]\ncount=victims\nrows=country-list@sex\n",
    "x.tipq, line 9:", "other codes" },
  { "at-nothing", HEAD SHEET "[table T]\ncount=victims\nrows=sexage7@sex\n",
    "x.tipq, line 9:", "no field=" },
  { "two-periods",
    HEAD SHEET "[table T]\ncount=victims\ndate=detected-on\nrows=period-year\ncols=period-year\n",
    "x.tipq, line 11:", "the period stands" },
  { "no-date", HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\ncols=period-year\n",
    "x.tipq, line 7:", "no date=" },
  { "axis-file", "[questionnaire]\nid=x\naxes=no-such.tipq\n", "x.tipq, line 3:", "no-such.tipq" },
  { "axis-path", "[questionnaire]\nid=x\naxes=../x.tipq\n", "x.tipq, line 3:", "../x.tipq" },
  { "parent", "[questionnaire]\nid=x\nextends=nobody\n", "x.tipq, line 3:", "nobody" },
  { "rollup", "[questionnaire]\nid=x\nrollup=unodcc\n", "x.tipq, line 3:", "“unodc”" },
  { "rate", HEAD SHEET "[table T]\ncount=victims\nrows=sexage7\nmeasure=rate\n",
    "x.tipq, line 10:", "denominator" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *item = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_load_text (pack, "x.tipq", item->text, &error);

  g_assert_null (questionnaire);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, item->begins));
  g_assert_nonnull (strstr (error->message, item->names));
}

/* A child replaces keys one by one, adds groups and drops tables together with their rules. */
static void
test_extends (void)
{
  static const char text[] = "[questionnaire]\nid=child\nextends=unodc-glotip\nyears=2\n"
                             "[table Q7]\nrows=sexage4\n[table Q9]\ndrop=yes\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) child = cc_questionnaire_load_text (pack, "child.tipq", text, &error);
  const CcTableDefinition *table;

  g_assert_no_error (error);
  g_assert_cmpint (cc_questionnaire_get_n_years (child), ==, 2);
  table = cc_questionnaire_find_table (child, "Q7");
  g_assert_cmpstr (table->rows, ==, "sexage4");
  g_assert_cmpstr (table->where, ==, "status in $counted-status");
  g_assert_cmpstr (cc_questionnaire_get_table_title (child, table, "fr"), ==, "Victimes détectées");
  g_assert_null (cc_questionnaire_find_table (child, "Q9"));
  for (guint i = 0; i < cc_questionnaire_get_n_checks (child); i++)
    g_assert_cmpstr (cc_questionnaire_get_check (child, i)->id, !=, "K2");
  g_assert_cmpstr (cc_questionnaire_get_checksum (child), !=, NULL);
}

static void
test_all_problems (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *directory = g_dir_make_tmp ("cc-stats-XXXXXX", &error);
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  path = g_build_filename (directory, "p.tipq", NULL);
  g_file_set_contents (path,
                       HEAD "[sheet a]\ntables=T;U\n"
                            "[table T]\ncount=victims\nwhere=sax = F\nrows=sexage8\n",
                       -1, &error);
  g_assert_no_error (error);
  problems = cc_questionnaire_check (pack, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpuint (((CcDefinitionProblem *) problems->pdata[0])->line, ==, 6);
  g_assert_cmpuint (((CcDefinitionProblem *) problems->pdata[1])->line, ==, 9);
  g_assert_cmpuint (((CcDefinitionProblem *) problems->pdata[2])->line, ==, 10);
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_ad_hoc (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) table =
      cc_questionnaire_new_table (pack, "victims", "form3|sex4", "period-year;age2",
                                  "status = identified", "detected-on", &error);
  g_auto (GStrv) axes = NULL;

  g_assert_no_error (error);
  axes = cc_questionnaire_list_axes (table, CC_COUNT_EVENTS);
  g_assert_true (g_strv_contains ((const char *const *) axes, "scope3"));
  g_assert_false (g_strv_contains ((const char *const *) axes, "sexage7"));
  g_assert_null (cc_questionnaire_new_table (pack, "victims", "sexage7", "period-year",
                                             "any\n[table U]", "detected-on", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  static const char *const shipped[] = { "unodc-glotip", "sdg-16-2-2", "ecowas-tip" };
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *name = g_strconcat ("/stats/definitions/shipped/", shipped[i], NULL);

      g_test_add_data_func (name, shipped[i], test_shipped);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strconcat ("/stats/definitions/bad/", bad[i].name, NULL);

      g_test_add_data_func (name, &bad[i], test_bad);
    }
  g_test_add_func ("/stats/definitions/stand-in", test_stand_in);
  g_test_add_func ("/stats/definitions/list", test_list);
  g_test_add_func ("/stats/definitions/extends", test_extends);
  g_test_add_func ("/stats/definitions/all-problems", test_all_problems);
  g_test_add_func ("/stats/definitions/ad-hoc", test_ad_hoc);
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
