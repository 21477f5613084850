/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>

#include <string.h>

static char *
read_all (const char *text, char separator)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, strlen (text), NULL);
  g_autoptr (CcCsvReader) reader = cc_csv_reader_new (stream, separator);
  GString *result = g_string_new (NULL);
  CcCsvRow row;

  for (;;)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (cc_csv_reader_next (reader, &row, NULL, &error));
      g_assert_no_error (error);
      if (row.n_cells == 0)
        return g_string_free (result, FALSE);
      g_string_append_printf (result, "%u:", row.line);
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (result, "[%s]", row.cells[i]);
    }
}

static void
test_rows (void)
{
  const struct
  {
    const char *text;
    char        separator;
    const char *rows;
  } cases[] = {
    { "a,b\nc,d\n", ',', "1:[a][b]2:[c][d]" },
    { "a,b\r\nc,d", ',', "1:[a][b]2:[c][d]" },
    { "a;b\rc;d\r", ';', "1:[a][b]2:[c][d]" },
    { "\"a,\"\"x\"\"\",b\n", ',', "1:[a,\"x\"][b]" },
    { "\"two\nlines\",b\nc,d\n", ',', "1:[two\nlines][b]3:[c][d]" },
    { "5\" pipe,b\n", ',', "1:[5\" pipe][b]" },
    { "\357\273\277a,b\n", ',', "1:[a][b]" },
    { "a,,\n\n,b\n", ',', "1:[a][][]2:[]3:[][b]" },
    { "", ',', "" },
    { "\"open", ',', "1:[open]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (cases[i].text, cases[i].separator);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_endless_cell_is_refused (void)
{
  gsize            length = CC_CSV_MAX_CELL + 16;
  g_autofree char *text = g_malloc (length);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CcCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  CcCsvRow row;

  memset (text, 'x', length);
  text[0] = '"';
  stream = g_memory_input_stream_new_from_data (text, length, NULL);
  reader = cc_csv_reader_new (stream, ',');
  g_assert_false (cc_csv_reader_next (reader, &row, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LIMIT);
}

static void
test_table (void)
{
  const char *text = "code,label\nF,Female\n\nM,\"Male, adult\"\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCsvTable) table = cc_csv_table_load_bytes ("codes.csv", bytes, &error);
  const char *const missing[] = { "code", "parent", NULL };

  g_assert_no_error (error);
  g_assert_cmpuint (cc_csv_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (cc_csv_table_get (table, 1, cc_csv_table_find_column (table, "label")), ==,
                   "Male, adult");
  g_assert_cmpuint (cc_csv_table_get_line (table, 1), ==, 4);
  g_assert_cmpstr (cc_csv_table_get (table, 1, -1), ==, "");
  g_assert_false (cc_csv_table_require (table, missing, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "parent"));
}

static void
test_ragged_table_names_the_line (void)
{
  const char *text = "code,label\nF,Female\nM\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (cc_csv_table_load_bytes ("codes.csv", bytes, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "codes.csv, line 3"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/csv/rows", test_rows);
  g_test_add_func ("/base/csv/endless-cell", test_endless_cell_is_refused);
  g_test_add_func ("/base/csv/table", test_table);
  g_test_add_func ("/base/csv/ragged-table", test_ragged_table_names_the_line);
  return g_test_run ();
}
