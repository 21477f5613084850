/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-results.h"

#include <math.h>
#include <string.h>

static const char definition[] =
    "[questionnaire]\n"
    "id=fake\n"
    "version=3\n"
    "title=Questionnaire on trafficking in persons\n"
    "title[fr]=Questionnaire sur la traite des personnes\n"
    "title[ar]=استبيان عن الاتجار بالأشخاص\n"
    "statement=This is a stand-in made for tests.\n"
    "statement[fr]=Ceci est une version provisoire pour les essais.\n"
    "statement[ar]=هذه نسخة بديلة مؤقتة للاختبار.\n"
    "basis=stand-in\n"
    "years=5\n"
    "languages=en;fr;ar\n"
    "axes=axes.tipq\n"
    "rollup=unodc\n"
    "params=counted-status;country\n"
    "param.counted-status=identified, presumed\n"
    "[sheet cover]\nkind=form\ntitle=Cover\ntitle[fr]=Couverture\ntitle[ar]=الغلاف\n"
    "fields=officer;signed\n"
    "[sheet victims]\nkind=tables\ntitle=Victims\ntitle[fr]=Victimes\ntitle[ar]=الضحايا\n"
    "tables=V1;V3;V6\n"
    "[sheet stacked]\nkind=tables\ntitle=Series\ntitle[fr]=Séries\ntitle[ar]=السلاسل\n"
    "tables=S1;N1\n"
    "[form cover]\nfield.officer=text\nlabel.officer=Name of the responding officer\n"
    "label.officer[fr]=Nom de la personne qui répond\nlabel.officer[ar]=اسم الموظف المجيب\n"
    "field.signed=date\nlabel.signed=Date\nlabel.signed[ar]=التاريخ\n"
    "[table V1]\ntitle=Victims detected\ntitle[fr]=Victimes détectées\n"
    "title[ar]=الضحايا المكتشفون\ncount=victims\nwhere=status in $counted-status\n"
    "date=detected-on\nrows=sexage7\ncols=period-year\n"
    "meta=legal-article;source;definition;coverage;note\n"
    "[table V3]\ntitle=Victims detected, by form of exploitation\n"
    "title[fr]=Victimes détectées, par forme d’exploitation\n"
    "title[ar]=الضحايا المكتشفون حسب شكل الاستغلال\ncount=victims\n"
    "where=status in $counted-status\ndate=detected-on\nrows=form3\ncols=period-year;sexage7\n"
    "meta=source;definition;multi-response;note\n"
    "[table V6]\ntitle=Victims returned, by sex\ntitle[fr]=Victimes rapatriées, par sexe\n"
    "title[ar]=الضحايا العائدون حسب الجنس\ncount=victims\ndate=returned-on\n"
    "rows=age2\ncols=period-year;sex2\nmeta=note\n"
    "[table S1]\ntitle=Victims by age and sex\ntitle[fr]=Victimes par âge et sexe\n"
    "title[ar]=الضحايا حسب العمر والجنس\ncount=victims\ndate=detected-on\nrows=age2;sex4\n"
    "cols=period-year\nlayout=stacked\nmeta=note\n"
    "[table N1]\ntitle=Cases recorded\ntitle[fr]=Affaires enregistrées\n"
    "title[ar]=القضايا المسجلة\ncount=events\ndate=recorded-on\nrows=none\ncols=period-year\n"
    "meta=note\n";

CcQuestionnaire *
fake_questionnaire (CcPack *pack)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder =
      g_build_filename (g_getenv ("CASECOUNT_DATA_DIR"), "questionnaires", "fake.tipq", NULL);
  CcQuestionnaire *questionnaire = cc_questionnaire_load_text (pack, folder, definition, &error);

  g_assert_no_error (error);
  return questionnaire;
}

typedef struct
{
  const char *name;
  const char *codes;
  gboolean    each, additive, period;
} FakeAxis;

static const FakeAxis axes[] = {
  { "period-year", "2020;2021;2022;2023;2024", FALSE, TRUE, TRUE },
  { "sexage7", "women;men;oadult;girls;boys;ochild;unknown", FALSE, TRUE, FALSE },
  { "form3", "sexual;labour;other;unknown", TRUE, FALSE, FALSE },
  { "age2", "child;adult;unknown", FALSE, TRUE, FALSE },
  { "sex4", "M;F;O;unknown", FALSE, TRUE, FALSE },
  { "sex2", "M;F", FALSE, FALSE, FALSE },
};

