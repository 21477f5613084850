/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <cc/base/cc-error.h>
#include <string.h>

/* What each case must be read as, and how. */
typedef struct
{
  const char *name;
  const char *text; /* UTF-8 */
  const char *encoding;
  const char *mark; /* before the text in its encoding */
  char        separator;
  const char *rows;
} Case;

#define FRENCH                                                                                     \
  "N°;Prénom;Montant\r\n1;Zoé;1,5\r\n2;Désiré;12,75\r\n3;\"Côte; \"\"d'Ivoire\"\"\";3,25\r\n"
#define FRENCH_ROWS                                                                                  \
  "1: A='N°' B='Prénom' C='Montant'\n2: A='1' B='Zoé' C='1,5'\n3: A='2' B='Désiré' C='12,75'\n" \
  "4: A='3' B='Côte; \"d'Ivoire\"' C='3,25'\n"
#define PORTUGUESE "Nº;Província;Situação\n1;Nampula;Instrução, acusações\n2;Maputo;Não\n"
#define PORTUGUESE_ROWS                                                                            \
  "1: A='Nº' B='Província' C='Situação'\n2: A='1' B='Nampula' C='Instrução, acusações'\n"  \
  "3: A='2' B='Maputo' C='Não'\n"
#define ARABIC "الرقم,الجنس,الجنسية\r\n1,أنثى,نيجيرية\r\n2,ذكر,سورية\r\n"
#define ARABIC_ROWS                                                                                                     \
  "1: A='الرقم' B='الجنس' C='الجنسية'\n2: A='1' B='أنثى' C='نيجيرية'\n3: A='2' B='ذكر' " \
  "C='سورية'\n"

static const Case cases[] = {
  { "utf-8", FRENCH, "UTF-8", "", ';', FRENCH_ROWS },
  { "utf-8-mark", FRENCH, "UTF-8", "\xef\xbb\xbf", ';', FRENCH_ROWS },
  { "utf-16le-mark", FRENCH, "UTF-16LE", "\xff\xfe", ';', FRENCH_ROWS },
  { "utf-16be-mark", FRENCH, "UTF-16BE", "\xfe\xff", ';', FRENCH_ROWS },
  { "utf-16le", FRENCH, "UTF-16LE", "", ';', FRENCH_ROWS },
  { "utf-16be", ARABIC, "UTF-16BE", "", ',', ARABIC_ROWS },
  { "windows-1252-french", FRENCH, "WINDOWS-1252", "", ';', FRENCH_ROWS },
  { "windows-1252-portuguese", PORTUGUESE, "WINDOWS-1252", "", ';', PORTUGUESE_ROWS },
  { "windows-1256", ARABIC, "WINDOWS-1256", "", ',', ARABIC_ROWS },
  { "arabic-utf-8", ARABIC, "UTF-8", "", ',', ARABIC_ROWS },
};

static void
test_encoding (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  gsize            length;
  g_autofree char *encoded = g_convert (c->text, -1, c->encoding, "UTF-8", NULL, &length, &error);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  g_byte_array_append (file, (const guint8 *) c->mark, (guint) strlen (c->mark));
  g_byte_array_append (file, (const guint8 *) encoded, (guint) length);
  bytes = g_bytes_new (file->data, file->len);
  book = cc_book_open_bytes ("/some/where/Rapport mars.csv", bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cc_book_get_format (book), ==, "csv");
  g_assert_cmpstr (cc_book_get_encoding (book), ==, c->encoding);
  g_assert_cmpint (cc_book_get_separator (book), ==, c->separator);
  g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 1);
  g_assert_cmpstr (cc_book_get_sheet (book, 0)->name, ==, "Rapport mars");
  dump = book_helper_dump (book, 0);
  g_assert_cmpstr (dump, ==, c->rows);
}

static void
assert_separator (const char *text, char separator)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (CcBook) book = cc_book_open_bytes ("a.csv", bytes, NULL, NULL);

  g_test_message ("%s", text);
  g_assert_cmpint (cc_book_get_separator (book), ==, separator);
}

