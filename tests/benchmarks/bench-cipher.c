/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-list.h"

#include <cc/intake/cc-import.h>
#include <cc/stats/cc-count.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What encryption costs: the same import into a case file and the same table from it, once through
 * the cipher and once with the key never handed to the database, in processes of their own and in
 * turn. The bars: 1.25 times the import, 1.4 times the warm table.
 *
 * bench-cipher [rows [rounds]] */

#define N_TABLES 5

enum
{
  IMPORT,
  TABLE,
  N_STEPS
};

typedef struct
{
  double  seconds[N_STEPS];
  double  processor[N_STEPS];
  guint64 bytes; /* of the file, as a check that both hold the same */
} Measure;

struct sqlite3;

int __real_sqlite3_key (struct sqlite3 *db, const void *key, int size);
int __wrap_sqlite3_key (struct sqlite3 *db, const void *key, int size);

static gboolean plain;

/* The linker leads the store's call here. */
int
__wrap_sqlite3_key (struct sqlite3 *db, const void *key, int size)
{
  return plain ? 0 : __real_sqlite3_key (db, key, size);
}

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

static void
begin (Measure *measure, guint step)
{
  measure->seconds[step] = (double) g_get_monotonic_time () / G_USEC_PER_SEC;
  measure->processor[step] = get_processor ();
}

static void
end (Measure *measure, guint step)
{
  measure->seconds[step] =
      (double) g_get_monotonic_time () / G_USEC_PER_SEC - measure->seconds[step];
  measure->processor[step] = get_processor () - measure->processor[step];
}

static void
count (CcCaseFile *file, CcPack *pack)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcTableResult) result = NULL;
  CcQuestionnaire *questionnaire = cc_questionnaire_find (pack, "unodc-glotip", NULL, &error);
  CcCountOptions   options = { .periods = cc_periods_new_years (2023, 2023, 1) };

  if (questionnaire != NULL)
    result = cc_count_table (file, questionnaire, cc_questionnaire_find_table (questionnaire, "Q7"),
                             &options, NULL, &error);
  if (result == NULL || result->base == 0)
    die ("counting", error);
  g_array_unref (options.periods);
  cc_questionnaire_unref (questionnaire);
}

/* A measurement of what it is not would be worse than none. */
static void
check_pages (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *start = NULL;

  if (!g_file_get_contents (name, &start, NULL, &error))
    die ("reading", error);
  if (g_str_has_prefix (start, "SQLite format 3") != plain)
    die (plain ? "the plain file is not plain" : "the encrypted file is not encrypted", NULL);
}

static void
work (const char *folder, const char *list, Measure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_build_filename (folder, "bench.casecount", NULL);
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcImportResult) result = NULL;
  CcImportOptions options = { .entity = "police", .period = CC_INTERVAL_UNKNOWN };
  CcCaseFile     *file;
  GStatBuf        status;

  file =
      pack != NULL ? cc_case_file_create (name, "a passphrase", pack, "BEN", FALSE, &error) : NULL;
  if (file == NULL || !cc_facts_attach (file, &error)
      || !cc_entity_add (file, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                         &error))
    die ("creating", error);
  begin (measure, IMPORT);
  result = cc_import_file (file, list, &options, NULL, &error);
  end (measure, IMPORT);
  if (result == NULL)
    die ("importing", error);
  count (file, pack);
  begin (measure, TABLE);
  for (guint i = 0; i < N_TABLES; i++)
    count (file, pack);
  end (measure, TABLE);
  if (!cc_case_file_close (file, &error) || g_stat (name, &status) != 0)
    die ("closing", error);
  measure->bytes = (guint64) status.st_size;
  check_pages (name);
  cc_case_file_free (file);
  g_unlink (name);
}

static Measure
run (const char *folder, const char *list, gboolean in_the_clear)
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
      plain = in_the_clear;
      work (folder, list, &measure);
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
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
take_median (const double *values, guint n)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);

  qsort (sorted, n, sizeof *sorted, compare);
  return sorted[n / 2];
}

int
main (int argc, char **argv)
{
  const guint        rows = argc > 1 ? (guint) atoi (argv[1]) : 50000;
  const guint        rounds = MAX (argc > 2 ? (guint) atoi (argv[2]) : 3, 1);
  g_autofree char   *folder = g_dir_make_tmp ("cc-bench-XXXXXX", NULL);
  g_autofree char   *list = g_build_filename (folder, "list.xlsx", NULL);
  const char *const  names[N_STEPS] = { "import", "warm table" };
  const double       bars[N_STEPS] = { 1.25, 1.4 };
  g_autofree double *ratios = g_new (double, N_STEPS *rounds);
  gboolean           kept = TRUE;

  bench_list_write (list, rows);
  g_print ("                 encrypted  plain   (processor seconds)\n");
  for (guint round = 0; round < rounds; round++)
    {
      /* The one that goes first takes turns. */
      const Measure first = run (folder, list, round % 2 == 1);
      const Measure second = run (folder, list, round % 2 == 0);
      const Measure encrypted = round % 2 == 1 ? second : first;
      const Measure in_the_clear = round % 2 == 1 ? first : second;

      for (guint step = 0; step < N_STEPS; step++)
        {
          ratios[step * rounds + round] = encrypted.processor[step] / in_the_clear.processor[step];
          g_print ("%-16s %9.3f %9.3f\n", names[step], encrypted.processor[step],
                   in_the_clear.processor[step]);
        }
      g_print ("%-16s %9.1f %9.1f\n", "file, MB", (double) encrypted.bytes / 1e6,
               (double) in_the_clear.bytes / 1e6);
    }
  for (guint step = 0; step < N_STEPS; step++)
    {
      const double ratio = take_median (ratios + step * rounds, rounds);

      kept = kept && ratio <= bars[step];
      g_print ("ratio of %-12s %.2f (bar %.2f)\n", names[step], ratio, bars[step]);
    }
  g_unlink (list);
  g_rmdir (folder);
  return kept ? 0 : 1;
}
