/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"

#include <string.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-retention.h>

/* Where a field is read: from the record itself, or from records that hang on it. */
typedef struct
{
  CcCompareGroup group;
  const char    *unit; /* NULL: the record's own */
  const char    *name;
} Field;

/* In the order of reading; a unit without a variable of that name has no such row. The rows of the
 * name and of the birth are made of several variables. */
static const Field fields[] = {
  { CC_COMPARE_NAME, NULL, "full_name" },
  { CC_COMPARE_NAME, NULL, "alias" },
  { CC_COMPARE_NAME, NULL, "father_name" },
  { CC_COMPARE_BIRTH, NULL, "birth_date" },
  { CC_COMPARE_BIRTH, NULL, "sex" },
  { CC_COMPARE_BIRTH, NULL, "birth_place" },
  { CC_COMPARE_ORIGIN, NULL, "citizenship" },
  { CC_COMPARE_ORIGIN, NULL, "birth_country" },
  { CC_COMPARE_ORIGIN, NULL, "origin_country" },
  { CC_COMPARE_ORIGIN, NULL, "residence_country" },
  { CC_COMPARE_ORIGIN, NULL, "origin_admin1" },
  { CC_COMPARE_ORIGIN, NULL, "language" },
  { CC_COMPARE_PAPERS, NULL, "document_no" },
  { CC_COMPARE_PAPERS, NULL, "match_code" },
  { CC_COMPARE_CONTACT, NULL, "phone" },
  { CC_COMPARE_CONTACT, NULL, "email" },
  { CC_COMPARE_CASE, NULL, "agency_ref" },
  { CC_COMPARE_CASE, NULL, "case_no" },
  { CC_COMPARE_CASE, NULL, "other_ref" },
  { CC_COMPARE_CASE, "event", "case_no" },
  { CC_COMPARE_CASE, NULL, "detected_on" },
  { CC_COMPARE_CASE, NULL, "registered_on" },
  { CC_COMPARE_CASE, NULL, "recorded_on" },
  { CC_COMPARE_CASE, NULL, "started_on" },
  { CC_COMPARE_CASE, "victim_event", "form" },
  { CC_COMPARE_CASE, "victim_event", "exploitation_country" },
  { CC_COMPARE_CASE, "status_decision", "status" },
  { CC_COMPARE_CASE, "justice_step", "stage" },
};

typedef struct
{
  CcPack                *pack;
  CcTexts               *texts;
  const char            *language;
  const CcCompareSource *sources;
  guint                  n_sources;
  const char            *unit;
  GPtrArray             *rows;
} Comparing;

static void
free_cell (gpointer data)
{
  CcCompareCell *self = data;

  g_free (self->text);
  g_array_unref (self->spans);
  g_free (self);
}

