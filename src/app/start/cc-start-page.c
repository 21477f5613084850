/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-start-page.h"

#include "cc-language.h"
#include "cc-library-acts.h"
#include "cc-library-row.h"
#include "cc-main-menu.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

#define HERO_EMPTY  112
#define HERO_FILLED 80

struct _CcStartPage
{
  AdwBin parent_instance;

  GtkMenuButton       *menu_button;
  GtkImage            *hero_icon;
  GtkWidget           *hero_text;
  GtkWidget           *hero_buttons;
  AdwPreferencesGroup *files_group;
  GtkListBox          *files;
  GtkLabel            *problem;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcStartPage, cc_start_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_FILE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- loading ---- */

/* What the rows are made of; read in a thread. */
typedef struct
{
  GPtrArray     *items;
  CcCountryList *countries;
  CcTexts       *texts;
} Library;

static void
library_free (gpointer data)
{
  Library *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->countries, cc_country_list_unref);
  g_clear_pointer (&self->texts, cc_texts_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Library, library_free)

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (Library) self = g_new0 (Library, 1);
  g_autoptr (CcPack) pack = NULL;
  g_autofree char *folder = cc_library_get_folder ();
  GError          *error = NULL;

  self->items = cc_library_list (folder, &error);
  /* An empty library needs no words. */
  if (self->items != NULL && self->items->len > 0)
    {
      pack = cc_pack_load_default (&error);
      if (pack != NULL)
        self->countries = cc_country_list_new (pack, cc_language_get ());
      if (error == NULL)
        self->texts = cc_texts_load_default (&error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), library_free);
}

/* Pictures instead of the icon's drawing: the first window does not wait for it to be read. */
static void
show_hero (CcStartPage *self)
{
  const gboolean   filled = gtk_widget_get_visible (GTK_WIDGET (self->files_group));
  const int        size = filled ? HERO_FILLED : HERO_EMPTY;
  const int        scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *path = NULL;

  gtk_image_set_pixel_size (self->hero_icon, size);
  if (scale > 2)
    {
      gtk_image_set_from_icon_name (self->hero_icon, CC_APP_ID);
      return;
    }
  path = g_strdup_printf ("/org/casecount/Casecount/start/casecount-%d.png", size * scale);
  gtk_image_set_from_resource (self->hero_icon, path);
}

static void
clear_files (CcStartPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->files))) != NULL)
    gtk_list_box_remove (self->files, row);
}

/* With files the greeting steps back and the list comes first. */
static void
show_library (CcStartPage *self, const Library *library)
{
  const gboolean filled = library != NULL && library->items->len > 0;

  clear_files (self);
  for (guint i = 0; filled && i < library->items->len; i++)
    gtk_list_box_append (self->files, cc_library_row_new (g_ptr_array_index (library->items, i),
                                                          library->countries, library->texts));
  gtk_widget_set_visible (GTK_WIDGET (self->files_group), filled);
  gtk_widget_set_visible (self->hero_buttons, !filled);
  gtk_widget_set_visible (self->hero_text, !filled);
  show_hero (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcStartPage *self = CC_START_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (Library) library = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  gtk_label_set_label (self->problem, error != NULL ? error->message : "");
  show_library (self, library);
}

void
cc_start_page_refresh (CcStartPage *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CC_IS_START_PAGE (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_loaded, NULL);
  g_task_set_name (task, "list the library");
  g_task_set_source_tag (task, cc_start_page_refresh);
  g_task_run_in_thread (task, load_in_thread);
}

/* ---- actions ---- */

static void
on_refresh_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cc_start_page_refresh (CC_START_PAGE (widget));
}

static void
on_open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  g_signal_emit (widget, signals[SIGNAL_OPEN_FILE], 0, file);
}

static void
on_save_copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cc_library_ask_save_copy (widget, g_variant_get_string (parameter, NULL));
}

static void
on_rename_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cc_library_ask_rename (widget, g_variant_get_string (parameter, NULL));
}

static void
on_remove_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cc_library_ask_remove (widget, g_variant_get_string (parameter, NULL));
}

void
cc_start_page_bring_in (CcStartPage *self, GFile *file)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (CC_IS_START_PAGE (self) && G_IS_FILE (file));
  folder = cc_library_get_folder ();
  if (cc_library_contains (folder, file))
    g_signal_emit (self, signals[SIGNAL_OPEN_FILE], 0, file);
  else
    cc_library_bring_in (GTK_WIDGET (self), file);
}

/* A file dropped on the page is brought in; of several, the first. */
static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  const GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  cc_start_page_bring_in (CC_START_PAGE (user_data), files->data);
  return TRUE;
}

static void
on_scale_changed (CcStartPage *self)
{
  show_hero (self);
}

static void
on_mapped (CcStartPage *self)
{
  cc_start_page_refresh (self);
}

/* ---- class ---- */

static void
cc_start_page_dispose (GObject *object)
{
  CcStartPage *self = CC_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_START_PAGE);
  G_OBJECT_CLASS (cc_start_page_parent_class)->dispose (object);
}

static void
cc_start_page_class_init (CcStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_start_page_dispose;
  signals[SIGNAL_OPEN_FILE] =
      g_signal_new ("open-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/start/cc-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, hero_icon);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, hero_text);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, hero_buttons);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, files_group);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, files);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, problem);
  gtk_widget_class_install_action (widget_class, "start.refresh", NULL, on_refresh_activated);
  gtk_widget_class_install_action (widget_class, "start.open", "s", on_open_activated);
  gtk_widget_class_install_action (widget_class, "start.save-copy", "s", on_save_copy_activated);
  gtk_widget_class_install_action (widget_class, "start.rename", "s", on_rename_activated);
  gtk_widget_class_install_action (widget_class, "start.remove", "s", on_remove_activated);
}

static void
cc_start_page_init (CcStartPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->files));
  cc_group_show_whole_title (self->files_group);
  cc_main_menu_attach (self->menu_button);
  g_signal_connect (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "map", G_CALLBACK (on_mapped), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
  show_hero (self);
}

void
cc_start_page_popup_menu (CcStartPage *self)
{
  g_return_if_fail (CC_IS_START_PAGE (self));
  gtk_menu_button_popup (self->menu_button);
}
