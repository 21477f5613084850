/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-repair-flow.h"

#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>
#include <cc/store/cc-repair.h>

/* Shared by the questions and the work; the work only reads it. */
typedef struct
{
  gatomicrefcount ref_count;
  GtkWidget      *near;
  char           *path;
  char           *backup; /* NULL: whatever is found */
  CcSecret       *passphrase;
  CcRepair       *repair;
  CcRepairFunc    func;
  gpointer        user_data;
  GDestroyNotify  free_user_data;
} Flow;

static Flow *
flow_ref (Flow *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
flow_unref (gpointer data)
{
  Flow *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->near);
  g_free (self->path);
  g_free (self->backup);
  cc_secret_free (self->passphrase);
  cc_repair_free (self->repair);
  if (self->free_user_data != NULL)
    self->free_user_data (self->user_data);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_unref)

/* A widget's last reference must go on the main loop. */
static gboolean
release (gpointer data)
{
  flow_unref (data);
  return G_SOURCE_REMOVE;
}

static void
flow_unref_later (gpointer data)
{
  g_idle_add (release, data);
}

static gpointer
find_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow *self = data;
  g_autoptr (CcPack) pack = cc_pack_load_default (error);

  if (pack == NULL)
    return NULL;
  if (self->backup != NULL)
    return cc_repair_find_with (self->path, self->backup, self->passphrase, pack, progress, error);
  return cc_repair_find (self->path, self->passphrase, pack, progress, error);
}

static gpointer
repair_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow *self = data;
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  char *aside = NULL;

  if (pack == NULL
      || !cc_repair_run (self->repair, self->path, self->passphrase, pack, progress, &aside, error))
    return NULL;
  return aside;
}

static void
finish (Flow *self, const GError *error)
{
  if (error != NULL)
    cc_present_error (self->near, _ ("The File Was Not Repaired"), error);
  self->func (error == NULL, self->user_data);
}

static void
on_repaired (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = cc_job_run_finish (result, &error);

  finish (self, error);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (!g_str_equal (response, "repair"))
    {
      self->func (FALSE, self->user_data);
      return;
    }
  cc_job_run_async (self->near, _ ("Repairing the Case File"), repair_work, flow_ref (self),
                    flow_unref_later, g_free, on_repaired, flow_ref (self));
}

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%x, %H:%M") : g_strdup ("");
}

static char *
describe (const CcRepair *repair)
{
  g_autofree char *when = format_time (repair->time);
  g_autofree char *changed = format_time (repair->changed);

  if (repair->way == CC_REPAIR_BEGINNING)
    return g_strdup (_ ("The beginning of the file can be put back as it was when it was last "
                        "closed. Nothing is lost. The damaged file is kept beside it."));
  if (repair->changed == 0)
    /* Translators: %s is a day and a time. */
    return g_strdup_printf (_ ("The newest backup that is whole is of %s and can take the place of "
                               "the missing file. What was done after it is lost."),
                            when);
  /* Translators: %s is a day and a time. */
  return g_strdup_printf (_ ("The newest backup that is whole is of %1$s and can take the file's "
                             "place. What was done after it is lost; the damaged file was last "
                             "written on %2$s. The damaged file is kept beside it."),
                          when, changed);
}

static void
ask (Flow *self)
{
  GtkRoot          *root = gtk_widget_get_root (self->near);
  g_autofree char  *body = describe (self->repair);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                  _ ("Repair the Case File?"), body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "repair",
                                    self->repair->way == CC_REPAIR_BEGINNING
                                        ? _ ("_Repair")
                                        : _ ("_Use the Backup"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "repair", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), flow_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- a backup that is somewhere else ---- */

static void on_found (GObject *source, GAsyncResult *result, gpointer user_data);

static void
look (Flow *self)
{
  cc_job_run_async (self->near, _ ("Examining the Case File"), find_work, flow_ref (self),
                    flow_unref_later, (GDestroyNotify) cc_repair_free, on_found, flow_ref (self));
}

static void
on_backup_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_object_unref (chooser);
  g_clear_pointer (&self->backup, g_free);
  self->backup = file != NULL ? g_file_get_path (file) : NULL;
  if (self->backup != NULL && gtk_widget_get_root (self->near) != NULL)
    look (self);
  else
    self->func (FALSE, self->user_data);
}

