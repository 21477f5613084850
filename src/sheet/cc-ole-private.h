/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The compound files of old Office programs ([MS-CFB]): a file system in a file. Only what a reader
 * of one stream needs. Everything the file says of itself is held against its real size, so that no
 * chain runs in circles and nothing is larger than the file. */
typedef struct _CcOle CcOle;
/* One stream of it, read at any place; lives no longer than the file. */
typedef struct _CcOleStream CcOleStream;

#define CC_OLE_SIGNATURE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

/* Either `path` or `bytes` (which are referenced). A file without the signature is taken as one
 * that is a single stream without a name, as the oldest workbooks are. CC_ERROR_DAMAGED,
 * CC_ERROR_NOT_FOUND, CC_ERROR_FAILED. */
CcOle *cc_ole_open (const char *path, GBytes *bytes, GError **error);
void   cc_ole_free (CcOle *self);
/* Whether a stream or folder has this name (ASCII, letter case does not count). */
gboolean cc_ole_has (CcOle *self, const char *name);
/* NULL with CC_ERROR_DAMAGED; CC_ERROR_NOT_FOUND when there is none. */
CcOleStream *cc_ole_open_stream (CcOle *self, const char *name, GError **error);
void         cc_ole_stream_free (CcOleStream *self);
guint64      cc_ole_stream_get_size (CcOleStream *self);
/* All of `size` bytes, or FALSE with CC_ERROR_DAMAGED when they go over the stream's end. */
gboolean
cc_ole_stream_read (CcOleStream *self, guint64 offset, void *buffer, gsize size, GError **error);

void cc_ole_set_damaged (GError **error);

static inline guint16
cc_get_le16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static inline guint32
cc_get_le32 (const guint8 *p)
{
  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOle, cc_ole_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOleStream, cc_ole_stream_free)
