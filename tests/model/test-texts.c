/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/model/cc-pack.h>
#include <cc/model/cc-texts.h>

#include <glib/gstdio.h>
#include <string.h>

static void
test_numbers_and_dates (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  const struct
  {
    const char *language;
    const char *number;
    const char *date;
  } cases[] = {
    { "en", "1,234,567.5", "2 March 2024" },
    { "fr", "1\342\200\257234\342\200\257567,5", "2 mars 2024" },
    { "pt", "1\302\240234\302\240567,5", "2 de março de 2024" },
    { "es", "1.234.567,5", "2 de marzo de 2024" },
    { "ar", "1,234,567.5", "2 مارس 2024" },
    { "sw", "1,234,567.5", "2 Machi 2024" },
  };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = cc_texts_number (texts, cases[i].language, 1234567.5, 1);
      g_autofree char *date =
          cc_texts_date (texts, cases[i].language, cc_day_from_ymd (2024, 3, 2));
      g_autofree char *small = cc_texts_number (texts, cases[i].language, -12, 0);

      g_assert_cmpstr (number, ==, cases[i].number);
      g_assert_cmpstr (date, ==, cases[i].date);
      g_assert_cmpstr (small, ==, "-12");
    }
}

static void
write_texts (const char *directory, const char *body)
{
  g_autofree char *path = g_build_filename (directory, "t.csv", NULL);
  g_autofree char *text = g_strconcat ("key,en,fr,pt,es,ar,sw\n", body, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_plural_forms_and_placeholders (void)
{
  g_autofree char *directory = g_dir_make_tmp ("cc-texts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "t.csv", NULL);
  g_autoptr (CcTexts) texts = NULL;
  g_autofree char *one = NULL;
  g_autofree char *many = NULL;
  g_autofree char *dual = NULL;
  g_autofree char *none = NULL;

  write_texts (directory, "n.rows,{count} rows of {file},{count} lignes de {file},{count} {file},"
                          "{count} {file},{count} {file},{count} {file}\n"
                          "n.rows|one,one row of {file},une ligne de {file},{file},{file},{file},"
                          "{file}\n"
                          "n.rows|two,-,-,-,-,صفان من {file},-\n");
  texts = cc_texts_load (directory, NULL);
  g_assert_nonnull (texts);
  one = cc_texts_format_count (texts, "n.rows", "en", 1, "file", "a.csv", NULL);
  many = cc_texts_format_count (texts, "n.rows", "en", 1200, "file", "a.csv", NULL);
  dual = cc_texts_format_count (texts, "n.rows", "ar", 2, "file", "a", NULL);
  none = cc_texts_format_count (texts, "n.rows", "fr", 0, "file", "a", NULL);
  g_assert_cmpstr (one, ==, "one row of a.csv");
  g_assert_nonnull (strstr (many, "rows of a.csv"));
  g_assert_cmpstr (dual, ==, "صفان من a");
  g_assert_cmpstr (none, ==, "une ligne de a");
  g_unlink (path);
  g_rmdir (directory);
}

/* A sentence whose key and figures come from elsewhere. */
static void
test_fill (void)
{
  g_autofree char *directory = g_dir_make_tmp ("cc-texts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "t.csv", NULL);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CcTexts) texts = NULL;
  g_autofree char *french = NULL;
  g_autofree char *other = NULL;
  g_auto (GStrv) keys = NULL;
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) none = NULL;

  write_texts (directory, "b,{n} of {all} ({n}),{n} sur {all} ({n}),{all} {n},{n}{all},{n}{all},"
                          "{n}{all}\nb|one,x,x,x,x,x,x\na,x,x,x,x,x,x\n");
  texts = cc_texts_load (directory, NULL);
  g_assert_nonnull (texts);
  keys = cc_texts_list_keys (texts);
  g_assert_cmpuint (g_strv_length (keys), ==, 2);
  g_assert_cmpstr (keys[0], ==, "a");
  g_assert_cmpstr (keys[1], ==, "b");
  names = cc_texts_list_placeholders (texts, "b");
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "all");
  g_assert_cmpstr (names[1], ==, "n");
  none = cc_texts_list_placeholders (texts, "c");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_hash_table_insert (values, (gpointer) "n", (gpointer) "3");
  g_hash_table_insert (values, (gpointer) "other", (gpointer) "4");
  french = cc_texts_fill (texts, "b", "fr", values);
  other = cc_texts_fill (texts, "c", "fr", values);
  g_assert_cmpstr (french, ==, "3 sur {all} (3)");
  g_assert_cmpstr (other, ==, "c");
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_bad_tables_are_refused (void)
{
  const char *const bodies[] = { "k,{a},{b},{a},{a},{a},{a}\n", "k,a,,c,d,e,f\n",
                                 "k,a,b,c,d,e,f\nk,a,b,c,d,e,f\n" };
  g_autofree char  *directory = g_dir_make_tmp ("cc-texts-XXXXXX", NULL);
  g_autofree char  *path = g_build_filename (directory, "t.csv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      write_texts (directory, bodies[i]);
      g_assert_null (cc_texts_load (directory, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "t.csv, line"));
    }
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_direction (void)
{
  g_assert_true (cc_texts_is_rtl ("ar"));
  g_assert_false (cc_texts_is_rtl ("fr"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/texts/numbers-and-dates", test_numbers_and_dates);
  g_test_add_func ("/model/texts/plurals", test_plural_forms_and_placeholders);
  g_test_add_func ("/model/texts/fill", test_fill);
  g_test_add_func ("/model/texts/bad-tables", test_bad_tables_are_refused);
  g_test_add_func ("/model/texts/direction", test_direction);
  return g_test_run ();
}
