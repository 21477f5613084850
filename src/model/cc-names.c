/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-names.h>
#include <cc/model/cc-words.h>

#include "cc-pack-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/* One rewriting rule of the skeleton. */
typedef struct
{
  const char *from;
  const char *to;
  gboolean    at_start;
  gboolean    at_end;
  const char *before; /* letters one of which must follow, or NULL */
} SkeletonRule;

typedef struct _CcNameTables
{
  GHashTable *particles; /* folded */
  GHashTable *arabic;    /* one folded Arabic letter -> Latin */
  GHashTable *variants;  /* folded -> GArray of guint group ids */
  GHashTable *groups;    /* group name -> id + 1 */
  GArray     *rules;     /* SkeletonRule, in order */
} NameTables;

static gboolean
load_particles (CcPack *self, NameTables *tables, GError **error)
{
  const char *const columns[] = { "text", NULL };
  g_autoptr (CcCsvTable) table =
      cc_pack_load_table (self, "normalise_particles.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    g_hash_table_add (tables->particles,
                      cc_text_fold (
                          cc_csv_table_get (table, row, cc_csv_table_find_column (table, "text"))));
  return TRUE;
}

static gboolean
load_arabic (CcPack *self, NameTables *tables, GError **error)
{
  const char *const columns[] = { "from", "to", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "normalise_arabic.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *from = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "from"));
      const char *to = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "to"));
      g_autofree char *folded = cc_text_fold (from);

      if (*folded)
        g_hash_table_insert (tables->arabic, g_steal_pointer (&folded), cc_text_fold (to));
    }
  return TRUE;
}

/* Turns Arabic letters into Latin ones; other letters stay. */
static char *
to_latin (NameTables *tables, const char *folded)
{
  GString *latin = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p);
      const char      *to = g_hash_table_lookup (tables->arabic, letter);

      g_string_append (latin, to ? to : letter);
    }
  return g_string_free (latin, FALSE);
}

/* The article of Arabic names, which Latin spellings write apart or not at all. */
#define ARTICLE "\330\247\331\204"

/* Drops the mark of a short first syllable: N'Diaye is Ndiaye, not the two names N and Diaye. */
static char *
drop_apostrophes (const char *name)
{
  GString *result = g_string_sized_new (strlen (name));
  guint    letters = 0; /* of the word so far */

  for (const char *p = name; *p; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);
      const gboolean mark = letter == '\'' || letter == '`' || letter == 0x2019 || letter == 0x2bc;

      if (mark && letters == 1)
        continue;
      letters = g_unichar_isalpha (letter) ? letters + 1 : 0;
      g_string_append_unichar (result, letter);
    }
  return g_string_free (result, FALSE);
}

/* The words of a name in Latin letters, without the Arabic article. "Servant of" is one word with
 * what follows, as most write it. */
static char **
split_name (NameTables *tables, const char *name)
{
  g_autofree char *plain = drop_apostrophes (name);
  g_autofree char *folded = cc_text_fold (plain);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *begun = NULL;

  for (guint i = 0; parts[i]; i++)
    {
      const char      *part = parts[i];
      g_autofree char *latin = NULL;
      g_autofree char *whole = NULL;

      if (g_str_has_prefix (part, ARTICLE) && g_utf8_strlen (part, -1) > 4)
        part += strlen (ARTICLE);
      else if (begun != NULL && g_hash_table_contains (tables->particles, part))
        continue;
      latin = to_latin (tables, part);
      whole = g_strconcat (begun != NULL ? begun : "", latin, NULL);
      g_clear_pointer (&begun, g_free);
      if (g_str_equal (whole, "abd") && parts[i + 1] != NULL)
        begun = g_steal_pointer (&whole);
      else if (*whole)
        g_strv_builder_add (builder, whole);
    }
  if (begun != NULL)
    g_strv_builder_add (builder, begun);
  return g_strv_builder_end (builder);
}

/* A name as one word. */
static char *
join_name (NameTables *tables, const char *name)
{
  g_auto (GStrv) words = split_name (tables, name);

  return g_strjoinv ("", words);
}

