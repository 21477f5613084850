/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-user.h>

#include <string.h>

#define LONGEST_TEXT 200

static void
user_free (CcUser *self)
{
  g_free (self->name);
  g_free (self->hat);
  g_free (self);
}

void
cc_user_list_free (CcUserList *self)
{
  g_ptr_array_unref (self->users);
  g_ptr_array_unref (self->hats);
  g_free (self->last);
  g_free (self);
}

/* ---- signatures ---- */

char *
cc_user_join (const char *name, const char *hat)
{
  g_return_val_if_fail (name != NULL, NULL);
  if (*name == '\0' || hat == NULL || *hat == '\0')
    return g_strdup (name);
  return g_strdup_printf ("%s (%s)", name, hat);
}

/* Returns: the bracket that opens what the last character of the text closes; NULL for none with a
 * name before it and something in it. */
static const char *
find_hat (const char *signature)
{
  const gsize length = strlen (signature);
  guint       depth = 0;

  if (length == 0 || signature[length - 1] != ')')
    return NULL;
  for (const char *p = signature + length - 1; p > signature; p--)
    {
      if (*p == ')')
        depth++;
      else if (*p == '(' && --depth == 0)
        return p > signature + 1 && p[-1] == ' ' && p[1] != ')' ? p : NULL;
    }
  return NULL;
}

void
cc_user_split (const char *signature, char **name, char **hat)
{
  const char *bracket;

  g_return_if_fail (signature != NULL);
  bracket = find_hat (signature);
  if (name != NULL)
    *name = bracket != NULL ? g_strndup (signature, (gsize) (bracket - 1 - signature))
                            : g_strdup (signature);
  if (hat != NULL)
    *hat = bracket != NULL ? g_strndup (bracket + 1, strlen (bracket) - 2) : g_strdup ("");
}

static gboolean
is_written (const char *text)
{
  g_autofree char *folded = cc_text_fold (text);

  if (*folded == '\0' || g_utf8_strlen (text, -1) > LONGEST_TEXT)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* Otherwise the signature would not come apart again where it was joined. */
static gboolean
brackets_match (const char *text)
{
  int depth = 0;

  for (const char *p = text; *p != '\0' && depth >= 0; p++)
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
  return depth == 0;
}

gboolean
cc_user_check (const char *name, const char *hat, GError **error)
{
  g_return_val_if_fail (name != NULL && hat != NULL, FALSE);
  if (!is_written (name))
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                         "A name has at least one letter and no line breaks. Nothing was "
                         "changed. Write it again.");
  else if (*hat != '\0' && (!is_written (hat) || !brackets_match (hat)))
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                         "What somebody works as has at least one letter, no line breaks, and as "
                         "many closing as opening brackets. Nothing was changed. Write it again.");
  else
    return TRUE;
  return FALSE;
}

/* ---- what the file knows ---- */

static GPtrArray *
read_signatures (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) signatures = g_ptr_array_new_with_free_func (g_free);
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
        g_ptr_array_add (signatures, g_strdup (cc_statement_text (select, 0)));
    }
  return g_steal_pointer (&signatures);
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
  if (has_row)
    cc_user_split (cc_statement_text (select, 0), last, NULL);
  return TRUE;
}

/* The number of the newest act with a signature, 0 for none, -1 with an error. The chain is read
 * from its end, and only for somebody with several functions. */
static gint64
find_newest (CcConnection *connection, const char *signature, GError **error)
{
  g_autoptr (CcStatement) select =
      cc_connection_prepare (connection,
                             "SELECT seq FROM audit WHERE user = ?1 ORDER BY seq DESC LIMIT 1",
                             error);
  gboolean has_row;

  if (select == NULL)
    return -1;
  cc_statement_bind_text (select, 1, signature);
  if (!cc_statement_step (select, &has_row, error))
    return -1;
  return has_row ? cc_statement_int64 (select, 0) : 0;
}

