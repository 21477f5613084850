/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-case.h"

#include <locale.h>
#include <time.h>

/* A run that is cancelled ends soon, wherever it was, and leaves the file as it was. */

#define N_ROWS   2500
#define N_POINTS 48

/* Milliseconds of processor, of all threads together, from cancelling to the end of the run. Where
 * the program is watched (sanitizers) it works several times as long for the same. */
#define BAR 50
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED 6
#else
#define WATCHED 1
#endif

static double
measure_processor (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* Cancels once the process has worked for so long. */
typedef struct
{
  GCancellable *cancellable;
  double        at;
  double        cancelled; /* when it did, 0 where the run was over before */
  gint          over;      /* atomic */
} Watch;

static gpointer
watch (gpointer data)
{
  Watch *self = data;

  while (!g_atomic_int_get (&self->over) && measure_processor () < self->at)
    g_usleep (200);
  if (!g_atomic_int_get (&self->over))
    {
      self->cancelled = measure_processor ();
      g_cancellable_cancel (self->cancellable);
    }
  return NULL;
}

typedef struct
{
  const char *phase;
  guint       n_phases;
} Phases;

static void
on_progress (const CcProgressState *state, gpointer data)
{
  Phases *phases = data;

  phases->n_phases += g_strcmp0 (phases->phase, state->phase) != 0;
  phases->phase = state->phase;
}

/* Returns: milliseconds of processor from cancelling to the end, below 0 where it was too late. */
static double
run_until (LinkCase *self, double until, Phases *phases)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, on_progress, phases);
  g_autoptr (GError) error = NULL;
  Watch        self_watch = { cancellable, measure_processor () + until, 0, 0 };
  CcLinkParams params;
  CcLinkCounts counts;
  GThread     *thread = g_thread_new ("watch", watch, &self_watch);
  double       end;
  gboolean     ok;

  cc_link_params_init (&params);
  params.accept = 0.99;
  params.n_threads = 2;
  ok = cc_link_run (self->file, "victim", &params, progress, &counts, &error);
  end = measure_processor ();
  g_atomic_int_set (&self_watch.over, 1);
  g_thread_join (thread);
  if (ok)
    {
      g_assert_no_error (error);
      return -1;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (self_watch.cancelled, >, 0);
  return end - self_watch.cancelled;
}

static gint64
count_all (LinkCase *self)
{
  return link_case_count (self, "SELECT (SELECT count (*) FROM audit) * 1000000"
                                " + (SELECT count (*) FROM proposal) * 1000"
                                " + (SELECT count (*) FROM link_run)"
                                " + (SELECT count (*) FROM link_model)"
                                " + (SELECT count (*) FROM pair_decision)"
                                " + (SELECT count (*) FROM membership)");
}

/* Returns: milliseconds of processor a run of the same rows takes in a file of its own. */
static double
measure_whole (void)
{
  LinkCase other = { 0 };
  Phases   phases = { NULL, 0 };
  double   began;
  double   whole;

  link_case_set_up (&other, NULL);
  link_case_add_rows (&other, 0, N_ROWS);
  began = measure_processor ();
  g_assert_cmpfloat (run_until (&other, 1e9, &phases), <, 0);
  whole = measure_processor () - began;
  g_test_message ("a whole run takes %.0f ms", whole);
  g_assert_cmpuint (phases.n_phases, >=, 7);
  link_case_tear_down (&other, NULL);
  return whole;
}

static void
test_points (LinkCase *self, gconstpointer data)
{
  /* Over the end: the last points may come too late. */
  const double whole = measure_whole () * 1.2;
  Phases       phases = { NULL, 0 };
  gint64       before;
  double       longest = 0;
  guint        n_cancelled = 0;

  link_case_add_rows (self, 0, N_ROWS);
  before = count_all (self);
  for (guint i = 0; i < N_POINTS; i++)
    {
      const char *phase;
      double      took;

      took = run_until (self, whole * i / N_POINTS, &phases);
      if (took < 0)
        break;
      phase = phases.phase;
      n_cancelled++;
      g_test_message ("cancelled after %.0f ms in %s: over after %.1f ms", whole * i / N_POINTS,
                      phase, took);
      longest = MAX (longest, took);
      g_assert_cmpint (count_all (self), ==, before);
    }
  g_test_message ("%u times cancelled, the longest end took %.1f ms", n_cancelled, longest);
  g_assert_cmpuint (n_cancelled, >=, 10);
  g_assert_cmpfloat (longest, <, BAR * WATCHED);

  /* Then it can be run as ever. */
  if (count_all (self) == before)
    g_assert_cmpfloat (run_until (self, 1e9, &phases), <, 0);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM link_run"), ==, 1);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM proposal"), >, 0);
}

/* Cancelled before it begins. */
static void
test_before (LinkCase *self, gconstpointer data)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };
  gint64                   before;

  link_case_add_rows (self, 0, 50);
  before = count_all (self);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (CcProgress) progress = cc_progress_new (cancellable, NULL, NULL);
      g_autoptr (GError) error = NULL;
      CcLinkParams params;
      CcLinkCounts counts;

      g_cancellable_cancel (cancellable);
      cc_link_params_init (&params);
      g_assert_false (cc_link_run (self->file, units[i], &params, progress, &counts, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (count_all (self), ==, before);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/linkage/cancel/before", LinkCase, NULL, link_case_set_up, test_before,
              link_case_tear_down);
  g_test_add ("/linkage/cancel/points", LinkCase, NULL, link_case_set_up, test_points,
              link_case_tear_down);
  return g_test_run ();
}
