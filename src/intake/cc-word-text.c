/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-code-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-scan-private.h"

/* Signs typed for "as above" and for "not known"; words for both are in the pack. */
static const char *const ditto_signs[] = {
  "\"",           "''",           "//",   "\302\253", "\302\273", "\342\200\235",
  "\342\200\234", "\343\200\203", "-//-", "-\"-",     NULL
};
static const char *const unknown_signs[] = { "-",
                                             "--",
                                             "---",
                                             "?",
                                             "??",
                                             "???",
                                             ".",
                                             "..",
                                             "...",
                                             "/",
                                             "\342\200\223",
                                             "\342\200\224",
                                             "\342\200\246",
                                             "\330\237",
                                             NULL };

static gboolean
is_one_of (const char *text, const char *const *signs)
{
  g_autofree char *trimmed = cc_text_collapse (text);

  return g_strv_contains (signs, trimmed);
}

/**
 * cc_word_is_total:
 * @text: (nullable): the first text of a row
 *
 * Returns: whether it begins a totals row: a total word alone, or followed by what is totalled
 * ("TOTAL GENERAL : 2", "S/Total Zou")
 */
gboolean
cc_word_is_total (CcPack *pack, const char *text)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  /* No total word is longer than a line; most first cells are numbers of cases. */
  if (!text || strlen (text) > 120)
    return FALSE;
  folded = cc_text_fold (text);
  if (folded[0] == '\0')
    return FALSE;
  words = g_strsplit (folded, " ", 5);
  for (guint n = MIN (g_strv_length (words), 4); n > 0; n--)
    {
      g_autoptr (GString) start = g_string_new (words[0]);

      for (guint i = 1; i < n; i++)
        g_string_append_printf (start, " %s", words[i]);
      if (cc_pack_match_token (pack, "total", start->str))
        return TRUE;
    }
  return FALSE;
}

/**
 * cc_word_is_ditto:
 * @text: (nullable): a cell
 *
 * Returns: whether it repeats the cell above: idem, id., do., ", //, مثله
 */
gboolean
cc_word_is_ditto (CcPack *pack, const char *text)
{
  if (cc_text_is_blank (text))
    return FALSE;
  return is_one_of (text, ditto_signs) || cc_pack_match_token (pack, "ditto", text);
}

/**
 * cc_word_no_value:
 * @text: (nullable): a cell
 *
 * Returns: which kind of no value the cell says; NONE where it says something else
 */
CcNoValue
cc_word_no_value (CcPack *pack, const char *text)
{
  const char *value;
  CcNoValue   no_value;

  if (cc_text_is_blank (text))
    return CC_NO_VALUE_NONE;
  if (is_one_of (text, unknown_signs))
    return CC_NO_VALUE_UNKNOWN;
  value = cc_pack_match_token (pack, "unknown", text);
  if (!value)
    {
      g_autofree char *trimmed = cc_text_collapse (text);

      return cc_no_value_from_code (trimmed);
    }
  no_value = cc_no_value_from_code (value);
  return no_value == CC_NO_VALUE_NONE ? CC_NO_VALUE_UNKNOWN : no_value;
}

static CcTick
read_tick_word (CcPack *pack, const char *text)
{
  g_autofree char *trimmed = cc_text_collapse (text);

  if (cc_pack_match_token (pack, "yes", trimmed))
    return CC_TICK_YES;
  if (cc_pack_match_token (pack, "no", trimmed) || cc_pack_match_token (pack, "none", trimmed))
    return CC_TICK_NO;
  if (cc_word_no_value (pack, trimmed) != CC_NO_VALUE_NONE)
    return CC_TICK_UNKNOWN;
  return CC_TICK_UNREADABLE;
}

/**
 * cc_tick_text_read:
 * @text: (nullable): a cell of a column that stands for one code
 *
 * Returns: yes for O, oui, x, 1, a check mark ..., also with a remark behind it ("Oui (2)", "yes -
 * CNLTP"); no for N, 0, non ...; a number over 1 counts as yes
 */
CcTick
cc_tick_text_read (CcPack *pack, const char *text)
{
  static const char *const marks[] = {
    "x", "X", "\342\234\223", "\342\234\224", "\303\227", "\342\230\221", "\342\230\222", "*", NULL
  };
  g_autoptr (GArray) tokens = NULL;
  CcTick tick;

  if (cc_text_is_blank (text))
    return CC_TICK_BLANK;
  if (is_one_of (text, marks))
    return CC_TICK_YES;
  tokens = cc_scan (text);
  if (tokens->len == 1 && cc_scan_is_number (tokens, 0))
    return cc_scan_at (tokens, 0)->number > 0 ? CC_TICK_YES : CC_TICK_NO;
  tick = read_tick_word (pack, text);
  if (tick != CC_TICK_UNREADABLE)
    return tick;
  if (cc_scan_is_word (tokens, 0))
    return read_tick_word (pack, cc_scan_at (tokens, 0)->word);
  return CC_TICK_UNREADABLE;
}
