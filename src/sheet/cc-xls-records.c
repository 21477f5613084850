/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xls-private.h"

#include <string.h>

CcXlsRecords *
cc_xls_records_new (CcOleStream *stream, guint64 start)
{
  CcXlsRecords *self = g_new0 (CcXlsRecords, 1);

  self->stream = stream;
  self->next = start;
  return self;
}

void
cc_xls_records_free (CcXlsRecords *self)
{
  g_free (self);
}

/* Records are small: the stream is read in larger pieces. */
static gboolean
fetch (CcXlsRecords *self, guint64 place, void *buffer, gsize size, GError **error)
{
  const guint64 total = cc_ole_stream_get_size (self->stream);

  if (place < self->window_start || place + size > self->window_start + self->window_length)
    {
      if (size > sizeof self->window)
        return cc_ole_stream_read (self->stream, place, buffer, size, error);
      if (place > total || size > total - place)
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      self->window_length = 0;
      if (!cc_ole_stream_read (self->stream, place, self->window,
                               (gsize) MIN (sizeof self->window, total - place), error))
        return FALSE;
      self->window_start = place;
      self->window_length = (gsize) MIN (sizeof self->window, total - place);
    }
  memcpy (buffer, self->window + (place - self->window_start), size);
  return TRUE;
}

gboolean
cc_xls_records_next (CcXlsRecords *self, GError **error)
{
  guint8 head[4];

  if (!fetch (self, self->next, head, sizeof head, error))
    return FALSE;
  self->type = cc_get_le16 (head);
  self->length = cc_get_le16 (head + 2);
  /* What a short record does not have is nought. */
  memset (self->data + self->length, 0, MIN (64, sizeof self->data - self->length));
  if (!fetch (self, self->next + 4, self->data, self->length, error))
    return FALSE;
  self->next += 4 + self->length;
  return TRUE;
}

static gboolean
is_continued (CcXlsRecords *self)
{
  guint8 head[4];

  return fetch (self, self->next, head, sizeof head, NULL) && cc_get_le16 (head) == XLS_CONTINUE;
}

gboolean
cc_xls_records_has_more (CcXlsRecords *self, guint place)
{
  return place < self->length || is_continued (self);
}

static gboolean
go_on (CcXlsRecords *self, guint *place, GError **error)
{
  while (*place >= self->length)
    {
      if (!is_continued (self))
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      if (!cc_xls_records_next (self, error))
        return FALSE;
      *place = 0;
    }
  return TRUE;
}

gboolean
cc_xls_records_take (CcXlsRecords *self, guint *place, guint8 *bytes, gsize size, GError **error)
{
  while (size > 0)
    {
      gsize n;

      if (!go_on (self, place, error))
        return FALSE;
      n = MIN (size, self->length - *place);
      if (bytes != NULL)
        {
          memcpy (bytes, self->data + *place, n);
          bytes += n;
        }
      *place += (guint) n;
      size -= n;
    }
  return TRUE;
}

static void
append_unit (GString *text, guint16 unit, guint16 *high)
{
  if (*high != 0 && unit >= 0xDC00 && unit < 0xE000)
    {
      g_string_append_unichar (text,
                               0x10000 + ((gunichar) (*high - 0xD800) << 10) + (unit - 0xDC00u));
      *high = 0;
      return;
    }
  if (*high != 0)
    g_string_append_unichar (text, 0xFFFD);
  *high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
  if (unit >= 0xDC00 && unit < 0xE000)
    g_string_append_unichar (text, 0xFFFD);
  /* A NUL would hide the rest of the text. */
  else if (*high == 0 && unit != 0)
    g_string_append_unichar (text, unit);
}

/* Where a record ends within the characters, the next says anew how wide they are. */
static gboolean
take_characters (CcXlsRecords *self,
                 guint        *place,
                 guint         n,
                 gboolean      wide,
                 GString      *text,
                 GError      **error)
{
  guint16 high = 0;

  for (; n > 0; n--)
    {
      guint8 unit[2] = { 0, 0 };

      if (*place >= self->length)
        {
          if (!go_on (self, place, error))
            return FALSE;
          wide = self->data[(*place)++] & 1;
        }
      if (!cc_xls_records_take (self, place, unit, wide ? 2 : 1, error))
        return FALSE;
      append_unit (text, cc_get_le16 (unit), &high);
    }
  if (high != 0)
    g_string_append_unichar (text, 0xFFFD);
  return TRUE;
}

/* Appends the character that begins at `bytes`; answers how many of them it takes, for two make one
 * in some code pages. */
static guint
convert_one (GIConv converter, const guint8 *bytes, guint n, GString *text)
{
  for (guint length = 1; length <= MIN (n, 2); length++)
    {
      char  out[8];
      char *from = (char *) bytes, *to = out;
      gsize from_left = length, to_left = sizeof out;
      gsize result = g_iconv (converter, &from, &from_left, &to, &to_left);

      if (result != (gsize) -1 && from_left == 0 && to > out)
        {
          g_string_append_len (text, out, to - out);
          return length;
        }
      g_iconv (converter, NULL, NULL, NULL, NULL);
    }
  g_string_append_unichar (text, 0xFFFD);
  return 1;
}

static gboolean
take_bytes (CcXlsRecords *self,
            guint        *place,
            guint         n,
            GIConv        converter,
            GString      *text,
            GError      **error)
{
  g_autofree guint8 *bytes = g_malloc (n + 1);

  if (!cc_xls_records_take (self, place, bytes, n, error))
    return FALSE;
  for (guint i = 0; i < n;)
    if (bytes[i] >= 0x80)
      i += convert_one (converter, bytes + i, n - i, text);
    else if (bytes[i++] != 0)
      g_string_append_c (text, (char) bytes[i - 1]);
  return TRUE;
}

gboolean
cc_xls_records_take_text (CcXlsRecords *self,
                          guint        *place,
                          guint         width,
                          GIConv        converter,
                          GString      *text,
                          GError      **error)
{
  guint8 head[2] = { 0, 0 };
  guint8 flags = 0, runs[2] = { 0, 0 }, extra[4] = { 0, 0, 0, 0 };
  guint  n;

  g_string_truncate (text, 0);
  if (!cc_xls_records_take (self, place, head, width, error))
    return FALSE;
  n = cc_get_le16 (head);
  if (converter != (GIConv) -1)
    return take_bytes (self, place, n, converter, text, error);
  /* Old programs leave the rest of an empty text away. */
  if (n == 0 && !cc_xls_records_has_more (self, *place))
    return TRUE;
  return cc_xls_records_take (self, place, &flags, 1, error)
         && (!(flags & 8) || cc_xls_records_take (self, place, runs, 2, error))
         && (!(flags & 4) || cc_xls_records_take (self, place, extra, 4, error))
         && take_characters (self, place, n, flags & 1, text, error)
         && cc_xls_records_take (self, place, NULL,
                                 4 * (gsize) cc_get_le16 (runs) + cc_get_le32 (extra), error);
}
