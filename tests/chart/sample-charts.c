/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-charts.h"

#include <string.h>

/* Invented figures, worded as the report layer words them. */

typedef struct
{
  const char *title[2], *subtitle, *source, *date, *axis, *missing, *hidden, *group;
  const char *notes[3];
  const char *classes[7];
  const char *sexes[4];
  const char *forms[6];
} Words;

static const Words english = {
  { "Victims of trafficking in persons, by year, sex and age",
    "Victims of trafficking in persons, by form of exploitation and sex" },
  "Benin, 2020 to 2024. Base: 1,648 victims detected, each counted once",
  "Source: 12 reporting agencies, national case file",
  "Data as of 3 May 2025",
  "Victims",
  "not known",
  "<5",
  ",",
  { "Of these, 61 victims whose sex or age is not known stand in a part of their own.",
    "Between 1,602 and 1,671 victims, depending on 23 pairs of records not yet decided.", NULL },
  { "Women (18 and over)", "Men (18 and over)", "Other sex, 18 and over", "Girls (0 to 17)",
    "Boys (0 to 17)", "Other sex, 0 to 17", "Sex or age not known" },
  { "Male", "Female", "Other", "Sex not known" },
  { "Sexual exploitation", "Forced labour, services, slavery, servitude", "Begging",
    "Criminal activities", "Other forms", "Form not known" },
};

static const Words french = {
  { "Victimes de la traite des personnes, par année, sexe et âge",
    "Victimes de la traite des personnes, par forme d’exploitation et sexe" },
  "Bénin, 2020 à 2024. Base : 1 648 victimes détectées, chacune comptée une fois",
  "Source : 12 organismes déclarants, fichier national des cas",
  "Données au 3 mai 2025",
  "Victimes",
  "inconnu",
  "<5",
  "\u202f",
  { "Dont 61 victimes dont le sexe ou l’âge est inconnu, présentées à part.",
    "Entre 1 602 et 1 671 victimes, selon 23 paires d’enregistrements non encore tranchées.",
    NULL },
  { "Femmes (18 ans et plus)", "Hommes (18 ans et plus)", "Autre sexe, 18 ans et plus",
    "Filles (0 à 17 ans)", "Garçons (0 à 17 ans)", "Autre sexe, 0 à 17 ans",
    "Sexe ou âge inconnu" },
  { "Masculin", "Féminin", "Autre", "Sexe inconnu" },
  { "Exploitation sexuelle", "Travail ou services forcés, esclavage, servitude", "Mendicité",
    "Activités criminelles", "Autres formes", "Forme inconnue" },
};

static const Words arabic = {
  { "ضحايا الاتجار بالأشخاص حسب السنة والجنس والعمر",
    "ضحايا الاتجار بالأشخاص حسب شكل الاستغلال والجنس" },
  "بنن، من 2020 إلى 2024. الأساس: 1,648 ضحية مكتشفة، تُحسب كل واحدة مرة واحدة",
  "المصدر: 12 جهة مبلِّغة، ملف القضايا الوطني",
  "البيانات حتى 3 مايو 2025",
  "الضحايا",
  "غير معروف",
  "أقل من 5",
  ",",
  { "منهم 61 ضحية لا يُعرف جنسها أو عمرها، وهي مبيَّنة على حدة.",
    "بين 1,602 و1,671 ضحية، بحسب 23 زوجاً من السجلات لم يُبتّ فيها بعد.", NULL },
  { "نساء (18 سنة فأكثر)", "رجال (18 سنة فأكثر)", "جنس آخر، 18 سنة فأكثر", "فتيات (0-17 سنة)",
    "فتيان (0-17 سنة)", "جنس آخر، 0-17 سنة", "الجنس أو العمر غير معروف" },
  { "ذكر", "أنثى", "آخر", "الجنس غير معروف" },
  { "الاستغلال الجنسي", "السخرة أو الخدمات القسرية أو الاسترقاق أو الاستعباد", "التسول",
    "الأنشطة الإجرامية", "أشكال أخرى", "الشكل غير معروف" },
};

static const Words *
pick_words (const char *language)
{
  return strcmp (language, "ar") == 0 ? &arabic : strcmp (language, "fr") == 0 ? &french : &english;
}

static CcChart *
start (CcChartKind kind, const char *language)
{
  const Words *words = pick_words (language);
  CcChart     *chart = cc_chart_new (kind);

  chart->title = g_strdup (words->title[kind == CC_CHART_GROUPED_BARS]);
  chart->subtitle = g_strdup (words->subtitle);
  chart->source = g_strdup (words->source);
  chart->date = g_strdup (words->date);
  chart->axis = g_strdup (words->axis);
  chart->missing = g_strdup (words->missing);
  chart->hidden = g_strdup (words->hidden);
  chart->group = g_strdup (words->group);
  chart->alt_text = g_strdup (chart->title);
  chart->rtl = words == &arabic;
  for (guint i = 0; words->notes[i] != NULL; i++)
    cc_chart_add_note (chart, words->notes[i]);
  return chart;
}

