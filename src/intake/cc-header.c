/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-header-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

#define MAX_WORDS 12

static const char *const victim_family[] = { "victim",     "victim_event", "status_decision",
                                             "assistance", "event",        "place",
                                             "referral",   "victim_perp",  NULL };
static const char *const perpetrator_family[] = { "perpetrator", "perp_event",  "justice_step",
                                                  "event",       "victim_perp", NULL };
static const char *const event_family[] = { "event", "victim_event", "place", NULL };

const char *const *
cc_unit_family (const char *unit)
{
  if (g_str_equal (unit, "perpetrator"))
    return perpetrator_family;
  if (g_str_equal (unit, "event"))
    return event_family;
  return victim_family;
}

int
cc_unit_family_rank (const char *unit, const char *member)
{
  const char *const *family = cc_unit_family (unit);

  for (int i = 0; family[i]; i++)
    if (g_str_equal (family[i], member))
      return i;
  return -1;
}

/* The unit a word of a header names ("victime", "suspects"), NULL for none. */
static const char *
find_unit_word (CcPack *pack, const char *word)
{
  const char *kinds[] = { "sheet-victim", "sheet-perpetrator", "sheet-event" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (cc_pack_match_token (pack, kinds[i], word))
      return kinds[i] + strlen ("sheet-");
  return NULL;
}

static guint
add_guesses (CcPack     *pack,
             const char *text,
             double      score,
             guint       fact,
             const char *unit_hint,
             GArray     *guesses)
{
  GPtrArray *meanings = cc_pack_match_header (pack, text);
  guint      n = 0;

  for (guint i = 0; meanings && i < meanings->len; i++)
    {
      const CcHeaderMeaning *meaning = meanings->pdata[i];
      CcHeaderGuess          guess = { meaning->unit, meaning->variable,
                                       meaning->code, meaning->language,
                                       score,         fact };

      if (!meaning->variable || (unit_hint && cc_unit_family_rank (unit_hint, meaning->unit) < 0))
        continue;
      g_array_append_val (guesses, guess);
      n++;
    }
  return n;
}

/* "Sex/Age", "Date d'interception/Date of interception": every part is a header by itself. */
static gboolean
read_slashed (CcPack *pack, const char *header, GArray *guesses)
{
  g_auto (GStrv) parts = g_strsplit (header, "/", 4);
  guint n = g_strv_length (parts);

  if (n < 2 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (cc_text_is_blank (parts[i]) || add_guesses (pack, parts[i], 0.95, i, NULL, guesses) == 0)
      {
        g_array_set_size (guesses, 0);
        return FALSE;
      }
  /* The same fact said in two languages is one fact. */
  for (guint i = 0; i < guesses->len; i++)
    {
      CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, i);

      for (guint j = 0; j < i; j++)
        if (g_array_index (guesses, CcHeaderGuess, j).variable == guess->variable)
          guess->fact = g_array_index (guesses, CcHeaderGuess, j).fact;
    }
  return TRUE;
}

static char *
drop_brackets (const char *header)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int depth = 0;

  for (const char *p = header; *p; p++)
    {
      if (*p == '(' || *p == '[')
        depth++;
      else if ((*p == ')' || *p == ']') && depth > 0)
        depth--;
      else if (depth == 0)
        g_string_append_c (text, *p);
    }
  return cc_text_collapse (text->str);
}

