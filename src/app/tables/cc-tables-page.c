/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-tables-page.h"

#include "cc-figure-save.h"
#include "cc-figure-view.h"
#include "cc-table-builder.h"
#include "cc-tables-gallery.h"
#include "present/cc-error-presenter.h"

#include <glib/gi18n.h>
#include <string.h>

#define TARGET_FIGURE   "figure:"
#define TARGET_LEFT_OUT "left-out:"

struct _CcTablesPage
{
  CcPage parent_instance;

  GtkStack        *stack;
  GtkWidget       *loading;
  CcTablesGallery *gallery;
  CcFigureView    *figure;
  AdwStatusPage   *empty;
  AdwStatusPage   *failure;
  GtkWidget       *toolbar;
  GtkMenuButton   *save_button;

  GSimpleActionGroup *actions;
  CcSession          *session;
  CcFigureChoices    *choices;
  GCancellable       *cancellable;
  char               *target; /* waits for the choices */
};

G_DEFINE_FINAL_TYPE (CcTablesPage, cc_tables_page, CC_TYPE_PAGE)

static gboolean
shows_figure (CcTablesPage *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->figure);
}

static void
enable (CcTablesPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (CcTablesPage *self)
{
  CcReportFigure *figure = cc_figure_view_get_figure (self->figure);
  const gboolean  shown = shows_figure (self) && figure != NULL;

  enable (self, "save", shown);
  enable (self, "save-menu", shown);
  enable (self, "copy-table", shown);
  enable (self, "copy-chart", shown && cc_report_figure_get_chart (figure) != NULL);
  enable (self, "options", shows_figure (self));
  enable (self, "toggle-view", shown && cc_report_figure_get_chart (figure) != NULL);
  enable (self, "build", self->choices != NULL);
  gtk_widget_set_visible (self->toolbar, shows_figure (self));
}

/* What stands in the header bar. */
static void
update_header (CcTablesPage *self)
{
  CcReportFigure *figure = cc_figure_view_get_figure (self->figure);

  cc_page_set_can_go_back (CC_PAGE (self), shows_figure (self));
  if (shows_figure (self) && figure != NULL)
    cc_page_set_title (CC_PAGE (self), cc_report_figure_get_title (figure), NULL);
  else
    cc_page_set_title (CC_PAGE (self), NULL, NULL);
  update_actions (self);
}

static void
show_child (CcTablesPage *self, gpointer child)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (child));
  update_header (self);
}

static void
open_params (CcTablesPage *self, const CcFigureParams *params)
{
  const gboolean chart = params->id != NULL && strchr (params->id, ':') == NULL;

  /* A chart opens as a chart, a table as a table; the other is one button away. */
  g_object_set (self->figure, "view", chart ? "chart" : "table", NULL);
  show_child (self, self->figure);
  cc_figure_view_open (self->figure, self->session, self->choices, params);
}

static void
open_figure (CcTablesPage *self, const char *id)
{
  g_autoptr (GArray) periods = cc_figure_choices_make_periods (self->choices);
  g_autoptr (CcFigureParams) params =
      cc_figure_params_new (id, periods, cc_session_get_language (self->session));

  open_params (self, params);
}

static void
on_built (CcTablesPage *self, CcTableBuilder *builder)
{
  g_autoptr (GArray) periods = cc_figure_choices_make_periods (self->choices);
  g_autoptr (CcFigureParams) params =
      cc_figure_params_new (NULL, periods, cc_session_get_language (self->session));

  cc_table_builder_apply (builder, params);
  open_params (self, params);
}

static void
on_build_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcTablesPage   *self = CC_TABLES_PAGE (user_data);
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  CcTableBuilder *builder;

  if (self->choices == NULL || self->choices->last_year == 0)
    return;
  builder = cc_table_builder_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                  self->choices->axes, cc_session_get_language (self->session));
  g_signal_connect_object (builder, "built", G_CALLBACK (on_built), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (builder));
}

static void
on_save_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcTablesPage   *self = CC_TABLES_PAGE (user_data);
  CcReportFigure *figure = cc_figure_view_get_figure (self->figure);

  if (figure != NULL)
    cc_figure_save (GTK_WIDGET (self), figure, cc_figure_view_get_params (self->figure),
                    cc_figure_view_get_audience (self->figure),
                    g_variant_get_string (parameter, NULL));
}

/* The formats to choose from, as the button has them. */
static void
on_save_menu_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (CC_TABLES_PAGE (user_data)->save_button);
}

static void
on_copy_chart_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcTablesPage   *self = CC_TABLES_PAGE (user_data);
  CcReportFigure *figure = cc_figure_view_get_figure (self->figure);

  if (figure != NULL)
    cc_figure_copy_picture (GTK_WIDGET (self), figure, cc_figure_view_get_audience (self->figure));
}

static void
on_copy_table_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcTablesPage   *self = CC_TABLES_PAGE (user_data);
  CcReportFigure *figure = cc_figure_view_get_figure (self->figure);

  if (figure != NULL)
    cc_figure_copy_table (GTK_WIDGET (self), figure, cc_figure_view_get_audience (self->figure));
}

static void
on_toggle_view_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcTablesPage    *self = CC_TABLES_PAGE (user_data);
  g_autofree char *view = NULL;

  g_object_get (self->figure, "view", &view, NULL);
  g_object_set (self->figure, "view", g_str_equal (view, "chart") ? "table" : "chart", NULL);
}

static void
on_options_changed (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  cc_figure_view_set_show_options (CC_TABLES_PAGE (user_data)->figure,
                                   g_variant_get_boolean (value));
}

