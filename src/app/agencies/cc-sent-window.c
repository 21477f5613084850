/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sent-window.h"

#include "cc-agency-sent.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "tables/cc-cell-item.h"
#include "widgets/cc-list-names.h"
#include "widgets/cc-list-steps.h"
#include "widgets/cc-tab.h"

struct _CcSentWindow
{
  AdwWindow parent_instance;

  GtkStack    *stack;
  GtkWidget   *loading;
  GtkWidget   *content;
  GtkLabel    *failure;
  GtkLabel    *heading;
  GtkLabel    *remark;
  GtkListView *list;

  CcSession    *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcSentWindow, cc_sent_window, ADW_TYPE_WINDOW)

static GtkWidget *
create_label (const char *class_name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  return label;
}

static void
on_item_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *place = create_label ("caption");

  gtk_widget_add_css_class (place, "dim-label");
  gtk_box_append (GTK_BOX (box), create_label (NULL));
  gtk_box_append (GTK_BOX (box), place);
  gtk_widget_add_css_class (box, "cell-item");
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_item_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  CcCellItem *line = gtk_list_item_get_item (item);
  GtkWidget  *box = gtk_list_item_get_child (item);
  GtkWidget  *title = gtk_widget_get_first_child (box);

  gtk_label_set_label (GTK_LABEL (title), cc_cell_item_get_title (line));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)),
                       cc_cell_item_get_subtitle (line));
  cc_list_line_name (box, cc_cell_item_get_title (line), cc_cell_item_get_subtitle (line));
}

/* A CcReadFunc. */
static gpointer
read_figures (CcSession    *session,
              CcConnection *connection,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  return cc_sent_counts_read (connection, *(gint64 *) data, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcSentWindow) self = CC_SENT_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = cc_session_read_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (figures != NULL)
    {
      cc_list_steps_show (self->list, G_LIST_MODEL (cc_agency_sent_list (self->session, figures)));
      gtk_stack_set_visible_child (self->stack, self->content);
      return;
    }
  text = cc_describe_error (error);
  gtk_label_set_label (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
cc_sent_window_dispose (GObject *object)
{
  CcSentWindow *self = CC_SENT_WINDOW (object);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      cc_list_steps_let_go (self->list);
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_sent_window_parent_class)->dispose (object);
}

static void
cc_sent_window_class_init (CcSentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_sent_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/agencies/"
                                                             "cc-sent-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, remark);
  gtk_widget_class_bind_template_child (widget_class, CcSentWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_item_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bind);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_sent_window_init (CcSentWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
}

CcSentWindow *
cc_sent_window_new (GtkWidget *near)
{
  return g_object_new (CC_TYPE_SENT_WINDOW, "transient-for", gtk_widget_get_root (near), NULL);
}

/**
 * counts: what of the delivery is asked for; its other counts are shown, too
 */
void
cc_sent_window_load (CcSentWindow *self, CcSession *session, const CcSentCounts *counts)
{
  g_autofree char *total = NULL;
  g_autofree char *remark = NULL;

  g_return_if_fail (CC_IS_SENT_WINDOW (self) && session != NULL && counts != NULL);

  total = cc_agency_sent_describe_total (session, counts);
  remark = cc_agency_sent_describe (session, counts);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  gtk_label_set_label (self->heading, total);
  gtk_label_set_label (self->remark, remark);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, read_figures,
                         g_memdup2 (&counts->submission, sizeof counts->submission), g_free,
                         (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                         g_object_ref (self));
}
