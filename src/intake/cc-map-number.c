/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-text.h>

#include "cc-map-private.h"

/* The group [numbers] of a map: what a text means where a number is expected ("<5" = _X, "1.200" =
 * 1200), and what point and comma stand for in the sender's numbers. Signs are what such texts are
 * made of, so they compare as they stand. */

static gboolean
same_text (const char *a, const char *b)
{
  g_autofree char *x = cc_text_collapse (a);
  g_autofree char *y = cc_text_collapse (b);
  g_autofree char *folded = g_utf8_casefold (x, -1);
  g_autofree char *other = g_utf8_casefold (y, -1);

  return g_str_equal (folded, other);
}

static CcMapPair *
find_pair (CcMap *self, const char *key)
{
  for (guint i = 0; i < self->numbers->len; i++)
    if (same_text (((CcMapPair *) self->numbers->pdata[i])->key, key))
      return self->numbers->pdata[i];
  return NULL;
}

static gboolean
is_mark_key (const char *key)
{
  return same_text (key, "point") || same_text (key, "comma");
}

static gboolean
is_meaning (const char *key, const char *value)
{
  guint64 number;

  if (is_mark_key (key))
    return cc_number_mark_from_text (value) != CC_NUMBER_MARK_UNKNOWN;
  return cc_no_value_from_code (value) != CC_NO_VALUE_NONE
         || g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &number, NULL);
}

/* FALSE where the value cannot be a meaning; nothing is changed then. */
gboolean
cc_map_set_number_pair (CcMap *self, const char *key, const char *value)
{
  CcMapPair *pair = find_pair (self, key);

  if (!is_meaning (key, value))
    return FALSE;
  if (!pair)
    {
      pair = g_new0 (CcMapPair, 1);
      pair->key = g_strdup (key);
      g_ptr_array_add (self->numbers, pair);
    }
  g_free (pair->value);
  pair->value = g_strdup (value);
  return TRUE;
}

void
cc_map_copy_numbers (CcMap *from, CcMap *to)
{
  for (guint i = 0; i < from->numbers->len; i++)
    {
      const CcMapPair *pair = from->numbers->pdata[i];

      if (!find_pair (to, pair->key))
        cc_map_set_number_pair (to, pair->key, pair->value);
    }
}

/**
 * cc_map_get_number:
 * @text: a cell where a number is expected
 * @number: (out): the number somebody decided it means, -1 where it is a kind of no value
 * @no_value: (out): that kind, else NONE
 *
 * Returns: whether somebody decided what the text means
 */
gboolean
cc_map_get_number (CcMap *self, const char *text, gint64 *number, CcNoValue *no_value)
{
  const CcMapPair *pair;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);
  g_return_val_if_fail (number != NULL && no_value != NULL, FALSE);

  *number = -1;
  *no_value = CC_NO_VALUE_NONE;
  pair = is_mark_key (text) ? NULL : find_pair (self, text);
  if (!pair)
    return FALSE;
  *no_value = cc_no_value_from_code (pair->value);
  if (*no_value == CC_NO_VALUE_NONE)
    *number = g_ascii_strtoll (pair->value, NULL, 10);
  return TRUE;
}

/**
 * cc_map_set_number:
 * @meaning: (nullable): a whole number in digits, _U, _X, _R or _Z; %NULL takes a decision back
 *
 * Decides what a text means wherever the sender writes it in the place of a number.
 *
 * Returns: whether the meaning is one
 */
gboolean
cc_map_set_number (CcMap *self, const char *text, const char *meaning)
{
  CcMapPair *pair;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (meaning)
    return !is_mark_key (text) && cc_map_set_number_pair (self, text, meaning);
  pair = find_pair (self, text);
  if (pair)
    g_ptr_array_remove (self->numbers, pair);
  return TRUE;
}

/**
 * cc_map_get_number_mark:
 * @sign: '.' or ','
 *
 * Returns: what the sign between digits stands for in the sender's numbers
 */
CcNumberMark
cc_map_get_number_mark (CcMap *self, char sign)
{
  const CcMapPair *pair;

  g_return_val_if_fail (self != NULL, CC_NUMBER_MARK_UNKNOWN);

  pair = find_pair (self, sign == '.' ? "point" : "comma");
  return pair ? cc_number_mark_from_text (pair->value) : CC_NUMBER_MARK_UNKNOWN;
}

/**
 * cc_map_set_number_mark:
 * @sign: '.' or ','
 */
void
cc_map_set_number_mark (CcMap *self, char sign, CcNumberMark mark)
{
  const char *key = sign == '.' ? "point" : "comma";
  CcMapPair  *pair;

  g_return_if_fail (self != NULL);

  if (cc_map_set_number_pair (self, key, cc_number_mark_to_text (mark)))
    return;
  pair = find_pair (self, key);
  if (pair)
    g_ptr_array_remove (self->numbers, pair);
}
