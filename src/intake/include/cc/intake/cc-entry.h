/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-date-text.h>
#include <cc/model/cc-record.h>
#include <cc/model/cc-texts.h>

G_BEGIN_DECLS

/* What a person types into a form, read field by field. The same grammar as in imported cells; only
 * the order of day and month is not asked for: the reading is shown back. Pure. */

typedef enum
{
  CC_ENTRY_OK,
  CC_ENTRY_EMPTY,
  CC_ENTRY_UNKNOWN,  /* a word that says the value is not known */
  CC_ENTRY_BIRTH,    /* an age field that states a date of birth */
  CC_ENTRY_SEVERAL,  /* several ages: several persons */
  CC_ENTRY_FUTURE,   /* a date after today */
  CC_ENTRY_CALENDAR, /* a year of another calendar */
  CC_ENTRY_NO_DAY,   /* a day that its month does not have: 29/2/2023 */
  CC_ENTRY_TOO_LARGE,
  CC_ENTRY_UNREADABLE,
} CcEntryRead;

typedef struct
{
  int        min; /* completed years, inclusive; -1 where open */
  int        max;
  CcDay      day;   /* on which it holds, CC_DAY_NONE where none is said */
  CcInterval birth; /* CC_ENTRY_BIRTH */
} CcEntryAge;

/* Greatest number a field takes: nobody counts more victims in one event. */
#define CC_ENTRY_MOST 1000000

CcDateOrder cc_entry_get_date_order (CcTexts *texts, const char *language);
CcEntryRead cc_entry_read_date (CcPack     *pack,
                                const char *text,
                                CcDateOrder order,
                                CcDay       today,
                                CcInterval *date);
CcEntryRead
cc_entry_read_age (CcPack *pack, const char *text, CcDateOrder order, CcDay today, CcEntryAge *age);
CcEntryRead cc_entry_read_number (const char *text, gint64 *number);

/* The texts a field shows for a stored value; reading them gives the value again. */
char *cc_entry_write_date (CcInterval date, CcDateOrder order);
char *cc_entry_write_age (int min, int max, CcDay day, CcDateOrder order);

/* Answers with several codes. */
gboolean cc_entry_is_none_code (const CcCode *code);
gboolean cc_entry_add_code (CcValue *value, const CcCode *code, guint most);
void     cc_entry_remove_code (CcValue *value, const CcCode *code);
void     cc_entry_set_none_of_these (CcValue *value);
void     cc_entry_set_no_value (CcValue *value, CcNoValue no_value);

/* Whether the value says anything; a record holds no others. */
gboolean cc_entry_is_stated (const CcValue *value);

G_END_DECLS
