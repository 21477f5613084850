/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xml-private.h"

#include <string.h>

static gsize
put_character (char *out, const char *digits, gsize length, gboolean hexadecimal)
{
  guint32 c = 0;

  if (length == 0)
    return 0;
  for (gsize i = 0; i < length; i++)
    {
      int digit = hexadecimal ? g_ascii_xdigit_value (digits[i]) : g_ascii_digit_value (digits[i]);

      if (digit < 0 || c > 0x10FFFF)
        return 0;
      c = c * (hexadecimal ? 16 : 10) + (guint32) digit;
    }
  /* What XML allows as a character. */
  if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0xD800 && c < 0xE000)
      || c == 0xFFFE || c == 0xFFFF || c > 0x10FFFF)
    return 0;
  return (gsize) g_unichar_to_utf8 (c, out);
}

/* Writes what the reference `&name;` means to `out`; 0 when it means nothing. */
static gsize
put_reference (char *out, const char *name, gsize length)
{
  static const struct
  {
    const char *name;
    char        c;
  } known[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };

  if (length >= 2 && name[0] == '#')
    return name[1] == 'x' ? put_character (out, name + 2, length - 2, TRUE)
                          : put_character (out, name + 1, length - 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && memcmp (known[i].name, name, length) == 0)
      {
        *out = known[i].c;
        return 1;
      }
  return 0;
}

gboolean
cc_xml_decode (char *text, gsize *length, gboolean is_value, gboolean references)
{
  const char *p = text;
  const char *end = text + *length;
  char       *out = text;

  while (p < end)
    if (*p == '&' && references)
      {
        const char *semicolon = memchr (p, ';', (gsize) (end - p));
        gsize       n;

        if (semicolon == NULL)
          return FALSE;
        n = put_reference (out, p + 1, (gsize) (semicolon - p - 1));
        if (n == 0)
          return FALSE;
        out += n;
        p = semicolon + 1;
      }
    else if (*p == '\r')
      {
        *out++ = is_value ? ' ' : '\n';
        p += p + 1 < end && p[1] == '\n' ? 2 : 1;
      }
    else if (is_value && (*p == '\n' || *p == '\t'))
      {
        *out++ = ' ';
        p++;
      }
    else
      *out++ = *p++;
  *length = (gsize) (out - text);
  return TRUE;
}
