/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-code-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-scan-private.h"

/* A column's codes are its short words: M, F, H, G, the Arabic letters, ke and me. The pack's sets
 * (tokens sex-set, sex-set-child, sex-set-ask) say what they mean together: M is a man beside F and
 * is asked beside H, where it is a woman (mulher, mujer) or a slip; F and G are girls and boys. */
#define MAX_CODE_LENGTH 2

/* Words that the name of a gender has at most. */
#define MAX_GENDER_WORDS 3

struct _CcSexReader
{
  CcPack     *pack;
  GPtrArray  *codes;        /* char*: the codes that stand in the column */
  gboolean    has_children; /* words for boys or girls stand in the column */
  GHashTable *decided;      /* folded text -> CcCode */
};

/**
 * cc_sex_reader_new:
 *
 * Returns: (transfer full): a reader for one column
 */
CcSexReader *
cc_sex_reader_new (CcPack *pack)
{
  CcSexReader *self;

  g_return_val_if_fail (pack != NULL, NULL);

  self = g_new0 (CcSexReader, 1);
  self->pack = cc_pack_ref (pack);
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->decided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * cc_sex_reader_free:
 */
void
cc_sex_reader_free (CcSexReader *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->codes);
  g_hash_table_unref (self->decided);
  cc_pack_unref (self->pack);
  g_free (self);
}

static const CcCode *
find_sex (CcSexReader *self, const char *text)
{
  const CcCode *code = cc_pack_match_value (self->pack, "SEX", text, NULL);

  return code && cc_no_value_from_code (code->code) == CC_NO_VALUE_NONE ? code : NULL;
}

/* Whether a folded word is a code for one of the two sexes. */
static gboolean
is_code (CcSexReader *self, const char *word)
{
  const CcCode *code;

  if (g_utf8_strlen (word, -1) > MAX_CODE_LENGTH)
    return FALSE;
  code = find_sex (self, word);
  return code && (g_str_equal (code->code, "M") || g_str_equal (code->code, "F"));
}

static void
note_code (CcSexReader *self, const char *word)
{
  if (!g_ptr_array_find_with_equal_func (self->codes, word, g_str_equal, NULL))
    g_ptr_array_add (self->codes, g_strdup (word));
}

static gboolean
is_child_word (CcSexReader *self, const char *word)
{
  return !is_code (self, word) && cc_pack_match_token (self->pack, "child", word);
}

static gboolean
is_adult_word (CcSexReader *self, const char *word)
{
  return !is_code (self, word) && cc_pack_match_token (self->pack, "adult", word);
}

/**
 * cc_sex_reader_add:
 * @text: (nullable): one value of the column
 *
 * Notes which codes the column uses.
 */
void
cc_sex_reader_add (CcSexReader *self, const char *text)
{
  g_autoptr (GArray) tokens = NULL;

  g_return_if_fail (self != NULL);

  if (cc_text_is_blank (text))
    return;
  tokens = cc_scan (text);
  for (guint i = 0; i < tokens->len; i++)
    {
      if (!cc_scan_is_word (tokens, i))
        continue;
      if (is_code (self, cc_scan_at (tokens, i)->word))
        note_code (self, cc_scan_at (tokens, i)->word);
      if (is_child_word (self, cc_scan_at (tokens, i)->word))
        self->has_children = TRUE;
    }
}

/**
 * cc_sex_reader_set:
 * @text: a value of the column
 * @code: what somebody decided that it means
 */
void
cc_sex_reader_set (CcSexReader *self, const char *text, const CcCode *code)
{
  g_return_if_fail (self != NULL && text != NULL && code != NULL);

  g_hash_table_replace (self->decided, cc_text_fold (text), (gpointer) code);
}

/* The meaning that the pack gives to `word` in a set of two codes: "h;m" = "M;F". */
static const CcCode *
look_up_set (CcSexReader *self, const char *kind, const char *word)
{
  const char *first = self->codes->pdata[0], *second = self->codes->pdata[1];

  for (guint turn = 0; turn < 2; turn++)
    {
      g_autofree char *set = g_strconcat (first, ";", second, NULL);
      const char      *value = cc_pack_match_token (self->pack, kind, set);
      const char      *spare = first;

      if (value)
        {
          g_auto (GStrv) meanings = g_strsplit (value, ";", 2);

          if (g_strv_length (meanings) == 2)
            return cc_pack_find_code (self->pack, "SEX",
                                      g_strstrip (meanings[g_str_equal (word, first) ? 0 : 1]));
        }
      first = second;
      second = spare;
    }
  return NULL;
}

static CcCodeRead
read_code (CcSexReader *self, const char *word, CcSexText *result)
{
  if (self->codes->len == 2)
    {
      result->sex = look_up_set (self, "sex-set-child", word);
      if (result->sex)
        {
          result->age_min = 0;
          result->age_max = 17;
          return CC_CODE_READ_OK;
        }
      result->sex = look_up_set (self, "sex-set", word);
      if (result->sex)
        return CC_CODE_READ_OK;
    }
  if (cc_pack_match_token (self->pack, "sex-set-ask", word))
    {
      /* Beside H the M is a woman in most sheets and a man in some: said as what may be meant. */
      result->hint = self->codes->len == 2 ? look_up_set (self, "sex-set-hint", word) : NULL;
      return CC_CODE_READ_ASK;
    }
  result->sex = find_sex (self, word);
  return result->sex ? CC_CODE_READ_OK : CC_CODE_READ_UNMAPPED;
}

/**
 * cc_sex_reader_decide:
 * @header: (nullable): the column's header; "Sexe (M/F)" names the codes, too
 *
 * Returns: whether each letter of the column has one meaning now
 */
