/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-names.h>
#include <cc/store/cc-entity.h>

#include <string.h>

/* Long enough to be told apart, short enough for a column and a file's name. */
#define KEY_LENGTH 24

/* What Latin letters can say of a name: "Łódź" lodz, "الشرطة" its skeleton; nothing of a script for
 * which there is no table. Words that fit whole stand in it. */
static char *
spell_name (CcPack *pack, const char *name)
{
  g_autofree char *latin = cc_names_to_latin (pack, name);
  g_autofree char *ascii = g_str_to_ascii (latin, "C");
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean has_letter = FALSE;

  for (char *c = ascii; *c != '\0'; c++)
    {
      *c = g_ascii_isalnum (*c) ? g_ascii_tolower (*c) : ' ';
      has_letter = has_letter || g_ascii_isalpha (*c);
    }
  if (!has_letter)
    return g_strdup ("");
  words = g_strsplit (ascii, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (key->len > 0 && key->len + 1 + strlen (words[i]) > KEY_LENGTH)
        break;
      g_string_append_printf (key, "%s%s", key->len > 0 ? "-" : "", words[i]);
    }
  g_string_truncate (key, MIN (key->len, KEY_LENGTH));
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Keys stand in file names: two that differ in capitals only would meet there. */
static gboolean
is_free (CcConnection *connection, const char *key, gboolean *free_key, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT 1 FROM entity WHERE key = ?1 COLLATE NOCASE",
                             error);
  gboolean taken;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, key);
  if (!cc_statement_step (find, &taken, error))
    return FALSE;
  *free_key = !taken;
  return TRUE;
}

/* The name's own letters, with a number behind them where one like it is there; the kind with a
 * number (NGO-1) where the name's letters have no Latin spelling. */
static char *
choose_key (CcConnection *connection,
            CcPack       *pack,
            const char   *name,
            const CcCode *type,
            GError      **error)
{
  g_autofree char *base = spell_name (pack, name);
  const gboolean   spelt = *base != '\0';

  if (!spelt)
    {
      g_free (base);
      base = g_strdup (type != NULL ? type->code : "agency");
    }
  for (guint n = 1;; n++)
    {
      g_autofree char *key = spelt && n == 1 ? g_strdup (base) : g_strdup_printf ("%s-%u", base, n);
      gboolean         free_key;

      if (!is_free (connection, key, &free_key, error))
        return NULL;
      if (free_key)
        return g_steal_pointer (&key);
    }
}

/**
 * name: of an entity that is to be added
 * type: (nullable): a code of list RETYPE
 *
 * Returns: (transfer full): a key for it that no entity has now; NULL with an error
 */
char *
cc_entity_make_key (CcCaseFile *file, const char *name, const CcCode *type, GError **error)
{
  CcConnection *connection;
  char         *key;

  g_return_val_if_fail (file != NULL && name != NULL, NULL);
  connection = cc_case_file_acquire_reader (file, error);
  if (connection == NULL)
    return NULL;
  key = choose_key (connection, cc_case_file_get_pack (file), name, type, error);
  cc_case_file_release_reader (file, connection);
  return key;
}

/**
 * Adds a reporting entity of which only the name is known; its key is made from it, in any script.
 *
 * name: as people write it; spaces at its ends and in rows are dropped
 * type: (nullable): a code of list RETYPE
 * key: (out) (optional) (transfer full): the key made
 *
 * Returns: its id; 0 with an error
 */
gint64
cc_act_add_named_entity (CcAct        *act,
                         const char   *name,
                         const CcCode *type,
                         char        **key,
                         GError      **error)
{
  g_autofree char *made = NULL;
  g_autofree char *tidy = NULL;
  gint64           id;

  g_return_val_if_fail (act != NULL && name != NULL, 0);
  made = choose_key (act->connection, cc_case_file_get_pack (act->file), name, type, error);
  if (made == NULL)
    return 0;
  tidy = cc_text_collapse (name);
  id = cc_act_add_entity (act, made, tidy, type, error);
  if (id != 0 && key != NULL)
    *key = g_steal_pointer (&made);
  return id;
}