void
cc_compare_row_free (CcCompareRow *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * cc_compare_birth_from_age:
 * @age_min: completed years; below 0 where not known
 * @age_max: completed years; below 0 where open
 * @day: the day the age holds for
 *
 * Returns: first and last day on which somebody of that age can have been born; unknown where an
 *   end or the day is not known
 */
CcInterval
cc_compare_birth_from_age (int age_min, int age_max, CcDay day)
{
  CcInterval birth = CC_INTERVAL_UNKNOWN;

  if (age_min < 0 || age_max < age_min || age_max > 150 || day == CC_DAY_NONE)
    return birth;
  birth.first = cc_day_add_years (day, -(age_max + 1)) + 1;
  birth.last = cc_day_add_years (day, -age_min);
  return birth;
}

static char *
format_month (CcTexts *texts, const char *language, int year, int month)
{
  g_autofree char *key = g_strdup_printf ("month.%d", month);

  return g_strdup_printf ("%s %d", cc_texts_get (texts, key, language), year);
}

/* A day, or the month or year around it where the interval is that wide. */
static char *
format_end (CcTexts *texts, const char *language, CcDay day, gboolean by_month)
{
  int year, month, mday;

  if (!by_month)
    return cc_texts_date (texts, language, day);
  cc_day_to_ymd (day, &year, &month, &mday);
  return format_month (texts, language, year, month);
}

/**
 * cc_compare_format_interval:
 *
 * Returns: (transfer full): "4 March 2021", "March 2021", "2021" or two of these with "to" between
 *   them, as exact as the interval is; "" for an unknown one
 */
char *
cc_compare_format_interval (CcTexts *texts, const char *language, CcInterval interval)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  int              ya, ma, da, yb, mb, db;
  gboolean         by_month;

  if (!cc_interval_is_known (interval))
    return g_strdup ("");
  if (cc_interval_is_day (interval))
    return cc_texts_date (texts, language, interval.first);
  cc_day_to_ymd (interval.first, &ya, &ma, &da);
  cc_day_to_ymd (interval.last, &yb, &mb, &db);
  if (da == 1 && db == cc_day_days_in_month (yb, mb))
    {
      if (ya == yb && ma == mb)
        return format_month (texts, language, ya, ma);
      if (ma == 1 && mb == 12 && ya == yb)
        return g_strdup_printf ("%d", ya);
      if (ma == 1 && mb == 12)
        {
          g_autofree char *from = g_strdup_printf ("%d", ya);
          g_autofree char *to = g_strdup_printf ("%d", yb);

          return cc_texts_format (texts, "report.interval", language, "first", from, "last", to,
                                  NULL);
        }
    }
  by_month = interval.last - interval.first > 60;
  first = format_end (texts, language, interval.first, by_month);
  last = format_end (texts, language, interval.last, by_month);
  return cc_texts_format (texts, "report.interval", language, "first", first, "last", last, NULL);
}

static void
take_values (CcSaid *said, CcRecord *record, const char *unit, const char *name)
{
  if (strcmp (record->unit->name, unit) != 0)
    return;
  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = record->values->pdata[i];

      if (strcmp (value->variable->name, name) == 0)
        cc_said_take (said, value);
    }
}

static void
collect (const CcCompareSource *source, const char *unit, const char *name, CcSaid *said)
{
  take_values (said, source->record, unit, name);
  for (guint i = 0; source->children != NULL && i < source->children->len; i++)
    take_values (said, source->children->pdata[i], unit, name);
}

static CcCompareRow *
add_row (Comparing *self, CcCompareGroup group, const CcVariable *variable, const CcSaid *saids)
{
  CcCompareRow *row = g_new0 (CcCompareRow, 1);

  row->group = group;
  row->variable = variable;
  row->label = g_strdup (cc_pack_get_label (self->pack, "variable", variable->id, self->language));
  if (row->label == NULL)
    row->label = g_strdup (variable->name);
  row->cells = g_ptr_array_new_with_free_func (free_cell);
  for (guint i = 0; i < self->n_sources; i++)
    {
      CcCompareCell *cell = g_new0 (CcCompareCell, 1);

      cell->text = g_strdup (saids[i].text);
      cell->no_value = saids[i].no_value;
      cell->spans = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
      cell->age_min = cell->age_max = -1;
      cell->age_day = CC_DAY_NONE;
      cell->derived = cell->date = CC_INTERVAL_UNKNOWN;
      if (variable->type == CC_VARIABLE_DATE && saids[i].values->len > 0)
        cell->date = ((CcValue *) saids[i].values->pdata[0])->date;
      g_ptr_array_add (row->cells, cell);
    }
  g_ptr_array_add (self->rows, row);
  return row;
}

/* Of what was removed under a retention rule only a mark is left, alike for everybody. */
static gboolean
is_comparable (const CcSaid *said)
{
  return said->text != NULL && strstr (said->text, CC_PURGED_MARK) == NULL;
}

/* Of each record, the letters that any other does not have. */
static void
mark_cells (CcCompareRow *row, CcSaidKind kind, const CcSaid *saids)
{
  for (guint i = 0; i < row->cells->len; i++)
    for (guint j = i + 1; j < row->cells->len; j++)
      if (is_comparable (&saids[i]) && is_comparable (&saids[j]))
        cc_said_mark (kind, &saids[i], &saids[j], ((CcCompareCell *) row->cells->pdata[i])->spans,
                      ((CcCompareCell *) row->cells->pdata[j])->spans);
  for (guint i = 0; i < row->cells->len; i++)
    cc_letter_spans_merge (((CcCompareCell *) row->cells->pdata[i])->spans);
}

