/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-backup-policy.h>

#include <string.h>

#define SUFFIX   ".casecount"
#define TAG_SIZE 8

static const char *const words[CC_N_BACKUP_REASONS] = {
  [CC_BACKUP_BY_HAND] = "manual",        [CC_BACKUP_DAILY] = "daily",
  [CC_BACKUP_IMPORT] = "import",         [CC_BACKUP_MIGRATION] = "update",
  [CC_BACKUP_PASSPHRASE] = "passphrase", [CC_BACKUP_PACK] = "classification",
};

/* The word that stands in a backup's name and in the command line's answers. */
const char *
cc_backup_reason_to_word (CcBackupReason reason)
{
  g_return_val_if_fail (reason < CC_N_BACKUP_REASONS, NULL);
  return words[reason];
}

gboolean
cc_backup_reason_from_word (const char *word, CcBackupReason *reason)
{
  for (guint i = 0; i < CC_N_BACKUP_REASONS; i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *reason = i;
        return TRUE;
      }
  return FALSE;
}

CcBackupStamp
cc_backup_stamp_now (CcBackupReason reason)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return (CcBackupStamp){ cc_day_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now),
                                           g_date_time_get_day_of_month (now)),
                          g_date_time_get_hour (now) * 3600 + g_date_time_get_minute (now) * 60
                              + g_date_time_get_second (now),
                          reason };
}

/* Older before newer. */
int
cc_backup_stamp_compare (const CcBackupStamp *a, const CcBackupStamp *b)
{
  if (a->day != b->day)
    return a->day < b->day ? -1 : 1;
  if (a->second != b->second)
    return a->second < b->second ? -1 : 1;
  return (int) a->reason - (int) b->reason;
}

/* Returns: seconds since 1970, of that local time in the computer's time zone of now */
gint64
cc_backup_stamp_to_unix (const CcBackupStamp *self)
{
  int year, month, day;
  g_autoptr (GDateTime) moment = NULL;

  cc_day_to_ymd (self->day, &year, &month, &day);
  moment = g_date_time_new_local (year, month, day, self->second / 3600, self->second / 60 % 60,
                                  self->second % 60);
  return moment != NULL ? g_date_time_to_unix (moment) : (gint64) self->day * 86400 + self->second;
}

/**
 * A backup's file name: that of the case file, day, time and reason, and a tag by which the backups
 * of two case files of the same name are told apart. Nothing in it comes from the data.
 *
 * stem: the case file's name without its suffix
 * file_tag: 8 hexadecimal digits
 *
 * Returns: (transfer full): such as "benin-2026-03-01-141500-daily-3fa9c1d2.casecount"
 */
char *
cc_backup_format_name (const char *stem, const CcBackupStamp *stamp, const char *file_tag)
{
  int year, month, day;

  cc_day_to_ymd (stamp->day, &year, &month, &day);
  return g_strdup_printf ("%s-%04d-%02d-%02d-%02d%02d%02d-%s-%s" SUFFIX, stem, year, month, day,
                          stamp->second / 3600, stamp->second / 60 % 60, stamp->second % 60,
                          cc_backup_reason_to_word (stamp->reason), file_tag);
}

static gboolean
parse_time (const char *text, int *second)
{
  int parts[3];

  if (strlen (text) != 6 || strspn (text, "0123456789") != 6)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    parts[i] = (text[2 * i] - '0') * 10 + text[2 * i + 1] - '0';
  *second = parts[0] * 3600 + parts[1] * 60 + parts[2];
  return parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
}

static gboolean
parse_day (const char *year, const char *month, const char *day, CcDay *result)
{
  g_autofree char *text = g_strdup_printf ("%s-%s-%s", year, month, day);
  CcInterval       interval;

  if (strlen (text) != 10 || !cc_interval_from_iso (text, &interval)
      || !cc_interval_is_day (interval))
    return FALSE;
  *result = interval.first;
  return TRUE;
}

/**
 * Reads the name of a backup.
 *
 * stem, file_tag: (out) (transfer full): as in cc_backup_format_name (); set on success only
 *
 * Returns: FALSE where it is not called like a backup
 */
