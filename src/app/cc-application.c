/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-application.h"

#include "cc-language.h"
#include "cc-window.h"
#include "shell/cc-pages.h"

#include <glib/gi18n.h>
#include <cc/model/cc-texts.h>

struct _CcApplication
{
  AdwApplication parent_instance;
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

  adw_show_about_window (window, "application-name", _ ("Casecount"), "application-icon", CC_APP_ID,
                         "version", CC_VERSION, "developer-name", _ ("The Casecount contributors"),
                         "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Casecount turns the spreadsheets of many agencies into one national "
                            "count of trafficking in persons. It works without a network; nothing "
                            "leaves this computer unless you send it."),
                         /* Translators: put your own name here. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (user_data)) != NULL)
    gtk_window_destroy (window);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = on_about_activated },
  { .name = "quit", .activate = on_quit_activated },
};

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } }, { "window.close", { "<Control>w" } },
  { "win.open", { "<Control>o" } }, { "win.refresh", { "<Control>r", "F5" } },
  { "win.show-menu", { "F10" } },   { "win.toggle-sidebar", { "F9" } },
  { "win.undo", { "<Control>z" } },
};

static void
cc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (cc_window_new (GTK_APPLICATION (application)));
  gtk_window_present (window);
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

static void
cc_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (cc_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_up_shortcuts (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (CC_APP_ID);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/casecount/Casecount/icons");
  /* The names of case files stay out of the desktop's list of recent documents. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  /* The direction follows our own catalogue: GTK's may be missing on a small machine. */
  gtk_widget_set_default_direction (cc_texts_is_rtl (cc_language_get ()) ? GTK_TEXT_DIR_RTL
                                                                         : GTK_TEXT_DIR_LTR);
}

static void
cc_application_class_init (CcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

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
