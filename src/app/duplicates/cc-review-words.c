/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-words.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

const char *
cc_review_get_unit_title (const char *kind)
{
  if (strcmp (kind, "VI") == 0)
    return _ ("Victims");
  return strcmp (kind, "PE") == 0 ? _ ("Perpetrators") : _ ("Cases");
}

/* The unit as linkage calls it. */
const char *
cc_review_get_unit_name (const char *kind)
{
  if (strcmp (kind, "VI") == 0)
    return "victim";
  return strcmp (kind, "PE") == 0 ? "perpetrator" : "event";
}

const char *
cc_review_get_band_word (CcReviewBand band)
{
  switch (band)
    {
    case CC_REVIEW_VERY_LIKELY:
      return _ ("Very likely one");
    case CC_REVIEW_LIKELY:
      return _ ("Likely one");
    case CC_REVIEW_POSSIBLE:
      return _ ("Possibly one");
    case CC_REVIEW_UNLIKELY:
    default:
      return _ ("Unlikely to be one");
    }
}

const char *
cc_review_get_state_word (CcCompareState state)
{
  switch (state)
    {
    case CC_COMPARE_EQUAL:
      return _ ("the same");
    case CC_COMPARE_VARIANT:
      return _ ("spelling variant");
    case CC_COMPARE_FITS:
      return _ ("fits together");
    case CC_COMPARE_SLIP:
      return _ ("nearly the same");
    case CC_COMPARE_DIFFERS:
      return _ ("differs");
    case CC_COMPARE_CONTRADICTS:
      return _ ("contradicts");
    case CC_COMPARE_PARTIAL:
      return _ ("only some say it");
    case CC_COMPARE_REMOVED:
      return _ ("removed, not compared");
    case CC_COMPARE_SINGLE:
    default:
      return _ ("only one says it");
    }
}

const char *
cc_review_get_state_sign (CcCompareState state)
{
  switch (state)
    {
    case CC_COMPARE_EQUAL:
      return "=";
    case CC_COMPARE_VARIANT:
    case CC_COMPARE_SLIP:
      return "≈";
    case CC_COMPARE_FITS:
      return "∩";
    case CC_COMPARE_DIFFERS:
      return "≠";
    case CC_COMPARE_CONTRADICTS:
      return "⚠";
    case CC_COMPARE_PARTIAL:
    case CC_COMPARE_SINGLE:
    case CC_COMPARE_REMOVED:
    default:
      return "·";
    }
}

const char *
cc_review_get_group_title (CcCompareGroup group)
{
  switch (group)
    {
    case CC_COMPARE_NAME:
      return _ ("Name");
    case CC_COMPARE_BIRTH:
      return _ ("Birth");
    case CC_COMPARE_ORIGIN:
      return _ ("Origin");
    case CC_COMPARE_PAPERS:
      return _ ("Papers");
    case CC_COMPARE_CONTACT:
      return _ ("Contact");
    case CC_COMPARE_CASE:
      return _ ("Case");
    case CC_COMPARE_OTHER:
    default:
      return _ ("What Else Is Stated");
    }
}

const char *
cc_review_get_verdict_word (CcVerdict verdict)
{
  switch (verdict)
    {
    case CC_VERDICT_SAME:
      return _ ("The same");
    case CC_VERDICT_DIFFERENT:
      return _ ("Different");
    case CC_VERDICT_RELATED:
      return _ ("Different, but related");
    case CC_VERDICT_UNDECIDED:
    default:
      return _ ("Could not tell");
    }
}

const char *
cc_review_get_no_value_word (CcNoValue no_value)
{
  switch (no_value)
    {
    case CC_NO_VALUE_UNKNOWN:
      return _ ("unknown");
    case CC_NO_VALUE_REFUSED:
      return _ ("refused");
    case CC_NO_VALUE_NOT_APPLICABLE:
      return _ ("does not apply");
    case CC_NO_VALUE_NOT_COLLECTED:
    case CC_NO_VALUE_NONE:
    default:
      return _ ("not stated");
    }
}

