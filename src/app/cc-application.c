/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-application.h"

#include "cc-gone-windows.h"
#include "cc-label-width.h"
#include "cc-language.h"
#include "cc-recent-files.h"
#include "cc-settings.h"
#include "cc-window-groups.h"
#include "cc-window.h"
#include "help/cc-help-window.h"
#include "lock/cc-locker.h"
#include "preferences/cc-preferences-window.h"
#include "shell/cc-pages.h"
#include "widgets/cc-toolkit-names.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/model/cc-texts.h>

struct _CcApplication
{
  AdwApplication parent_instance;

  CcLocker *locker;
};

G_DEFINE_FINAL_TYPE (CcApplication, cc_application, ADW_TYPE_APPLICATION)

static CcWindow *
find_window (CcApplication *self, GFile *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (CC_IS_WINDOW (l->data) && cc_window_shows (l->data, file))
      return l->data;
  return NULL;
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const developers[] = { "The Casecount contributors", NULL };
  GtkWindow               *window = gtk_application_get_active_window (user_data);
  GtkWidget               *about = adw_about_window_new ();

  g_object_set (about, "application-name", _ ("Casecount"), "application-icon", CC_APP_ID,
                "version", CC_VERSION, "developer-name", _ ("The Casecount contributors"),
                "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("Casecount turns the spreadsheets of many agencies into one national count of "
                   "trafficking in persons. It works without a network; nothing leaves this "
                   "computer unless you send it."),
                /* Translators: put your own name here. */
                "translator-credits", _ ("translator-credits"), NULL);
  adw_about_window_add_legal_section (
      ADW_ABOUT_WINDOW (about), _ ("Classification"), NULL, GTK_LICENSE_CUSTOM,
      _ ("The classification in this program is a reconstruction in our own words from public "
         "sources. It is not the text of the International Classification for Administrative Data "
         "on Trafficking in Persons, and neither IOM nor UNODC has reviewed it."));
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (about), window);
  gtk_window_present (GTK_WINDOW (about));
}

static void
on_help_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  cc_help_window_show (window,
                       CC_IS_WINDOW (window) ? cc_window_get_page (CC_WINDOW (window)) : NULL);
}

static void
on_preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  CcSession *session = CC_IS_WINDOW (window) ? cc_window_get_session (CC_WINDOW (window)) : NULL;
  GtkWidget *preferences = cc_preferences_window_new (session);

  gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
on_lock_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_locker_lock (CC_APPLICATION (user_data)->locker);
}

static void
on_new_window_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (cc_window_new (user_data)));
}

static void
quit (gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));
  GtkWindow *window;

  for (GList *l = windows; l != NULL; l = l->next)
    if (CC_IS_WINDOW (l->data) && cc_window_ask_unsaved (l->data, quit, user_data))
      return;
  while ((window = gtk_application_get_active_window (user_data)) != NULL)
    {
      if (CC_IS_WINDOW (window))
        cc_window_close (CC_WINDOW (window));
      else
        gtk_window_destroy (window);
    }
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  quit (user_data);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = on_about_activated },
  { .name = "help", .activate = on_help_activated },
  { .name = "lock", .activate = on_lock_activated },
  { .name = "new-window", .activate = on_new_window_activated },
  { .name = "preferences", .activate = on_preferences_activated },
  { .name = "quit", .activate = on_quit_activated },
};

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "app.help", { "F1" } },
  { "win.lock", { "<Control>l" } },
  { "app.new-window", { "<Control><Shift>n" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.close-file", { "<Control><Shift>w" } },
  { "win.open-here", { "<Control>o" } },
  { "win.refresh", { "<Control>r", "F5" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  { "win.show-menu", { "F10" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.undo", { "<Control>z" } },
};

static void
cc_application_activate (GApplication *application)
{
  CcApplication *self = CC_APPLICATION (application);
  GtkWindow     *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL && cc_locker_come_back (self->locker))
    return;
  if (window == NULL)
    window = GTK_WINDOW (cc_window_new (GTK_APPLICATION (application)));
  gtk_window_present (window);
}

/* Case files cannot be worked on through the document portal of a sandbox: what comes from there is
 * brought in. Others are opened where they are, and the passphrase page says so. */
static gboolean
is_from_portal (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *portal = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);

  return path != NULL && g_str_has_prefix (path, portal)
         && path[strlen (portal)] == G_DIR_SEPARATOR;
}

static void
cc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  CcApplication *self = CC_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      CcWindow *window = find_window (self, files[i]);

      if (window == NULL)
        {
          window = cc_window_new (GTK_APPLICATION (self));
          if (is_from_portal (files[i]))
            cc_window_bring_in (window, files[i]);
          else
            cc_window_open (window, files[i]);
        }
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
set_up_shortcuts (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                           (const char *const *) shortcuts[i].keys);
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const CcPageInfo *page = cc_pages_get (i);
      g_autofree char  *action = g_strdup_printf ("win.page::%s", page->name);
      g_autofree char  *key = g_strdup_printf ("<Alt>%u", i + 1);
      const char *const keys[] = { key, NULL };

      gtk_application_set_accels_for_action (application, action, keys);
    }
}

/* ---- settings ---- */

static void
apply_appearance (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  const int                   choice = g_settings_get_enum (settings, "appearance");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (choice, 0, 2)]);
}

