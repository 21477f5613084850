/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words on and in a file say of an agency that nobody knows yet. */
#include "cc-guess-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

/* Titles of more words than this are sentences, and name nobody. */
#define LONG_NAME 6

/* From how many letters on a word may hold one slip of the pen, and two. */
#define ONE_SLIP  5
#define TWO_SLIPS 10

static char **
split_words (const char *text)
{
  g_autofree char *opened = g_strdelimit (g_strdup (text), "_-.,;:/()", ' ');
  g_autofree char *collapsed = cc_text_collapse (opened);

  return g_strsplit (collapsed, " ", -1);
}

/* The longest run of up to five words that the pack has for a kind of agency. n_used: (out): how
 * many words it has. */
static const CcCode *
find_kind (CcPack *pack, char **words, gboolean at_start, guint *n_used)
{
  const guint n = g_strv_length (words);

  for (guint size = MIN (n, 5); size > 0; size--)
    for (guint from = 0; from + size <= (at_start ? size : n); from++)
      {
        g_autoptr (GString) run = g_string_new (words[from]);
        const CcCode *type;

        for (guint i = 1; i < size; i++)
          g_string_append_printf (run, " %s", words[from + i]);
        type = cc_pack_match_word (pack, "RETYPE", run->str);
        if (type && cc_no_value_from_code (type->code) == CC_NO_VALUE_NONE)
          {
            *n_used = size;
            return type;
          }
      }
  return NULL;
}

/**
 * cc_guess_agency_type:
 * @text: the name of an agency, or of a file without its ending
 *
 * The longest run of up to five words that the pack has for a kind of agency, in any of its
 * languages; of two as long, the first.
 *
 * Returns: (transfer none) (nullable): a code of list RETYPE
 */
const CcCode *
cc_guess_agency_type (CcPack *pack, const char *text)
{
  g_auto (GStrv) words = NULL;
  guint n_used;

  g_return_val_if_fail (pack != NULL && text != NULL, NULL);

  words = split_words (text);
  return find_kind (pack, words, FALSE, &n_used);
}

static gboolean
has_digit (const char *word)
{
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* "police_nord-2023 T1" is sent by something like "Police nord", "ngo-hope" by "NGO hope".
 * n_words: (out): of the name. Returns: (transfer full) (nullable) */
static char *
build_name (CcPack *pack, char **words, guint *n_words)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *upper = NULL;

  *n_words = 0;
  for (guint i = 0; words[i]; i++)
    if (!has_digit (words[i]))
      {
        const char *acronym = cc_pack_match_token (pack, "acronym", words[i]);

        g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "",
                                acronym != NULL ? acronym : words[i]);
        *n_words += 1;
      }
  if (name->len == 0)
    return NULL;
  first = g_strndup (name->str, g_utf8_next_char (name->str) - name->str);
  upper = g_utf8_strup (first, -1);
  return g_strconcat (upper, name->str + strlen (first), NULL);
}

/* text: a name of a file, or the part of a title that may be a name. whole: what it is taken from.
 */
static gboolean
describe (CcGuess    *self,
          CcPack     *pack,
          const char *text,
          gboolean    is_title,
          const char *whole,
          const char *reason)
{
  g_auto (GStrv) words = split_words (text);
  guint            n_used = 0, n_words = 0;
  const CcCode    *type = find_kind (pack, words, is_title, &n_used);
  g_autofree char *name = type != NULL ? build_name (pack, words, &n_words) : NULL;

  if (name == NULL || (is_title && n_words > LONG_NAME))
    return FALSE;
  self->new_type = type;
  self->new_name = g_steal_pointer (&name);
  self->says_kind_only = n_words == n_used;
  g_free (self->words);
  self->words = g_strdup (whole);
  self->words_reason = reason;
  return TRUE;
}

/* "Foyer Espoir - victimes 2023": the first part of a title, where it begins with a kind. */
static gboolean
describe_title (CcGuess *self, CcPack *pack, const char *title)
{
  g_auto (GStrv) parts = g_strsplit_set (title, ",;:|(\n", 2);
  char *end = parts[0] != NULL ? strstr (parts[0], " - ") : NULL;

  if (parts[0] == NULL)
    return FALSE;
  if (end == NULL)
    end = strstr (parts[0], " – ");
  if (end != NULL)
    *end = '\0';
  return describe (self, pack, parts[0], TRUE, title, "intake.guess.title");
}

void
cc_guess_describe_sender (CcGuess *self, CcPack *pack, CcInspection *inspection)
{
  g_autofree char *stem = cc_guess_get_stem (inspection->file_name);

  if (describe (self, pack, stem, FALSE, inspection->file_name, "intake.guess.file-name"))
    return;
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];

      for (guint j = 0; j < table->titles->len; j++)
        if (describe_title (self, pack, table->titles->pdata[j]))
          return;
    }
}

/* "Refuge A" and "Refuge B" are two. */
static gboolean
is_near_word (const char *a, const char *b)
{
  const glong length = MIN (g_utf8_strlen (a, -1), g_utf8_strlen (b, -1));
  const guint slips = length >= TWO_SLIPS ? 2 : length >= ONE_SLIP ? 1 : 0;

  return cc_text_edit_distance (a, b, slips) <= slips;
}

gboolean
cc_guess_is_near (const char *a, const char *b)
{
  g_autofree char *folded_a = cc_text_fold (a);
  g_autofree char *folded_b = cc_text_fold (b);
  g_auto (GStrv) words_a = g_strsplit (folded_a, " ", -1);
  g_auto (GStrv) words_b = g_strsplit (folded_b, " ", -1);
  const guint n = g_strv_length (words_a);

  if (n == 0 || n != g_strv_length (words_b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_near_word (words_a[i], words_b[i]))
      return FALSE;
  return TRUE;
}
