/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-out-private.h"

#include <errno.h>
#include <stdio.h>
#include <glib/gstdio.h>

#define PIECE 65536

struct _CcPracticeOut
{
  char *path;
  char *part; /* where it is written until it is whole */
  FILE *file;
};

static void
set_error (CcPracticeOut *self, GError **error)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               "%s could not be written (%s). No file was left there; make room or choose another "
               "folder.",
               self->path, g_strerror (code));
}

/* Opens a file that is written piece by piece and gets its name when it is whole. */
CcPracticeOut *
cc_practice_out_new (const char *path, GError **error)
{
  CcPracticeOut *self = g_new0 (CcPracticeOut, 1);

  self->path = g_strdup (path);
  self->part = g_strconcat (path, ".part", NULL);
  self->file = g_fopen (self->part, "wb");
  if (self->file == NULL)
    {
      set_error (self, error);
      g_clear_pointer (&self, cc_practice_out_free);
    }
  return self;
}

/* What is not finished is removed. */
void
cc_practice_out_free (CcPracticeOut *self)
{
  if (self == NULL)
    return;
  if (self->file != NULL)
    {
      (void) fclose (self->file);
      g_unlink (self->part);
    }
  g_free (self->path);
  g_free (self->part);
  g_free (self);
}

/* Writes the text and empties it; unless it is the last one, only where it has grown large. */
gboolean
cc_practice_out_write (CcPracticeOut *self, GString *text, gboolean last, GError **error)
{
  if (text->len < PIECE && !last)
    return TRUE;
  if (fwrite (text->str, 1, text->len, self->file) != text->len)
    {
      set_error (self, error);
      return FALSE;
    }
  g_string_truncate (text, 0);
  return TRUE;
}

/* The file is whole and takes its name. */
gboolean
cc_practice_out_finish (CcPracticeOut *self, GError **error)
{
  FILE *file = g_steal_pointer (&self->file);

  if (fclose (file) == 0 && g_rename (self->part, self->path) == 0)
    return TRUE;
  set_error (self, error);
  g_unlink (self->part);
  return FALSE;
}