/* How the value that counts is found, below the name of a field. */
const char *
cc_review_get_rule_sentence (const char *rule)
{
  static const struct
  {
    const char *rule;
    const char *sentence;
  } sentences[] = {
    { "first-known", N_ ("The first that is known counts.") },
    { "earliest", N_ ("The earliest counts.") },
    { "latest", N_ ("The latest counts.") },
    { "most-exact-earliest", N_ ("The most exact counts.") },
    { "latest-entitled", N_ ("The latest decision of an entitled agency counts.") },
    { "union", N_ ("All of them count.") },
    { "any-yes", N_ ("Yes counts if any record says so.") },
    { "", N_ ("All stay visible.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].rule, rule) == 0)
      return _ (sentences[i].sentence);
  return _ ("It is worked out from the records.");
}

static const struct
{
  const char *key;
  const char *word;
} reasons[CC_REVIEW_N_REASONS] = {
  { "twins", N_ ("Twins") },
  { "siblings", N_ ("Brothers or sisters") },
  { "same-case", N_ ("Same case") },
  { "typing-error", N_ ("Typing error") },
  { "shared-phone", N_ ("Shared telephone") },
  { "not-enough-information", N_ ("Not enough information") },
};

const char *
cc_review_get_reason_key (guint index)
{
  g_return_val_if_fail (index < CC_REVIEW_N_REASONS, NULL);
  return reasons[index].key;
}

const char *
cc_review_get_reason_word (guint index)
{
  g_return_val_if_fail (index < CC_REVIEW_N_REASONS, NULL);
  return _ (reasons[index].word);
}

/* index: below 0 for none. Returns: (nullable): the reason as it is stored: a stable word, a note,
 * or both as "word: note". */
char *
cc_review_make_reason (int index, const char *note)
{
  g_autofree char *tidy = g_strstrip (g_strdup (note != NULL ? note : ""));

  if (index < 0)
    return *tidy != '\0' ? g_steal_pointer (&tidy) : NULL;
  return *tidy != '\0' ? g_strdup_printf ("%s: %s", reasons[index].key, tidy)
                       : g_strdup (reasons[index].key);
}

/* A stored reason in the window's language; "" for none. */
char *
cc_review_describe_reason (const char *reason)
{
  for (guint i = 0; reason != NULL && i < CC_REVIEW_N_REASONS; i++)
    {
      const gsize length = strlen (reasons[i].key);

      if (strncmp (reason, reasons[i].key, length) != 0)
        continue;
      if (reason[length] == '\0')
        return g_strdup (_ (reasons[i].word));
      if (g_str_has_prefix (reason + length, ": "))
        return g_strdup_printf (_ ("%s: %s"), _ (reasons[i].word), reason + length + 2);
    }
  return g_strdup (reason != NULL ? reason : "");
}

static char *
describe_minutes (CcSession *session, double seconds)
{
  const int        minutes = (int) ceil (seconds / 60);
  const int        hours = (minutes + 59) / 60;
  g_autofree char *number = cc_session_format_number (session, minutes);

  if (minutes <= 90)
    return g_strdup_printf (ngettext ("about %s minute left", "about %s minutes left",
                                      (gulong) minutes),
                            number);
  g_free (number);
  number = cc_session_format_number (session, hours);
  return g_strdup_printf (ngettext ("about %s hour left", "about %s hours left", (gulong) hours),
                          number);
}

char *
cc_review_describe_progress (CcSession *session, const CcReviewPace *pace, guint n_open)
{
  const double     seconds = cc_review_pace_seconds_left (pace, n_open);
  g_autofree char *decided = cc_session_format_number (session, pace->n_decided);
  g_autofree char *open = cc_session_format_number (session, n_open);
  g_autofree char *left = NULL;

  if (pace->n_decided == 0)
    return g_strdup_printf (ngettext ("%s question waits", "%s questions wait", n_open), open);
  /* One answer can settle several questions, so the two have no sum that stays. */
  if (seconds < 0)
    /* Translators: answers given so far, and questions that still wait: "12 decided, 340 to go". */
    return g_strdup_printf (_ ("%1$s decided, %2$s to go"), decided, open);
  left = describe_minutes (session, seconds);
  /* Translators: as "12 decided, 340 to go"; the last is "about 25 minutes left". */
  return g_strdup_printf (_ ("%1$s decided, %2$s to go, %3$s"), decided, open, left);
}

char *
cc_review_describe_new (CcSession *session, gint64 n_new)
{
  g_autofree char *number = cc_session_format_number (session, n_new);

  return g_strdup_printf (ngettext ("%s record came after the last search.",
                                    "%s records came after the last search.", (gulong) n_new),
                          number);
}

/* What stands in a cell; (nullable) where nothing is stated. */
char *
cc_review_describe_cell (CcSession *session, const CcCompareCell *cell)
{
  g_autofree char *day = NULL;

  if (cell->text == NULL)
    return NULL;
  if (cell->age_min < 0 || cell->age_day == CC_DAY_NONE)
    return g_strdup (cell->text);
  day = cc_session_format_day (session, cell->age_day);
  /* Translators: an age and the day it holds for: "17 years old on 4 March 2021". */
  return g_strdup_printf (_ ("%s years old on %s"), cell->text, day);
}

/* The reading below a cell; (nullable) where it would say nothing new. */
char *
cc_review_describe_reading (CcSession *session, const CcCompareCell *cell)
{
  g_autofree char *interval = NULL;

  if (cell->text == NULL || !cc_interval_is_known (cell->derived))
    return NULL;
  interval = cc_compare_format_interval (cc_session_get_texts (session),
                                         cc_session_get_language (session), cell->derived);
  if (cell->age_min >= 0)
    /* Translators: "born March 2003 to March 2004", worked out from an age. */
    return g_strdup_printf (_ ("born %s"), interval);
  /* Translators: how a date was read: "read as 4 March 2021". */
  return g_strdup_printf (_ ("read as %s"), interval);
}

/* A row as it is read aloud: "Family name: Diallo, Jallow, spelling variant". */
char *
cc_review_describe_row (CcSession *session, const CcCompareRow *row)
{
  g_autoptr (GString) cells = g_string_new (NULL);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const CcCompareCell *cell = row->cells->pdata[i];
      g_autofree char     *text = cc_review_describe_cell (session, cell);
      g_autofree char     *reading = cc_review_describe_reading (session, cell);

      if (i > 0)
        /* Translators: stands between values read aloud one after the other. */
        g_string_append (cells, C_ ("list", ", "));
      g_string_append (cells, text != NULL ? text : cc_review_get_no_value_word (cell->no_value));
      if (reading != NULL)
        g_string_append_printf (cells, " (%s)", reading);
    }
  /* Translators: field, its values, how they go together: "Family name: Diallo, Jallow, spelling
   * variant". */
  return g_strdup_printf (_ ("%s: %s, %s"), row->label, cells->str,
                          cc_review_get_state_word (row->state));
}

/* Where a record comes from, below the agency's name. */
char *
cc_review_describe_head (CcSession *session, const CcReviewRecord *record)
{
  g_autofree char *row = cc_session_format_number (session, record->row);

  if (record->file_name != NULL && record->row > 0)
    /* Translators: a file and a row of its sheet. */
    return g_strdup_printf (_ ("%s, row %s"), record->file_name, row);
  return g_strdup (record->file_name != NULL ? record->file_name : _ ("Entered by hand"));
}

char *
cc_review_describe_comparison (const char *comparison)
{
  static const struct
  {
    const char *comparison;
    const char *word;
  } words[] = {
    { "name", N_ ("Name") },
    { "birth", N_ ("Birth") },
    { "alias", N_ ("Other names") },
    { "father", N_ ("Father’s name") },
    { "sex", N_ ("Sex") },
    { "source", N_ ("Where the records come from") },
    { "rarity", N_ ("How rare the values are") },
    { "citizenship", N_ ("Citizenship") },
    { "birth-place", N_ ("Place of birth") },
    { "document", N_ ("Document") },
    { "phone", N_ ("Telephone") },
    { "email", N_ ("E-mail") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].comparison, comparison) == 0)
      return g_strdup (_ (words[i].word));
  return g_strdup (comparison);
}

char *
cc_review_describe_outcome (const char *outcome)
{
  static const struct
  {
    const char *outcome;
    const char *word;
  } words[] = {
    { "none", N_ ("no word agrees") },
    { "family-only", N_ ("only the family name agrees") },
    { "one", N_ ("one word agrees") },
    { "one-part", N_ ("one word agrees, others are in one record only") },
    { "one-conflict", N_ ("one word agrees, another differs") },
    { "one-variant", N_ ("one word agrees in another spelling") },
    { "one-variant-part",
      N_ ("one word agrees in another spelling, others are in one record only") },
    { "one-variant-conflict", N_ ("one word agrees in another spelling, another differs") },
    { "one-slip", N_ ("one word is nearly the same") },
    { "one-slip-part", N_ ("one word is nearly the same, others are in one record only") },
    { "one-slip-conflict", N_ ("one word is nearly the same, another differs") },
    { "several", N_ ("all words agree") },
    { "several-part", N_ ("several words agree, others are in one record only") },
    { "several-conflict", N_ ("several words agree, another differs") },
    { "several-variant", N_ ("all words agree, some in another spelling") },
    { "several-variant-part",
      N_ ("several words agree, some in another spelling, others are in one record only") },
    { "several-variant-conflict",
      N_ ("several words agree, some in another spelling, another differs") },
    { "several-slip", N_ ("several words are nearly the same") },
    { "several-slip-part",
      N_ ("several words are nearly the same, others are in one record only") },
    { "several-slip-conflict", N_ ("several words are nearly the same, another differs") },
    { "equal", N_ ("the same") },
    { "same", N_ ("can be the same") },
    { "slip", N_ ("a digit or letter apart") },
    { "two-parts", N_ ("two of day, month and year are the same") },
    { "same-year", N_ ("the same year") },
    { "year-off-one", N_ ("a year apart") },
    { "year-slip", N_ ("the year is mistyped") },
    { "within-one-year", N_ ("up to a year apart") },
    { "within-two-years", N_ ("up to two years apart") },
    { "within-five-years", N_ ("up to five years apart") },
    { "conflict", N_ ("cannot agree") },
    { "variant", N_ ("spelling variant") },
    { "alias-is-name", N_ ("another name of one is the name of the other") },
    { "different", N_ ("differs") },
    { "equal-shared", N_ ("the same, which a few others have too") },
    { "equal-shared-by-many", N_ ("the same, which many others have too") },
    { "same-own-number", N_ ("the agency calls both by the same number") },
    { "two-rows-of-one-case", N_ ("two rows of one case of one agency") },
    { "rare", N_ ("what agrees is rare") },
    { "common", N_ ("what agrees is common") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].outcome, outcome) == 0)
      return g_strdup (_ (words[i].word));
  return g_strdup (outcome);
}

