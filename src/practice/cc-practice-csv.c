/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-csv-private.h"

#include <string.h>

struct _CcPracticeCsv
{
  GString *text;
  guint    column; /* of the next cell in this row */
};

CcPracticeCsv *
cc_practice_csv_new (void)
{
  CcPracticeCsv *self = g_new0 (CcPracticeCsv, 1);

  self->text = g_string_new (NULL);
  return self;
}

void
cc_practice_csv_free (CcPracticeCsv *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Puts a text into a column of the current row; columns must rise. */
void
cc_practice_csv_put (CcPracticeCsv *self, guint column, const char *text)
{
  while (self->column < column)
    {
      g_string_append_c (self->text, ';');
      self->column++;
    }
  if (strpbrk (text, ";\"\r\n") == NULL)
    {
      g_string_append (self->text, text);
      return;
    }
  g_string_append_c (self->text, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (self->text, '"');
      g_string_append_c (self->text, *p);
    }
  g_string_append_c (self->text, '"');
}

void
cc_practice_csv_end_row (CcPracticeCsv *self)
{
  g_string_append (self->text, "\r\n");
  self->column = 0;
}

/* The text so far, of which a caller may write out and remove what it has; owned by the table. */
GString *
cc_practice_csv_get_text (CcPracticeCsv *self)
{
  return self->text;
}

/* Saves the table; letters that Windows-1252 lacks become question marks, as they do there. */
gboolean
cc_practice_csv_save (CcPracticeCsv *self, const char *path, GError **error)
{
  gsize            length = 0;
  g_autofree char *bytes =
      g_convert_with_fallback (self->text->str, (gssize) self->text->len, "WINDOWS-1252", "UTF-8",
                               "?", NULL, &length, error);

  return bytes != NULL && g_file_set_contents (path, bytes, (gssize) length, error);
}