CcChart *
sample_columns (const char *language)
{
  static const double figures[7][5] = {
    { 88, 97, 104, 121, 118 }, { 41, 46, 39, 57, 62 }, { 1, 0, 2, 1, 3 },
    { 71, 83, 92, 88, 97 },    { 54, 61, 49, 72, 66 }, { 0, 0, 0, 1, 1 },
    { 9, 14, 11, 12, 15 },
  };
  static const guint styles[] = { 0, 1, 2, 3, 4, 5, 6 };
  const Words       *words = pick_words (language);
  CcChart           *chart = start (CC_CHART_STACKED_COLUMNS, language);

  for (guint year = 2020; year < 2025; year++)
    {
      g_autofree char *label = g_strdup_printf ("%u", year);

      cc_chart_add_category (chart, label);
    }
  for (guint i = 0; i < 7; i++)
    {
      CcChartSeries *series = cc_chart_add_series (chart, words->classes[i], styles[i]);

      for (guint j = 0; j < 5; j++)
        series->points[j].value = figures[i][j];
    }
  return chart;
}

CcChart *
sample_bars (const char *language)
{
  static const double figures[4][6] = {
    { 61, 298, 96, 22, 44, 31 },
    { 402, 341, 71, 9, 83, 40 },
    { 3, 1, 0, 0, 0, 2 },
    { 4, 12, 6, 0, 5, 26 },
  };
  static const guint styles[] = { 1, 0, 2, 6 };
  const Words       *words = pick_words (language);
  CcChart           *chart = start (CC_CHART_GROUPED_BARS, language);

  for (guint j = 0; j < 6; j++)
    cc_chart_add_category (chart, words->forms[j]);
  for (guint i = 0; i < 4; i++)
    {
      CcChartSeries *series = cc_chart_add_series (chart, words->sexes[i], styles[i]);

      for (guint j = 0; j < 6; j++)
        series->points[j].value = figures[i][j];
    }
  ((CcChartSeries *) chart->series->pdata[2])->points[0] = (CcPoint){ CC_POINT_HIDDEN, 0, 0 };
  ((CcChartSeries *) chart->series->pdata[3])->points[4] = (CcPoint){ CC_POINT_MISSING, 0, 0 };
  return chart;
}

/* Three of the classes over five years; a year of the third is not known, one of the fourth held
 * back. */
CcChart *
sample_lines (const char *language)
{
  static const double figures[4][5] = {
    { 88, 97, 104, 121, 118 },
    { 41, 46, 39, 57, 62 },
    { 71, 83, 92, 88, 97 },
    { 54, 61, 49, 72, 66 },
  };
  const Words *words = pick_words (language);
  CcChart     *chart = start (CC_CHART_LINES, language);

  for (guint year = 2020; year < 2025; year++)
    {
      g_autofree char *label = g_strdup_printf ("%u", year);

      cc_chart_add_category (chart, label);
    }
  for (guint i = 0; i < 4; i++)
    {
      CcChartSeries *series = cc_chart_add_series (chart, words->classes[i], CC_CHART_PLAIN + i);

      for (guint j = 0; j < 5; j++)
        series->points[j].value = figures[i][j];
    }
  ((CcChartSeries *) chart->series->pdata[2])->points[2] = (CcPoint){ CC_POINT_MISSING, 0, 0 };
  ((CcChartSeries *) chart->series->pdata[3])->points[0] = (CcPoint){ CC_POINT_HIDDEN, 0, 0 };
  return chart;
}

/* Ages from 0 to 60, girls and boys in the styles of children. */
CcChart *
sample_pyramid (const char *language)
{
  static const char *const ages[] = { "0-5",   "6-11",  "12-17", "18-24", "25-29",
                                      "30-39", "40-49", "50-59", "60+" };
  static const double      figures[2][9] = { { 4, 31, 142, 171, 84, 61, 22, 6, 1 },
                                             { 6, 48, 97, 63, 40, 29, 17, 9, 0 } };
  const Words             *words = pick_words (language);
  CcChart                 *chart = start (CC_CHART_PYRAMID, language);

  for (guint j = 0; j < G_N_ELEMENTS (ages); j++)
    cc_chart_add_category (chart, ages[j]);
  for (guint i = 0; i < 2; i++)
    {
      CcChartSeries *series = cc_chart_add_series (chart, words->sexes[1 - i], i);

      for (guint j = 0; j < G_N_ELEMENTS (ages); j++)
        series->points[j] = (CcPoint){ CC_POINT_VALUE, figures[i][j], j < 3 ? 1 + 3 + i : 0 };
    }
  ((CcChartSeries *) chart->series->pdata[0])->points[8] = (CcPoint){ CC_POINT_HIDDEN, 0, 0 };
  return chart;
}

/* A single series, ranked; the rest and what is not known are grey. */
CcChart *
sample_ranking (const char *language)
{
  static const double figures[] = { 402, 341, 96, 71, 44, 31 };
  const Words        *words = pick_words (language);
  CcChart            *chart = start (CC_CHART_GROUPED_BARS, language);
  CcChartSeries      *series;

  for (guint j = 0; j < 6; j++)
    cc_chart_add_category (chart, words->forms[j]);
  series = cc_chart_add_series (chart, words->axis, CC_CHART_PLAIN);
  for (guint j = 0; j < 6; j++)
    series->points[j] = (CcPoint){ CC_POINT_VALUE, figures[j], j < 4 ? 0 : 1 + 6 };
  return chart;
}
