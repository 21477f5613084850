/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-known-phrases-private.h"

#include <cc/base/cc-passphrase.h>

#include <math.h>
#include <string.h>

/* A case file answers about 5,000 guesses a second on one strong graphics card (256,000 rounds of
 * PBKDF2 with SHA-512 for each); a patient stranger with a hundred of them makes 2^19. Half of all
 * guesses are needed on average: 28 bits last 9 minutes, 38 bits 6 days, 48 bits 9 years. */
#define WEAK_BITS   28
#define FAIR_BITS   38
#define STRONG_BITS 48

/* A word chosen at random among the 8,000 that people think of is worth 13 bits; a repeated one, or
 * one that stands on the window, next to nothing. */
#define WORD_BITS   13.0
#define KNOWN_BITS  2.0
#define REPEAT_BITS 1.0
#define YEAR_BITS   7.0

/* One of the thousand that are tried first; with its words in another order, of a million. */
#define PHRASE_BITS   10.0
#define SHUFFLED_BITS 20.0

#define LETTER_BITS 4.7 /* of 26 */
#define CASED_BITS  5.7 /* of 52 */
#define DIGIT_BITS  3.3
#define SIGN_BITS   5.0

/* Neighbours on the usual keyboards of the Latin alphabet and the digits. */
static const char *const rows[] = { "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
                                    "azertyuiop", "qsdfghjklm", "wxcvbn",    "qwertzuiop" };

static void
wipe (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

/* The characters, and the same without capitals. */
typedef struct
{
  gunichar *as_typed;
  gunichar *folded;
  glong     length;
} Letters;

static gboolean
is_row_step (gunichar a, gunichar b)
{
  if (a > 127 || b > 127)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *at = a != 0 ? strchr (rows[i], (int) a) : NULL;

      if (at != NULL && (at[1] == (char) b || (at > rows[i] && at[-1] == (char) b)))
        return TRUE;
    }
  return FALSE;
}

/* How many characters from here on repeat, count up or down, or run along the keyboard. */
static glong
measure_run (const Letters *letters, glong start)
{
  glong longest = 1;
  glong end = start + 1;

  for (int step = -1; step <= 1; step++)
    {
      for (end = start + 1;
           end < letters->length
           && (gint64) letters->folded[end] == (gint64) letters->folded[end - 1] + step;
           end++)
        ;
      longest = MAX (longest, end - start);
    }
  for (end = start + 1;
       end < letters->length && is_row_step (letters->folded[end - 1], letters->folded[end]); end++)
    ;
  return MAX (longest, end - start);
}

static gboolean
is_year (const Letters *letters, glong start)
{
  int year = 0;

  if (start + 4 > letters->length
      || (start + 4 < letters->length && g_unichar_isdigit (letters->folded[start + 4])))
    return FALSE;
  for (glong i = start; i < start + 4; i++)
    {
      if (!g_unichar_isdigit (letters->folded[i]))
        return FALSE;
      year = year * 10 + g_unichar_digit_value (letters->folded[i]);
    }
  return year >= 1900 && year < 2100;
}

static glong
measure_word (const Letters *letters, glong start)
{
  glong end = start;

  while (end < letters->length
         && (g_unichar_isalpha (letters->folded[end]) || g_unichar_ismark (letters->folded[end])))
    end++;
  return end - start;
}

/* Latin letters in an order that no language writes: five consonants in a row, or hardly a vowel.
 */
static gboolean
is_jumble (const Letters *letters, glong start, glong length)
{
  guint vowels = 0;
  guint consonants = 0;
  guint longest = 0;

  for (glong i = start; i < start + length; i++)
    {
      if (letters->folded[i] > 127)
        return FALSE;
      if (strchr ("aeiouy", (int) letters->folded[i]) != NULL)
        {
          vowels++;
          consonants = 0;
        }
      else
        {
          consonants++;
          longest = MAX (longest, consonants);
        }
    }
  return longest >= 5 || vowels * 6 < (guint) length;
}

static double
weigh_letters (const Letters *letters, glong start, glong length)
{
  guint capitals = 0;

  for (glong i = start; i < start + length; i++)
    if (letters->as_typed[i] != letters->folded[i])
      capitals++;
  if (capitals > 0 && capitals < (guint) length)
    return CASED_BITS * (double) length;
  return LETTER_BITS * (double) length;
}

/* seen: words counted already, and those that everybody would try. */
static double
weigh_word (const Letters *letters, glong start, glong length, GHashTable *seen)
{
  const double each = weigh_letters (letters, start, length);
  char        *word;
  gpointer     worth;

  if (length <= 2)
    return each;
  word = g_ucs4_to_utf8 (letters->folded + start, length, NULL, NULL, NULL);
  if (g_hash_table_lookup_extended (seen, word, NULL, &worth))
    {
      wipe (word);
      return GPOINTER_TO_INT (worth) ? KNOWN_BITS : REPEAT_BITS;
    }
  g_hash_table_insert (seen, word, GINT_TO_POINTER (0));
  return is_jumble (letters, start, length) ? each : MIN (each, WORD_BITS);
}