static void
choose_backup (Flow *self)
{
  GtkRoot *root = gtk_widget_get_root (self->near);
  g_autoptr (GtkFileFilter) cases = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;

  gtk_file_filter_set_name (cases, _ ("Backups"));
  gtk_file_filter_add_suffix (cases, "casecount");
  chooser =
      gtk_file_chooser_native_new (_ ("Backup of This Case File"),
                                   GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), cases);
  g_signal_connect (chooser, "response", G_CALLBACK (on_backup_chosen), flow_ref (self));
  cc_chooser_show (chooser, CC_CHOOSER_BACKUPS);
}

static void
on_elsewhere (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (g_str_equal (response, "choose"))
    choose_backup (self);
  else
    self->func (FALSE, self->user_data);
}

static void
offer_elsewhere (Flow *self, const char *reason)
{
  GtkRoot          *root = gtk_widget_get_root (self->near);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                  _ ("The File Was Not Repaired"), reason));

  adw_message_dialog_add_responses (dialog, "close", _ ("_Close"), "choose",
                                    _ ("Choose a _Backup…"), NULL);
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_elsewhere), flow_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Why nothing helps. n_backups: that were found in the usual places */
static char *
describe_failure (const Flow *self, guint n_backups, const GError *error)
{
  if (self->backup != NULL && error == NULL)
    return g_strdup (_ ("The backup that was chosen is not whole itself. The case file was not "
                        "changed. Choose another one."));
  if (self->backup != NULL)
    return cc_describe_error (error);
  /* That it does not fit would contradict the page, which may just have said that it does. */
  if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    return g_strdup (_ ("Neither what is kept of its beginning nor a backup in the usual places "
                        "opens with this passphrase. It was not changed. Older backups may have an "
                        "older passphrase; or choose a backup that is somewhere else."));
  if (g_error_matches (error, CC_ERROR, CC_ERROR_NOT_FOUND))
    return g_strdup (_ ("The passphrase opens no part of the file, and there is no backup in the "
                        "usual places that could tell why: it may be mistyped, or the file may be "
                        "damaged. Nothing was changed. Try the passphrase again. If it is "
                        "certainly right, keep this file and look on sticks, on other computers "
                        "and with colleagues: choose a backup here, or bring in a copy on the "
                        "first page."));
  if (error == NULL && n_backups == 0)
    return g_strdup (_ ("The file is damaged, and there is no backup of it in the usual places. It "
                        "was not changed, and nothing is written over it. Look for backups and "
                        "copies on sticks, on other computers and with colleagues: choose a backup "
                        "here, or bring in a copy on the first page. Keep the damaged file: "
                        "whoever helps you with Casecount may still read parts of it. Without a "
                        "copy, make a new case file and import the agencies’ lists again."));
  if (error == NULL)
    return g_strdup (_ ("The file is damaged, and none of its newest backups is whole and opens "
                        "with this passphrase. It was not changed, and nothing is written over it. "
                        "Choose an older backup, or one from a stick or another computer. Keep the "
                        "damaged file: whoever helps you with Casecount may still read parts of "
                        "it."));
  return cc_describe_error (error);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  CcRepair        *repair = cc_job_run_finish (result, &error);
  g_autofree char *reason = NULL;
  const guint      n_backups = repair != NULL ? repair->n_backups : 0;

  if (repair != NULL && repair->way != CC_REPAIR_NONE)
    {
      self->repair = repair;
      ask (self);
      return;
    }
  cc_repair_free (repair);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || gtk_widget_get_root (self->near) == NULL)
    {
      self->func (FALSE, self->user_data);
      return;
    }
  reason = describe_failure (self, n_backups, error);
  offer_elsewhere (self, reason);
}

void
cc_repair_flow_start (GtkWidget     *near,
                      const char    *path,
                      const char    *passphrase,
                      CcRepairFunc   func,
                      gpointer       user_data,
                      GDestroyNotify free_user_data)
{
  Flow *self = g_new0 (Flow, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->near = g_object_ref (near);
  self->path = g_strdup (path);
  self->passphrase = cc_secret_dup_text (passphrase);
  self->func = func;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  look (self);
  flow_unref (self);
}
