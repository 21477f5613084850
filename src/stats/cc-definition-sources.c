/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>
#include <cc/base/cc-text.h>

#include <string.h>

/* A definition that builds on more parents than this builds on itself. */
#define MAX_PARENTS 8

static gboolean
is_plain_name (const char *name)
{
  if (!*name || name[0] == '.')
    return FALSE;
  for (const char *at = name; *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr ("_.-", *at))
      return FALSE;
  return TRUE;
}

/* Loads a file that a definition names: from the definition's own folder, else from the shipped
 * one. Only plain file names are followed. */
static CcKeyFile *
load_named (CcQuestionnaire *self,
            CcKeyFile       *from,
            const char      *key,
            const char      *name,
            GError         **error)
{
  g_autofree char *own = NULL;
  g_autofree char *shipped = NULL;
  const char      *path = NULL;

  if (is_plain_name (name))
    {
      own = self->directory ? g_build_filename (self->directory, name, NULL) : NULL;
      shipped = cc_data_dir_build ("questionnaires", name, NULL);
      if (own && g_file_test (own, G_FILE_TEST_IS_REGULAR))
        path = own;
      else if (g_file_test (shipped, G_FILE_TEST_IS_REGULAR))
        path = shipped;
    }
  if (!path)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "%s, line %u: the file “%s” named by %s= is neither beside the definition nor "
                   "among those shipped.",
                   cc_key_file_get_name (from), cc_key_file_get_line (from, "questionnaire", key),
                   name, key);
      return NULL;
    }
  return cc_key_file_load (path, error);
}

static gboolean
load_axis_files (CcQuestionnaire *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_own; i++)
    {
      CcKeyFile *from = self->sources->pdata[i];
      g_auto (GStrv) names = cc_key_file_get_list (from, "questionnaire", "axes");

      for (guint j = 0; names && names[j]; j++)
        {
          const char *name = cc_definition_keep (self, names[j]);
          CcKeyFile  *file;

          if (!g_hash_table_add (seen, (gpointer) name))
            continue;
          file = load_named (self, from, "axes", name, error);
          if (!file)
            return FALSE;
          g_ptr_array_add (self->sources, file);
        }
    }
  return TRUE;
}

/* Loads the parents of the definition and the axis files they name. Takes @own. */
gboolean
cc_definition_load_sources (CcQuestionnaire *self, CcKeyFile *own, GError **error)
{
  CcKeyFile *file = own;

  g_ptr_array_add (self->sources, own);
  while (cc_key_file_get (file, "questionnaire", "extends"))
    {
      g_autofree char *name =
          g_strconcat (cc_key_file_get (file, "questionnaire", "extends"), ".tipq", NULL);

      if (self->sources->len > MAX_PARENTS)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: the definition builds on itself through extends=.",
                       cc_key_file_get_name (own),
                       cc_key_file_get_line (own, "questionnaire", "extends"));
          return FALSE;
        }
      file = load_named (self, file, "extends", name, error);
      if (!file)
        return FALSE;
      g_ptr_array_add (self->sources, file);
    }
  self->n_own = self->sources->len;
  return load_axis_files (self, error);
}

/* A copy of the text that lives as long as the definition. */
const char *
cc_definition_keep (CcQuestionnaire *self, const char *text)
{
  return g_string_chunk_insert_const (self->strings, text);
}

/* The value of a key: from the definition itself, else from its parents, else from axis files. */
const char *
cc_definition_get (CcQuestionnaire *self, const char *group, const char *key)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const char *value = cc_key_file_get (self->sources->pdata[i], group, key);

      if (value)
        return value;
    }
  return NULL;
}

/* The parts between semicolons; never NULL. */
char **
cc_definition_get_list (CcQuestionnaire *self, const char *group, const char *key)
{
  const char   *value = cc_definition_get (self, group, key);
  GStrvBuilder *builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (value ? value : "", ";", -1);
  char **list;

  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      g_strv_builder_add (builder, parts[i]);
  list = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return list;
}

