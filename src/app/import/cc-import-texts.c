/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-texts.h"

#include "cc-import-strange.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>

/* Numbers come formatted by the program's own table; ngettext () still sees the plain number. */
static CcPack *
get_pack (CcSession *session)
{
  return cc_case_file_get_pack (cc_session_get_file (session));
}

char *
cc_import_text (CcSession *session, const char *key)
{
  return g_strdup (
      cc_texts_get (cc_session_get_texts (session), key, cc_session_get_language (session)));
}

static guint
count_rows (const CcInspection *inspection)
{
  guint n = 0;

  for (guint i = 0; i < inspection->tables->len; i++)
    n += ((CcInspectTable *) g_ptr_array_index (inspection->tables, i))->n_rows[CC_ROW_DATA];
  return n;
}

static char *
describe_ready (CcImportDraft *draft)
{
  const CcEntity  *entity = cc_import_draft_get_entity (draft);
  const guint      n = count_rows (draft->inspection);
  g_autofree char *number = cc_session_format_number (draft->session, n);
  g_autofree char *rows = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) n), number);
  g_autofree char *agency = NULL;

  if (draft->same != NULL)
    {
      g_autofree char *day = cc_session_format_time (draft->session, draft->same->received);

      /* Translators: the second %s is a day and a time. */
      return g_strdup_printf (_ ("%s · This very file was imported on %s."), rows, day);
    }
  if (entity == NULL)
    return g_strdup_printf (_ ("%s · Say who sent it."), rows);
  agency = cc_isolate (entity->name);
  if (cc_import_draft_is_known (draft))
    /* Translators: the second %s is the name of an agency. */
    return g_strdup_printf (_ ("%s · %s · Read as last time, ready to import."), rows, agency);
  return g_strdup_printf (_ ("%s · %s · Ready to be set up."), rows, agency);
}

/**
 * Returns: one line about a file of the queue
 */
char *
cc_import_describe_draft (CcImportDraft *draft)
{
  switch (draft->state)
    {
    case CC_DRAFT_WAITING:
      return g_strdup (_ ("Waiting to be read"));
    case CC_DRAFT_READING:
      if (draft->fraction > 0)
        /* Translators: how much of a file has been read so far, in percent. */
        return g_strdup_printf (_ ("Being read: %d %%"), (int) (draft->fraction * 100));
      return g_strdup (_ ("Being read"));
    case CC_DRAFT_FAILED:
      return g_strdup (_ ("Could not be read"));
    case CC_DRAFT_DONE:
      if (draft->result == NULL)
        return g_strdup (_ ("Its figures of the population were taken over"));
      return cc_import_describe_result (draft->session, draft->result, TRUE);
    case CC_DRAFT_READY:
    default:
      if (cc_import_is_population (draft))
        return g_strdup (_ ("Figures of the population, and no list"));
      if (draft->inspection->nil)
        return g_strdup (_ ("It says that there was nothing to report"));
      return draft->inspection->tables->len == 0 ? g_strdup (_ ("No table was found in it"))
                                                 : describe_ready (draft);
    }
}

/**
 * Returns: what a delivery consists of
 */
char *
cc_import_describe_delivery (CcSession *session, const CcSubmission *submission)
{
  g_autofree char *rows = cc_session_format_number (session, submission->rows);
  g_autofree char *accepted = cc_session_format_number (session, submission->accepted);
  g_autofree char *parked = cc_session_format_number (session, submission->parked);
  g_autofree char *when = cc_session_format_time (session, submission->received);

  if (submission->nil)
    return g_strdup_printf (_ ("Nil return, noted on %s"), when);
  if (submission->parked == 0)
    /* Translators: numbers of rows, then a day and a time. */
    return g_strdup_printf (_ ("%s of %s rows taken · %s"), accepted, rows, when);
  return g_strdup_printf (_ ("%s of %s rows taken, %s set aside · %s"), accepted, rows, parked,
                          when);
}

/**
 * Returns: what taking a delivery back means, before it is done
 */
