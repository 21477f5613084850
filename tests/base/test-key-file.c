/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>

#include <string.h>

static const char sample[] = "# comment\n"
                             "[table Q1]\n"
                             "title=Offences\n"
                             "title[fr]=Infractions\n"
                             "where=sex = F and age-class = adult\n"
                             "\n"
                             "[sheet victims]\n"
                             "tables= Q7; Q8 ;;\n";

static void
test_reads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcKeyFile) file = cc_key_file_load_text ("x.tipq", sample, &error);
  g_auto (GStrv) list = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (cc_key_file_get_n_groups (file), ==, 2);
  g_assert_cmpstr (cc_key_file_get_group (file, 1), ==, "sheet victims");
  g_assert_cmpstr (cc_key_file_get (file, "table Q1", "where"), ==,
                   "sex = F and age-class = adult");
  g_assert_cmpstr (cc_key_file_get_localised (file, "table Q1", "title", "fr"), ==, "Infractions");
  g_assert_cmpstr (cc_key_file_get_localised (file, "table Q1", "title", "sw"), ==, "Offences");
  g_assert_cmpuint (cc_key_file_get_line (file, "table Q1", "where"), ==, 5);
  g_assert_cmpuint (cc_key_file_get_line (file, "sheet victims", NULL), ==, 7);
  list = cc_key_file_get_list (file, "sheet victims", "tables");
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_cmpstr (list[1], ==, "Q8");
  g_assert_null (cc_key_file_get (file, "table Q9", "title"));
}

static void
test_errors_name_the_line (void)
{
  const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "[a]\nk=1\nk=2\n", "line 3" }, { "[a]\n[b]\n[a]\n", "line 3" }, { "k=1\n", "line 1" },
    { "[a]\nno sign\n", "line 2" },  { "[a]\nk=\377\n", "line 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cc_key_file_load_text ("x.tipq", cases[i].text, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_written_text_reads_back (void)
{
  g_autoptr (CcKeyFile) file = cc_key_file_load_text ("x", sample, NULL);
  g_autofree char *text = NULL;
  g_autofree char *again_text = NULL;
  g_autoptr (CcKeyFile) again = NULL;

  cc_key_file_set (file, "table Q1", "title", "Cases");
  cc_key_file_set (file, "new", "key", "value");
  text = cc_key_file_to_text (file);
  again = cc_key_file_load_text ("x", text, NULL);
  g_assert_nonnull (again);
  again_text = cc_key_file_to_text (again);
  g_assert_cmpstr (text, ==, again_text);
  g_assert_cmpstr (cc_key_file_get (again, "table Q1", "title"), ==, "Cases");
  g_assert_cmpstr (cc_key_file_get (again, "new", "key"), ==, "value");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/key-file/reads", test_reads);
  g_test_add_func ("/base/key-file/errors-name-the-line", test_errors_name_the_line);
  g_test_add_func ("/base/key-file/reads-back", test_written_text_reads_back);
  return g_test_run ();
}