/* The names after "kind " of all groups of one kind, parents' first, each once. */
char **
cc_definition_groups (CcQuestionnaire *self, const char *kind)
{
  g_autofree char *prefix = g_strconcat (kind, " ", NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **names;

  for (guint i = self->sources->len; i-- > 0;)
    {
      CcKeyFile *file = self->sources->pdata[i];

      for (guint j = 0; j < cc_key_file_get_n_groups (file); j++)
        {
          const char *group = cc_key_file_get_group (file, j);

          if (g_str_has_prefix (group, prefix) && g_hash_table_add (seen, (gpointer) group))
            g_strv_builder_add (builder, group + strlen (prefix));
        }
    }
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

/* All keys of a group, parents' first, each once. */
char **
cc_definition_keys (CcQuestionnaire *self, const char *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **keys;

  for (guint i = self->sources->len; i-- > 0;)
    {
      CcKeyFile *file = self->sources->pdata[i];

      for (guint j = 0; j < cc_key_file_get_n_keys (file, group); j++)
        {
          const char *key = cc_key_file_get_key (file, group, j);

          if (g_hash_table_add (seen, (gpointer) key))
            g_strv_builder_add (builder, key);
        }
    }
  keys = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return keys;
}

/* Notes a problem with the line of the key, or of the group where @key is NULL or missing. */
void
cc_definition_problem (CcQuestionnaire *self,
                       CcSeverity       severity,
                       const char      *group,
                       const char      *key,
                       const char      *format,
                       ...)
{
  CcDefinitionProblem *problem = g_new0 (CcDefinitionProblem, 1);
  CcKeyFile           *where = self->sources->pdata[0];
  g_autofree char     *text = NULL;
  va_list              arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (guint i = 0; i < self->sources->len; i++)
    if (key ? cc_key_file_get (self->sources->pdata[i], group, key) != NULL
            : cc_key_file_has_group (self->sources->pdata[i], group))
      {
        where = self->sources->pdata[i];
        break;
      }
  problem->severity = severity;
  problem->file = g_strdup (cc_key_file_get_name (where));
  if (key && cc_key_file_get (where, group, key))
    problem->line = cc_key_file_get_line (where, group, key);
  else if (cc_key_file_has_group (where, group))
    problem->line = cc_key_file_get_line (where, group, NULL);
  problem->message = g_strdup_printf ("%s, line %u: %s.", problem->file, problem->line, text);
  g_ptr_array_add (self->problems, problem);
}

/* true or yes, false or no. */
gboolean
cc_definition_get_boolean (CcQuestionnaire *self,
                           const char      *group,
                           const char      *key,
                           gboolean         fallback)
{
  const char *value = cc_definition_get (self, group, key);

  if (!value)
    return fallback;
  if (g_str_equal (value, "true") || g_str_equal (value, "yes"))
    return TRUE;
  if (!g_str_equal (value, "false") && !g_str_equal (value, "no"))
    cc_definition_problem (self, CC_SEVERITY_ERROR, group, key,
                           "%s= must be true or false, not “%s”", key, value);
  return FALSE;
}

/* A whole number that is not negative. */
int
cc_definition_get_int (CcQuestionnaire *self, const char *group, const char *key, int fallback)
{
  const char *value = cc_definition_get (self, group, key);
  gint64      number;

  if (!value)
    return fallback;
  if (!cc_text_to_int (value, 0, G_MAXINT, &number))
    {
      cc_definition_problem (self, CC_SEVERITY_ERROR, group, key,
                             "%s= must be a whole number, not “%s”", key, value);
      return fallback;
    }
  return (int) number;
}

/* One of some words: its position. */
int
cc_definition_get_choice (CcQuestionnaire   *self,
                          const char        *group,
                          const char        *key,
                          const char *const *choices,
                          int                fallback)
{
  const char      *value = cc_definition_get (self, group, key);
  g_autofree char *all = NULL;

  if (!value)
    return fallback;
  for (int i = 0; choices[i]; i++)
    if (g_str_equal (choices[i], value))
      return i;
  all = g_strjoinv (", ", (char **) choices);
  cc_definition_problem (self, CC_SEVERITY_ERROR, group, key, "%s=%s is not known; it is one of %s",
                         key, value, all);
  return fallback;
}