static CcResultAxis *
make_axis (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    if (strcmp (axes[i].name, name) == 0)
      {
        CcResultAxis *axis = g_new0 (CcResultAxis, 1);

        axis->name = axes[i].name;
        axis->field = "";
        axis->period = axes[i].period;
        axis->each = axes[i].each;
        axis->additive = axes[i].additive;
        axis->has_total = TRUE;
        axis->codes = g_strsplit (axes[i].codes, ";", -1);
        return axis;
      }
  g_assert_not_reached ();
}

static void
free_axis (gpointer data)
{
  CcResultAxis *axis = data;

  g_strfreev (axis->codes);
  g_free (axis);
}

static void
free_heading (gpointer data)
{
  CcHeading *heading = data;

  g_strfreev (heading->parts);
  g_free (heading->code);
  g_free (heading);
}

static GPtrArray *
make_blocks (const char *text)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *block = g_ptr_array_new_with_free_func (free_axis);
  g_auto (GStrv) names = g_strsplit (text, ";", -1);

  for (guint i = 0; strcmp (text, "none") != 0 && names[i] != NULL; i++)
    g_ptr_array_add (block, make_axis (names[i]));
  g_ptr_array_add (blocks, block);
  return blocks;
}

/* All combinations, outer first, totals last; `chosen` holds the choice of each axis. */
static void
add_headings (GPtrArray *headings, GPtrArray *block, guint level, guint *chosen)
{
  CcHeading    *heading;
  GStrvBuilder *parts;

  if (level < block->len)
    {
      CcResultAxis *axis = block->pdata[level];

      for (chosen[level] = 0; chosen[level] <= g_strv_length (axis->codes); chosen[level]++)
        add_headings (headings, block, level + 1, chosen);
      return;
    }
  heading = g_new0 (CcHeading, 1);
  heading->period = -1;
  parts = g_strv_builder_new ();
  for (guint i = 0; i < block->len; i++)
    {
      CcResultAxis *axis = block->pdata[i];
      gboolean      total = chosen[i] == g_strv_length (axis->codes);

      heading->total = heading->total || total;
      if (axis->period)
        heading->period = total ? -1 : (int) chosen[i];
      else
        g_strv_builder_add (parts, total ? "total" : axis->codes[chosen[i]]);
    }
  heading->parts = g_strv_builder_end (parts);
  g_strv_builder_unref (parts);
  heading->code = heading->parts[0] != NULL ? g_strjoinv (";", heading->parts) : g_strdup ("total");
  g_ptr_array_add (headings, heading);
}

static GPtrArray *
make_headings (GPtrArray *blocks)
{
  GPtrArray *headings = g_ptr_array_new_with_free_func (free_heading);
  guint      chosen[8];

  for (guint i = 0; i < blocks->len; i++)
    add_headings (headings, blocks->pdata[i], 0, chosen);
  return headings;
}

/* A figure of one combination of categories; totals are sums over them, so additive axes add up. */
static double
figure (guint table, guint row, guint col)
{
  static const guint weights[] = { 31, 12, 0, 24, 17, 0, 5, 41, 3, 9 };

  return weights[(row * 3 + col + table) % G_N_ELEMENTS (weights)]
         + ((row * 7 + col * 5 + table) % 4);
}

