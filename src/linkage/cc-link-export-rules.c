/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-export-private.h"

#include "cc-link-keys-private.h"

#include <math.h>
#include <string.h>

/* Rules are SQL that SQLite, DuckDB and Spark read alike: CASE, BETWEEN, IN, COALESCE, ABS, substr
 * and whole numbers. What compares words are functions that stand beside the settings. A level is
 * the first whose rule is true. */

#define NAMES "COALESCE(names_l, ''), COALESCE(names_r, '')"

#define BIRTHS   "birth_precision_l * 10 + birth_precision_r"
#define BOTH_DAY BIRTHS " = 11"
#define TWO_PARTS                                                                                  \
  "((birth_year_l = birth_year_r AND (birth_month_l = birth_month_r OR birth_day_l = "             \
  "birth_day_r))"                                                                                  \
  " OR (birth_month_l = birth_month_r AND birth_day_l = birth_day_r))"
#define YEARS "ABS(birth_year_l - birth_year_r)"
#define YEAR_SLIP                                                                                  \
  "(" YEARS " = 10 OR (birth_year_l <> birth_year_r"                                               \
  " AND substr(birth_ymd_l, 1, 2) = substr(birth_ymd_r, 1, 2)"                                     \
  " AND substr(birth_ymd_l, 3, 1) = substr(birth_ymd_r, 4, 1)"                                     \
  " AND substr(birth_ymd_l, 4, 1) = substr(birth_ymd_r, 3, 1)))"
#define DIGIT(n)                                                                                   \
  "(CASE WHEN substr(birth_ymd_l, " n ", 1) = substr(birth_ymd_r, " n ", 1) THEN 0 ELSE 1 END)"
#define ONE_DIGIT                                                                                  \
  DIGIT ("1")                                                                                      \
  " + " DIGIT ("2") " + " DIGIT ("3") " + " DIGIT ("4") " + " DIGIT ("5") " + " DIGIT (            \
      "6") " + " DIGIT ("7") " + " DIGIT ("8") " = 1"
#define SLIP                                                                                       \
  "(ABS(birth_first_l - birth_first_r) = 1"                                                        \
  " OR (birth_year_l = birth_year_r AND birth_month_l = birth_day_r AND birth_day_l = "            \
  "birth_month_r)"                                                                                 \
  " OR " ONE_DIGIT " OR (birth_month_l = birth_month_r AND birth_day_l = birth_day_r"              \
  " AND (" YEARS " = 1 OR " YEAR_SLIP ")))"

/* Days between two intervals; 0 and less where they overlap. */
#define WITHIN(days)                                                                               \
  "(birth_first_l - birth_last_r <= " days " AND birth_first_r - birth_last_l <= " days ")"

/* The pairs of precisions of each class, see cc_link_compare_births(). */
static const char *const birth_classes[CC_LINK_BIRTH_CLASSES] = {
  BOTH_DAY,
  BIRTHS " IN (12, 21, 22)",
  BIRTHS " IN (13, 23, 31, 32, 33)",
  BIRTHS " IN (14, 41)",
  BIRTHS " IN (24, 34, 42, 43)",
  BIRTHS " = 44",
  BIRTHS " IN (15, 25, 35, 45, 51, 52, 53, 54, 55)",
};

static const char *const day_rules[] = {
  "birth_first_l = birth_first_r",
  SLIP,
  TWO_PARTS,
  "birth_year_l = birth_year_r",
  YEARS " = 1",
  YEAR_SLIP,
  YEARS " <= 5",
  "1 = 1",
};

static const char *const year_rules[] = {
  NULL, NULL, WITHIN ("0"), YEARS " <= 1", YEARS " = 2", YEAR_SLIP, YEARS " <= 5", "1 = 1",
};

static const char *const interval_rules[] = {
  NULL, NULL, WITHIN ("0"), WITHIN ("366"), WITHIN ("732"), NULL, WITHIN ("1830"), "1 = 1",
};

