/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ods-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static CcSheetReader *
open_sheet (CcBook *base, guint index, GError **error)
{
  return cc_ods_sheet_open ((CcOdsBook *) base, index, error);
}

static GArray *
load_merges (CcBook *base, guint index, GCancellable *cancellable, GError **error)
{
  CcOdsBook *self = (CcOdsBook *) base;

  return g_array_copy (g_array_index (self->tables, CcOdsSheet, index).merges);
}

static void
clear_sheet (gpointer data)
{
  g_array_unref (((CcOdsSheet *) data)->merges);
}

static void
free_source (gpointer data)
{
  cc_ods_source_free (data);
}

static void
free_book (CcBook *base)
{
  CcOdsBook *self = (CcOdsBook *) base;

  cc_book_clear (base);
  g_ptr_array_unref (self->parked);
  g_array_unref (self->tables);
  cc_ods_styles_free (self->styles);
  cc_archive_free (self->archive);
  g_free (self);
}

static const CcBookFormat ods_format = { "ods", free_book, open_sheet, load_merges,
                                         cc_book_load_no_tables };

/* --- what it is --- */

gboolean
cc_ods_is_book (CcArchive *archive)
{
  static const char type[] = "application/vnd.oasis.opendocument.spreadsheet";
  char              start[sizeof type] = "";
  CcPart           *part;
  gssize            n;

  /* A package that lost its label. */
  if (!cc_archive_has (archive, "mimetype"))
    return cc_archive_has (archive, "content.xml") && !cc_archive_has (archive, "_rels/.rels");
  part = cc_archive_open_part (archive, "mimetype", NULL);
  if (part == NULL)
    return FALSE;
  n = cc_part_read (part, start, sizeof start - 1, NULL);
  cc_part_free (part);
  return n == (gssize) sizeof type - 1 && memcmp (start, type, sizeof type - 1) == 0;
}

/* The list of the parts says which of them are locked by a password; their bytes mean nothing. */
static gboolean
check_password (CcArchive *archive, GError **error)
{
  static const char needle[] = "encryption-data";
  const char        part_name[] = "META-INF/manifest.xml";
  g_autoptr (CcPart) part = NULL;
  g_autoptr (GError) reason = NULL;
  char     window[8192];
  gsize    kept = 0;
  gssize   n = 1;
  gboolean locked = cc_archive_has (archive, "encrypted-package");

  if (!locked && cc_archive_has (archive, part_name))
    part = cc_archive_open_part (archive, part_name, NULL);
  /* Its damage is none of ours: no other use is made of it. */
  while (part != NULL && !locked && n > 0
         && (n = cc_part_read (part, window + kept, sizeof window - kept, NULL)) > 0)
    {
      gsize length = kept + (gsize) n;

      locked = memmem (window, length, needle, sizeof needle - 1) != NULL;
      kept = MIN (length, sizeof needle - 2);
      memmove (window, window + length - kept, kept);
    }
  if (locked)
    g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                 "This workbook is protected by a password. Open it in LibreOffice with the "
                 "password, save it without one, and use that copy.");
  return !locked;
}

static gboolean
load_book (CcOdsBook *self, GCancellable *cancellable, GError **error)
{
  if (!check_password (self->archive, error) || !cc_ods_scan (self, cancellable, error))
    return FALSE;
  if (cc_archive_has_folder (self->archive, "Basic/")
      || cc_archive_has_folder (self->archive, "Scripts/"))
    self->base.notices |= CC_BOOK_NOTICE_MACROS;
  self->base.title = cc_book_load_title (self->archive, "meta.xml");
  if (self->base.sheets->len == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "The workbook has no sheet with cells. Check that it is the right file.");
  return self->base.sheets->len > 0;
}

CcBook *
cc_ods_book_open (CcArchive *archive, GCancellable *cancellable, GError **error)
{
  CcOdsBook *self = g_new0 (CcOdsBook, 1);

  cc_book_init (&self->base, &ods_format);
  self->archive = archive;
  self->styles = cc_ods_styles_new ();
  self->tables = g_array_new (FALSE, FALSE, sizeof (CcOdsSheet));
  g_array_set_clear_func (self->tables, clear_sheet);
  self->parked = g_ptr_array_new_with_free_func (free_source);
  if (!load_book (self, cancellable, error))
    {
      free_book (&self->base);
      return NULL;
    }
  return &self->base;
}
