/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-difference.h"

#include "history/cc-history-lines.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ROWS 12

static gboolean
is_case (const CcDifferenceRow *row)
{
  return strcmp (row->unit->abbr, "EV") == 0;
}

const char *
cc_import_title_difference (CcDifferenceKind kind, gboolean cases)
{
  switch (kind)
    {
    case CC_DIFFERENCE_CHANGED:
      return cases ? _ ("Cases That Change") : _ ("Persons Who Change");
    case CC_DIFFERENCE_GONE:
      return cases ? _ ("Cases That Count No More") : _ ("Persons Who Count No More");
    case CC_DIFFERENCE_BACK:
      return cases ? _ ("Cases That Count Again") : _ ("Persons Who Count Again");
    case CC_DIFFERENCE_ELSEWHERE:
      return cases ? _ ("Cases That Count On by Another Record")
                   : _ ("Persons Who Count On by Another Record");
    case CC_DIFFERENCE_NEW:
    case CC_N_DIFFERENCE:
    default:
      return cases ? _ ("New Cases") : _ ("New Persons");
    }
}

static char *
name_row (CcSession *session, const CcDifferenceRow *row)
{
  g_autofree char *place = NULL;
  g_autofree char *sheet = NULL;

  if (row->number != NULL)
    return cc_isolate (row->number);
  if (row->sheet == NULL)
    return g_strdup (_ ("Entered by hand"));
  place = cc_session_format_number (session, row->row);
  sheet = cc_isolate (row->sheet);
  /* Translators: the name of a sheet and the number of a row in it. */
  return g_strdup_printf (_ ("%s, row %s"), sheet, place);
}

/* Isolated, so that the sign between two values in Latin letters points from the first to the
 * second in Arabic, too. */
static char *
label_value (CcSession *session, const CcVariable *variable, const char *value)
{
  g_autofree char *label = cc_history_label_value (session, variable->id, value);

  return cc_isolate (label != NULL ? label : "–");
}

static char *
describe_value (CcSession *session, const CcDifferenceValue *value)
{
  CcPack     *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const char *label =
      cc_pack_get_label (pack, "variable", value->variable->id, cc_session_get_language (session));
  g_autofree char *named = cc_isolate (label != NULL ? label : value->variable->name);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  /* Which agency is meant would have to be read from the file. */
  if (value->variable->type == CC_VARIABLE_REF)
    return g_steal_pointer (&named);
  before = label_value (session, value->variable, value->before);
  after = label_value (session, value->variable, value->after);
  /* Translators: what a value is about, what it was and what it is. */
  return g_strdup_printf (_ ("%s: %s → %s"), named, before, after);
}

static void
add_row (CcSession *session, const CcDifferenceRow *row, GString *text)
{
  g_autofree char *name = name_row (session, row);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, name);
  if (row->kind == CC_DIFFERENCE_NEW)
    return;
  for (guint i = 0; i < row->values->len; i++)
    {
      g_autofree char *value = describe_value (session, g_ptr_array_index (row->values, i));

      g_string_append_printf (text, "%s%s", i == 0 ? " – " : "; ", value);
    }
}

static void
add_rest (CcSession *session, gint64 n_rest, GString *text)
{
  g_autofree char *number = cc_session_format_number (session, n_rest);

  if (n_rest <= 0)
    return;
  g_string_append_c (text, '\n');
  /* Translators: behind a list of persons or cases. */
  g_string_append_printf (text, ngettext ("and %s more", "and %s more", (gulong) n_rest), number);
}

char *
cc_import_describe_difference (CcSession          *session,
                               const CcDifference *difference,
                               CcDifferenceKind    kind,
                               gboolean            cases)
{
  const gint64 n = cases ? difference->cases[kind] : difference->persons[kind];
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 n_told = 0;

  for (guint i = 0; i < difference->rows->len && n_told < MAX_ROWS; i++)
    {
      const CcDifferenceRow *row = g_ptr_array_index (difference->rows, i);

      if (row->kind != kind || is_case (row) != cases)
        continue;
      add_row (session, row, text);
      n_told++;
    }
  add_rest (session, n - n_told, text);
  return n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
cc_import_describe_rows (CcSession *session, GPtrArray *rows, gint64 n_all)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = MIN (rows->len, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    add_row (session, g_ptr_array_index (rows, i), text);
  add_rest (session, n_all - n, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cc_import_describe_all (CcSession *session, const CcDifference *difference)
{
  static const CcDifferenceKind order[] = { CC_DIFFERENCE_GONE, CC_DIFFERENCE_ELSEWHERE,
                                            CC_DIFFERENCE_CHANGED, CC_DIFFERENCE_BACK };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint cases = 0; cases < 2; cases++)
      {
        g_autofree char *rows =
            cc_import_describe_difference (session, difference, order[i], cases != 0);
        g_autofree char *number = NULL;
        g_autofree char *part = NULL;

        if (rows == NULL)
          continue;
        number = cc_session_format_number (session, cases != 0 ? difference->cases[order[i]]
                                                               : difference->persons[order[i]]);
        part = g_markup_printf_escaped ("<b>%s: %s</b>\n%s",
                                        cc_import_title_difference (order[i], cases != 0), number,
                                        rows);
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", part);
      }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