/* The pane can be closed by a swipe or a click beside it, too. */
static void
follow_options (CcTablesPage *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "options");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (
                                 cc_figure_view_get_show_options (self->figure)));
}

static void
open_target (CcTablesPage *self)
{
  g_autofree char *target = g_steal_pointer (&self->target);

  if (target == NULL)
    return;
  if (g_str_has_prefix (target, TARGET_FIGURE))
    open_figure (self, target + strlen (TARGET_FIGURE));
  else if (g_str_has_prefix (target, TARGET_LEFT_OUT))
    {
      open_figure (self, target + strlen (TARGET_LEFT_OUT));
      cc_figure_view_show_left_out (self->figure);
    }
  else if (g_str_equal (target, "new"))
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), "build", NULL);
}

static void
on_choices_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcTablesPage) self = CC_TABLES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  CcFigureChoices *choices = cc_figure_choices_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (choices == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      show_child (self, self->failure);
      return;
    }
  g_clear_pointer (&self->choices, cc_figure_choices_free);
  self->choices = choices;
  if (choices->last_year == 0)
    {
      g_clear_pointer (&self->target, g_free);
      show_child (self, self->empty);
      return;
    }
  cc_tables_gallery_show (self->gallery, self->session, choices);
  if (shows_figure (self) && cc_figure_view_get_params (self->figure) != NULL)
    cc_figure_view_count (self->figure);
  else
    show_child (self, self->gallery);
  update_actions (self);
  open_target (self);
}

static void
stop_loading (CcTablesPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cc_tables_page_refresh (CcPage *page, CcSession *session)
{
  CcTablesPage *self = CC_TABLES_PAGE (page);

  stop_loading (self);
  if (session != self->session)
    {
      cc_session_ref (session);
      g_clear_pointer (&self->session, cc_session_unref);
      g_clear_pointer (&self->choices, cc_figure_choices_free);
      self->session = session;
      cc_figure_view_close (self->figure);
      show_child (self, self->loading);
    }
  self->cancellable = g_cancellable_new ();
  cc_figure_choices_load_async (session, self->cancellable, on_choices_loaded, g_object_ref (self));
}

static void
cc_tables_page_open_target (CcPage *page, const char *target)
{
  CcTablesPage *self = CC_TABLES_PAGE (page);

  g_free (self->target);
  self->target = g_strdup (target);
  if (self->choices != NULL && self->choices->last_year != 0)
    open_target (self);
}

static void
cc_tables_page_go_back (CcPage *page)
{
  CcTablesPage *self = CC_TABLES_PAGE (page);

  show_child (self, self->gallery);
  cc_figure_view_close (self->figure);
  gtk_widget_child_focus (GTK_WIDGET (self->gallery), GTK_DIR_TAB_FORWARD);
}

static void
cc_tables_page_dispose (GObject *object)
{
  CcTablesPage *self = CC_TABLES_PAGE (object);

  stop_loading (self);
  if (self->figure != NULL)
    g_signal_handlers_disconnect_by_data (self->figure, self);
  g_clear_pointer (&self->choices, cc_figure_choices_free);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_object (&self->actions);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_TABLES_PAGE);
  G_OBJECT_CLASS (cc_tables_page_parent_class)->dispose (object);
}

static void
cc_tables_page_finalize (GObject *object)
{
  g_free (CC_TABLES_PAGE (object)->target);
  G_OBJECT_CLASS (cc_tables_page_parent_class)->finalize (object);
}

/* Reached wherever the focus is, while the page is seen: the menu for saving is in the header. */
static void
add_shortcuts (CcTablesPage *self)
{
  static const struct
  {
    const char *trigger;
    const char *action;
  } keys[] = {
    { "<Control>s", "tables.save-menu" },
    { "<Control><Shift>c", "tables.copy-table" },
    { "<Control>t", "tables.toggle-view" },
    { "F8", "tables.options" },
  };
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_MANAGED);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (controller,
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                                keys[i].trigger),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_shortcut_controller_add_shortcut (
      controller,
      gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control>e"),
                                       gtk_named_action_new ("tables.save"), "s", "xlsx"));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}

static void
cc_tables_page_class_init (CcTablesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_tables_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_tables_page_finalize;
  CC_PAGE_CLASS (klass)->refresh = cc_tables_page_refresh;
  CC_PAGE_CLASS (klass)->open_target = cc_tables_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_tables_page_go_back;
  g_type_ensure (CC_TYPE_TABLES_GALLERY);
  g_type_ensure (CC_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/tables/cc-tables-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, loading);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, gallery);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, figure);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, CcTablesPage, save_button);
  gtk_widget_class_bind_template_callback (widget_class, open_figure);
  gtk_widget_class_bind_template_callback (widget_class, update_header);
  gtk_widget_class_bind_template_callback (widget_class, follow_options);
}

static void
cc_tables_page_init (CcTablesPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "save", .activate = on_save_activated, .parameter_type = "s" },
    { .name = "save-menu", .activate = on_save_menu_activated },
    { .name = "copy-chart", .activate = on_copy_chart_activated },
    { .name = "copy-table", .activate = on_copy_table_activated },
    { .name = "options", .state = "true", .change_state = on_options_changed },
    { .name = "build", .activate = on_build_activated },
    { .name = "toggle-view", .activate = on_toggle_view_activated },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (self);
  cc_page_set_toolbar (CC_PAGE (self), self->toolbar);
  cc_page_add_actions (CC_PAGE (self), "tables", G_ACTION_GROUP (self->actions));
  update_header (self);
}