static gboolean
matches (const CcHeading *total, const CcHeading *leaf)
{
  if (total->period >= 0 && total->period != leaf->period)
    return FALSE;
  for (guint i = 0; total->parts[i] != NULL; i++)
    if (strcmp (total->parts[i], "total") != 0 && strcmp (total->parts[i], leaf->parts[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Like the engine, a total of an axis that counts persons several times is less than the sum. */
static gboolean
over_several (GPtrArray *blocks, const CcHeading *heading)
{
  GPtrArray *block = blocks->pdata[0];
  guint      part = 0;

  for (guint i = 0; i < block->len; i++)
    {
      CcResultAxis *axis = block->pdata[i];

      if (!axis->period && strcmp (heading->parts[part++], "total") == 0 && axis->each)
        return TRUE;
    }
  return FALSE;
}

static void
fill (CcTableResult *result, guint table)
{
  guint n_cols = result->cols->len;

  result->cells = g_new0 (CcCell, result->rows->len * n_cols);
  for (guint i = 0; i < result->rows->len; i++)
    for (guint j = 0; j < n_cols; j++)
      {
        CcCell *cell = &result->cells[i * n_cols + j];
        double  sum = 0;

        for (guint r = 0; r < result->rows->len; r++)
          for (guint c = 0; c < n_cols; c++)
            {
              const CcHeading *row = result->rows->pdata[r];
              const CcHeading *col = result->cols->pdata[c];

              if ((!row->total || result->rows->len == 1) && !col->total
                  && matches (result->rows->pdata[i], row) && matches (result->cols->pdata[j], col))
                sum += figure (table, r, c);
            }
        if (over_several (result->row_blocks, result->rows->pdata[i]))
          sum = floor (sum * 0.9);
        cell->value = sum;
        cell->count = (gint64) sum;
        cell->low = cell->count;
        cell->high = cell->count;
      }
  result->totals = g_new0 (CcCell, result->periods->len + 1);
  for (guint i = 0; i <= result->periods->len; i++)
    result->totals[i] = result->cells[(result->rows->len - 1) * n_cols + n_cols - 1];
}

static CcTableResult *
make_result (CcQuestionnaire *questionnaire, guint index, GArray *periods)
{
  CcTableResult *result = g_new0 (CcTableResult, 1);

  result->questionnaire = cc_questionnaire_ref (questionnaire);
  result->table = cc_questionnaire_get_table (questionnaire, index);
  result->periods = g_array_ref (periods);
  result->row_blocks = make_blocks (result->table->rows);
  result->col_blocks = make_blocks (result->table->cols);
  result->rows = make_headings (result->row_blocks);
  result->cols = make_headings (result->col_blocks);
  result->notes = g_array_new (FALSE, TRUE, sizeof (CcNote));
  fill (result, index);
  result->base = result->totals[periods->len].count + 12;
  return result;
}

/* Undecided pairs, a blank with its reason, and a typed figure. */
static void
add_oddities (CcReportContent *content)
{
  CcTableResult *v1 = content->tables->pdata[0];
  guint          n = v1->cols->len;
  CcCell        *total = &v1->totals[content->periods->len];
  CcCell        *cell = &v1->cells[(v1->rows->len - 1) * n + 1];

  total->low = total->count - 9;
  total->high = total->count + 4;
  cell->low = cell->count - 3;
  cell->high = cell->count + 2;
  v1->cells[(v1->rows->len - 1) * n + n - 1].low = total->low;
  v1->cells[(v1->rows->len - 1) * n + n - 1].high = total->high;
  cell = &v1->cells[1];
  cell->low = cell->count - 1;
}

static CcReportAgency *
make_agency (const char *name, const char *type, guint deliveries, gboolean nil)
{
  CcReportAgency *agency = g_new0 (CcReportAgency, 1);

  agency->name = g_strdup (name);
  agency->type = g_strdup (type);
  agency->deliveries = deliveries;
  agency->nil = nil;
  agency->period = CC_INTERVAL_UNKNOWN;
  if (deliveries > 0)
    {
      agency->period = (CcInterval){ cc_day_from_ymd (2020, 1, 1), cc_day_from_ymd (2024, 12, 31) };
      agency->rows = 412;
      agency->accepted = 398;
      agency->parked = 9;
      agency->rejected = 5;
    }
  return agency;
}

CcReportContent *
fake_content (CcQuestionnaire *questionnaire, CcTexts *texts, const char *language)
{
  g_autoptr (GArray) periods = g_array_new (FALSE, TRUE, sizeof (CcPeriod));
  CcReportContent *content;
  CcReportUnit     victims = { "victim", 2310, 1648, 1602, 1671, 23 };

  for (int year = 2020; year <= 2024; year++)
    {
      CcPeriod period = { .interval = cc_interval_year (year) };

      g_snprintf (period.code, sizeof period.code, "%d", year);
      g_array_append_val (periods, period);
    }
  content = cc_report_content_new (questionnaire, texts, language, "BEN", periods);
  content->created = 1746230400; /* 3 May 2025 */
  content->cut_off = cc_day_from_ymd (2025, 5, 2);
  for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
    g_ptr_array_add (content->tables, make_result (questionnaire, i, periods));
  add_oddities (content);
  g_ptr_array_add (content->agencies, make_agency ("Police judiciaire", "Police", 2, FALSE));
  g_ptr_array_add (content->agencies,
                   make_agency ("Direction des affaires sociales et de la famille",
                                "Social services", 1, FALSE));
  g_ptr_array_add (content->agencies, make_agency ("Port authority", "Border", 0, TRUE));
  g_ptr_array_add (content->agencies, make_agency ("Hotline", "Hotline", 0, FALSE));
  g_array_append_val (content->units, victims);
  g_hash_table_insert (content->answers, g_strdup ("@form\nofficer"), g_strdup ("A. Responsible"));
  g_hash_table_insert (content->answers, g_strdup ("@meta\nsource"),
                       g_strdup ("Ministry of Justice, national case file"));
  return content;
}
