/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window.h"

#include "cc-backups.h"
#include "cc-session-follow.h"
#include "cc-window-files.h"
#include "cc-window-leave.h"
#include "cc-window-state.h"
#include "cc-window-title.h"
#include "cc-window-writing.h"
#include "help/cc-help-window.h"
#include "library/cc-library.h"
#include "start/cc-practice-page.h"
#include "present/cc-toast.h"
#include "shell/cc-pages.h"
#include "shell/cc-shell.h"
#include "start/cc-create-page.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gi18n.h>

struct _CcWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack     *stack;
  CcStartPage  *start_page;
  CcUnlockPage *unlock_page;  /* made when it is needed: the first window is there sooner */
  GtkWidget    *locking_page; /* this too */
  GtkWidget    *form;         /* for a new file or an invented country, while one is filled in */
  CcShell      *shell; /* made for each case file, so that nothing of one stays for the next */

  CcSession *session; /* of the open case file */
  GFile     *file;
  char      *page; /* to show once the file is unlocked; NULL: the one it was left at */
  CcKept     kept; /* told then, too */
  guint      n_waiting;
};

G_DEFINE_FINAL_TYPE (CcWindow, cc_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_actions (CcWindow *self)
{
  static const char *const of_case_file[] = {
    "classification", "close-file",  "go",        "lock",           "merge", "package",  "page",
    "refresh",        "repair-file", "save-copy", "toggle-sidebar", "undo",  "undo-act", "redo"
  };

  for (guint i = 0; i < G_N_ELEMENTS (of_case_file); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), of_case_file[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->shell != NULL);
    }
}

/* What was typed into a form is gone when it is left. */
static void
show_child (CcWindow *self, gpointer child)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (child));
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  if (self->form != NULL && self->form != GTK_WIDGET (child))
    {
      gtk_stack_remove (self->stack, self->form);
      self->form = NULL;
    }
  update_actions (self);
}

static void
show_form (CcWindow *self, gpointer form)
{
  gtk_stack_add_child (self->stack, GTK_WIDGET (form));
  show_child (self, form);
  self->form = GTK_WIDGET (form);
}

/* ---- the open case file ---- */

static void
show_page_state (CcWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "page");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (cc_shell_get_page (self->shell)));
}

/* The page of last time, as the file was left. */
static void
show_first_page (CcWindow *self)
{
  g_autofree char *left = cc_window_state_get_page (self->file);
  const char      *page = self->page != NULL ? self->page : left;

  if (page == NULL || !cc_shell_show_page (self->shell, page))
    (void) cc_shell_show_page (self->shell, cc_pages_get (0)->name);
  show_page_state (self);
  g_clear_pointer (&self->page, g_free);
}

/* What locking did to work that was not finished. */
static void
tell_kept (CcWindow *self)
{
  const char *text = cc_kept_describe (self->kept);

  if (text != NULL)
    cc_present_notice (GTK_WIDGET (self), text);
  if (self->n_waiting > 0)
    cc_shell_tell_forgotten (self->shell, self->n_waiting);
  self->kept = CC_KEPT_NOTHING;
  self->n_waiting = 0;
}

static void
show_session (CcWindow *self, CcSession *session)
{
  g_autofree char *path = g_file_get_path (self->file);
  g_autofree char *name = cc_library_display_name (path);

  self->session = cc_session_ref (session);
  self->shell = g_object_new (CC_TYPE_SHELL, NULL);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->shell));
  cc_shell_set_session (self->shell, session, name);
  cc_window_title_show (GTK_WINDOW (self), session);
  show_child (self, self->shell);
  show_first_page (self);
  tell_kept (self);
  gtk_widget_child_focus (GTK_WIDGET (self->shell), GTK_DIR_TAB_FORWARD);
  cc_window_files_opened (self);
  cc_backups_keep (GTK_WIDGET (self->shell), session);
  cc_session_follow (session, GTK_WIDGET (self->shell));
}

/* Everything that was read from the file goes with the shell. Nobody sees it from now on, and it is
 * taken apart piece by piece: taking it out of the window with all its pages would hold up the
 * window. The file is closed in the background when the last work on it has ended. */
static void
let_go (CcWindow *self)
{
  if (self->shell != NULL)
    {
      cc_window_state_save_page (self->file, cc_shell_get_page (self->shell));
      cc_window_let_go_of (self->shell);
      /* What comes next does not fade in over what was locked away. */
      gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_NONE);
      self->shell = NULL;
    }
  g_clear_pointer (&self->session, cc_session_leave);
  if (self->unlock_page != NULL)
    cc_unlock_page_let_go (self->unlock_page);
  g_clear_object (&self->file);
  g_clear_pointer (&self->page, g_free);
  self->kept = CC_KEPT_NOTHING;
  self->n_waiting = 0;
  cc_window_title_show (GTK_WINDOW (self), NULL);
}

static void
on_unlocked (CcWindow *self, CcSession *session)
{
  show_session (self, session);
}

