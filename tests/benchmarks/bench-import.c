/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-import.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/sheet/cc-book.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Measures the import of a victim list of 25 columns into an encrypted case file, with its checks
 * and the counting cache, against reading the same workbook and throwing it away. The bar is 4
 * times that, and 150 MiB.
 *
 * bench-import [rows [rounds]] */

#define N_COLUMNS 25

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

/* What stands in the columns: choices, or a text with the row's number in it. */
static const struct
{
  const char *header;
  const char *texts[6];
} columns[N_COLUMNS] = {
  { "Victim ID", { "V-%u" } },
  { "Case No", { "C/%u" } },
  { "Family name", { "Diallo", "Mensah", "Traor\303\251", "Okafor", "Tour\303\251", "Ba" } },
  { "Given names", { "Awa", "Kofi Jean", "Moussa", "Marie", "Fatou", "Amina" } },
  { "Father's name", { "Ibrahim", "", "", "Paul", "", "" } },
  { "Sex", { "F", "M", "Female", "Male", "F", "M" } },
  { "Age", { "12", "15", "19", "24", "31", "40" } },
  { "Birth date", { "", "2004-05-06", "", "", "1999-11-30", "" } },
  { "Nationality", { "Togo", "Ghana", "Nigeria", "Togolese", "Mali", "Benin" } },
  { "Birth place", { "Lom\303\251", "Accra", "Kano", "Bamako", "Parakou", "" } },
  { "Date rescued",
    { "2023-01-05", "2023-03-17", "2023-05-20", "2023-08-01", "2023-10-31", "2023-12-02" } },
  { "Status", { "identified", "presumed", "identified", "identified", "presumed", "presumed" } },
  { "Type of exploitation",
    { "Sexual exploitation", "Forced labour", "Forced begging", "Forced labour",
      "Sexual exploitation; Forced labour", "Forced labour" } },
  { "Means", { "Deception", "Threat", "Abduction", "", "Deception", "" } },
  { "Recruitment country", { "Togo", "Ghana", "Nigeria", "Togo", "Mali", "Benin" } },
  { "Marital status", { "Single", "Married", "", "Single", "Single", "" } },
  { "Education", { "Primary", "None", "Secondary", "", "Primary", "" } },
  { "Occupation", { "Farmer", "Student", "", "Trader", "", "" } },
  { "Phone", { "", "+229 90 %u", "", "", "", "" } },
  { "Document number", { "", "", "", "A%u", "", "" } },
  { "Assistance", { "Shelter", "Medical", "", "", "Shelter", "" } },
  { "Referred to", { "NGO", "", "Shelter", "", "", "" } },
  { "Return date", { "", "", "", "", "", "" } },
  { "Interviewer", { "A. K.", "B. T.", "C. S.", "A. K.", "B. T.", "C. S." } },
  { "Remarks", { "", "", "note %u", "", "", "" } },
};

static void
write_row (CcSheetWriter *sheet, guint row, guint32 *random)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      const char *const *texts = columns[column].texts;
      const char        *text;

      *random = *random * 1664525u + 1013904223u;
      text = texts[1] == NULL ? texts[0] : texts[(*random >> 16) % 6];
      if (strstr (text, "%u") != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (text, "%u", 2);
          g_autofree char *full =
              g_strdup_printf ("%s%u", parts[0], column == 1 ? row / 3 : 100000 + row);

          cc_sheet_writer_text (sheet, row, column, full, 0);
        }
      else if (g_ascii_isdigit (text[0]) && strlen (text) < 3)
        cc_sheet_writer_number (sheet, row, column, atoi (text), 0);
      else if (text[0] != '\0')
        cc_sheet_writer_text (sheet, row, column, text, 0);
    }
}

static void
write_file (const char *folder, guint rows, Measure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (folder);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  CcSheetWriter *sheet = book != NULL ? cc_book_writer_add_sheet (book, "List", &error) : NULL;
  guint32        random = 1;

  if (sheet == NULL)
    die ("writing", error);
  begin (measure);
  for (guint column = 0; column < N_COLUMNS; column++)
    cc_sheet_writer_text (sheet, 0, column, columns[column].header, 0);
  for (guint row = 1; row <= rows; row++)
    write_row (sheet, row, &random);
  if (!cc_book_writer_close (book, &error))
    die ("writing", error);
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
