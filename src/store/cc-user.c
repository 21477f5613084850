/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-user.h>

#define LONGEST_NAME 200

static GPtrArray *
read_names (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CcStatement) select =
      cc_connection_prepare (connection, "SELECT name FROM user ORDER BY name, id", error);
  gboolean has_row = TRUE;

  if (select == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (select, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (names, g_strdup (cc_statement_text (select, 0)));
    }
  return g_steal_pointer (&names);
}

static gboolean
read_last (CcConnection *connection, char **last, GError **error)
{
  g_autoptr (CcStatement) select =
      cc_connection_prepare (connection,
                             "SELECT audit.user FROM audit JOIN user ON user.name = audit.user "
                             "ORDER BY seq DESC LIMIT 1",
                             error);
  gboolean has_row;

  if (select == NULL || !cc_statement_step (select, &has_row, error))
    return FALSE;
  *last = has_row ? g_strdup (cc_statement_text (select, 0)) : NULL;
  return TRUE;
}

GPtrArray *
cc_user_list (CcCaseFile *self, char **last, GError **error)
{
  CcConnection *reader;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  reader = cc_case_file_acquire_reader (self, error);
  if (reader == NULL)
    return NULL;
  names = read_names (reader, error);
  if (names != NULL && last != NULL && !read_last (reader, last, error))
    g_clear_pointer (&names, g_ptr_array_unref);
  cc_case_file_release_reader (self, reader);
  return g_steal_pointer (&names);
}

static gboolean
is_name (const char *name)
{
  g_autofree char *folded = cc_text_fold (name);

  if (*folded == '\0' || g_utf8_strlen (name, -1) > LONGEST_NAME)
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
add_user (CcAct *act, gpointer data, GError **error)
{
  const char      *name = data;
  g_autofree char *key = NULL;
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (act->connection, "INSERT INTO user (name) VALUES (?1)", error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, name);
  if (!cc_statement_run (insert, error))
    return FALSE;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, cc_connection_last_id (act->connection));
  return cc_act_log (act, "user", key, NULL, name, error);
}

gboolean
cc_user_choose (CcCaseFile *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  if (*name != '\0' && !is_name (name))
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "A name has at least one letter and no line breaks. Nothing was "
                           "changed. Write it again.");
      return FALSE;
    }
  names = cc_user_list (self, NULL, error);
  if (names == NULL)
    return FALSE;
  before = cc_case_file_get_user (self);
  cc_case_file_set_user (self, name);
  if (*name == '\0' || cc_case_file_is_read_only (self)
      || g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    return TRUE;
  if (cc_case_file_act (self, "user", add_user, (gpointer) name, cancellable, error))
    return TRUE;
  cc_case_file_set_user (self, before);
  return FALSE;
}
