/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-record-list.h>

#include <glib/gstdio.h>
#include <stdlib.h>

/* What is done with a whole case file: opening, verifying, backing up, and stopping that midway.
 * Opening is told without what the key costs, which an empty file shows. The bar: 1 second.
 *
 * bench-case-file FILE [rounds]   FILE is made by bench-records VICTIMS 1 FILE; a victim is four
 * records */

#define PASSPHRASE "a passphrase"

typedef struct
{
  GCancellable *cancellable;
  guint         n;    /* times that progress was told */
  double        stop; /* share after which it is cancelled; 0 never */
  gint64        stopped;
} Watch;

static void
die (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
watch (const CcProgressState *state, gpointer user_data)
{
  Watch *self = user_data;

  self->n++;
  if (self->stop <= 0 || self->stopped != 0 || state->total == 0
      || (double) state->done < self->stop * (double) state->total)
    return;
  self->stopped = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
time_opening (const char *path, CcPack *pack, guint rounds)
{
  g_autofree double *times = g_new (double, rounds);

  for (guint i = 0; i < rounds; i++)
    {
      GError      *error = NULL;
      const gint64 start = g_get_monotonic_time ();
      CcCaseFile  *file = cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);

      if (file == NULL || !cc_facts_attach (file, &error))
        die ("opening", error);
      times[i] = since (start);
      if (!cc_case_file_close (file, &error))
        die ("closing", error);
      cc_case_file_free (file);
    }
  qsort (times, rounds, sizeof *times, compare);
  return times[rounds / 2];
}

static void
time_verify (CcCaseFile *file)
{
  Watch        watched = { g_cancellable_new (), 0, 0, 0 };
  CcProgress  *progress = cc_progress_new (watched.cancellable, watch, &watched);
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  if (!cc_case_file_verify_with (file, progress, &problems, &error) || problems->len > 0)
    die ("verifying", error);
  g_print ("verify %30.1f s, progress told %u times\n", since (start), watched.n);
  cc_progress_free (progress);
  g_object_unref (watched.cancellable);
}

static void
time_backup (CcCaseFile *file, const char *folder, double stop)
{
  Watch            watched = { g_cancellable_new (), 0, stop, 0 };
  CcProgress      *progress = cc_progress_new (watched.cancellable, watch, &watched);
  const gint64     start = g_get_monotonic_time ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  const gboolean ok =
      cc_case_file_backup (file, folder, CC_BACKUP_BY_HAND, progress, &path, &error);

  if (stop > 0)
    {
      if (ok || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        die ("cancelling", error);
      g_print ("backup, cancelled midway %12.3f s from there to the end\n",
               since (watched.stopped));
    }
  else if (!ok)
    die ("backing up", error);
  else
    g_print ("backup, tested %22.1f s, progress told %u times\n", since (start), watched.n);
  if (path != NULL)
    g_unlink (path);
  cc_progress_free (progress);
  g_object_unref (watched.cancellable);
}

int
main (int argc, char **argv)
{
  const guint rounds = MAX (argc > 2 ? (guint) atoi (argv[2]) : 3, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autofree char *folder = g_dir_make_tmp ("cc-bench-XXXXXX", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.casecount", NULL);
  CcCaseFile      *file;
  double           key, whole;

  if (argc < 2 || pack == NULL)
    die ("bench-case-file FILE [rounds]", error);
  file = cc_case_file_create (empty, PASSPHRASE, pack, "BEN", FALSE, &error);
  if (file == NULL || !cc_facts_attach (file, &error) || !cc_case_file_close (file, &error))
    die ("creating", error);
  cc_case_file_free (file);
  key = time_opening (empty, pack, rounds);
  whole = time_opening (argv[1], pack, rounds);
  g_print ("opening an empty file %15.2f s\n", key);
  g_print ("opening this one %20.2f s, so %.2f s for its records\n", whole, whole - key);
  file = cc_case_file_open (argv[1], PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  if (file == NULL || !cc_facts_attach (file, &error))
    die ("opening", error);
  time_verify (file);
  time_backup (file, folder, 0);
  time_backup (file, folder, 0.4);
  if (!cc_case_file_close (file, &error))
    die ("closing", error);
  cc_case_file_free (file);
  g_unlink (empty);
  if (g_rmdir (folder) != 0)
    g_print ("something was left in %s\n", folder);
  return whole - key < 1.0 ? 0 : 1;
}
