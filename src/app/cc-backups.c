/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backups.h"

#include "cc-settings.h"
#include "library/cc-library.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-day.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-place.h>

/* After the file was opened its first page is drawn before anything else. */
#define FIRST_LOOK_SECONDS 20

/* How often the day is looked at while nobody does anything. */
#define LOOK_SECONDS 900

typedef struct
{
  GtkWidget    *shell; /* owns this */
  CcSession    *session;
  GCancellable *cancellable;
  guint         timer;
  CcDay         done; /* the day that was looked after */
  gboolean      busy;
} Keeper;

char *
cc_backups_dup_usual_folder (void)
{
  g_autofree char *library = cc_library_get_folder ();
  g_autofree char *parent = g_path_get_dirname (library);

  return g_build_filename (parent, "backups", NULL);
}

char *
cc_backups_dup_folder (void)
{
  GSettings       *settings = cc_settings_get ();
  g_autofree char *chosen =
      settings != NULL ? g_settings_get_string (settings, "backup-folder") : NULL;

  return chosen != NULL && *chosen != '\0' ? g_steal_pointer (&chosen)
                                           : cc_backups_dup_usual_folder ();
}

void
cc_backups_prepare_folder (void)
{
  g_autofree char *folder = cc_backups_dup_folder ();
  g_autofree char *usual = cc_backups_dup_usual_folder ();

  if (g_str_equal (folder, usual))
    (void) cc_place_make_folder (usual);
  cc_backup_set_folder (folder);
}

/* ---- the day's backup ---- */

static void
back_up (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CcCaseFile *file = cc_session_get_file (task_data);
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, NULL, NULL);
  GError *error = NULL;

  cc_backups_prepare_folder ();
  if (cc_case_file_backup_if_due (file, progress, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keeper *self;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  (void) g_task_propagate_boolean (G_TASK (result), &error);
  /* Cancelled only where the keeper is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  self->busy = FALSE;
  if (error == NULL)
    return;
  /* Translators: %s is the reason, a sentence. */
  text = g_strdup_printf (_ ("Today’s backup was not made. %s"), error->message);
  cc_present_notice (self->shell, text);
}

static void
look (Keeper *self)
{
  g_autoptr (GTask) task = NULL;
  const CcDay today = cc_day_today ();

  if (self->busy || self->done == today || cc_session_is_read_only (self->session))
    return;
  self->busy = TRUE;
  self->done = today;
  task = g_task_new (NULL, self->cancellable, on_backed_up, self);
  g_task_set_name (task, "daily backup");
  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, cc_session_ref (self->session), (GDestroyNotify) cc_session_unref);
  g_task_run_in_thread (task, back_up);
}

static gboolean
on_timer (gpointer user_data)
{
  Keeper *self = user_data;

  look (self);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, on_timer, self);
  return G_SOURCE_REMOVE;
}

/* A backup under way is given up: the next opening makes it. */
static void
end (Keeper *self)
{
  g_source_remove (self->timer);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  cc_session_unref (self->session);
  g_free (self);
}

void
cc_backups_keep (GtkWidget *shell, CcSession *session)
{
  Keeper *self = g_new0 (Keeper, 1);

  self->shell = shell;
  self->session = cc_session_ref (session);
  self->cancellable = g_cancellable_new ();
  self->done = CC_DAY_NONE;
  self->timer = g_timeout_add_seconds (FIRST_LOOK_SECONDS, on_timer, self);
  g_signal_connect_swapped (shell, "destroy", G_CALLBACK (end), self);
}
