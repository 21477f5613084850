/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-start-page.h"

#include "cc-backups.h"
#include "cc-language.h"
#include "cc-library-acts.h"
#include "cc-library-row.h"
#include "cc-library-watch.h"
#include "cc-main-menu.h"
#include "widgets/cc-message-card.h"
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
  CcMessageCard       *problem;

  GCancellable   *cancellable;
  CcLibraryWatch *watch;
  CcCountryList  *countries; /* read with the first file */
  CcTexts        *texts;
};

G_DEFINE_FINAL_TYPE (CcStartPage, cc_start_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_FILE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- loading ---- */

/* What the rows are made of; read in a thread. The words are those read before, if they were. */
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

static gboolean
load_words (Library *self, GError **error)
{
  g_autoptr (CcPack) pack = NULL;

  if (self->texts != NULL)
    return TRUE;
  pack = cc_pack_load_default (error);
  if (pack == NULL || (self->texts = cc_texts_load_default (error)) == NULL)
    return FALSE;
  self->countries = cc_country_list_new (pack, cc_language_get ());
  return TRUE;
}

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Library         *self = task_data;
  g_autofree char *folder = cc_library_get_folder ();
  GError          *error = NULL;

  cc_backups_prepare_folder ();
  self->items = cc_library_list (folder, &error);
  /* An empty library needs no words. */
  if (self->items == NULL || (self->items->len > 0 && !load_words (self, &error)))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
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

static CcLibraryRow *
get_row (CcStartPage *self, guint place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->files, (int) place);

  return row != NULL ? CC_LIBRARY_ROW (row) : NULL;
}

/* From a place on; rows before it are in order already. */
static CcLibraryRow *
find_row (CcStartPage *self, guint place, const char *path)
{
  CcLibraryRow *row;

  while ((row = get_row (self, place++)) != NULL)
    if (g_str_equal (cc_library_row_get_path (row), path))
      return row;
  return NULL;
}

static gboolean
is_listed (const GPtrArray *items, const char *path)
{
  for (guint i = 0; items != NULL && i < items->len; i++)
    if (g_str_equal (((const CcLibraryItem *) g_ptr_array_index (items, i))->path, path))
      return TRUE;
  return FALSE;
}

/* What has the keyboard in a row; NULL where it is elsewhere. */
static GtkWidget *
find_focus (CcLibraryRow *row)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL
      && (focus == GTK_WIDGET (row) || gtk_widget_is_ancestor (focus, GTK_WIDGET (row))))
    return focus;
  return NULL;
}

/* Whoever stands in the line of a file that is gone comes to the next one. */
static void
remove_row (CcStartPage *self, guint place)
{
  CcLibraryRow  *row = get_row (self, place);
  const gboolean had_focus = find_focus (row) != NULL;
  CcLibraryRow  *next;

  gtk_list_box_remove (self->files, GTK_WIDGET (row));
  next = get_row (self, place);
  if (next == NULL && place > 0)
    next = get_row (self, place - 1);
  if (had_focus && next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

/* A file that was just written moves to the top; the rows it passes stay as they are, with focus
 * and open menus. */
static void
show_item (CcStartPage *self, const Library *library, guint place)
{
  const CcLibraryItem *item = g_ptr_array_index (library->items, place);
  CcLibraryRow        *row = find_row (self, place, item->path);
  GtkWidget           *focus;

  if (row == NULL)
    {
      gtk_list_box_insert (self->files,
                           cc_library_row_new (item, library->countries, library->texts),
                           (int) place);
      return;
    }
  cc_library_row_update (row, item, library->countries, library->texts);
  if (row == get_row (self, place))
    return;
  focus = find_focus (row);
  g_object_ref (row);
  gtk_list_box_remove (self->files, GTK_WIDGET (row));
  gtk_list_box_insert (self->files, GTK_WIDGET (row), (int) place);
  g_object_unref (row);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

/* With files the greeting steps back and the list comes first. */
static void
show_library (CcStartPage *self, const Library *library)
{
  const guint   n = library->items != NULL ? library->items->len : 0;
  CcLibraryRow *row;

  for (guint place = 0; (row = get_row (self, place)) != NULL;)
    if (is_listed (library->items, cc_library_row_get_path (row)))
      place++;
    else
      remove_row (self, place);
  for (guint place = 0; place < n; place++)
    show_item (self, library, place);
  gtk_widget_set_visible (GTK_WIDGET (self->files_group), n > 0);
  gtk_widget_set_visible (self->hero_buttons, n == 0);
  gtk_widget_set_visible (self->hero_text, n == 0);
  show_hero (self);
}

static gboolean
is_any_in_use (const GPtrArray *items)
{
  for (guint i = 0; items != NULL && i < items->len; i++)
    if (((const CcLibraryItem *) g_ptr_array_index (items, i))->in_use)
      return TRUE;
  return FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcStartPage *self = CC_START_PAGE (source);
  Library     *library = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  (void) g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  cc_message_card_show (self->problem, error != NULL ? error->message : NULL);
  if (error != NULL)
    g_clear_pointer (&library->items, g_ptr_array_unref);
  else if (self->texts == NULL && library->texts != NULL)
    {
      self->countries = cc_country_list_ref (library->countries);
      self->texts = cc_texts_ref (library->texts);
    }
  show_library (self, library);
  cc_library_watch_set_in_use (self->watch, is_any_in_use (library->items));
}

void
cc_start_page_refresh (CcStartPage *self)
{
  g_autoptr (GTask) task = NULL;
  Library *library;

  g_return_if_fail (CC_IS_START_PAGE (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  library = g_new0 (Library, 1);
  if (self->texts != NULL)
    {
      library->countries = cc_country_list_ref (self->countries);
      library->texts = cc_texts_ref (self->texts);
    }
  task = g_task_new (self, self->cancellable, on_loaded, NULL);
  g_task_set_name (task, "list the library");
  g_task_set_source_tag (task, cc_start_page_refresh);
  g_task_set_task_data (task, library, library_free);
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
  cc_library_watch_start (self->watch);
}

static void
on_unmapped (CcStartPage *self)
{
  cc_library_watch_stop (self->watch);
}

/* ---- class ---- */

static void
cc_start_page_dispose (GObject *object)
{
  CcStartPage *self = CC_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->watch != NULL)
    cc_library_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->countries, cc_country_list_unref);
  g_clear_pointer (&self->texts, cc_texts_unref);
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
  g_type_ensure (CC_TYPE_MESSAGE_CARD);
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
  self->watch = cc_library_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (cc_start_page_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (on_mapped), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmapped), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
  show_hero (self);
}

void
cc_start_page_popup_menu (CcStartPage *self)
{
  g_return_if_fail (CC_IS_START_PAGE (self));
  gtk_menu_button_popup (self->menu_button);
}
