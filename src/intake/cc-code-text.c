/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-code-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-scan-private.h"

/* Longer cells are prose: they are kept whole and nobody's list. */
#define MAX_LIST_LENGTH 1000

static gboolean
is_country_list (const char *list)
{
  return g_str_equal (list, "COUNTRY");
}

static const CcCode *
find_word (CcPack *pack, const char *list, const char *text)
{
  const CcCode *code = cc_pack_match_value (pack, list, text, NULL);

  if (!code)
    code = cc_pack_find_code (pack, list, text);
  return code && cc_no_value_from_code (code->code) != CC_NO_VALUE_NONE ? NULL : code;
}

/* The yes and no of a list that has both, in any language. */
static const CcCode *
find_yes_no (CcPack *pack, const char *list, const char *text)
{
  const CcCode *yes = cc_pack_find_code (pack, list, "YES");
  const CcCode *no = cc_pack_find_code (pack, list, "NO");

  if (!yes || !no)
    return NULL;
  switch (cc_tick_text_read (pack, text))
    {
    case CC_TICK_YES:
      return yes;
    case CC_TICK_NO:
      return no;
    default:
      return NULL;
    }
}

/* The text without a last bracket, and what stood in it; FALSE where there is none. */
static gboolean
split_bracket (const char *text, char **outside, char **inside)
{
  const char *open = strchr (text, '(');
  const char *close = open ? strrchr (text, ')') : NULL;

  if (!open || !close || close < open)
    return FALSE;
  *outside = g_strndup (text, open - text);
  g_strstrip (*outside);
  *inside = g_strndup (open + 1, close - open - 1);
  g_strstrip (*inside);
  return TRUE;
}

static gboolean
set_code (CcCodeText *result, const CcCode *code)
{
  result->code = code;
  return code != NULL;
}

/* "Netherlands (own country)", "Domestic (Myanmar)", "Mumbai, India": the name of a country and
 * something that is none. */
static gboolean
read_country_parts (CcPack *pack, const char *text, const char *own_country, CcCodeText *result)
{
  g_autofree char *outside = NULL;
  g_autofree char *inside = NULL;
  const char      *comma;

  if (own_country && cc_pack_match_token (pack, "own-country", text))
    return set_code (result, cc_pack_find_code (pack, "COUNTRY", own_country));
  if (split_bracket (text, &outside, &inside))
    {
      const CcCode *first = find_word (pack, "COUNTRY", outside);
      const CcCode *second = find_word (pack, "COUNTRY", inside);

      if (first && second && first != second)
        return FALSE;
      if (first || second)
        return set_code (result, first ? first : second);
    }
  comma = strrchr (text, ',');
  if (comma)
    {
      g_autofree char *before = g_strndup (text, comma - text);

      /* "Niger, Nigeria" is a list, not a place in Nigeria. */
      return !find_word (pack, "COUNTRY", before)
             && set_code (result, find_word (pack, "COUNTRY", comma + 1));
    }
  return FALSE;
}

static gboolean
is_trap (CcPack *pack, const char *list, const char *text)
{
  char **countries;

  if (!is_country_list (list))
    return FALSE;
  countries = cc_pack_find_country_trap (pack, text);
  return countries && countries[0];
}

/* "2 maliens", "97 albanian": the count is inside the label. */
static const char *
skip_count (const char *text, int *count)
{
  char  *end;
  gint64 number = g_ascii_strtoll (text, &end, 10);

  if (end == text || number <= 0 || number > 10000)
    return NULL;
  while (*end == ' ')
    end++;
  if (!*end || !g_unichar_isalpha (g_utf8_get_char (end)))
    return NULL;
  *count = (int) number;
  return end;
}

/* "Africa", "foreign", "Caribbean (Trinidad and Tobago, Barbados, etc)": an answer, but none that
 * names a country. */
static gboolean
names_no_country (CcPack *pack, const char *text)
{
  g_autofree char *outside = NULL;
  g_autofree char *inside = NULL;

  if (cc_pack_match_token (pack, "region", text) || cc_pack_match_token (pack, "foreign", text))
    return TRUE;
  return split_bracket (text, &outside, &inside)
         && (cc_pack_match_token (pack, "region", outside)
             || cc_pack_match_token (pack, "foreign", outside));
}

static CcCodeRead
read_known (CcPack     *pack,
            const char *list,
            const char *text,
            const char *own_country,
            CcCodeText *result)
{
  g_autofree char *repaired = NULL;

  if (is_trap (pack, list, text))
    return CC_CODE_READ_ASK;
  if (set_code (result, find_word (pack, list, text)))
    return CC_CODE_READ_OK;
  if (set_code (result, find_yes_no (pack, list, text)))
    return CC_CODE_READ_OK;
  if (is_country_list (list) && read_country_parts (pack, text, own_country, result))
    return CC_CODE_READ_OK;
  repaired = cc_text_repair_double_utf8 (text);
  if (repaired && set_code (result, find_word (pack, list, repaired)))
    return CC_CODE_READ_OK;
  return CC_CODE_READ_UNMAPPED;
}