/* "+9.1", "−4.0": with its sign. A mark of direction keeps the sign before the number in Arabic, as
 * the locale data of Unicode (CLDR) write it there. */
char *
cc_review_describe_bits (CcSession *session, double bits)
{
  const gboolean   rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  g_autofree char *number = cc_texts_number (cc_session_get_texts (session),
                                             cc_session_get_language (session), fabs (bits), 1);

  return g_strdup_printf ("%s%s%s", rtl ? "\u200e" : "", bits < -0.05 ? "−" : "+", number);
}

/* How much one outcome says, from the factor by which it changes the odds: up to 1.5, up to 4, up
 * to 32, and more. */
const char *
cc_review_get_strength_word (double bits)
{
  if (fabs (bits) < 0.5)
    return _ ("says little");
  if (bits > 0)
    return bits < 2 ? _ ("weak sign for") : bits < 5 ? _ ("clear sign for") : _ ("strong sign for");
  return bits > -2   ? _ ("weak sign against")
         : bits > -5 ? _ ("clear sign against")
                     : _ ("strong sign against");
}

/* "550" for 548.7: two digits are as much as such a number tells. */
static char *
describe_factor (CcSession *session, double factor)
{
  double step = 1;

  if (factor < 10)
    return cc_texts_number (cc_session_get_texts (session), cc_session_get_language (session),
                            factor, 1);
  while (factor / step >= 100)
    step *= 10;
  return cc_session_format_number (session, (gint64) (round (factor / step) * step));
}

