/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agency-sent.h"

#include "tables/cc-cell-item.h"

#include <glib/gi18n.h>

char *
cc_agency_sent_describe_total (CcSession *session, const CcSentCounts *counts)
{
  const gboolean   told = counts->total >= 0;
  const gulong     n = (gulong) (told ? counts->total : counts->n_figures);
  g_autofree char *number = cc_session_format_number (session, (gint64) n);

  if (!told)
    return g_strdup_printf (ngettext ("%s figure", "%s figures", n), number);
  if (g_str_equal (counts->unit, "perpetrator"))
    return g_strdup_printf (ngettext ("%s suspect or offender", "%s suspects and offenders", n),
                            number);
  if (g_str_equal (counts->unit, "event"))
    return g_strdup_printf (ngettext ("%s case", "%s cases", n), number);
  return g_strdup_printf (ngettext ("%s victim", "%s victims", n), number);
}

char *
cc_agency_sent_describe (CcSession *session, const CcSentCounts *counts)
{
  const char *file = counts->file_name != NULL ? counts->file_name : "";

  if (counts->kind == CC_SENT_ROWS)
    /* Translators: %s is a file. */
    return g_strdup_printf (_ ("%s: rows that state several persons by their number alone. They "
                               "are in no table."),
                            file);
  if (counts->has_records)
    /* Translators: %s is a file. */
    return g_strdup_printf (_ ("%s: in no table, because the agency’s own records of the time are "
                               "counted."),
                            file);
  if (counts->total < 0)
    /* Translators: %s is a file. */
    return g_strdup_printf (_ ("%s: in no table, and the figures do not say which of them add up."),
                            file);
  /* Translators: %s is a file. */
  return g_strdup_printf (_ ("%s: told below the tables, and in none of them."), file);
}

/* What sorts a figure of a row: codes of the classification, not words of the agency. */
static char *
get_text (CcSession *session, const CcSentFigure *figure, guint i)
{
  CcPack           *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcVariable *variable =
      figure->kind == CC_SENT_ROWS ? cc_pack_find_variable (pack, figure->names[i]) : NULL;
  const CcCode *code =
      variable != NULL ? cc_pack_find_code (pack, variable->list, figure->texts[i]) : NULL;

  return code != NULL ? cc_pack_get_code_label (pack, code, cc_session_get_language (session))
                      : g_strdup (figure->texts[i]);
}

static char *
describe_figure (CcSession *session, const CcSentFigure *figure)
{
  g_autofree char *number = cc_session_format_number (session, figure->count);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; figure->texts[i] != NULL; i++)
    {
      g_autofree char *own = get_text (session, figure, i);

      if (text->len > 0)
        /* Translators: stands between the words of an enumeration. */
        g_string_append (text, _ (", "));
      g_string_append (text, own);
    }
  if (figure->column != NULL)
    {
      if (text->len > 0)
        g_string_append (text, _ (", "));
      g_string_append (text, figure->column);
    }
  if (text->len == 0)
    return g_steal_pointer (&number);
  /* Translators: what a figure of a table counts, such as "Togo, Women", and the figure. */
  return g_strdup_printf (_ ("%1$s: %2$s"), text->str, number);
}

static char *
describe_place (CcSession *session, const CcSentFigure *figure)
{
  g_autofree char *row = cc_session_format_number (session, figure->row);

  if (figure->row == 0)
    return g_strdup ("");
  if (figure->repeated)
    /* Translators: a sheet and a row of it. */
    return g_strdup_printf (_ ("%1$s, row %2$s. A later delivery states it again, and holds."),
                            figure->sheet, row);
  /* Translators: a sheet and a row of it. */
  return g_strdup_printf (_ ("%1$s, row %2$s"), figure->sheet, row);
}

/**
 * Returns: (transfer full)
 */
GListStore *
cc_agency_sent_list (CcSession *session, GPtrArray *figures)
{
  GListStore *list = g_list_store_new (CC_TYPE_CELL_ITEM);

  for (guint i = 0; i < figures->len; i++)
    {
      const CcSentFigure *figure = g_ptr_array_index (figures, i);
      g_autofree char    *title = describe_figure (session, figure);
      g_autofree char    *place = describe_place (session, figure);
      g_autoptr (CcCellItem) item = cc_cell_item_new (title, place, NULL);

      g_list_store_append (list, item);
    }
  return list;
}
