/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-encoding-private.h"
#include "cc-utf8-mender-private.h"

#include <string.h>

#define CHUNK_SIZE 65536
/* Latin words hold at most two accented letters in a row (Portuguese ção), Arabic ones more. */
#define MIN_RUN 3
/* The ten letters below make two thirds of Arabic text; of Cyrillic in its own code page, whose
 * letters stand in rows too, a fifth. */
#define MIN_COMMON_PERCENT 45
/* With so many good sequences for a bad one the text is UTF-8 with a fault. */
#define GOOD_FOR_BAD 10

static const char common_arabic[] =
    "\xc7\xe1\xed\xe3\xe4\xe6\xd1\xca\xc8\xc9"; /* alef lam yeh meem noon waw reh teh beh
                                                   teh-marbuta */

typedef struct
{
  gboolean is_first;
  guint8   mark[4]; /* the first bytes */
  gsize    n_mark;
  gsize    n_nul;
  /* Plausible units of the first chunk as UTF-16. */
  gsize n_little, n_big;
  /* UTF-8 */
  guint   remaining; /* continuation bytes that must follow */
  guint8  low, high; /* bounds of the next of them */
  guint64 n_good, n_bad;
  /* one byte a character */
  guint64 run, run_common;
  guint64 n_letters, n_in_runs, n_common;
} Statistics;

/* Line ends, blanks and separators, which each spreadsheet text has. */
static gboolean
is_plain_unit (guint8 high, guint8 low)
{
  return high == 0 && low != 0 && strchr ("\r\n\t ,;|", low) != NULL;
}

static void
look_at_units (Statistics *self, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i + 1 < n; i += 2)
    {
      self->n_little += is_plain_unit (bytes[i + 1], bytes[i]);
      self->n_big += is_plain_unit (bytes[i], bytes[i + 1]);
    }
}

/* The table of well-formed UTF-8 (Unicode 3.9, table 3-7). */
static void
begin_sequence (Statistics *self, guint8 byte)
{
  self->low = 0x80;
  self->high = 0xBF;
  if (byte >= 0xC2 && byte <= 0xDF)
    self->remaining = 1;
  else if (byte >= 0xE0 && byte <= 0xEF)
    {
      self->remaining = 2;
      self->low = byte == 0xE0 ? 0xA0 : 0x80;
      self->high = byte == 0xED ? 0x9F : 0xBF;
    }
  else if (byte >= 0xF0 && byte <= 0xF4)
    {
      self->remaining = 3;
      self->low = byte == 0xF0 ? 0x90 : 0x80;
      self->high = byte == 0xF4 ? 0x8F : 0xBF;
    }
  else
    self->n_bad++;
}

static void
look_at_utf8 (Statistics *self, guint8 byte)
{
  if (self->remaining > 0)
    {
      if (byte >= self->low && byte <= self->high)
        {
          self->low = 0x80;
          self->high = 0xBF;
          if (--self->remaining == 0)
            self->n_good++;
          return;
        }
      self->n_bad++;
      self->remaining = 0;
    }
  if (byte >= 0x80)
    begin_sequence (self, byte);
}

static void
look_at_letter (Statistics *self, guint8 byte)
{
  if (byte >= 0xC0)
    {
      self->n_letters++;
      self->run++;
      self->run_common += memchr (common_arabic, byte, sizeof common_arabic - 1) != NULL;
      return;
    }
  if (self->run >= MIN_RUN)
    {
      self->n_in_runs += self->run;
      self->n_common += self->run_common;
    }
  self->run = self->run_common = 0;
}

static void
look_at_chunk (Statistics *self, const guint8 *bytes, gsize n)
{
  if (self->is_first)
    {
      self->n_mark = MIN (n, sizeof self->mark);
      memcpy (self->mark, bytes, self->n_mark);
      look_at_units (self, bytes, n);
      self->is_first = FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      if (bytes[i] < 0x80 && self->remaining == 0 && self->run == 0)
        {
          self->n_nul += bytes[i] == 0;
          continue;
        }
      self->n_nul += bytes[i] == 0;
      look_at_utf8 (self, bytes[i]);
      look_at_letter (self, bytes[i]);
    }
}

static gboolean
has_mark (const Statistics *self, const char *mark, gsize length)
{
  return self->n_mark >= length && memcmp (self->mark, mark, length) == 0;
}

static CcEncoding
decide (Statistics *self)
{
  gboolean cut_off = self->remaining > 0; /* the file ends inside a character */

  look_at_letter (self, 0);
  if (has_mark (self, "\xff\xfe\0\0", 4))
    return (CcEncoding){ "UTF-32LE" };
  if (has_mark (self, "\xff\xfe", 2))
    return (CcEncoding){ "UTF-16LE" };
  if (has_mark (self, "\xfe\xff", 2))
    return (CcEncoding){ "UTF-16BE" };
  if (self->n_nul > 0 && self->n_little + self->n_big > 0
      && MAX (self->n_little, self->n_big) > 4 * MIN (self->n_little, self->n_big))
    return (CcEncoding){ self->n_little > self->n_big ? "UTF-16LE" : "UTF-16BE" };
  if (self->n_bad == 0 && (!cut_off || self->n_good > 0))
    return (CcEncoding){ "UTF-8", .valid = !cut_off };
  if (has_mark (self, "\xef\xbb\xbf", 3) || self->n_good >= GOOD_FOR_BAD * self->n_bad)
    return (CcEncoding){ "UTF-8", .lenient = TRUE };
  if (self->n_in_runs * 2 >= self->n_letters
      && self->n_common * 100 >= self->n_in_runs * MIN_COMMON_PERCENT && self->n_in_runs > 0)
    return (CcEncoding){ "WINDOWS-1256", .lenient = TRUE };
  return (CcEncoding){ "WINDOWS-1252", .lenient = TRUE };
}

gboolean
cc_encoding_detect (GInputStream *stream,
                    CcEncoding   *encoding,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  Statistics         statistics = { .is_first = TRUE };
  gsize              n;

  do
    {
      if (!g_input_stream_read_all (stream, chunk, CHUNK_SIZE, &n, cancellable, error))
        return FALSE;
      look_at_chunk (&statistics, chunk, n);
    }
  while (n == CHUNK_SIZE);
  *encoding = decide (&statistics);
  return TRUE;
}

GInputStream *
cc_encoding_decode (const CcEncoding *encoding, GInputStream *stream)
{
  g_autoptr (GConverter) converter = NULL;

  if (encoding->valid)
    return g_object_ref (stream);
  if (g_str_equal (encoding->name, "UTF-8"))
    converter = cc_utf8_mender_new ();
  else
    {
      GCharsetConverter *charset = g_charset_converter_new ("UTF-8", encoding->name, NULL);

      g_return_val_if_fail (charset != NULL, NULL);
      g_charset_converter_set_use_fallback (charset, encoding->lenient);
      converter = G_CONVERTER (charset);
    }
  return g_converter_input_stream_new (stream, converter);
}
