/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-editor-texts.h"

#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *abbr;
  const char *name; /* in the tree */
  const char *add;  /* in the menu */
} UnitWords;

static const UnitWords unit_words[] = {
  { "EV", N_ ("Event"), N_ ("Add Event") },
  { "VI", N_ ("Victim"), N_ ("Add Victim") },
  { "PE", N_ ("Perpetrator"), N_ ("Add Perpetrator") },
  { "VE", N_ ("Exploitation"), N_ ("Add Exploitation") },
  { "PR", N_ ("Role in the Event"), N_ ("Add Role in the Event") },
  { "VP", N_ ("Relationship"), N_ ("Add Relationship") },
  { "VS", N_ ("Status Decision"), N_ ("Add Status Decision") },
  { "JS", N_ ("Justice Step"), N_ ("Add Justice Step") },
  { "AS", N_ ("Assistance"), N_ ("Add Assistance") },
  { "RF", N_ ("Referral"), N_ ("Add Referral") },
  { "PL", N_ ("Place"), N_ ("Add Place") },
};

static const UnitWords *
find_words (const CcUnit *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_words); i++)
    if (strcmp (unit_words[i].abbr, unit->abbr) == 0)
      return &unit_words[i];
  g_return_val_if_reached (&unit_words[0]);
}

static const char *
get_text (CcRecord *record, const char *id)
{
  const CcValue *value = cc_record_find (record, id);

  return value != NULL && value->no_value == CC_NO_VALUE_NONE ? value->text : NULL;
}

/* "Awa Diallo", or whatever there is of it. */
static char *
write_name (CcDraftUnit *unit, const char *prefix)
{
  static const char *const parts[] = { "GIVEN", "FAMILY" };
  static const char *const others[] = { "FULL", "ALIAS", "AGENCYREF" };
  GString                 *name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *id = g_strconcat (prefix, parts[i], NULL);
      const char      *text = get_text (unit->record, id);

      if (text != NULL)
        g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", text);
    }
  for (guint i = 0; name->len == 0 && i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = g_strconcat (prefix, others[i], NULL);
      const char      *text = get_text (unit->record, id);

      if (text != NULL)
        g_string_assign (name, text);
    }
  return g_string_free (name, name->len == 0);
}

char *
cc_editor_name_unit (CcCaseDraft *draft, CcDraftUnit *unit)
{
  const char *name = _ (find_words (unit->record->unit)->name);
  const guint number = cc_case_draft_get_number (draft, unit);

  if (strcmp (unit->record->unit->abbr, "VP") == 0 && unit->parents[1] != NULL)
    {
      g_autofree char *other = write_name (unit->parents[1], "X_PE_ID_");
      g_autofree char *other_name =
          other == NULL ? cc_editor_name_unit (draft, unit->parents[1]) : NULL;

      /* Translators: of a victim; %s is a perpetrator's name, or "Perpetrator 2". */
      return g_strdup_printf (_ ("Relationship to %s"), other != NULL ? other : other_name);
    }
  if (number == 0)
    return g_strdup (name);
  /* Translators: a part of a case and its number, such as "Victim 2". */
  return g_strdup_printf (_ ("%s %u"), name, number);
}

char *
cc_editor_name_offer (CcCaseDraft *draft, const CcDraftOffer *offer)
{
  if (strcmp (offer->unit->abbr, "VP") == 0)
    {
      g_autofree char *other = write_name (offer->parents[1], "X_PE_ID_");
      g_autofree char *other_name =
          other == NULL ? cc_editor_name_unit (draft, offer->parents[1]) : NULL;

      /* Translators: of a victim; %s is a perpetrator's name, or "Perpetrator 2". */
      return g_strdup_printf (_ ("Add Relationship to %s"), other != NULL ? other : other_name);
    }
  return g_strdup (_ (find_words (offer->unit)->add));
}

