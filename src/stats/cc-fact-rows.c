/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fact-store-private.h"

#include <string.h>

/* person_fact.rows: for each group that has rows
 *   group, number of rows, and per row: bits of the slots that say something, then their values;
 * all numbers are variable-length, seven bits to a byte. Codes are ids of the case file, places of
 * masks and lists are those of the pack's list, as in the columns. */

static void
put_number (GByteArray *out, guint64 number)
{
  guint8 bytes[10];
  guint  n = 0;

  do
    {
      bytes[n] = number & 0x7f;
      number >>= 7;
      if (number)
        bytes[n] |= 0x80;
      n++;
    }
  while (number);
  g_byte_array_append (out, bytes, n);
}

static void
put_signed (GByteArray *out, gint64 number)
{
  put_number (out, ((guint64) number << 1) ^ (guint64) (number >> 63));
}

static void
put_date (GByteArray *out, CcInterval date)
{
  put_signed (out, date.first);
  put_number (out, (guint64) ((gint64) date.last - date.first));
}

static void
put_value (GByteArray *out, const CcField *field, const CcFactValue *value, const CcCodeMap *codes)
{
  switch (field->type)
    {
    case CC_VALUE_CODE:
      put_number (out, (guint64) codes->id[value->u.code]);
      break;
    case CC_VALUE_MASK:
      put_number (out, value->u.mask);
      break;
    case CC_VALUE_LIST:
      put_number (out, value->n);
      for (guint i = 0; i < value->n; i++)
        put_number (out, value->u.list[i]);
      break;
    case CC_VALUE_DATE:
      put_date (out, value->u.date);
      break;
    case CC_VALUE_INT:
      put_signed (out, value->u.number);
      break;
    case CC_VALUE_TEXT:
    default:
      put_number (out, strlen (value->u.text));
      g_byte_array_append (out, (const guint8 *) value->u.text, (guint) strlen (value->u.text));
      break;
    }
}

/* Appends the rows of all groups. */
void
cc_fact_rows_pack (CcFields *fields, const CcFact *fact, const CcCodeMap *codes, GByteArray *out)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    {
      const CcFactRows *rows = &fact->rows[group];
      GPtrArray        *of = fields->in_group[fact->kind][group];

      if (!rows->n)
        continue;
      put_number (out, group);
      put_number (out, rows->n);
      for (guint i = 0; i < rows->n; i++)
        {
          const CcFactValue *row = rows->values + i * of->len;
          guint64            says = 0;

          for (guint j = 0; j < of->len; j++)
            if (row[j].n)
              says |= G_GUINT64_CONSTANT (1) << j;
          put_number (out, says);
          for (guint j = 0; j < of->len; j++)
            if (row[j].n)
              put_value (out, of->pdata[j], &row[j], codes);
          if (group == CC_GROUP_STAGE)
            put_date (out, rows->dates[i]);
          else if (group == CC_GROUP_DETECTION)
            put_number (out, (guint64) rows->events[i]);
        }
    }
}

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean      broken;
} Reader;

static guint64
get_number (Reader *in)
{
  guint64 number = 0;
  guint   shift = 0;

  while (in->at < in->end && shift < 64)
    {
      guint8 byte = *in->at++;

      number |= (guint64) (byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return number;
      shift += 7;
    }
  in->broken = TRUE;
  return 0;
}

static gint64
get_signed (Reader *in)
{
  guint64 number = get_number (in);

  return (gint64) (number >> 1) ^ -(gint64) (number & 1);
}

static CcInterval
get_date (Reader *in)
{
  gint64 first = get_signed (in);
  gint64 last = first + (gint64) (get_number (in) & 0xffffffff);

  return (CcInterval){ (CcDay) first, (CcDay) last };
}

static void
get_list (Reader *in, const CcField *field, CcArena *arena, CcFactValue *value)
{
  guint64  n = get_number (in);
  guint16 *list;

  if (n > field->codes->len || n > (guint64) (in->end - in->at))
    {
      in->broken = TRUE;
      return;
    }
  list = cc_arena_alloc (arena, sizeof (guint16) * (gsize) (n + 1));
  for (guint i = 0; i < n; i++)
    {
      guint64 place = get_number (in);

      if (place >= field->codes->len)
        in->broken = TRUE;
      else
        list[i] = (guint16) place;
    }
  value->u.list = list;
  value->n = in->broken ? 0 : (guint32) n;
}

static void
get_value (Reader          *in,
           const CcField   *field,
           const CcCodeMap *codes,
           CcArena         *arena,
           CcFactValue     *value)
{
  guint64 number;
  char   *text;
  guint   code;

  value->n = 1;
  switch (field->type)
    {
    case CC_VALUE_CODE:
      code = cc_code_map_find (codes, (gint64) get_number (in));
      value->u.code = code - 1;
      value->n = code != 0;
      break;
    case CC_VALUE_MASK:
      value->u.mask = get_number (in);
      break;
    case CC_VALUE_LIST:
      get_list (in, field, arena, value);
      break;
    case CC_VALUE_DATE:
      value->u.date = get_date (in);
      break;
    case CC_VALUE_INT:
      value->u.number = get_signed (in);
      break;
    case CC_VALUE_TEXT:
    default:
      number = get_number (in);
      if (number > (guint64) (in->end - in->at))
        {
          in->broken = TRUE;
          value->n = 0;
          break;
        }
      text = cc_arena_alloc (arena, (gsize) number + 1);
      memcpy (text, in->at, (gsize) number);
      in->at += number;
      value->u.text = text;
      break;
    }
}

/* Reads the rows of all groups into the fact. FALSE where the bytes are no rows. */
gboolean
cc_fact_rows_unpack (CcFields        *fields,
                     CcFact          *fact,
                     const CcCodeMap *codes,
                     CcArena         *arena,
                     const guint8    *bytes,
                     gsize            size)
{
  Reader in = { bytes, bytes + size, FALSE };

  while (in.at < in.end && !in.broken)
    {
      guint64     group = get_number (&in);
      guint64     n = get_number (&in);
      CcFactRows *rows;
      GPtrArray  *of;

      if (group >= CC_N_GROUPS || n > size)
        return FALSE;
      rows = &fact->rows[group];
      of = fields->in_group[fact->kind][group];
      rows->values = cc_arena_alloc (arena, sizeof (CcFactValue) * of->len * (gsize) n);
      rows->dates =
          group == CC_GROUP_STAGE ? cc_arena_alloc (arena, sizeof (CcInterval) * (gsize) n) : NULL;
      rows->events =
          group == CC_GROUP_DETECTION ? cc_arena_alloc (arena, sizeof (gint64) * (gsize) n) : NULL;
      rows->n = (guint) n;
      for (guint i = 0; i < n && !in.broken; i++)
        {
          guint64 says = get_number (&in);

          for (guint j = 0; j < of->len; j++)
            if (says & (G_GUINT64_CONSTANT (1) << j))
              get_value (&in, of->pdata[j], codes, arena, &rows->values[i * of->len + j]);
          if (group == CC_GROUP_STAGE)
            rows->dates[i] = get_date (&in);
          else if (group == CC_GROUP_DETECTION)
            rows->events[i] = (gint64) get_number (&in);
        }
    }
  return !in.broken;
}
