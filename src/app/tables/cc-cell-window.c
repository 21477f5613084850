/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-window.h"

#include "cc-cell-item.h"
#include "cc-cell-texts.h"
#include "cc-figure-cells.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-list-names.h"
#include "widgets/cc-list-steps.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

struct _CcCellWindow
{
  AdwWindow parent_instance;

  GtkStack     *stack;
  GtkWidget    *loading;
  GtkWidget    *content;
  GtkLabel     *failure;
  GtkLabel     *figure;
  GtkWidget    *switcher;
  GtkStack     *lists;
  GtkStackPage *inside_page;
  GtkStackPage *outside_page;
  GtkListView  *inside;
  GtkListView  *outside;
  GtkLabel     *inside_limit;
  GtkLabel     *outside_limit;
  GtkLabel     *reasons;

  CcSession    *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcCellWindow, cc_cell_window, ADW_TYPE_WINDOW)

static void
on_item_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (subtitle), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_widget_add_css_class (box, "cell-item");
  gtk_list_item_set_child (item, box);
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
  gtk_list_item_set_activatable (item, cc_cell_item_get_target (line) != NULL);
  cc_list_line_name (box, cc_cell_item_get_title (line), cc_cell_item_get_subtitle (line));
}

/* The window leads away to the page where the person is worked on. */
static void
on_item_activated (CcCellWindow *self, guint position, GtkListView *list)
{
  g_autoptr (CcCellItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (item == NULL || cc_cell_item_get_target (item) == NULL || parent == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.go", "(ss)", "cases",
                              cc_cell_item_get_target (item));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCellWindow) self = CC_CELL_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  CcCellRecords   *records = cc_figure_read_cell_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (records != NULL)
    {
      cc_cell_window_set_records (self, records);
      return;
    }
  text = cc_describe_error (error);
  gtk_label_set_label (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
cc_cell_window_dispose (GObject *object)
{
  CcCellWindow *self = CC_CELL_WINDOW (object);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      cc_list_steps_let_go (self->inside);
      cc_list_steps_let_go (self->outside);
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_cell_window_parent_class)->dispose (object);
}

static void
cc_cell_window_class_init (CcCellWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_cell_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/tables/cc-cell-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, figure);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, lists);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, inside_page);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, outside_page);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, inside);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, outside);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, inside_limit);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, outside_limit);
  gtk_widget_class_bind_template_child (widget_class, CcCellWindow, reasons);
  gtk_widget_class_bind_template_callback (widget_class, on_item_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_item_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_cell_window_init (CcCellWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->outside));
  cc_tab_make_one_stop (GTK_WIDGET (self->inside));
}

CcCellWindow *
cc_cell_window_new (GtkWindow *parent)
{
  return g_object_new (CC_TYPE_CELL_WINDOW, "transient-for", parent, NULL);
}

void
cc_cell_window_load (CcCellWindow         *self,
                     CcSession            *session,
                     const CcFigureParams *params,
                     CcReportFigure       *figure,
                     guint                 row,
                     guint                 col)
{
  g_autofree char *name = NULL;

  g_return_if_fail (figure != NULL);
  name = cc_figure_describe_cell (figure, row, col);
  cc_cell_window_load_cell (self, session, params, cc_report_figure_get_result (figure), name, row,
                            col);
}

void
cc_cell_window_load_cell (CcCellWindow         *self,
                          CcSession            *session,
                          const CcFigureParams *params,
                          const CcTableResult  *result,
                          const char           *name,
                          guint                 row,
                          guint                 col)
{
  g_return_if_fail (CC_IS_CELL_WINDOW (self) && session != NULL && params != NULL && result != NULL
                    && name != NULL);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  gtk_label_set_label (self->figure, name);
  gtk_stack_set_visible_child (self->stack, self->loading);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_figure_read_cell_async (session, params, result, row, col, self->cancellable, on_read,
                             g_object_ref (self));
}

void
cc_cell_window_show_outside (CcCellWindow *self)
{
  g_return_if_fail (CC_IS_CELL_WINDOW (self));
  gtk_stack_set_visible_child_name (self->lists, "outside");
}

static void
show_limit (CcCellWindow *self, GtkLabel *label, gint64 listed, gint64 all)
{
  g_autofree char *text = cc_cell_describe_limit (self->session, listed, all);

  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

void
cc_cell_window_set_records (CcCellWindow *self, CcCellRecords *records)
{
  const CcCellPersons *persons = records->persons;
  g_autofree char     *n_inside = cc_session_format_number (self->session, persons->n_inside);
  g_autofree char     *n_outside = cc_session_format_number (self->session, persons->n_outside);
  g_autofree char     *reasons = cc_cell_describe_reasons (self->session, records);
  g_autofree char     *inside = NULL;
  g_autofree char     *outside = NULL;

  g_return_if_fail (CC_IS_CELL_WINDOW (self));
  /* Translators: %s is the number of persons behind the figure. */
  inside = g_strdup_printf (_ ("Counted (%s)"), n_inside);
  /* Translators: %s is the number of persons that are not in the figure. */
  outside = g_strdup_printf (_ ("Not Counted (%s)"), n_outside);
  gtk_stack_page_set_title (self->inside_page, inside);
  gtk_stack_page_set_title (self->outside_page, outside);
  /* The buttons make their labels anew with each title. */
  cc_buttons_show_whole_labels (self->switcher);
  cc_list_steps_show (self->inside, G_LIST_MODEL (cc_cell_list_inside (self->session, records)));
  cc_list_steps_show (self->outside, G_LIST_MODEL (cc_cell_list_outside (self->session, records)));
  show_limit (self, self->inside_limit, persons->inside->len, persons->n_inside);
  show_limit (self, self->outside_limit, persons->outside->len, persons->n_outside);
  gtk_label_set_label (self->reasons, reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), *reasons != '\0');
  gtk_stack_set_visible_child (self->stack, self->content);
  cc_cell_records_free (records);
}
