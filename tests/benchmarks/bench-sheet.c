/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/sheet/cc-book-writer.h>
#include <cc/sheet/cc-book.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

/* Measures the reading of a workbook of 200,000 rows, 25 columns and 400,000 different texts
 * against the time of unpacking its XML and throwing it away. The bar is 1.5 times that, and 40
 * MiB.
 *
 * bench-sheet [rows [rounds]] */

#define N_COLUMNS 25

typedef struct
{
  double  seconds;
  double  processor; /* seconds of it */
  double  mebibytes; /* largest memory of the process */
  guint64 rows, cells, bytes;
} Measure;

typedef void (*Work) (const char *path, guint rows, Measure *measure);

static void
die (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  _exit (1);
}

static void
write_file (const char *path, guint rows, Measure *measure)
{
  static const char *const places[] = { "Lisboa",          "Porto",      "Paris", "Lyon",
                                        "القاهرة",         "الإسكندرية", "Braga", "Évora",
                                        "Marseille & Cie", "<Nantes>" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  CcSheetWriter *sheet = book != NULL ? cc_book_writer_add_sheet (book, "Data", &error) : NULL;
  guint32        random = 1;

  if (sheet == NULL)
    die ("writing", error);
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < N_COLUMNS; column++)
      {
        random = random * 1664525u + 1013904223u;
        if (column == 1 || column == 2)
          {
            char text[48];

            g_snprintf (text, sizeof text, "Customer %s %u", column == 1 ? "name" : "ref",
                        row * 2 + column);
            cc_sheet_writer_text (sheet, row, column, text, 0);
          }
        else if (column >= 3 && column <= 7)
          cc_sheet_writer_text (sheet, row, column, places[random % 10], 0);
        else if (column == 8 || column == 9)
          cc_sheet_writer_date (sheet, row, column, (gint32) (15000 + random % 5000), 0);
        else if (column > 9 && column <= 20)
          cc_sheet_writer_number (sheet, row, column, (random >> 8) / 100.0, CC_STYLE_RATE);
        else if (column != 22 || (random & 3) == 0)
          cc_sheet_writer_number (sheet, row, column, column == 0 ? row : random % 1000, 0);
      }
  if (!cc_book_writer_close (book, &error))
    die ("writing", error);
}

static void
unpack_file (const char *path, guint rows, Measure *measure)
{
  static char buffer[65536];
  int         code = 0;
  zip_t      *archive = zip_open (path, ZIP_RDONLY, &code);

  if (archive == NULL)
    die ("unpacking", NULL);
  for (zip_int64_t i = 0; i < zip_get_num_entries (archive, 0); i++)
    {
      zip_file_t *file = zip_fopen_index (archive, (zip_uint64_t) i, 0);
      zip_int64_t n;

      while ((n = zip_fread (file, buffer, sizeof buffer)) > 0)
        measure->bytes += (guint64) n;
      zip_fclose (file);
    }
  zip_discard (archive);
}

static void
read_file (const char *path, guint rows, Measure *measure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row;

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
      measure->cells += row->n_cells;
    }
}

static double
get_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / G_USEC_PER_SEC;
}

/* In a process of its own, so that its memory is its own. */
static Measure
run (Work work, const char *path, guint rows)
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
      gint64        begin = g_get_monotonic_time ();
      struct rusage usage;

      work (path, rows, &measure);
      measure.seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
      getrusage (RUSAGE_SELF, &usage);
      measure.mebibytes = (double) usage.ru_maxrss / 1024;
      measure.processor = get_seconds (&usage.ru_utime) + get_seconds (&usage.ru_stime);
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

int
main (int argc, char **argv)
{
  guint            rows = argc > 1 ? (guint) atoi (argv[1]) : 200000;
  guint            rounds = argc > 2 ? (guint) atoi (argv[2]) : 5;
  g_autofree char *folder = g_dir_make_tmp ("cc-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.xlsx", NULL);
  g_autoptr (GArray) unpacked = g_array_new (FALSE, FALSE, sizeof (Measure));
  g_autoptr (GArray) read_back = g_array_new (FALSE, FALSE, sizeof (Measure));
  Measure written, u, r;

  written = run (write_file, path, rows);
  for (guint i = 0; i < MAX (rounds, 1); i++)
    {
      u = run (unpack_file, path, rows);
      r = run (read_file, path, rows);
      g_array_append_val (unpacked, u);
      g_array_append_val (read_back, r);
    }
  g_array_sort (unpacked, compare);
  g_array_sort (read_back, compare);
  u = g_array_index (unpacked, Measure, unpacked->len / 2);
  r = g_array_index (read_back, Measure, read_back->len / 2);

  g_print ("          seconds  processor   MiB\n");
  g_print ("written   %7.2f    %7.2f  %4.0f\n", written.seconds, written.processor,
           written.mebibytes);
  g_print ("unpacked  %7.2f    %7.2f  %4.0f   %.0f MB of XML\n", u.seconds, u.processor,
           u.mebibytes, (double) u.bytes / 1e6);
  g_print ("read      %7.2f    %7.2f  %4.0f   %" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT
           " cells\n",
           r.seconds, r.processor, r.mebibytes, r.rows, r.cells);
  g_print ("ratio     %7.2f    %7.2f         (bars: 1.50 and 40 MiB)\n", r.seconds / u.seconds,
           r.processor / u.processor);
  g_unlink (path);
  g_rmdir (folder);
  return r.processor <= 1.5 * u.processor && r.mebibytes < 40 ? 0 : 1;
}
