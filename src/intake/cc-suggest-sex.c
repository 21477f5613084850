/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-suggest-private.h"

#include "cc-header-private.h"
#include "cc-map-private.h"

/* Lists that ask for the gender and not for the sex. A gender is never turned into a sex: what is
 * suggested here is that the column states both, each read by its own list; it is shown with its
 * reason, and whoever maps the file takes it or takes the sex off (htcds-mapping.md, prs_Gender).
 */

#define REASON "intake.reason.gender-sex"

/* Whether one of the targets is the value of `variable`. */
static gboolean
names_value (CcPack *pack, const char *unit, const char *targets, const CcVariable *variable)
{
  g_auto (GStrv) names = g_strsplit_set (targets, ",;", -1);

  for (guint i = 0; names[i]; i++)
    {
      const char *name = g_strstrip (names[i]);
      g_autoptr (CcTarget) target = *name ? cc_target_parse (pack, unit, name) : NULL;

      if (target && target->part == CC_TARGET_VALUE && target->variable == variable)
        return TRUE;
    }
  return FALSE;
}

/* The sex of those whose gender is among the targets; NULL where no gender is. */
static const CcVariable *
find_sex (CcPack *pack, const char *unit, const char *targets)
{
  g_auto (GStrv) names = g_strsplit_set (targets, ",;", -1);

  for (guint i = 0; names[i]; i++)
    {
      const char *name = g_strstrip (names[i]);
      g_autoptr (CcTarget) target = *name ? cc_target_parse (pack, unit, name) : NULL;

      if (target && target->part == CC_TARGET_VALUE
          && g_str_equal (target->variable->name, "gender"))
        return cc_pack_find_unit_variable (pack, target->unit->name, "sex");
    }
  return NULL;
}

/* What is shown and never taken gives nothing. */
static gboolean
is_taken (const CcInspectColumn *column)
{
  return column->score >= CC_HEADER_ENOUGH && column->suggestion[0] != '\0'
         && !g_str_equal (column->suggestion, "-");
}

static gboolean
has_sex (CcInspectTable *table, CcPack *pack, const char *unit, const CcVariable *sex)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];

      if (is_taken (column) && names_value (pack, unit, column->suggestion, sex))
        return TRUE;
    }
  return FALSE;
}

/**
 * cc_suggest_sex:
 * @unit: of the table's rows
 *
 * Where a column gives the gender and none the sex, the column of genders is suggested for both,
 * unless its values speak against it. To be called when all columns have their suggestion and were
 * held against their values.
 */
void
cc_suggest_sex (CcInspectTable *table, CcPack *pack, const char *unit)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn  *column = table->columns->pdata[i];
      const CcVariable *sex = is_taken (column) ? find_sex (pack, unit, column->suggestion) : NULL;
      CcTarget          target = { NULL, sex, CC_TARGET_VALUE, NULL };
      g_autofree char  *name = NULL;
      g_autofree char  *gender = NULL;

      if (!sex || has_sex (table, pack, unit, sex) || !cc_suggest_fits (pack, column, sex))
        continue;
      target.unit = cc_pack_find_unit (pack, sex->unit);
      name = cc_target_to_text (pack, unit, &target);
      gender = g_steal_pointer (&column->suggestion);
      column->suggestion = g_strdup_printf ("%s, %s", gender, name);
      g_free (column->reason);
      column->reason = g_strdup (REASON);
    }
}

/* Whether a person, a profile or the map's constants give the sex without the column. */
static gboolean
is_given_elsewhere (CcMap             *self,
                    CcPack            *pack,
                    const CcMapTable  *table,
                    const char        *unit,
                    const CcMapColumn *column,
                    const CcVariable  *sex)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcMapColumn *other = table->columns->pdata[i];

      if (other != column && names_value (pack, unit, other->targets, sex))
        return TRUE;
    }
  for (guint i = 0; i < self->constants->len; i++)
    {
      const CcMapPair *constant = self->constants->pdata[i];

      if (constant->value[0] != '\0' && names_value (pack, unit, constant->key, sex))
        return TRUE;
    }
  return FALSE;
}

static void
take_sex_off (CcMapTable       *table,
              CcMapColumn      *column,
              CcPack           *pack,
              const char       *unit,
              const CcVariable *sex)
{
  g_auto (GStrv) names = g_strsplit_set (column->targets, ",;", -1);
  g_autoptr (GString) left = g_string_new (NULL);
  g_autofree char *language = g_strdup (column->language);
  const double     score = column->score;

  for (guint i = 0; names[i]; i++)
    if (!names_value (pack, unit, names[i], sex))
      g_string_append_printf (left, "%s%s", left->len > 0 ? ", " : "", g_strstrip (names[i]));
  cc_map_table_set_column (table, column->header, left->str);
  column->reason = g_strdup ("intake.reason.synonym");
  column->language = g_steal_pointer (&language);
  column->score = score;
}

/**
 * cc_map_settle_sex:
 */
void
cc_map_settle_sex (CcMap *self, CcPack *pack)
{
  g_return_if_fail (self != NULL && pack != NULL);

  for (guint t = 0; t < self->tables->len; t++)
    {
      CcMapTable *table = self->tables->pdata[t];
      const char *unit = table->unit && g_ascii_isalpha (table->unit[0]) ? table->unit : "victim";

      for (guint i = 0; i < table->columns->len; i++)
        {
          CcMapColumn      *column = table->columns->pdata[i];
          const CcVariable *sex = g_strcmp0 (column->reason, REASON) == 0
                                      ? find_sex (pack, unit, column->targets)
                                      : NULL;

          if (sex && is_given_elsewhere (self, pack, table, unit, column, sex))
            take_sex_off (table, column, pack, unit, sex);
        }
    }
}

/**
 * cc_column_plan_takes_sex:
 */
gboolean
cc_column_plan_takes_sex (const CcColumnPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_strcmp0 (self->reason, REASON) == 0;
}