static CcUnlockPage *
ensure_unlock_page (CcWindow *self)
{
  if (self->unlock_page == NULL)
    {
      self->unlock_page = g_object_new (CC_TYPE_UNLOCK_PAGE, NULL);
      g_signal_connect_object (self->unlock_page, "unlocked", G_CALLBACK (on_unlocked), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->unlock_page));
    }
  return self->unlock_page;
}

static GtkWidget *
ensure_locking_page (CcWindow *self)
{
  if (self->locking_page == NULL)
    {
      self->locking_page = adw_status_page_new ();
      g_object_set (self->locking_page, "icon-name", "casecount-locked-symbolic", "title",
                    _ ("Locking…"), "description", _ ("The case file is being closed."), NULL);
      gtk_stack_add_child (self->stack, self->locking_page);
    }
  return self->locking_page;
}

static void
on_created (CcWindow *self, CcSession *session, GFile *file)
{
  let_go (self);
  self->file = g_object_ref (file);
  show_session (self, session);
}

static void
on_open_file_cb (CcWindow *self, GFile *file)
{
  cc_window_open (self, file);
}

static void
show_create_form (CcWindow *self, const char *country, gboolean practice)
{
  CcCreatePage *form = g_object_new (CC_TYPE_CREATE_PAGE, NULL);

  g_signal_connect_object (form, "created", G_CALLBACK (on_created), self, G_CONNECT_SWAPPED);
  show_form (self, form);
  cc_create_page_start (form, country, practice);
}

static void
on_new_practice_file (CcWindow *self, const char *country)
{
  g_autofree char *code = g_strdup (country);

  show_create_form (self, code, TRUE);
}

/* ---- actions ---- */

/* What begins a new piece of work leaves an open case file where it is. */
static CcWindow *
find_free_window (CcWindow *self)
{
  CcWindow *window = self;

  if (self->shell != NULL)
    {
      window = cc_window_new (gtk_window_get_application (GTK_WINDOW (self)));
      gtk_window_present (GTK_WINDOW (window));
    }
  return window;
}

static void
on_new_file_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *window = find_free_window (CC_WINDOW (user_data));

  let_go (window);
  show_create_form (window, NULL, FALSE);
}

static void
on_practice_country_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow       *window = find_free_window (CC_WINDOW (user_data));
  CcPracticePage *form = g_object_new (CC_TYPE_PRACTICE_PAGE, NULL);

  let_go (window);
  g_signal_connect_object (form, "new-file", G_CALLBACK (on_new_practice_file), window,
                           G_CONNECT_SWAPPED);
  show_form (window, form);
  cc_practice_page_start (form);
}

static void
show_start (gpointer user_data)
{
  CcWindow *self = CC_WINDOW (user_data);

  if (cc_window_ask_unsaved (self, show_start, self))
    return;
  let_go (self);
  show_child (self, self->start_page);
}

static void
on_show_start_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_start (user_data);
}

/* The action of the program, which has no state that a menu could follow. */
static void
on_lock_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (user_data), "app.lock", NULL);
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
  CcShell *shell = CC_WINDOW (user_data)->shell;

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "redo"))
    cc_shell_redo (shell);
  else
    cc_shell_undo (shell, parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
on_show_menu_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow  *self = CC_WINDOW (user_data);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (CC_IS_UNLOCK_PAGE (page))
    cc_unlock_page_popup_menu (self->unlock_page);
  else if (page == GTK_WIDGET (self->start_page))
    cc_start_page_popup_menu (self->start_page);
  else if (self->shell != NULL)
    cc_shell_popup_menu (self->shell);
}

static void
on_show_help_overlay_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_help_show_shortcuts (GTK_APPLICATION_WINDOW (user_data));
}

static void
on_toggle_sidebar_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_shell_toggle_sidebar (CC_WINDOW (user_data)->shell);
}

static const GActionEntry actions[] = {
  { .name = "new-file", .activate = on_new_file_activated },
  { .name = "practice-country", .activate = on_practice_country_activated },
  { .name = "show-start", .activate = on_show_start_activated },
  { .name = "close-file", .activate = on_show_start_activated },
  { .name = "lock", .activate = on_lock_activated },
  { .name = "page", .activate = on_page_activated, .parameter_type = "s", .state = "'overview'" },
  { .name = "go", .activate = on_go_activated, .parameter_type = "(ss)" },
  { .name = "refresh", .activate = on_refresh_activated },
  { .name = "show-help-overlay", .activate = on_show_help_overlay_activated },
  { .name = "show-menu", .activate = on_show_menu_activated },
  { .name = "toggle-sidebar", .activate = on_toggle_sidebar_activated },
  { .name = "undo", .activate = on_undo_activated },
  { .name = "redo", .activate = on_undo_activated },
  { .name = "undo-act", .activate = on_undo_activated, .parameter_type = "x" },
};

/* ---- class ---- */

static void
close_window (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static gboolean
cc_window_close_request (GtkWindow *window)
{
  if (cc_window_ask_unsaved (CC_WINDOW (window), close_window, window))
    return TRUE;
  cc_window_close (CC_WINDOW (window));
  return TRUE;
}

static void
cc_window_dispose (GObject *object)
{
  CcWindow *self = CC_WINDOW (object);

  self->shell = NULL;
  self->form = NULL;
  self->unlock_page = NULL;
  self->locking_page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_WINDOW);
  g_clear_pointer (&self->session, cc_session_leave);
  g_clear_object (&self->file);
  g_clear_pointer (&self->page, g_free);
  G_OBJECT_CLASS (cc_window_parent_class)->dispose (object);
}