/* Keeps of two functions of one person the one of the newer act. */
static gboolean
keep_newer (CcConnection *connection, CcUser *user, char **hat, GError **error)
{
  g_autofree char *one = cc_user_join (user->name, user->hat);
  g_autofree char *other = cc_user_join (user->name, *hat);
  const gint64     first = find_newest (connection, one, error);
  const gint64     second = first >= 0 ? find_newest (connection, other, error) : -1;

  if (second < 0)
    return FALSE;
  if (second > first)
    {
      g_free (user->hat);
      user->hat = g_steal_pointer (hat);
    }
  return TRUE;
}

static CcUser *
find_user (const GPtrArray *users, const char *name)
{
  for (guint i = 0; i < users->len; i++)
    if (g_str_equal (((CcUser *) g_ptr_array_index (users, i))->name, name))
      return g_ptr_array_index (users, i);
  return NULL;
}

static gboolean
add_signature (CcConnection *connection, CcUserList *list, const char *signature, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *hat = NULL;
  CcUser          *user;

  cc_user_split (signature, &name, &hat);
  if (*hat != '\0' && !g_ptr_array_find_with_equal_func (list->hats, hat, g_str_equal, NULL))
    g_ptr_array_add (list->hats, g_strdup (hat));
  user = find_user (list->users, name);
  if (user != NULL)
    return keep_newer (connection, user, &hat, error);
  user = g_new0 (CcUser, 1);
  user->name = g_steal_pointer (&name);
  user->hat = g_steal_pointer (&hat);
  g_ptr_array_add (list->users, user);
  return TRUE;
}

static int
compare_users (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(CcUser *const *) a)->name, (*(CcUser *const *) b)->name);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static CcUserList *
read_list (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) signatures = read_signatures (connection, error);
  g_autoptr (CcUserList) list = NULL;

  if (signatures == NULL)
    return NULL;
  list = g_new0 (CcUserList, 1);
  list->users = g_ptr_array_new_with_free_func ((GDestroyNotify) user_free);
  list->hats = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < signatures->len; i++)
    if (!add_signature (connection, list, g_ptr_array_index (signatures, i), error))
      return NULL;
  g_ptr_array_sort (list->users, compare_users);
  g_ptr_array_sort (list->hats, compare_texts);
  return read_last (connection, &list->last, error) ? g_steal_pointer (&list) : NULL;
}

CcUserList *
cc_user_list (CcCaseFile *self, GError **error)
{
  CcConnection *reader;
  CcUserList   *list;

  g_return_val_if_fail (self != NULL, NULL);
  reader = cc_case_file_acquire_reader (self, error);
  if (reader == NULL)
    return NULL;
  list = read_list (reader, error);
  cc_case_file_release_reader (self, reader);
  return list;
}

/* ---- signing ---- */

static gboolean
is_known (CcCaseFile *self, const char *signature, gboolean *known, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self, error);
  g_autoptr (GPtrArray) signatures = reader != NULL ? read_signatures (reader, error) : NULL;

  if (reader != NULL)
    cc_case_file_release_reader (self, reader);
  if (signatures == NULL)
    return FALSE;
  *known = g_ptr_array_find_with_equal_func (signatures, signature, g_str_equal, NULL);
  return TRUE;
}

static gboolean
add_user (CcAct *act, gpointer data, GError **error)
{
  const char      *signature = data;
  g_autofree char *key = NULL;
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (act->connection, "INSERT INTO user (name) VALUES (?1)", error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, signature);
  if (!cc_statement_run (insert, error))
    return FALSE;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, cc_connection_last_id (act->connection));
  return cc_act_log (act, "user", key, NULL, signature, error);
}

gboolean
cc_user_choose (CcCaseFile   *self,
                const char   *name,
                const char   *hat,
                GCancellable *cancellable,
                GError      **error)
{
  g_autofree char *signature = NULL;
  g_autofree char *before = NULL;
  gboolean         known;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  if (*name != '\0' && !cc_user_check (name, hat != NULL ? hat : "", error))
    return FALSE;
  signature = cc_user_join (name, hat);
  if (!is_known (self, signature, &known, error))
    return FALSE;
  before = cc_case_file_get_user (self);
  cc_case_file_set_user (self, signature);
  if (*name == '\0' || known || cc_case_file_is_read_only (self)
      || cc_case_file_act (self, "user", add_user, signature, cancellable, error))
    return TRUE;
  cc_case_file_set_user (self, before);
  return FALSE;
}