gboolean
cc_backup_parse_name (const char *name, char **stem, CcBackupStamp *stamp, char **file_tag)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *rest = NULL;
  CcBackupStamp    found;
  guint            n;

  if (!g_str_has_suffix (name, SUFFIX))
    return FALSE;
  rest = g_strndup (name, strlen (name) - strlen (SUFFIX));
  parts = g_strsplit (rest, "-", -1);
  n = g_strv_length (parts);
  /* A stem, which may have hyphens, and six parts. */
  if (n < 7 || strlen (parts[n - 1]) != TAG_SIZE
      || strspn (parts[n - 1], "0123456789abcdef") != TAG_SIZE
      || !cc_backup_reason_from_word (parts[n - 2], &found.reason)
      || !parse_time (parts[n - 3], &found.second)
      || !parse_day (parts[n - 6], parts[n - 5], parts[n - 4], &found.day))
    return FALSE;
  *stamp = found;
  *file_tag = g_strdup (parts[n - 1]);
  g_clear_pointer (&parts[n - 6], g_free);
  for (guint i = n - 5; i < n; i++)
    g_clear_pointer (&parts[i], g_free);
  *stem = g_strjoinv ("-", parts);
  return TRUE;
}

/* Periods of which each keeps its newest backup. */
typedef gint64 (*PeriodFunc) (CcDay day);

static gint64
get_day (CcDay day)
{
  return day;
}

/* 1970-01-01 was a Thursday: the week from Monday to Sunday that day 0 lies in is week 0. */
static gint64
get_week (CcDay day)
{
  const gint64 from_monday = (gint64) day + 3;

  return from_monday >= 0 ? from_monday / 7 : -((6 - from_monday) / 7);
}

static gint64
get_month (CcDay day)
{
  int year, month, mday;

  cc_day_to_ymd (day, &year, &month, &mday);
  return (gint64) year * 12 + month - 1;
}

static void
keep_periods (const CcBackupStamp *stamps,
              const guint         *order,
              guint                n,
              guint                n_periods,
              PeriodFunc           get_period,
              gboolean            *keep)
{
  gint64 last = G_MAXINT64;

  for (guint i = 0; i < n && n_periods > 0; i++)
    {
      const gint64 period = get_period (stamps[order[i]].day);

      if (period == last)
        continue;
      last = period;
      n_periods--;
      keep[order[i]] = TRUE;
    }
}

static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const CcBackupStamp *stamps = data;
  const guint          i = *(const guint *) a;
  const guint          j = *(const guint *) b;
  const int            order = cc_backup_stamp_compare (&stamps[j], &stamps[i]);

  if (order != 0)
    return order;
  return i < j ? -1 : 1;
}

/**
 * Says which backups of one file are kept. Always kept are the newest one, those made by hand, and
 * of those before a newer format, another passphrase or another classification the newest.
 *
 * keep: (out caller-allocates): one answer per stamp
 */
void
cc_backup_rule_apply (const CcBackupRule  *self,
                      const CcBackupStamp *stamps,
                      guint                n_stamps,
                      gboolean            *keep)
{
  g_autofree guint *order = g_new (guint, n_stamps + 1);
  gboolean          seen[CC_N_BACKUP_REASONS] = { FALSE };

  for (guint i = 0; i < n_stamps; i++)
    {
      order[i] = i;
      keep[i] = stamps[i].reason == CC_BACKUP_BY_HAND;
    }
  g_qsort_with_data (order, (int) n_stamps, sizeof *order, compare_newest_first, (gpointer) stamps);
  for (guint i = 0; i < n_stamps && i < MAX (self->recent, 1); i++)
    keep[order[i]] = TRUE;
  for (guint i = 0; i < n_stamps; i++)
    {
      const CcBackupReason reason = stamps[order[i]].reason;

      if (!seen[reason] && reason != CC_BACKUP_DAILY && reason != CC_BACKUP_IMPORT)
        keep[order[i]] = TRUE;
      seen[reason] = TRUE;
    }
  keep_periods (stamps, order, n_stamps, self->days, get_day, keep);
  keep_periods (stamps, order, n_stamps, self->weeks, get_week, keep);
  keep_periods (stamps, order, n_stamps, self->months, get_month, keep);
}

/**
 * last: the day of the newest backup, CC_DAY_NONE where there is none
 * changed: something was done since, other than making backups
 *
 * Returns: whether the day's backup is to be made now. A backup that seems to come from the future
 *   was made under a wrong clock and counts as none.
 */
gboolean
cc_backup_rule_is_due (const CcBackupRule *self, CcDay last, CcDay today, gboolean changed)
{
  return self->daily && changed && (last == CC_DAY_NONE || last != today);
}

/* Whether a delivery of so many rows is preceded by a backup. An empty file has nothing to lose. */
gboolean
cc_backup_rule_wants_import (const CcBackupRule *self, gint64 rows, gboolean has_data)
{
  return has_data && self->import_rows > 0 && rows > self->import_rows;
}

gboolean
cc_backup_rule_equal (const CcBackupRule *self, const CcBackupRule *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);
  return self->recent == other->recent && self->days == other->days && self->weeks == other->weeks
         && self->months == other->months && self->import_rows == other->import_rows
         && (self->daily != FALSE) == (other->daily != FALSE);
}
