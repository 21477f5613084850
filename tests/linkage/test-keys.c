/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/linkage/cc-link-encode.h>
#include <cc/linkage/cc-link-evaluate.h>

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"
#define OTHER  "fedcba9876543210fedcba9876543210"

static CcPack *pack;
static char   *folder;

static CcLinkCsv *
load_plain (const char *csv, const char *schema, const char *truth)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ini = g_test_build_filename (G_TEST_DIST, "linkage", "data", schema, NULL);
  const char      *paths[] = { csv, NULL };
  CcLinkCsv       *result = cc_link_csv_load (pack, paths, ini, truth, &error);

  g_assert_no_error (error);
  return result;
}

static char *
write_keys (const CcLinkCsv *csv, const char *secret, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text =
      cc_link_encode (pack, csv->table, csv->ids, csv->sources, secret, &error);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_no_error (error);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return path;
}

static CcLinkEvaluation
link_and_evaluate (CcLinkTable *table, const guint32 *truth, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  CcLinkParams     params;
  CcLinkEvaluation e;

  cc_link_params_init (&params);
  params.n_threads = 2;
  result = cc_link_engine_run (table, &params, NULL, &error);
  g_assert_no_error (error);
  cc_link_evaluate (table, result, truth, &e);
  g_test_message ("%s: clusters precision %.4f recall %.4f F1 %.4f, pairs at 0.5 F1 %.4f, reach "
                  "%.4f, calibration error %.4f",
                  what, e.clusters.precision, e.clusters.recall, e.clusters.f1, e.pairs50.f1,
                  e.reach, e.calibration_error);
  return e;
}

/* Linked by keys alone: somewhat less is found, and nothing more is joined wrongly. */
static void
test_accuracy (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);
  g_autoptr (CcLinkCsv) csv = load_plain (source, "agency-sim.ini", "entity_id");
  g_autofree char *path = write_keys (csv, SECRET, "keys.csv");
  const char      *paths[] = { path, NULL };
  g_autoptr (CcLinkCsv) keys = NULL;
  CcLinkEvaluation plain = link_and_evaluate (csv->table, csv->truth, "names");
  CcLinkEvaluation encoded;

  g_assert_true (cc_link_is_encoded (path));
  g_assert_false (cc_link_is_encoded (source));
  keys = cc_link_encoded_load (pack, paths, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->ids->len, ==, csv->ids->len);
  encoded = link_and_evaluate (keys->table, csv->truth, "keys");
  g_assert_cmpfloat (encoded.clusters.f1, >=, 0.90);
  g_assert_cmpfloat (encoded.clusters.precision, >=, 0.97);
  g_assert_cmpfloat (encoded.clusters.f1, <=, plain.clusters.f1 + 0.01);
}

/* Neither names nor numbers stand in the file, and the same word has other codes under another
 * secret; what does not fit is refused. */
static void
test_codes (void)
{
  static const char        rows[] = "surname,given_names,birth_place,document_no,phone,birth_date\n"
                                    "Diallo,Aminata,Kolda,AB123456,77123456,1999-05-06\n"
                                    "Diallo,Fatou,Kolda,CD998877,77999888,2001-02-03\n";
  static const char *const hidden[] = { "diallo", "aminata", "fatou", "kolda", "123456", "998877" };
  g_autofree char         *source = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcLinkCsv) csv = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *broken = g_build_filename (folder, "broken.csv", NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;

  g_file_set_contents (source, rows, -1, NULL);
  csv = load_plain (source, "agency-sim.ini", NULL);
  one = write_keys (csv, SECRET, "one.csv");
  two = write_keys (csv, OTHER, "two.csv");
  g_file_get_contents (one, &text, NULL, NULL);
  lower = g_ascii_strdown (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_assert_null (strstr (lower, hidden[i]));
  g_assert_null (strstr (text, SECRET));
  /* The shared surname has one code, the given names two. */
  lines = g_strsplit (text, "\n", -1);
  first = g_strsplit (lines[1], ",", -1);
  second = g_strsplit (lines[2], ",", -1);
  g_assert_cmpint (strncmp (first[5], second[5], 19), ==, 0);
  g_assert_cmpstr (first[5], !=, second[5]);

  {
    const char *both[] = { one, two, NULL };

    g_assert_null (cc_link_encoded_load (pack, both, &error));
    g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
    g_clear_error (&error);
  }
  g_assert_null (cc_link_encode (pack, csv->table, csv->ids, csv->sources, "short", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  /* Cut anywhere, it is refused or read; it never breaks. */
  for (gsize length = 0; length < strlen (text); length += 7)
    {
      const char *paths[] = { broken, NULL };
      g_autoptr (CcLinkCsv) part = NULL;
      g_autoptr (GError) problem = NULL;

      g_file_set_contents (broken, text, (gssize) length, NULL);
      part = cc_link_encoded_load (pack, paths, &problem);
      g_assert_true (part != NULL || problem != NULL);
    }
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  folder = g_dir_make_tmp ("link-keys-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/keys/codes", test_codes);
  g_test_add_func ("/keys/accuracy", test_accuracy);
  result = g_test_run ();
  cc_pack_unref (pack);
  remove_folder ();
  return result;
}
