/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-record-compare.h>

#include <locale.h>
#include <string.h>
#include <cc/store/cc-retention.h>

typedef struct
{
  CcPack         *pack;
  CcTexts        *texts;
  CcCompareSource sources[3];
  guint           n;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  self->texts = cc_texts_load_default (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < self->n; i++)
    {
      cc_record_free (self->sources[i].record);
      g_ptr_array_unref (self->sources[i].children);
    }
  cc_texts_unref (self->texts);
  cc_pack_unref (self->pack);
}

static void
free_record (gpointer data)
{
  cc_record_free (data);
}

static CcRecord *
add_record (Fixture *self)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (self->pack, "victim"));

  self->sources[self->n].record = record;
  self->sources[self->n++].children = g_ptr_array_new_with_free_func (free_record);
  return record;
}

static CcValue *
add (Fixture *self, CcRecord *record, const char *id, const char *text)
{
  CcValue *value = cc_record_add (record, cc_pack_find_variable (self->pack, id));

  value->text = g_strdup (text);
  return value;
}

static void
add_code (Fixture *self, CcRecord *record, const char *id, const char *code)
{
  const CcVariable *variable = cc_pack_find_variable (self->pack, id);
  CcValue          *value = cc_record_add (record, variable);
  const CcCode     *found = cc_pack_find_code (self->pack, variable->list, code);

  g_assert_nonnull (found);
  if (variable->type == CC_VARIABLE_MULTI)
    g_ptr_array_add (value->codes, (gpointer) found);
  else
    value->code = found;
}

static void
add_age (Fixture *self, CcRecord *record, int min, int max, CcDay day)
{
  CcValue *value = cc_record_add (record, cc_pack_find_variable (self->pack, "VI06"));

  value->age_min = min;
  value->age_max = max;
  value->age_day = day;
}

static GPtrArray *
compare (Fixture *self, const char *language)
{
  return cc_record_compare (self->pack, self->texts, language, self->sources, self->n);
}

static CcCompareRow *
find_row (GPtrArray *rows, const char *variable)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((CcCompareRow *) rows->pdata[i])->variable->id, variable) == 0)
      return rows->pdata[i];
  return NULL;
}

static const CcCompareCell *
get_cell (CcCompareRow *row, guint i)
{
  return row->cells->pdata[i];
}

static CcCompareState
get_state (GPtrArray *rows, const char *variable)
{
  CcCompareRow *row = find_row (rows, variable);

  g_assert_nonnull (row);
  return row->state;
}

/* What was removed under a retention rule is neither the same nor different: nothing is left of it
 * to compare. What others say is compared without it. */
static void
test_removed (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  CcRecord *c = add_record (self);
  g_autoptr (GPtrArray) rows = NULL;

  add (self, a, "X_VI_ID_FAMILY", CC_PURGED_MARK);
  add (self, a, "X_VI_ID_GIVEN", CC_PURGED_MARK);
  add (self, b, "X_VI_ID_GIVEN", CC_PURGED_MARK);
  add (self, c, "X_VI_ID_GIVEN", "Aminata");
  add (self, a, "X_VI_ID_FATHER", CC_PURGED_MARK);
  add (self, b, "X_VI_ID_FATHER", CC_PURGED_MARK);
  add (self, a, "X_VI_ID_DOCUMENT", CC_PURGED_MARK);
  add (self, b, "X_VI_ID_DOCUMENT", "A1234568");
  add (self, c, "X_VI_ID_DOCUMENT", "A1234568");
  add (self, a, "X_VI_ID_PHONE", CC_PURGED_MARK);
  rows = compare (self, "en");
  g_assert_cmpint (get_state (rows, "X_VI_ID_FULL"), ==, CC_COMPARE_REMOVED);
  g_assert_cmpint (get_state (rows, "X_VI_ID_FATHER"), ==, CC_COMPARE_REMOVED);
  g_assert_cmpint (get_state (rows, "X_VI_ID_PHONE"), ==, CC_COMPARE_REMOVED);
  g_assert_cmpint (get_state (rows, "X_VI_ID_DOCUMENT"), ==, CC_COMPARE_PARTIAL);
  g_assert_cmpuint (get_cell (find_row (rows, "X_VI_ID_FULL"), 2)->spans->len, ==, 0);
}