static gboolean
anything_said (Comparing *self, const CcSaid *saids)
{
  for (guint i = 0; i < self->n_sources; i++)
    if (saids[i].text != NULL)
      return TRUE;
  return FALSE;
}

/* Nothing differs where all that is said is the same. */
static gboolean
is_worth_marking (CcCompareState state)
{
  return state != CC_COMPARE_EQUAL && state != CC_COMPARE_SINGLE && state != CC_COMPARE_PARTIAL
         && state != CC_COMPARE_REMOVED;
}

typedef CcCompareState (*Relate) (Comparing *self, gconstpointer data, guint i, guint j);

static CcCompareState
find_state (Comparing *self, const CcSaid *saids, Relate relate, gconstpointer data)
{
  CcCompareState worst = CC_COMPARE_EQUAL;
  guint          n_said = 0;
  guint          n_removed = 0;

  for (guint i = 0; i < self->n_sources; i++)
    {
      const gboolean said = is_comparable (&saids[i]);

      n_said += said;
      n_removed += !said && saids[i].text != NULL;
      for (guint j = i + 1; said && j < self->n_sources; j++)
        if (is_comparable (&saids[j]))
          worst = MAX (worst, relate (self, data, i, j));
    }
  if (n_said < 2)
    return n_removed > 0 ? CC_COMPARE_REMOVED : CC_COMPARE_SINGLE;
  /* Silence agrees with nobody. */
  return worst == CC_COMPARE_EQUAL && n_said < self->n_sources ? CC_COMPARE_PARTIAL : worst;
}

typedef struct
{
  const CcVariable *variable;
  const CcSaid     *saids;
} Plain;

static CcCompareState
relate_plain (Comparing *self, gconstpointer data, guint i, guint j)
{
  const Plain *plain = data;

  return cc_said_relate (self->pack, plain->variable, &plain->saids[i], &plain->saids[j]);
}

static void
add_plain_row (Comparing *self, CcCompareGroup group, const CcVariable *variable)
{
  g_autofree CcSaid *saids = g_new0 (CcSaid, self->n_sources);
  Plain              plain = { variable, saids };

  for (guint i = 0; i < self->n_sources; i++)
    {
      cc_said_init (&saids[i]);
      collect (&self->sources[i], variable->unit, variable->name, &saids[i]);
      cc_said_write (&saids[i], self->pack, self->texts, self->language);
    }
  if (anything_said (self, saids))
    {
      CcCompareRow *row = add_row (self, group, variable, saids);

      row->state = find_state (self, saids, relate_plain, &plain);
      if (is_worth_marking (row->state))
        mark_cells (row, cc_said_get_kind (variable), saids);
    }
  for (guint i = 0; i < self->n_sources; i++)
    cc_said_clear (&saids[i]);
}

