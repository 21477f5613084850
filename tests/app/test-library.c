/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "library/cc-library.h"
#include "start/cc-country-list.h"
#include "start/cc-create-rules.h"
#include "start/cc-library-text.h"
#include "start/cc-passphrase.h"

#include <glib/gstdio.h>
#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>

/* The library and the rules of the start page's forms; no display is needed. */

typedef struct
{
  char *outside;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->outside = g_dir_make_tmp ("casecount-library-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->outside, "library", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->outside);
  g_free (fixture->outside);
  g_free (fixture->folder);
}

static char *
write_case (Fixture *fixture, const char *name)
{
  const CaseParams params = { .n_victims = 2 };
  char            *path = g_build_filename (fixture->outside, name, NULL);

  case_fixture_write (path, &params);
  return path;
}

static char *
add (Fixture *fixture, const char *source, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (source);
  GError *error = NULL;
  char   *path = NULL;

  g_assert_true (cc_library_add (fixture->folder, file, name, NULL, &path, &error));
  g_assert_no_error (error);
  return path;
}

static void
refuse (Fixture *fixture, const char *source, const char *name, CcError reason)
{
  g_autoptr (GFile) file = g_file_new_for_path (source);
  g_autoptr (GError) error = NULL;
  char *path = NULL;

  g_assert_false (cc_library_add (fixture->folder, file, name, NULL, &path, &error));
  g_assert_error (error, CC_ERROR, (int) reason);
  g_assert_null (path);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

static const CcLibraryItem *
get_item (GPtrArray *items, guint index)
{
  return g_ptr_array_index (items, index);
}

static void
assert_same_contents (const char *a, const char *b)
{
  g_autofree char *bytes_a = NULL;
  g_autofree char *bytes_b = NULL;
  gsize            size_a, size_b;

  g_assert_true (g_file_get_contents (a, &bytes_a, &size_a, NULL));
  g_assert_true (g_file_get_contents (b, &bytes_b, &size_b, NULL));
  g_assert_cmpmem (bytes_a, size_a, bytes_b, size_b);
}

/* In, listed with what is known without the passphrase, out again: byte by byte the same. */
static void
test_in_and_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *path = add (fixture, source, "Benin 2025");
  g_autofree char *copy = g_build_filename (fixture->outside, "copy.casecount", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GPtrArray) items = cc_library_list (fixture->folder, NULL);
  GError  *error = NULL;
  GStatBuf info;

  assert_same_contents (source, path);
  g_assert_cmpint (g_stat (fixture->folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (get_item (items, 0)->name, ==, "Benin 2025");
  g_assert_null (get_item (items, 0)->country);
  g_assert_cmpint (get_item (items, 0)->mark, ==, CC_LIBRARY_MARK_UNKNOWN);
  g_assert_cmpint (get_item (items, 0)->size, ==, info.st_size);
  g_assert_false (get_item (items, 0)->in_use);

  g_assert_true (cc_library_note (fixture->folder, path, "BEN", TRUE, &error));
  g_ptr_array_unref (items);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (get_item (items, 0)->country, ==, "BEN");
  g_assert_cmpint (get_item (items, 0)->mark, ==, CC_LIBRARY_MARK_PRACTICE);

  g_assert_true (cc_library_save_copy (path, target, NULL, &error));
  g_assert_no_error (error);
  assert_same_contents (path, copy);
}

/* What stands beside the files tells nothing but countries. */
static void
test_index (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = cc_library_build_path (fixture->folder, "Ama Mensah's count");
  g_autofree char *index = g_build_filename (fixture->folder, "index.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) items = cc_library_list (fixture->folder, NULL);

  g_assert_cmpuint (items->len, ==, 0);
  g_assert_true (cc_library_note (fixture->folder, path, "GHA", FALSE, NULL));
  g_assert_true (g_file_get_contents (index, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "country=GHA"));
  g_assert_null (strstr (text, "Mensah"));
  /* A broken index costs nothing but the names of countries. */
  g_assert_true (g_file_set_contents (index, "\001 no key file", -1, NULL));
  g_ptr_array_unref (items);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_nonnull (items);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *text = g_build_filename (fixture->outside, "table.csv", NULL);
  g_autofree char *absent = g_build_filename (fixture->outside, "absent.casecount", NULL);
  g_autofree char *path = add (fixture, source, "Benin");
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcCaseFile) file = NULL;

  g_assert_true (g_file_set_contents (text, "age;sex\n", -1, NULL));
  refuse (fixture, text, "Table", CC_ERROR_FOREIGN_FORMAT);
  refuse (fixture, absent, "Absent", CC_ERROR_FOREIGN_FORMAT);
  refuse (fixture, source, "Benin", CC_ERROR_EXISTS);
  refuse (fixture, source, "BENIN", CC_ERROR_EXISTS);
  refuse (fixture, source, "a/b", CC_ERROR_USAGE);
  refuse (fixture, source, " ", CC_ERROR_USAGE);
  refuse (fixture, source, ".hidden", CC_ERROR_USAGE);
  /* While somebody writes in it, a copy would be half of one state and half of another. */
  file = cc_case_file_open (source, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, NULL);
  g_assert_nonnull (file);
  refuse (fixture, source, "Open", CC_ERROR_LOCKED);
  g_assert_true (cc_case_file_close (file, NULL));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* A program that ended while writing leaves a log; without it acts would be lost. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *log = g_strconcat (source, "-wal", NULL);
  g_autofree char *path = NULL;
  g_autofree char *log_copy = NULL;
  g_autofree char *out = g_build_filename (fixture->outside, "out.casecount", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (out);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (log, "the newest act", -1, NULL));
  path = add (fixture, source, "Benin");
  log_copy = g_strconcat (path, "-wal", NULL);
  assert_same_contents (log, log_copy);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_true (get_item (items, 0)->unsettled);
  /* Out of the library goes one whole file, so it has to be put in order first. */
  g_assert_false (cc_library_save_copy (path, target, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  /* The log of a file that is gone must not meet a new file of its name. */
  g_assert_cmpint (g_remove (path), ==, 0);
  refuse (fixture, source, "Benin", CC_ERROR_EXISTS);
}

static void
cancel_soon (const CcProgressState *state, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Cancelled: nothing is left, neither under the name nor hidden. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *path = add (fixture, source, "First");
  g_autofree char *out = g_build_filename (fixture->outside, "out.casecount", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (source);
  g_autoptr (GFile) target = g_file_new_for_path (out);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, cancel_soon, cancellable);
  g_autoptr (GError) error = NULL;
  const guint before = count_files (fixture->outside);

  g_cancellable_cancel (cancellable);
  g_assert_false (cc_library_add (fixture->folder, file, "Second", progress, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  g_assert_false (cc_library_save_copy (path, target, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture->outside), ==, before);
}

/* A copy replaces the older one completely, or leaves it. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *path = add (fixture, source, "First");
  g_autofree char *out = g_build_filename (fixture->outside, "out.casecount", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->outside, "no", "out.casecount", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (out);
  g_autoptr (GFile) lost = g_file_new_for_path (nowhere);
  g_autoptr (GFile) itself = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (out, "older", -1, NULL));
  g_assert_true (cc_library_save_copy (path, target, NULL, &error));
  assert_same_contents (path, out);
  g_assert_false (cc_library_save_copy (path, lost, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (cc_library_save_copy (path, itself, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  assert_same_contents (path, source);
}

static void
test_rename_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *first = add (fixture, source, "First");
  g_autofree char *second = add (fixture, source, "Second");
  g_autofree char *renamed = NULL;
  g_autofree char *backups = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *place = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cc_library_note (fixture->folder, first, "TGO", FALSE, NULL));
  g_assert_false (cc_library_rename (fixture->folder, first, "second", NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (cc_library_rename (fixture->folder, first, "Third", &renamed, &error));
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  assert_same_contents (source, renamed);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    if (g_str_equal (get_item (items, i)->name, "Third"))
      g_assert_cmpstr (get_item (items, i)->country, ==, "TGO");

  backups = cc_backup_dup_folder (renamed);
  place = g_compute_checksum_for_string (G_CHECKSUM_SHA256, renamed, -1);
  base = g_strdup_printf (".Third.casecount-%.12s.beginning", place);
  kept = g_build_filename (backups, base, NULL);
  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "page", -1, NULL));
  g_assert_true (cc_library_remove (fixture->folder, renamed, TRUE, &error));
  g_assert_no_error (error);
  /* What would help to repair it goes as well. */
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_ptr_array_unref (items);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (get_item (items, 0)->name, ==, "Second");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *path = add (fixture, source, "Côte d’Ivoire");
  g_autofree char *next = cc_library_suggest_name (fixture->folder, "côte d’ivoire");
  g_autofree char *mended = cc_library_suggest_name (fixture->folder, " ../a:b.casecount");
  g_autofree char *shown = cc_library_display_name ("/somewhere/Benin 2025.casecount");

  g_assert_cmpstr (next, ==, "côte d’ivoire 2");
  g_assert_cmpstr (mended, ==, "-a-b");
  g_assert_cmpstr (shown, ==, "Benin 2025");
  g_assert_true (cc_library_check_name (fixture->folder, mended, NULL));
}

/* ---- the rules of the forms ---- */

static void
test_passphrase (void)
{
  static const struct
  {
    const char       *text;
    CcPassphraseLevel level;
  } cases[] = {
    { "", CC_PASSPHRASE_NONE },
    { "1234567890", CC_PASSPHRASE_TOO_EASY },
    { "qwertyuiop", CC_PASSPHRASE_TOO_EASY },
    { "aaaaaaaaaaaaaaaaaaaa", CC_PASSPHRASE_TOO_EASY },
    { "password", CC_PASSPHRASE_TOO_EASY },
    { "Casecount2025", CC_PASSPHRASE_TOO_EASY },
    { "Benin2025", CC_PASSPHRASE_TOO_EASY },
    { "benin benin benin benin benin", CC_PASSPHRASE_TOO_EASY },
    { "trafficking", CC_PASSPHRASE_TOO_EASY },
    { "correct horse", CC_PASSPHRASE_TOO_EASY },
    { "three horse battery", CC_PASSPHRASE_FAIR },
    { "correct horse battery", CC_PASSPHRASE_TOO_EASY },
    { "correct horse battery staple", CC_PASSPHRASE_TOO_EASY },
    { "Correct-Horse-Battery-Staple", CC_PASSPHRASE_TOO_EASY },
    { "correcthorsebatterystaple1", CC_PASSPHRASE_TOO_EASY },
    { "c0rrect h0rse b4ttery $taple!", CC_PASSPHRASE_TOO_EASY },
    { "staple battery horse correct", CC_PASSPHRASE_TOO_EASY },
    { "correct horse battery staple correct horse battery staple", CC_PASSPHRASE_TOO_EASY },
    { "correct horse battery staple 2024", CC_PASSPHRASE_TOO_EASY },
    { "correct horse battery staple violin lantern", CC_PASSPHRASE_WEAK },
    { "correct horse battery staple violin lantern meadow", CC_PASSPHRASE_STRONG },
    { "The quick brown fox jumps over the lazy dog", CC_PASSPHRASE_TOO_EASY },
    { "Liberte, egalite, fraternite!", CC_PASSPHRASE_TOO_EASY },
    { "بِسْمِ اللهِ الرَّحمن الرحيم", CC_PASSPHRASE_TOO_EASY },
    { "P@ssw0rd2024", CC_PASSPHRASE_TOO_EASY },
    { "one monkey ate bananas", CC_PASSPHRASE_STRONG },
    { "four quiet river stones", CC_PASSPHRASE_STRONG },
    { "أربعة أحجار نهر هادئة", CC_PASSPHRASE_STRONG },
    { "tR7#qL9!vX2m", CC_PASSPHRASE_STRONG },
    { "xkqzvjwtbn", CC_PASSPHRASE_FAIR },
  };
  static const char *const known[] = { "BEN", "Benin", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double bits = cc_passphrase_bits (cases[i].text, known);

      g_test_message ("%s: %.1f bits", cases[i].text, bits);
      g_assert_cmpint (cc_passphrase_level (bits), ==, cases[i].level);
      g_assert_true ((*cc_passphrase_describe (cases[i].level) == '\0')
                     == (cases[i].level == CC_PASSPHRASE_NONE));
    }
  /* Not text at all: worth nothing, and no harm. */
  g_assert_cmpfloat (cc_passphrase_bits ("\xff\xfe", NULL), ==, 0);
}

/* What everybody knows is said to be that, where it is what makes it weak. */
static void
test_known_phrases (void)
{
  static const struct
  {
    const char *text;
    const char *beginning;
  } cases[] = {
    { "correct horse battery staple", "Too easy: it is well known" },
    { "Horse correct staple battery", "Too easy: it is well known" },
    { "correct horse battery staple violin lantern", "Weak: most of it is well known" },
    { "quiet river", "Too easy: a stranger" },
    { "river of quiet dragon stones", "Strong" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CcPassphraseLevel level =
          cc_passphrase_level (cc_passphrase_bits (cases[i].text, NULL));
      const char *said = cc_passphrase_explain (cases[i].text, level);

      g_test_message ("%s: %s", cases[i].text, said);
      g_assert_true (g_str_has_prefix (said, cases[i].beginning));
    }
}

static void
test_create_rules (void)
{
  CcCreateValues values = { .name = "", .passphrase = "", .again = "" };
  CcCreateState  state;

  cc_create_rules_apply (&values, &state);
  g_assert_false (state.complete);
  g_assert_cmpstr (state.hint, ==, "Choose the country whose persons are counted.");
  values.country = "BEN";
  values.country_label = "Benin";
  cc_create_rules_apply (&values, &state);
  g_assert_cmpstr (state.hint, ==, "Give the case file a name.");
  values.name = "Benin";
  values.passphrase = "Benin 2025";
  cc_create_rules_apply (&values, &state);
  g_assert_cmpstr (state.hint, ==, "Choose a passphrase that is harder to guess.");
  /* Nobody is exposed by a practice file. */
  values.practice = TRUE;
  cc_create_rules_apply (&values, &state);
  g_assert_cmpstr (state.hint, ==, "Type the passphrase a second time.");
  values.practice = FALSE;
  values.passphrase = "four quiet river stones";
  values.again = "four quiet";
  cc_create_rules_apply (&values, &state);
  g_assert_false (state.mismatch);
  g_assert_false (state.complete);
  values.again = "four loud";
  cc_create_rules_apply (&values, &state);
  g_assert_true (state.mismatch);
  g_assert_cmpstr (state.hint, ==, "The two passphrases differ.");
  values.again = values.passphrase;
  cc_create_rules_apply (&values, &state);
  g_assert_true (state.complete);
  g_assert_cmpstr (state.hint, ==, "");
  /* Nobody signs with a function alone: it would be lost. */
  values.hat = "Trainer";
  values.user = " ";
  cc_create_rules_apply (&values, &state);
  g_assert_false (state.complete);
  g_assert_cmpstr (state.hint, ==, "Write your name beside what you work as.");
  values.user = "Yawa";
  cc_create_rules_apply (&values, &state);
  g_assert_true (state.complete);
}

static const char *
find_first (CcCountryList *countries, const char *text)
{
  g_autoptr (GArray) found = cc_country_list_search (countries, text);

  return found->len > 0 ? cc_country_list_get_code (countries, g_array_index (found, guint, 0))
                        : NULL;
}

static void
test_countries (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcCountryList) english = cc_country_list_new (pack, "en");
  g_autoptr (CcCountryList) french = cc_country_list_new (pack, "fr");
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (CcCountryList) limited = NULL;

  g_assert_cmpuint (cc_country_list_get_n (english), >, 190);
  g_assert_cmpstr (find_first (english, "ben"), ==, "BEN");
  g_assert_cmpstr (find_first (english, "BÉNIN"), ==, "BEN");
  g_assert_cmpstr (find_first (english, "cote d"), ==, "CIV");
  g_assert_cmpstr (find_first (french, "cote d"), ==, "CIV");
  g_assert_cmpstr (find_first (english, "السنغال"), ==, "SEN");
  g_assert_cmpstr (find_first (english, "tza"), ==, "TZA");
  g_assert_null (find_first (english, "xyzzy"));
  g_assert_cmpstr (cc_country_list_find_label (french, "BEN"), ==, "Bénin");
  g_assert_null (cc_country_list_find_label (french, NULL));
  g_ptr_array_add (codes, (gpointer) "TGO");
  limited = cc_country_list_limit (english, codes);
  g_assert_cmpuint (cc_country_list_get_n (limited), ==, 1);
  g_assert_cmpstr (find_first (limited, ""), ==, "TGO");
}

static void
test_texts (void)
{
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 14, 15, 0, 0);
  g_autoptr (GDateTime) morning = g_date_time_new_local (2026, 3, 14, 9, 5, 0);
  g_autoptr (GDateTime) before = g_date_time_new_local (2026, 3, 13, 23, 59, 0);
  g_autoptr (GDateTime) old = g_date_time_new_local (2025, 12, 1, 8, 0, 0);
  const gint64     at = g_date_time_to_unix (now);
  g_autofree char *small = cc_library_text_size (texts, "en", 712704);
  g_autofree char *large = cc_library_text_size (texts, "fr", 12400000);
  g_autofree char *huge = cc_library_text_size (texts, "en", G_GINT64_CONSTANT (2500000000));
  g_autofree char *today = cc_library_text_when (texts, "en", at, g_date_time_to_unix (morning));
  g_autofree char *yesterday = cc_library_text_when (texts, "en", at, g_date_time_to_unix (before));
  g_autofree char *once = cc_library_text_when (texts, "en", at, g_date_time_to_unix (old));
  CcLibraryItem    item = { .size = 12400000, .modified = at };
  g_autofree char *unknown = cc_library_text_describe (&item, NULL, texts, "en", at);
  g_autofree char *known = NULL;
  g_autofree char *backed_up = NULL;

  g_assert_cmpstr (small, ==, "713 kB");
  g_assert_cmpstr (large, ==, "12,4 MB");
  g_assert_cmpstr (huge, ==, "2.5 GB");
  g_assert_cmpstr (today, ==, "today at 9:05");
  g_assert_cmpstr (yesterday, ==, "yesterday at 23:59");
  g_assert_cmpstr (once, ==, "1 December 2025");
  item.mark = CC_LIBRARY_MARK_REAL;
  known = cc_library_text_describe (&item, "Benin", texts, "en", at);
  item.backup = at;
  backed_up = cc_library_text_describe (&item, NULL, texts, "en", at);
  g_assert_nonnull (strstr (backed_up, "backup today"));
  g_assert_cmpstr (known, ==, "Benin · 12.4 MB · changed today at 15:00 · no backup yet");
  g_assert_cmpstr (unknown, ==, "12.4 MB · changed today at 15:00 · never opened here");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/library/in-and-out", test_in_and_out);
  ADD ("/app/library/index", test_index);
  ADD ("/app/library/refused", test_refused);
  ADD ("/app/library/log", test_log);
  ADD ("/app/library/cancel", test_cancel);
  ADD ("/app/library/replace", test_replace);
  ADD ("/app/library/rename-and-remove", test_rename_and_remove);
  ADD ("/app/library/names", test_names);
  g_test_add_func ("/app/start/passphrase", test_passphrase);
  g_test_add_func ("/app/start/known-phrases", test_known_phrases);
  g_test_add_func ("/app/start/create-rules", test_create_rules);
  g_test_add_func ("/app/start/countries", test_countries);
  g_test_add_func ("/app/start/texts", test_texts);
  return g_test_run ();
}
