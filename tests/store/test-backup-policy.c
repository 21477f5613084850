/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <cc/store/cc-backup-policy.h>

static void
test_names (void)
{
  const CcBackupStamp stamp = { cc_day_from_ymd (2026, 3, 1), 14 * 3600 + 15 * 60 + 9,
                                CC_BACKUP_DAILY };
  const char *const   foreign[] = { "benin.casecount",
                                    "benin-2026-03-01-141509.casecount",
                                    "benin-2026-13-01-141509-daily-3fa9c1d2.casecount",
                                    "benin-2026-03-01-246000-daily-3fa9c1d2.casecount",
                                    "benin-2026-03-01-141509-yearly-3fa9c1d2.casecount",
                                    "benin-2026-03-01-141509-daily-3FA9C1D2.casecount",
                                    "benin-2026-03-01-141509-daily-3fa9c1d.casecount",
                                    "2026-03-01-141509-daily-3fa9c1d2.casecount",
                                    "benin-2026-03-01-141509-daily-3fa9c1d2.casecount.part",
                                    "-",
                                    "" };

  for (guint i = 0; i < CC_N_BACKUP_REASONS; i++)
    {
      CcBackupStamp    found = stamp;
      CcBackupStamp    given = { stamp.day, stamp.second, i };
      g_autofree char *name = cc_backup_format_name ("côte-d'ivoire-2026", &given, "3fa9c1d2");
      g_autofree char *stem = NULL;
      g_autofree char *tag = NULL;

      g_assert_true (cc_backup_parse_name (name, &stem, &found, &tag));
      g_assert_cmpstr (stem, ==, "côte-d'ivoire-2026");
      g_assert_cmpstr (tag, ==, "3fa9c1d2");
      g_assert_cmpint (cc_backup_stamp_compare (&found, &given), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      CcBackupStamp found;
      char         *stem = NULL;
      char         *tag = NULL;

      g_assert_false (cc_backup_parse_name (foreign[i], &stem, &found, &tag));
      g_assert_null (stem);
      g_assert_null (tag);
    }
}

static guint
count_kept (const CcBackupRule *rule, const CcBackupStamp *stamps, guint n, gboolean *keep)
{
  guint kept = 0;

  cc_backup_rule_apply (rule, stamps, n, keep);
  for (guint i = 0; i < n; i++)
    kept += keep[i];
  return kept;
}

/* Two backups a day for two years: what is left is what the rule says. */
static void
test_two_years (void)
{
  const CcBackupRule rule = CC_BACKUP_RULE_DEFAULT;
  const CcDay        last = cc_day_from_ymd (2026, 11, 22); /* a Sunday */
  CcBackupStamp      stamps[1460];
  gboolean           keep[1460];
  guint              kept = 0;

  for (guint i = 0; i < 1460; i++)
    stamps[i] =
        (CcBackupStamp){ last - (CcDay) (i / 2), i % 2 == 0 ? 50000 : 30000, CC_BACKUP_DAILY };
  kept = count_kept (&rule, stamps, 1460, keep);
  /* The newest three, of which two lie on days that are kept anyway. */
  g_assert_true (keep[0] && keep[1] && keep[2]);
  g_assert_false (keep[3]);
  for (guint day = 0; day < 7; day++)
    g_assert_true (keep[2 * day]);
  g_assert_false (keep[2 * 8]);
  /* Sundays are the newest of their weeks. */
  for (guint week = 0; week < 4; week++)
    g_assert_true (keep[2 * 7 * week]);
  g_assert_false (keep[2 * 7 * 4]);
  /* Of October the last day, of last December too, of the November before that none. */
  g_assert_true (keep[2 * (last - cc_day_from_ymd (2026, 10, 31))]);
  g_assert_true (keep[2 * (last - cc_day_from_ymd (2025, 12, 31))]);
  g_assert_false (keep[2 * (last - cc_day_from_ymd (2025, 11, 30))]);
  g_assert_cmpuint (kept, ==, 7 + 1 + 3 + 11);
}

static void
test_protected (void)
{
  const CcBackupRule  rule = { 1, 0, 0, 0, 0, TRUE };
  const CcBackupStamp stamps[] = {
    { 100, 0, CC_BACKUP_BY_HAND },    { 101, 0, CC_BACKUP_MIGRATION },
    { 102, 0, CC_BACKUP_PASSPHRASE }, { 103, 0, CC_BACKUP_MIGRATION },
    { 104, 0, CC_BACKUP_IMPORT },     { 105, 0, CC_BACKUP_DAILY },
    { 106, 0, CC_BACKUP_DAILY },
  };
  const gboolean expected[] = { TRUE, FALSE, TRUE, TRUE, FALSE, FALSE, TRUE };
  gboolean       keep[G_N_ELEMENTS (stamps)];

  cc_backup_rule_apply (&rule, stamps, G_N_ELEMENTS (stamps), keep);
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    g_assert_cmpint (keep[i], ==, expected[i]);
  cc_backup_rule_apply (&rule, stamps, 0, keep);
}

/* A rule of nothing but noughts still keeps the newest. */
static void
test_newest_stays (void)
{
  const CcBackupRule  rule = { 0, 0, 0, 0, 0, FALSE };
  const CcBackupStamp stamps[] = { { 99, 7, CC_BACKUP_DAILY }, { 99, 8, CC_BACKUP_DAILY } };
  gboolean            keep[2];

  g_assert_cmpuint (count_kept (&rule, stamps, 2, keep), ==, 1);
  g_assert_true (keep[1]);
}

static void
test_due (void)
{
  CcBackupRule rule = CC_BACKUP_RULE_DEFAULT;

  g_assert_true (cc_backup_rule_is_due (&rule, CC_DAY_NONE, 100, TRUE));
  g_assert_true (cc_backup_rule_is_due (&rule, 99, 100, TRUE));
  g_assert_false (cc_backup_rule_is_due (&rule, 100, 100, TRUE));
  g_assert_false (cc_backup_rule_is_due (&rule, 99, 100, FALSE));
  g_assert_true (cc_backup_rule_is_due (&rule, 3000, 100, TRUE));
  rule.daily = FALSE;
  g_assert_false (cc_backup_rule_is_due (&rule, CC_DAY_NONE, 100, TRUE));

  g_assert_false (cc_backup_rule_wants_import (&rule, 1000, TRUE));
  g_assert_true (cc_backup_rule_wants_import (&rule, 1001, TRUE));
  g_assert_false (cc_backup_rule_wants_import (&rule, 1001, FALSE));
  rule.import_rows = 0;
  g_assert_false (cc_backup_rule_wants_import (&rule, 1000000, TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup-policy/names", test_names);
  g_test_add_func ("/store/backup-policy/two-years", test_two_years);
  g_test_add_func ("/store/backup-policy/protected", test_protected);
  g_test_add_func ("/store/backup-policy/newest-stays", test_newest_stays);
  g_test_add_func ("/store/backup-policy/due", test_due);
  return g_test_run ();
}
