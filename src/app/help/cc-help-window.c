/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-help-window.h"

struct _CcHelpWindow
{
  AdwWindow parent_instance;

  AdwExpanderRow *start;
  AdwExpanderRow *agencies;
  AdwExpanderRow *import;
  AdwExpanderRow *cases;
  AdwExpanderRow *checks;
  AdwExpanderRow *duplicates;
  AdwExpanderRow *tables;
  AdwExpanderRow *questionnaires;
};

G_DEFINE_FINAL_TYPE (CcHelpWindow, cc_help_window, ADW_TYPE_WINDOW)

static void
cc_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (cc_help_window_parent_class)->dispose (object);
}

static void
cc_help_window_class_init (CcHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_help_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/help/cc-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, start);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, agencies);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, import);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, cases);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, checks);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, duplicates);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, tables);
  gtk_widget_class_bind_template_child (widget_class, CcHelpWindow, questionnaires);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_help_window_init (CcHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static AdwExpanderRow *
find_step (CcHelpWindow *self, const char *page)
{
  const struct
  {
    const char     *page;
    AdwExpanderRow *step;
  } steps[] = {
    { "agencies", self->agencies }, { "import", self->import },
    { "cases", self->cases },       { "checks", self->checks },
    { "tables", self->tables },     { "duplicates", self->duplicates },
    { "history", self->checks },    { "questionnaires", self->questionnaires },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].page, page) == 0)
      return steps[i].step;
  return self->start;
}

void
cc_help_window_show (GtkWindow *parent, const char *page)
{
  static CcHelpWindow *window;
  AdwExpanderRow      *step;

  if (window == NULL)
    {
      window = g_object_new (CC_TYPE_HELP_WINDOW, NULL);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    }
  if (parent != NULL && parent != GTK_WINDOW (window))
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  step = find_step (window, page);
  adw_expander_row_set_expanded (step, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (step));
}

/* GTK 4.8 gives it a picture and no name; its own words are in its own catalogue. */
static void
name_search (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-find-symbolic") == 0)
    gtk_widget_set_tooltip_text (widget, g_dgettext ("gtk40", "Search Shortcuts"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search (child);
}

void
cc_help_show_shortcuts (GtkApplicationWindow *window)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/casecount/Casecount/help/shortcuts.ui");
  GObject *overlay = gtk_builder_get_object (builder, "help_overlay");

  g_return_if_fail (GTK_IS_APPLICATION_WINDOW (window));
  name_search (GTK_WIDGET (overlay));
  gtk_application_window_set_help_overlay (window, GTK_SHORTCUTS_WINDOW (overlay));
  gtk_window_present (GTK_WINDOW (overlay));
}