static char *
join_words (char **words, guint from, guint n)
{
  g_autoptr (GString) text = g_string_new (words[from]);

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " %s", words[from + i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Share of the header's letters that a run of words covers. Short link words and words that only
 * name the unit do not count against it. */
static double
measure_cover (CcPack *pack, char **words, guint n_words, guint from, guint n, const char **unit)
{
  glong inside = 0, outside = 0;

  *unit = NULL;
  for (guint i = 0; i < n_words; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (i >= from && i < from + n)
        inside += length;
      else if (find_unit_word (pack, words[i]))
        *unit = find_unit_word (pack, words[i]);
      else if (length > 3)
        outside += length;
    }
  return (double) inside / (double) (inside + outside);
}

/* The longest run of words that is a known header. */
static gboolean
read_words (CcPack *pack, const char *header, GArray *guesses)
{
  g_autofree char *folded = cc_text_fold (header);
  g_auto (GStrv) words = g_strsplit (folded, " ", MAX_WORDS + 1);
  guint n_words = MIN (g_strv_length (words), MAX_WORDS);

  for (guint n = n_words; n > 0; n--)
    for (guint from = 0; from + n <= n_words; from++)
      {
        g_autofree char *run = join_words (words, from, n);
        const char      *unit;
        double           cover = measure_cover (pack, words, n_words, from, n, &unit);

        if (g_utf8_strlen (run, -1) < 3)
          continue;
        if (add_guesses (pack, run, cover * 0.9, 0, unit, guesses) > 0)
          return TRUE;
      }
  return FALSE;
}

/* Headers of several rows: the last row says most. */
static gboolean
read_levels (CcPack *pack, const char *header, GArray *guesses)
{
  g_auto (GStrv) levels = g_strsplit (header, " / ", -1);
  guint n = g_strv_length (levels);

  if (n < 2)
    return FALSE;
  for (guint i = n; i > 0; i--)
    if (add_guesses (pack, levels[i - 1], i == n ? 0.85 : 0.7, 0, NULL, guesses) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_ignored (CcPack *pack, const char *header)
{
  g_autofree char *bare = NULL;

  if (cc_pack_match_token (pack, "ignore-header", header))
    return TRUE;
  bare = drop_brackets (header);
  return bare[0] != '\0' && cc_pack_match_token (pack, "ignore-header", bare);
}

static void
read_header (CcPack *pack, const char *header, GArray *guesses)
{
  g_autofree char *bare = NULL;

  if (read_slashed (pack, header, guesses))
    return;
  if (add_guesses (pack, header, 1.0, 0, NULL, guesses) > 0)
    return;
  bare = drop_brackets (header);
  if (bare[0] != '\0' && !g_str_equal (bare, header)
      && (read_slashed (pack, bare, guesses)
          || add_guesses (pack, bare, 0.95, 0, NULL, guesses) > 0))
    return;
  if (is_ignored (pack, header))
    return;
  if (!read_levels (pack, header, guesses))
    read_words (pack, bare[0] != '\0' ? bare : header, guesses);
}

/**
 * cc_header_read:
 * @header: (nullable): a header as it stands in the sheet, also one whose letters were read in the
 * wrong encoding once ("NationalitÃ©")
 *
 * A header may be a known one, two of them joined by a slash, or hold one with words around it.
 *
 * Returns: (transfer full): CcHeaderGuess, best first; empty where nothing is known
 */
GArray *
cc_header_read (CcPack *pack, const char *header)
{
  GArray          *guesses = g_array_new (FALSE, FALSE, sizeof (CcHeaderGuess));
  g_autofree char *repaired = NULL;

  if (cc_text_is_blank (header))
    return guesses;
  repaired = cc_text_repair_double_utf8 (header);
  read_header (pack, repaired ? repaired : header, guesses);
  return guesses;
}

/**
 * cc_header_is_ignored:
 *
 * Returns: whether the header is one that no statistic needs: remarks, running number, signature
 */
gboolean
cc_header_is_ignored (CcPack *pack, const char *header)
{
  g_autofree char *repaired = NULL;

  if (cc_text_is_blank (header))
    return FALSE;
  repaired = cc_text_repair_double_utf8 (header);
  return is_ignored (pack, repaired ? repaired : header);
}

/**
 * cc_header_count_known:
 *
 * Returns: how strongly one cell looks like a header: 2 known, 1 partly or known to be ignored, 0
 */
guint
cc_header_count_known (CcPack *pack, const char *header)
{
  g_autoptr (GArray) guesses = NULL;

  /* Long texts are titles and remarks, numbers are data. */
  if (cc_text_is_blank (header) || g_utf8_strlen (header, -1) > 80)
    return 0;
  guesses = cc_header_read (pack, header);
  if (guesses->len > 0 && g_array_index (guesses, CcHeaderGuess, 0).score >= 0.95)
    return 2;
  if (guesses->len > 0 && g_array_index (guesses, CcHeaderGuess, 0).score >= CC_HEADER_ENOUGH)
    return 1;
  return cc_header_is_ignored (pack, header) ? 1 : 0;
}

/**
 * cc_header_guess_to_text:
 * @unit: the unit of the table the header stands in
 *
 * Returns: (transfer full): the guess as suggestions and map files write it
 */
char *
cc_header_guess_to_text (CcPack *pack, const char *unit, const CcHeaderGuess *guess)
{
  CcTarget target = { cc_pack_find_unit (pack, guess->unit), guess->variable, CC_TARGET_VALUE,
                      guess->code };

  if (guess->code)
    target.part = guess->variable->type == CC_VARIABLE_DATE ? CC_TARGET_STEP : CC_TARGET_TICK;
  return cc_target_to_text (pack, unit, &target);
}
