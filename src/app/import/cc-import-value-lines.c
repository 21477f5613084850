/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-value-lines.h"

#include "cc-import-texts.h"

#include <glib/gi18n.h>

/* Whether the column at `index` feeds a date. */
gboolean
cc_import_has_date (GPtrArray *plans, guint index)
{
  const CcColumnPlan *plan = g_ptr_array_index (plans, index);

  for (guint i = 0; i < plan->targets->len; i++)
    {
      const CcTarget *target = g_ptr_array_index (plan->targets, i);

      /* A part of a date has no order. */
      if (target->variable->type == CC_VARIABLE_DATE && target->part != CC_TARGET_DAY
          && target->part != CC_TARGET_MONTH && target->part != CC_TARGET_YEAR)
        return TRUE;
    }
  return FALSE;
}

const char *
cc_import_name_order (CcDateOrder order)
{
  switch (order)
    {
    case CC_DATE_ORDER_DMY:
      return _ ("Day, month, year");
    case CC_DATE_ORDER_MDY:
      return _ ("Month, day, year");
    case CC_DATE_ORDER_YMD:
      return _ ("Year, month, day");
    case CC_DATE_ORDER_UNKNOWN:
    default:
      return _ ("Read as they stand");
    }
}

/**
 * Returns: (transfer full): "Day, month, year", and the calendar where it is another one
 */
char *
cc_import_name_form (CcDateOrder order, CcCalendar calendar)
{
  const char *name = cc_import_name_order (order);

  switch (calendar)
    {
    case CC_CALENDAR_HIJRI:
      /* Translators: the order of day, month and year in which dates are written. */
      return g_strdup_printf (_ ("%s, in the Hijri calendar"), name);
    case CC_CALENDAR_ETHIOPIAN:
      return g_strdup_printf (_ ("%s, in the Ethiopian calendar"), name);
    case CC_CALENDAR_GREGORIAN:
      return g_strdup_printf (_ ("%s, in the Gregorian calendar"), name);
    case CC_CALENDAR_UNKNOWN:
    default:
      return g_strdup (name);
    }
}

CcDateOrder
cc_import_get_order (CcImportDraft *draft, const CcInspectColumn *column)
{
  const CcDateOrder said = cc_map_get_date_order (draft->map, column->header);

  return said != CC_DATE_ORDER_UNKNOWN ? said : column->date_order;
}

/* The other calendar that the years of a column tell, while nobody has said of which they are. */
CcCalendar
cc_import_needs_calendar (CcImportDraft *draft, const CcInspectColumn *column)
{
  CcCalendar guess;

  if (cc_map_get_calendar (draft->map, column->header) != CC_CALENDAR_UNKNOWN)
    return CC_CALENDAR_UNKNOWN;
  guess = cc_column_guess_calendar (cc_case_file_get_pack (cc_session_get_file (draft->session)),
                                    column, cc_day_today (), draft->period);
  /* People are born years before the period of a list in any calendar. */
  if (guess == CC_CALENDAR_ETHIOPIAN && g_str_has_prefix (column->suggestion, "birth_date"))
    return CC_CALENDAR_UNKNOWN;
  return guess;
}

static gboolean
needs_day_order (CcImportDraft *draft, const CcInspectColumn *column)
{
  return column->date_ambiguous
         && cc_map_get_date_order (draft->map, column->header) == CC_DATE_ORDER_UNKNOWN;
}

gboolean
cc_import_needs_order (CcImportDraft *draft, const CcInspectColumn *column)
{
  return needs_day_order (draft, column)
         || cc_import_needs_calendar (draft, column) != CC_CALENDAR_UNKNOWN;
}

void
cc_import_show_date (CcImportDraft *draft, CcImportLine *line)
{
  const CcInspectColumn *column = line->subject;
  const CcDateOrder      order = cc_import_get_order (draft, column);
  const CcCalendar       calendar = cc_map_get_calendar (draft->map, column->header);

  if (cc_import_needs_calendar (draft, column) != CC_CALENDAR_UNKNOWN)
    cc_import_line_set_ours (line, CC_MARK_ASK, g_strdup (_ ("In which calendar?")),
                             g_strdup (_ ("The years seem to be of another one. Please choose.")));
  else if (needs_day_order (draft, column))
    cc_import_line_set_ours (line, CC_MARK_ASK, g_strdup (_ ("Day first, or month first?")),
                             g_strdup (_ ("The dates fit both. Please choose.")));
  else
    cc_import_line_set_ours (line, CC_MARK_GOOD, cc_import_name_form (order, calendar),
                             cc_import_describe_date_order (draft->session, column, order, calendar,
                                                            draft->inspection->date_1904));
}

