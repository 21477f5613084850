/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session.h"

#include "cc-backups.h"
#include "cc-language.h"

#include <glib/gi18n.h>
#include <cc/base/cc-secret.h>
#include <cc/stats/cc-facts.h>

struct _CcSession
{
  gatomicrefcount ref_count;
  CcCaseFile     *file;
  char           *path;
  CcTexts        *texts;
  GApplication   *application; /* held until the file is closed */
  gboolean        leaving;     /* under the mutex "closing": nobody shows it any more */

  CcSessionChangedFunc changed;
  gpointer             changed_data;
};

typedef struct
{
  char      *path;
  CcSecret  *passphrase;
  CcOpenMode mode;

  CcSession       *reader; /* instead of a passphrase */
  CcSessionTeller *teller; /* nullable */
} Request;

/* One file is opened at a time, and only after it is closed where nobody shows it any more:
 * otherwise whoever closes a window and opens the file again would meet their own lock. */
static GMutex opening;
static GMutex closing;
static GCond  closed;
static GList *sessions; /* not yet closed */

static void
request_free (gpointer data)
{
  Request *self = data;

  cc_secret_free (self->passphrase);
  g_clear_pointer (&self->reader, cc_session_unref);
  cc_session_teller_unref (self->teller);
  g_free (self->path);
  g_free (self);
}

static gboolean
release_application (gpointer user_data)
{
  g_application_release (user_data);
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

static gpointer
close_in_thread (gpointer user_data)
{
  CcSession *self = user_data;

  if (!cc_case_file_close (self->file, NULL))
    g_warning ("A case file could not be closed properly; it is put in order when opened again.");
  cc_case_file_free (self->file);
  cc_texts_unref (self->texts);
  if (self->application != NULL)
    g_idle_add (release_application, self->application);

  g_mutex_lock (&closing);
  sessions = g_list_remove (sessions, self);
  g_cond_broadcast (&closed);
  g_mutex_unlock (&closing);
  g_free (self->path);
  g_free (self);
  return NULL;
}

static gboolean
is_leaving (const char *path)
{
  for (GList *l = sessions; l != NULL; l = l->next)
    {
      const CcSession *session = l->data;

      if (session->leaving && g_str_equal (session->path, path))
        return TRUE;
    }
  return FALSE;
}

static void
wake_waiting (GCancellable *cancellable, gpointer user_data)
{
  g_mutex_lock (&closing);
  g_cond_broadcast (&closed);
  g_mutex_unlock (&closing);
}

/* Reads that were called off still have to notice it, and an act has to end. */
static void
wait_for_closing (const char *path, GCancellable *cancellable)
{
  const gulong handler =
      cancellable != NULL
          ? g_cancellable_connect (cancellable, G_CALLBACK (wake_waiting), NULL, NULL)
          : 0;

  g_mutex_lock (&closing);
  while (is_leaving (path) && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&closed, &closing);
  g_mutex_unlock (&closing);
  g_cancellable_disconnect (cancellable, handler);
}

static CcCaseFile *
open_file (const Request *request, CcTexts **texts, CcProgress *progress, GError **error)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack == NULL || (*texts = cc_texts_load_default (error)) == NULL)
    return NULL;
  cc_backups_prepare_folder ();
  if (request->reader != NULL)
    file = cc_case_file_open_again (request->reader->file, progress, error);
  else
    file = cc_case_file_open_with_progress (request->path, request->passphrase, pack, request->mode,
                                            progress, error);
  if (file == NULL)
    return NULL;
  if (request->mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

static void
open_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (CcTexts) texts = NULL;
  const Request *request = task_data;
  CcCaseFile    *file = NULL;
  GError        *error = NULL;
  g_autoptr (CcProgress) progress =
      cc_progress_new (cancellable, request->teller != NULL ? cc_session_teller_tell : NULL,
                       request->teller);

  wait_for_closing (request->path, cancellable);
  g_mutex_lock (&opening);
  if (!g_cancellable_is_cancelled (cancellable))
    file = open_file (request, &texts, progress, &error);
  /* From here on cancelling comes too late, unless it came before. */
  if (!g_task_set_return_on_cancel (task, FALSE))
    {
      g_clear_pointer (&file, cc_case_file_free);
      g_clear_error (&error);
    }
  else if (file != NULL)
    g_task_return_pointer (task, cc_session_new (file, texts), (GDestroyNotify) cc_session_unref);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_error_if_cancelled (task);
  g_mutex_unlock (&opening);
}

