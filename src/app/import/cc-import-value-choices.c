/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-value-choices.h"

#include "cc-import-choice.h"
#include "cc-import-texts.h"
#include "cc-import-value-lines.h"

#include <glib/gi18n.h>

#define LONG_LIST 60

static CcPack *
get_pack (CcImportDraft *draft)
{
  return cc_case_file_get_pack (cc_session_get_file (draft->session));
}

static void
add_choice (GListStore *choices,
            const char *value,
            const char *label,
            const char *detail,
            const char *words,
            gboolean    selected)
{
  g_autoptr (CcImportChoice) choice = cc_import_choice_new (value, label, detail, words);

  cc_import_choice_set_selected (choice, selected);
  g_list_store_append (choices, choice);
}

static void
add_code (CcImportDraft *draft,
          GListStore    *choices,
          const CcCode  *code,
          const char    *detail,
          gboolean       selected)
{
  CcPack          *pack = get_pack (draft);
  g_autofree char *label =
      cc_pack_get_code_label (pack, code, cc_session_get_language (draft->session));
  g_autofree char *english = cc_pack_get_code_label (pack, code, "en");
  const CcCode *parent = *code->parent ? cc_pack_find_code (pack, code->list, code->parent) : NULL;
  g_autofree char *above =
      parent != NULL
          ? cc_pack_get_code_label (pack, parent, cc_session_get_language (draft->session))
          : NULL;

  add_choice (choices, code->code, label, detail != NULL ? detail : above, english, selected);
}

/* Why there is no value. */
static void
add_reasons (GListStore *choices, CcNoValue chosen)
{
  static const CcNoValue no_values[] = { CC_NO_VALUE_UNKNOWN, CC_NO_VALUE_REFUSED,
                                         CC_NO_VALUE_NOT_APPLICABLE };

  for (guint i = 0; i < G_N_ELEMENTS (no_values); i++)
    {
      g_autofree char *label = cc_import_describe_no_value (no_values[i]);

      add_choice (choices, cc_no_value_to_code (no_values[i]), label, NULL, NULL,
                  chosen == no_values[i]);
    }
}

static void
add_no_values (GListStore *choices, CcNoValue chosen, gboolean blank)
{
  add_choice (choices, "_X", blank ? _ ("Not collected") : _ ("Leave as Other Text"),
              blank ? _ ("The agency does not ask, or did not write it down.")
                    : _ ("It stays readable with the record, and counts as not collected."),
              NULL, chosen == CC_NO_VALUE_NOT_COLLECTED);
  add_reasons (choices, chosen);
}

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (cc_import_choice_get_label ((CcImportChoice *) a),
                         cc_import_choice_get_label ((CcImportChoice *) b));
}

/* The codes of a list but for those in `left_out`; long lists have no order of their own and go by
 * the alphabet. */
static void
add_list (CcImportDraft    *draft,
          GListStore       *choices,
          const CcVariable *variable,
          GPtrArray        *left_out,
          GPtrArray        *selected)
{
  GPtrArray *codes = cc_pack_get_list_codes (get_pack (draft), variable->list);
  g_autoptr (GListStore) sorted = g_list_store_new (CC_TYPE_IMPORT_CHOICE);

  for (guint i = 0; i < codes->len; i++)
    {
      GListStore   *place = codes->len > LONG_LIST ? sorted : choices;
      const CcCode *code = g_ptr_array_index (codes, i);

      if (cc_no_value_from_code (code->code) == CC_NO_VALUE_NONE
          && !(left_out != NULL && g_ptr_array_find (left_out, code, NULL)))
        add_code (draft, place, code, NULL,
                  selected != NULL && g_ptr_array_find (selected, code, NULL));
    }
  g_list_store_sort (sorted, compare_labels, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sorted)); i++)
    {
      g_autoptr (CcImportChoice) choice = g_list_model_get_item (G_LIST_MODEL (sorted), i);

      g_list_store_append (choices, choice);
    }
}

