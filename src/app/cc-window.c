/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window.h"

#include "cc-window-state.h"
#include "shell/cc-shell.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gi18n.h>

struct _CcWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack     *stack;
  CcStartPage  *start_page;
  CcUnlockPage *unlock_page;
  CcShell      *shell;

  GFile                *file;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (CcWindow, cc_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
shows_case_file (CcWindow *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->shell);
}

static void
update_actions (CcWindow *self)
{
  static const char *const of_case_file[] = { "go",   "page",    "refresh", "toggle-sidebar",
                                              "undo", "undo-act" };

  for (guint i = 0; i < G_N_ELEMENTS (of_case_file); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), of_case_file[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), shows_case_file (self));
    }
}

/* No path and no name of a file: others see window titles, and screenshots carry them. */
static void
show_title (CcWindow *self, CcSession *session)
{
  g_autofree char *country = cc_session_dup_country (session);
  g_autofree char *title = NULL;

  if (cc_case_file_is_practice (cc_session_get_file (session)))
    /* Translators: title of a window that shows a practice file; %s is a country. */
    title = g_strdup_printf (_ ("%s (training) – Casecount"), country);
  else
    /* Translators: title of a window; %s is a country. */
    title = g_strdup_printf (_ ("%s – Casecount"), country);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_unlocked_cb (CcWindow *self, CcSession *session)
{
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *display_name = g_filename_display_name (name);

  cc_shell_set_session (self->shell, session, display_name);
  show_title (self, session);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->shell));
  update_actions (self);
  gtk_widget_child_focus (GTK_WIDGET (self->shell), GTK_DIR_TAB_FORWARD);
}

static void
on_chooser_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  CcWindow *self = CC_WINDOW (user_data);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (file != NULL)
    cc_window_open (self, file);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) cases = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (cases, _ ("Case files"));
  gtk_file_filter_add_suffix (cases, "casecount");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, cases);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
on_open_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *self = CC_WINDOW (user_data);

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Open a Case File"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (self->chooser));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_page_state (CcWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "page");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (cc_shell_get_page (self->shell)));
}

static void
on_page_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *self = CC_WINDOW (user_data);

  if (cc_shell_show_page (self->shell, g_variant_get_string (parameter, NULL)))
    show_page_state (self);
}

static void
on_go_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow   *self = CC_WINDOW (user_data);
  const char *page;
  const char *target;

  g_variant_get (parameter, "(&s&s)", &page, &target);
  if (cc_shell_go (self->shell, page, target))
    show_page_state (self);
}

static void
on_refresh_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_shell_refresh (CC_WINDOW (user_data)->shell);
}

static void
on_undo_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_shell_undo (CC_WINDOW (user_data)->shell,
                 parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
on_show_menu_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow  *self = CC_WINDOW (user_data);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page == GTK_WIDGET (self->shell))
    cc_shell_popup_menu (self->shell);
  else if (page == GTK_WIDGET (self->unlock_page))
    cc_unlock_page_popup_menu (self->unlock_page);
  else
    cc_start_page_popup_menu (self->start_page);
}

static void
on_toggle_sidebar_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_shell_toggle_sidebar (CC_WINDOW (user_data)->shell);
}

static const GActionEntry actions[] = {
  { .name = "open", .activate = on_open_activated },
  { .name = "page", .activate = on_page_activated, .parameter_type = "s", .state = "'overview'" },
  { .name = "go", .activate = on_go_activated, .parameter_type = "(ss)" },
  { .name = "refresh", .activate = on_refresh_activated },
  { .name = "show-menu", .activate = on_show_menu_activated },
  { .name = "toggle-sidebar", .activate = on_toggle_sidebar_activated },
  { .name = "undo", .activate = on_undo_activated },
  { .name = "undo-act", .activate = on_undo_activated, .parameter_type = "x" },
};

static gboolean
cc_window_close_request (GtkWindow *window)
{
  cc_window_state_save (window);
  return GTK_WINDOW_CLASS (cc_window_parent_class)->close_request (window);
}

static void
cc_window_dispose (GObject *object)
{
  CcWindow *self = CC_WINDOW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_WINDOW);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (cc_window_parent_class)->dispose (object);
}

static void
cc_window_class_init (CcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cc_window_close_request;
  g_type_ensure (CC_TYPE_START_PAGE);
  g_type_ensure (CC_TYPE_UNLOCK_PAGE);
  g_type_ensure (CC_TYPE_SHELL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/cc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, CcWindow, unlock_page);
  gtk_widget_class_bind_template_child (widget_class, CcWindow, shell);
  gtk_widget_class_bind_template_callback (widget_class, on_unlocked_cb);
}

static void
cc_window_init (CcWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Casecount"));
  cc_window_state_restore (GTK_WINDOW (self));
  update_actions (self);
}

CcWindow *
cc_window_new (GtkApplication *application)
{
  return g_object_new (CC_TYPE_WINDOW, "application", application, NULL);
}

void
cc_window_open (CcWindow *self, GFile *file)
{
  g_return_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file));

  if (shows_case_file (self))
    {
      GFile *files[] = { file };

      g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), files, 1,
                          "");
      return;
    }
  g_set_object (&self->file, file);
  cc_unlock_page_set_file (self->unlock_page, file);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->unlock_page));
  update_actions (self);
}

gboolean
cc_window_shows (CcWindow *self, GFile *file)
{
  g_return_val_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file), FALSE);
  return self->file != NULL && g_file_equal (self->file, file);
}
