/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ole-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEADER_SIZE    512
#define ENTRY_SIZE     128
#define MINI_SHIFT     6
#define MAX_ENTRIES    65536u
#define MAX_SECTOR     0xFFFFFFFAu
#define END_OF_CHAIN   0xFFFFFFFEu
#define HEADER_DIFAT   109
#define SHORTEST_NAMED 4096 /* shorter streams lie in the mini stream */

typedef struct
{
  char    name[32]; /* ASCII in lower case; other characters as "?" */
  guint8  type;     /* 1 a folder, 2 a stream, 5 the root */
  guint32 first;
  guint64 size;
} Entry;

struct _CcOle
{
  int      fd;
  GBytes  *bytes;
  guint64  size;
  gboolean is_plain;
  guint    shift;     /* of a sector's size */
  guint32  n_sectors; /* that the file has room for */
  GArray  *fat;       /* guint32: the sector that follows */
  GArray  *mini_fat;
  GArray  *mini; /* guint32: sectors of the mini stream */
  GArray  *entries;
};

struct _CcOleStream
{
  CcOle   *ole;
  guint64  size;
  gboolean is_mini;
  GArray  *sectors; /* guint32 */
};

void
cc_ole_set_damaged (GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The workbook is damaged: a part of it is missing or does not fit the rest. This "
               "happens when a download or a copy was cut off. Ask for the file again.");
}

/* --- bytes --- */

