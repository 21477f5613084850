/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <string.h>

/* Workbooks made by hand, as bare streams of records: what stands in hexadecimal digits. */
typedef struct
{
  GByteArray *globals;
  GByteArray *sheet;
} Xls;

static void
append_u16 (GByteArray *bytes, guint value)
{
  const guint8 pair[] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, pair, 2);
}

static void
append_hex (GByteArray *bytes, const char *hex)
{
  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (bytes, &byte, 1);
        hex++;
      }
}

static void
add (GByteArray *bytes, guint type, const char *hex)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();

  append_hex (data, hex);
  append_u16 (bytes, type);
  append_u16 (bytes, data->len);
  g_byte_array_append (bytes, data->data, data->len);
}

#define BOF_GLOBALS "0006 0500 bb0d cc07 00000000 06000000"
#define BOF_SHEET   "0006 1000 bb0d cc07 00000000 06000000"

static Xls
begin (void)
{
  Xls self = { g_byte_array_new (), g_byte_array_new () };

  add (self.globals, 0x0809, BOF_GLOBALS);
  add (self.sheet, 0x0809, BOF_SHEET);
  return self;
}

/* Ends the stream with one sheet, named A. */
static GBytes *
finish (Xls *self)
{
  const gboolean   is_old = self->globals->data[5] == 5;
  const guint      place = self->globals->len + 4 + 9 - is_old + 4;
  g_autofree char *entry = g_strdup_printf ("%02x%02x%02x00 00 00 01 %s 41", place & 255,
                                            place >> 8 & 255, place >> 16, is_old ? "" : "00");

  add (self->globals, 0x0085, entry);
  add (self->globals, 0x000A, "");
  add (self->sheet, 0x000A, "");
  g_byte_array_append (self->globals, self->sheet->data, self->sheet->len);
  g_byte_array_unref (self->sheet);
  return g_byte_array_free_to_bytes (self->globals);
}

static void
assert_dump (Xls *self, const char *expected)
{
  g_autoptr (GBytes) bytes = finish (self);
  g_autofree char *dump = book_helper_dump_bytes ("a.xls", bytes);

  g_assert_cmpstr (dump, ==, expected);
}

static void
assert_refused (GBytes *bytes, int code, const char *piece)
{
  g_autoptr (GError) error = book_helper_read_all ("a.xls", bytes);

  g_assert_error (error, CC_ERROR, code);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is missing in: %s", piece, error->message);
}

/* What LibreOffice makes of the workbook that the other formats have too reads the same; but texts
 * of formulas it does not store. */
static void
test_mixed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sheet", "books", "mixed.xls", NULL);
  g_autofree char *golden =
      g_test_build_filename (G_TEST_DIST, "sheet", "books", "mixed.txt", NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (cc_book_get_format (book), ==, "xls");
  g_assert_true (g_file_get_contents (golden, &text, NULL, NULL));
  pieces = g_strsplit (text, "C='ab'", -1);
  expected = g_strjoinv ("C=#CALC!", pieces);
  found = book_helper_describe (book);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_numbers (void)
{
  Xls xls = begin ();

  add (xls.sheet, 0x0203, "0000 0000 0000 333333333333d33f");            /* 0.3 */
  add (xls.sheet, 0x027E, "0000 0100 0000 1e000000");                    /* 7, whole */
  add (xls.sheet, 0x027E, "0000 0200 0000 faffffff");                    /* -2, whole */
  add (xls.sheet, 0x027E, "0000 0300 0000 0f270000");                    /* 2499.75: hundredths */
  add (xls.sheet, 0x027E, "0000 0400 0000 0000f83f");                    /* 1.5 */
  add (xls.sheet, 0x00BD, "0000 0500 0000 06000000 0000 0a000000 0600"); /* 1 and 2 */
  add (xls.sheet, 0x0203, "0000 0700 0000 000000000000f07f");            /* infinite */
  add (xls.sheet, 0x0205, "0000 0800 0000 01 00");
  add (xls.sheet, 0x0205, "0000 0900 0000 07 01");
  assert_dump (&xls, "1: A=0.3 B=7 C=-2 D=24.99 E=1.5 F=1 G=2 H=#NUM! I=!TRUE J=#DIV/0!\n");
}

static void
test_formulas (void)
{
  Xls xls = begin ();

  add (xls.sheet, 0x0006, "0000 0000 0000 0000000000003140 0000 00000000 0000"); /* 17 */
  add (xls.sheet, 0x0006, "0000 0100 0000 000000000000ffff 0000 00000000 0000");
  add (xls.sheet, 0x04BC, "00");
  add (xls.sheet, 0x0207, "0200 00 6162");
  add (xls.sheet, 0x0006, "0000 0200 0000 010001000000ffff 0000 00000000 0000");
  add (xls.sheet, 0x0006, "0000 0300 0000 02002a000000ffff 0000 00000000 0000");
  add (xls.sheet, 0x0006, "0000 0400 0000 030000000000ffff 0000 00000000 0000");
  /* Nought, where the formula joins two texts; nought of a sum. */
  add (xls.sheet, 0x0006,
       "0000 0500 0000 0000000000000000 0000 00000000 0900 170100 61 170100 62 08");
  add (xls.sheet, 0x0006, "0000 0600 0000 0000000000000000 0000 00000000 0300 1e0000");
  /* A text in two pieces, the second in wide characters. */
  add (xls.sheet, 0x0206, "0100 0000 0000 000000000000ffff 0000 00000000 0000");
  add (xls.sheet, 0x0207, "0400 00 6162");
  add (xls.sheet, 0x003C, "01 4506 6400");
  assert_dump (&xls, "1: A=17 B='ab' C=!TRUE D=#N/A F=#CALC! G=0\n2: A='abمd'\n");
}

static void
test_texts (void)
{
  Xls xls = begin ();

  /* plain; wide; rich with one run; with phonetics; wide split with a pair of surrogates; a lone
   * surrogate; empty */
  add (xls.globals, 0x00FC,
       "07000000 07000000 0200 00 61e9 0100 01 e565 0100 08 0100 62 01020304 "
       "0100 04 03000000 63 010203 0300 01 6400");
  add (xls.globals, 0x003C, "01 3dd8 00de 0100 01 00d8 0000 00");
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *cell = g_strdup_printf ("0000 %02x00 0000 %02x000000", i, i);

      add (xls.sheet, 0x00FD, cell);
    }
  add (xls.sheet, 0x0204, "0000 0700 0000 0200 00 6869");
  assert_dump (&xls, "1: A='aé' B='日' C='b' D='c' E='d😀' F='�' H='hi'\n");
}

