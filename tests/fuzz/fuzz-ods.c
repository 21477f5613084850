/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-book.h"
#include "fuzz.h"

/* As fuzz-xlsx.c: the first byte chooses which part of a good workbook the rest replaces. */

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMES                                                                                      \
  " xmlns:office=\"" OASIS "office:1.0\" xmlns:table=\"" OASIS "table:1.0\" xmlns:text=\"" OASIS   \
  "text:1.0\" xmlns:style=\"" OASIS "style:1.0\" xmlns:number=\"" OASIS                            \
  "datastyle:1.0\" xmlns:fo=\"" OASIS "xsl-fo-compatible:1.0\""

static const FuzzPart good[] = {
  { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
  { "content.xml",
    "<office:document-content" NAMES "><office:automatic-styles><style:style style:name=\"a\" "
    "style:family=\"table-cell\" style:parent-style-name=\"b\"/></office:automatic-styles>"
    "<office:body><office:spreadsheet><table:table table:name=\"A\"><table:table-row>"
    "<table:table-cell table:style-name=\"a\" office:value-type=\"date\" "
    "office:date-value=\"2024-03-02T10:00:00\"/></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>" },
  { "styles.xml", "<office:document-styles" NAMES "><office:styles><style:style style:name=\"b\" "
                  "style:family=\"table-cell\"/></office:styles></office:document-styles>" },
  { "META-INF/manifest.xml", "<manifest/>" },
};

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  guint choice;

  if (size == 0)
    return 0;
  choice = data[0] % (G_N_ELEMENTS (good) + 1);
  bytes = choice == G_N_ELEMENTS (good)
              ? g_bytes_new_static (data + 1, size - 1)
              : fuzz_pack (good, G_N_ELEMENTS (good), choice, data + 1, size - 1);
  g_assert_nonnull (bytes);
  fuzz_read_book ("a.ods", bytes);
  return 0;
}
