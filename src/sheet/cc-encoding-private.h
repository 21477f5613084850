/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct
{
  const char *name;  /* UTF-8, UTF-16LE, UTF-16BE, UTF-32LE, WINDOWS-1252, WINDOWS-1256 */
  gboolean    valid; /* the whole text was found to be valid UTF-8 and needs no decoding */
  gboolean lenient; /* bytes without meaning are to be shown as \XX instead of ending the reading */
} CcEncoding;

/* Finds the encoding of a text by a byte order mark, by zero bytes (UTF-16), by the validity of all
 * of it as UTF-8, and last by its letters: in Windows-1256 Arabic letters stand in rows, in
 * Windows-1252 accented letters stand between plain ones. Reads the stream to its end. */
gboolean cc_encoding_detect (GInputStream *stream,
                             CcEncoding   *encoding,
                             GCancellable *cancellable,
                             GError      **error);

/* The stream as UTF-8. */
GInputStream *cc_encoding_decode (const CcEncoding *encoding, GInputStream *stream);

/* Which of ; , tab | separates the cells of `sample`, some first lines in UTF-8: the one that most
 * lines have equally often. A comma between two digits counts only where nothing else serves. */
char cc_separator_detect (const char *sample, gsize length);
/* Excel's own "sep=;" on a first line; 0 without one. */
char cc_separator_declared (const char *sample);