gboolean
cc_sex_reader_decide (CcSexReader *self, const char *header)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (header)
    {
      g_autoptr (GArray) tokens = cc_scan (header);
      guint n = 0;

      for (guint i = 0; i < tokens->len; i++)
        n += cc_scan_is_word (tokens, i) && is_code (self, cc_scan_at (tokens, i)->word);
      /* A lone letter in a header may be anything; a pair is a legend. */
      for (guint i = 0; n >= 2 && i < tokens->len; i++)
        if (cc_scan_is_word (tokens, i) && is_code (self, cc_scan_at (tokens, i)->word))
          note_code (self, cc_scan_at (tokens, i)->word);
    }
  for (guint i = 0; i < self->codes->len; i++)
    {
      CcSexText result = { NULL, NULL, -1, -1, 1 };

      if (read_code (self, self->codes->pdata[i], &result) != CC_CODE_READ_OK)
        return FALSE;
    }
  return TRUE;
}

static CcCodeRead
read_word (CcSexReader *self, const char *text, const char *folded, CcSexText *result)
{
  const CcCode *code = g_hash_table_lookup (self->decided, folded);

  if (code)
    {
      result->sex = code;
      return CC_CODE_READ_OK;
    }
  if (is_code (self, folded))
    return read_code (self, folded, result);
  if (cc_word_no_value (self->pack, text) != CC_NO_VALUE_NONE)
    return CC_CODE_READ_NO_VALUE;
  result->sex = find_sex (self, text);
  if (!result->sex)
    return CC_CODE_READ_UNMAPPED;
  if (is_child_word (self, folded))
    {
      result->age_min = 0;
      result->age_max = 17;
    }
  else if (self->has_children && is_adult_word (self, folded))
    result->age_min = 18;
  return CC_CODE_READ_OK;
}

/* Sexes of several persons in one cell: "F/F", "1H/1M", "2F 1M", "M/40,F/35". */
static int
count_sexes (CcSexReader *self, GArray *tokens)
{
  int n = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      CcScanToken *before = i > 0 ? cc_scan_at (tokens, i - 1) : NULL;

      const CcCode *code = token->kind == CC_SCAN_WORD ? find_sex (self, token->word) : NULL;

      if (!code || !(g_str_equal (code->code, "M") || g_str_equal (code->code, "F")))
        continue;
      n += before && before->kind == CC_SCAN_NUMBER && before->number < 1000 ? (int) before->number
                                                                             : 1;
    }
  return n;
}

static gboolean
is_gender_alone (CcSexReader *self, const char *text)
{
  return cc_pack_match_value (self->pack, "GENDER", text, NULL)
         && !cc_pack_match_value (self->pack, "SEX", text, NULL);
}

/* Words together that name a gender and no sex, alone or among others: "trans woman", "femme
 * transgenre, 25". The sex of that person is not in one of the words. */
static gboolean
names_gender_alone (CcSexReader *self, const char *text, GArray *tokens)
{
  if (is_gender_alone (self, text))
    return TRUE;
  for (guint first = 0; first < tokens->len; first++)
    {
      g_autoptr (GString) run = g_string_new (NULL);

      for (guint i = first; i < tokens->len && i < first + MAX_GENDER_WORDS; i++)
        {
          if (!cc_scan_is_word (tokens, i))
            break;
          g_string_append_printf (run, "%s%s", run->len > 0 ? " " : "",
                                  cc_scan_at (tokens, i)->word);
          if (is_gender_alone (self, run->str))
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * cc_sex_reader_read:
 * @text: (nullable): a cell
 * @result: (out): the sex, the age class a word such as "fille" also states, and the number of
 * persons the cell lists
 *
 * Returns: ASK for M where the column does not say what it means, for bare digits and for words of
 * a gender that is no sex
 */
CcCodeRead
cc_sex_reader_read (CcSexReader *self, const char *text, CcSexText *result)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GArray) tokens = NULL;
  CcCodeRead read;

  g_return_val_if_fail (self != NULL && result != NULL, CC_CODE_READ_UNMAPPED);

  *result = (CcSexText){ NULL, NULL, -1, -1, 1 };
  if (cc_text_is_blank (text))
    return CC_CODE_READ_BLANK;
  trimmed = cc_text_collapse (text);
  folded = cc_text_fold (trimmed);
  read = read_word (self, trimmed, folded, result);
  if (read != CC_CODE_READ_UNMAPPED)
    return read;
  tokens = cc_scan (trimmed);
  if (tokens->len == 1 && cc_scan_is_number (tokens, 0))
    return CC_CODE_READ_ASK;
  if (names_gender_alone (self, trimmed, tokens))
    return CC_CODE_READ_ASK;
  result->n_persons = count_sexes (self, tokens);
  if (result->n_persons == 1)
    {
      /* One sex and something else, as in a "Sex/Age" column: M/40. */
      for (guint i = 0; i < tokens->len; i++)
        if (cc_scan_is_word (tokens, i))
          {
            const char *word = cc_scan_at (tokens, i)->word;

            read = read_word (self, word, word, result);
            if (read != CC_CODE_READ_UNMAPPED)
              return read;
          }
    }
  else if (result->n_persons == 0)
    result->n_persons = 1;
  return CC_CODE_READ_UNMAPPED;
}

/**
 * cc_sex_reader_is_unclear:
 * @text: (nullable): a cell
 */
gboolean
cc_sex_reader_is_unclear (CcSexReader *self, const char *text)
{
  g_autofree char *folded = NULL;
  CcSexText        result = { NULL, NULL, -1, -1, 1 };

  g_return_val_if_fail (self != NULL, FALSE);

  if (cc_text_is_blank (text))
    return FALSE;
  folded = cc_text_fold (text);
  return is_code (self, folded) && read_code (self, folded, &result) == CC_CODE_READ_ASK;
}
