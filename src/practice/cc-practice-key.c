/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

#include <string.h>

static void
append_field (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

/* Appends one line of comma separated fields; the list ends with NULL. */
void
cc_practice_csv_append (GString *csv, const char *first, ...)
{
  va_list arguments;

  append_field (csv, first);
  va_start (arguments, first);
  for (const char *text = va_arg (arguments, const char *); text != NULL;
       text = va_arg (arguments, const char *))
    {
      g_string_append_c (csv, ',');
      append_field (csv, text);
    }
  va_end (arguments);
  g_string_append_c (csv, '\n');
}

static void
append_meta (GString *csv, const char *name, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  cc_practice_csv_append (csv, "meta", name, text, NULL);
}

/* What the country was made of. */
void
cc_practice_key_begin (GString *csv, const CcPracticeParams *params)
{
  g_string_append (csv, "kind,field1,field2,field3,field4,field5,field6,field7,field8\n");
  cc_practice_csv_append (csv, "meta", "country", params->country, NULL);
  append_meta (csv, "seed", params->seed);
  append_meta (csv, "level", (guint64) params->level);
  append_meta (csv, "first-year", (guint64) params->first_year);
  append_meta (csv, "years", (guint64) params->n_years);
}

/* How many persons and cases there truly are. */
void
cc_practice_key_add_counts (GString *csv, CcPracticeResult *result)
{
  append_meta (csv, "victims", result->victims);
  append_meta (csv, "perpetrators", result->perpetrators);
  append_meta (csv, "events", result->events);
}

/* The agencies with their files. */
void
cc_practice_key_add_agencies (GString *csv, CcPracticeResult *result)
{
  for (guint i = 0; i < result->files->len; i++)
    {
      const CcPracticeFile *file = result->files->pdata[i];
      g_autofree char *name = file->path != NULL ? g_path_get_basename (file->path) : g_strdup ("");
      g_autofree char *map =
          file->map_path != NULL ? g_path_get_basename (file->map_path) : g_strdup ("");
      g_autofree char *first = cc_day_to_iso (file->period.first);
      g_autofree char *last = cc_day_to_iso (file->period.last);
      g_autofree char *period = g_strconcat (first, "..", last, NULL);

      cc_practice_csv_append (csv, "agency", file->entity, file->name, file->type, name, period,
                              map, file->nil ? "yes" : "no", NULL);
    }
}

static const char *
sheet_name (CcWorld *world, const CcNoteRow *note, char **made)
{
  const CcAgencyKind *kind = ((CcPracticeAgency *) world->agencies->pdata[note->agency])->kind;

  g_clear_pointer (made, g_free);
  if (g_str_equal (kind->format, "csv"))
    return ((CcPracticeAgency *) world->agencies->pdata[note->agency])->key;
  if (kind->month_sheets)
    return *made = cc_practice_sheet_name (world, kind, note->day);
  for (guint i = 0; i < kind->sheets->len; i++)
    {
      CcSheetLayout *sheet = kind->sheets->pdata[i];

      if (g_str_has_prefix (sheet->kind, note->unit == CC_NOTE_VICTIM        ? "victims"
                                         : note->unit == CC_NOTE_PERPETRATOR ? "perp"
                                                                             : "events"))
        return sheet->name;
    }
  return "";
}

static void
append_record (GString          *csv,
               CcWorld          *world,
               CcPracticeResult *result,
               const CcNoteRow  *note,
               const char       *unit,
               guint64           person)
{
  const CcPracticeFile *file = result->files->pdata[note->agency];
  g_autofree char      *made = NULL;
  g_autofree char      *name = g_path_get_basename (file->path);
  g_autofree char      *row = g_strdup_printf ("%u", note->row);
  g_autofree char      *truth = g_strdup_printf ("%s%06" G_GUINT64_FORMAT, unit, person + 1);

  cc_practice_csv_append (csv, "record", file->entity, name, sheet_name (world, note, &made), row,
                          unit, truth, NULL);
  result->records++;
}

/* Rows in the order of agencies, sheets and rows. The first row of an agency that names a case
 * stands for the agency's record of that case. */
void
cc_practice_key_add_records (GString *csv, CcWorld *world, CcPracticeResult *result)
{
  g_autofree guint8       *named = g_new0 (guint8, world->events->len);
  guint                    agency = G_MAXUINT;
  static const char *const units[] = { "VI", "PE", "EV" };

  g_array_sort (world->notes, cc_practice_compare_places);
  for (guint i = 0; i < world->notes->len; i++)
    {
      const CcNoteRow *note = &g_array_index (world->notes, CcNoteRow, i);

      if (note->agency != agency)
        memset (named, 0, world->events->len);
      agency = note->agency;
      if (note->unit != CC_NOTE_EVENT)
        append_record (csv, world, result, note, units[note->unit],
                       note->truth + (note->unit == CC_NOTE_VICTIM ? world->first_victim : 0));
      if (note->event != G_MAXUINT && !named[note->event])
        {
          named[note->event] = 1;
          append_record (csv, world, result, note, "EV", note->event + world->first_event);
        }
    }
}

/* What each cell of the questionnaires must show. */
void
cc_practice_key_add_tables (GString *csv, CcPracticeTables *tables)
{
  const int first_year = tables->world->params->first_year;

  for (guint i = 0; i < tables->tallies->len; i++)
    cc_tally_write (tables->tallies->pdata[i], csv, first_year);
  cc_tally_write_rates (cc_practice_tables_get (tables, "sdg-16-2-2/S1"), csv, first_year,
                        cc_practice_inhabitants);
}

/* Orders rows as they stand in the agencies' files. */
int
cc_practice_compare_places (gconstpointer a, gconstpointer b)
{
  const CcNoteRow *x = a, *y = b;

  if (x->agency != y->agency)
    return x->agency < y->agency ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

/* Writes the answer key: who each row is about, and what each cell of the questionnaires must show.
 */
gboolean
cc_practice_write_key (CcWorld *world, CcPracticeResult *result, GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (CcPracticeTables) tables = cc_practice_tables_new (world);
  g_autoptr (CcPracticeFacts) facts = cc_practice_facts_new_true (world);

  cc_practice_tables_count (tables, facts, 0);
  cc_practice_facts_free (facts);
  facts = cc_practice_facts_new_expected (world);
  cc_practice_tables_count (tables, facts, 1);
  cc_practice_key_begin (csv, world->params);
  cc_practice_key_add_counts (csv, result);
  cc_practice_key_add_agencies (csv, result);
  cc_practice_key_add_records (csv, world, result);
  cc_practice_key_add_tables (csv, tables);
  return g_file_set_contents (result->key_path, csv->str, (gssize) csv->len, error);
}
