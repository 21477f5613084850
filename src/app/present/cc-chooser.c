/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chooser.h"

#include "cc-settings.h"

#define KEY "chooser-folders"

/* A folder on a disk that does not answer keeps nobody waiting longer than this, in milliseconds.
 */
#define LONGEST_LOOK 300

/* Names in the settings. */
static const char *const uses[] = { "import", "export", "backups" };

GFile *
cc_chooser_get_folder (CcChooserUse use)
{
  GSettings *settings = cc_settings_get ();
  g_autoptr (GVariant) folders = NULL;
  const char *path;

  if (settings == NULL)
    return NULL;
  folders = g_settings_get_value (settings, KEY);
  if (!g_variant_lookup (folders, uses[use], "&s", &path) || !g_path_is_absolute (path))
    return NULL;
  return g_file_new_for_path (path);
}

/* What a sandbox lends a program for one file is no place to come back to. */
static gboolean
is_lent (const char *path)
{
  g_autofree char *lent = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);

  return g_str_has_prefix (path, lent);
}

void
cc_chooser_remember (CcChooserUse use, GFile *file, gboolean folder)
{
  GSettings *settings = cc_settings_get ();
  g_autoptr (GFile) place = folder ? g_object_ref (file) : g_file_get_parent (file);
  g_autofree char *path = place != NULL ? g_file_get_path (place) : NULL;
  g_autoptr (GVariant) before = NULL;
  GVariantBuilder folders;

  if (settings == NULL || path == NULL || is_lent (path))
    return;
  before = g_settings_get_value (settings, KEY);
  g_variant_builder_init (&folders, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      const char *known = NULL;

      if (i == (guint) use)
        known = path;
      else
        (void) g_variant_lookup (before, uses[i], "&s", &known);
      if (known != NULL)
        g_variant_builder_add (&folders, "{ss}", uses[i], known);
    }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&folders));
}

/* Those that are shown, or about to be, and have no answer: not held. */
static GPtrArray *asking;

static void
forget (gpointer data, GObject *chooser)
{
  g_ptr_array_remove_fast (asking, chooser);
}

static void
note_asking (GtkFileChooserNative *chooser)
{
  if (asking == NULL)
    asking = g_ptr_array_new ();
  if (g_ptr_array_find (asking, chooser, NULL))
    return;
  g_ptr_array_add (asking, chooser);
  g_object_weak_ref (G_OBJECT (chooser), forget, NULL);
}

static void
note_answer (GtkFileChooserNative *chooser)
{
  if (g_ptr_array_remove_fast (asking, chooser))
    g_object_weak_unref (G_OBJECT (chooser), forget, NULL);
}

/* Whoever waits for the answer lets go of what it holds. */
void
cc_chooser_cancel (GtkWindow *window)
{
  g_autoptr (GPtrArray) choosers = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (GTK_IS_WINDOW (window));
  for (guint i = 0; asking != NULL && i < asking->len; i++)
    if (gtk_native_dialog_get_transient_for (asking->pdata[i]) == window)
      g_ptr_array_add (choosers, g_object_ref (asking->pdata[i]));
  for (guint i = 0; i < choosers->len; i++)
    {
      gtk_native_dialog_hide (choosers->pdata[i]);
      g_signal_emit_by_name (choosers->pdata[i], "response", GTK_RESPONSE_CANCEL);
    }
}

/* A dialog that is about to be shown. */
typedef struct
{
  GWeakRef chooser; /* gone where the page that asked went meanwhile */
  guint    timeout;
} Opening;

static void
show (Opening *self, GFile *folder)
{
  g_autoptr (GtkFileChooserNative) chooser = g_weak_ref_get (&self->chooser);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_weak_ref_set (&self->chooser, NULL);
  if (chooser == NULL || !g_ptr_array_find (asking, chooser, NULL))
    return;
  if (folder != NULL)
    (void) gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
on_time (gpointer user_data)
{
  Opening *self = user_data;

  self->timeout = 0;
  show (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GFile   *folder = G_FILE (source);
  Opening *self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (folder, result, NULL);

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    g_clear_object (&info);
  show (self, info != NULL ? folder : NULL);
  g_weak_ref_clear (&self->chooser);
  g_free (self);
}

static void
on_response (GtkFileChooserNative *chooser, int response, gpointer user_data)
{
  const GtkFileChooserAction action = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GFile) file = NULL;

  note_answer (chooser);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  file = g_list_model_get_item (files, 0);
  if (file != NULL)
    cc_chooser_remember ((CcChooserUse) GPOINTER_TO_INT (user_data), file,
                         action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

void
cc_chooser_show (GtkFileChooserNative *chooser, CcChooserUse use)
{
  g_autoptr (GFile) folder = cc_chooser_get_folder (use);
  Opening *opening;

  g_return_if_fail (GTK_IS_FILE_CHOOSER_NATIVE (chooser));
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), GINT_TO_POINTER (use));
  note_asking (chooser);
  if (folder == NULL)
    {
      gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
      return;
    }
  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->chooser, chooser);
  opening->timeout = g_timeout_add (LONGEST_LOOK, on_time, opening);
  g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_looked, opening);
}
