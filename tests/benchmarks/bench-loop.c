/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-loop.h"

#include <time.h>

/* One stay away from poll, in milliseconds. */
typedef struct
{
  double wall;
  double processor;
  double layout; /* processor: style, sizes and places of widgets */
  double paint;  /* processor: drawing what changed */
} Stay;

typedef struct
{
  char  *name;
  Stay   longest; /* by processor */
  double wall;    /* longest of any stay */
  double own;     /* most processor in one stay without layout and painting */
  double frame;   /* most between two frames */
  double bar_sum; /* processor of all stays */
  guint  n_long;
} Act;

#define LONG_MS   50.0
#define SLICE_MS  200
#define QUIET_MS  8.0
#define N_QUIET   2
#define MOST_TIME (10 * G_TIME_SPAN_MINUTE)

static struct
{
  GPollFunc  poll;
  GPtrArray *acts;
  Act       *act; /* NULL between two */
  FILE      *trace;

  gint64 back_wall; /* when poll returned, nanoseconds */
  gint64 back_processor;
  Stay   stay; /* since then: only the phases */

  gint64 phase; /* processor, when the last phase of the frame ended */
  gint64 frame; /* wall, when the last frame ended; 0: none in this act */
} loop;

static gint64
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static double
to_ms (gint64 nanoseconds)
{
  return (double) nanoseconds / 1e6;
}

static void
note_stay (void)
{
  Act  *act = loop.act;
  Stay *stay = &loop.stay;

  stay->wall = to_ms (read_clock (CLOCK_MONOTONIC) - loop.back_wall);
  stay->processor = to_ms (read_clock (CLOCK_THREAD_CPUTIME_ID) - loop.back_processor);
  act->bar_sum += stay->processor;
  act->wall = MAX (act->wall, stay->wall);
  act->own = MAX (act->own, stay->processor - stay->layout - stay->paint);
  if (stay->processor > LONG_MS)
    {
      act->n_long++;
      if (loop.trace != NULL)
        fprintf (loop.trace, "%.6f %.6f %.1f %s\n", (double) loop.back_wall / 1e9,
                 (double) read_clock (CLOCK_MONOTONIC) / 1e9, stay->processor, act->name);
    }
  if (stay->processor > act->longest.processor)
    act->longest = *stay;
}

static void
come_back (void)
{
  loop.stay = (Stay){ 0 };
  loop.back_processor = read_clock (CLOCK_THREAD_CPUTIME_ID);
  loop.back_wall = read_clock (CLOCK_MONOTONIC);
}

static int
poll_watched (GPollFD *fds, guint n, int timeout)
{
  int result;

  if (loop.act != NULL)
    note_stay ();
  result = loop.poll (fds, n, timeout);
  come_back ();
  return result;
}

void
bench_loop_init (void)
{
  GMainContext *context = g_main_context_default ();
  const char   *trace = g_getenv ("BENCH_TRACE");

  loop.acts = g_ptr_array_new ();
  loop.poll = g_main_context_get_poll_func (context);
  loop.trace = trace != NULL ? fopen (trace, "w") : NULL;
  g_main_context_set_poll_func (context, poll_watched);
  g_print ("milliseconds         longest away, processor:      without      longest  between   "
           "times"
           "\n%-32s  all layout  paint   these two  away, clock   frames  over %.0f\n",
           "", LONG_MS);
}

static void
on_begin (GdkFrameClock *clock, gpointer user_data)
{
  loop.phase = read_clock (CLOCK_THREAD_CPUTIME_ID);
}

static void
on_layout (GdkFrameClock *clock, gpointer user_data)
{
  const gint64 now = read_clock (CLOCK_THREAD_CPUTIME_ID);

  loop.stay.layout += to_ms (now - loop.phase);
  loop.phase = now;
}

static void
on_paint (GdkFrameClock *clock, gpointer user_data)
{
  const gint64 now = read_clock (CLOCK_THREAD_CPUTIME_ID);

  loop.stay.paint += to_ms (now - loop.phase);
  loop.phase = now;
}

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  const gint64 now = read_clock (CLOCK_MONOTONIC);

  if (loop.act != NULL && loop.frame != 0)
    loop.act->frame = MAX (loop.act->frame, to_ms (now - loop.frame));
  loop.frame = now;
}

/* Keeps frames coming, so that their distance says something. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_realized (GtkWidget *window, gpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_after (clock, "before-paint", G_CALLBACK (on_begin), NULL);
  g_signal_connect_after (clock, "update", G_CALLBACK (on_begin), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_layout), NULL);
  g_signal_connect_after (clock, "paint", G_CALLBACK (on_paint), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
  gtk_widget_add_tick_callback (window, on_tick, NULL, NULL);
}

void
bench_loop_watch (GtkWidget *window)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (on_realized), NULL);
}

void
bench_loop_begin (const char *name)
{
  Act *act = g_new0 (Act, 1);

  act->name = g_strdup (name);
  g_ptr_array_add (loop.acts, act);
  loop.frame = 0;
  loop.act = act;
  come_back ();
}

static void
print_act (const Act *act, double bar)
{
  g_print ("%-32s%5.0f %6.0f %6.0f %11.0f %12.0f %8.0f %6u%s\n", act->name, act->longest.processor,
           act->longest.layout, act->longest.paint, act->own, act->wall, act->frame, act->n_long,
           act->longest.processor > bar ? "  MISSED" : "");
}

void
bench_loop_end (void)
{
  print_act (loop.act, LONG_MS);
  loop.act = NULL;
}

static gboolean
on_slice (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The ticks of the frame clock alone take about a tenth of the main thread. */
static gboolean
is_quiet_slice (void)
{
  const gint64 all = read_clock (CLOCK_PROCESS_CPUTIME_ID);
  const gint64 own = read_clock (CLOCK_THREAD_CPUTIME_ID);
  gboolean     passed = FALSE;
  double       used, own_used;

  g_timeout_add (SLICE_MS, on_slice, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
  own_used = to_ms (read_clock (CLOCK_THREAD_CPUTIME_ID) - own);
  used = to_ms (read_clock (CLOCK_PROCESS_CPUTIME_ID) - all) - own_used;
  return used < QUIET_MS && own_used < SLICE_MS / 5.0;
}

gboolean
bench_loop_settle (void)
{
  const gint64 end = g_get_monotonic_time () + MOST_TIME;
  guint        n = 0;

  while (n < N_QUIET && g_get_monotonic_time () < end)
    n = is_quiet_slice () ? n + 1 : 0;
  return n == N_QUIET;
}

gboolean
bench_loop_report (double bar)
{
  guint n_missed = 0;

  for (guint i = 0; i < loop.acts->len; i++)
    n_missed += ((const Act *) loop.acts->pdata[i])->longest.processor > bar;
  g_print ("%u of %u acts are over %.0f ms.\n", n_missed, loop.acts->len, bar);
  return n_missed == 0;
}
