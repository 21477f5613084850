/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-application.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long it takes from the start of the process to a window that was drawn and can be used,
 * beside an empty AdwApplicationWindow in the same run. Each start is a process of its own, both
 * kinds in turn; the bar is 1.6.
 *
 *   bench-start [ROUNDS]      needs a display */

#define BAR 1.6

static gint64 began;

/* When this process was started, by the kernel's clock, in microseconds. */
static gint64
read_start (void)
{
  g_autofree char *text = NULL;
  const char      *rest;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL)
      || (rest = strrchr (text, ')')) == NULL)
    return 0;
  fields = g_strsplit (rest + 2, " ", -1);
  return (gint64) (g_ascii_strtod (fields[19], NULL) / sysconf (_SC_CLK_TCK) * G_USEC_PER_SEC);
}

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Drawn, and nothing waits to be done before the user's next key. */
static gboolean
on_idle (gpointer user_data)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  printf ("%" G_GINT64_FORMAT " %.0f\n", now () - began, used.tv_sec * 1e6 + used.tv_nsec / 1e3);
  fflush (stdout);
  _exit (0);
}

static void
on_painted (GdkFrameClock *clock, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, user_data);
  g_idle_add_full (G_PRIORITY_LOW, on_idle, NULL, NULL);
}

static void
on_realized (GtkWidget *window, gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted),
                    NULL);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (on_realized), NULL);
}

static void
show_empty_window (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  gtk_window_present (GTK_WINDOW (window));
}

static int
start (const char *kind)
{
  g_autoptr (GApplication) application = NULL;

  began = read_start ();
  if (strcmp (kind, "--empty") == 0)
    {
      application = G_APPLICATION (adw_application_new ("org.casecount.Empty", 0));
      g_signal_connect (application, "activate", G_CALLBACK (show_empty_window), NULL);
    }
  else
    application = G_APPLICATION (cc_application_new ());
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  return g_application_run (application, 0, NULL);
}

/* Elapsed and processor time of a start, in milliseconds. */
typedef struct
{
  double elapsed;
  double processor;
} Start;

static Start
measure (const char *program, const char *kind)
{
  const char *const arguments[] = { program, kind, NULL };
  g_autofree char  *output = NULL;
  char             *rest;
  Start             start;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &output, NULL, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }
  start.elapsed = g_ascii_strtod (output, &rest) / 1000;
  start.processor = g_ascii_strtod (rest, NULL) / 1000;
  return start;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

static GArray *
create_values (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "--empty", "--casecount" };
  const int                rounds = argc > 1 ? atoi (argv[1]) : 9;
  GArray                  *elapsed[] = { create_values (), create_values () };
  GArray                  *processor[] = { create_values (), create_values () };
  double                   ratio;

  if (argc > 1 && g_str_has_prefix (argv[1], "--"))
    return start (argv[1]);
  for (int i = 0; i <= rounds; i++)
    for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
      {
        const Start result = measure (argv[0], kinds[kind]);

        /* The first round fills the caches of the disk. */
        if (i == 0)
          continue;
        g_array_append_val (elapsed[kind], result.elapsed);
        g_array_append_val (processor[kind], result.processor);
      }
  ratio = median (elapsed[1]) / median (elapsed[0]);
  printf ("elapsed: empty window %.0f ms, Casecount %.0f ms, ratio %.2f (bar %.1f), %d rounds\n",
          median (elapsed[0]), median (elapsed[1]), ratio, BAR, rounds);
  printf ("processor: empty window %.0f ms, Casecount %.0f ms, ratio %.2f\n", median (processor[0]),
          median (processor[1]), median (processor[1]) / median (processor[0]));
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_array_unref (elapsed[kind]);
      g_array_unref (processor[kind]);
    }
  return ratio <= BAR ? 0 : 1;
}
