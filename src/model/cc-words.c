/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-words.h>

#include "cc-pack-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/* Ages keep their signs: "<18" and "18+" are words of their own. */
#define KEPT_SIGNS "<>+"

/* What one folded text means within a list, and the language that says so ("" for codes). */
typedef struct
{
  const CcCode *code;
  const char   *language;
} ValueMeaning;

static char *
fold_word (const char *text)
{
  return cc_text_fold_keep (text, KEPT_SIGNS);
}

/* How a token compares: folded, pure punctuation as it stands ("//", "-"), and numbers with their
 * sign: "-99" is a sign for "not known", 99 is not. */
static char *
fold_token (const char *text)
{
  g_autofree char *stripped = cc_text_collapse (text);
  char            *folded;

  if (stripped[0] == '-' && stripped[1]
      && strspn (stripped + 1, "0123456789") == strlen (stripped + 1))
    return g_steal_pointer (&stripped);
  folded = fold_word (text);
  if (*folded)
    return folded;
  g_free (folded);
  return g_steal_pointer (&stripped);
}

static void
unref_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static GPtrArray *
get_array (GHashTable *table, const char *key, GDestroyNotify free_item)
{
  GPtrArray *array = g_hash_table_lookup (table, key);

  if (!array)
    {
      array = g_ptr_array_new_with_free_func (free_item);
      g_hash_table_insert (table, g_strdup (key), array);
    }
  return array;
}

static void
add_value_word (CcPack *self, const CcCode *code, const char *text, const char *language)
{
  g_autofree char *folded = fold_word (text);
  g_autofree char *key = cc_pack_key (code->list, folded, NULL);
  GArray          *meanings = g_hash_table_lookup (self->values, key);
  ValueMeaning     meaning = { code, cc_pack_keep (self, language) };

  if (!*folded)
    return;
  if (!meanings)
    {
      meanings = g_array_new (FALSE, FALSE, sizeof (ValueMeaning));
      g_hash_table_insert (self->values, g_steal_pointer (&key), meanings);
      g_ptr_array_add (get_array (self->value_texts, code->list, NULL),
                       (gpointer) cc_pack_keep (self, folded));
    }
  for (guint i = 0; i < meanings->len; i++)
    {
      const ValueMeaning *known = &g_array_index (meanings, ValueMeaning, i);

      if (known->code == code && g_str_equal (known->language, meaning.language))
        return;
    }
  g_array_append_val (meanings, meaning);
}

/* Codes and labels are words too: nobody should have to repeat them as synonyms. */
static void
add_codes_as_words (CcPack *self)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      CcCode          *code = self->codes->pdata[i];
      g_autofree char *key = cc_pack_key (code->list, code->code, NULL);
      g_autofree char *alpha2 = cc_code_get_attribute (code, "alpha2");

      add_value_word (self, code, code->code, "");
      if (alpha2)
        add_value_word (self, code, alpha2, "");
      for (guint j = 0; cc_pack_languages[j]; j++)
        add_value_word (self, code, cc_pack_get_label (self, "code", key, cc_pack_languages[j]),
                        cc_pack_languages[j]);
    }
}

static gboolean
load_values (CcPack *self, GError **error)
{
  const char *const columns[] = { "list", "code", "lang", "text", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "synonyms_values.csv", columns, error);
  int list, code, language, text;

  if (!table)
    return FALSE;
  list = cc_csv_table_find_column (table, "list");
  code = cc_csv_table_find_column (table, "code");
  language = cc_csv_table_find_column (table, "lang");
  text = cc_csv_table_find_column (table, "text");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const CcCode *meant = cc_pack_find_code (self, cc_csv_table_get (table, row, list),
                                               cc_csv_table_get (table, row, code));

      if (!meant)
        return cc_pack_fail (table, row, error, "“%s” is no code of the list “%s”.",
                             cc_csv_table_get (table, row, code),
                             cc_csv_table_get (table, row, list));
      add_value_word (self, meant, cc_csv_table_get (table, row, text),
                      cc_csv_table_get (table, row, language));
    }
  return TRUE;
}

static gboolean
load_demonyms (CcPack *self, GError **error)
{
  const char *const columns[] = { "alpha3", "lang", "text", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "demonyms.csv", columns, error);
  int alpha3, language, text;

  if (!table)
    return FALSE;
  alpha3 = cc_csv_table_find_column (table, "alpha3");
  language = cc_csv_table_find_column (table, "lang");
  text = cc_csv_table_find_column (table, "text");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const CcCode *country =
          cc_pack_find_code (self, "COUNTRY", cc_csv_table_get (table, row, alpha3));

      if (!country)
        return cc_pack_fail (table, row, error, "“%s” is no country of countries.csv.",
                             cc_csv_table_get (table, row, alpha3));
      add_value_word (self, country, cc_csv_table_get (table, row, text),
                      cc_csv_table_get (table, row, language));
    }
  return TRUE;
}

