/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-keep.h"

#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>

static gboolean
store_answer (CcAct *act, gpointer user_data, GError **error)
{
  return cc_act_set_answer (act, user_data, error);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (!cc_session_act_finish (result, &seq, &error))
    cc_present_error (near, _ ("The Answer Could Not Be Kept"), error);
  else
    cc_present_undo (near, _ ("Answer kept"), seq);
}

void
cc_answer_keep (GtkWidget *near, CcSession *session, const CcAnswer *answer)
{
  CcAnswer *copy = g_new0 (CcAnswer, 1);

  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL && answer != NULL);
  copy->questionnaire = g_strdup (answer->questionnaire);
  copy->periods = answer->periods;
  copy->table = g_strdup (answer->table);
  copy->cell = g_strdup (answer->cell);
  copy->value = g_strdup (answer->value);
  copy->reason = g_strdup (answer->reason);
  cc_session_act_async (session, "answer", store_answer, copy, (GDestroyNotify) cc_answer_free,
                        NULL, on_stored, g_object_ref (near));
}

gboolean
cc_answer_keep_differs (const CcAnswerTyped *typed, const char *value, const char *reason)
{
  if (typed == NULL)
    return value != NULL;
  return g_strcmp0 (typed->value, value) != 0 || g_strcmp0 (typed->reason, reason) != 0;
}

CcInterval
cc_answer_keep_choose_round (CcAnswerBook *book, const CcAnswerTyped *typed, const char *value)
{
  const CcInterval asked = cc_answer_book_get_interval (book);

  if (typed != NULL && cc_interval_is_known (typed->periods)
      && (value == NULL || typed->periods.first > asked.first))
    return typed->periods;
  return asked;
}
