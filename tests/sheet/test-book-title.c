/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The title that a workbook has among its properties. */
#include <cc/sheet/cc-book-writer.h>
#include <cc/sheet/cc-book.h>

#include "zip-helper.h"

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define TABLE  "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define DC     "http://purl.org/dc/elements/1.1/"

static char *
read_title (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (cc_book_get_title (book));
}

static void
check_workbook (const char *folder, const char *name, const char *written, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBookWriter) writer = cc_book_writer_new (path, &error);

  g_assert_no_error (error);
  if (written != NULL)
    cc_book_writer_set_title (writer, written);
  cc_book_writer_add_sheet (writer, "A", &error);
  g_assert_no_error (error);
  g_assert_true (cc_book_writer_close (writer, &error));
  title = read_title (path);
  g_assert_cmpstr (title, ==, expected);
}

static void
test_workbook (void)
{
  char *folder = zip_helper_make_folder ();

  check_workbook (folder, "a.xlsx", "Données d’exercice & <autres>",
                  "Données d’exercice & <autres>");
  check_workbook (folder, "b.xlsx", NULL, NULL);
  zip_helper_remove_folder (folder);
}

static void
check_ods (const char *folder, const char *meta, const char *expected)
{
  const ZipPart parts[] = {
    { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0 },
    { "content.xml",
      "<office:document-content xmlns:office=\"" OFFICE "\" xmlns:table=\"" TABLE "\">"
      "<office:body><office:spreadsheet><table:table table:name=\"A\"/></office:spreadsheet>"
      "</office:body></office:document-content>",
      0 },
    { meta != NULL ? "meta.xml" : NULL, meta, 0 },
    { NULL, NULL, 0 },
  };
  g_autofree char *path = g_build_filename (folder, "c.ods", NULL);
  g_autofree char *title = NULL;

  zip_helper_write (path, parts);
  title = read_title (path);
  g_assert_cmpstr (title, ==, expected);
}

#define META(inside)                                                                               \
  "<office:document-meta xmlns:office=\"" OFFICE "\" xmlns:d=\"" DC "\"><office:meta>" inside      \
  "</office:meta></office:document-meta>"

/* By what the prefix stands for, not by its letters; damage of what nobody needs keeps no file
 * out. */
static void
test_ods (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *many = g_strnfill (3000, 'x');
  g_autofree char *long_title = g_strdup_printf (META ("<d:title>%s</d:title>"), many);

  check_ods (folder, META ("<office:x/><d:title> Exercice </d:title>"), "Exercice");
  check_ods (folder, META ("<d:subject>Exercice</d:subject>"), NULL);
  check_ods (folder, META ("<d:title></d:title>"), NULL);
  check_ods (folder, "<office:document-meta", NULL);
  check_ods (folder, NULL, NULL);
  check_ods (folder, long_title, NULL);
  zip_helper_remove_folder (folder);
}

static void
test_text (void)
{
  char            *folder = zip_helper_make_folder ();
  g_autofree char *path = g_build_filename (folder, "d.csv", NULL);
  g_autofree char *title = NULL;

  g_assert_true (g_file_set_contents (path, "a,b\n1,2\n", -1, NULL));
  title = read_title (path);
  g_assert_null (title);
  zip_helper_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/title/workbook", test_workbook);
  g_test_add_func ("/sheet/title/ods", test_ods);
  g_test_add_func ("/sheet/title/text", test_text);
  return g_test_run ();
}