static gboolean
load_variants (CcPack *self, NameTables *tables, GError **error)
{
  const char *const columns[] = { "group", "text", "relation", NULL };
  g_autoptr (CcCsvTable) table =
      cc_pack_load_table (self, "normalise_variants.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *name = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "group"));
      const char *text = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "text"));
      const char *relation =
          cc_csv_table_get (table, row, cc_csv_table_find_column (table, "relation"));
      guint            id = GPOINTER_TO_UINT (g_hash_table_lookup (tables->groups, name));
      g_autofree char *folded = join_name (tables, text);
      GArray          *groups;

      if (!g_str_equal (relation, "same") && !g_str_equal (relation, "related"))
        return cc_pack_fail (table, row, error, "“%s” is neither “same” nor “related”.", relation);
      /* Related names (Mohamed, Mamadou) are close, yet not spellings of one name. */
      if (g_str_equal (relation, "related"))
        continue;
      if (id == 0)
        {
          id = g_hash_table_size (tables->groups) + 1;
          g_hash_table_insert (tables->groups, g_strdup (name), GUINT_TO_POINTER (id));
        }
      groups = g_hash_table_lookup (tables->variants, folded);
      if (!groups)
        {
          groups = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (tables->variants, g_steal_pointer (&folded), groups);
        }
      g_array_append_val (groups, id);
    }
  return TRUE;
}

static gboolean
load_rules (CcPack *self, NameTables *tables, GError **error)
{
  const char *const columns[] = { "order", "from", "to", "context", NULL };
  g_autoptr (CcCsvTable) table =
      cc_pack_load_table (self, "normalise_skeleton.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *context =
          cc_csv_table_get (table, row, cc_csv_table_find_column (table, "context"));
      SkeletonRule rule = { 0 };

      rule.from = cc_pack_keep (self, cc_csv_table_get (table, row,
                                                        cc_csv_table_find_column (table, "from")));
      rule.to = cc_pack_keep (self, cc_csv_table_get (table, row,
                                                      cc_csv_table_find_column (table, "to")));
      rule.at_start = g_str_has_prefix (context, "start");
      rule.at_end = g_str_equal (context, "end");
      if (g_str_has_prefix (context, "start-before:"))
        rule.before = cc_pack_keep (self, context + strlen ("start-before:"));
      else if (g_str_has_prefix (context, "before:"))
        rule.before = cc_pack_keep (self, context + strlen ("before:"));
      else if (!g_str_equal (context, "start") && !rule.at_end && !g_str_equal (context, "any"))
        return cc_pack_fail (table, row, error, "“%s” is no context of a rule.", context);
      if (!*rule.from)
        return cc_pack_fail (table, row, error, "the rule rewrites nothing.");
      g_array_append_val (tables->rules, rule);
    }
  return TRUE;
}

/* Loads the normalising tables. */
gboolean
cc_pack_load_names (CcPack *self, GError **error)
{
  NameTables *tables = g_new0 (NameTables, 1);

  self->names = tables;
  tables->particles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tables->arabic = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tables->variants =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  tables->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tables->rules = g_array_new (FALSE, FALSE, sizeof (SkeletonRule));
  return load_particles (self, tables, error) && load_arabic (self, tables, error)
         && load_variants (self, tables, error) && load_rules (self, tables, error);
}

void
cc_pack_free_names (CcPack *self)
{
  NameTables *tables = self->names;

  if (!tables)
    return;
  g_hash_table_unref (tables->particles);
  g_hash_table_unref (tables->arabic);
  g_hash_table_unref (tables->variants);
  g_hash_table_unref (tables->groups);
  g_array_unref (tables->rules);
  g_clear_pointer (&self->names, g_free);
}

/**
 * cc_names_get_version:
 *
 * Returns: the version of the normalising tables; forms of different versions must not be compared
 */
int
cc_names_get_version (CcPack *pack)
{
  g_return_val_if_fail (pack != NULL, 0);

  return cc_key_file_get_int (pack->key_file, "pack", "normalise-version", 0);
}

/**
 * cc_names_to_latin:
 * @text: any text
 *
 * Returns: (transfer full): the folded text with Arabic letters as Latin ones; letters of scripts
 * that the pack's table has not stay
 */
char *
cc_names_to_latin (CcPack *pack, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (pack != NULL && text != NULL, NULL);

  folded = cc_text_fold (text);
  return to_latin (pack->names, folded);
}

/**
 * cc_names_tokenise:
 * @name: a name or several, in any script
 *
 * Folds the name, turns Arabic script into Latin letters without the article, splits it, joins
 * "Abd" with what follows, sets particles aside and drops placeholders. A particle stays where
 * nothing else would.
 *
 * Returns: (transfer full): the tokens in their order; empty where there is no name
 */
