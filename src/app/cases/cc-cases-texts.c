/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cases-texts.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/store/cc-entity.h>

static gboolean
is_unit (const char *unit, const char *name)
{
  return strcmp (unit, name) == 0;
}

const char *
cc_cases_facet_title (const char *unit, CcFacet facet)
{
  switch (facet)
    {
    case CC_FACET_AGENCY:
      return _ ("Agency");
    case CC_FACET_YEAR:
      return _ ("Year");
    case CC_FACET_SEX:
      return _ ("Sex");
    case CC_FACET_AGE:
      return _ ("Age");
    case CC_FACET_STATUS:
      if (is_unit (unit, "victim"))
        return _ ("Status");
      /* Translators: the step of criminal justice a suspect has reached, the stage of a case. */
      return is_unit (unit, "perpetrator") ? _ ("Last step") : _ ("Stage");
    case CC_FACET_SIGN:
      /* Translators: heads a list of marks: with errors, with warnings, typed in ... */
      return _ ("Marks");
    case CC_FACET_STATE:
    case CC_N_FACETS:
    default:
      return _ ("Withdrawn");
    }
}

char *
cc_cases_format_code (CcSession *session, const CcCode *code)
{
  if (code == NULL)
    return g_strdup ("");
  return cc_pack_get_code_label (cc_case_file_get_pack (cc_session_get_file (session)), code,
                                 cc_session_get_language (session));
}

char *
cc_cases_value_label (CcSession *session, CcRecordTable *table, CcFacet facet, gint64 value)
{
  const char   *unit = cc_record_table_get_unit (table);
  const CcCode *code;

  switch (facet)
    {
    case CC_FACET_AGENCY:
      if (value == 0)
        return g_strdup (_ ("No agency"));
      return g_strdup (cc_record_table_get_agency (table, value));
    case CC_FACET_YEAR:
      return value == 0 ? g_strdup (_ ("No single year"))
                        : g_strdup_printf ("%" G_GINT64_FORMAT, value);
    case CC_FACET_SIGN:
      return g_strdup (cc_cases_sign_text ((CcRecordSign) value, unit));
    case CC_FACET_STATE:
      return g_strdup (value != 0 ? _ ("Withdrawn") : _ ("Counted"));
    default:
      code = value != 0 ? cc_case_file_code_from_id (cc_session_get_file (session), value) : NULL;
      return code != NULL ? cc_cases_format_code (session, code) : g_strdup (_ ("Not known"));
    }
}

static char *
count_units (const char *unit, guint n, const char *number)
{
  if (is_unit (unit, "victim"))
    return g_strdup_printf (ngettext ("%s victim record", "%s victim records", n), number);
  if (is_unit (unit, "perpetrator"))
    return g_strdup_printf (ngettext ("%s perpetrator record", "%s perpetrator records", n),
                            number);
  if (is_unit (unit, "event"))
    return g_strdup_printf (ngettext ("%s event record", "%s event records", n), number);
  return g_strdup_printf (ngettext ("%s row set aside", "%s rows set aside", n), number);
}

/**
 * n_all: how many there are without filters; as n where nothing narrows the list
 */
char *
cc_cases_count (CcSession *session, const char *unit, guint n, guint n_all)
{
  g_autofree char *number = cc_session_format_number (session, n);
  g_autofree char *all = NULL;
  g_autofree char *all_units = NULL;

  if (n == n_all)
    return count_units (unit, n, number);
  all = cc_session_format_number (session, n_all);
  all_units = count_units (unit, n_all, all);
  /* Translators: a number and what it is a part of: "12 of 340 victim records". */
  return g_strdup_printf (_ ("%1$s of %2$s"), number, all_units);
}

/**
 * n_parts: records that went with the deleted one
 */
char *
cc_cases_tell_deleted (CcSession *session, guint n_parts)
{
  g_autofree char *number = cc_session_format_number (session, n_parts);

  if (n_parts == 0)
    return g_strdup (_ ("The record was deleted."));
  /* Translators: links, decisions, services and the like of one person or event. */
  return g_strdup_printf (ngettext ("The record was deleted, and %s part that belongs to it.",
                                    "The record was deleted, and %s parts that belong to it.",
                                    n_parts),
                          number);
}

/**
 * min, max: completed years, -1 where open; both open give an empty text
 */