#define BIRTH_RARITY                                                                               \
  "(CASE WHEN (" BOTH_DAY " AND birth_year_l = birth_year_r"                                       \
  " AND (birth_first_l = birth_first_r OR (" TWO_PARTS " AND NOT " SLIP ")))"                      \
  " OR (" BIRTHS                                                                                   \
  " <> 11 AND " WITHIN ("0") ") THEN (CASE WHEN birth_first_l >= birth_first_r"                    \
                             " THEN birth_rarity_l ELSE birth_rarity_r END) ELSE 0 END)"

/* The sum of rarities is told by three figures, each a comparison of its own, so that it comes out
 * to 1/64 bit: steps of four bits, of a quarter, of 1/64. */
#define RARITY_LEAST  (-32 * CC_LINK_BIT)
#define RARITY_DIGITS 3
static const struct
{
  gint  unit;
  guint n;
} digits[RARITY_DIGITS] = { { 256, 24 }, { 16, 16 }, { 1, 16 } };

static void
append_json (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (json, '\\');
      g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

static void
append_number (GString *json, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (json, g_ascii_formatd (buffer, sizeof buffer, "%.17g", value));
}

static void
begin_comparison (GString *json, const char *name, const char *null_rule)
{
  g_string_append (json, g_str_has_suffix (json->str, "]}") ? ",\n" : "\n");
  g_string_append_printf (json, "    {\"output_column_name\": \"%s\", \"comparison_levels\": [\n",
                          name);
  if (null_rule)
    {
      g_string_append (json, "      {\"sql_condition\": ");
      append_json (json, null_rule);
      g_string_append (json, ", \"label_for_charts\": \"level 0: not known\", \"is_null_level\": "
                             "true},\n");
    }
}

/* m and u are shares where the model holds shares; what weighs is their ratio, which limits, order
 * and the class of name agreement have their say in. */
static void
append_level (GString *json, const char *rule, const char *label, gint32 weight, double m, double u)
{
  const double ratio = exp2 (weight / (double) CC_LINK_BIT);

  if (weight >= 0)
    {
      m = CLAMP (m, 1e-6, 1);
      u = m / ratio;
    }
  else
    {
      u = CLAMP (u, 1e-6, 1);
      m = u * ratio;
    }
  g_string_append (json, "      {\"sql_condition\": ");
  append_json (json, rule);
  g_string_append (json, ", \"label_for_charts\": ");
  append_json (json, label);
  g_string_append (json, ", \"m_probability\": ");
  append_number (json, m);
  g_string_append (json, ", \"u_probability\": ");
  append_number (json, u);
  g_string_append (json, ", \"fix_m_probability\": true, \"fix_u_probability\": true},\n");
}

/* What is left says nothing, and weighs nothing. */
static void
end_comparison (GString *json)
{
  append_level (json, "ELSE", "level 0: says nothing", 0, 0.5, 0.5);
  g_string_truncate (json, json->len - 2);
  g_string_append (json, "\n    ]}");
}

typedef struct
{
  GString           *json;
  const CcLinkModel *model;
  CcLinkTable       *table;
} Settings;

/* One level: once where it weighs the same however the names agree, else once for each weight. */
static void
add_level (Settings *self, guint comparison, guint level, const char *rule)
{
  const CcLinkComparison *at = &self->model->comparisons[comparison];
  CcLinkColumnKind        kind = comparison >= CC_LINK_COMPARE_COLUMN
                                     ? self->model->kinds[comparison - CC_LINK_COMPARE_COLUMN]
                                     : CC_LINK_COLUMN_CODE;
  g_autofree char        *word = cc_link_outcome_word (comparison, kind, level);
  guint                   done = 0;

  for (guint first = 0; first < CC_LINK_CLASSES; first++)
    {
      const gint32 weight = at->weight[first][level];
      g_autoptr (GString) classes = g_string_new (NULL);
      g_autofree char *whole = NULL;
      g_autofree char *label = NULL;
      guint            n = 0;

      if (done & 1u << first)
        continue;
      for (guint class = first; class < CC_LINK_CLASSES; class ++)
        if (at->weight[class][level] == weight && !(done & 1u << class))
          {
            g_string_append_printf (classes, "%s%u", n > 0 ? ", " : "", class);
            done |= 1u << class;
            n++;
          }
      if (n < CC_LINK_CLASSES && comparison != CC_LINK_COMPARE_NAME)
        {
          whole = g_strdup_printf ("(%s) AND cc_name_class(" NAMES ") IN (%s)", rule, classes->str);
          label = g_strdup_printf ("level %u: %s; names of class %s", level, word, classes->str);
        }
      else
        {
          /* The class of a level of names is its own. */
          first = comparison == CC_LINK_COMPARE_NAME ? cc_link_name_class (level) : first;
          label = g_strdup_printf ("level %u: %s", level, word);
          done = ~0u;
        }
      append_level (self->json, whole ? whole : rule, label, at->weight[first][level], at->m[level],
                    at->u[first][level]);
    }
}

static void
add_names (Settings *self)
{
  begin_comparison (self->json, "name", "names_l IS NULL OR names_r IS NULL");
  for (guint level = CC_LINK_NAME_NONE; level < CC_LINK_NAME_LEVELS; level++)
    {
      g_autofree char *rule = g_strdup_printf ("cc_name_level(" NAMES ") = %u", level);

      add_level (self, CC_LINK_COMPARE_NAME, level, rule);
    }
  end_comparison (self->json);
}

static void
add_births (Settings *self)
{
  begin_comparison (self->json, "birth", "birth_precision_l IS NULL OR birth_precision_r IS NULL");
  for (guint class = 0; class < CC_LINK_BIRTH_CLASSES; class ++)
    {
      const char *const *rules = class == 0 ? day_rules : class < 3 ? year_rules : interval_rules;

      for (guint kind = 0; kind < 8; kind++)
        {
          g_autofree char *rule =
              rules[kind] ? g_strdup_printf ("%s AND %s", birth_classes[class], rules[kind]) : NULL;

          if (rule)
            add_level (self, CC_LINK_COMPARE_BIRTH, class * 8 + kind + 1, rule);
        }
    }
  end_comparison (self->json);
}

static void
add_other_names (Settings *self)
{
  begin_comparison (self->json, "alias", "aliases_l IS NULL AND aliases_r IS NULL");
  for (guint level = 1; level < CC_LINK_OTHER_LEVELS; level++)
    {
      g_autofree char *rule =
          g_strdup_printf ("cc_alias_level(COALESCE(aliases_l, ''), COALESCE(names_l, ''),"
                           " COALESCE(aliases_r, ''), COALESCE(names_r, '')) = %u",
                           level);

      add_level (self, CC_LINK_COMPARE_ALIAS, level, rule);
    }
  end_comparison (self->json);
  begin_comparison (self->json, "father", "fathers_l IS NULL OR fathers_r IS NULL");
  for (guint level = 1; level < CC_LINK_OTHER_LEVELS; level++)
    {
      g_autofree char *rule =
          g_strdup_printf ("cc_father_level(COALESCE(fathers_l, ''), COALESCE(fathers_r, '')) = %u",
                           level);

      if (level != CC_LINK_OTHER_CROSS)
        add_level (self, CC_LINK_COMPARE_FATHER, level, rule);
    }
  end_comparison (self->json);
}

static void
add_sex_and_source (Settings *self)
{
  begin_comparison (self->json, "sex", "sex_l IS NULL OR sex_r IS NULL");
  add_level (self, CC_LINK_COMPARE_SEX, CC_LINK_SIMPLE_EQUAL, "sex_l = sex_r");
  add_level (self, CC_LINK_COMPARE_SEX, CC_LINK_SIMPLE_DIFFERENT, "sex_l <> sex_r");
  end_comparison (self->json);
  begin_comparison (self->json, "source", NULL);
  add_level (self, CC_LINK_COMPARE_SOURCE, CC_LINK_SOURCE_SAME_NUMBER,
             "source_number_l = source_number_r");
  add_level (self, CC_LINK_COMPARE_SOURCE, CC_LINK_SOURCE_CO_VICTIMS,
             "source_case_l = source_case_r");
  end_comparison (self->json);
}

static void
add_rule (Settings *self, guint column, guint level, const char *format, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);
  g_autofree char *rule = g_strjoinv (name, parts);

  add_level (self, CC_LINK_COMPARE_COLUMN + column, level, rule);
}

