/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <zip.h>

#include <cc/base/cc-error.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/sheet/cc-patch.h>

#include "book-helper.h"
#include "zip-helper.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define HEAD   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* A workbook with macros, two sheets of cells and one of a chart, names, validations, comments,
 * a drawing, and a sheet whose vocabulary has a prefix. */
static const ZipPart parts[] = {
  { "[Content_Types].xml",
    HEAD
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\""
    " ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>",
    0 },
  { "_rels/.rels",
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"a\" Type=\"" OFFICE
         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    0 },
  { "xl/workbook.xml",
    HEAD "<workbook " MAIN_NS " " RELATIONS_NS "><bookViews><workbookView xWindow=\"5\" "
         "firstSheet=\"1\" activeTab=\"1\"/></bookViews><sheets><sheet name=\"Cas &amp; co\" "
         "sheetId=\"3\" r:id=\"s1\"/><sheet name=\"Graph\" sheetId=\"7\" r:id=\"s3\"/><sheet "
         "name=\"Lists\" sheetId=\"4\" r:id=\"s2\"/></sheets><definedNames><definedName "
         "name=\"all\">Lists!$A$1</definedName><definedName name=\"_xlnm.Print_Area\" "
         "localSheetId=\"2\">Lists!$A$1:$B$2</definedName></definedNames></workbook>",
    0 },
  { "xl/_rels/workbook.xml.rels",
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"s1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"s2\" Type=\"" OFFICE "/worksheet\" Target=\"/xl/worksheets/two.xml\"/>"
         "<Relationship Id=\"s3\" Type=\"" OFFICE "/chartsheet\" Target=\"chartsheets/one.xml\"/>"
         "<Relationship Id=\"st\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
         "<Relationship Id=\"vb\" Type=\"http://schemas.microsoft.com/office/2006/relationships/"
         "vbaProject\" Target=\"vbaProject.bin\"/></Relationships>",
    0 },
  { "xl/styles.xml",
    HEAD
    "<styleSheet " MAIN_NS "><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"d/m/yy\""
    "/></numFmts><fonts count=\"1\"><font><b/></font></fonts><fills count=\"3\"><fill/><fill/>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00FF00\"/></patternFill></fill>"
    "</fills><borders count=\"1\"><border/></borders><cellXfs count=\"3\"><xf fontId=\"0\"/><xf "
    "numFmtId=\"170\" fillId=\"2\" applyNumberFormat=\"1\"><alignment wrapText=\"1\"/></xf><xf "
    "numFmtId='9'/></cellXfs><extLst><ext/></extLst></styleSheet>",
    0 },
  { "xl/worksheets/sheet1.xml",
    HEAD
    "<worksheet " MAIN_NS " " RELATIONS_NS "><dimension ref=\"A1:D6\"/><sheetViews><sheetView "
    "workbookViewId=\"0\"/></sheetViews><cols><col min=\"4\" max=\"5\" width=\"9\" style=\"2\"/>"
    "</cols><sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"inlineStr\"><is><t>Date</t>"
    "</is></c><c r=\"B1\" t=\"inlineStr\"><is><t> Sexe  &gt;</t></is></c></row><!-- <row r=\"9\"> "
    "--><row r=\"3\" s=\"1\" customFormat=\"1\"><c r=\"A3\" s=\"1\"><v>45000</v></c><c><f>1+1</f>"
    "<v>2</v></c><c r=\"D3\"><v>4</v></c></row><row r=\"4\"/><row r=\"6\" spans=\"1:2\"><c "
    "r=\"A6\"><v>6</v></c></row></sheetData><dataValidations count=\"1\"><dataValidation "
    "sqref=\"B2:B9\" type=\"list\"><formula1>all</formula1></dataValidation></dataValidations>"
    "<legacyDrawing r:id=\"d1\"/><extLst><ext uri=\"x\"><row r=\"3\"><c r=\"A3\"/></row></ext>"
    "</extLst></worksheet>",
    0 },
  { "xl/worksheets/_rels/sheet1.xml.rels",
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"c1\" Type=\"" OFFICE "/comments\" Target=\"../comments1.xml\"/>"
         "<Relationship Id=\"d1\" Type=\"" OFFICE
         "/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/></Relationships>",
    0 },
  { "xl/comments1.xml",
    HEAD "<comments " MAIN_NS "><authors><author>X</author></authors><commentList><comment "
         "ref=\"A3\" authorId=\"0\"><text><t>Mine</t></text></comment><comment ref=\"C9\" "
         "authorId=\"0\"><text><r><t>Other</t></r></text></comment></commentList></comments>",
    0 },
  { "xl/drawings/vmlDrawing1.vml",
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:"
    "office\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1,7\"/></o:shapelayout>"
    "<v:shape id=\"_x0000_s1025\"/></xml>",
    0 },
  { "xl/worksheets/two.xml",
    HEAD "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
         "<x:sheetData/><x:tableParts count=\"0\"/></x:worksheet>",
    0 },
  { "xl/chartsheets/one.xml",
    HEAD "<chartsheet " MAIN_NS "><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/>"
         "</sheetViews></chartsheet>",
    0 },
  { "xl/vbaProject.bin", "\xd0\xcf\x11\xe0 macros \x00\x01\x02", 15 },
  { "xl/media/image1.png", "\x89PNG \x00\xff", 7 },
  { NULL, NULL, 0 },
};

