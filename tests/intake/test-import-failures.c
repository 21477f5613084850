/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/base/cc-error.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static void
check_failure (Fixture         *fixture,
               const char      *path,
               CcImportOptions *options,
               int              code,
               const char      *pattern)
{
  g_autofree char *before = content_hash (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result = cc_import_file (fixture->file, path, options, NULL, &error);
  g_autofree char *after = content_hash (fixture);

  g_assert_null (result);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, CC_ERROR, code);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
  g_assert_cmpstr (before, ==, after);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = write_csv (fixture, "good.csv", referenced_csv);
  g_autofree char *headers = write_csv (fixture, "headers.csv", "Victim ID,Sex,Age,Nationality\n");
  g_autofree char *blank = write_csv (fixture, "blank.csv", "\n\n");
  g_autofree char *prose = write_csv (fixture, "prose.csv", "only one cell\n");
  g_autofree char *numbers = write_csv (fixture, "numbers.csv", "qwe,rtz\nuio,pas\n");
  CcImportOptions  options = options_for ("nobody");

  check_failure (fixture, good, &options, CC_ERROR_NOT_FOUND, "*“nobody”*Known keys:*police*");
  options.entity = "police";
  check_failure (fixture, headers, &options, CC_ERROR_INVALID_DATA, "*headers and no rows*nil*");
  check_failure (fixture, blank, &options, CC_ERROR_INVALID_DATA, "*empty*");
  check_failure (fixture, prose, &options, CC_ERROR_INVALID_DATA, "*No table*");
  check_failure (fixture, numbers, &options, CC_ERROR_INVALID_DATA, "*No column*");
  options.replaces = 99;
  check_failure (fixture, good, &options, CC_ERROR_NOT_FOUND, "*no delivery 99*");
}

/* While the sheet is looked at nobody knows how long its rows will take; when they are read, the
 * time left is that of what follows them. */
static void
note_times (const CcProgressState *state, gpointer data)
{
  guint *n_told = data;

  if (g_str_equal (state->phase, "progress.inspect")
      || g_str_equal (state->phase, "progress.write"))
    g_assert_cmpfloat (state->seconds_left, <, 0);
  else if (g_str_equal (state->phase, "progress.import") && state->done > 0
           && state->done == state->total)
    {
      g_assert_cmpfloat (state->seconds_left, >, 0);
      (*n_told)++;
    }
}

static void
test_time_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "good.csv", referenced_csv);
  CcImportOptions  options = options_for ("police");
  guint            n_told = 0;
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, note_times, &n_told);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result =
      cc_import_file (fixture->file, path, &options, progress, &error);

  g_assert_no_error (error);
  assert_counts (result->fresh, "victim=3");
  g_assert_cmpuint (n_told, ==, 1);
}

typedef struct
{
  GCancellable *cancellable;
  guint64       at;
} Stop;

static void
stop_at (const CcProgressState *state, gpointer data)
{
  Stop *stop = data;

  if (g_str_equal (state->phase, "progress.import") && state->done >= stop->at)
    g_cancellable_cancel (stop->cancellable);
}

static char *
write_long (Fixture *fixture, guint n)
{
  g_autoptr (GString) csv =
      g_string_new ("Victim ID,Sex,Age,Nationality,Date rescued,Type of exploitation\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "V%u,%s,%u,Togo,2023-04-%02u,Forced labour\n", i,
                            i % 2 ? "F" : "M", 10 + i % 40, 1 + i % 28);
  return write_csv (fixture, "long.csv", csv->str);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_long (fixture, 3000);
  CcImportOptions  options = options_for ("police");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { cancellable, 64 };
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, stop_at, &stop);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;
  g_autoptr (CcImportResult) result =
      cc_import_file (fixture->file, path, &options, progress, &error);
  g_autoptr (CcImportResult) whole = NULL;

  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = content_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  whole = import (fixture, path, &options);
  assert_counts (whole->fresh, "victim=3000");
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_long (fixture, 3000);
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;
  CcImportOptions  options = options_for ("police");
  struct rlimit    old, tight;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) again = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = old;
  tight.rlim_cur = 512 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  result = cc_import_file (fixture->file, path, &options, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_null (result);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (error->domain, ==, CC_ERROR);
  after = content_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  again = import (fixture, path, &options);
  assert_counts (again->fresh, "victim=3000");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "failures", test_failures },
    { "cancel", test_cancel },
    { "time-left", test_time_left },
    { "disk-full", test_disk_full },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