char *
cc_cases_format_age (CcSession *session, int min, int max)
{
  g_autofree char *first = cc_session_format_number (session, MAX (min, 0));
  g_autofree char *last = cc_session_format_number (session, MAX (max, 0));

  if (min < 0 && max < 0)
    return g_strdup ("");
  if (min == max)
    return g_steal_pointer (&first);
  if (max < 0)
    /* Translators: an age, such as "18 or more". */
    return g_strdup_printf (_ ("%s or more"), first);
  if (min <= 0)
    /* Translators: an age, such as "17 or less". */
    return g_strdup_printf (_ ("%s or less"), last);
  /* Translators: ages from the first to the last. */
  return g_strdup_printf (_ ("%1$s–%2$s"), first, last);
}

static char *
format_codes (CcSession *session, const CcValue *value)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < value->codes->len; i++)
    {
      g_autofree char *label = cc_cases_format_code (session, g_ptr_array_index (value->codes, i));

      if (text->len > 0)
        /* Translators: between the items of a list. */
        g_string_append (text, _ (", "));
      g_string_append (text, label);
    }
  if (value->text != NULL && *value->text != '\0')
    g_string_append_printf (text, ": %s", value->text);
  return g_string_free (text, FALSE);
}

static const char *
find_entity (GPtrArray *entities, gint64 id)
{
  for (guint i = 0; entities != NULL && i < entities->len; i++)
    if (((const CcEntity *) g_ptr_array_index (entities, i))->id == id)
      return ((const CcEntity *) g_ptr_array_index (entities, i))->name;
  return NULL;
}

static char *
format_known (CcSession *session, const CcValue *value, GPtrArray *entities)
{
  g_autofree char *label = NULL;
  g_autofree char *day = NULL;

  switch (value->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      label = cc_cases_format_code (session, value->code);
      if (value->text == NULL || *value->text == '\0')
        return g_steal_pointer (&label);
      return g_strdup_printf (_ ("%s: %s"), label, value->text);
    case CC_VARIABLE_MULTI:
      return format_codes (session, value);
    case CC_VARIABLE_DATE:
      return cc_session_format_interval (session, value->date);
    case CC_VARIABLE_AGE:
      label = cc_cases_format_age (session, value->age_min, value->age_max);
      if (value->age_day == CC_DAY_NONE)
        return g_steal_pointer (&label);
      day = cc_session_format_day (session, value->age_day);
      /* Translators: an age and the day on which it was stated. */
      return g_strdup_printf (_ ("%1$s on %2$s"), label, day);
    case CC_VARIABLE_INT:
      return cc_session_format_number (session, value->number);
    case CC_VARIABLE_REF:
      return g_strdup (find_entity (entities, value->number));
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      return g_strdup (value->text);
    }
}

/**
 * entities: (element-type CcEntity): for values that name one
 *
 * Returns: the value in words; one of the kinds of no value by its name
 */
char *
cc_cases_format_value (CcSession *session, const CcValue *value, GPtrArray *entities)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *none = NULL;
  char            *text;

  if (value->no_value == CC_NO_VALUE_NONE)
    {
      text = format_known (session, value, entities);
      return text != NULL ? text : g_strdup ("");
    }
  none = cc_cases_format_code (session, cc_pack_find_code (pack, "_NOVALUE",
                                                           cc_no_value_to_code (value->no_value)));
  if (value->text == NULL || *value->text == '\0')
    return g_steal_pointer (&none);
  /* Translators: what a value is, and in brackets the words in which it was given. */
  return g_strdup_printf (_ ("%1$s (“%2$s”)"), none, value->text);
}

/* Rules of checks and reasons of rows set aside are keys of output texts. */
char *
cc_cases_reason (CcSession *session, const char *rule)
{
  CcTexts *texts = cc_session_get_texts (session);

  if (rule == NULL)
    return g_strdup ("");
  return g_strdup (cc_texts_has (texts, rule)
                       ? cc_texts_get (texts, rule, cc_session_get_language (session))
                       : rule);
}

const char *
cc_cases_sign_icon (CcRecordSign sign)
{
  switch (sign)
    {
    case CC_SIGN_ERROR:
      return "dialog-error-symbolic";
    case CC_SIGN_WARNING:
      return "dialog-warning-symbolic";
    case CC_SIGN_PAIR:
      return "casecount-pair-symbolic";
    case CC_SIGN_JOINED:
      return "system-users-symbolic";
    case CC_SIGN_TYPED:
      return "document-edit-symbolic";
    case CC_SIGN_WITHDRAWN:
    default:
      return "user-trash-symbolic";
    }
}

