/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-writing.h"

#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

static void
reopen (CcWindow *window, const char *notice)
{
  g_autoptr (GFile) file = g_object_ref (cc_window_get_file (window));
  g_autofree char *page = g_strdup (cc_window_get_page (window));

  cc_window_reopen (window, file, page, notice, CC_KEPT_NOTHING, 0);
}

static gboolean
is_reading (CcWindow *window)
{
  CcSession *session = cc_window_get_session (window);

  return session != NULL && cc_session_is_read_only (session);
}

/* The button of the notice follows. */
static void
set_trying (CcWindow *window, gboolean trying)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "try-writing");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), !trying);
}

/* The session that writes takes the place of the one that reads; who works in it is asked first. */
static void
on_opened_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcWindow) window = CC_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSession) session = cc_session_open_finish (result, &error);

  set_trying (window, FALSE);
  /* Closed, or another file is shown meanwhile. */
  if (!is_reading (window)
      || (session != NULL
          && g_strcmp0 (cc_case_file_get_path (cc_session_get_file (session)),
                        cc_case_file_get_path (
                            cc_session_get_file (cc_window_get_session (window))))
                 != 0))
    return;
  if (session != NULL)
    {
      reopen (window, NULL);
      cc_window_sign_in (window, session);
    }
  else if (g_error_matches (error, CC_ERROR, CC_ERROR_LOCKED))
    cc_present_toast (GTK_WIDGET (window), _ ("The file is still open for writing elsewhere."));
  else
    cc_present_error (GTK_WIDGET (window), _ ("The File Stays Open for Reading Only"), error);
}

static void
on_try_writing_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *window = CC_WINDOW (user_data);

  if (!is_reading (window))
    return;
  set_trying (window, TRUE);
  cc_session_open_again_async (cc_window_get_session (window), on_opened_again,
                               g_object_ref (window));
}

/* Another file has the name of the one that is shown. */
static void
on_ask_again_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *window = CC_WINDOW (user_data);

  if (is_reading (window))
    reopen (window, _ ("The case file was replaced, or got another passphrase or format. Nothing "
                       "of yours is lost: it was open for reading only."));
}

void
cc_window_writing_add_actions (CcWindow *window)
{
  static const GActionEntry actions[] = {
    { .name = "try-writing", .activate = on_try_writing_activated },
    { .name = "ask-again", .activate = on_ask_again_activated },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