static void
test_styles (void)
{
  Xls xls = begin ();

  for (guint i = 0; i < 4; i++)
    add (xls.globals, 0x0031, "c800 0000 ff7f 9001");
  add (xls.globals, 0x0031, "c800 0000 ff7f bc02"); /* font 5 */
  add (xls.globals, 0x041E, "a400 0a00 00 6464 2f6d6d2f79797979");
  add (xls.globals, 0x00E0, "0000 0000 0000 0000 00000000 0000 00000000 0000 0000");
  add (xls.globals, 0x00E0, "0500 0e00 0000 0000 00000000 0000 00000000 0000 0000"); /* bold date */
  add (xls.globals, 0x00E0, "0000 a400 0000 0000 00000000 0000 00000004 0000 0000"); /* filled */
  add (xls.globals, 0x00E0, "0000 1400 0000 0000 00000000 0000 00000000 0000 0000"); /* time */
  add (xls.globals, 0x00E0, "0000 1600 0000 0000 00000000 0000 00000000 0000 0000"); /* both */
  add (xls.sheet, 0x007D, "0100 0200 0000 0000 0100 0000");
  add (xls.sheet, 0x0208, "0100 0000 0100 0000 0000 0000 2000 0000");
  add (xls.sheet, 0x0203, "0000 0000 0100 000000002025e640"); /* 45353 */
  add (xls.sheet, 0x0203, "0000 0100 0200 000000002025e640");
  add (xls.sheet, 0x0203, "0000 0300 0300 000000000000f83f"); /* 1.5 */
  add (xls.sheet, 0x0203, "0000 0400 0400 000000003025e640"); /* 45353.5 */
  add (xls.sheet, 0x0203, "0000 0500 6300 000000002025e640"); /* a style that is not there */
  add (xls.sheet, 0x0203, "0100 0200 0000 000000000000f03f");
  add (xls.sheet, 0x0203, "0100 0000 0000 0000000000000040");
  add (xls.sheet, 0x0203, "0100 0200 0000 0000000000000840"); /* the place again */
  assert_dump (&xls, "1: bA=d2024-03-02 fhB=d2024-03-02 D='36:00:00' E=d2024-03-02T12:00:00 "
                     "F=45353\n2h: A=2 hC=3\n");
}

