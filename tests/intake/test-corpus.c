/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ugly files and what is expected of each of them; see corpus/README.md. */
#include "import-fixture.h"

#include <cc/base/cc-csv.h>
#include <cc/base/cc-text.h>

#include <locale.h>
#include <string.h>
#include <zip.h>

static CcCsvTable *expected;

/* Where the sheet being written stands, and what was said for its next row. */
typedef struct
{
  CcBookWriter  *book;
  CcSheetWriter *sheet;
  guint          row;
  guint          n_merges;
  guint          n_sheets;
  GPtrArray     *tables; /* Defined */
} Writing;

/* A table that a sheet defines, which the writer of the program has no use for. */
typedef struct
{
  guint sheet; /* from 1 */
  guint row;   /* from 0 */
  guint at[4]; /* first and last column, rows with the header, rows of totals */
} Defined;

static void
write_cells (Writing *work, const char *line, guint style)
{
  g_auto (GStrv) cells = g_strsplit (line, "|", -1);

  for (guint c = 0; cells[c]; c++)
    {
      g_auto (GStrv) lines = g_strsplit (cells[c], "\\n", -1);
      g_autofree char *text = g_strjoinv ("\n", lines);
      CcInterval       date;

      if (text[0] == '#' && text[1] != '\0')
        cc_sheet_writer_number (work->sheet, work->row, c, g_ascii_strtod (text + 1, NULL), style);
      else if (text[0] == '@' && cc_interval_from_iso (text + 1, &date))
        cc_sheet_writer_date (work->sheet, work->row, c, date.first, style | CC_STYLE_DATE);
      else if (text[0] != '\0')
        cc_sheet_writer_text (work->sheet, work->row, c, text, style);
    }
  work->row++;
}

/* A line that begins with "%": an instruction. */
static void
follow (Writing *work, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line + 1, " ", 2);
  const char *rest = words[0] && words[1] ? words[1] : "";
  g_autoptr (GError) error = NULL;
  guint at[4];

  if (g_str_equal (words[0], "sheet") || g_str_equal (words[0], "hidden-sheet"))
    {
      work->sheet = cc_book_writer_add_sheet (work->book, rest, &error);
      g_assert_no_error (error);
      work->row = 0;
      work->n_sheets++;
      if (words[0][0] == 'h')
        cc_sheet_writer_hide (work->sheet);
    }
  else if (g_str_equal (words[0], "hidden"))
    {
      cc_sheet_writer_hide_row (work->sheet, work->row);
      write_cells (work, rest, 0);
    }
  else if (g_str_equal (words[0], "bold"))
    write_cells (work, rest, CC_STYLE_BOLD);
  else if (g_str_equal (words[0], "blank"))
    work->row += (guint) g_ascii_strtoull (rest, NULL, 10);
  else if (g_str_equal (words[0], "hide-column"))
    cc_sheet_writer_hide_column (work->sheet, (guint) g_ascii_strtoull (rest, NULL, 10) - 1);
  else if (g_str_equal (words[0], "merge"))
    {
      /* First and last column of a title or group in the next row; then rows, then the text. */
      g_auto (GStrv) parts = g_strsplit (rest, " ", 4);

      g_assert_cmpuint (g_strv_length (parts), ==, 4);
      for (guint i = 0; i < 3; i++)
        at[i] = (guint) g_ascii_strtoull (parts[i], NULL, 10);
      cc_sheet_writer_merge (work->sheet, work->row, at[0] - 1, work->row + at[2] - 1, at[1] - 1,
                             parts[3], 0);
    }
  else if (g_str_equal (words[0], "table"))
    {
      g_auto (GStrv) parts = g_strsplit (rest, " ", 4);
      Defined *table = g_new0 (Defined, 1);

      g_assert_cmpuint (g_strv_length (parts), ==, 4);
      table->sheet = work->n_sheets;
      table->row = work->row;
      for (guint i = 0; i < 4; i++)
        table->at[i] = (guint) g_ascii_strtoull (parts[i], NULL, 10);
      g_ptr_array_add (work->tables, table);
    }
  else if (words[0][0] != '%')
    g_error ("“%s” is no instruction", line);
}

static void
add_part (zip_t *archive, const char *name, const char *text)
{
  zip_source_t *source = zip_source_buffer (archive, g_strdup (text), strlen (text), 1);

  g_assert_cmpint ((int) zip_file_add (archive, name, source, ZIP_FL_ENC_UTF_8), >=, 0);
}