/**
 * cc_code_text_read:
 * @list: a code list of the pack
 * @text: (nullable): one value, as it stands in the cell
 * @own_country: (nullable): the reporting country, ISO 3166-1 alpha-3
 * @result: (out): what was read
 *
 * Compares folded words and never letters that look alike: near matches are proposed by
 * cc_pack_match_value_near() and need a person's word.
 *
 * Returns: what could be made of it
 */
CcCodeRead
cc_code_text_read (CcPack     *pack,
                   const char *list,
                   const char *text,
                   const char *own_country,
                   CcCodeText *result)
{
  g_autofree char *trimmed = NULL;
  const char      *rest;
  CcCodeRead       read;

  g_return_val_if_fail (pack != NULL && list != NULL && result != NULL, CC_CODE_READ_UNMAPPED);

  *result = (CcCodeText){ NULL, CC_NO_VALUE_NONE, 0 };
  if (cc_text_is_blank (text))
    return CC_CODE_READ_BLANK;
  trimmed = cc_text_collapse (text);
  /* "(please specify)" was never filled in. */
  if (cc_pack_match_token (pack, "placeholder", trimmed))
    return CC_CODE_READ_BLANK;
  result->no_value = cc_word_no_value (pack, trimmed);
  /* "NA" is not available far more often than Namibia, whose code it is. */
  if (is_country_list (list) && result->no_value != CC_NO_VALUE_NONE)
    return CC_CODE_READ_NO_VALUE;
  read = read_known (pack, list, trimmed, own_country, result);
  if (read != CC_CODE_READ_UNMAPPED)
    return read;
  if (is_country_list (list) && names_no_country (pack, trimmed))
    result->no_value = CC_NO_VALUE_UNKNOWN;
  if (result->no_value != CC_NO_VALUE_NONE)
    return CC_CODE_READ_NO_VALUE;
  rest = skip_count (trimmed, &result->count);
  if (rest)
    {
      read = read_known (pack, list, rest, own_country, result);
      if (read != CC_CODE_READ_UNMAPPED)
        return read;
      result->count = 0;
    }
  return CC_CODE_READ_UNMAPPED;
}

/* The strength of the separator that begins at p: 1 strongest, 0 for none. size is its length. */
static int
separator_at (CcPack *pack, const char *text, const char *p, gsize *size)
{
  const char *order[] = { ";", "+", NULL };
  const char *end;

  *size = 1;
  for (int i = 0; order[i]; i++)
    if (*p == order[i][0])
      return i + 1;
  if (g_str_has_prefix (p, "\330\233")) /* Arabic semicolon */
    {
      *size = 2;
      return 1;
    }
  if (*p == ' ' && p > text)
    {
      end = strchr (p + 1, ' ');
      if (end && end - p - 1 <= 8)
        {
          g_autofree char *word = g_strndup (p + 1, end - p - 1);

          if (g_str_equal (word, "&") || cc_pack_match_token (pack, "joiner", word))
            {
              *size = end - p;
              return 3;
            }
        }
      return 0;
    }
  if (*p == ',')
    return 4;
  if (g_str_has_prefix (p, "\330\214")) /* Arabic comma */
    {
      *size = 2;
      return 4;
    }
  if (*p == '/' || *p == '\n')
    return *p == '\n' ? 1 : 5;
  return 0;
}

typedef struct
{
  const char *start;
  gsize       length;
  int         separator; /* strength of the separator behind it, 0 at the end */
} Atom;

/* The end of a bracket that begins at p; p where none does. */
static const char *
skip_bracket (const char *p)
{
  const char *close = *p == '(' ? strchr (p, ')') : NULL;

  return close && close > p + 1 ? close : p;
}

/* What stands in brackets explains what stands before them and is no list of its own: "Caribbean
 * (Trinidad and Tobago, Barbados, etc)". */
static GArray *
find_atoms (CcPack *pack, const char *text)
{
  GArray     *atoms = g_array_new (FALSE, FALSE, sizeof (Atom));
  const char *start = text;
  Atom        atom;

  for (const char *p = text; *p;)
    {
      gsize size = 1;
      int   strength;

      if (p > text)
        p = skip_bracket (p);
      strength = separator_at (pack, text, p, &size);

      if (strength == 0)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      atom = (Atom){ start, p - start, strength };
      g_array_append_val (atoms, atom);
      p += size;
      start = p;
    }
  atom = (Atom){ start, strlen (start), 0 };
  g_array_append_val (atoms, atom);
  return atoms;
}