/* Rows in groups, with their states, and nothing about what nobody says. */
static void
test_states (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  g_autoptr (GPtrArray) rows = NULL;
  CcCompareGroup last = CC_COMPARE_NAME;

  add (self, a, "X_VI_ID_FAMILY", "DIALLO");
  add (self, b, "X_VI_ID_FAMILY", "Jallow");
  add (self, a, "X_VI_ID_GIVEN", "Aminata");
  add (self, b, "X_VI_ID_GIVEN", "aminata");
  add (self, a, "X_VI_ID_FATHER", "Mamadou");
  add (self, a, "X_VI_ID_PHONE", "+221 77 123 45 67");
  add (self, b, "X_VI_ID_PHONE", "771234567");
  add (self, a, "X_VI_ID_DOCUMENT", "A1234567");
  add (self, b, "X_VI_ID_DOCUMENT", "A1234568");
  add_code (self, a, "VI03", "F");
  add_code (self, b, "VI03", "M");
  add_code (self, a, "VI08", "SEN");
  add_code (self, b, "VI08", "SEN");
  add_code (self, b, "VI08", "GMB");
  add_code (self, a, "VI10", "SEN");
  add_code (self, b, "VI10", "MLI");
  rows = compare (self, "en");
  for (guint i = 0; i < rows->len; i++)
    {
      g_assert_cmpint (((CcCompareRow *) rows->pdata[i])->group, >=, last);
      last = ((CcCompareRow *) rows->pdata[i])->group;
    }
  g_assert_cmpint (get_state (rows, "X_VI_ID_FAMILY"), ==, CC_COMPARE_VARIANT);
  g_assert_cmpint (get_state (rows, "X_VI_ID_GIVEN"), ==, CC_COMPARE_EQUAL);
  g_assert_cmpint (get_state (rows, "X_VI_ID_FATHER"), ==, CC_COMPARE_SINGLE);
  g_assert_cmpint (get_state (rows, "X_VI_ID_PHONE"), ==, CC_COMPARE_EQUAL);
  g_assert_cmpint (get_state (rows, "X_VI_ID_DOCUMENT"), ==, CC_COMPARE_SLIP);
  g_assert_cmpint (get_state (rows, "VI03"), ==, CC_COMPARE_CONTRADICTS);
  g_assert_cmpint (get_state (rows, "VI08"), ==, CC_COMPARE_FITS);
  g_assert_cmpint (get_state (rows, "VI10"), ==, CC_COMPARE_DIFFERS);
  g_assert_null (find_row (rows, "X_VI_ID_ALIAS"));
  g_assert_null (find_row (rows, "X_VI_ID_FULL"));
  g_assert_cmpstr (find_row (rows, "X_VI_ID_FAMILY")->label, ==, "Family name");
  /* Letters are marked where spellings differ, and nowhere else. */
  g_assert_cmpuint (get_cell (find_row (rows, "X_VI_ID_FAMILY"), 0)->spans->len, ==, 1);
  g_assert_cmpuint (get_cell (find_row (rows, "X_VI_ID_FAMILY"), 1)->spans->len, ==, 2);
  g_assert_cmpuint (get_cell (find_row (rows, "X_VI_ID_GIVEN"), 1)->spans->len, ==, 0);
  g_assert_cmpuint (get_cell (find_row (rows, "VI08"), 1)->spans->len, ==, 1);
}

/* An age is read as a time of birth, and compared as that. */
static void
test_age (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  CcRecord *c = add_record (self);
  g_autoptr (GPtrArray) rows = NULL;
  CcCompareRow        *row;
  const CcCompareCell *cell;
  g_autofree char     *text = NULL;

  add_age (self, a, 17, 17, cc_day_from_ymd (2021, 3, 4));
  add (self, b, "VI05", NULL)->date = cc_interval_day (cc_day_from_ymd (2003, 7, 1));
  add (self, c, "VI05", "1/7/03")->date = cc_interval_day (cc_day_from_ymd (2003, 7, 1));
  rows = compare (self, "en");
  row = find_row (rows, "VI05");
  g_assert_null (find_row (rows, "VI06"));
  g_assert_cmpint (row->state, ==, CC_COMPARE_FITS);
  cell = get_cell (row, 0);
  g_assert_cmpstr (cell->text, ==, "17");
  g_assert_cmpint (cell->age_min, ==, 17);
  g_assert_cmpint (cell->age_day, ==, cc_day_from_ymd (2021, 3, 4));
  g_assert_cmpint (cell->derived.first, ==, cc_day_from_ymd (2003, 3, 5));
  g_assert_cmpint (cell->derived.last, ==, cc_day_from_ymd (2004, 3, 4));
  text = cc_compare_format_interval (self->texts, "en", cell->derived);
  g_assert_cmpstr (text, ==, "March 2003 to March 2004");
  /* A date written plainly needs no reading, one written otherwise does. */
  g_assert_cmpstr (get_cell (row, 1)->text, ==, "1 July 2003");
  g_assert_false (cc_interval_is_known (get_cell (row, 1)->derived));
  g_assert_cmpstr (get_cell (row, 2)->text, ==, "1/7/03");
  g_assert_true (cc_interval_is_known (get_cell (row, 2)->derived));
}