static gboolean
read_at (CcOle *self, guint64 offset, void *buffer, gsize size, GError **error)
{
  gsize done = 0;

  if (offset > self->size || size > self->size - offset)
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  if (self->bytes != NULL)
    {
      memcpy (buffer, (const char *) g_bytes_get_data (self->bytes, NULL) + offset, size);
      return TRUE;
    }
  while (done < size)
    {
      gssize n = pread (self->fd, (char *) buffer + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

static guint64
get_offset (CcOle *self, guint32 sector)
{
  return ((guint64) sector + 1) << self->shift;
}

/* The last sector of a file may be cut short by careless programs: what is missing is nought. */
static gboolean
read_sector (CcOle *self, guint32 sector, guint8 *buffer, GError **error)
{
  const gsize   size = (gsize) 1 << self->shift;
  const guint64 offset = get_offset (self, sector);
  const gsize   there = offset < self->size ? (gsize) MIN (size, self->size - offset) : 0;

  if (sector >= self->n_sectors)
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  memset (buffer + there, 0, size - there);
  return read_at (self, offset, buffer, there, error);
}

/* The sectors from `first` on, at most as many as `table` has. */
static GArray *
follow (const GArray *table, guint32 first, GError **error)
{
  g_autoptr (GArray) sectors = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 at = first; at != END_OF_CHAIN; at = g_array_index (table, guint32, at))
    {
      if (at >= table->len || sectors->len >= table->len)
        {
          cc_ole_set_damaged (error);
          return NULL;
        }
      g_array_append_val (sectors, at);
    }
  return g_steal_pointer (&sectors);
}

/* --- tables --- */

/* Takes the numbers in a sector, without the last `n_left`. */
static guint32
append_numbers (CcOle *self, GArray *numbers, const guint8 *sector, guint n_left)
{
  const guint n = (1u << self->shift) / 4;

  for (guint i = 0; i < n - n_left; i++)
    {
      guint32 number = cc_get_le32 (sector + 4 * i);

      g_array_append_val (numbers, number);
    }
  return cc_get_le32 (sector + 4 * (n - 1));
}

/* Where the parts of the sector table lie: the first in the header, the others in a chain. */
static GArray *
list_fat_sectors (CcOle *self, const guint8 *header, guint8 *buffer, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint32 n = cc_get_le32 (header + 44);
  guint32       next = cc_get_le32 (header + 68);

  for (guint i = 0; i < HEADER_DIFAT; i++)
    {
      guint32 sector = cc_get_le32 (header + 76 + 4 * i);

      g_array_append_val (list, sector);
    }
  while (list->len < n)
    {
      if (list->len > self->n_sectors || next > MAX_SECTOR)
        {
          cc_ole_set_damaged (error);
          return NULL;
        }
      if (!read_sector (self, next, buffer, error))
        return NULL;
      next = append_numbers (self, list, buffer, 1);
    }
  g_array_set_size (list, n);
  return g_steal_pointer (&list);
}

static gboolean
load_fat (CcOle *self, const guint8 *header, guint8 *buffer, GError **error)
{
  g_autoptr (GArray) list = list_fat_sectors (self, header, buffer, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len && self->fat->len < self->n_sectors; i++)
    {
      if (!read_sector (self, g_array_index (list, guint32, i), buffer, error))
        return FALSE;
      append_numbers (self, self->fat, buffer, 0);
    }
  if (self->fat->len > self->n_sectors)
    g_array_set_size (self->fat, self->n_sectors);
  return TRUE;
}

static void
take_entry (CcOle *self, const guint8 *data)
{
  Entry       entry = { .type = data[66], .first = cc_get_le32 (data + 116) };
  const guint length = MIN (cc_get_le16 (data + 64) / 2, 32);

  for (guint i = 0; i + 1 < length; i++)
    {
      guint16 c = cc_get_le16 (data + 2 * i);

      entry.name[i] = c >= 0x20 && c < 0x7f ? g_ascii_tolower ((char) c) : '?';
    }
  entry.size = cc_get_le32 (data + 120);
  if (self->shift > 9)
    entry.size |= (guint64) cc_get_le32 (data + 124) << 32;
  if (entry.type == 1 || entry.type == 2 || entry.type == 5)
    g_array_append_val (self->entries, entry);
}

static gboolean
load_entries (CcOle *self, guint32 first, guint8 *buffer, GError **error)
{
  g_autoptr (GArray) sectors = follow (self->fat, first, error);

  for (guint i = 0; sectors != NULL && i < sectors->len && self->entries->len < MAX_ENTRIES; i++)
    {
      if (!read_sector (self, g_array_index (sectors, guint32, i), buffer, error))
        return FALSE;
      for (guint k = 0; k < 1u << self->shift; k += ENTRY_SIZE)
        take_entry (self, buffer + k);
    }
  return sectors != NULL;
}

static gboolean
load_mini (CcOle *self, guint32 first, guint8 *buffer, GError **error)
{
  g_autoptr (GArray) sectors = NULL;
  const Entry *root = NULL;

  for (guint i = 0; i < self->entries->len && root == NULL; i++)
    if (g_array_index (self->entries, Entry, i).type == 5)
      root = &g_array_index (self->entries, Entry, i);
  /* Without short streams there is no such table. */
  if (root == NULL || first > MAX_SECTOR || root->first > MAX_SECTOR)
    return TRUE;
  sectors = follow (self->fat, first, error);
  self->mini = sectors != NULL ? follow (self->fat, root->first, error) : NULL;
  if (self->mini == NULL)
    return FALSE;
  for (guint i = 0; i < sectors->len; i++)
    {
      if (!read_sector (self, g_array_index (sectors, guint32, i), buffer, error))
        return FALSE;
      append_numbers (self, self->mini_fat, buffer, 0);
    }
  return TRUE;
}

static gboolean
load (CcOle *self, GError **error)
{
  guint8             header[HEADER_SIZE] = { 0 };
  g_autofree guint8 *buffer = NULL;

  if (!read_at (self, 0, header, (gsize) MIN (self->size, HEADER_SIZE), error))
    return FALSE;
  self->is_plain = memcmp (header, CC_OLE_SIGNATURE, 8) != 0;
  if (self->is_plain)
    return TRUE;
  self->shift = cc_get_le16 (header + 30);
  if (self->size < HEADER_SIZE || (self->shift != 9 && self->shift != 12))
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  /* The header takes the room of one sector; a part of a last one counts. */
  self->n_sectors =
      (guint32) MIN ((self->size + (1u << self->shift) - 1) >> self->shift, MAX_SECTOR);
  self->n_sectors -= MIN (self->n_sectors, 1);
  buffer = g_malloc ((gsize) 1 << self->shift);
  return load_fat (self, header, buffer, error)
         && load_entries (self, cc_get_le32 (header + 48), buffer, error)
         && load_mini (self, cc_get_le32 (header + 60), buffer, error);
}

CcOle *
cc_ole_open (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (CcOle) self = g_new0 (CcOle, 1);
  GStatBuf info;

  self->fd = -1;
  self->fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->mini_fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  if (bytes != NULL)
    {
      self->bytes = g_bytes_ref (bytes);
      self->size = g_bytes_get_size (bytes);
    }
  else
    {
      self->fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
      if (self->fd < 0 || fstat (self->fd, &info) != 0)
        {
          int reason = errno;

          g_set_error (error, CC_ERROR, reason == ENOENT ? CC_ERROR_NOT_FOUND : CC_ERROR_FAILED,
                       "The file “%s” cannot be read: %s.", path, g_strerror (reason));
          return NULL;
        }
      self->size = (guint64) info.st_size;
    }
  return load (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_ole_free (CcOle *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_array_unref (self->fat);
  g_array_unref (self->mini_fat);
  g_array_unref (self->entries);
  g_clear_pointer (&self->mini, g_array_unref);
  g_free (self);
}

/* --- streams --- */

static const Entry *
find_entry (CcOle *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (g_ascii_strcasecmp (entry->name, name) == 0)
        return entry;
    }
  return NULL;
}

gboolean
cc_ole_has (CcOle *self, const char *name)
{
  return find_entry (self, name) != NULL;
}

CcOleStream *
cc_ole_open_stream (CcOle *self, const char *name, GError **error)
{
  g_autoptr (CcOleStream) stream = g_new0 (CcOleStream, 1);
  const Entry *entry = find_entry (self, name);
  guint        shift = self->shift;

  stream->ole = self;
  if (self->is_plain)
    {
      stream->size = self->size;
      return g_steal_pointer (&stream);
    }
  if (entry == NULL || entry->type != 2)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is no stream “%s”.", name);
      return NULL;
    }
  stream->size = entry->size;
  stream->is_mini = entry->size < SHORTEST_NAMED;
  if (stream->is_mini)
    shift = MINI_SHIFT;
  stream->sectors = entry->size > 0
                        ? follow (stream->is_mini ? self->mini_fat : self->fat, entry->first, error)
                        : g_array_new (FALSE, FALSE, sizeof (guint32));
  if (stream->sectors == NULL)
    return NULL;
  if ((guint64) stream->sectors->len << shift < stream->size)
    {
      cc_ole_set_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&stream);
}

void
cc_ole_stream_free (CcOleStream *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sectors, g_array_unref);
  g_free (self);
}

guint64
cc_ole_stream_get_size (CcOleStream *self)
{
  return self->size;
}

/* Where a place of the stream lies in the file, and how much lies there in one piece. */
static gboolean
locate (CcOleStream *self, guint64 offset, guint64 *place, gsize *length, GError **error)
{
  CcOle  *ole = self->ole;
  guint   shift = self->is_mini ? MINI_SHIFT : ole->shift;
  guint64 within = offset & ((1u << shift) - 1);
  guint32 sector = g_array_index (self->sectors, guint32, offset >> shift);

  *length = (gsize) ((1u << shift) - within);
  if (self->is_mini)
    {
      guint64 at = ((guint64) sector << MINI_SHIFT) + within;

      if (at >> ole->shift >= ole->mini->len)
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      sector = g_array_index (ole->mini, guint32, at >> ole->shift);
      within = at & ((1u << ole->shift) - 1);
    }
  *place = get_offset (ole, sector) + within;
  return TRUE;
}

gboolean
cc_ole_stream_read (CcOleStream *self, guint64 offset, void *buffer, gsize size, GError **error)
{
  char *out = buffer;

  if (offset > self->size || size > self->size - offset)
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  if (self->ole->is_plain)
    return read_at (self->ole, offset, buffer, size, error);
  while (size > 0)
    {
      guint64 place;
      gsize   length;

      if (!locate (self, offset, &place, &length, error))
        return FALSE;
      length = MIN (length, size);
      if (!read_at (self->ole, place, out, length, error))
        return FALSE;
      out += length;
      offset += length;
      size -= length;
    }
  return TRUE;
}
