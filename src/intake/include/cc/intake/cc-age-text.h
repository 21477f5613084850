/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/intake/cc-date-text.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Ages as agencies type them (questionnaires.md 13.3). */

typedef enum
{
  CC_AGE_READ_OK,
  CC_AGE_READ_BLANK,
  CC_AGE_READ_UNKNOWN,    /* a word that says the age is not known */
  CC_AGE_READ_BIRTH,      /* the cell states a year or date of birth; see birth */
  CC_AGE_READ_SEVERAL,    /* several ages, that is several persons: "9 e 12" */
  CC_AGE_READ_IMPOSSIBLE, /* a number over 120 */
  CC_AGE_READ_UNREADABLE,
} CcAgeRead;

typedef struct
{
  int        min; /* completed years, inclusive; -1 where open */
  int        max; /* inclusive; -1 where open */
  gboolean   approximate;
  CcInterval birth;
} CcAgeText;

CcAgeRead
cc_age_text_read (CcPack *pack, const char *text, CcDateOrder order, CcDay today, CcAgeText *age);

G_END_DECLS