static double
weigh_sign (gunichar c, gunichar before, GHashTable *seen)
{
  char key[7] = { 0 };

  if (g_unichar_isdigit (c))
    return DIGIT_BITS;
  g_unichar_to_utf8 (c, key);
  if (c == before || g_hash_table_contains (seen, key))
    return 0.5;
  g_hash_table_insert (seen, g_strdup (key), GINT_TO_POINTER (0));
  return g_unichar_isspace (c) ? REPEAT_BITS : SIGN_BITS;
}

/* The parts are folded the same way as what is typed, word by word. */
static void
add_known (GHashTable *seen, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " -_.,'", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_hash_table_insert (seen, g_steal_pointer (&words[i]), GINT_TO_POINTER (1));
}

/* Said twice it is hardly worth more. */
static double
weigh_phrase (const void *which, GHashTable *seen)
{
  char *key = g_strdup_printf ("phrase %p", which);

  return g_hash_table_add (seen, key) ? PHRASE_BITS : REPEAT_BITS;
}

static double
weigh (const Letters *letters, GHashTable *seen)
{
  double bits = 0;
  glong  at = 0;

  while (at < letters->length)
    {
      const glong run = measure_run (letters, at);
      const glong word = measure_word (letters, at);
      const void *which;
      const glong phrase = cc_known_phrases_measure (letters->folded, letters->length, at, &which);

      if (phrase > MAX (run, 3))
        {
          bits += weigh_phrase (which, seen);
          at += phrase;
        }
      else if (run >= 4 || (run == 3 && word <= 3))
        {
          bits += SIGN_BITS + log2 ((double) run);
          at += run;
        }
      else if (is_year (letters, at))
        {
          bits += YEAR_BITS;
          at += 4;
        }
      else if (word > 0)
        {
          bits += weigh_word (letters, at, word, seen);
          at += word;
        }
      else
        {
          bits += weigh_sign (letters->folded[at], at > 0 ? letters->folded[at - 1] : 0, seen);
          at++;
        }
    }
  return bits;
}

double
cc_passphrase_bits (const char *passphrase, const char *const *known)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, wipe, NULL);
  g_autofree gunichar *as_typed = NULL;
  g_autofree gunichar *folded = NULL;
  Letters              letters = { 0 };
  double               bits;

  g_return_val_if_fail (passphrase != NULL, 0);
  if (!g_utf8_validate (passphrase, -1, NULL))
    return 0;
  add_known (seen, "casecount password passphrase practice secret admin");
  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    add_known (seen, known[i]);
  as_typed = g_utf8_to_ucs4_fast (passphrase, -1, &letters.length);
  folded = g_memdup2 (as_typed, sizeof *as_typed * (gsize) (letters.length + 1));
  for (glong i = 0; i < letters.length; i++)
    folded[i] = g_unichar_tolower (folded[i]);
  letters.as_typed = as_typed;
  letters.folded = folded;
  bits = weigh (&letters, seen);
  if (cc_known_phrases_shuffled (folded, letters.length))
    bits = MIN (bits, SHUFFLED_BITS);
  explicit_bzero (as_typed, sizeof *as_typed * (gsize) letters.length);
  explicit_bzero (folded, sizeof *folded * (gsize) letters.length);
  return bits;
}

CcPassphraseLevel
cc_passphrase_level (double bits)
{
  if (bits <= 0)
    return CC_PASSPHRASE_NONE;
  if (bits < WEAK_BITS)
    return CC_PASSPHRASE_TOO_EASY;
  if (bits < FAIR_BITS)
    return CC_PASSPHRASE_WEAK;
  return bits < STRONG_BITS ? CC_PASSPHRASE_FAIR : CC_PASSPHRASE_STRONG;
}

gboolean
cc_passphrase_is_well_known (const char *passphrase)
{
  g_autofree gunichar *text = NULL;
  glong                length, at = 0;
  guint                n_all = 0, n_known = 0;
  gboolean             shuffled;

  g_return_val_if_fail (passphrase != NULL, FALSE);
  if (!g_utf8_validate (passphrase, -1, NULL))
    return FALSE;
  text = g_utf8_to_ucs4_fast (passphrase, -1, &length);
  while (at < length)
    {
      const glong phrase = cc_known_phrases_measure (text, length, at, NULL);

      for (glong i = 0; i < MAX (phrase, 1); i++, at++)
        if (g_unichar_isalnum (text[at]))
          {
            n_all++;
            n_known += phrase > 0;
          }
    }
  shuffled = cc_known_phrases_shuffled (text, length);
  explicit_bzero (text, sizeof *text * (gsize) length);
  return shuffled || n_known * 2 > n_all;
}
