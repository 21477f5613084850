/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-detail-window.h"

#include "present/cc-error-presenter.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

struct _CcDetailWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack       *stack;
  GtkWidget      *content;
  GtkLabel       *summary;
  GtkListView    *list;
  AdwStatusPage  *failure;

  GtkWidget *near;
};

G_DEFINE_FINAL_TYPE (CcDetailWindow, cc_detail_window, ADW_TYPE_WINDOW)

static void
on_setup_cb (CcDetailWindow *self, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "dim-label");
  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "caption");
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_list_item_set_child (item, row);
}

/* The line itself takes the focus, so it is the line that is read. */
static void
name_line (GtkWidget *row, CcDetailItem *detail)
{
  GtkWidget       *line = gtk_widget_get_parent (row);
  g_autofree char *name = NULL;

  if (line == NULL)
    return;
  name = *cc_detail_item_get_subtitle (detail) != '\0'
             /* Translators: a line of a list read aloud: its title, and what stands below it. */
             ? g_strdup_printf (_ ("%s: %s"), cc_detail_item_get_title (detail),
                                cc_detail_item_get_subtitle (detail))
             : g_strdup (cc_detail_item_get_title (detail));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_bind_cb (CcDetailWindow *self, GtkListItem *item)
{
  CcDetailItem *detail = gtk_list_item_get_item (item);
  GtkWidget    *row = gtk_list_item_get_child (item);
  GtkWidget    *title = gtk_widget_get_first_child (row);
  GtkWidget    *subtitle = gtk_widget_get_last_child (row);

  gtk_label_set_label (GTK_LABEL (title), cc_detail_item_get_title (detail));
  gtk_label_set_label (GTK_LABEL (subtitle), cc_detail_item_get_subtitle (detail));
  gtk_widget_set_visible (subtitle, *cc_detail_item_get_subtitle (detail) != '\0');
  if (cc_detail_item_is_heading (detail))
    gtk_widget_add_css_class (title, "heading");
  else
    gtk_widget_remove_css_class (title, "heading");
  gtk_list_item_set_activatable (item, cc_detail_item_get_record (detail) != 0);
  name_line (row, detail);
}

static void
on_activate_cb (CcDetailWindow *self, guint position)
{
  g_autoptr (CcDetailItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);
  g_autofree char *target = NULL;

  if (item == NULL || cc_detail_item_get_record (item) == 0)
    return;
  target = g_strdup_printf ("record:%" G_GINT64_FORMAT, cc_detail_item_get_record (item));
  if (self->near != NULL)
    gtk_widget_activate_action (self->near, "win.go", "(ss)", "cases", target);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cc_detail_window_dispose (GObject *object)
{
  CcDetailWindow *self = CC_DETAIL_WINDOW (object);

  g_clear_weak_pointer (&self->near);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_DETAIL_WINDOW);
  G_OBJECT_CLASS (cc_detail_window_parent_class)->dispose (object);
}

static void
cc_detail_window_class_init (CcDetailWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_detail_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-detail-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, list);
  gtk_widget_class_bind_template_child (widget_class, CcDetailWindow, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_detail_window_init (CcDetailWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
}

/**
 * near: any widget of the window that it belongs to
 */
CcDetailWindow *
cc_detail_window_new (GtkWidget *near, const char *title)
{
  CcDetailWindow *self = g_object_new (CC_TYPE_DETAIL_WINDOW, NULL);
  GtkRoot        *root = gtk_widget_get_root (near);

  g_set_weak_pointer (&self->near, near);
  adw_window_title_set_title (self->window_title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  return self;
}

void
cc_detail_window_show (CcDetailWindow *self, const char *summary, GListModel *items)
{
  g_autoptr (GtkNoSelection) model = NULL;

  g_return_if_fail (CC_IS_DETAIL_WINDOW (self) && summary != NULL && G_IS_LIST_MODEL (items));
  /* Closed meanwhile. */
  if (self->stack == NULL)
    return;
  model = gtk_no_selection_new (g_object_ref (items));
  gtk_label_set_label (self->summary, summary);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  gtk_stack_set_visible_child (self->stack, self->content);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

void
cc_detail_window_fail (CcDetailWindow *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CC_IS_DETAIL_WINDOW (self) && error != NULL);
  if (self->stack == NULL)
    return;
  text = cc_describe_error (error);
  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}
