/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-progress.h>

/* The receiver is told ten times a second. */
#define PATIENCE (G_USEC_PER_SEC / 8)

static void
keep (const CcProgressState *state, gpointer data)
{
  *(CcProgressState *) data = *state;
}

/* What is told half way of a phase that has taken a little while; seconds it took until then. */
static CcProgressState
go_half_way (double rest, double *seconds)
{
  CcProgressState state = { 0 };
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, keep, &state);
  gint64 began = g_get_monotonic_time ();

  cc_progress_begin (progress, "progress.test", 100);
  cc_progress_expect (progress, rest);
  g_usleep (PATIENCE);
  g_assert_true (cc_progress_update (progress, 50, NULL));
  *seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_assert_cmpuint (state.done, ==, 50);
  return state;
}

static void
test_time_left (void)
{
  double          seconds;
  CcProgressState state = go_half_way (0, &seconds);

  g_assert_cmpfloat (state.seconds_left, >, 0.1);
  g_assert_cmpfloat (state.seconds_left, <=, seconds);
}

/* Half of a phase is left, and half of its whole time comes after it. */
static void
test_rest (void)
{
  double          seconds;
  CcProgressState state = go_half_way (0.5, &seconds);

  g_assert_cmpfloat (state.seconds_left, >, 0.2);
  g_assert_cmpfloat (state.seconds_left, <=, 2 * seconds);
  state = go_half_way (-1, &seconds);
  g_assert_cmpfloat (state.seconds_left, <, 0);
}

/* What is expected holds for later phases, too, until something else is. */
static void
test_later_phases (void)
{
  CcProgressState state = { 0 };
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, keep, &state);

  cc_progress_expect (progress, -1);
  cc_progress_begin (progress, "progress.test", 10);
  g_usleep (PATIENCE);
  g_assert_true (cc_progress_update (progress, 5, NULL));
  g_assert_cmpfloat (state.seconds_left, <, 0);
  cc_progress_begin (progress, "progress.other", 10);
  cc_progress_expect (progress, 0);
  g_usleep (PATIENCE);
  g_assert_true (cc_progress_update (progress, 5, NULL));
  g_assert_cmpfloat (state.seconds_left, >, 0);
  cc_progress_expect (NULL, 1);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, NULL, NULL);
  g_autoptr (GError) error = NULL;

  cc_progress_begin (progress, "progress.test", 10);
  g_assert_true (cc_progress_update (progress, 1, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (cc_progress_update (progress, 2, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (cc_progress_update (NULL, 2, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/progress/time-left", test_time_left);
  g_test_add_func ("/base/progress/rest", test_rest);
  g_test_add_func ("/base/progress/later-phases", test_later_phases);
  g_test_add_func ("/base/progress/cancel", test_cancel);
  return g_test_run ();
}