static char *
join_texts (const CcSaid *given, const CcSaid *family)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < given->values->len + family->values->len; i++)
    {
      const CcValue *value = i < given->values->len ? given->values->pdata[i]
                                                    : family->values->pdata[i - given->values->len];

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", value->text);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static CcCompareState
relate_names (Comparing *self, gconstpointer data, guint i, guint j)
{
  const CcSaid *saids = data;

  return cc_said_relate_words (self->pack, saids[i].text, saids[j].text);
}

static gboolean
states (const CcCompareSource *source, const char *name)
{
  for (guint i = 0; i < source->record->values->len; i++)
    {
      const CcValue *value = source->record->values->pdata[i];

      if (strcmp (value->variable->name, name) == 0 && value->no_value == CC_NO_VALUE_NONE
          && !cc_text_is_blank (value->text))
        return TRUE;
    }
  return FALSE;
}

/* Where each agency keeps family and given names apart, they are compared apart; else as one name
 * whose words come in any order. */
static void
add_name_rows (Comparing *self, const CcVariable *full)
{
  const CcVariable  *family = cc_pack_find_unit_variable (self->pack, self->unit, "family");
  const CcVariable  *given = cc_pack_find_unit_variable (self->pack, self->unit, "given");
  g_autofree CcSaid *saids = NULL;
  gboolean           apart = family != NULL && given != NULL;

  for (guint i = 0; i < self->n_sources && apart; i++)
    apart = !states (&self->sources[i], "full_name")
            && (states (&self->sources[i], "family") || !states (&self->sources[i], "given"));
  if (apart)
    {
      add_plain_row (self, CC_COMPARE_NAME, family);
      add_plain_row (self, CC_COMPARE_NAME, given);
      return;
    }
  saids = g_new0 (CcSaid, self->n_sources);
  for (guint i = 0; i < self->n_sources; i++)
    {
      CcSaid first;
      CcSaid second;

      cc_said_init (&saids[i]);
      cc_said_init (&first);
      cc_said_init (&second);
      collect (&self->sources[i], self->unit, "full_name", &first);
      if (first.values->len == 0)
        {
          collect (&self->sources[i], self->unit, "given", &first);
          collect (&self->sources[i], self->unit, "family", &second);
        }
      saids[i].no_value = MAX (first.no_value, second.no_value);
      cc_said_write_text (&saids[i], join_texts (&first, &second));
      cc_said_clear (&first);
      cc_said_clear (&second);
    }
  if (anything_said (self, saids))
    {
      CcCompareRow *row = add_row (self, CC_COMPARE_NAME, full, saids);

      row->state = find_state (self, saids, relate_names, saids);
      if (is_worth_marking (row->state))
        mark_cells (row, CC_SAID_WORDS, saids);
    }
  for (guint i = 0; i < self->n_sources; i++)
    cc_said_clear (&saids[i]);
}

/* The day for which an age holds: its own, else that of the first contact. */
static CcDay
find_age_day (const CcCompareSource *source, const CcValue *age)
{
  static const char *const names[] = { "detected_on", "registered_on" };

  if (age->age_day != CC_DAY_NONE)
    return age->age_day;
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint i = 0; i < source->record->values->len; i++)
      {
        const CcValue *value = source->record->values->pdata[i];

        if (strcmp (value->variable->name, names[k]) == 0 && cc_interval_is_day (value->date))
          return value->date.first;
      }
  return CC_DAY_NONE;
}

typedef struct
{
  CcSaid     said;
  int        age_min;
  int        age_max;
  CcDay      age_day;
  CcInterval birth;
  CcInterval derived;
} Birth;

static void
read_birth (Comparing *self, const CcCompareSource *source, Birth *birth)
{
  CcSaid age;

  cc_said_init (&birth->said);
  cc_said_init (&age);
  birth->age_min = birth->age_max = -1;
  birth->age_day = CC_DAY_NONE;
  birth->birth = birth->derived = CC_INTERVAL_UNKNOWN;
  collect (source, self->unit, "birth_date", &birth->said);
  collect (source, self->unit, "age", &age);
  if (birth->said.values->len > 0)
    {
      const CcValue   *value = birth->said.values->pdata[0];
      g_autofree char *plain =
          cc_compare_format_interval (self->texts, self->language, value->date);

      cc_said_write (&birth->said, self->pack, self->texts, self->language);
      birth->birth = value->date;
      if (strcmp (plain, birth->said.text) != 0)
        birth->derived = value->date;
    }
  else if (age.values->len > 0)
    {
      const CcValue *value = age.values->pdata[0];

      cc_said_write (&age, self->pack, self->texts, self->language);
      cc_said_write_text (&birth->said, g_strdup (age.text));
      birth->age_min = value->age_min;
      birth->age_max = value->age_max;
      birth->age_day = find_age_day (source, value);
      birth->birth = birth->derived =
          cc_compare_birth_from_age (value->age_min, value->age_max, birth->age_day);
    }
  if (birth->said.no_value == CC_NO_VALUE_NONE)
    birth->said.no_value = age.no_value;
  cc_said_clear (&age);
}

