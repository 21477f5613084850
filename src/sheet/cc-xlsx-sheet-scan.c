/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

#define MAX_MERGES 1000000u

/* Reads the few elements before the rows. */
gboolean
cc_xlsx_sheet_read_view (CcArchive  *archive,
                         const char *part,
                         gboolean   *right_to_left,
                         GError    **error)
{
  g_auto (CcXlsxPart) source = { 0 };
  CcXmlEvent event;

  *right_to_left = FALSE;
  if (!cc_xlsx_part_open (&source, archive, part, error))
    return FALSE;
  for (;;)
    {
      if (!cc_xml_reader_next (source.xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED
          || (event == CC_XML_START
              && (cc_xml_is (source.xml, "sheetData") || cc_xml_is (source.xml, "cols"))))
        return TRUE;
      if (event == CC_XML_START && cc_xml_is (source.xml, "sheetView"))
        *right_to_left |= cc_xml_reader_get_boolean (source.xml, "rightToLeft");
    }
}

/* A single cell merges nothing. */
gboolean
cc_xlsx_read_range (const char *text, CcMerge *merge)
{
  return text != NULL && cc_xlsx_read_reference (&text, &merge->first_row, &merge->first_column)
         && *text++ == ':' && cc_xlsx_read_reference (&text, &merge->last_row, &merge->last_column)
         && *text == '\0' && merge->first_row <= merge->last_row
         && merge->first_column <= merge->last_column;
}

GArray *
cc_xlsx_sheet_load_merges (CcArchive    *archive,
                           const char   *part,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GArray) merges = g_array_new (FALSE, FALSE, sizeof (CcMerge));
  g_auto (CcXlsxPart) source = { 0 };
  guint      n_rows = 0;
  CcXmlEvent event;
  CcMerge    merge;

  if (!cc_xlsx_part_open (&source, archive, part, error))
    return NULL;
  for (;;)
    {
      if (!cc_xml_reader_next (source.xml, &event, error))
        return NULL;
      if (event == CC_XML_FINISHED)
        return g_steal_pointer (&merges);
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (source.xml, "row"))
        {
          if (n_rows++ % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
        }
      else if (cc_xml_is (source.xml, "mergeCell")
               && cc_xlsx_read_range (cc_xml_reader_get (source.xml, "ref"), &merge))
        {
          if (merges->len == MAX_MERGES)
            {
              cc_book_set_limit_error (error, merge.first_row,
                                       "it has more than a million merged ranges");
              return NULL;
            }
          g_array_append_val (merges, merge);
        }
    }
}
