/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-concordance-private.h"

#include <string.h>

/* What was decided about an agency's tables (map files, profiles) names codes and variables of the
 * old pack. Codes and names never hold an equals sign, so the last one of a line parts them from
 * the agency's own words. */

static const CcVariable *
find_variable (CcPack *pack, const char *word)
{
  const char *dot = strrchr (word, '.');
  const char *name = dot ? dot + 1 : word;

  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);
      const gsize       unit = strlen (variable->unit);

      if (!g_str_equal (variable->id, name) && !g_str_equal (variable->name, name))
        continue;
      if (!dot || ((gsize) (dot - word) == unit && strncmp (word, variable->unit, unit) == 0))
        return variable;
    }
  return NULL;
}

/* The variable under its new id or name, with the unit it was given with. */
static char *
rename_variable (CcConcordance *self, const char *word, const CcVariable *old)
{
  const CcFate *fate = old ? cc_concordance_find (self, "variable", "", old->id) : NULL;
  const CcVariable *new = fate ? cc_pack_find_variable (self->new_pack, fate->name) : NULL;
  const char *dot = strrchr (word, '.');
  const char *name;

  if (!new)
    return g_strdup (word);
  name = g_str_equal (old->id, dot ? dot + 1 : word) ? new->id : new->name;
  return dot ? g_strdup_printf ("%.*s%s", (int) (dot - word) + 1, word, name) : g_strdup (name);
}

static const char *
rename_code (CcConcordance *self, const char *list, const char *code)
{
  const CcFate *fate = cc_concordance_find (self, "code", list, code);

  return fate ? fate->name : code;
}

/* "LAB" of a variable's values, or "form:LAB", "sector:ISIC4:F" of a column's targets. */
static char *
rename_word (CcConcordance *self, const char *word, const CcVariable *values_of)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  const guint       n = g_strv_length (parts);
  const CcVariable *variable = values_of;
  char             *text;

  if (values_of)
    return g_strdup (rename_code (self, values_of->list, word));
  if (n == 0)
    return g_strdup (word);
  variable = find_variable (self->old_pack, parts[0]);
  text = rename_variable (self, parts[0], variable);
  g_free (parts[0]);
  parts[0] = text;
  if (variable && n > 1)
    {
      text = g_strdup (rename_code (self, n > 2 ? parts[n - 2] : variable->list, parts[n - 1]));
      g_free (parts[n - 1]);
      parts[n - 1] = text;
    }
  return g_strjoinv (":", parts);
}

/* Words of a list, with whatever stands between them. */
static void
append_words (CcConcordance *self, GString *text, const char *words, const CcVariable *values_of)
{
  while (*words)
    {
      const gsize      gap = strspn (words, ";, \t\r");
      const gsize      length = strcspn (words + gap, ";, \t\r");
      g_autofree char *word = g_strndup (words + gap, length);
      g_autofree char *renamed = length > 0 ? rename_word (self, word, values_of) : NULL;

      g_string_append_len (text, words, (gssize) gap);
      if (renamed)
        g_string_append (text, renamed);
      words += gap + length;
    }
}

/* "[values victim.sex]": the variable whose values follow. */
static const CcVariable *
append_values_group (CcConcordance *self, GString *text, const char *line)
{
  const char       *start = line + strlen ("[values ");
  g_autofree char  *word = g_strndup (start, strcspn (start, "]"));
  const CcVariable *variable = find_variable (self->old_pack, word);
  g_autofree char  *renamed = rename_variable (self, word, variable);

  g_string_append_printf (text, "[values %s%s", renamed, start + strlen (word));
  return variable;
}

/**
 * cc_concordance_rewrite_map:
 * @text: a map file, as profiles keep it
 *
 * Returns: (transfer full): the same decisions in the codes and variables of the new pack
 */
char *
cc_concordance_rewrite_map (CcConcordance *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString          *result = g_string_new (NULL);
  const CcVariable *values_of = NULL;
  gboolean          columns = FALSE;

  for (guint i = 0; lines[i]; i++)
    {
      const char *equals = strrchr (lines[i], '=');

      if (i > 0)
        g_string_append_c (result, '\n');
      if (lines[i][0] == '[')
        {
          columns = g_str_has_prefix (lines[i], "[columns");
          values_of = NULL;
        }
      if (g_str_has_prefix (lines[i], "[values "))
        values_of = append_values_group (self, result, lines[i]);
      else if (equals && lines[i][0] != '#' && lines[i][0] != '[' && (columns || values_of))
        {
          g_string_append_len (result, lines[i], equals + 1 - lines[i]);
          append_words (self, result, equals + 1, values_of);
        }
      else
        g_string_append (result, lines[i]);
    }
  return g_string_free (result, FALSE);
}
