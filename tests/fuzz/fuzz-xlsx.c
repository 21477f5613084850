/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-book.h"
#include "fuzz.h"

/* The first byte chooses: the rest is a whole file, or takes the place of one part of a small good
 * workbook. Without that, checksums and packing would keep an engine from ever reaching the parts.
 */

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MAIN      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static const FuzzPart good[] = {
  { "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" RELATIONS
                   "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/workbook.xml",
    "<workbook " MAIN " xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/>"
    "</sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"sheet.xml\"/>"
    "<Relationship Id=\"b\" Type=\"/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"c\" Type=\"/sharedStrings\" Target=\"strings.xml\"/></Relationships>" },
  { "xl/sheet.xml", "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c>"
                    "<c r=\"B1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>" },
  { "xl/strings.xml", "<sst " MAIN "><si><t>text</t></si></sst>" },
  { "xl/styles.xml", "<styleSheet " MAIN "><cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
                     "<xf numFmtId=\"46\"/></cellXfs></styleSheet>" },
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
  fuzz_read_book ("a.xlsx", bytes);
  return 0;
}
