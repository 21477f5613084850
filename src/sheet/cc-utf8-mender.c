/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-utf8-mender-private.h"

#include <string.h>

#define IS_INCOMPLETE ((gunichar) -2)
#define IS_INVALID    ((gunichar) -1)
/* "\FF" */
#define ESCAPE_SIZE 3

struct _CcUtf8Mender
{
  GObject parent;
};

static void cc_utf8_mender_init_converter (GConverterIface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcUtf8Mender,
                               cc_utf8_mender,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER,
                                                      cc_utf8_mender_init_converter))

/* Bytes of the character at `in`; 0 when it is incomplete; *escape for a byte that is none. */
static gsize
measure (const guint8 *in, gsize size, gboolean *escape)
{
  gunichar c;

  *escape = FALSE;
  if (*in < 0x80)
    return 1;
  c = g_utf8_get_char_validated ((const char *) in, (gssize) size);
  if (c == IS_INCOMPLETE)
    return 0;
  *escape = c == IS_INVALID;
  return *escape ? 1 : (gsize) g_utf8_skip[*in];
}

static GConverterResult
convert (GConverter     *converter,
         const void     *inbuf,
         gsize           inbuf_size,
         void           *outbuf,
         gsize           outbuf_size,
         GConverterFlags flags,
         gsize          *bytes_read,
         gsize          *bytes_written,
         GError        **error)
{
  const guint8 *in = inbuf;
  const guint8 *in_end = in + inbuf_size;
  char         *out = outbuf;
  char         *out_end = out + outbuf_size;
  gboolean      full = FALSE;

  while (in < in_end && !full)
    {
      gboolean escape;
      gsize    n = measure (in, (gsize) (in_end - in), &escape);
      gsize    needed = escape ? ESCAPE_SIZE : n;

      if (n == 0)
        break;
      full = (gsize) (out_end - out) < needed;
      if (full)
        break;
      if (escape)
        {
          static const char digits[] = "0123456789ABCDEF";

          out[0] = '\\';
          out[1] = digits[*in >> 4];
          out[2] = digits[*in & 15];
        }
      else
        memcpy (out, in, n);
      in += n;
      out += needed;
    }

  *bytes_read = (gsize) (in - (const guint8 *) inbuf);
  *bytes_written = (gsize) (out - (char *) outbuf);
  if (in == in_end && (flags & G_CONVERTER_INPUT_AT_END))
    return G_CONVERTER_FINISHED;
  if (in == in_end && (flags & G_CONVERTER_FLUSH))
    return G_CONVERTER_FLUSHED;
  if (*bytes_read > 0)
    return G_CONVERTER_CONVERTED;
  g_set_error_literal (error, G_IO_ERROR, full ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_PARTIAL_INPUT,
                       full ? "No room" : "Incomplete character");
  return G_CONVERTER_ERROR;
}

static void
reset (GConverter *converter)
{
}

static void
cc_utf8_mender_init_converter (GConverterIface *interface)
{
  interface->convert = convert;
  interface->reset = reset;
}

static void
cc_utf8_mender_class_init (CcUtf8MenderClass *class)
{
}

static void
cc_utf8_mender_init (CcUtf8Mender *self)
{
}

GConverter *
cc_utf8_mender_new (void)
{
  return g_object_new (CC_TYPE_UTF8_MENDER, NULL);
}