static gboolean
is_known (CcPack *pack, const char *list, const char *text)
{
  CcCodeText result;
  CcCodeRead read = cc_code_text_read (pack, list, text, NULL, &result);

  return read == CC_CODE_READ_OK || read == CC_CODE_READ_NO_VALUE || read == CC_CODE_READ_ASK;
}

static char *
join_atoms (GArray *atoms, guint from, guint to)
{
  Atom *first = &g_array_index (atoms, Atom, from);
  Atom *last = &g_array_index (atoms, Atom, to);
  char *text = g_strndup (first->start, last->start + last->length - first->start);

  return g_strstrip (text);
}

/* Arabic writes "and" as a letter joined to the next word: "تونسية وليبية". */
static gboolean
split_arabic_and (CcPack *pack, const char *list, const char *text, GPtrArray *values)
{
  const char *waw = strstr (text, " \331\210");

  while (waw)
    {
      g_autofree char *before = g_strndup (text, waw - text);

      if (is_known (pack, list, before) && is_known (pack, list, waw + 3))
        {
          g_ptr_array_add (values, g_steal_pointer (&before));
          g_ptr_array_add (values, g_strdup (waw + 3));
          return TRUE;
        }
      waw = strstr (waw + 1, " \331\210");
    }
  return FALSE;
}

static void
add_value (CcPack *pack, const char *list, char *text, GPtrArray *values)
{
  if (cc_text_is_blank (text))
    g_free (text);
  else if (!is_known (pack, list, text) && split_arabic_and (pack, list, text, values))
    g_free (text);
  else
    g_ptr_array_add (values, text);
}

/* A separator that no label holds: ; and +, and a slash between blanks. */
static gboolean
is_strong (const Atom *atom)
{
  return atom->separator <= 2
         || (atom->separator == 5 && atom->length > 0 && atom->start[atom->length - 1] == ' ');
}

/* Whether the run is several known values with a strong separator between them: "Sexual
 * exploitation; Other" is a list, even though the label "Sexual exploitation: other" folds to the
 * same. */
static gboolean
is_list_of_known (CcPack *pack, const char *list, GArray *atoms, guint from, guint n)
{
  guint start = from;

  for (guint i = from; i < from + n; i++)
    {
      gboolean         strong = is_strong (&g_array_index (atoms, Atom, i));
      g_autofree char *piece = NULL;

      if (i + 1 < from + n && !strong)
        continue;
      if (i + 1 == from + n && start == from)
        return FALSE;
      piece = join_atoms (atoms, start, i);
      if (!is_known (pack, list, piece))
        return FALSE;
      start = i + 1;
    }
  return TRUE;
}

/* How many atoms the value that begins at `from` takes: the longest known label, else up to the
 * next strong separator or the next known label. */
static guint
measure_value (CcPack *pack, const char *list, GArray *atoms, guint from)
{
  guint n;

  for (n = MIN (atoms->len - from, 6); n > 0; n--)
    {
      g_autofree char *text = join_atoms (atoms, from, from + n - 1);

      if (is_known (pack, list, text) && !is_list_of_known (pack, list, atoms, from, n))
        return n;
    }
  for (n = 1; from + n < atoms->len; n++)
    {
      g_autofree char *next = join_atoms (atoms, from + n, from + n);

      if (g_array_index (atoms, Atom, from + n - 1).separator <= 2 || is_known (pack, list, next))
        break;
    }
  return n;
}

/**
 * cc_code_text_split:
 * @list: the code list of the values
 * @text: (nullable): a cell
 *
 * Four labels of the HTCDS industry list hold a semicolon themselves, so the longest known label
 * wins before anything is split, unless each part is a known value by itself; what is not known is
 * kept together up to a ; or +.
 *
 * Returns: (transfer full): the values in the order of the cell
 */
char **
cc_code_text_split (CcPack *pack, const char *list, const char *text)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) atoms = NULL;

  g_return_val_if_fail (pack != NULL && list != NULL, NULL);

  if (!cc_text_is_blank (text))
    {
      atoms = strlen (text) <= MAX_LIST_LENGTH ? find_atoms (pack, text) : NULL;
      if (!atoms
          || (is_known (pack, list, text) && !is_list_of_known (pack, list, atoms, 0, atoms->len)))
        g_ptr_array_add (values, cc_text_collapse (text));
      else
        {
          for (guint i = 0; i < atoms->len;)
            {
              guint n = measure_value (pack, list, atoms, i);

              add_value (pack, list, join_atoms (atoms, i, i + n - 1), values);
              i += n;
            }
        }
    }
  g_ptr_array_set_free_func (values, NULL);
  g_ptr_array_add (values, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&values), FALSE);
}
