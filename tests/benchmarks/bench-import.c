/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-list.h"

#include <cc/intake/cc-import.h>
#include <cc/sheet/cc-book.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Measures the import of a victim list of 25 columns into an encrypted case file, with its checks
 * and the counting cache, against reading the same workbook and throwing it away. The bar is 4
 * times that, and 150 MiB.
 *
 * bench-import [rows [rounds]] */

typedef struct
{
  double  seconds;
  double  processor; /* seconds of it */
  double  mebibytes; /* largest memory of the process */
  guint64 rows, records;
} Measure;

typedef void (*Work) (const char *folder, guint rows, Measure *measure);

static void
die (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  _exit (1);
}

static double
get_processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* The measure holds what the clocks showed at the beginning. */
static void
begin (Measure *measure)
{
  measure->seconds = (double) g_get_monotonic_time () / G_USEC_PER_SEC;
  measure->processor = get_processor ();
}

static void
end (Measure *measure)
{
  measure->seconds = (double) g_get_monotonic_time () / G_USEC_PER_SEC - measure->seconds;
  measure->processor = get_processor () - measure->processor;
}

static char *
get_path (const char *folder)
{
  return g_build_filename (folder, "list.xlsx", NULL);
}

static void
write_file (const char *folder, guint rows, Measure *measure)
{
  g_autofree char *path = get_path (folder);

  begin (measure);
  bench_list_write (path, rows);
  end (measure);
}

static void
read_file (const char *folder, guint rows, Measure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (folder);
  g_autoptr (CcBook) book = NULL;
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row;

  begin (measure);
  book = cc_book_open (path, NULL, &error);
  if (book != NULL)
    reader = cc_book_open_sheet (book, 0, &error);
  if (reader == NULL)
    die ("reading", error);
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, NULL, &error))
        die ("reading", error);
      if (row == NULL)
        break;
      measure->rows++;
    }
  end (measure);
}

/* The file's key is derived before the clock starts: that is slow on purpose and once a day. */
static void
import_file (const char *folder, guint rows, Measure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (folder);
  g_autofree char *name = g_build_filename (folder, "bench.casecount", NULL);
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcImportResult) result = NULL;
  CcImportOptions options = { .entity = "police", .period = CC_INTERVAL_UNKNOWN };
  CcCaseFile     *file;

  file =
      pack != NULL ? cc_case_file_create (name, "a passphrase", pack, "BEN", FALSE, &error) : NULL;
  if (file == NULL || !cc_facts_attach (file, &error)
      || !cc_entity_add (file, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                         &error))
    die ("creating", error);
  begin (measure);
  result = cc_import_file (file, path, &options, NULL, &error);
  end (measure);
  if (result == NULL)
    die ("importing", error);
  measure->rows = result->rows;
  measure->records = cc_import_count_total (result->records);
  if (!cc_case_file_close (file, &error))
    die ("closing", error);
  cc_case_file_free (file);
  g_unlink (name);
}

/* In a process of its own, so that its memory is its own. */
static Measure
run (Work work, const char *folder, guint rows)
{
  Measure measure = { 0 };
  int     ends[2];
  int     status = 0;
  pid_t   child;

  if (pipe (ends) != 0)
    die ("pipe", NULL);
  child = fork ();
  if (child == 0)
    {
      struct rusage usage;

      work (folder, rows, &measure);
      getrusage (RUSAGE_SELF, &usage);
      measure.mebibytes = (double) usage.ru_maxrss / 1024;
      _exit (write (ends[1], &measure, sizeof measure) == sizeof measure ? 0 : 1);
    }
  close (ends[1]);
  if (read (ends[0], &measure, sizeof measure) != sizeof measure
      || waitpid (child, &status, 0) != child || status != 0)
    die ("child", NULL);
  close (ends[0]);
  return measure;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = ((const Measure *) a)->processor, y = ((const Measure *) b)->processor;

  return x < y ? -1 : x > y;
}

static Measure
take_median (GArray *measures)
{
  g_array_sort (measures, compare);
  return g_array_index (measures, Measure, measures->len / 2);
}

static void
print_line (const char *name, const Measure *measure)
{
  g_print ("%-9s %7.2f    %7.2f  %4.0f\n", name, measure->seconds, measure->processor,
           measure->mebibytes);
}

int
main (int argc, char **argv)
{
  guint            rows = argc > 1 ? (guint) atoi (argv[1]) : 50000;
  guint            rounds = argc > 2 ? (guint) atoi (argv[2]) : 3;
  g_autofree char *folder = g_dir_make_tmp ("cc-bench-XXXXXX", NULL);
  g_autofree char *path = get_path (folder);
  g_autoptr (GArray) reads = g_array_new (FALSE, FALSE, sizeof (Measure));
  g_autoptr (GArray) imports = g_array_new (FALSE, FALSE, sizeof (Measure));
  Measure written, r, i;

  written = run (write_file, folder, rows);
  for (guint round = 0; round < MAX (rounds, 1); round++)
    {
      r = run (read_file, folder, rows);
      i = run (import_file, folder, rows);
      g_array_append_val (reads, r);
      g_array_append_val (imports, i);
    }
  r = take_median (reads);
  i = take_median (imports);
  g_print ("          seconds  processor   MiB\n");
  print_line ("written", &written);
  print_line ("read", &r);
  print_line ("imported", &i);
  g_print ("          %" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT
           " records, %.1f microseconds of processor a record\n",
           i.rows, i.records, 1e6 * i.processor / MAX ((double) i.records, 1));
  g_print ("ratio     %7.2f    %7.2f         (bars: 4.00 and 150 MiB)\n", i.seconds / r.seconds,
           i.processor / r.processor);
  g_unlink (path);
  g_rmdir (folder);
  return i.processor <= 4 * r.processor && i.mebibytes < 150 ? 0 : 1;
}