static CcCompareState
relate_births (Comparing *self, gconstpointer data, guint i, guint j)
{
  const Birth *births = data;

  if (!cc_interval_is_known (births[i].birth) || !cc_interval_is_known (births[j].birth))
    return cc_letter_equal (births[i].said.text, births[j].said.text) ? CC_COMPARE_EQUAL
                                                                      : CC_COMPARE_FITS;
  return cc_said_relate_births (births[i].birth, births[j].birth);
}

/* A date of birth, or the age with what it means as one. */
static void
add_birth_row (Comparing *self, const CcVariable *variable)
{
  g_autofree Birth  *births = g_new0 (Birth, self->n_sources);
  g_autofree CcSaid *saids = g_new0 (CcSaid, self->n_sources);
  gboolean           all_days = TRUE;

  for (guint i = 0; i < self->n_sources; i++)
    {
      read_birth (self, &self->sources[i], &births[i]);
      saids[i] = births[i].said;
      all_days = all_days && (saids[i].text == NULL || births[i].age_min < 0);
    }
  if (anything_said (self, saids))
    {
      CcCompareRow *row = add_row (self, CC_COMPARE_BIRTH, variable, saids);

      for (guint i = 0; i < self->n_sources; i++)
        {
          CcCompareCell *cell = row->cells->pdata[i];

          cell->age_min = births[i].age_min;
          cell->age_max = births[i].age_max;
          cell->age_day = births[i].age_day;
          cell->derived = births[i].derived;
          cell->date = births[i].birth;
        }
      row->state = find_state (self, saids, relate_births, births);
      if (all_days && is_worth_marking (row->state) && row->state != CC_COMPARE_FITS)
        mark_cells (row, CC_SAID_DATE, saids);
    }
  for (guint i = 0; i < self->n_sources; i++)
    cc_said_clear (&births[i].said);
}

static gboolean
is_listed (const char *name)
{
  static const char *const parts[] = { "family", "given", "age" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].unit == NULL && strcmp (fields[i].name, name) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
add_other_rows (Comparing *self)
{
  for (guint i = 0; i < cc_pack_get_n_variables (self->pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (self->pack, i);

      if (strcmp (variable->unit, self->unit) == 0 && !is_listed (variable->name)
          && (variable->storage == CC_STORAGE_COLUMN || variable->storage == CC_STORAGE_ANSWER
              || variable->storage == CC_STORAGE_IDENTIFIER))
        add_plain_row (self, CC_COMPARE_OTHER, variable);
    }
}

static void
free_row (gpointer data)
{
  cc_compare_row_free (data);
}

/**
 * cc_record_compare:
 * @language: of labels and of the pack's words
 * @sources: (array length=n_sources): records of one unit
 *
 * Sets records beside each other: one row per field that any of them states, grouped name, birth,
 * origin, papers, contact, case, and then what else is stated. Nothing is said about fields that
 * all leave out.
 *
 * Returns: (transfer full) (element-type CcCompareRow): the rows
 */
GPtrArray *
cc_record_compare (CcPack                *pack,
                   CcTexts               *texts,
                   const char            *language,
                   const CcCompareSource *sources,
                   guint                  n_sources)
{
  Comparing self = { pack, texts, language, sources, n_sources, NULL, NULL };

  self.rows = g_ptr_array_new_with_free_func (free_row);
  if (n_sources == 0)
    return self.rows;
  self.unit = sources[0].record->unit->name;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const CcVariable *variable =
          cc_pack_find_unit_variable (pack, fields[i].unit != NULL ? fields[i].unit : self.unit,
                                      fields[i].name);

      if (variable == NULL)
        continue;
      if (strcmp (fields[i].name, "full_name") == 0)
        add_name_rows (&self, variable);
      else if (strcmp (fields[i].name, "birth_date") == 0)
        add_birth_row (&self, variable);
      else if (fields[i].unit == NULL || strcmp (fields[i].unit, self.unit) != 0)
        add_plain_row (&self, fields[i].group, variable);
    }
  add_other_rows (&self);
  return self.rows;
}
