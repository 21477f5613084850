/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Room for any text that cc_number_read () and cc_time_to_text () write, with its NUL. */
#define CC_NUMBER_TEXT_SIZE 48

/* Reads a number as spreadsheet files write it (-12, 0.5, 1.5E-3), rounded to the 15 significant
 * digits that spreadsheet programs show, so that 0.30000000000000004 is 0.3 in `value` and in
 * `text`. `text` is plain decimal without needless zeros from 1e-7 to 1e21, scientific beyond.
 * FALSE when the text is no number or not finite. */
gboolean cc_number_read (const char *source, gsize length, double *value, char *text);

/* How a number format shows numbers. */
typedef enum
{
  CC_SHOWS_NUMBER,
  CC_SHOWS_DATE,      /* a day, without time */
  CC_SHOWS_DATE_TIME, /* a day and a time */
  CC_SHOWS_TIME,      /* a time of day or a duration */
} CcShows;

/* By number of a built-in format, and by the code of a custom one (ECMA-376 part 1, 18.8.30, 31).
 */
CcShows cc_shows_of_builtin (guint id);
CcShows cc_shows_of_code (const char *code);

/* Days since 1970-01-01 of a serial number; FALSE for those that are no day in that system: below
 * its first day, beyond the year 9999, and in the system of 1900 the 29 February that never was. */
gboolean cc_serial_to_days (double serial, gboolean date_1904, double *days);
/* 2024-03-02, or 2024-03-02T14:30:00 when `shows` says so and the time is not midnight. */
void cc_days_to_text (double days, CcShows shows, char *text);
/* 14:30:00, and 36:00:00 for a day and a half. */
void cc_time_to_text (double serial, char *text);

/* A date or time in ISO 8601, as files of the strict variant may store it. */
gboolean cc_days_from_iso (const char *text, double *days, gboolean *has_time);
/* "PT14H30M00.5S", as OpenDocument stores times; a number of days may stand before the T. */
gboolean cc_days_from_duration (const char *text, double *days);
