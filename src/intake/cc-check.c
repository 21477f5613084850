/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-check.h>

#include <string.h>

#define AGE_LIMIT 110

/* What the rules look at, picked out of the records of one row or person. */
typedef struct
{
  CcPack    *pack;
  GPtrArray *records;
  CcDay      today;
  GPtrArray *findings;
} CheckRun;

typedef void (*CheckFunc) (CheckRun *run, const char *rule);

const char *const cc_check_rules[] = { "intake.check.birth-after-detection",
                                       "intake.check.decision-before-detection",
                                       "intake.check.service-before-detection",
                                       "intake.check.return-before-detection",
                                       "intake.check.exploitation-order",
                                       "intake.check.step-order",
                                       "intake.check.age-range",
                                       "intake.check.birth-against-age",
                                       "intake.check.age-at-start",
                                       "intake.check.adult-without-means",
                                       "intake.check.sector-without-labour",
                                       NULL };

/**
 * cc_check_finding_free:
 */
void
cc_check_finding_free (CcCheckFinding *self)
{
  if (!self)
    return;
  g_free (self->value);
  g_free (self);
}

/**
 * cc_severity_to_text:
 *
 * Returns: "error", "warning" or "note"
 */
const char *
cc_severity_to_text (CcSeverity severity)
{
  static const char *const words[] = { "note", "warning", "error" };

  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (words), "");

  return words[severity];
}

static void
add_finding (CheckRun         *run,
             const char       *rule,
             CcSeverity        severity,
             const CcVariable *variable,
             char             *value)
{
  CcCheckFinding *finding = g_new0 (CcCheckFinding, 1);

  finding->rule = rule;
  finding->severity = severity;
  finding->variable = variable;
  finding->value = value;
  g_ptr_array_add (run->findings, finding);
}

/* A variable's id begins with its unit: "VI05", "X_VI_RETON". */
static gboolean
may_state (const CcRecord *record, const char *id)
{
  if (g_str_has_prefix (id, "X_"))
    id += 2;
  return strncmp (id, record->unit->abbr, strlen (record->unit->abbr)) == 0;
}

/* The first known value of a variable among the records; NULL where none is stated. */
static const CcValue *
find_value (CheckRun *run, const char *id)
{
  for (guint i = 0; i < run->records->len; i++)
    {
      CcRecord *record = run->records->pdata[i];
      CcValue  *value = may_state (record, id) ? cc_record_find (record, id) : NULL;

      if (value && value->no_value == CC_NO_VALUE_NONE)
        return value;
    }
  return NULL;
}

/* A certainly earlier than B: their possible days do not touch. */
static gboolean
is_before (const CcValue *a, const CcValue *b)
{
  return a && b && cc_interval_is_known (a->date) && cc_interval_is_known (b->date)
         && a->date.last < b->date.first;
}

static char *
two_dates (const CcValue *a, const CcValue *b)
{
  g_autofree char *x = cc_interval_to_iso (a->date);
  g_autofree char *y = cc_interval_to_iso (b->date);

  return g_strdup_printf ("%s; %s", x, y);
}

static void
check_order (CheckRun   *run,
             const char *rule,
             CcSeverity  severity,
             const char *first,
             const char *second)
{
  const CcValue *a = find_value (run, first), *b = find_value (run, second);

  if (is_before (b, a))
    add_finding (run, rule, severity, b->variable, two_dates (a, b));
}

static void
check_birth_after_detection (CheckRun *run, const char *rule)
{
  check_order (run, rule, CC_SEVERITY_ERROR, "VI05", "VI19");
}

static void
check_decision_before_detection (CheckRun *run, const char *rule)
{
  check_order (run, rule, CC_SEVERITY_WARNING, "VI19", "VS02");
}

static void
check_service_before_detection (CheckRun *run, const char *rule)
{
  check_order (run, rule, CC_SEVERITY_WARNING, "VI19", "AS03");
}

static void
check_return_before_detection (CheckRun *run, const char *rule)
{
  check_order (run, rule, CC_SEVERITY_WARNING, "VI19", "X_VI_RETON");
}

static void
check_exploitation_order (CheckRun *run, const char *rule)
{
  check_order (run, rule, CC_SEVERITY_ERROR, "VE13", "VE14");
}

/* Steps of justice in the order of their stages. */
static void
check_step_order (CheckRun *run, const char *rule)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  for (guint i = 0; i < run->records->len; i++)
    if (may_state (run->records->pdata[i], "JS01"))
      g_ptr_array_add (steps, run->records->pdata[i]);
  for (guint i = 0; i < steps->len; i++)
    for (guint j = 0; j < steps->len; j++)
      {
        CcValue *stage_a = cc_record_find (steps->pdata[i], "JS01");
        CcValue *stage_b = cc_record_find (steps->pdata[j], "JS01");
        CcValue *a = cc_record_find (steps->pdata[i], "JS03");
        CcValue *b = cc_record_find (steps->pdata[j], "JS03");

        if (stage_a && stage_b && stage_a->code && stage_b->code
            && stage_a->code->sort < stage_b->code->sort && is_before (b, a))
          {
            add_finding (run, rule, CC_SEVERITY_WARNING, b->variable, two_dates (a, b));
            return;
          }
      }
}

static const CcValue *
find_age (CheckRun *run)
{
  const CcValue *age = find_value (run, "VI06");

  return age ? age : find_value (run, "PE05");
}

