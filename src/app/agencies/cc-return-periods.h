/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* How often an agency reports. */
typedef enum
{
  CC_EVERY_MONTH,
  CC_EVERY_QUARTER,
  CC_EVERY_HALF_YEAR,
  CC_EVERY_YEAR,
  CC_N_RHYTHMS,
} CcRhythm;

/* Element-type CcInterval: the periods of a year, the first first. Free with g_array_unref (). */
GArray     *cc_return_periods_split (int year, CcRhythm rhythm);
const char *cc_rhythm_get_name (CcRhythm rhythm);

/* Element-type CcInterval: what can be named of a year: all of it, its halves, quarters, months. */
GArray *cc_return_periods_list (int year);

/* "2024", "First half of 2024", "Second quarter of 2024", "May 2024"; other intervals as
 * cc_session_format_interval (). Free it. */
char *cc_return_periods_describe (CcSession *session, CcInterval period);

G_END_DECLS