static void
test_sheet (void)
{
  Xls xls = begin ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autofree char *found = NULL;

  add (xls.globals, 0x0022, "0100");
  add (xls.globals, 0x00D3, "");
  add (xls.globals, 0x01AE, "0100 0104");
  add (xls.globals, 0x00E0, "0000 0e00 0000 0000 00000000 0000 00000000 0000 0000");
  /* A chart in the sheet has cells of its own. */
  add (xls.sheet, 0x0809, "0006 2000 bb0d cc07 00000000 06000000");
  add (xls.sheet, 0x0203, "0900 0000 0000 000000000000f03f");
  add (xls.sheet, 0x00E5, "0100 0000 0100 0000 0100");
  add (xls.sheet, 0x000A, "");
  add (xls.sheet, 0x0203, "0000 0000 0000 000000000000f03f");
  add (xls.sheet, 0x023E, "f606 0000 0000 4000 0000 0000 0000 0000 0000");
  add (xls.sheet, 0x00E5, "0200 0000 0000 0000 0300 0100 0300 0200 0200");
  bytes = finish (&xls);
  book = cc_book_open_bytes ("a.xls", bytes, NULL, &error);
  g_assert_no_error (error);
  found = book_helper_describe (book);
  g_assert_cmpstr (found, ==, "-- A rtl\n1: A=d1904-01-02\nmerged: A1-D1 C2-C4\n");
  g_assert_cmpuint (cc_book_get_notices (book), ==, CC_BOOK_NOTICE_MACROS);
  g_assert_true (cc_book_get_date_1904 (book));
}

static void
test_links (void)
{
  Xls xls = begin ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CcBook) book = NULL;

  add (xls.globals, 0x01AE, "0100 0500 00 622e786c73");
  bytes = finish (&xls);
  book = cc_book_open_bytes ("a.xls", bytes, NULL, NULL);
  g_assert_cmpuint (cc_book_get_notices (book), ==, CC_BOOK_NOTICE_LINKS);
}

/* Files of 1993 and 1995 hold bytes of a code page. */
static void
test_old (void)
{
  Xls xls = begin ();

  xls.globals->data[5] = 5;
  add (xls.globals, 0x0042, "e804"); /* 1256, Arabic */
  add (xls.sheet, 0x0204, "0000 0000 0000 0300 61 e3 80");
  add (xls.sheet, 0x00D6, "0000 0100 0000 0100 62 0100 00");
  assert_dump (&xls, "1: A='aم€' B='b'\n");
}

static void
test_refusals (void)
{
  static const struct
  {
    gboolean    in_globals;
    guint       type;
    const char *hex;
    int         code;
    const char *piece;
  } cases[] = {
    { TRUE, 0x002F, "0000", CC_ERROR_FOREIGN_FORMAT, "password" },
    { FALSE, 0x00FD, "0000 0000 0000 05000000", CC_ERROR_DAMAGED, "damaged" },
    { FALSE, 0x0203, "0000 0040 0000 0000000000000000", CC_ERROR_LIMIT, "16,384" },
    { FALSE, 0x0204, "0000 0000 0000 ffff 01 6100", CC_ERROR_DAMAGED, "damaged" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Xls xls = begin ();
      g_autoptr (GBytes) bytes = NULL;

      add (cases[i].in_globals ? xls.globals : xls.sheet, cases[i].type, cases[i].hex);
      bytes = finish (&xls);
      assert_refused (bytes, cases[i].code, cases[i].piece);
    }
}

static void
test_order (void)
{
  Xls xls = begin ();
  g_autoptr (GBytes) bytes = NULL;

  add (xls.sheet, 0x0203, "0500 0000 0000 000000000000f03f");
  add (xls.sheet, 0x0203, "0400 0000 0000 000000000000f03f");
  bytes = finish (&xls);
  assert_refused (bytes, CC_ERROR_DAMAGED, "out of order");
}

/* Cut off at any place, or with any byte changed, a real file is read or refused, and a shorter one
 * is never taken for whole. */
static void
test_damaged (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sheet", "books", "mixed.xls", NULL);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize n = 8; n + 512 < length; n += 97)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (content, n);
      g_autoptr (GError) error = book_helper_read_all ("a.xls", bytes);

      g_assert_nonnull (error);
    }
  for (gsize i = 8; i < length; i += 13)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      content[i] ^= 0x55;
      bytes = g_bytes_new (content, length);
      error = book_helper_read_all ("a.xls", bytes);
      content[i] ^= 0x55;
      g_assert_true (error == NULL || error->domain == CC_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/xls/mixed", test_mixed);
  g_test_add_func ("/sheet/xls/numbers", test_numbers);
  g_test_add_func ("/sheet/xls/formulas", test_formulas);
  g_test_add_func ("/sheet/xls/texts", test_texts);
  g_test_add_func ("/sheet/xls/styles", test_styles);
  g_test_add_func ("/sheet/xls/sheet", test_sheet);
  g_test_add_func ("/sheet/xls/links", test_links);
  g_test_add_func ("/sheet/xls/old", test_old);
  g_test_add_func ("/sheet/xls/refusals", test_refusals);
  g_test_add_func ("/sheet/xls/order", test_order);
  g_test_add_func ("/sheet/xls/damaged", test_damaged);
  return g_test_run ();
}