static char *
find_country (Settings *self)
{
  g_autofree char *name = NULL;

  if (self->table->citizenship < 0)
    return NULL;
  name = cc_link_export_name (self->table->columns[self->table->citizenship].name);
  return g_strdup_printf ("%s_l = %s_r", name, name);
}

static void
add_texts (Settings *self, guint column, const char *name)
{
  static const char *const rules[] = { "cc_word_match(COALESCE(@_l, ''), COALESCE(@_r, '')) = 1",
                                       "cc_word_match(COALESCE(@_l, ''), COALESCE(@_r, '')) = 2",
                                       "cc_word_match(COALESCE(@_l, ''), COALESCE(@_r, '')) = 3" };
  g_autofree char         *country =
      self->model->kinds[column] == CC_LINK_COLUMN_PLACE ? find_country (self) : NULL;

  for (guint i = 0; country && i < 3; i++)
    {
      g_autofree char *rule = g_strdup_printf ("%s AND %s", country, rules[i]);

      add_rule (self, column, CC_LINK_TEXT_SAME + 3 + i, rule, name);
    }
  for (guint i = 0; i < 3; i++)
    add_rule (self, column, CC_LINK_TEXT_SAME + i, rules[i], name);
}

static void
add_column (Settings *self, guint column)
{
  g_autofree char *name = cc_link_export_name (self->table->columns[column].name);
  g_autofree char *unknown = g_strdup_printf ("%s_l IS NULL OR %s_r IS NULL", name, name);

  begin_comparison (self->json, name, unknown);
  switch (self->model->kinds[column])
    {
    case CC_LINK_COLUMN_CODE:
    case CC_LINK_COLUMN_CITIZENSHIP:
      add_rule (self, column, CC_LINK_SIMPLE_EQUAL, "@_l = @_r", name);
      add_rule (self, column, CC_LINK_SIMPLE_DIFFERENT, "@_l <> @_r", name);
      break;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
      add_rule (self, column, CC_LINK_NUMBER_FEW, "@_l = @_r AND @_carriers_l <= 3", name);
      add_rule (self, column, CC_LINK_NUMBER_SOME, "@_l = @_r AND @_carriers_l BETWEEN 4 AND 6",
                name);
      add_rule (self, column, CC_LINK_NUMBER_MANY, "@_l = @_r AND @_carriers_l BETWEEN 7 AND 10",
                name);
      add_rule (self, column, CC_LINK_NUMBER_SLIP,
                "@_l <> @_r AND cc_one_slip(COALESCE(@_l, ''), COALESCE(@_r, '')) = 1", name);
      add_rule (self, column, CC_LINK_NUMBER_DIFFERENT, "@_l <> @_r", name);
      break;
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
    default:
      add_texts (self, column, name);
      break;
    }
  end_comparison (self->json);
}