/* Takes the request over. */
static void
run_request (Request            *request,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "open case file");
  g_task_set_source_tag (task, run_request);
  g_task_set_task_data (task, request, request_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * Opens a case file in another thread. The passphrase is copied, and the copy wiped after use.
 * Cancelling answers at once; a file that was opened in vain is closed before the next is opened.
 */
void
cc_session_open_async (const char         *path,
                       const char         *passphrase,
                       CcOpenMode          mode,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  cc_session_open_with_progress_async (path, passphrase, mode, cancellable, NULL, NULL, NULL,
                                       callback, user_data);
}

void
cc_session_open_with_progress_async (const char           *path,
                                     const char           *passphrase,
                                     CcOpenMode            mode,
                                     GCancellable         *cancellable,
                                     CcSessionProgressFunc tell,
                                     gpointer              tell_data,
                                     GDestroyNotify        free_tell_data,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data)
{
  Request *request = g_new0 (Request, 1);

  request->path = g_canonicalize_filename (path, NULL);
  request->passphrase = cc_secret_dup_text (passphrase);
  request->mode = mode;
  if (tell != NULL)
    request->teller = cc_session_teller_new (tell, tell_data, free_tell_data);
  run_request (request, cancellable, callback, user_data);
}

void
cc_session_open_again_async (CcSession *reader, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (reader->path);
  request->reader = cc_session_ref (reader);
  request->mode = CC_OPEN_READ_WRITE;
  run_request (request, NULL, callback, user_data);
}

/**
 * Returns: (transfer full): the session; NULL with the error of cc_case_file_open ()
 */
CcSession *
cc_session_open_finish (GAsyncResult *result, GError **error)
{
  CcSession    *self = g_task_propagate_pointer (G_TASK (result), error);
  GApplication *application = g_application_get_default ();

  if (self != NULL && application != NULL)
    {
      self->application = g_object_ref (application);
      g_application_hold (application);
    }
  return self;
}

/**
 * file: (transfer full): closed with the session
 */
CcSession *
cc_session_new (CcCaseFile *file, CcTexts *texts)
{
  CcSession *self = g_new0 (CcSession, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->file = file;
  self->path = g_strdup (cc_case_file_get_path (file));
  self->texts = cc_texts_ref (texts);
  g_mutex_lock (&closing);
  sessions = g_list_prepend (sessions, self);
  g_mutex_unlock (&closing);
  return self;
}

CcSession *
cc_session_ref (CcSession *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * Tells that nobody shows the file any more, though work in other threads may still use it. Whoever
 * opens it again waits until that work has ended and the file is closed.
 * self: (nullable): no file, nothing to tell
 */
void
cc_session_let_go (CcSession *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&closing);
  self->leaving = TRUE;
  g_mutex_unlock (&closing);
}

/* Lets go, and gives up the reference. */
void
cc_session_leave (CcSession *self)
{
  cc_session_let_go (self);
  cc_session_unref (self);
}

void
cc_session_unref (CcSession *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  cc_session_let_go (self);
  g_thread_unref (g_thread_new ("close case file", close_in_thread, self));
}

/**
 * Returns: how many case files are open or still being closed, in all windows
 */
guint
cc_session_get_n_open (void)
{
  guint n;

  g_mutex_lock (&closing);
  n = g_list_length (sessions);
  g_mutex_unlock (&closing);
  return n;
}

CcCaseFile *
cc_session_get_file (CcSession *self)
{
  return self->file;
}

CcTexts *
cc_session_get_texts (CcSession *self)
{
  return self->texts;
}

const char *
cc_session_get_language (CcSession *self)
{
  return cc_language_get_labels ();
}

gboolean
cc_session_is_read_only (CcSession *self)
{
  return cc_case_file_is_read_only (self->file);
}

void
cc_session_set_changed_func (CcSession *self, CcSessionChangedFunc func, gpointer user_data)
{
  self->changed = func;
  self->changed_data = user_data;
}

/**
 * Tells whoever shows the file that an act changed its data. Acts of cc_session_act_async () tell
 * by themselves.
 */
void
cc_session_changed (CcSession *self)
{
  if (self->changed != NULL)
    self->changed (self, self->changed_data);
}

char *
cc_session_dup_country (CcSession *self)
{
  CcPack       *pack = cc_case_file_get_pack (self->file);
  const CcCode *code = cc_pack_find_code (pack, "COUNTRY", cc_case_file_get_country (self->file));

  if (code == NULL)
    return g_strdup (cc_case_file_get_country (self->file));
  return cc_pack_get_code_label (pack, code, cc_language_get ());
}

char *
cc_session_format_number (CcSession *self, gint64 number)
{
  return cc_texts_number (self->texts, cc_language_get (), (double) number, 0);
}

char *
cc_session_format_day (CcSession *self, CcDay day)
{
  return cc_texts_date (self->texts, cc_language_get (), day);
}

static gboolean
is_same (CcInterval a, CcInterval b)
{
  return a.first == b.first && a.last == b.last;
}

/* Whole years and a whole month are named as such: "2023", "2020–2024", "March 2023". */
static char *
format_whole (CcSession *self, CcInterval interval)
{
  int              year, month, day, last_year;
  g_autofree char *key = NULL;

  cc_day_to_ymd (interval.first, &year, &month, &day);
  if (is_same (interval, cc_interval_year (year)))
    return g_strdup_printf ("%d", year);
  cc_day_to_ymd (interval.last, &last_year, &month, &day);
  if (interval.first == cc_interval_year (year).first
      && interval.last == cc_interval_year (last_year).last)
    {
      g_autofree char *first = g_strdup_printf ("%d", year);
      g_autofree char *last = g_strdup_printf ("%d", last_year);

      /* Translators: years from the first to the last. */
      return g_strdup_printf (_ ("%1$s–%2$s"), first, last);
    }
  cc_day_to_ymd (interval.first, &year, &month, &day);
  if (!is_same (interval, cc_interval_month (year, month)))
    return NULL;
  key = g_strdup_printf ("month.%d", month);
  return g_strdup_printf ("%s %d", cc_texts_get (self->texts, key, cc_language_get ()), year);
}

/**
 * Returns: (transfer full): "2023", "2020–2024", "March 2023", "14 March 2023", "1 March 2023 – 31
 * May 2023", or an empty text for an interval that is not known
 */
char *
cc_session_format_interval (CcSession *self, CcInterval interval)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  char            *whole;

  if (!cc_interval_is_known (interval))
    return g_strdup ("");
  if (cc_interval_is_day (interval))
    return cc_session_format_day (self, interval.first);
  whole = format_whole (self, interval);
  if (whole != NULL)
    return whole;
  first = cc_session_format_day (self, interval.first);
  last = cc_session_format_day (self, interval.last);
  /* Translators: a time from the first day to the last. */
  return g_strdup_printf (_ ("%1$s – %2$s"), first, last);
}

/**
 * unix_seconds: a moment, shown in the computer's time zone: "14 March 2023, 09:05"
 */
char *
cc_session_format_time (CcSession *self, gint64 unix_seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (unix_seconds);
  g_autofree char *day = NULL;

  if (moment == NULL)
    return g_strdup ("");
  day = cc_session_format_day (self, cc_day_from_ymd (g_date_time_get_year (moment),
                                                      g_date_time_get_month (moment),
                                                      g_date_time_get_day_of_month (moment)));
  /* Translators: a day and the time of that day, hours and minutes. */
  return g_strdup_printf (_ ("%1$s, %2$02d:%3$02d"), day, g_date_time_get_hour (moment),
                          g_date_time_get_minute (moment));
}