/* What the value is near to first, then the ways to say that there is no value, then the list. */
GListModel *
cc_import_list_codes (CcImportDraft *draft, const CcValuePlan *plan, const CcPlannedValue *value)
{
  GListStore    *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  const gboolean asked = value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN;

  for (guint i = 0; asked && i < value->codes->len; i++)
    add_code (draft, choices, g_ptr_array_index (value->codes, i),
              value->state == CC_VALUE_ASK ? _ ("May be meant") : _ ("Written nearly so"), FALSE);
  add_no_values (choices, value->state == CC_VALUE_DECIDED ? value->no_value : CC_NO_VALUE_NONE,
                 FALSE);
  add_list (draft, choices, plan->variable, asked ? value->codes : NULL,
            asked ? NULL : value->codes);
  return G_LIST_MODEL (choices);
}

/**
 * said: (nullable): what holds for every row by now
 * nothing: (nullable): the value of a first line that takes it back
 *
 * Returns: (transfer full): what may hold for every row of a file
 */
GListModel *
cc_import_list_constant_codes (CcImportDraft    *draft,
                               const CcVariable *variable,
                               const CcValue    *said,
                               const char       *nothing)
{
  GListStore *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  g_autoptr (GPtrArray) selected = g_ptr_array_new ();

  for (guint i = 0; said != NULL && said->codes != NULL && i < said->codes->len; i++)
    g_ptr_array_add (selected, g_ptr_array_index (said->codes, i));
  if (said != NULL && said->code != NULL)
    g_ptr_array_add (selected, (gpointer) said->code);
  if (nothing != NULL)
    add_choice (choices, nothing, _ ("Say Nothing"),
                _ ("Every row says only what stands in its own cells."), NULL, FALSE);
  add_list (draft, choices, variable, NULL, selected);
  add_reasons (choices, said != NULL ? said->no_value : CC_NO_VALUE_NONE);
  return G_LIST_MODEL (choices);
}

/**
 * Returns: (transfer full): what a blank cell of the variable may mean
 */
GListModel *
cc_import_list_blanks (CcImportDraft *draft, const CcVariable *variable)
{
  GListStore *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  const char *code = cc_map_get_blank (draft->map, variable);

  add_no_values (choices, code != NULL ? cc_no_value_from_code (code) : CC_NO_VALUE_NOT_COLLECTED,
                 TRUE);
  return G_LIST_MODEL (choices);
}

static void
add_orders (CcImportDraft         *draft,
            GListStore            *choices,
            const CcInspectColumn *column,
            CcCalendar             calendar)
{
  static const CcDateOrder orders[] = { CC_DATE_ORDER_DMY, CC_DATE_ORDER_MDY, CC_DATE_ORDER_YMD };
  const CcCalendar         said = cc_map_get_calendar (draft->map, column->header);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *example =
          cc_import_describe_date_order (draft->session, column, orders[i], calendar,
                                         draft->inspection->date_1904);
      g_autofree char *name = cc_import_name_form (orders[i], calendar);
      g_autofree char *value = g_strdup_printf ("%s %s", cc_date_order_to_text (orders[i]),
                                                cc_calendar_to_text (calendar));

      add_choice (choices, g_strstrip (value), name, example, NULL,
                  said == calendar && cc_import_get_order (draft, column) == orders[i]);
    }
}

/**
 * Returns: (transfer full): the orders of day, month and year, in the calendars that come into
 * question; the value is that of a map file, "DMY hijri"
 */
GListModel *
cc_import_list_orders (CcImportDraft *draft, const CcInspectColumn *column)
{
  GListStore      *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  const CcCalendar said = cc_map_get_calendar (draft->map, column->header);
  const CcCalendar guess =
      said != CC_CALENDAR_UNKNOWN ? said : cc_import_needs_calendar (draft, column);

  if (guess != CC_CALENDAR_UNKNOWN && guess != CC_CALENDAR_GREGORIAN)
    add_orders (draft, choices, column, guess);
  add_orders (draft, choices, column,
              guess == CC_CALENDAR_UNKNOWN ? CC_CALENDAR_UNKNOWN : CC_CALENDAR_GREGORIAN);
  return G_LIST_MODEL (choices);
}
