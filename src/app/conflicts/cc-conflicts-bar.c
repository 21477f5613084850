/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-conflicts-bar.h"

#include "cc-conflicts-load.h"
#include "cc-conflicts-window.h"
#include "widgets/cc-folding-bar.h"

struct _CcConflictsBar
{
  AdwBin parent_instance;

  GtkLabel *sentence;

  CcSession    *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcConflictsBar, cc_conflicts_bar, ADW_TYPE_BIN)

static void
on_review_clicked_cb (CcConflictsBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session != NULL && GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (cc_conflicts_window_new (GTK_WINDOW (root), self->session)));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcConflictsBar) self = CC_CONFLICTS_BAR (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = cc_session_read_finish (result, &error);
  g_autofree char   *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), n != NULL && *n > 0);
  if (n == NULL || *n == 0)
    return;
  sentence = cc_conflicts_describe_open (self->session, *n);
  gtk_label_set_label (self->sentence, sentence);
}

static void
stop (CcConflictsBar *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
}

void
cc_conflicts_bar_refresh (CcConflictsBar *self, CcSession *session)
{
  g_return_if_fail (CC_IS_CONFLICTS_BAR (self) && session != NULL);
  stop (self);
  self->session = cc_session_ref (session);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_conflicts_count, NULL, NULL, g_free, self->cancellable,
                         on_counted, g_object_ref (self));
}

static void
cc_conflicts_bar_dispose (GObject *object)
{
  stop (CC_CONFLICTS_BAR (object));
  G_OBJECT_CLASS (cc_conflicts_bar_parent_class)->dispose (object);
}

static void
cc_conflicts_bar_class_init (CcConflictsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_conflicts_bar_dispose;
  g_type_ensure (CC_TYPE_FOLDING_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/conflicts/"
                                                             "cc-conflicts-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CcConflictsBar, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_review_clicked_cb);
}

static void
cc_conflicts_bar_init (CcConflictsBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