static gboolean
load_traps (CcPack *self, GError **error)
{
  const char *const columns[] = { "text", "countries", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "country_traps.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      char **countries =
          g_strsplit (cc_csv_table_get (table, row, cc_csv_table_find_column (table, "countries")),
                      ";", -1);

      g_hash_table_insert (self->country_traps,
                           fold_word (cc_csv_table_get (table, row,
                                                        cc_csv_table_find_column (table, "text"))),
                           countries);
      for (guint i = 0; countries[i]; i++)
        if (!cc_pack_find_code (self, "COUNTRY", countries[i]))
          return cc_pack_fail (table, row, error, "“%s” is no country of countries.csv.",
                               countries[i]);
    }
  return TRUE;
}

/* The code behind the colon: one of the variable's own list, or else the stage that a step or a
 * place stands for (step_on:PROSEC, place_country:TRANS). */
static const CcCode *
find_qualifier (CcPack *self, const CcVariable *variable, const char *code)
{
  const CcCode     *found = *variable->list ? cc_pack_find_code (self, variable->list, code) : NULL;
  g_autofree char  *long_name = NULL;
  const CcVariable *stage;

  if (found)
    return found;
  long_name = g_strdup_printf ("%s_stage", variable->unit);
  stage = cc_pack_find_unit_variable (self, variable->unit, "stage");
  if (!stage)
    stage = cc_pack_find_unit_variable (self, variable->unit, long_name);
  return stage ? cc_pack_find_code (self, stage->list, code) : NULL;
}

static gboolean
add_header (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
#define CELL(column) cc_csv_table_get (table, row, cc_csv_table_find_column (table, column))
  g_auto (GStrv) target = g_strsplit (CELL ("target"), ":", 2);
  const CcVariable *variable;
  const CcCode     *code = NULL;
  CcHeaderMeaning  *meaning;
  g_autofree char  *folded = fold_word (CELL ("text"));

  if (!cc_pack_find_unit (self, CELL ("unit")))
    return cc_pack_fail (table, row, error, "“%s” is no unit.", CELL ("unit"));
  variable = target[0] ? cc_pack_find_unit_variable (self, CELL ("unit"), target[0]) : NULL;
  if (!variable)
    return cc_pack_fail (table, row, error, "“%s” is no variable of the unit “%s”.",
                         CELL ("target"), CELL ("unit"));
  if (target[1] && !(code = find_qualifier (self, variable, target[1])))
    return cc_pack_fail (table, row, error, "“%s” is no code that “%s” could stand for.", target[1],
                         variable->id);
  meaning = g_new0 (CcHeaderMeaning, 1);
  meaning->unit = variable->unit;
  meaning->variable = variable;
  meaning->code = code;
  meaning->language = cc_pack_keep (self, CELL ("lang"));
  g_ptr_array_add (get_array (self->headers, folded, g_free), meaning);
  return TRUE;
#undef CELL
}

static gboolean
load_headers (CcPack *self, GError **error)
{
  const char *const columns[] = { "unit", "target", "lang", "text", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "synonyms_headers.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_header (self, table, row, error))
      return FALSE;
  return TRUE;
}

static gboolean
load_tokens (CcPack *self, GError **error)
{
  const char *const columns[] = { "kind", "lang", "text", "value", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "tokens.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *kind = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "kind"));
      const char *text = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "text"));
      const char *value = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "value"));
      g_autofree char *form = fold_token (text);
      char            *key = cc_pack_key (kind, form, NULL);

      if (g_hash_table_insert (self->tokens, key, (gpointer) cc_pack_keep (self, value)))
        g_ptr_array_add (get_array (self->token_texts, kind, NULL),
                         (gpointer) cc_pack_keep (self, form));
    }
  return TRUE;
}

/* Loads the words by which agencies write; lists, labels and variables are there already. */
gboolean
cc_pack_load_words (CcPack *self, GError **error)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array);
  self->values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->value_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->token_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array);
  self->country_traps =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  add_codes_as_words (self);
  return load_values (self, error) && load_demonyms (self, error) && load_traps (self, error)
         && load_headers (self, error) && load_tokens (self, error);
}

void
cc_pack_free_words (CcPack *self)
{
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->value_texts, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->token_texts, g_hash_table_unref);
  g_clear_pointer (&self->country_traps, g_hash_table_unref);
}

/**
 * cc_pack_match_header:
 * @text: a header as it stands in the cell
 *
 * Returns: (transfer none) (nullable) (element-type CcHeaderMeaning): all that the whole header may
 * mean, %NULL where no synonym equals it
 */
GPtrArray *
cc_pack_match_header (CcPack *self, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  folded = fold_word (text);
  return g_hash_table_lookup (self->headers, folded);
}

