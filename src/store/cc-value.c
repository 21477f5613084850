/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-value-private.h"

#include <string.h>

static const char letters[] = { 0, 'U', 'X', 'R', 'Z' };

/* What no_value.kind holds: U, X, R, Z. */
const char *
cc_no_value_letter (CcNoValue no_value)
{
  static const char *const texts[] = { NULL, "U", "X", "R", "Z" };

  return texts[no_value];
}

CcNoValue
cc_no_value_from_letter (const char *letter)
{
  for (guint i = 1; letter != NULL && i < G_N_ELEMENTS (letters); i++)
    if (letters[i] == *letter)
      return (CcNoValue) i;
  return CC_NO_VALUE_NONE;
}

/* Stored as the id of a code. */
gboolean
cc_value_is_code (const CcVariable *variable)
{
  return variable->type == CC_VARIABLE_CODE || variable->type == CC_VARIABLE_FLAG;
}

static gboolean
has_text (const CcValue *value)
{
  return value->text != NULL && *value->text != '\0';
}

static gboolean
is_stated (const CcValue *value)
{
  if (value->no_value != CC_NO_VALUE_NONE)
    return TRUE;
  switch (value->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      return value->code != NULL;
    case CC_VARIABLE_MULTI:
      return (value->codes != NULL && value->codes->len > 0) || value->complete >= 0;
    case CC_VARIABLE_DATE:
      return cc_interval_is_known (value->date) || has_text (value);
    case CC_VARIABLE_AGE:
      return value->age_min >= 0 || value->age_max >= 0;
    case CC_VARIABLE_REF:
      return value->number != 0;
    case CC_VARIABLE_INT:
      return TRUE;
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      return has_text (value);
    }
}

static gboolean
has_other (const CcValue *value)
{
  if (value->code != NULL)
    return strcmp (value->code->code, "_O") == 0;
  for (guint i = 0; value->codes != NULL && i < value->codes->len; i++)
    if (strcmp (((const CcCode *) g_ptr_array_index (value->codes, i))->code, "_O") == 0)
      return TRUE;
  return FALSE;
}

gboolean
cc_value_keeps_text (const CcValue *value)
{
  if (!has_text (value))
    return FALSE;
  switch (value->variable->type)
    {
    case CC_VARIABLE_DATE:
    case CC_VARIABLE_AGE: /* "env. 20": what the years alone do not say */
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
      return TRUE;
    default:
      return value->no_value != CC_NO_VALUE_NONE || has_other (value);
    }
}

/* Returns: (transfer container) */
GPtrArray *
cc_record_get_stated (CcRecord *record)
{
  GPtrArray *stated = g_ptr_array_sized_new (record->values->len);

  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = g_ptr_array_index (record->values, i);
      guint    at = stated->len;

      if (!is_stated (value))
        continue;
      /* Records have few values and mostly come in order: insertion is the fast sort here. */
      while (at > 0
             && ((CcValue *) g_ptr_array_index (stated, at - 1))->variable->index
                    > value->variable->index)
        at--;
      g_ptr_array_insert (stated, (int) at, value);
    }
  return stated;
}

static void
digest_value (CcDigest *digest, CcDictionary *dictionary, const CcValue *value)
{
  cc_digest_add_int64 (digest, cc_dictionary_get_variable (dictionary, value->variable));
  cc_digest_add_int64 (digest, value->no_value);
  if (value->no_value == CC_NO_VALUE_NONE)
    switch (value->variable->type)
      {
      case CC_VARIABLE_CODE:
      case CC_VARIABLE_FLAG:
        cc_digest_add_int64 (digest, cc_dictionary_get_code (dictionary, value->code));
        break;
      case CC_VARIABLE_MULTI:
        cc_digest_add_int64 (digest, value->complete);
        cc_digest_add_int64 (digest, value->codes->len);
        for (guint i = 0; i < value->codes->len; i++)
          cc_digest_add_int64 (digest,
                               cc_dictionary_get_code (dictionary,
                                                       g_ptr_array_index (value->codes, i)));
        break;
      case CC_VARIABLE_DATE:
        cc_digest_add_int64 (digest, value->date.first);
        cc_digest_add_int64 (digest, value->date.last);
        break;
      case CC_VARIABLE_AGE:
        cc_digest_add_int64 (digest, value->age_min);
        cc_digest_add_int64 (digest, value->age_max);
        cc_digest_add_int64 (digest, value->age_day);
        break;
      case CC_VARIABLE_INT:
      case CC_VARIABLE_REF:
        cc_digest_add_int64 (digest, value->number);
        break;
      case CC_VARIABLE_TEXT:
      case CC_VARIABLE_IDENTIFIER:
      default:
        break;
      }
  cc_digest_add_text (digest, cc_value_keeps_text (value) ? value->text : NULL);
}

void
cc_record_digest (CcDigest     *digest,
                  CcDictionary *dictionary,
                  CcRecord     *record,
                  GPtrArray    *stated,
                  guint8        content[CC_CONTENT_SIZE])
{
  guint8 hash[CC_HASH_SIZE];

  cc_digest_begin (digest);
  cc_digest_add_int64 (digest, record->parents[0]);
  cc_digest_add_int64 (digest, record->parents[1]);
  for (guint i = 0; i < stated->len; i++)
    digest_value (digest, dictionary, g_ptr_array_index (stated, i));
  cc_digest_end (digest, hash);
  memcpy (content, hash, CC_CONTENT_SIZE);
}

/**
 * A value in words for the audit chain.
 *
 * Returns: (transfer full): such as "F", "SEX;LAB (complete)", "2024-03", "12..17", "_U"
 */
char *
cc_value_to_log (const CcValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *date = NULL;

  if (value->no_value != CC_NO_VALUE_NONE)
    g_string_append (text, cc_no_value_to_code (value->no_value));
  else if (value->code != NULL)
    g_string_append (text, value->code->code);
  else if (value->variable->type == CC_VARIABLE_MULTI)
    {
      for (guint i = 0; i < value->codes->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? ";" : "",
                                ((const CcCode *) g_ptr_array_index (value->codes, i))->code);
      if (value->complete >= 0)
        g_string_append (text, value->complete ? " (complete)" : " (not complete)");
    }
  else if (value->variable->type == CC_VARIABLE_DATE && cc_interval_is_known (value->date))
    {
      date = cc_interval_to_iso (value->date);
      g_string_append (text, date);
    }
  else if (value->variable->type == CC_VARIABLE_AGE)
    {
      if (value->age_min >= 0)
        g_string_append_printf (text, "%d", value->age_min);
      g_string_append (text, "..");
      if (value->age_max >= 0)
        g_string_append_printf (text, "%d", value->age_max);
    }
  else if (value->variable->type == CC_VARIABLE_INT || value->variable->type == CC_VARIABLE_REF)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, value->number);
  if (cc_value_keeps_text (value))
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, value->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