static void
add_part (CcSession *session, CcDraftUnit *unit, const char *id, GString *text)
{
  const CcValue   *value = cc_record_find (unit->record, id);
  g_autofree char *part = NULL;
  g_autofree char *apart = NULL;

  if (value == NULL || value->no_value != CC_NO_VALUE_NONE)
    return;
  part = cc_editor_write_value (session, value);
  apart = cc_isolate (part);
  if (*apart != '\0')
    /* Translators: between the parts of a summary, such as "Female, 17". */
    g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("summary", ", ") : "", apart);
}

char *
cc_editor_summarise_unit (CcSession *session, CcDraftUnit *unit)
{
  static const struct
  {
    const char *abbr;
    const char *ids[4];
  } parts[] = {
    { "EV", { "EV02", "EV06" } },
    { "VI", { "VI03", "VI06" } },
    { "PE", { "PE04", "PE05" } },
    { "VE", { "VE03", "VE11" } },
    { "PR", { "PR02" } },
    { "VP", { "VP02" } },
    { "VS", { "VS01", "VS02" } },
    { "JS", { "JS01", "JS03" } },
    { "AS", { "AS01", "AS03" } },
    { "RF", { "X_RF_TO", "RF02" } },
    { "PL", { "X_PL_STAGE", "X_PL_COUNTRY" } },
  };
  const char *abbr = unit->record->unit->abbr;
  GString    *text = g_string_new (NULL);

  if (strcmp (abbr, "VI") == 0 || strcmp (abbr, "PE") == 0)
    {
      g_autofree char *name = write_name (unit, abbr[0] == 'V' ? "X_VI_ID_" : "X_PE_ID_");

      g_autofree char *apart = cc_isolate (name);

      g_string_append (text, apart);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; strcmp (parts[i].abbr, abbr) == 0 && parts[i].ids[j] != NULL; j++)
      add_part (session, unit, parts[i].ids[j], text);
  return g_string_free (text, text->len == 0);
}

char *
cc_editor_name_section (CcSession *session, const CcFormSection *section)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (session));

  switch (section->kind)
    {
    case CC_FORM_SECTION_IDENTITY:
      return g_strdup (_ ("Names and Numbers"));
    case CC_FORM_SECTION_GENERAL:
      return g_strdup (_ ("Details"));
    case CC_FORM_SECTION_GROUP:
    default:
      return g_strdup (
          cc_pack_get_label (pack, "group", section->group, cc_session_get_language (session)));
    }
}

const char *
cc_editor_name_no_value (CcNoValue no_value)
{
  switch (no_value)
    {
    case CC_NO_VALUE_UNKNOWN:
      return _ ("Unknown");
    case CC_NO_VALUE_REFUSED:
      return _ ("Refused");
    case CC_NO_VALUE_NOT_APPLICABLE:
      return _ ("Does not apply");
    case CC_NO_VALUE_NOT_COLLECTED:
    case CC_NO_VALUE_NONE:
    default:
      return _ ("Not asked");
    }
}

/* A form that was left keeps what was typed, not why it is no date: it is read again. */
static char *
explain_date (CcEditorContext *context, const char *text)
{
  g_autofree char *month = NULL;
  CcInterval       date;
  guint            n_days;

  if (cc_entry_read_date (context->pack, text, context->order, context->today, &date)
      != CC_ENTRY_NO_DAY)
    return g_strdup (_ ("This is no date. Enter 2023, 3/2023 or 14/3/2023."));
  month = cc_session_format_interval (context->session, date);
  n_days = (guint) (date.last - date.first + 1);
  /* Translators: a month with its year, as February 2023, and 28, 29 or 30. */
  return g_strdup_printf (ngettext ("There is no such day: %s has %u day.",
                                    "There is no such day: %s has %u days.", n_days),
                          month, n_days);
}

