/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-fast-private.h"

#include "cc-xml-private.h"

#include <string.h>

/* Compared whole, not byte by byte: behind the NUL that ends the text there are CC_XML_SLACK bytes
 * that may be read, and the NUL differs from every byte asked for, so no match reaches past it. */
#define STARTS_WITH(p, literal) (memcmp ((p), (literal), sizeof (literal) - 1) == 0)

G_STATIC_ASSERT (sizeof "</t></is></c>" <= CC_XML_SLACK);

void
cc_xlsx_fast_row_set (CcXlsxFastRow *self, guint row)
{
  char  digits[8];
  gsize n = sizeof digits;

  digits[--n] = '"';
  for (guint number = row + 1; number > 0 && n > 0; number /= 10)
    digits[--n] = (char) ('0' + number % 10);
  self->length = sizeof digits - n;
  self->bytes = self->mask = 0;
  memcpy (&self->bytes, digits + n, self->length);
  memset (&self->mask, 0xff, self->length);
}

static const char *
take_reference (const char *p, const CcXlsxFastRow *row, guint *column)
{
  guint64 bytes;
  guint   c = 0;

  for (guint n = 0; *p >= 'A' && *p <= 'Z'; p++, n++)
    {
      if (n == 3)
        return NULL;
      c = c * 26 + (guint) (*p - 'A' + 1);
    }
  memcpy (&bytes, p, sizeof bytes);
  if (c == 0 || ((bytes ^ row->bytes) & row->mask) != 0)
    return NULL;
  *column = c - 1;
  return p + row->length;
}

static const char *
take_style (const char *p, guint *style)
{
  guint s = 0;

  for (guint n = 0; *p >= '0' && *p <= '9'; p++, n++)
    {
      if (n == 6)
        return NULL;
      s = s * 10 + (guint) (*p - '0');
    }
  *style = s;
  return *p == '"' ? p + 1 : NULL;
}

static const char *
take_type (const char *p, char *type)
{
  if (p[0] != '\0' && p[1] == '"')
    {
      *type = p[0];
      return strchr ("snbe", p[0]) != NULL ? p + 2 : NULL;
    }
  if (STARTS_WITH (p, "str\""))
    {
      *type = 'S';
      return p + 4;
    }
  if (STARTS_WITH (p, "inlineStr\""))
    {
      *type = 'i';
      return p + 10;
    }
  return NULL;
}

/* Up to the next tag; NULL when the text ends before or must be decoded. */
static const char *
take_value (const char *p, CcXlsxFastCell *cell)
{
  cell->value = p;
  while (*p != '<')
    {
      if (*p == '\0' || *p == '&' || *p == '\r')
        return NULL;
      p++;
    }
  cell->value_length = (gsize) (p - cell->value);
  return p;
}

gsize
cc_xlsx_fast_cell (const char *text, const CcXlsxFastRow *row, CcXlsxFastCell *cell)
{
  const char *p = text;

  if (!STARTS_WITH (p, "<c r=\""))
    return 0;
  p = take_reference (p + 6, row, &cell->column);
  cell->style = 0;
  cell->type = 'n';
  cell->value_length = 0;
  if (p != NULL && STARTS_WITH (p, " s=\""))
    p = take_style (p + 4, &cell->style);
  if (p != NULL && STARTS_WITH (p, " t=\""))
    p = take_type (p + 4, &cell->type);
  if (p == NULL)
    return 0;
  if (p[0] == '/' && p[1] == '>')
    return (gsize) (p + 2 - text);
  if (p[0] != '>' || p[1] != '<')
    return 0;

  if (cell->type != 'i' && p[2] == 'v' && p[3] == '>')
    {
      p = take_value (p + 4, cell);
      return p != NULL && STARTS_WITH (p, "</v></c>") ? (gsize) (p + 8 - text) : 0;
    }
  if (cell->type == 'i' && STARTS_WITH (p, "><is><t>"))
    {
      p = take_value (p + 8, cell);
      return p != NULL && STARTS_WITH (p, "</t></is></c>") ? (gsize) (p + 13 - text) : 0;
    }
  return 0;
}

gsize
cc_xlsx_fast_string (const char *text, const char **value, gsize *value_length)
{
  const char *p = text;

  if (!STARTS_WITH (p, "<si><t>"))
    return 0;
  p += 7;
  *value = p;
  while (*p != '<')
    {
      /* An underscore may begin _x000D_. */
      if (*p == '\0' || *p == '&' || *p == '\r' || *p == '_' || (guchar) *p >= 0x80)
        return 0;
      p++;
    }
  *value_length = (gsize) (p - *value);
  return STARTS_WITH (p, "</t></si>") ? (gsize) (p + 9 - text) : 0;
}
