/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-list.h"

#include <cc/sheet/cc-book-writer.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_COLUMNS 25

/* What stands in the columns: choices, or a text with the row's number in it. */
static const struct
{
  const char *header;
  const char *texts[6];
} columns[N_COLUMNS] = {
  { "Victim ID", { "V-%u" } },
  { "Case No", { "C/%u" } },
  { "Family name", { "Diallo", "Mensah", "Traor\303\251", "Okafor", "Tour\303\251", "Ba" } },
  { "Given names", { "Awa", "Kofi Jean", "Moussa", "Marie", "Fatou", "Amina" } },
  { "Father's name", { "Ibrahim", "", "", "Paul", "", "" } },
  { "Sex", { "F", "M", "Female", "Male", "F", "M" } },
  { "Age", { "12", "15", "19", "24", "31", "40" } },
  { "Birth date", { "", "2004-05-06", "", "", "1999-11-30", "" } },
  { "Nationality", { "Togo", "Ghana", "Nigeria", "Togolese", "Mali", "Benin" } },
  { "Birth place", { "Lom\303\251", "Accra", "Kano", "Bamako", "Parakou", "" } },
  { "Date rescued",
    { "2023-01-05", "2023-03-17", "2023-05-20", "2023-08-01", "2023-10-31", "2023-12-02" } },
  { "Status", { "identified", "presumed", "identified", "identified", "presumed", "presumed" } },
  { "Type of exploitation",
    { "Sexual exploitation", "Forced labour", "Forced begging", "Forced labour",
      "Sexual exploitation; Forced labour", "Forced labour" } },
  { "Means", { "Deception", "Threat", "Abduction", "", "Deception", "" } },
  { "Recruitment country", { "Togo", "Ghana", "Nigeria", "Togo", "Mali", "Benin" } },
  { "Marital status", { "Single", "Married", "", "Single", "Single", "" } },
  { "Education", { "Primary", "None", "Secondary", "", "Primary", "" } },
  { "Occupation", { "Farmer", "Student", "", "Trader", "", "" } },
  { "Phone", { "", "+229 90 %u", "", "", "", "" } },
  { "Document number", { "", "", "", "A%u", "", "" } },
  { "Assistance", { "Shelter", "Medical", "", "", "Shelter", "" } },
  { "Referred to", { "NGO", "", "Shelter", "", "", "" } },
  { "Return date", { "", "", "", "", "", "" } },
  { "Interviewer", { "A. K.", "B. T.", "C. S.", "A. K.", "B. T.", "C. S." } },
  { "Remarks", { "", "", "note %u", "", "", "" } },
};

/* A cell is handed to one of these: a row of a workbook, or a line of separated text. */
typedef void (*TakeText) (gpointer target, guint row, guint column, const char *text);

static void
take_cell (gpointer target, guint row, guint column, const char *text)
{
  if (row > 0 && g_ascii_isdigit (text[0]) && strlen (text) < 3)
    cc_sheet_writer_number (target, row, column, atoi (text), 0);
  else if (text[0] != '\0')
    cc_sheet_writer_text (target, row, column, text, 0);
}

/* No text of the list holds a comma or a quote. */
static void
take_part (gpointer target, guint row, guint column, const char *text)
{
  fprintf (target, "%s%s", text, column + 1 < N_COLUMNS ? "," : "\n");
}

static void
write_row (TakeText take, gpointer target, guint row, guint32 *random)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      const char *const *texts = columns[column].texts;
      const char        *text;

      *random = *random * 1664525u + 1013904223u;
      text = texts[1] == NULL ? texts[0] : texts[(*random >> 16) % 6];
      if (strstr (text, "%u") != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (text, "%u", 2);
          g_autofree char *full =
              g_strdup_printf ("%s%u", parts[0], column == 1 ? row / 3 : 100000 + row);

          take (target, row, column, full);
        }
      else
        take (target, row, column, text);
    }
}

static void
write_rows (TakeText take, gpointer target, guint rows)
{
  guint32 random = 1;

  for (guint column = 0; column < N_COLUMNS; column++)
    take (target, 0, column, columns[column].header);
  for (guint row = 1; row <= rows; row++)
    write_row (take, target, row, &random);
}

static void
write_text (const char *path, guint rows)
{
  FILE *file = fopen (path, "w");

  if (file != NULL)
    write_rows (take_part, file, rows);
  if (file == NULL || fclose (file) != 0)
    {
      g_printerr ("writing: %s\n", g_strerror (errno));
      exit (1);
    }
}

void
bench_list_write (const char *path, guint rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBookWriter) book = NULL;
  CcSheetWriter *sheet;

  if (g_str_has_suffix (path, ".csv"))
    {
      write_text (path, rows);
      return;
    }
  book = cc_book_writer_new (path, &error);
  sheet = book != NULL ? cc_book_writer_add_sheet (book, "List", &error) : NULL;
  if (sheet != NULL)
    write_rows (take_cell, sheet, rows);
  if (sheet == NULL || !cc_book_writer_close (book, &error))
    {
      g_printerr ("writing: %s\n", error->message);
      exit (1);
    }
}