static CcLineMark
mark_of_value (const CcPlannedValue *value)
{
  switch (value->state)
    {
    case CC_VALUE_ASK:
    case CC_VALUE_OPEN:
      return CC_MARK_ASK;
    case CC_VALUE_DECIDED:
      return value->codes->len > 0 ? CC_MARK_GOOD : CC_MARK_QUIET;
    case CC_VALUE_NO_VALUE:
    case CC_VALUE_KNOWN:
    default:
      return CC_MARK_GOOD;
    }
}

/* Of texts that seem to be one: that one answer is enough, and where it is given. */
static char *
describe_spelling (CcImportDraft *draft, const CcPlannedValue *value)
{
  g_autofree char *number = NULL;

  if (value->spelling_of != NULL)
    /* Translators: a text that seems to be a misspelling of the one that is named. */
    return g_strdup_printf (_ ("Written nearly as “%s”; an answer there is one for this, too."),
                            value->spelling_of);
  if (value->n_spellings == 0)
    return NULL;
  number = cc_session_format_number (draft->session, value->n_spellings);
  /* Translators: %s is a number. Other spellings of a value stand in the next lines. */
  return g_strdup_printf (ngettext ("Your answer holds for %s other spelling as well.",
                                    "Your answer holds for %s other spellings as well.",
                                    value->n_spellings),
                          number);
}

static char *
describe_decision (CcImportDraft *draft, const CcPlannedValue *value)
{
  CcPack     *pack = cc_case_file_get_pack (cc_session_get_file (draft->session));
  const char *label;

  if (value->state == CC_VALUE_OPEN || value->state == CC_VALUE_ASK)
    return describe_spelling (draft, value);
  if (value->state != CC_VALUE_DECIDED)
    return NULL;
  if (value->as_spelling)
    /* Translators: a value is taken as another spelling of it was. */
    return g_strdup_printf (_ ("as said for its spelling “%s”"), value->spelling_of);
  if (value->like == NULL)
    return g_strdup (_ ("chosen by you or before"));
  label = cc_pack_get_label (pack, "variable", value->like->id,
                             cc_session_get_language (draft->session));
  /* Translators: a word means the same here as it was said for another thing, such as
   * "Citizenship". */
  return g_strdup_printf (_ ("as said for “%s”"), label != NULL ? label : value->like->name);
}

void
cc_import_show_value (CcImportDraft *draft, CcImportLine *line)
{
  const CcPlannedValue *value = line->subject;

  cc_import_line_set_ours (line, mark_of_value (value),
                           cc_import_describe_value (draft->session, value),
                           describe_decision (draft, value));
}

void
cc_import_show_group (CcImportDraft *draft, CcImportLine *line)
{
  const CcValuePlan *plan = line->owner;

  cc_import_line_set_ours (line, plan->n_open > 0 ? CC_MARK_ASK : CC_MARK_GOOD,
                           cc_import_describe_plan (draft->session, plan), NULL);
}

CcImportLine *
cc_import_create_value (CcImportDraft *draft, CcValuePlan *plan, CcPlannedValue *value)
{
  CcImportLine    *line = cc_import_line_new (CC_LINE_PAIR, value->text);
  g_autofree char *number = cc_session_format_number (draft->session, value->count);

  line->inner = TRUE;
  line->owner = plan;
  line->subject = value;
  cc_import_line_set_theirs (line, NULL,
                             g_strdup_printf (ngettext ("%s time", "%s times", value->count),
                                              number));
  cc_import_show_value (draft, line);
  return line;
}

/* What blank cells of the column mean. */
void
cc_import_show_blank (CcImportDraft *draft, CcImportLine *line)
{
  const CcValuePlan *plan = line->owner;
  const char        *code = cc_map_get_blank (draft->map, plan->variable);
  const CcNoValue    no_value = code != NULL ? cc_no_value_from_code (code) : CC_NO_VALUE_NONE;

  if (no_value == CC_NO_VALUE_NONE || no_value == CC_NO_VALUE_NOT_COLLECTED)
    cc_import_line_set_ours (line, CC_MARK_GOOD, g_strdup (_ ("Not collected")), NULL);
  else
    cc_import_line_set_ours (line, CC_MARK_GOOD, cc_import_describe_no_value (no_value), NULL);
}

CcImportLine *
cc_import_create_blank (CcImportDraft *draft, CcValuePlan *plan)
{
  const guint      n = plan->n_rows - plan->column->n_filled;
  g_autofree char *number = cc_session_format_number (draft->session, n);
  CcImportLine    *line = cc_import_line_new (CC_LINE_PAIR, _ ("Blank cells"));

  line->inner = TRUE;
  line->owner = plan;
  cc_import_line_set_theirs (line, NULL,
                             g_strdup_printf (ngettext ("%s time", "%s times", n), number));
  cc_import_show_blank (draft, line);
  return line;
}