/* Weights are powers of two: 9 makes the odds about 500 times as high. Beyond a million they say no
 * more than that. */
char *
cc_review_describe_weight (CcSession *session, double bits)
{
  g_autofree char *weight = cc_review_describe_bits (session, bits);
  g_autofree char *factor = describe_factor (session, exp2 (MIN (fabs (bits), 20)));

  if (fabs (bits) < 0.05)
    /* Translators: %s is a number. */
    return g_strdup_printf (_ ("Weight %s: the odds that they are one stay as they are."), weight);
  if (bits > 0)
    /* Translators: how one comparison bears on the question whether two records are one: "Weight
     * +9.1: the odds that they are one become about 550 times as high." */
    return g_strdup_printf (_ ("Weight %1$s: the odds that they are one become about %2$s times as "
                               "high."),
                            weight, factor);
  /* Translators: "Weight −4.0: the odds that they are one become about 16 times as low." */
  return g_strdup_printf (_ ("Weight %1$s: the odds that they are one become about %2$s times as "
                             "low."),
                          weight, factor);
}

/* bits: those of all comparisons and of what holds before any */
char *
cc_review_describe_sum (CcSession *session, double bits)
{
  g_autofree char *sum = cc_review_describe_bits (session, bits);

  /* Translators: %s is a number with its sign, such as "+7.3". */
  return g_strdup_printf (
      _ ("All weights together: %s, which counts in that few of all records are one."), sum);
}

char *
cc_review_describe_probability (CcSession *session, double probability)
{
  const double     percent = CLAMP (probability * 100, 0, 100);
  g_autofree char *number =
      cc_texts_number (cc_session_get_texts (session), cc_session_get_language (session),
                       percent > 99.9 ? 99.9 : percent, percent > 99 || percent < 1 ? 1 : 0);

  return g_strdup_printf (_ ("The computer finds it %s %% probable that they are one."), number);
}