/* What is seen is loaded anew in the other language. */
static void
refresh_windows (CcApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (CC_IS_WINDOW (l->data) && cc_window_get_session (l->data) != NULL)
      cc_session_changed (cc_window_get_session (l->data));
}

static void
on_setting_changed (GSettings *settings, const char *key, gpointer user_data)
{
  CcApplication *self = CC_APPLICATION (user_data);

  if (g_str_equal (key, "appearance"))
    apply_appearance (settings);
  else if (g_str_equal (key, "lock-after-minutes"))
    cc_locker_set_minutes (self->locker, cc_settings_get_lock_minutes (settings));
  else if (g_str_equal (key, "data-language"))
    {
      cc_language_set_labels (cc_settings_get_data_language (settings));
      refresh_windows (self);
    }
}

static void
follow_settings (CcApplication *self)
{
  GSettings *settings = cc_settings_get ();

  cc_locker_set_minutes (self->locker, cc_settings_get_lock_minutes (settings));
  if (settings == NULL)
    return;
  apply_appearance (settings);
  cc_language_set_labels (cc_settings_get_data_language (settings));
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_setting_changed), self, 0);
}

/* ---- class ---- */

static void
cc_application_startup (GApplication *application)
{
  CcApplication *self = CC_APPLICATION (application);

  G_APPLICATION_CLASS (cc_application_parent_class)->startup (application);

  cc_toolkit_names_start ();
  self->locker = cc_locker_new (GTK_APPLICATION (application));
  follow_settings (self);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_up_shortcuts (GTK_APPLICATION (application));
  /* The program's icon in the one size that GTK sends to window managers. */
  gtk_window_set_default_icon_name ("casecount-window");
  cc_recent_files_stop ();
  cc_gone_windows_watch ();
  cc_window_groups_watch ();
  cc_label_width_mend ();
  /* The direction follows our own catalogue: GTK's may be missing on a small machine. */
  gtk_widget_set_default_direction (cc_texts_is_rtl (cc_language_get ()) ? GTK_TEXT_DIR_RTL
                                                                         : GTK_TEXT_DIR_LTR);
}

static void
cc_application_shutdown (GApplication *application)
{
  CcApplication *self = CC_APPLICATION (application);

  g_clear_pointer (&self->locker, cc_locker_free);
  G_APPLICATION_CLASS (cc_application_parent_class)->shutdown (application);
}

static void
cc_application_class_init (CcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->shutdown = cc_application_shutdown;
  application_class->startup = cc_application_startup;
  application_class->activate = cc_application_activate;
  application_class->open = cc_application_open;
}

static void
cc_application_init (CcApplication *self)
{
}

CcApplication *
cc_application_new (void)
{
  return g_object_new (CC_TYPE_APPLICATION, "application-id", CC_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/casecount/Casecount",
                       NULL);
}