const char *
cc_cases_sign_text (CcRecordSign sign, const char *unit)
{
  const gboolean event = is_unit (unit, "event");

  switch (sign)
    {
    case CC_SIGN_ERROR:
      return _ ("Error found by the checks");
    case CC_SIGN_WARNING:
      return _ ("Warning of the checks");
    case CC_SIGN_PAIR:
      return event ? _ ("Perhaps the same event as another record")
                   : _ ("Perhaps the same person as another record");
    case CC_SIGN_JOINED:
      return event ? _ ("One of several records of this event")
                   : _ ("One of several records of this person");
    case CC_SIGN_TYPED:
      return _ ("Typed in by hand");
    case CC_SIGN_WITHDRAWN:
    default:
      return _ ("Withdrawn");
    }
}

static void
add_part (GString *text, const char *part, const char *between)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, between);
  g_string_append (text, part);
}

static void
add_taken (GString *text, char *part, const char *between)
{
  add_part (text, part, between);
  g_free (part);
}

char *
cc_cases_describe_row (CcSession *session, const char *unit, const CcRecordRow *row)
{
  GString    *text = g_string_new (NULL);
  const char *between = _ (", ");

  add_part (text, row->name, between);
  add_part (text, row->number, between);
  add_part (text, row->agency, between);
  add_taken (text, cc_session_format_interval (session, row->date), between);
  add_taken (text, cc_cases_format_code (session, row->sex), between);
  add_taken (text, cc_cases_format_age (session, row->age_min, row->age_max), between);
  add_taken (text, cc_cases_format_code (session, row->status), between);
  for (guint i = 0; i < CC_N_SIGNS; i++)
    if (row->signs & (1u << i))
      add_part (text, cc_cases_sign_text (1 << i, unit), between);
  if (text->len == 0)
    g_string_append (text, _ ("Record without name, number and date"));
  return g_string_free (text, FALSE);
}

char *
cc_cases_describe_parked (CcSession *session, const CcParkedRow *row)
{
  g_autofree char *reason = cc_cases_reason (session, row->reason);
  g_autofree char *number = cc_session_format_number (session, row->row);

  /* Translators: a row of a delivered file that was set aside: reason, agency, file, number. */
  return g_strdup_printf (_ ("%1$s %2$s, %3$s, row %4$s"), reason, row->agency,
                          row->file_name != NULL ? row->file_name : "", number);
}

/* Tabs and line ends would break a spreadsheet's row. */
static void
add_cell (GString *text, const char *cell)
{
  g_autofree char *clean = g_strdelimit (g_strdup (cell != NULL ? cell : ""), "\t\r\n", ' ');

  if (text->len > 0)
    g_string_append_c (text, '\t');
  g_string_append (text, clean);
}

static void
take_cell (GString *text, char *cell)
{
  add_cell (text, cell);
  g_free (cell);
}

char *
cc_cases_copy_row (CcSession *session, const char *unit, const CcRecordRow *row)
{
  GString *text = g_string_new (row->name);

  add_cell (text, row->number);
  add_cell (text, row->agency);
  take_cell (text, cc_session_format_interval (session, row->date));
  if (is_unit (unit, "event"))
    {
      take_cell (text, cc_session_format_number (session, row->n_victims));
      take_cell (text, cc_session_format_number (session, row->n_perpetrators));
    }
  else
    {
      take_cell (text, cc_cases_format_code (session, row->sex));
      take_cell (text, cc_cases_format_age (session, row->age_min, row->age_max));
    }
  take_cell (text, cc_cases_format_code (session, row->status));
  return g_string_free (text, FALSE);
}

char *
cc_cases_copy_parked (CcSession *session, const CcParkedRow *row)
{
  GString *text = g_string_new (row->agency);

  add_cell (text, row->file_name);
  add_cell (text, row->sheet);
  take_cell (text, g_strdup_printf ("%" G_GINT64_FORMAT, row->row));
  take_cell (text, cc_cases_reason (session, row->reason));
  for (guint i = 0; row->cells != NULL && row->cells[i] != NULL; i++)
    add_cell (text, row->cells[i]);
  return g_string_free (text, FALSE);
}

char *
cc_cases_name_unit (CcSession *session, const CcUnit *unit)
{
  return g_strdup (cc_pack_get_label (cc_case_file_get_pack (cc_session_get_file (session)), "unit",
                                      unit->name, cc_session_get_language (session)));
}