static void
cc_window_class_init (CcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cc_window_close_request;
  g_type_ensure (CC_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/cc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcWindow, start_page);
  gtk_widget_class_bind_template_callback (widget_class, on_open_file_cb);
}

static void
cc_window_init (CcWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  cc_window_files_add_actions (self);
  cc_window_writing_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_window_title_show (GTK_WINDOW (self), NULL);
  cc_window_state_restore (GTK_WINDOW (self));
  update_actions (self);
}

CcWindow *
cc_window_new (GtkApplication *application)
{
  return g_object_new (CC_TYPE_WINDOW, "application", application, NULL);
}

static void
ask_passphrase (CcWindow *self, GFile *file)
{
  let_go (self);
  self->file = g_object_ref (file);
  cc_unlock_page_set_file (ensure_unlock_page (self), file);
  show_child (self, self->unlock_page);
}

void
cc_window_open (CcWindow *self, GFile *file)
{
  g_return_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file));

  if (self->shell != NULL)
    {
      GFile *files[] = { file };

      g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), files, 1,
                          "");
      return;
    }
  g_object_ref (file);
  ask_passphrase (self, file);
  g_object_unref (file);
}

void
cc_window_reopen (CcWindow   *self,
                  GFile      *file,
                  const char *page,
                  const char *notice,
                  CcKept      kept,
                  guint       n_waiting)
{
  g_return_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file));
  ask_passphrase (self, file);
  self->page = g_strdup (page);
  self->kept = kept;
  self->n_waiting = n_waiting;
  cc_unlock_page_set_notice (self->unlock_page, notice);
}

void
cc_window_sign_in (CcWindow *self, CcSession *session)
{
  g_return_if_fail (CC_IS_WINDOW (self) && self->unlock_page != NULL && session != NULL);
  cc_unlock_page_take_session (self->unlock_page, session);
}

void
cc_window_bring_in (CcWindow *self, GFile *file)
{
  CcWindow *window;

  g_return_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file));
  window = find_free_window (self);
  let_go (window);
  show_child (window, window->start_page);
  cc_start_page_bring_in (window->start_page, file);
}

gboolean
cc_window_shows (CcWindow *self, GFile *file)
{
  g_return_val_if_fail (CC_IS_WINDOW (self) && G_IS_FILE (file), FALSE);
  return self->file != NULL && g_file_equal (self->file, file);
}

GFile *
cc_window_get_file (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), NULL);
  return self->file;
}

CcSession *
cc_window_get_session (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), NULL);
  return self->session;
}

void
cc_window_save_state (CcWindow *self)
{
  g_return_if_fail (CC_IS_WINDOW (self));
  cc_window_state_save (GTK_WINDOW (self));
  if (self->shell != NULL)
    cc_window_state_save_page (self->file, cc_shell_get_page (self->shell));
}

void
cc_window_close (CcWindow *self)
{
  g_return_if_fail (CC_IS_WINDOW (self));
  cc_window_save_state (self);
  cc_session_let_go (self->session);
  cc_window_leave (GTK_WINDOW (self), self->shell);
}

gboolean
cc_window_is_locking (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), FALSE);
  return self->locking_page != NULL
         && gtk_stack_get_visible_child (self->stack) == self->locking_page;
}

const char *
cc_window_get_page (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), NULL);
  return self->shell != NULL ? cc_shell_get_page (self->shell) : self->page;
}

gboolean
cc_window_open_files (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), FALSE);
  return self->shell != NULL && cc_shell_open_files (self->shell);
}

gboolean
cc_window_ask_unsaved (CcWindow *self, CcPageFunc go_on, gpointer user_data)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), FALSE);
  if (self->shell == NULL || !cc_shell_ask_unsaved (self->shell, go_on, user_data))
    return FALSE;
  gtk_window_present (GTK_WINDOW (self));
  return TRUE;
}

void
cc_window_keep_unsaved (CcWindow *self)
{
  g_return_if_fail (CC_IS_WINDOW (self));
  if (self->shell != NULL)
    cc_shell_keep_unsaved (self->shell);
}

CcKept
cc_window_get_kept (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), CC_KEPT_NOTHING);
  return self->shell != NULL ? cc_shell_get_kept (self->shell) : self->kept;
}

guint
cc_window_count_waiting (CcWindow *self)
{
  g_return_val_if_fail (CC_IS_WINDOW (self), 0);
  return self->shell != NULL ? cc_shell_count_waiting (self->shell) : self->n_waiting;
}

void
cc_window_lock (CcWindow *self)
{
  g_return_if_fail (CC_IS_WINDOW (self));
  if (self->file == NULL)
    return;
  cc_window_destroy_dialogs (GTK_WINDOW (self));
  let_go (self);
  show_child (self, ensure_locking_page (self));
}