char *
cc_import_describe_undo (CcSession *session, const char *agency, const CcSubmission *delivery)
{
  g_autofree char *name = cc_isolate (delivery->file_name != NULL ? delivery->file_name : agency);

  return g_strdup_printf (_ ("“%s” is taken back as a whole. Persons who are on no other list are "
                             "no "
                             "longer counted; for all others, what their other lists say holds "
                             "again. The rows stay in the case file. Decisions about duplicates "
                             "rest until the same file is imported again. You can take this back."),
                          name);
}

/**
 * unit: of a table in a map: victim, perpetrator, event, "" or "-"
 */
char *
cc_import_describe_unit (const char *unit)
{
  if (g_str_equal (unit, "victim"))
    return g_strdup (_ ("One victim"));
  if (g_str_equal (unit, "perpetrator"))
    return g_strdup (_ ("One suspect or convicted person"));
  if (g_str_equal (unit, "event"))
    return g_strdup (_ ("One case"));
  if (g_str_equal (unit, CC_IMPORT_COUNTS))
    return g_strdup (_ ("Counts of persons or cases"));
  if (g_str_equal (unit, "-"))
    return g_strdup (_ ("Leave This Table Out"));
  return g_strdup (_ ("Not clear yet"));
}

/**
 * Returns: "Age", "Form of exploitation: forced labour", "Date: prosecution"
 */
char *
cc_import_describe_target (CcSession *session, const CcTarget *target)
{
  CcPack          *pack = get_pack (session);
  const char      *language = cc_session_get_language (session);
  const char      *label = cc_pack_get_label (pack, "variable", target->variable->id, language);
  g_autofree char *code = NULL;

  if (label == NULL)
    label = target->variable->name;
  switch (target->part)
    {
    case CC_TARGET_AGE_MIN:
      /* Translators: %s is what an age is called, "Age at detection". */
      return g_strdup_printf (_ ("%s: at least"), label);
    case CC_TARGET_AGE_MAX:
      return g_strdup_printf (_ ("%s: at most"), label);
    case CC_TARGET_DAY:
      /* Translators: %s is what a date is called, "Date of detection"; its day, month and year
       * stand in columns of their own. */
      return g_strdup_printf (_ ("%s: day"), label);
    case CC_TARGET_MONTH:
      return g_strdup_printf (_ ("%s: month"), label);
    case CC_TARGET_YEAR:
      return g_strdup_printf (_ ("%s: year"), label);
    case CC_TARGET_TICK:
    case CC_TARGET_STEP:
    case CC_TARGET_PLACE:
      code = cc_pack_get_code_label (pack, target->code, language);
      /* Translators: what a column holds, and for which of its values: "Form of exploitation:
       * forced labour". */
      return g_strdup_printf (_ ("%s: %s"), label, code);
    case CC_TARGET_VALUE:
    default:
      return g_strdup (label);
    }
}

/**
 * Returns: what a column feeds, in words
 */