static char *
make_folder_file (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* The packed bytes of a part, and how it is packed. */
static GBytes *
read_packed (const char *path, const char *name, guint *method)
{
  int         code = 0;
  zip_t      *zip = zip_open (path, ZIP_RDONLY, &code);
  zip_stat_t  info;
  zip_file_t *file;
  guint8     *bytes;

  g_assert_nonnull (zip);
  if (zip_stat (zip, name, 0, &info) != 0)
    {
      zip_discard (zip);
      return NULL;
    }
  *method = info.comp_method;
  file = zip_fopen (zip, name, ZIP_FL_COMPRESSED);
  g_assert_nonnull (file);
  bytes = g_malloc (info.comp_size + 1);
  g_assert_cmpint (zip_fread (file, bytes, info.comp_size), ==, (gint64) info.comp_size);
  zip_fclose (file);
  zip_discard (zip);
  return g_bytes_new_take (bytes, info.comp_size);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Names of the parts of `after` that are not, packed byte by byte, those of `before`. */
static char *
list_changed (const char *before, const char *after)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int    code = 0;
  zip_t *zip = zip_open (after, ZIP_RDONLY, &code);

  g_assert_nonnull (zip);
  for (zip_int64_t i = 0; i < zip_get_num_entries (zip, 0); i++)
    {
      const char *name = zip_get_name (zip, (zip_uint64_t) i, 0);
      guint       a = 0, b = 0;
      g_autoptr (GBytes) old = read_packed (before, name, &a);
      g_autoptr (GBytes) now = read_packed (after, name, &b);

      if (old == NULL || a != b || !g_bytes_equal (old, now))
        g_ptr_array_add (names, g_strdup_printf ("%s%s", old == NULL ? "+" : "", name));
    }
  zip_discard (zip);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static CcPatch *
open_patch (const char *path)
{
  g_autoptr (GError) error = NULL;
  CcPatch *patch = cc_patch_open (path, NULL, &error);

  g_assert_no_error (error);
  return patch;
}

static void
save (CcPatch *patch, const char *path)
{
  g_autoptr (GError) error = NULL;

  cc_patch_save (patch, path, NULL, &error);
  g_assert_no_error (error);
}

static char *
dump (const char *path, guint sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);

  g_assert_no_error (error);
  return book_helper_dump (book, sheet);
}

static void
assert_part_has (const char *path, const char *part, const char *text)
{
  g_autofree char *whole = zip_helper_read (path, part);

  g_assert_nonnull (whole);
  if (strstr (whole, text) == NULL)
    g_error ("%s has no %s: %s", part, text, whole);
}

static void
test_nothing (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *before = make_folder_file (folder, "a.xlsm");
  g_autofree char *after = make_folder_file (folder, "b.xlsm");
  g_autofree char *changed = NULL;
  g_autoptr (CcPatch) patch = NULL;

  zip_helper_write (before, parts);
  patch = open_patch (before);
  save (patch, after);
  changed = list_changed (before, after);
  g_assert_cmpstr (changed, ==, "");
  zip_helper_remove_folder (folder);
}

static void
test_marks (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *before = make_folder_file (folder, "a.xlsm");
  g_autofree char *after = make_folder_file (folder, "b.xlsm");
  g_autofree char *changed = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *sheet = NULL;
  g_autoptr (CcPatch) patch = NULL;

  zip_helper_write (before, parts);
  patch = open_patch (before);
  cc_patch_mark (patch, 0, 2, 0, CC_PATCH_DOUBT, "Which day & month?");
  cc_patch_mark (patch, 0, 2, 0, CC_PATCH_ALARM, NULL);
  cc_patch_mark (patch, 0, 2, 2, CC_PATCH_EMPTY, "Missing");
  cc_patch_mark (patch, 0, 5, 4, CC_PATCH_EMPTY, NULL);
  cc_patch_mark (patch, 0, 3, 1, CC_PATCH_EMPTY, NULL);
  cc_patch_mark (patch, 0, 4, 1, CC_PATCH_EMPTY, NULL);
  cc_patch_mark (patch, 0, 7, 0, CC_PATCH_EMPTY, NULL);
  save (patch, after);
  changed = list_changed (before, after);
  g_assert_cmpstr (changed, ==,
                   "xl/comments1.xml xl/drawings/vmlDrawing1.vml xl/styles.xml "
                   "xl/worksheets/sheet1.xml");
  sheet = zip_helper_read (after, "xl/worksheets/sheet1.xml");
  g_assert_cmpstr (
      sheet, ==,
      HEAD "<worksheet " MAIN_NS " " RELATIONS_NS
           "><dimension ref=\"A1:D6\"/><sheetViews><sheetView "
           "workbookViewId=\"0\"/></sheetViews><cols><col min=\"4\" max=\"5\" width=\"9\" "
           "style=\"2\"/>"
           "</cols><sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\" "
           "t=\"inlineStr\"><is><t>Date</t>"
           "</is></c><c r=\"B1\" t=\"inlineStr\"><is><t> Sexe  &gt;</t></is></c></row><!-- <row "
           "r=\"9\"> "
           "--><row r=\"3\" s=\"1\" customFormat=\"1\"><c r=\"A3\" s=\"3\"><v>45000</v></c><c><f>"
           "1+1</f>"
           "<v>2</v></c><c r=\"C3\" s=\"4\"/><c r=\"D3\"><v>4</v></c></row><row r=\"4\"><c "
           "r=\"B4\" s=\"5\"/></row><row r=\"5\"><c r=\"B5\" s=\"5\"/></row>"
           "<row r=\"6\"><c r=\"A6\"><v>6</v></c><c r=\"E6\" s=\"6\"/></row><row r=\"8\"><c "
           "r=\"A8\" s=\"5\"/></row></sheetData><dataValidations count=\"1\"><dataValidation "
           "sqref=\"B2:B9\" type=\"list\"><formula1>all</formula1></dataValidation>"
           "</dataValidations>"
           "<legacyDrawing r:id=\"d1\"/><extLst><ext uri=\"x\"><row r=\"3\"><c r=\"A3\"/></row>"
           "</ext></extLst></worksheet>");
  assert_part_has (after, "xl/styles.xml",
                   "<cellXfs count=\"7\"><xf fontId=\"0\"/><xf numFmtId=\"170\" fillId=\"2\" "
                   "applyNumberFormat=\"1\"><alignment wrapText=\"1\"/></xf><xf numFmtId='9'/><xf "
                   "numFmtId=\"170\" applyNumberFormat=\"1\" fillId=\"3\" applyFill=\"1\">"
                   "<alignment wrapText=\"1\"/></xf>");
  assert_part_has (after, "xl/comments1.xml",
                   "<t>Mine</t><r><t xml:space=\"preserve\">\n\nWhich day &amp; month?</t></r>"
                   "</text>");
  assert_part_has (after, "xl/comments1.xml",
                   "<comment ref=\"C3\" authorId=\"1\"><text><t "
                   "xml:space=\"preserve\">Missing</t>");
  assert_part_has (after, "xl/drawings/vmlDrawing1.vml", "id=\"_x0000_s8193\"");
  /* Values and types are as before; the fill is seen. */
  first = dump (before, 0);
  second = dump (after, 0);
  g_assert_nonnull (strstr (first, "bfA=d2023-03-15"));
  g_assert_nonnull (strstr (second, "bfA=d2023-03-15 bB=2 bD=4"));
  zip_helper_remove_folder (folder);
}

static void
test_new_sheets (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *before = make_folder_file (folder, "a.xlsm");
  g_autofree char *after = make_folder_file (folder, "b.xlsm");
  g_autofree char *changed = NULL;
  g_autofree char *questions = NULL;
  g_autofree char *prefixed = NULL;
  g_autoptr (CcPatch) patch = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autoptr (GError) error = NULL;
  CcPatchSheet *first, *hidden;

  zip_helper_write (before, parts);
  patch = open_patch (before);
  first = cc_patch_add_first_sheet (patch, "cas & CO", TRUE);
  hidden = cc_patch_add_hidden_sheet (patch, "_casecount");
  g_assert_cmpstr (cc_patch_sheet_get_name (first), ==, "cas & CO (2)");
  cc_patch_sheet_text (first, 0, 0, "Title _x0041_ <1>", CC_PATCH_TITLE);
  cc_patch_sheet_link (first, 2, 1, "B2", 1, 1, 1);
  cc_patch_sheet_set_width (first, 1, 40);
  cc_patch_sheet_freeze (first, 2);
  cc_patch_sheet_text (hidden, 0, 0, "05", CC_PATCH_PLAIN);
  cc_patch_mark (patch, 1, 1, 1, CC_PATCH_DOUBT, "Here");
  save (patch, after);
  changed = list_changed (before, after);
  g_assert_cmpstr (
      changed, ==,
      "+xl/comments2.xml +xl/drawings/vmlDrawing2.vml +xl/worksheets/_rels/two.xml.rels"
      " +xl/worksheets/sheetCc1.xml +xl/worksheets/sheetCc2.xml [Content_Types].xml "
      "xl/_rels/workbook.xml.rels xl/chartsheets/one.xml xl/styles.xml xl/workbook.xml "
      "xl/worksheets/two.xml");
  assert_part_has (after, "xl/chartsheets/one.xml", "<sheetView workbookViewId=\"0\"/>");
  assert_part_has (after, "xl/workbook.xml", "firstSheet=\"0\"");
  assert_part_has (after, "xl/workbook.xml", "activeTab=\"0\"");
  assert_part_has (after, "xl/workbook.xml",
                   "<definedName name=\"all\">Lists!$A$1</definedName><definedName "
                   "name=\"_xlnm.Print_Area\" localSheetId=\"3\">");
  prefixed = zip_helper_read (after, "xl/worksheets/two.xml");
  g_assert_cmpstr (prefixed, ==,
                   HEAD "<x:worksheet "
                        "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                        "<x:sheetData><x:row r=\"2\"><x:c r=\"B2\" s=\"3\"/></x:row></x:sheetData>"
                        "<x:legacyDrawing xmlns:r=\"" OFFICE
                        "\" r:id=\"rIdCc1v\"/><x:tableParts count=\"0\"/></x:worksheet>");
  book = cc_book_open (after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 4);
  g_assert_cmpstr (cc_book_get_sheet (book, 0)->name, ==, "cas & CO (2)");
  g_assert_true (cc_book_get_sheet (book, 0)->right_to_left);
  g_assert_true (cc_book_get_sheet (book, 3)->hidden);
  questions = book_helper_dump (book, 0);
  g_assert_nonnull (strstr (questions, "Title _x0041_ <1>"));
  zip_helper_remove_folder (folder);
}

/* Without styles, and with every style that a workbook may have. */
static void
test_styles (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *before = make_folder_file (folder, "a.xlsx");
  g_autofree char *after = make_folder_file (folder, "b.xlsx");
  g_autofree char *dumped = NULL;
  g_autofree char *types = NULL;
  ZipPart          few[] = {
             parts[0],
             parts[1],
             { "xl/workbook.xml",
               HEAD "<workbook " MAIN_NS " " RELATIONS_NS
                    "><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>",
               0 },
             { "xl/_rels/workbook.xml.rels",
               HEAD "<Relationships "
                             "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                             "<Relationship Id=\"a\" Type=\"" OFFICE
                    "/worksheet\" Target=\"sheet.xml\"/></Relationships>",
               0 },
             { "xl/sheet.xml",
               HEAD "<worksheet " MAIN_NS "><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
               0 },
             { NULL, NULL, 0 }
  };
  g_autoptr (CcPatch) patch = NULL;

  zip_helper_write (before, few);
  patch = open_patch (before);
  cc_patch_mark (patch, 0, 0, 0, CC_PATCH_DOUBT, NULL);
  save (patch, after);
  dumped = dump (after, 0);
  g_assert_cmpstr (dumped, ==, "1: fA=1\n");
  types = zip_helper_read (after, "[Content_Types].xml");
  g_assert_nonnull (strstr (types, "/xl/styles1.xml"));
  zip_helper_remove_folder (folder);
}

static void
test_many_comments (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *before = make_folder_file (folder, "a.xlsx");
  g_autofree char *after = make_folder_file (folder, "b.xlsx");
  g_autofree char *comments = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autoptr (CcPatch) patch = NULL;

  zip_helper_write (before, parts);
  patch = open_patch (before);
  for (guint i = 0; i < 3000; i++)
    cc_patch_mark (patch, 1, i, i % 3, CC_PATCH_DOUBT, "?");
  save (patch, after);
  comments = zip_helper_read (after, "xl/comments2.xml");
  pieces = g_strsplit (comments, "<comment ", -1);
  g_assert_cmpuint (g_strv_length (pieces) - 1, ==, CC_PATCH_MAX_COMMENTS);
  zip_helper_remove_folder (folder);
}

static void
test_refusals (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *csv = make_folder_file (folder, "a.csv");
  g_autofree char *book = make_folder_file (folder, "a.xlsx");
  g_autofree char *nowhere = make_folder_file (folder, "no/b.xlsx");
  g_autoptr (CcPatch) patch = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (csv, "a,b\n1,2\n", -1, &error));
  g_assert_null (cc_patch_open (csv, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT);
  g_clear_error (&error);
  zip_helper_write (book, parts);
  patch = open_patch (book);
  cc_patch_mark (patch, 0, 0, 0, CC_PATCH_DOUBT, NULL);
  g_assert_false (cc_patch_save (patch, book, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (cc_patch_save (patch, nowhere, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (zip_helper_count_files (folder), ==, 2);
  zip_helper_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/patch/nothing", test_nothing);
  g_test_add_func ("/sheet/patch/marks", test_marks);
  g_test_add_func ("/sheet/patch/new-sheets", test_new_sheets);
  g_test_add_func ("/sheet/patch/styles", test_styles);
  g_test_add_func ("/sheet/patch/many-comments", test_many_comments);
  g_test_add_func ("/sheet/patch/refusals", test_refusals);
  return g_test_run ();
}
