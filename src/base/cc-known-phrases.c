/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-known-phrases-private.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/org/casecount/Casecount/passphrases/known.txt"

/* So many words of a phrase, or in another order, are still that phrase. */
#define FEW_WORDS 3

typedef struct
{
  gunichar *keys; /* without what stands between words */
  guint     length;
  GArray   *ends; /* guint: behind each word */
} Phrase;

/* Letters and what is written in their place have one key: i, l, 1, ! and | are the same. 0 for
 * what only stands between words. */
static gunichar
fold (gunichar c)
{
  gunichar base;

  if (g_unichar_decompose (c, &base, &(gunichar){ 0 }))
    c = base;
  if (g_unichar_isdigit (c))
    c = '0' + (gunichar) g_unichar_digit_value (c);
  switch (c)
    {
    case '0':
      return 'o';
    case '1':
    case '!':
    case '|':
    case 'l':
    case 'L':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
    case '+':
      return 't';
    default:
      return g_unichar_isalnum (c) ? g_unichar_tolower (c) : 0;
    }
}

static void
read_line (GArray *phrases, const char *line)
{
  GArray     *keys = g_array_new (FALSE, FALSE, sizeof (gunichar));
  Phrase      phrase = { .ends = g_array_new (FALSE, FALSE, sizeof (guint)) };
  const char *c = line;
  const gsize n_bytes = strlen (line);

  while (c < line + n_bytes)
    {
      const gunichar key = fold (g_utf8_get_char (c));

      c = g_utf8_next_char (c);
      if (key != 0)
        g_array_append_val (keys, key);
      if (keys->len > 0 && (*c == ' ' || *c == '\0'))
        g_array_append_val (phrase.ends, keys->len);
    }
  phrase.length = keys->len;
  phrase.keys = (gunichar *) (void *) g_array_free (keys, FALSE);
  g_array_append_val (phrases, phrase);
}

/* Of the whole run of the program; element-type Phrase. */
static GArray *
get_phrases (void)
{
  static GArray *phrases;
  static gsize   looked;

  if (g_once_init_enter (&looked))
    {
      g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, 0, NULL);
      g_auto (GStrv) lines = NULL;

      phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
      if (bytes != NULL)
        {
          g_autofree char *text =
              g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

          lines = g_strsplit (text, "\n", -1);
        }
      for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
        if (*lines[i] != '\0' && *lines[i] != '#')
          read_line (phrases, lines[i]);
      g_once_init_leave (&looked, 1);
    }
  return phrases;
}

static gboolean
is_inside_word (const gunichar *text, glong length, glong at)
{
  return at < length && (g_unichar_isalpha (text[at]) || g_unichar_ismark (text[at]));
}

/* How many characters from `start` on say a phrase, or FEW_WORDS of it at least. */
static glong
measure_phrase (const Phrase *phrase, const gunichar *text, glong length, glong start)
{
  glong at = start;
  glong found = 0;
  guint n_keys = 0;
  guint n_words = 0;

  while (at < length && n_keys < phrase->length)
    {
      if (fold (text[at]) == phrase->keys[n_keys])
        {
          at++;
          n_keys++;
          if (n_keys < g_array_index (phrase->ends, guint, n_words))
            continue;
          n_words++;
          while (at < length && g_unichar_ismark (text[at]))
            at++;
          if ((n_words >= FEW_WORDS || n_keys == phrase->length)
              && !is_inside_word (text, length, at))
            found = at - start;
        }
      else if (n_keys > 0 && !g_unichar_isalnum (text[at]))
        at++;
      else
        break;
    }
  return found;
}

glong
cc_known_phrases_measure (const gunichar *text, glong length, glong start, const void **which)
{
  GArray *phrases = get_phrases ();
  glong   longest = 0;

  if (start > 0 && is_inside_word (text, length, start - 1))
    return 0;
  for (guint i = 0; i < phrases->len; i++)
    {
      const Phrase *phrase = &g_array_index (phrases, Phrase, i);
      const glong   found = measure_phrase (phrase, text, length, start);

      if (found <= longest)
        continue;
      longest = found;
      if (which != NULL)
        *which = phrase;
    }
  return longest;
}

static gboolean
has_word (const Phrase *phrase, const gunichar *text, glong start, glong end)
{
  guint first = 0;

  for (guint i = 0; i < phrase->ends->len; i++)
    {
      const guint last = g_array_index (phrase->ends, guint, i);
      guint       at = first;
      glong       typed = start;

      while (at < last && typed < end && phrase->keys[at] == fold (text[typed]))
        {
          at++;
          typed++;
        }
      if (at == last && typed == end)
        return TRUE;
      first = last;
    }
  return FALSE;
}

static gboolean
has_all_words (const Phrase *phrase, const gunichar *text, glong length)
{
  guint n_words = 0;
  glong at = 0;

  while (at < length)
    {
      glong end = at;

      while (end < length && g_unichar_isalnum (text[end]))
        end++;
      if (end > at && !has_word (phrase, text, at, end))
        return FALSE;
      n_words += end > at;
      at = end + 1;
    }
  return n_words >= FEW_WORDS;
}

gboolean
cc_known_phrases_shuffled (const gunichar *text, glong length)
{
  GArray *phrases = get_phrases ();

  for (guint i = 0; i < phrases->len; i++)
    {
      const Phrase *phrase = &g_array_index (phrases, Phrase, i);

      if (phrase->ends->len >= FEW_WORDS && has_all_words (phrase, text, length))
        return TRUE;
    }
  return FALSE;
}