static void
append_column_rarity (Settings *self, GString *sum, guint column)
{
  g_autofree char *name = cc_link_export_name (self->table->columns[column].name);
  g_autofree char *country = NULL;

  switch (self->model->kinds[column])
    {
    case CC_LINK_COLUMN_CITIZENSHIP:
      g_string_append_printf (sum,
                              " + (CASE WHEN %s_l = %s_r AND cc_name_class(" NAMES ") = 0"
                              " THEN %s_rarity_l ELSE 0 END)",
                              name, name, name);
      break;
    case CC_LINK_COLUMN_CODE:
      g_string_append_printf (sum, " + (CASE WHEN %s_l = %s_r THEN %s_rarity_l ELSE 0 END)", name,
                              name, name);
      break;
    case CC_LINK_COLUMN_PLACE:
      country = find_country (self);
      G_GNUC_FALLTHROUGH;
    case CC_LINK_COLUMN_TEXT:
      g_string_append_printf (
          sum,
          " + (CASE WHEN %s THEN 0"
          " WHEN cc_word_match(COALESCE(%s_l, ''), COALESCE(%s_r, '')) IN (1, 2) THEN"
          " (CASE WHEN %s_rarity_l < %s_rarity_r THEN %s_rarity_l ELSE %s_rarity_r END)"
          " ELSE 0 END)",
          country ? country : "1 = 0", name, name, name, name, name, name);
      break;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
    default:
      break;
    }
}