static void
test_separators (void)
{
  assert_separator ("a,b,c\n1,2,3\n4,5,6\n", ',');
  assert_separator ("a;b;c\n1;2;3\n", ';');
  assert_separator ("a\tb\n1\t2\n", '\t');
  assert_separator ("a|b|c\n1|2|3\n", '|');
  /* decimal commas beside semicolons; several answers in a cell beside commas */
  assert_separator ("1,5;2,5;3,5\n1,7;2,9;3,0\n", ';');
  assert_separator ("id,name,forms\n1,x,a; b; c\n2,y,a\n3,z,b; c\n", ',');
  /* quoted separators do not count */
  assert_separator ("\"a;b\",c\n\"d;e\",f\n\"g;h;i\",j\n", ',');
  assert_separator ("\"Doe, J\"\t1\n\"Roe, R\"\t2\n", '\t');
  /* titles and notes around the table */
  assert_separator ("SITUATION DES CAS, ANNEE "
                    "2023\n\nN;Date;Sexe;Age\n1;a;F;15\n2;b;M;14\n3;c;F;9\n"
                    "Source: police, gendarmerie\n",
                    ';');
  assert_separator ("only one column\nhere\n", ',');
}

static char *
dump_text (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);

  return book_helper_dump_bytes ("a.csv", bytes);
}

static void
test_rows (void)
{
  static const char declared[] = "sep=;\r\na,b;c\r\n";
  static const char blank[] = "a,b\n\n,,\n\"two\nlines\",x\nlast,\n";
  static const char bad_byte[] = "é,é,é,é,é,é,é,é,é,é,é\nx,\xff,z\n";
  static const char undefined[] = "caf\xe9;\x81\nna\xefve;x\n";
  /* The C library takes this for one character of five bytes. */
  static const char five[] = "\xef\xbb\xbfx\xfb\x8f\x8f\x8f\x8f\n";
  g_autofree char  *e = dump_text (five, sizeof five - 1);
  g_autofree char  *a = dump_text (declared, sizeof declared - 1);
  g_autofree char  *b = dump_text (blank, sizeof blank - 1);
  g_autofree char  *c = dump_text (bad_byte, sizeof bad_byte - 1);
  g_autofree char  *d = dump_text (undefined, sizeof undefined - 1);

  g_assert_cmpstr (a, ==, "1: A='a,b' B='c'\n");
  /* Rows are counted as Excel counts them. */
  g_assert_cmpstr (b, ==, "1: A='a' B='b'\n4: A='two\nlines' B='x'\n5: A='last'\n");
  g_assert_true (g_str_has_suffix (c, "2: A='x' B='\\FF' C='z'\n"));
  g_assert_cmpstr (e, ==, "1: A='x\\FB\\8F\\8F\\8F\\8F'\n");
  g_assert_cmpstr (d, ==, "1: A='café' B='\\81'\n2: A='naïve' B='x'\n");
}

/* Letters that tell the encoding may come late; the sample for the separator ends early. */
static void
test_long_file (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autoptr (CcSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CcSheetRow *row;
  double            last = 0;
  guint             n = 0;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "%u;name;%u,5\n", i, i);
  g_string_append (text, "end;caf\xe9;0\n");
  bytes = g_bytes_new (text->str, text->len);
  book = cc_book_open_bytes ("a.csv", bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cc_book_get_encoding (book), ==, "WINDOWS-1252");
  reader = cc_book_open_sheet (book, 0, &error);
  while (cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
    {
      double fraction = cc_sheet_reader_get_fraction (reader);

      g_assert_cmpfloat (fraction, >=, last);
      last = fraction;
      if (++n == 40001)
        g_assert_cmpstr (row->cells[1].text, ==, "café");
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 40001);
  g_assert_cmpfloat (last, ==, 1);
}

static void
assert_refused (const char *text, gsize length, int code)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (GError) error = book_helper_read_all ("a.csv", bytes);

  g_assert_error (error, CC_ERROR, code);
}

static void
test_refusals (void)
{
  g_autofree char *many = g_strnfill (16385, ',');
  g_autofree char *filling = g_strnfill (40000, 'x');
  g_autofree char *open_quote = g_strconcat ("a,b\n1,\"", filling, "\n2,y\n", NULL);

  assert_refused (many, 16385, CC_ERROR_LIMIT);
  assert_refused (open_quote, strlen (open_quote), CC_ERROR_LIMIT);
  assert_refused ("", 0, CC_ERROR_INVALID_DATA);
  /* The file ends inside a character. */
  assert_refused ("a,b\n\xc3\xa9,\xc3", 8, CC_ERROR_DAMAGED);
  assert_refused ("\xff\xfe"
                  "a\0,\0b\0\n",
                  9, CC_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sheet/csv/encoding/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_encoding);
    }
  g_test_add_func ("/sheet/csv/separators", test_separators);
  g_test_add_func ("/sheet/csv/rows", test_rows);
  g_test_add_func ("/sheet/csv/long-file", test_long_file);
  g_test_add_func ("/sheet/csv/refusals", test_refusals);
  return g_test_run ();
}
