/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-key-file.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

typedef struct
{
  char *key;
  char *value;
  guint line;
} Entry;

typedef struct
{
  char       *name;
  guint       line;
  GPtrArray  *entries; /* Entry */
  GHashTable *by_key;  /* key -> Entry */
} Group;

struct _CcKeyFile
{
  char       *name;
  GPtrArray  *groups; /* Group */
  GHashTable *by_name;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_free (entry->value);
  g_free (entry);
}

static void
free_group (gpointer data)
{
  Group *group = data;

  g_hash_table_unref (group->by_key);
  g_ptr_array_unref (group->entries);
  g_free (group->name);
  g_free (group);
}

/**
 * cc_key_file_free:
 */
void
cc_key_file_free (CcKeyFile *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->groups);
  g_free (self->name);
  g_free (self);
}

static Group *
add_group (CcKeyFile *self, const char *name, guint line)
{
  Group *group = g_new0 (Group, 1);

  group->name = g_strdup (name);
  group->line = line;
  group->entries = g_ptr_array_new_with_free_func (free_entry);
  group->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->groups, group);
  g_hash_table_insert (self->by_name, group->name, group);
  return group;
}

static Entry *
add_entry (Group *group, const char *key, const char *value, guint line)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (key);
  entry->value = g_strdup (value);
  entry->line = line;
  g_ptr_array_add (group->entries, entry);
  g_hash_table_insert (group->by_key, entry->key, entry);
  return entry;
}

/* Adds what one line says. The line has been trimmed and is neither blank nor a comment. */
static gboolean
parse_line (CcKeyFile *self, Group **group, char *line, guint number, GError **error)
{
  gsize length = strlen (line);
  char *equals;

  if (line[0] == '[' && line[length - 1] == ']')
    {
      line[length - 1] = '\0';
      if (g_hash_table_contains (self->by_name, line + 1))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: the group [%s] stands twice.", self->name, number, line + 1);
          return FALSE;
        }
      *group = add_group (self, line + 1, number);
      return TRUE;
    }
  equals = strchr (line, '=');
  if (!equals || equals == line)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: a line must be [group], key=value or a comment that begins with "
                   "#.",
                   self->name, number);
      return FALSE;
    }
  if (!*group)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: there is a key before the first [group].", self->name, number);
      return FALSE;
    }
  *equals = '\0';
  g_strchomp (line);
  if (g_hash_table_contains ((*group)->by_key, line))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: the key “%s” stands twice in [%s].", self->name, number, line,
                   (*group)->name);
      return FALSE;
    }
  add_entry (*group, line, g_strchug (equals + 1), number);
  return TRUE;
}

/**
 * cc_key_file_load_text:
 * @name: the name used in error messages
 * @text: UTF-8
 *
 * Values are taken as they stand, trimmed: no escapes, so an expression can be written naturally.
 *
 * Returns: (transfer full): the key file, or %NULL with an error that names file and line
 */
CcKeyFile *
cc_key_file_load_text (const char *name, const char *text, GError **error)
{
  g_autoptr (CcKeyFile) self = NULL;
  g_auto (GStrv) lines = NULL;
  Group *group = NULL;

  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  self = g_new0 (CcKeyFile, 1);
  self->name = g_strdup (name);
  self->groups = g_ptr_array_new_with_free_func (free_group);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_str_has_prefix (text, "\357\273\277"))
    text += 3;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (!g_utf8_validate (line, -1, NULL))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: this line is not written in UTF-8.", name, i + 1);
          return NULL;
        }
      if (line[0] != '\0' && line[0] != '#' && !parse_line (self, &group, line, i + 1, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cc_key_file_load:
 * @path: a key file
 *
 * Returns: (transfer full): the key file, or %NULL with an error that names file and line
 */
CcKeyFile *
cc_key_file_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_path_get_basename (path);
  if (!g_file_get_contents (path, &text, NULL, &cause))
    {
      /* GLib's words name the call that failed, not what the reader of the message can do. */
      g_set_error (error, cause->domain, cause->code,
                   "The file “%s” cannot be opened. Look whether it was moved or "
                   "renamed, and whether you may read it. Nothing was changed.",
                   name);
      return NULL;
    }
  return cc_key_file_load_text (name, text, error);
}

static Group *
find_group (CcKeyFile *self, const char *group)
{
  return g_hash_table_lookup (self->by_name, group);
}

static Entry *
find_entry (CcKeyFile *self, const char *group, const char *key)
{
  Group *found = find_group (self, group);

  return found ? g_hash_table_lookup (found->by_key, key) : NULL;
}

/**
 * cc_key_file_get_name:
 *
 * Returns: the file's name, for error messages
 */
const char *
cc_key_file_get_name (CcKeyFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * cc_key_file_get_n_groups:
 *
 * Returns: the number of groups
 */
guint
cc_key_file_get_n_groups (CcKeyFile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->groups->len;
}

/**
 * cc_key_file_get_group:
 *
 * Returns: the name of the group at @index, in the order of the file
 */
const char *
cc_key_file_get_group (CcKeyFile *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->groups->len, NULL);

  return ((Group *) self->groups->pdata[index])->name;
}

/**
 * cc_key_file_has_group:
 *
 * Returns: whether there is such a group
 */
gboolean
cc_key_file_has_group (CcKeyFile *self, const char *group)
{
  g_return_val_if_fail (self != NULL && group != NULL, FALSE);

  return find_group (self, group) != NULL;
}

/**
 * cc_key_file_get_n_keys:
 *
 * Returns: the number of keys in @group, 0 where there is no such group
 */
guint
cc_key_file_get_n_keys (CcKeyFile *self, const char *group)
{
  Group *found;

  g_return_val_if_fail (self != NULL && group != NULL, 0);

  found = find_group (self, group);
  return found ? found->entries->len : 0;
}

/**
 * cc_key_file_get_key:
 *
 * Returns: the key at @index of @group, in the order of the file
 */
const char *
cc_key_file_get_key (CcKeyFile *self, const char *group, guint index)
{
  Group *found;

  g_return_val_if_fail (self != NULL && group != NULL, NULL);

  found = find_group (self, group);
  g_return_val_if_fail (found != NULL && index < found->entries->len, NULL);
  return ((Entry *) found->entries->pdata[index])->key;
}

/**
 * cc_key_file_get:
 *
 * Returns: (nullable): the value, %NULL where there is no such key
 */
const char *
cc_key_file_get (CcKeyFile *self, const char *group, const char *key)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, NULL);

  entry = find_entry (self, group, key);
  return entry ? entry->value : NULL;
}

