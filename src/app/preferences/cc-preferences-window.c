/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-preferences-window.h"

#include "cc-backups-page.h"
#include "cc-retention-page.h"
#include "cc-settings.h"

#include <glib/gi18n.h>
#include <cc/model/cc-pack.h>

struct _CcPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *appearance;
  AdwComboRow *language;
  AdwComboRow *lock;

  CcBackupsPage   *backups;
  CcRetentionPage *retention;

  GSettings *settings; /* NULL: not installed, nothing can be chosen */
};

G_DEFINE_FINAL_TYPE (CcPreferencesWindow, cc_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the list in the template; 0 is never. */
static const int minutes_of_choices[] = { 2, 5, 10, 15, 30, 60, 0 };

guint
cc_preferences_find_minutes (int minutes)
{
  guint choice = 0;

  if (minutes <= 0)
    return G_N_ELEMENTS (minutes_of_choices) - 1;
  for (guint i = 0; minutes_of_choices[i] != 0; i++)
    if (minutes_of_choices[i] <= minutes)
      choice = i;
  return choice;
}

int
cc_preferences_get_minutes (guint choice)
{
  g_return_val_if_fail (choice < G_N_ELEMENTS (minutes_of_choices), 0);
  return minutes_of_choices[choice];
}

/* The list begins with the language of the window; the pack's languages follow in their order. */
static guint
find_language (const char *code)
{
  for (guint i = 0; code != NULL && cc_pack_languages[i] != NULL; i++)
    if (g_str_equal (cc_pack_languages[i], code))
      return i + 1;
  return 0;
}

static void
on_appearance_chosen_cb (CcPreferencesWindow *self)
{
  if (self->settings != NULL)
    g_settings_set_enum (self->settings, "appearance",
                         (int) adw_combo_row_get_selected (self->appearance));
}

static void
on_language_chosen_cb (CcPreferencesWindow *self)
{
  const guint choice = adw_combo_row_get_selected (self->language);

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "data-language",
                           choice > 0 ? cc_pack_languages[choice - 1] : "");
}

static void
on_lock_chosen_cb (CcPreferencesWindow *self)
{
  if (self->settings != NULL)
    g_settings_set_int (self->settings, "lock-after-minutes",
                        cc_preferences_get_minutes (adw_combo_row_get_selected (self->lock)));
}

static void
show_settings (CcPreferencesWindow *self)
{
  GSettings *settings = cc_settings_get ();

  adw_combo_row_set_selected (self->language,
                              find_language (cc_settings_get_data_language (settings)));
  adw_combo_row_set_selected (self->lock, cc_preferences_find_minutes (
                                              cc_settings_get_lock_minutes (settings)));
  if (settings != NULL)
    adw_combo_row_set_selected (self->appearance,
                                (guint) g_settings_get_enum (settings, "appearance"));
  /* From here on what is chosen is kept. */
  self->settings = settings;
}

/* libadwaita asks for as much as a small screen has, and the frame of the window adds to it. */
static void
give_way (CcPreferencesWindow *self)
{
  for (GtkWidget *part = adw_window_get_content (ADW_WINDOW (self)); part != NULL;
       part = gtk_widget_get_first_child (part))
    {
      int width = -1;

      gtk_widget_get_size_request (part, &width, NULL);
      if (width > 0)
        {
          gtk_widget_set_size_request (part, -1, -1);
          return;
        }
    }
}

static void
cc_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (cc_preferences_window_parent_class)->dispose (object);
}

static void
cc_preferences_window_class_init (CcPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_preferences_window_dispose;
  g_type_ensure (CC_TYPE_BACKUPS_PAGE);
  g_type_ensure (CC_TYPE_RETENTION_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcPreferencesWindow, appearance);
  gtk_widget_class_bind_template_child (widget_class, CcPreferencesWindow, language);
  gtk_widget_class_bind_template_child (widget_class, CcPreferencesWindow, lock);
  gtk_widget_class_bind_template_child (widget_class, CcPreferencesWindow, backups);
  gtk_widget_class_bind_template_child (widget_class, CcPreferencesWindow, retention);
  gtk_widget_class_bind_template_callback (widget_class, on_appearance_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_language_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_chosen_cb);
}

static void
cc_preferences_window_init (CcPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  give_way (self);
  show_settings (self);
}

GtkWidget *
cc_preferences_window_new (CcSession *session)
{
  CcPreferencesWindow *self = g_object_new (CC_TYPE_PREFERENCES_WINDOW, NULL);

  cc_backups_page_set_session (self->backups, session);
  cc_retention_page_set_session (self->retention, session);
  return GTK_WIDGET (self);
}
