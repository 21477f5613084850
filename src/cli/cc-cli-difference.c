/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-difference.h"

#include <inttypes.h>

#define MAX_ROWS 10

static const char *const kinds[] = { "new", "changed", "gone", "back", "elsewhere" };

static void
add_counts (CcCli *cli, const char *key, const gint64 *counts)
{
  cc_cli_json_begin_object (cli, key);
  for (guint i = 0; i < CC_N_DIFFERENCE; i++)
    cc_cli_json_int (cli, kinds[i], counts[i]);
  cc_cli_json_end_object (cli);
}

void
cc_cli_add_rows (CcCli *cli, const char *key, GPtrArray *rows)
{
  cc_cli_json_begin_array (cli, key);
  for (guint i = 0; rows && i < rows->len; i++)
    {
      const CcDifferenceRow *row = rows->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "kind", kinds[row->kind]);
      cc_cli_json_text (cli, "unit", row->unit->name);
      cc_cli_json_text (cli, "number", row->number);
      cc_cli_json_text (cli, "sheet", row->sheet);
      cc_cli_json_int (cli, "row", row->row);
      cc_cli_json_begin_array (cli, "values");
      for (guint j = 0; j < row->values->len; j++)
        {
          const CcDifferenceValue *value = row->values->pdata[j];

          cc_cli_json_begin_object (cli, NULL);
          cc_cli_json_text (cli, "variable", value->variable->name);
          cc_cli_json_text (cli, "before", value->before);
          cc_cli_json_text (cli, "after", value->after);
          cc_cli_json_end_object (cli);
        }
      cc_cli_json_end_array (cli);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
}

void
cc_cli_add_difference (CcCli *cli, const CcDifference *difference)
{
  static const gint64 none[CC_N_DIFFERENCE] = { 0 };

  cc_cli_json_begin_object (cli, "difference");
  add_counts (cli, "persons", difference ? difference->persons : none);
  add_counts (cli, "cases", difference ? difference->cases : none);
  cc_cli_add_rows (cli, "rows", difference ? difference->rows : NULL);
  cc_cli_json_end_object (cli);
}

static char *
name_row (const CcDifferenceRow *row)
{
  if (row->number)
    return g_strdup (row->number);
  /* Translators: the name of a sheet and the number of a row in it. */
  return row->sheet ? g_strdup_printf (_ ("%s, row %" PRId64), row->sheet, row->row)
                    : g_strdup (_ ("entered by hand"));
}

char *
cc_cli_list_rows (GPtrArray *rows, gint64 n_all)
{
  GString *text = g_string_new (NULL);
  guint    n = MIN (rows->len, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = name_row (rows->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  if (n_all > n)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("and %" PRId64 " more"), n_all - n);
    }
  return g_string_free (text, FALSE);
}

static void
print_row (CcCli *cli, const CcDifferenceRow *row)
{
  g_autofree char *name = name_row (row);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->values->len; i++)
    {
      const CcDifferenceValue *value = row->values->pdata[i];

      g_string_append_printf (text, "%s%s %s → %s", i > 0 ? "; " : "", value->variable->name,
                              value->before ? value->before : "–",
                              value->after ? value->after : "–");
    }
  cc_cli_print (cli, "      %s: %s", name, text->str);
}

static void
print_kind (CcCli *cli, const CcDifference *difference, CcDifferenceKind kind, const char *title)
{
  const gint64 n = difference->persons[kind] + difference->cases[kind];
  gint64       n_told = 0;

  if (n == 0)
    return;
  cc_cli_print (cli, "    %s %" PRId64, title, n);
  for (guint i = 0; i < difference->rows->len && n_told < MAX_ROWS; i++)
    {
      const CcDifferenceRow *row = difference->rows->pdata[i];

      if (row->kind != kind)
        continue;
      print_row (cli, row);
      n_told++;
    }
  if (n > n_told)
    cc_cli_print (cli, _ ("      and %" PRId64 " more"), n - n_told);
}

void
cc_cli_print_difference (CcCli *cli, const CcDifference *difference)
{
  if (!difference)
    return;
  print_kind (cli, difference, CC_DIFFERENCE_CHANGED, _ ("Persons and cases that changed:"));
  print_kind (cli, difference, CC_DIFFERENCE_GONE, _ ("Persons and cases that count no more:"));
  print_kind (cli, difference, CC_DIFFERENCE_ELSEWHERE,
              _ ("Persons and cases that count on by another record:"));
  print_kind (cli, difference, CC_DIFFERENCE_BACK, _ ("Persons and cases that count again:"));
}