static void
check_age_range (CheckRun *run, const char *rule)
{
  const CcValue *age = find_age (run);

  if (age && (age->age_min > AGE_LIMIT || (age->age_max > AGE_LIMIT && age->age_max != 200)))
    add_finding (run, rule, CC_SEVERITY_WARNING, age->variable,
                 g_strdup_printf ("%d", MAX (age->age_min, age->age_max)));
}

/* The first day after the birth of which anything is said, up to today: where nobody says when a
 * person was detected, the age was stated on one of these days. */
static CcInterval
find_days (CheckRun *run, const CcValue *birth)
{
  CcInterval days = { run->today, run->today };

  for (guint i = 0; i < run->records->len; i++)
    {
      const CcRecord *record = run->records->pdata[i];

      for (guint j = 0; j < record->values->len; j++)
        {
          const CcValue *value = record->values->pdata[j];

          if (value->variable != birth->variable && cc_interval_is_known (value->date)
              && value->date.first >= birth->date.last)
            days.first = MIN (days.first, value->date.first);
        }
    }
  return days;
}

/* Stated age against the age that the date of birth gives on the day of detection; one year of
 * difference is the birthday that was or was not. Without that day it is worth a look only. */
static void
check_birth_against_age (CheckRun *run, const char *rule)
{
  const CcValue *birth = find_value (run, "VI05"), *age = find_value (run, "VI06");
  const CcValue *detected = find_value (run, "VI19");
  const gboolean dated = detected && cc_interval_is_known (detected->date);
  CcInterval     days;
  int            low, high;

  if (!birth || !age || !cc_interval_is_known (birth->date))
    return;
  days = dated ? detected->date : find_days (run, birth);
  if (birth->date.last > days.first)
    return;
  low = cc_day_completed_years (birth->date.last, days.first);
  high = cc_day_completed_years (birth->date.first, days.last);
  if ((age->age_max >= 0 && age->age_max < low - 1) || age->age_min > high + 1)
    {
      g_autofree char *born = cc_interval_to_iso (birth->date);

      add_finding (run, rule, dated ? CC_SEVERITY_WARNING : CC_SEVERITY_NOTE, age->variable,
                   g_strdup_printf ("%s; %d", born, MAX (age->age_min, age->age_max)));
    }
}

static void
check_age_at_start (CheckRun *run, const char *rule)
{
  const CcValue *start = find_value (run, "VE16"), *age = find_value (run, "VI06");

  if (start && age && age->age_max >= 0 && start->age_min > age->age_max)
    add_finding (run, rule, CC_SEVERITY_WARNING, start->variable,
                 g_strdup_printf ("%d; %d", start->age_min, age->age_max));
}

/* Rule G14 of ic-tip.md: for a child no means is needed; an adult who was formally identified with
 * no means recorded is worth a look, and is never blocked. */
static void
check_adult_without_means (CheckRun *run, const char *rule)
{
  const CcValue   *age = find_value (run, "VI06"), *status = find_value (run, "VS01");
  const CcValue   *means = find_value (run, "VE07");
  g_autofree char *decides =
      status && status->code ? cc_code_get_attribute (status->code, "decides") : NULL;

  if (age && age->age_min >= 18 && status && status->code
      && (g_strcmp0 (decides, "yes") == 0 || g_str_equal (status->code->code, "IDEN"))
      && !g_str_equal (status->code->code, "NEG") && (!means || means->codes->len == 0))
    add_finding (run, rule, CC_SEVERITY_WARNING, cc_pack_find_variable (run->pack, "VE07"), NULL);
}

/* A sector tells where labour was exploited: with other forms alone one of the two is wrong. */
static void
check_sector_without_labour (CheckRun *run, const char *rule)
{
  const CcValue *sector = find_value (run, "VE05"), *form = find_value (run, "VE03");

  if (!sector || sector->codes->len == 0 || !form || form->codes->len == 0)
    return;
  for (guint i = 0; i < form->codes->len; i++)
    {
      const CcCode *code = form->codes->pdata[i];
      const char   *target = cc_pack_roll_up (run->pack, "unodc", code->list, code->code);

      if (g_strcmp0 (target, "labour") == 0 || g_strcmp0 (target, "other") == 0)
        return;
    }
  add_finding (run, rule, CC_SEVERITY_NOTE, sector->variable,
               g_strdup (((const CcCode *) sector->codes->pdata[0])->code));
}

/* In the order of cc_check_rules. */
static const CheckFunc check_funcs[] = {
  check_birth_after_detection,
  check_decision_before_detection,
  check_service_before_detection,
  check_return_before_detection,
  check_exploitation_order,
  check_step_order,
  check_age_range,
  check_birth_against_age,
  check_age_at_start,
  check_adult_without_means,
  check_sector_without_labour,
};

/**
 * cc_check_records:
 * @records: CcRecord of any units that belong together: one sheet row, or one person with links
 * @today: the day of the check
 *
 * Returns: (transfer full): CcCheckFinding, in the order of the rules
 */
GPtrArray *
cc_check_records (CcPack *pack, GPtrArray *records, CcDay today)
{
  CheckRun run = { pack, records, today, NULL };

  g_return_val_if_fail (pack != NULL && records != NULL, NULL);

  run.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_check_finding_free);
  for (guint i = 0; i < G_N_ELEMENTS (check_funcs); i++)
    check_funcs[i](&run, cc_check_rules[i]);
  return run.findings;
}