char *
cc_editor_explain_read (CcEditorContext  *context,
                        CcEntryRead       read,
                        const CcVariable *variable,
                        const char       *text)
{
  switch (read)
    {
    case CC_ENTRY_SEVERAL:
      return g_strdup (_ ("Several ages: enter each person by itself, or a range such as 15-17."));
    case CC_ENTRY_FUTURE:
      return g_strdup (_ ("This day has not come yet, so it cannot be stored."));
    case CC_ENTRY_CALENDAR:
      return g_strdup (_ ("This looks like another calendar. Enter the Gregorian date."));
    case CC_ENTRY_TOO_LARGE:
      return variable->type == CC_VARIABLE_AGE
                 ? g_strdup (_ ("Nobody is older than 120, so this age cannot be stored."))
                 : g_strdup (_ ("This number is too large to be stored."));
    case CC_ENTRY_NO_DAY:
    case CC_ENTRY_UNREADABLE:
      if (variable->type == CC_VARIABLE_DATE)
        return explain_date (context, text);
      if (variable->type == CC_VARIABLE_AGE)
        return g_strdup (_ ("This is no age. Enter 17, 15-17, about 20 or a date of birth."));
      if (variable->type == CC_VARIABLE_INT)
        return g_strdup (_ ("This is no whole number."));
      return g_strdup_printf (_ ("“%s” is not in the list. Choose one of its entries."), text);
    case CC_ENTRY_OK:
    case CC_ENTRY_EMPTY:
    case CC_ENTRY_UNKNOWN:
    case CC_ENTRY_BIRTH:
    default:
      return NULL;
    }
}

char *
cc_editor_write_age (CcSession *session, const CcValue *value)
{
  g_autofree char *age = NULL;
  g_autofree char *day = NULL;

  if (value->age_min < 0 && value->age_max < 0)
    return g_strdup ("");
  if (value->age_max < 0)
    /* Translators: an age that is known from below only. */
    age = g_strdup_printf (_ ("%d or older"), value->age_min);
  else if (value->age_min == value->age_max)
    age = g_strdup_printf ("%d", value->age_min);
  else
    /* Translators: a range of ages. */
    age = g_strdup_printf (_ ("%d to %d"), MAX (value->age_min, 0), value->age_max);
  if (value->age_day == CC_DAY_NONE)
    return g_steal_pointer (&age);
  day = cc_session_format_day (session, value->age_day);
  /* Translators: an age and the day on which the person had it. */
  return g_strdup_printf (_ ("%s on %s"), age, day);
}

static char *
write_codes (CcSession *session, const CcValue *value)
{
  CcPack  *pack = cc_case_file_get_pack (cc_session_get_file (session));
  GString *text = g_string_new (NULL);

  if (value->codes->len == 0 && value->complete == 1)
    g_string_append (text, _ ("None of these"));
  for (guint i = 0; i < value->codes->len; i++)
    {
      g_autofree char *label =
          cc_pack_get_code_label (pack, value->codes->pdata[i], cc_session_get_language (session));

      g_string_append_printf (text, "%s%s", i > 0 ? C_ ("summary", ", ") : "", label);
    }
  return g_string_free (text, FALSE);
}

char *
cc_editor_write_value (CcSession *session, const CcValue *value)
{
  if (value->no_value != CC_NO_VALUE_NONE)
    return g_strdup (cc_editor_name_no_value (value->no_value));
  switch (value->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      return value->code == NULL
                 ? g_strdup ("")
                 : cc_pack_get_code_label (cc_case_file_get_pack (cc_session_get_file (session)),
                                           value->code, cc_session_get_language (session));
    case CC_VARIABLE_MULTI:
      return write_codes (session, value);
    case CC_VARIABLE_DATE:
      return cc_session_format_interval (session, value->date);
    case CC_VARIABLE_AGE:
      return cc_editor_write_age (session, value);
    case CC_VARIABLE_INT:
      return cc_session_format_number (session, value->number);
    case CC_VARIABLE_REF:
      return g_strdup ("");
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      return g_strdup (value->text != NULL ? value->text : "");
    }
}

const char *
cc_editor_get_label (CcSession *session, const CcVariable *variable)
{
  return cc_pack_get_label (cc_case_file_get_pack (cc_session_get_file (session)), "variable",
                            variable->id, cc_session_get_language (session));
}

const char *
cc_editor_get_definition (CcSession *session, const CcVariable *variable)
{
  CcPack     *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const char *text =
      cc_pack_get_label (pack, "definition", variable->id, cc_session_get_language (session));

  return g_str_equal (text, variable->id) ? variable->definition : text;
}