char **
cc_names_tokenise (CcPack *pack, const char *name)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  guint n_added = 0;

  g_return_val_if_fail (pack != NULL && name != NULL, NULL);

  builder = g_strv_builder_new ();
  if (cc_names_is_placeholder (pack, name))
    return g_strv_builder_end (builder);
  parts = split_name (pack->names, name);
  for (guint i = 0; parts[i]; i++)
    if (*parts[i] && !g_hash_table_contains (pack->names->particles, parts[i]))
      {
        g_strv_builder_add (builder, parts[i]);
        n_added++;
      }
  if (n_added == 0)
    for (guint i = 0; parts[i]; i++)
      if (*parts[i])
        g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static gboolean
rule_applies (const SkeletonRule *rule, const char *token, const char *place)
{
  gsize length = strlen (rule->from);

  if (strncmp (place, rule->from, length) != 0 || (rule->at_start && place != token)
      || (rule->at_end && place[length] != '\0'))
    return FALSE;
  return !rule->before || (place[length] != '\0' && strchr (rule->before, place[length]));
}

static char *
apply_rule (const SkeletonRule *rule, const char *token)
{
  GString *result = g_string_sized_new (strlen (token));

  for (const char *p = token; *p;)
    if (rule_applies (rule, token, p))
      {
        g_string_append (result, rule->to);
        p += strlen (rule->from);
      }
    else
      g_string_append_c (result, *p++);
  return g_string_free (result, FALSE);
}

/* What the rules write for an h: not heard, yet the letters round it are two. */
#define SILENT 'H'

static gboolean
is_vowel (char letter)
{
  return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

/**
 * cc_names_skeleton:
 * @token: one token of cc_names_tokenise()
 *
 * The consonant skeleton of a name: the table's rules in their order, then doubles squeezed and
 * vowels dropped; a beginning vowel is kept as "a", so that Amina and Mina stay apart.
 *
 * Returns: (transfer full): the skeleton, never empty for a token with letters
 */
char *
cc_names_skeleton (CcPack *pack, const char *token)
{
  g_autofree char *text = NULL;
  GString         *skeleton;

  g_return_val_if_fail (pack != NULL && token != NULL, NULL);

  text = g_strdup (token);
  for (guint i = 0; i < pack->names->rules->len; i++)
    {
      char *rewritten = apply_rule (&g_array_index (pack->names->rules, SkeletonRule, i), text);

      g_free (text);
      text = rewritten;
    }
  skeleton = g_string_sized_new (strlen (text));
  for (const char *p = text; *p; p++)
    if (is_vowel (*p))
      {
        if (p == text || (p == text + 1 && *text == SILENT))
          g_string_append_c (skeleton, 'a');
      }
    else if (*p == SILENT)
      continue;
    else if (skeleton->len == 0 || skeleton->str[skeleton->len - 1] != *p || is_vowel (p[-1])
             || p[-1] == SILENT)
      g_string_append_c (skeleton, *p);
  if (skeleton->len == 0)
    g_string_append (skeleton, token);
  return g_string_free (skeleton, FALSE);
}

/**
 * cc_names_variant_groups:
 * @token: one token of cc_names_tokenise()
 *
 * A token may stand in several groups, and groups are never chained: Robin and Robert both go with
 * Rob, yet not with each other.
 *
 * Returns: (transfer none) (nullable) (element-type guint): ids of the groups, rising from 1
 */
GArray *
cc_names_variant_groups (CcPack *pack, const char *token)
{
  g_return_val_if_fail (pack != NULL && token != NULL, NULL);

  return g_hash_table_lookup (pack->names->variants, token);
}

/**
 * cc_names_is_placeholder:
 *
 * Returns: whether the text stands for a missing name ("inconnu", "X", "N/A", "مجهول", "999")
 */
gboolean
cc_names_is_placeholder (CcPack *pack, const char *name)
{
  g_autofree char *folded = NULL;
  gboolean         has_letter = FALSE;

  g_return_val_if_fail (pack != NULL && name != NULL, TRUE);

  if (cc_pack_match_token (pack, "unknown", name)
      || cc_pack_match_token (pack, "name-placeholder", name))
    return TRUE;
  folded = cc_text_fold (name);
  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    has_letter = has_letter || g_unichar_isalpha (g_utf8_get_char (p));
  return !has_letter || strlen (folded) == 1;
}
