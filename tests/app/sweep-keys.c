/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-keys.h"

#include <adwaita.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A key that has not come back after that was swallowed by the window system. */
#define KEY_MS 1500
/* The release of a key that closed a window goes to nobody, or late to the window behind. */
#define GONE_MS  120
#define QUIET_MS 60
#define MOST_MS  15000

static GPid  child;
static FILE *keys;
static guint n_released;

/* Before any widget sees it, whatever window it is for. */
static gboolean
on_event (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GdkEvent *event = g_value_get_pointer (&values[1]);

  if (event != NULL && gdk_event_get_event_type (event) == GDK_KEY_RELEASE)
    n_released++;
  return TRUE;
}

gboolean
sweep_keys_start (void)
{
  static char *arguments[] = { (char *) "xdotool", (char *) "-", NULL };
  int          input;

  g_type_class_unref (g_type_class_ref (GDK_TYPE_SURFACE));
  if (!g_spawn_async_with_pipes (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &child,
                                 &input, NULL, NULL, NULL))
    return FALSE;
  keys = fdopen (input, "w");
  g_signal_add_emission_hook (g_signal_lookup ("event", GDK_TYPE_SURFACE), 0, on_event, NULL, NULL);
  return keys != NULL;
}

void
sweep_keys_stop (void)
{
  if (keys != NULL)
    fclose (keys);
  keys = NULL;
  g_spawn_close_pid (child);
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_a_while (guint milliseconds)
{
  gboolean passed = FALSE;

  g_timeout_add (milliseconds, on_time, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_keys (const char *key)
{
  guint n = 1;

  for (const char *at = key; *at != '\0'; at++)
    n += *at == '+';
  return n;
}

static guint
count_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += gtk_widget_get_mapped (window) != FALSE;
    }
  return n;
}

/* Until the key was let go, or for a moment after a window went. */
static void
wait_for_release (guint wanted)
{
  const gint64 end = g_get_monotonic_time () + KEY_MS * G_TIME_SPAN_MILLISECOND;
  const guint  n_windows = count_windows ();
  gboolean     late = FALSE;
  guint        timer = g_timeout_add (KEY_MS, on_time, &late);

  while (n_released < wanted && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      if (n_released < wanted && count_windows () < n_windows)
        {
          wait_a_while (GONE_MS);
          break;
        }
    }
  if (!late)
    g_source_remove (timer);
}

void
sweep_keys_press (const char *key)
{
  fprintf (keys, "key --delay 0 %s\n", key);
  fflush (keys);
  /* The modifiers of a key are let go one by one. */
  wait_for_release (n_released + count_keys (key));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
moves (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget))
    return gtk_spinner_get_spinning (GTK_SPINNER (widget));
  if (GTK_IS_STACK (widget))
    return gtk_stack_get_transition_running (GTK_STACK (widget));
  return FALSE;
}

/* Counts what is shown, so that what grows is noticed; G_MAXUINT / 2 and more while it moves. */
static guint
count_shown (GtkWidget *widget)
{
  guint n = 1;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (moves (widget))
    return G_MAXUINT / 2;
  for (GtkWidget *part = gtk_widget_get_first_child (widget); part != NULL && n < G_MAXUINT / 2;
       part = gtk_widget_get_next_sibling (part))
    n += count_shown (part);
  return n;
}

void
sweep_keys_settle (GtkWidget *root)
{
  const gint64 end = g_get_monotonic_time () + MOST_MS * G_TIME_SPAN_MILLISECOND;
  guint        last = 0;
  guint        n = G_MAXUINT;

  /* A window that went has nothing to settle. */
  for (guint quiet = 0; quiet < 2 && gtk_widget_get_mapped (root) && g_get_monotonic_time () < end;)
    {
      wait_a_while (QUIET_MS);
      last = n;
      n = count_shown (root);
      quiet = n == last && n > 0 && n < G_MAXUINT / 2 ? quiet + 1 : 0;
    }
}