/**
 * cc_key_file_get_localised:
 * @language: such as "fr"
 *
 * Returns: (nullable): the value of key[language], else of key
 */
const char *
cc_key_file_get_localised (CcKeyFile  *self,
                           const char *group,
                           const char *key,
                           const char *language)
{
  g_autofree char *localised = NULL;
  const char      *value;

  g_return_val_if_fail (self != NULL && key != NULL && language != NULL, NULL);

  localised = g_strdup_printf ("%s[%s]", key, language);
  value = cc_key_file_get (self, group, localised);
  return value ? value : cc_key_file_get (self, group, key);
}

/**
 * cc_key_file_get_list:
 *
 * Returns: (transfer full) (nullable): the items between semicolons, trimmed, empty ones left out;
 * %NULL where there is no such key
 */
char **
cc_key_file_get_list (CcKeyFile *self, const char *group, const char *key)
{
  const char *value = cc_key_file_get (self, group, key);
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) items = NULL;

  if (!value)
    return NULL;
  builder = g_strv_builder_new ();
  items = g_strsplit (value, ";", -1);
  for (guint i = 0; items[i]; i++)
    if (*g_strstrip (items[i]))
      g_strv_builder_add (builder, items[i]);
  return g_strv_builder_end (builder);
}

/**
 * cc_key_file_get_int:
 * @fallback: returned where the key is missing or no whole number
 *
 * Returns: the number
 */
int
cc_key_file_get_int (CcKeyFile *self, const char *group, const char *key, int fallback)
{
  const char *value = cc_key_file_get (self, group, key);
  gint64      number;

  if (!value || !cc_text_to_int (value, G_MININT32, G_MAXINT32, &number))
    return fallback;
  return number;
}

/**
 * cc_key_file_get_line:
 * @key: (nullable): %NULL for the group's own line
 *
 * Returns: the line from 1, 0 where there is none
 */
guint
cc_key_file_get_line (CcKeyFile *self, const char *group, const char *key)
{
  Group *found;
  Entry *entry;

  g_return_val_if_fail (self != NULL && group != NULL, 0);

  found = find_group (self, group);
  if (!key)
    return found ? found->line : 0;
  entry = find_entry (self, group, key);
  return entry ? entry->line : 0;
}

/**
 * cc_key_file_set:
 *
 * Sets a value; group and key are made where they are missing.
 */
void
cc_key_file_set (CcKeyFile *self, const char *group, const char *key, const char *value)
{
  Group *found;
  Entry *entry;

  g_return_if_fail (self != NULL && group != NULL && key != NULL && value != NULL);

  found = find_group (self, group);
  if (!found)
    found = add_group (self, group, 0);
  entry = g_hash_table_lookup (found->by_key, key);
  if (!entry)
    {
      add_entry (found, key, value, 0);
      return;
    }
  g_free (entry->value);
  entry->value = g_strdup (value);
}

/**
 * cc_key_file_to_text:
 *
 * Returns: (transfer full): the file as text, without the comments
 */
char *
cc_key_file_to_text (CcKeyFile *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];

      g_string_append_printf (text, "%s[%s]\n", i > 0 ? "\n" : "", group->name);
      for (guint j = 0; j < group->entries->len; j++)
        {
          Entry *entry = group->entries->pdata[j];

          g_string_append_printf (text, "%s=%s\n", entry->key, entry->value);
        }
    }
  return g_string_free (text, FALSE);
}