static void
test_births (Fixture *self, gconstpointer data)
{
  const struct
  {
    CcDay          a;
    CcDay          b;
    CcCompareState state;
  } examples[] = {
    { cc_day_from_ymd (2003, 7, 1), cc_day_from_ymd (2003, 1, 7), CC_COMPARE_SLIP },
    { cc_day_from_ymd (2003, 7, 1), cc_day_from_ymd (2003, 7, 2), CC_COMPARE_SLIP },
    { cc_day_from_ymd (2003, 7, 1), cc_day_from_ymd (1999, 2, 13), CC_COMPARE_CONTRADICTS },
    { cc_day_from_ymd (2003, 7, 1), cc_day_from_ymd (2003, 7, 1), CC_COMPARE_EQUAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      add (self, add_record (self), "VI05", NULL)->date = cc_interval_day (examples[i].a);
      add (self, add_record (self), "VI05", NULL)->date = cc_interval_day (examples[i].b);
      rows = compare (self, "en");
      g_assert_cmpint (get_state (rows, "VI05"), ==, examples[i].state);
      while (self->n > 0)
        {
          self->n--;
          cc_record_free (self->sources[self->n].record);
          g_ptr_array_unref (self->sources[self->n].children);
        }
    }
}

/* Where one agency writes the whole name in one cell, all are compared as whole names. */
static void
test_whole_names (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  g_autoptr (GPtrArray) rows = NULL;
  CcCompareRow *row;

  add (self, a, "X_VI_ID_FULL", "Diallo Aminata");
  add (self, b, "X_VI_ID_FAMILY", "Diallo");
  add (self, b, "X_VI_ID_GIVEN", "Aminata Binta");
  rows = compare (self, "fr");
  g_assert_null (find_row (rows, "X_VI_ID_FAMILY"));
  row = find_row (rows, "X_VI_ID_FULL");
  g_assert_cmpint (row->state, ==, CC_COMPARE_FITS);
  g_assert_cmpstr (get_cell (row, 1)->text, ==, "Aminata Binta Diallo");
  g_assert_cmpuint (get_cell (row, 0)->spans->len, ==, 0);
  g_assert_cmpuint (get_cell (row, 1)->spans->len, ==, 1);
}

/* What hangs on a record is compared too; why there is no value is kept. */
static void
test_children (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  CcRecord *event = cc_record_new (cc_pack_find_unit (self->pack, "event"));
  g_autoptr (GPtrArray) rows = NULL;
  CcCompareRow *row;

  add (self, event, "EV02", "PJ 12/2021");
  g_ptr_array_add (self->sources[0].children, event);
  add_code (self, a, "VI03", "F");
  cc_record_add (b, cc_pack_find_variable (self->pack, "VI03"))->no_value = CC_NO_VALUE_REFUSED;
  rows = compare (self, "ar");
  row = find_row (rows, "EV02");
  g_assert_cmpint (row->group, ==, CC_COMPARE_CASE);
  g_assert_cmpint (row->state, ==, CC_COMPARE_SINGLE);
  g_assert_cmpstr (get_cell (row, 0)->text, ==, "PJ 12/2021");
  row = find_row (rows, "VI03");
  g_assert_null (get_cell (row, 1)->text);
  g_assert_cmpint (get_cell (row, 1)->no_value, ==, CC_NO_VALUE_REFUSED);
}

/* Who says nothing does not say the same. */
static void
test_silence (Fixture *self, gconstpointer data)
{
  CcRecord *a = add_record (self);
  CcRecord *b = add_record (self);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) more = NULL;

  add (self, a, "X_VI_ID_ALIAS", "Bintou");
  add (self, b, "X_VI_ID_ALIAS", "Bintou");
  add (self, a, "X_VI_ID_FATHER", "Mamadou");
  cc_record_add (b, cc_pack_find_variable (self->pack, "X_VI_ID_FATHER"))->no_value =
      CC_NO_VALUE_NOT_COLLECTED;
  rows = compare (self, "en");
  g_assert_cmpint (get_state (rows, "X_VI_ID_ALIAS"), ==, CC_COMPARE_EQUAL);
  g_assert_cmpint (get_state (rows, "X_VI_ID_FATHER"), ==, CC_COMPARE_SINGLE);
  add_record (self);
  more = compare (self, "en");
  g_assert_cmpint (get_state (more, "X_VI_ID_ALIAS"), ==, CC_COMPARE_PARTIAL);
  g_assert_cmpint (get_state (more, "X_VI_ID_FATHER"), ==, CC_COMPARE_SINGLE);
  g_assert_cmpuint (get_cell (find_row (more, "X_VI_ID_ALIAS"), 0)->spans->len, ==, 0);
}

static void
test_intervals (Fixture *self, gconstpointer data)
{
  const struct
  {
    CcInterval  interval;
    const char *text;
  } examples[] = {
    { CC_INTERVAL_UNKNOWN, "" },
    { cc_interval_day (cc_day_from_ymd (2021, 3, 4)), "4 March 2021" },
    { cc_interval_month (2021, 3), "March 2021" },
    { cc_interval_year (2021), "2021" },
    { { cc_day_from_ymd (2003, 1, 1), cc_day_from_ymd (2004, 12, 31) }, "2003 to 2004" },
    { { cc_day_from_ymd (2021, 3, 4), cc_day_from_ymd (2021, 3, 9) },
      "4 March 2021 to 9 March 2021" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *text = cc_compare_format_interval (self->texts, "en", examples[i].interval);

      g_assert_cmpstr (text, ==, examples[i].text);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/compare/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("states", test_states);
  ADD ("removed", test_removed);
  ADD ("age", test_age);
  ADD ("births", test_births);
  ADD ("whole-names", test_whole_names);
  ADD ("children", test_children);
  ADD ("silence", test_silence);
  ADD ("intervals", test_intervals);
  return g_test_run ();
}