/**
 * cc_pack_match_value:
 * @list: the list the value belongs to
 * @text: the cell
 * @language: (nullable): the sheet's language, which decides where a word means different things
 *
 * Returns: (transfer none) (nullable): the code, or %NULL where the word is unknown or means
 * different codes in different languages and @language does not decide
 */
const CcCode *
cc_pack_match_value (CcPack *self, const char *list, const char *text, const char *language)
{
  g_autofree char *folded = NULL;
  g_autofree char *key = NULL;
  GArray          *meanings;
  const CcCode    *any = NULL;
  const CcCode    *own = NULL;
  gboolean         any_differ = FALSE, own_differ = FALSE;

  g_return_val_if_fail (self && list && text, NULL);

  folded = fold_word (text);
  key = cc_pack_key (list, folded, NULL);
  meanings = g_hash_table_lookup (self->values, key);
  for (guint i = 0; meanings && i < meanings->len; i++)
    {
      const ValueMeaning *meaning = &g_array_index (meanings, ValueMeaning, i);

      any_differ = any_differ || (any && any != meaning->code);
      any = meaning->code;
      if (language && g_str_equal (meaning->language, language))
        {
          own_differ = own_differ || (own && own != meaning->code);
          own = meaning->code;
        }
    }
  if (own)
    return own_differ ? NULL : own;
  return any_differ ? NULL : any;
}

/**
 * cc_pack_match_word:
 * @text: a word or several, of any text
 *
 * As cc_pack_match_value() in any language, but codes are no words: for texts such as names of
 * files, in which the letters of a code stand by chance.
 *
 * Returns: (transfer none) (nullable): the one code that people call so
 */
const CcCode *
cc_pack_match_word (CcPack *self, const char *list, const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *key = NULL;
  GArray          *meanings;
  const CcCode    *any = NULL;

  g_return_val_if_fail (self && list && text, NULL);

  folded = fold_word (text);
  key = cc_pack_key (list, folded, NULL);
  meanings = g_hash_table_lookup (self->values, key);
  for (guint i = 0; meanings && i < meanings->len; i++)
    {
      const ValueMeaning *meaning = &g_array_index (meanings, ValueMeaning, i);

      if (!*meaning->language)
        continue;
      if (any && any != meaning->code)
        return NULL;
      any = meaning->code;
    }
  return any;
}

/**
 * cc_pack_match_value_near:
 *
 * Near spellings, for a person to confirm, never to be taken in silence: one changed letter for
 * words of five letters or more, two from nine.
 *
 * Returns: (transfer container) (element-type CcCode): the codes whose words are near
 */
GPtrArray *
cc_pack_match_value_near (CcPack *self, const char *list, const char *text)
{
  g_autofree char *folded = NULL;
  GPtrArray       *texts, *codes;
  glong            length;
  guint            limit;

  g_return_val_if_fail (self && list && text, NULL);

  codes = g_ptr_array_new ();
  folded = fold_word (text);
  length = g_utf8_strlen (folded, -1);
  texts = g_hash_table_lookup (self->value_texts, list);
  if (length < 5 || !texts)
    return codes;
  limit = length < 9 ? 1 : 2;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *word = texts->pdata[i];

      if (strlen (word) >= 4 && cc_text_edit_distance (folded, word, limit) <= limit)
        {
          g_autofree char *key = cc_pack_key (list, word, NULL);
          GArray          *meanings = g_hash_table_lookup (self->values, key);

          for (guint j = 0; j < meanings->len; j++)
            {
              gpointer code = (gpointer) g_array_index (meanings, ValueMeaning, j).code;

              if (!g_ptr_array_find (codes, code, NULL))
                g_ptr_array_add (codes, code);
            }
        }
    }
  return codes;
}

/**
 * cc_pack_find_country_trap:
 *
 * Returns: (transfer none) (nullable): the countries that a text may mean when it must always be
 * asked about ("NIG": Niger or Nigeria)
 */
char **
cc_pack_find_country_trap (CcPack *self, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self && text, NULL);

  folded = fold_word (text);
  return g_hash_table_lookup (self->country_traps, folded);
}

/**
 * cc_pack_match_token:
 * @kind: total, ditto, unknown, yes, no, month ...
 *
 * Returns: (nullable): the token's value ("" where it has none), %NULL where the text is no such
 * token
 */
const char *
cc_pack_match_token (CcPack *self, const char *kind, const char *text)
{
  g_autofree char *form = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (self && kind && text, NULL);

  form = fold_token (text);
  key = cc_pack_key (kind, form, NULL);
  return g_hash_table_lookup (self->tokens, key);
}

/**
 * cc_pack_get_tokens:
 *
 * Returns: (transfer none) (nullable) (element-type utf8): the folded texts of a kind of token
 */
GPtrArray *
cc_pack_get_tokens (CcPack *self, const char *kind)
{
  g_return_val_if_fail (self && kind, NULL);

  return g_hash_table_lookup (self->token_texts, kind);
}
