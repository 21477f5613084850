/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-pack-install.h>
#include <cc/store/cc-retention.h>

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* What changes a whole case file in one act: removing all identifiers, bringing another copy in,
 * another classification. Each is done to FILE itself, so it should be a copy. Removing and
 * bringing in are first cancelled after some seconds: how long that takes, and that the file's head
 * is the same, is told too.
 *
 * bench-changes FILE purge|merge OTHER|pack FOLDER CONCORDANCE [seconds]   FILE is made by
 * bench-records VICTIMS 1 FILE */

#define PASSPHRASE "a passphrase"

typedef struct
{
  CcCaseFile *file;
  CcCaseFile *other;
  const char *folder;
  const char *concordance;
} Bench;

typedef gboolean (*Work) (Bench *self, CcProgress *progress, GError **error);

static void
die (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static double
get_processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static double
get_mebibytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

static gboolean
set_rules (CcAct *act, gpointer data, GError **error)
{
  static const char *const units[] = { "VI", "PE", "EV" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcRetentionRule rule = { .unit = (char *) units[i],
                               .kind = (char *) "*",
                               .months = 1,
                               .counted_from = (char *) "received" };

      if (!cc_act_set_retention (act, &rule, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
purge (Bench *self, CcProgress *progress, GError **error)
{
  const CcDay   far = (CcDay) (g_get_real_time () / G_TIME_SPAN_DAY) + 40 * 365;
  CcPurgeResult result;

  if (!cc_retention_purge (self->file, far, progress, &result, error))
    return FALSE;
  g_print ("%" G_GINT64_FORMAT " records, %" G_GINT64_FORMAT " identifiers, %" G_GINT64_FORMAT
           " changes of the history, %s\n",
           result.records, result.identifiers, result.changes,
           result.compacted ? "compacted" : "not compacted");
  return TRUE;
}

static gboolean
merge (Bench *self, CcProgress *progress, GError **error)
{
  CcMergeResult result = { 0 };

  if (!cc_merge (self->file, self->other, progress, &result, error))
    return FALSE;
  g_print ("%" G_GINT64_FORMAT " new, %" G_GINT64_FORMAT " updated, %" G_GINT64_FORMAT
           " unchanged, %" G_GINT64_FORMAT " others\n",
           result.added, result.updated, result.unchanged, result.others);
  return TRUE;
}

static gboolean
install (Bench *self, CcProgress *progress, GError **error)
{
  g_autoptr (CcPackInstall) done =
      cc_pack_install (self->file, self->folder, self->concordance, error);

  if (done != NULL)
    g_print ("%u codes renamed, %u kept\n", done->recoded, done->kept);
  return done != NULL;
}

static gpointer
cancel_later (gpointer data)
{
  GCancellable *cancellable = data;
  gint64       *at = g_object_get_data (data, "at");

  g_usleep ((gulong) at[0]);
  at[1] = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
time_cancel (Bench *self, Work work, double seconds)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64           at[2] = { (gint64) (seconds * G_USEC_PER_SEC), 0 };
  g_autofree char *before = cc_case_file_head_hash (self->file, NULL);
  g_autofree char *after = NULL;
  CcProgress      *progress = cc_progress_new (cancellable, NULL, NULL);
  GThread         *thread;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_object_set_data (G_OBJECT (cancellable), "at", at);
  thread = g_thread_new ("cancel", cancel_later, cancellable);
  ok = work (self, progress, &error);
  g_thread_join (thread);
  cc_progress_free (progress);
  if (ok || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    die ("done before it was cancelled", error);
  after = cc_case_file_head_hash (self->file, NULL);
  if (g_strcmp0 (before, after) != 0)
    die ("cancelled, but changed", NULL);
  g_print ("cancelled after %.0f s %12.3f s from there to the end\n", seconds,
           (double) (g_get_monotonic_time () - at[1]) / G_USEC_PER_SEC);
}

static CcCaseFile *
open_file (const char *path, CcPack *pack, CcOpenMode mode)
{
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, PASSPHRASE, pack, mode, &error);

  if (file == NULL || !cc_facts_attach (file, &error))
    die (path, error);
  return file;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  Bench  self = { 0 };
  Work   work = NULL;
  double seconds, processor;
  gint64 start;

  if (argc < 3 || pack == NULL)
    die ("bench-changes FILE purge|merge OTHER|pack FOLDER CONCORDANCE [seconds]", error);
  self.file = open_file (argv[1], pack, CC_OPEN_READ_WRITE);
  if (g_str_equal (argv[2], "purge"))
    {
      work = purge;
      if (!cc_case_file_act (self.file, "retention", set_rules, NULL, NULL, &error))
        die ("rules", error);
    }
  else if (g_str_equal (argv[2], "merge") && argc > 3)
    {
      work = merge;
      self.other = open_file (argv[3], pack, CC_OPEN_READ_ONLY);
    }
  else if (g_str_equal (argv[2], "pack") && argc > 4)
    {
      work = install;
      self.folder = argv[3];
      self.concordance = argv[4];
    }
  else
    die (argv[2], NULL);
  seconds = atof (argv[argc - 1]);
  if (seconds > 0 && work != install)
    time_cancel (&self, work, seconds);
  start = g_get_monotonic_time ();
  processor = get_processor ();
  if (!work (&self, NULL, &error))
    die (argv[2], error);
  g_print ("%s %10.1f s, %.1f s of processor, %.0f MiB\n", argv[2],
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
           get_processor () - processor, get_mebibytes ());
  start = g_get_monotonic_time ();
  if (!cc_case_file_close (self.file, &error))
    die ("closing", error);
  cc_case_file_free (self.file);
  cc_case_file_free (self.other);
  g_print ("closing %10.1f s\n", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return 0;
}