/* What values that agree add or take away by how rare they are, in 1/64 bit, from zero up. */
static char *
make_rarity (Settings *self)
{
  GString *sum = g_string_new (NULL);

  g_string_printf (sum,
                   "(%d + cc_name_rarity(" NAMES ")"
                   " + cc_other_rarity(COALESCE(aliases_l, ''), COALESCE(aliases_r, ''))"
                   " + cc_other_rarity(COALESCE(fathers_l, ''), COALESCE(fathers_r, ''))"
                   " + " BIRTH_RARITY,
                   -RARITY_LEAST);
  for (guint i = 0; i < self->table->n_columns; i++)
    append_column_rarity (self, sum, i);
  g_string_append_c (sum, ')');
  return g_string_free (sum, FALSE);
}

static void
add_rarity (Settings *self)
{
  g_autofree char *sum = make_rarity (self);

  for (guint i = 0; i < RARITY_DIGITS; i++)
    {
      const gint       unit = digits[i].unit;
      const gint       whole = unit * (gint) digits[i].n;
      g_autofree char *name = g_strdup_printf ("rarity_%u", i + 1);

      begin_comparison (self->json, name, NULL);
      for (guint k = 0; k < digits[i].n; k++)
        {
          /* Most pairs add up to nothing: their figures first. */
          const gint digit = ((gint) k + (i == 0 ? -RARITY_LEAST / unit : 0)) % (gint) digits[i].n;
          const gint32     weight = digit * unit + (i == 0 ? RARITY_LEAST : 0);
          g_autofree char *rule = i == 0
                                      ? g_strdup_printf ("%s BETWEEN %d AND %d", sum, digit * unit,
                                                         digit * unit + unit - 1)
                                      : g_strdup_printf ("%s %% %d BETWEEN %d AND %d", sum, whole,
                                                         digit * unit, digit * unit + unit - 1);
          g_autofree char *label = g_strdup_printf ("level %d: rarity", digit);

          append_level (self->json, rule, label, weight, 0.5, 0.5);
        }
      end_comparison (self->json);
    }
}

static void
append_blocking (Settings *self, guint n_keys)
{
  g_string_append (self->json, "  \"blocking_rules_to_generate_predictions\": [\n");
  for (guint i = 1; i <= n_keys; i++)
    g_string_append_printf (self->json,
                            "    {\"blocking_rule\": \"l.keys_%u = r.keys_%u\","
                            " \"arrays_to_explode\": [\"keys_%u\"]}%s\n",
                            i, i, i, i < n_keys ? "," : "");
  g_string_append (self->json, "  ],\n");
}

/**
 * cc_link_export_settings:
 *
 * Returns: the model as settings for Splink 4: its comparisons with fixed m and u, the chance that
 *   two records are one, and the blocks as rules. Two rules of this program are no sum of weights
 *   and are applied when scored pairs come back: the limits of pairs with too few signs, and the
 *   verdicts of people.
 */
char *
cc_link_export_settings (const CcLinkModel *model, CcLinkTable *table)
{
  Settings self = { g_string_new ("{\n"), model, table };

  g_string_append (self.json, "  \"link_type\": \"dedupe_only\",\n"
                              "  \"unique_id_column_name\": \"unique_id\",\n"
                              "  \"probability_two_random_records_match\": ");
  append_number (self.json, cc_link_weight_to_probability (model->prior));
  g_string_append (self.json, ",\n"
                              "  \"retain_matching_columns\": false,\n"
                              "  \"retain_intermediate_calculation_columns\": false,\n");
  append_blocking (&self, cc_link_n_key_kinds);
  g_string_append (self.json, "  \"comparisons\": [");
  add_names (&self);
  add_births (&self);
  add_other_names (&self);
  add_sex_and_source (&self);
  for (guint i = 0; i < table->n_columns; i++)
    add_column (&self, i);
  add_rarity (&self);
  g_string_append (self.json, "\n  ]\n}\n");
  return g_string_free (self.json, FALSE);
}
