/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-read-back-view.h"

#include "cc-detail-window.h"
#include "cc-questionnaire-shelf.h"
#include "cc-session-work.h"
#include "present/cc-chooser.h"

#include <glib/gi18n.h>

/* More differences than these mean that the workbook is another one altogether. */
#define MOST_CHANGES 2000

typedef struct
{
  GtkWidget            *near;
  CcSession            *session;
  GtkFileChooserNative *chooser;
  CcDetailWindow       *window;
  GCancellable         *cancellable;
} ReadBack;

static void
read_back_free (ReadBack *self)
{
  g_object_unref (self->near);
  cc_session_unref (self->session);
  g_clear_object (&self->chooser);
  g_clear_object (&self->window);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static char *
describe_figure (CcSession *session, gboolean known, double value, const char *text)
{
  if (text != NULL)
    /* Translators: a text in quotation marks. */
    return g_strdup_printf (_ ("“%s”"), text);
  if (!known)
    return g_strdup (_ ("nothing"));
  return cc_texts_number (cc_session_get_texts (session), cc_session_get_language (session), value,
                          value == (double) (gint64) value ? 0 : 2);
}

char *
cc_read_back_describe_place (const CcReadChange *change)
{
  const CcReadCell *cell = change->cell;

  if (cell->table == NULL)
    /* Translators: a box of a form: sheet, cell, name of the box. */
    return g_strdup_printf (_ ("%s, %s: %s"), cell->sheet, cell->cell, cell->row);
  if (*cell->period == '\0')
    /* Translators: a cell of a table: sheet, cell, table, row. */
    return g_strdup_printf (_ ("%s, %s: table %s, %s"), cell->sheet, cell->cell, cell->table,
                            cell->row);
  /* Translators: a cell of a table: sheet, cell, table, row, year. */
  return g_strdup_printf (_ ("%s, %s: table %s, %s, %s"), cell->sheet, cell->cell, cell->table,
                          cell->row, cell->period);
}

char *
cc_read_back_describe_change (CcSession *session, const CcReadChange *change)
{
  const CcReadCell *cell = change->cell;
  g_autofree char  *here = describe_figure (session, change->known, change->value, change->text);
  g_autofree char  *there = describe_figure (session, cell->known, cell->value, cell->text);

  if (change->kind == CC_READ_UNMATCHED)
    /* Translators: %s is a figure of the workbook. */
    return g_strdup_printf (_ ("In the workbook: %s. The case file has no such row or column."),
                            there);
  /* Translators: %s are two figures. */
  return g_strdup_printf (_ ("In the workbook: %s. In the case file: %s."), there, here);
}

char *
cc_read_back_describe (CcSession *session, const CcReadBack *back)
{
  g_autofree char *cells = cc_session_format_number (session, back->cells->len);
  g_autofree char *changes = cc_session_format_number (session, back->changes->len);

  if (back->changes->len == 0)
    /* Translators: %s are the questionnaire's name and how many cells were read. */
    return g_strdup_printf (_ ("%s: all %s cells agree with the case file."), back->questionnaire,
                            cells);
  /* Translators: %s are the questionnaire's name, the cells read, and those that differ. */
  return g_strdup_printf (_ ("%s: %s cells read, %s differ from the case file. Nothing was changed "
                             "in the case file."),
                          back->questionnaire, cells, changes);
}

static gpointer
read_workbook (CcSession    *session,
               CcConnection *connection,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  g_autofree char *folder = cc_questionnaire_shelf_get_folder ();
  g_autoptr (CcReadBack) back = cc_read_back_load (data, cancellable, error);

  if (back == NULL
      || !cc_read_back_compare (back, cc_session_get_file (session), folder,
                                cc_session_get_texts (session), cancellable, error))
    return NULL;
  return g_steal_pointer (&back);
}

static void
free_back (gpointer data)
{
  cc_read_back_free (data);
}

static GListModel *
list_changes (CcSession *session, const CcReadBack *back)
{
  GListStore *items = g_list_store_new (CC_TYPE_DETAIL_ITEM);

  for (guint i = 0; i < back->changes->len && i < MOST_CHANGES; i++)
    {
      const CcReadChange *change = back->changes->pdata[i];
      g_autofree char    *title = cc_read_back_describe_place (change);
      g_autofree char    *subtitle = cc_read_back_describe_change (session, change);
      g_autoptr (CcDetailItem) item = cc_detail_item_new (title, subtitle, 0);

      g_list_store_append (items, item);
    }
  return G_LIST_MODEL (items);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadBack *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReadBack) back = cc_session_read_finish (result, &error);

  if (back != NULL)
    {
      g_autofree char *summary = cc_read_back_describe (self->session, back);
      g_autoptr (GListModel) items = list_changes (self->session, back);

      cc_detail_window_show (self->window, summary, items);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cc_detail_window_fail (self->window, error);
  read_back_free (self);
}

static gboolean
on_close_request (GtkWindow *window, gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return FALSE;
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  ReadBack *self = user_data;
  g_autoptr (GFile) file = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL || gtk_widget_get_root (self->near) == NULL)
    {
      g_free (path);
      read_back_free (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->window =
      g_object_ref_sink (cc_detail_window_new (self->near, _ ("What the Workbook Says")));
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (on_close_request),
                           self->cancellable, 0);
  gtk_window_present (GTK_WINDOW (self->window));
  cc_session_read_async (self->session, read_workbook, path, g_free, free_back, self->cancellable,
                         on_read, self);
}

void
cc_read_back_run (GtkWidget *near, CcSession *session)
{
  ReadBack *self = g_new0 (ReadBack, 1);
  GtkRoot  *root = gtk_widget_get_root (near);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  self->near = g_object_ref (near);
  self->session = cc_session_ref (session);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Read Back a Workbook"),
                                   GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Read"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _ ("Workbooks"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  cc_chooser_show (self->chooser, CC_CHOOSER_IMPORT);
}