/* The part of one table, and its line among the relations of its sheet. */
static void
add_table (zip_t *archive, const Defined *table, guint number, GString *relations)
{
  g_autofree char *name = g_strdup_printf ("xl/tables/table%u.xml", number);
  g_autofree char *text =
      g_strdup_printf ("<table xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                       "id=\"%u\" "
                       "ref=\"%c%u:%c%u\" totalsRowCount=\"%u\"/>",
                       number, 'A' + table->at[0] - 1, table->row + 1, 'A' + table->at[1] - 1,
                       table->row + table->at[2], table->at[3]);

  add_part (archive, name, text);
  g_string_append_printf (relations,
                          "<Relationship Id=\"t%u\" Type=\"http://schemas.openxmlformats.org/"
                          "officeDocument/2006/relationships/table\" "
                          "Target=\"../tables/table%u.xml\"/>",
                          number, number);
}

static void
add_tables (Writing *work, const char *path)
{
  zip_t *archive = zip_open (path, 0, NULL);

  g_assert_nonnull (archive);
  for (guint sheet = 1; sheet <= work->n_sheets; sheet++)
    {
      g_autofree char *name = g_strdup_printf ("xl/worksheets/_rels/sheet%u.xml.rels", sheet);
      g_autoptr (GString) text = g_string_new (
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");

      for (guint i = 0; i < work->tables->len; i++)
        if (((Defined *) work->tables->pdata[i])->sheet == sheet)
          add_table (archive, work->tables->pdata[i], i + 1, text);
      g_string_append (text, "</Relationships>");
      add_part (archive, name, text->str);
    }
  g_assert_cmpint (zip_close (archive), ==, 0);
}

/* Writes the workbook that a description stands for. */
static void
write_book (const char *text, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  Writing work = { 0 };
  guint   n = g_strv_length (lines);

  work.tables = g_ptr_array_new_with_free_func (g_free);
  work.book = cc_book_writer_new (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    if (lines[i][0] == '%')
      follow (&work, lines[i]);
    else if (lines[i][0] == '\0')
      work.row += i + 1 < n;
    else
      write_cells (&work, lines[i], 0);
  g_assert_true (cc_book_writer_close (work.book, &error));
  g_assert_no_error (error);
  cc_book_writer_free (work.book);
  if (work.tables->len > 0)
    add_tables (&work, path);
  g_ptr_array_unref (work.tables);
}

/* The file to import: a described workbook is made, separated text is taken as it is. */
static char *
make_file (Fixture *fixture, const char *name)
{
  g_autofree char *described = g_strconcat (name, ".txt", NULL);
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "intake", "corpus",
                             g_str_has_suffix (name, ".xlsx") ? described : name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize            length;
  char            *path = g_build_filename (fixture->folder, name, NULL);

  g_file_get_contents (source, &text, &length, &error);
  g_assert_no_error (error);
  if (g_str_has_suffix (name, ".xlsx"))
    write_book (text, path);
  else
    {
      g_file_set_contents (path, text, (gssize) length, &error);
      g_assert_no_error (error);
    }
  return path;
}

static CcMap *
load_map (const char *name)
{
  g_autofree char *beside = g_strconcat (name, ".map", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "intake", "corpus", beside, NULL);
  g_autoptr (GError) error = NULL;
  CcMap *map = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      map = cc_map_load (path, &error);
      g_assert_no_error (error);
    }
  return map;
}

/* "Victims victim 5 2": name, unit, last header row, data rows; joined by "; ". */
static char *
describe_tables (const CcInspection *found)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < found->tables->len; i++)
    {
      const CcInspectTable *table = found->tables->pdata[i];

      g_string_append_printf (text, "%s%s %s %u %u", i > 0 ? "; " : "", table->name,
                              table->aggregate && !g_str_equal (table->unit, "-") ? "counts"
                              : table->unit[0]                                    ? table->unit
                                                                                  : "?",
                              table->header_last + 1, table->n_rows[CC_ROW_DATA]);
      for (guint c = 0; c < table->columns->len; c++)
        {
          const CcInspectColumn *column = table->columns->pdata[c];

          g_test_message ("%s [%s] %s (%.2f %s)", column->letter, column->header,
                          column->suggestion, column->score, column->reason ? column->reason : "");
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the finder says of the tables beyond the usual: "totals-differ 6 11/10; lists". */
static char *
describe_notes (const CcInspection *found)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < found->tables->len; i++)
    {
      const CcInspectTable *table = found->tables->pdata[i];

      for (guint n = 0; n < table->notes->len; n++)
        {
          const char *note = table->notes->pdata[n];

          if (!g_str_has_prefix (note, "intake.note.unit-by")
              && !g_str_equal (note, "intake.note.header-by-words"))
            g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "",
                                    strrchr (note, '.') + 1);
        }
      for (guint n = 0; n < table->differences->len; n++)
        {
          const CcTotalDifference *total = table->differences->pdata[n];

          g_string_append_printf (text, " %u %g/%g", total->row + 1, total->stated, total->found);
        }
      for (guint c = 0; c < table->columns->len; c++)
        {
          const CcInspectColumn *column = table->columns->pdata[c];

          if (column->machine_suggestion)
            g_string_append_printf (text, " %s=%s/%s", column->letter, column->label,
                                    column->machine);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_questions (CcImportResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->unmapped_values->len; i++)
    {
      const CcImportUnmapped *value = result->unmapped_values->pdata[i];

      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "; " : "", value->header,
                              value->text);
    }
  for (guint i = 0; result->unmapped_columns[i]; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", result->unmapped_columns[i]);
  return g_string_free (text, FALSE);
}

static guint n_different;

static void
compare (guint row, const char *column, const char *found)
{
  const char *wanted =
      cc_csv_table_get (expected, row, cc_csv_table_find_column (expected, column));

  if (g_str_equal (found, wanted))
    return;
  g_test_message ("%s is [%s], not [%s]", column, found, wanted);
  n_different++;
}

static void
compare_counts (guint row, const char *column, GPtrArray *counts)
{
  g_autofree char *found = describe_counts (counts);

  compare (row, column, found);
}

/* The same file again, with nothing but what the first import kept. */
static void
import_again (Fixture *fixture, const char *path, CcImportOptions *options, const char *asked)
{
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;
  g_autoptr (CcImportResult) result = NULL;
  g_autofree char *questions = NULL;

  options->map = NULL;
  result = import (fixture, path, options);
  after = content_hash (fixture);
  questions = describe_questions (result);
  g_assert_cmpint (cc_import_count_total (result->fresh), ==, 0);
  g_assert_cmpint (cc_import_count_total (result->updated), ==, 0);
  g_assert_cmpint (result->withdrawn, ==, 0);
  g_assert_true (result->same_file);
  g_assert_nonnull (result->drift);
  g_assert_cmpstr (result->drift->missing[0], ==, NULL);
  g_assert_cmpstr (result->drift->added[0], ==, NULL);
  /* What a person answered is not asked again; what nobody answered still waits. */
  g_assert_cmpstr (questions, ==, asked);
  g_assert_cmpstr (after, ==, before);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  const guint row = GPOINTER_TO_UINT (data);
  const char *name = cc_csv_table_get (expected, row, cc_csv_table_find_column (expected, "file"));
  const char *period =
      cc_csv_table_get (expected, row, cc_csv_table_find_column (expected, "period"));
  g_autofree char *path = make_file (fixture, name);
  g_autofree char *tables = NULL;
  g_autofree char *notes = NULL;
  g_autoptr (CcMap) map = load_map (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) found =
      cc_inspect (pack, path, cc_day_from_ymd (2024, 12, 31), NULL, &error);
  g_autoptr (CcImportResult) result = NULL;
  g_autofree char *questions = NULL;
  CcImportOptions  options = options_for ("police");

  g_assert_no_error (error);
  n_different = 0;
  tables = describe_tables (found);
  notes = describe_notes (found);
  compare (row, "tables", tables);
  compare (row, "notes", notes);
  if (period[0] != '\0')
    g_assert_true (cc_interval_from_iso (period, &options.period));
  options.map = map;
  result = cc_import_file (fixture->file, path, &options, NULL, &error);
  if (!result)
    {
      const char      *dot = strchr (error->message, '.');
      g_autofree char *said = g_strndup (error->message, dot ? (gsize) (dot - error->message) : 0);

      g_test_message ("%s", error->message);
      compare (row, "asked", strstr (error->message, "nil return") ? "nil return?" : "refused");
      g_assert_cmpuint (n_different, ==, 0);
      return;
    }
  check_arithmetic (result);
  questions = describe_questions (result);
  compare_counts (row, "new", result->fresh);
  compare_counts (row, "parked", result->parked);
  compare_counts (row, "rejected", result->rejected);
  compare (row, "asked", questions);
  g_assert_cmpuint (n_different, ==, 0);
  import_again (fixture, path, &options, questions);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tests = g_array_new (FALSE, TRUE, sizeof (ImportTest));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = NULL;
  int              result;

  setlocale (LC_ALL, "");
  /* Before g_test_init() there is no folder of the tests. */
  path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "intake", "corpus", "expected.csv", NULL);
  expected = cc_csv_table_load (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < cc_csv_table_get_n_rows (expected); i++)
    {
      const char *file =
          cc_csv_table_get (expected, i, cc_csv_table_find_column (expected, "file"));
      ImportTest test = { g_strconcat ("corpus/", file, NULL), test_file, GUINT_TO_POINTER (i) };

      g_ptr_array_add (names, (char *) test.name);
      g_array_append_val (tests, test);
    }
  result = run_import_tests (argc, argv, (ImportTest *) tests->data, tests->len);
  cc_csv_table_free (expected);
  return result;
}
