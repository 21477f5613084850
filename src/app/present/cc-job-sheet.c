/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-job-sheet.h"

#include "cc-language.h"
#include "cc-progress-text.h"

#include <glib/gi18n.h>
#include <cc/model/cc-texts.h>

#define PULSE_MS 120

struct _CcJobSheet
{
  AdwWindow parent_instance;

  GtkLabel       *title;
  GtkLabel       *phase;
  GtkProgressBar *bar;
  GtkLabel       *counts;
  GtkLabel       *time_left;
  GtkLabel       *hint; /* empty until it is needed, so that the sheet keeps its size */
  GtkWidget      *cancel_button;

  GCancellable *cancellable;
  CcTexts      *texts;
  guint         pulse;
  gboolean      counted; /* the present phase knows its total */

  GMutex          lock;
  CcProgressState state;   /* under lock: what the worker said last */
  guint           pending; /* under lock: an idle source will show it */
};

G_DEFINE_FINAL_TYPE (CcJobSheet, cc_job_sheet, ADW_TYPE_WINDOW)

static void
show_state (CcJobSheet *self, const CcProgressState *state)
{
  g_autofree char *counts = cc_progress_describe_counts (self->texts, state);
  g_autofree char *time_left = cc_progress_describe_time_left (state);

  self->counted = state->total > 0;
  if (self->counted)
    gtk_progress_bar_set_fraction (self->bar, CLAMP (state->done / (double) state->total, 0, 1));
  if (state->phase != NULL && cc_texts_has (self->texts, state->phase))
    gtk_label_set_label (self->phase, cc_texts_get (self->texts, state->phase, cc_language_get ()));
  gtk_label_set_label (self->counts, counts);
  gtk_label_set_label (self->time_left, time_left);
}

static gboolean
show_pending (gpointer user_data)
{
  CcJobSheet     *self = user_data;
  CcProgressState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  self->pending = 0;
  g_mutex_unlock (&self->lock);
  /* Not after the end, nor over the sentence that says that it stops. */
  if (self->cancellable != NULL && !g_cancellable_is_cancelled (self->cancellable))
    show_state (self, &state);
  return G_SOURCE_REMOVE;
}

void
cc_job_sheet_tell (const CcProgressState *state, gpointer sheet)
{
  CcJobSheet *self = sheet;

  g_mutex_lock (&self->lock);
  /* Here and not on the main loop, because it reads files. */
  if (self->texts == NULL)
    self->texts = cc_texts_load_default (NULL);
  self->state = *state;
  if (self->pending == 0 && self->texts != NULL)
    self->pending =
        g_idle_add_full (G_PRIORITY_DEFAULT, show_pending, g_object_ref (self), g_object_unref);
  g_mutex_unlock (&self->lock);
}

static gboolean
on_pulse (gpointer user_data)
{
  CcJobSheet *self = user_data;

  if (!self->counted)
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
on_cancel_clicked_cb (CcJobSheet *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_label_set_label (self->hint, "");
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  gtk_label_set_label (self->phase, _ ("Stopping; the case file stays as it was"));
}

/* The sheet goes when the work ends: closing it means cancelling. A key pressed by chance must not
 * end long work, so it is asked for twice; the button needs no second word. */
static gboolean
cc_job_sheet_close_request (GtkWindow *window)
{
  CcJobSheet *self = CC_JOB_SHEET (window);
  GtkWindow  *parent = gtk_window_get_transient_for (window);

  /* Where the window is gone nobody is left to be asked. */
  if (*gtk_label_get_label (self->hint) != '\0' || parent == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (parent)))
    on_cancel_clicked_cb (self);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    gtk_label_set_label (self->hint, _ ("Press Escape once more to cancel."));
  return TRUE;
}

static void
cc_job_sheet_dispose (GObject *object)
{
  CcJobSheet *self = CC_JOB_SHEET (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_JOB_SHEET);
  G_OBJECT_CLASS (cc_job_sheet_parent_class)->dispose (object);
}

static void
cc_job_sheet_finalize (GObject *object)
{
  CcJobSheet *self = CC_JOB_SHEET (object);

  g_clear_pointer (&self->texts, cc_texts_unref);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (cc_job_sheet_parent_class)->finalize (object);
}

static void
cc_job_sheet_class_init (CcJobSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_job_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_job_sheet_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cc_job_sheet_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/present/cc-job-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, title);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, phase);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, bar);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, counts);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, time_left);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CcJobSheet, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_job_sheet_init (CcJobSheet *self)
{
  g_mutex_init (&self->lock);
  self->state.seconds_left = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * Returns: (transfer full): a sheet that is not shown yet; to be disposed of when the work has
 *   ended
 */
CcJobSheet *
cc_job_sheet_new (const char *title, GCancellable *cancellable)
{
  CcJobSheet *self = g_object_new (CC_TYPE_JOB_SHEET, NULL);

  self->cancellable = g_object_ref (cancellable);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->title, title);
  return g_object_ref (self);
}

void
cc_job_sheet_show (CcJobSheet *self, GtkWindow *parent)
{
  g_return_if_fail (CC_IS_JOB_SHEET (self) && GTK_IS_WINDOW (parent));
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  self->pulse = g_timeout_add (PULSE_MS, on_pulse, self);
  gtk_window_present (GTK_WINDOW (self));
}