char *
cc_import_describe_targets (CcSession *session, const CcColumnPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (plan->ignored)
    return g_strdup (_ ("Kept as Text Only"));
  if (plan->targets->len == 0)
    return g_strdup (_ ("Not Known Yet"));
  for (guint i = 0; i < plan->targets->len; i++)
    {
      g_autofree char *target =
          cc_import_describe_target (session, g_ptr_array_index (plan->targets, i));

      if (i > 0)
        /* Translators: between two things that one column holds: "Sex and Age". */
        g_string_append (text, _ (" and "));
      g_string_append (text, target);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
name_language (const char *code)
{
  static const struct
  {
    const char *code;
    const char *text;
  } names[] = {
    { "en", N_ ("known header in English") },    { "fr", N_ ("known header in French") },
    { "pt", N_ ("known header in Portuguese") }, { "es", N_ ("known header in Spanish") },
    { "ar", N_ ("known header in Arabic") },     { "sw", N_ ("known header in Swahili") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].code, code) == 0)
      return _ (names[i].text);
  return NULL;
}

/**
 * Returns: why the column is taken so, in words
 */
char *
cc_import_describe_reason (CcSession *session, const CcColumnPlan *plan)
{
  const char *named = name_language (plan->language);

  /* A column that nobody recognised has no target; only a person gives one without a reason. */
  if (plan->reason == NULL && plan->targets->len == 0 && !plan->ignored)
    return cc_import_text (session, "intake.reason.not-known");
  if (plan->reason == NULL)
    return g_strdup (_ ("chosen by you"));
  if (named != NULL && g_str_equal (plan->reason, "intake.reason.synonym"))
    return g_strdup (named);
  return cc_import_text (session, plan->reason);
}

/**
 * Returns: up to three values, as they stand in the sheet
 */
char *
cc_import_describe_samples (const CcInspectColumn *column)
{
  if (column->samples == NULL || column->samples[0] == NULL)
    return g_strdup (_ ("Empty"));
  return g_strjoinv (" · ", column->samples);
}

char *
cc_import_describe_fill (CcSession             *session,
                         const CcInspectTable  *table,
                         const CcInspectColumn *column)
{
  g_autofree char *filled = cc_session_format_number (session, column->n_filled);
  g_autofree char *rows = cc_session_format_number (session, table->n_rows[CC_ROW_DATA]);

  if (column->n_filled == 0)
    return g_strdup (_ ("Empty in every row"));
  if (column->n_filled >= table->n_rows[CC_ROW_DATA])
    return g_strdup (_ ("Filled in every row"));
  return g_strdup_printf (_ ("Filled in %s of %s rows"), filled, rows);
}

const char *
cc_import_describe_row_kind (CcPreviewKind kind)
{
  switch (kind)
    {
    case CC_PREVIEW_ABOVE:
      return _ ("Title");
    case CC_PREVIEW_HEADER:
      return _ ("Header");
    case CC_PREVIEW_MACHINE:
      return _ ("Names for programs");
    case CC_PREVIEW_HEADER_AGAIN:
      return _ ("Header again");
    case CC_PREVIEW_TOTAL:
      return _ ("Total");
    case CC_PREVIEW_NOTE:
      return _ ("Note");
    case CC_PREVIEW_NUMBERED:
      return _ ("Number only");
    case CC_PREVIEW_EXAMPLE:
      return _ ("Example");
    case CC_PREVIEW_DATA:
    default:
      return NULL;
    }
}

char *
cc_import_describe_no_value (CcNoValue no_value)
{
  switch (no_value)
    {
    case CC_NO_VALUE_UNKNOWN:
      return g_strdup (_ ("Not known"));
    case CC_NO_VALUE_REFUSED:
      return g_strdup (_ ("Refused or withheld"));
    case CC_NO_VALUE_NOT_APPLICABLE:
      return g_strdup (_ ("Does not apply"));
    case CC_NO_VALUE_NOT_COLLECTED:
    case CC_NO_VALUE_NONE:
    default:
      return g_strdup (_ ("Kept as text"));
    }
}

static char *
join_codes (CcSession *session, GPtrArray *codes, const char *separator)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *label =
          cc_pack_get_code_label (get_pack (session), g_ptr_array_index (codes, i),
                                  cc_session_get_language (session));

      g_string_append_printf (text, "%s%s", i > 0 ? separator : "", label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * Returns: what a value is taken for
 */
char *
cc_import_describe_value (CcSession *session, const CcPlannedValue *value)
{
  g_autofree char *codes = NULL;

  switch (value->state)
    {
    case CC_VALUE_ASK:
      /* Translators: between two meanings of which one must be chosen: "Niger or Nigeria". */
      codes = join_codes (session, value->codes, _ (" or "));
      return codes[0] != '\0' ? g_strdup_printf (_ ("%s? Please choose."), codes)
                              : g_strdup (_ ("May mean several things. Please choose."));
    case CC_VALUE_OPEN:
      codes = join_codes (session, value->codes, _ (" or "));
      return codes[0] != '\0' ? g_strdup_printf (_ ("Perhaps %s?"), codes)
                              : g_strdup (_ ("Not known yet"));
    case CC_VALUE_NO_VALUE:
      return cc_import_describe_no_value (value->no_value);
    case CC_VALUE_KNOWN:
    case CC_VALUE_DECIDED:
    default:
      return value->codes->len > 0 ? join_codes (session, value->codes, ", ")
                                   : cc_import_describe_no_value (value->no_value);
    }
}

/**
 * Returns: "12 of 12 values recognised"
 */
char *
cc_import_describe_plan (CcSession *session, const CcValuePlan *plan)
{
  const guint      n = plan->values->len;
  g_autofree char *known = cc_session_format_number (session, n - plan->n_open);
  g_autofree char *all = cc_session_format_number (session, n);

  return g_strdup_printf (ngettext ("%s of %s value recognised", "%s of %s values recognised",
                                    (gulong) n),
                          known, all);
}

/* A value of the column that shows what the order means: one that could be read both ways. */
static const char *
find_example (CcSession *session, const CcInspectColumn *column, gboolean date_1904)
{
  const char *any = NULL;

  for (guint i = 0; i < column->values->len; i++)
    {
      const CcDistinct *distinct = g_ptr_array_index (column->values, i);
      CcInterval        date;
      CcDateRead        read =
          cc_date_text_read (get_pack (session), distinct->text, CC_DATE_ORDER_UNKNOWN,
                             cc_day_today (), date_1904, &date);

      if (read == CC_DATE_READ_AMBIGUOUS)
        return distinct->text;
      if ((read == CC_DATE_READ_OK || read == CC_DATE_READ_CALENDAR) && any == NULL)
        any = distinct->text;
    }
  return any;
}

/**
 * Returns: (nullable): "03/04/2023 is 3 April 2023"; NULL where no value shows it
 */
char *
cc_import_describe_date_order (CcSession             *session,
                               const CcInspectColumn *column,
                               CcDateOrder            order,
                               CcCalendar             calendar,
                               gboolean               date_1904)
{
  const char      *text = find_example (session, column, date_1904);
  const CcDateForm form = { order, calendar, date_1904 };
  g_autofree char *day = NULL;
  CcInterval       date;
  guint            notes;

  if (text == NULL)
    return NULL;
  if (cc_date_text_read_form (get_pack (session), text, &form, cc_day_today (), &date, &notes)
      != CC_DATE_READ_OK)
    return NULL;
  day = cc_session_format_interval (session, date);
  /* Translators: a date as written in a sheet, and the day it means. */
  return g_strdup_printf (_ ("“%s” is %s"), text, day);
}

/**
 * Returns: the headline of a run
 */
char *
cc_import_describe_result (CcSession *session, const CcImportResult *result, gboolean done)
{
  const gint64 taken = cc_import_count_total (result->fresh)
                       + cc_import_count_total (result->updated)
                       + cc_import_count_total (result->unchanged);
  g_autofree char *number = cc_session_format_number (session, taken);
  g_autofree char *rows = cc_session_format_number (session, result->rows);

  if (result->same_file)
    return g_strdup (_ ("This very file was imported before. Nothing is changed."));
  if (done)
    return g_strdup_printf (ngettext ("%s of %s row was taken.", "%s of %s rows were taken.",
                                      (gulong) result->rows),
                            number, rows);
  return g_strdup_printf (ngettext ("%s of %s row will be taken.", "%s of %s rows will be taken.",
                                    (gulong) result->rows),
                          number, rows);
}

/**
 * Returns: (nullable): up to five places of a finding: "Victims row 14: 31/02/2023"; NULL for none
 */
char *
cc_import_describe_examples (CcSession *session, const CcImportResult *result, const char *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < result->examples->len; i++)
    {
      const CcImportExample *example = g_ptr_array_index (result->examples, i);
      g_autofree char       *row = cc_session_format_number (session, example->row);

      if (!g_str_equal (example->rule, rule))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: the name of a sheet and the number of a row in it. */
      g_string_append_printf (text, _ ("%s, row %s"), example->sheet, row);
      if (example->value != NULL && *example->value != '\0')
        g_string_append_printf (text, ": %s", example->value);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Whether a column of the table feeds a variable of this name. */
static gboolean
has_variable (GPtrArray *plans, const char *unit, const char *name)
{
  for (guint i = 0; i < plans->len; i++)
    {
      const CcColumnPlan *plan = g_ptr_array_index (plans, i);

      for (guint j = 0; j < plan->targets->len; j++)
        {
          const CcTarget *target = g_ptr_array_index (plan->targets, j);

          if (g_str_equal (target->variable->unit, unit)
              && g_str_equal (target->variable->name, name))
            return TRUE;
        }
    }
  return FALSE;
}

static void
add_unknown_columns (CcImportDraft        *draft,
                     const CcInspectTable *table,
                     GPtrArray            *plans,
                     GPtrArray            *lines)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < plans->len; i++)
    {
      const CcColumnPlan    *plan = g_ptr_array_index (plans, i);
      const CcInspectColumn *column = g_ptr_array_index (table->columns, i);

      if (plan->ignored || plan->targets->len > 0 || column->n_filled == 0)
        continue;
      g_string_append_printf (names, "%s“%s”", n > 0 ? ", " : "", plan->header);
      n++;
    }
  if (n > 0)
    g_ptr_array_add (
        lines,
        g_strdup_printf (ngettext ("Nobody has said what the column %s holds. Its texts are "
                                   "kept, and no table counts them.",
                                   "Nobody has said what the columns %s hold. Their texts are "
                                   "kept, and no table counts them.",
                                   n),
                         names->str));
}

static void
add_table_lines (CcImportDraft *draft, CcInspectTable *table, GPtrArray *lines)
{
  const char    *unit = cc_map_get_unit (draft->map, table->name);
  const gboolean aggregate = cc_map_is_aggregate (draft->map, table);
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft->session), table);
  g_autofree char *rows = cc_session_format_number (draft->session, table->n_hidden);

  if (g_str_equal (unit, "-"))
    {
      g_ptr_array_add (lines, g_strdup_printf (_ ("The table “%s” is left out."), table->name));
      return;
    }
  if (aggregate)
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("The table “%s” holds counts and no persons. Its "
                                         "figures are kept apart, with their agency, and told "
                                         "below the tables."),
                                      table->name));
  else
    add_unknown_columns (draft, table, plans, lines);
  if (g_str_equal (unit, "victim") && !aggregate
      && !has_variable (plans, "status_decision", "status"))
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("No column of “%s” says whether a victim is identified "
                                         "or presumed. They are kept, but most tables count only "
                                         "victims with a status."),
                                      table->name));
  if (table->n_hidden > 0)
    g_ptr_array_add (lines,
                     g_strdup_printf (ngettext ("%s row is hidden in the sheet “%s”. It is taken "
                                                "like the others.",
                                                "%s rows are hidden in the sheet “%s”. They are "
                                                "taken like the others.",
                                                table->n_hidden),
                                      rows, table->sheet_name));
}

/**
 * Returns: (transfer full) (element-type utf8): sentences about what will not be counted, and what
 *   else a person should know before the import
 */
GPtrArray *
cc_import_list_consequences (CcImportDraft *draft)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  if (!cc_interval_is_known (draft->period))
    g_ptr_array_add (lines, g_strdup (_ ("No period is stated. Rows without a date of their own "
                                         "are set aside, and the delivery stands in no table of "
                                         "deliveries received.")));
  for (guint i = 0; i < draft->inspection->tables->len; i++)
    add_table_lines (draft, g_ptr_array_index (draft->inspection->tables, i), lines);
  for (guint i = 0; i < draft->inspection->sheets->len; i++)
    {
      const CcInspectSheet *sheet = g_ptr_array_index (draft->inspection->sheets, i);
      g_autofree char      *why = NULL;

      if (sheet->problem == NULL || sheet->n_rows == 0)
        continue;
      why = cc_import_text (draft->session, sheet->problem);
      /* Translators: the name of a sheet and why nothing was taken from it. */
      g_ptr_array_add (lines, g_strdup_printf (_ ("Sheet “%s”: %s"), sheet->name, why));
    }
  return lines;
}
