/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-save.h"

#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/chart/cc-chart-painter.h>

/* Of a picture on the clipboard: as wide as in a printed report, twice as fine as on a screen. */
#define PICTURE_WIDTH 482.0 /* points */
#define PICTURE_SCALE 3.0

typedef struct
{
  CcReportFigure *figure;
  CcAudience      audience;
  char           *path;
  char           *suffix;
  GtkWidget      *near;
} Save;

static void
save_free (gpointer data)
{
  Save *self = data;

  cc_report_figure_unref (self->figure);
  g_free (self->path);
  g_free (self->suffix);
  g_clear_object (&self->near);
  g_free (self);
}

static gpointer
write_figure (CcProgress *progress, gpointer data, GError **error)
{
  const Save *save = data;

  cc_progress_begin (progress, "progress.write", 0);
  if (!cc_report_figure_write (save->figure, save->audience, save->path, error))
    return NULL;
  return g_strdup (save->path);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cc_job_run_finish (result, &error);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    {
      cc_present_error (near, _ ("The Copy Could Not Be Saved"), error);
      return;
    }
  name = g_path_get_basename (path);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Saved “%s”"), name);
  cc_present_toast (near, text);
}

/* A name without a suffix gets the one that was asked for. */
static char *
complete_path (const char *path, const char *suffix)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);
  g_autofree char *wanted = g_strconcat (".", suffix, NULL);

  return g_str_has_suffix (folded, wanted) ? g_strdup (path) : g_strconcat (path, wanted, NULL);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Save *save = user_data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL)
    {
      save_free (save);
      return;
    }
  save->path = complete_path (path, save->suffix);
  cc_job_run_async (save->near, _ ("Saving a Copy"), write_figure, save, save_free, g_free,
                    on_written, g_object_ref (save->near));
}

static GtkFileFilter *
create_filter (const char *suffix)
{
  GtkFileFilter   *filter = gtk_file_filter_new ();
  g_autofree char *name = g_ascii_strup (suffix, -1);

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  return filter;
}

void
cc_figure_save (GtkWidget            *near,
                CcReportFigure       *figure,
                const CcFigureParams *params,
                CcAudience            audience,
                const char           *suffix)
{
  GtkRoot              *root;
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = NULL;
  g_autofree char *name = NULL;
  Save            *save;

  g_return_if_fail (GTK_IS_WIDGET (near) && figure != NULL && params != NULL && suffix != NULL);
  root = gtk_widget_get_root (near);
  dialog = gtk_file_chooser_native_new (_ ("Save a Copy"),
                                        GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  name = cc_figure_params_make_file_name (params, suffix);
  filter = create_filter (suffix);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  save = g_new0 (Save, 1);
  save->figure = cc_report_figure_ref (figure);
  save->audience = audience;
  save->suffix = g_strdup (suffix);
  save->near = g_object_ref (near);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), save);
  cc_chooser_show (dialog, CC_CHOOSER_EXPORT);
}

static gboolean
check_audience (GtkWidget *near, CcReportFigure *figure, CcAudience audience)
{
  g_autoptr (GError) error = NULL;

  if (audience != CC_AUDIENCE_PUBLIC || cc_report_figure_count_small (figure) == 0)
    return TRUE;
  g_set_error (&error, CC_ERROR, CC_ERROR_REFUSED, "%s",
               _ ("Some figures are so small that they could point at a person. Nothing was "
                  "copied. Choose the authority as the reader, or put categories together."));
  cc_present_error (near, _ ("Not for the Public"), error);
  return FALSE;
}

static GdkTexture *
paint (const CcChart *chart)
{
  const double height =
      cc_chart_preferred_height (chart, PICTURE_WIDTH, cc_chart_measure_pango, NULL);
  const int        width_px = (int) ceil (PICTURE_WIDTH * PICTURE_SCALE);
  const int        height_px = (int) ceil (height * PICTURE_SCALE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width_px, height_px);
  cairo_t         *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;
  gsize       stride;

  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  cc_chart_paint (chart, cr, PICTURE_WIDTH, height, CC_CHART_LIGHT, FALSE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height_px);
  texture = gdk_memory_texture_new (width_px, height_px, GDK_MEMORY_DEFAULT, bytes, stride);
  cairo_surface_destroy (surface);
  return texture;
}

/**
 * Returns: whether something was put on the clipboard
 */
gboolean
cc_figure_copy_picture (GtkWidget *near, CcReportFigure *figure, CcAudience audience)
{
  const CcChart *chart;
  g_autoptr (GdkTexture) texture = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (near) && figure != NULL, FALSE);
  chart = cc_report_figure_get_chart (figure);
  if (chart == NULL || !check_audience (near, figure, audience))
    return FALSE;
  texture = paint (chart);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (near), texture);
  cc_present_toast (near, _ ("Chart copied"));
  return TRUE;
}

/**
 * Returns: whether something was put on the clipboard
 */
gboolean
cc_figure_copy_table (GtkWidget *near, CcReportFigure *figure, CcAudience audience)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (near) && figure != NULL, FALSE);
  if (!check_audience (near, figure, audience))
    return FALSE;
  text = cc_report_figure_to_text (figure);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (near), text);
  cc_present_toast (near, _ ("Table copied"));
  return TRUE;
}
