/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-letter-diff.h>
#include <cc/model/cc-record.h>
#include <cc/model/cc-texts.h>

G_BEGIN_DECLS

/* Records beside each other, field by field, as a person compares them: a pure function of what the
 * records state, without a window and without a case file. */

/* One record with the records that hang on it: its event, its part in it, decisions, steps. */
typedef struct
{
  CcRecord  *record;
  GPtrArray *children; /* CcRecord* */
} CcCompareSource;

typedef enum
{
  CC_COMPARE_NAME,
  CC_COMPARE_BIRTH,
  CC_COMPARE_ORIGIN,
  CC_COMPARE_PAPERS,
  CC_COMPARE_CONTACT,
  CC_COMPARE_CASE,
  CC_COMPARE_OTHER, /* everything else that is stated */
} CcCompareGroup;

/* How the statements of a row go together, from the best to the worst. */
typedef enum
{
  CC_COMPARE_EQUAL,
  CC_COMPARE_VARIANT,     /* spellings of the same words, or the same words in another order */
  CC_COMPARE_FITS,        /* not the same, but both can be true */
  CC_COMPARE_SLIP,        /* a letter or digit apart */
  CC_COMPARE_DIFFERS,     /* different, which one person may well be */
  CC_COMPARE_CONTRADICTS, /* cannot both be true of one person */
  CC_COMPARE_SINGLE,      /* only one of the records says anything */
  CC_COMPARE_PARTIAL,     /* of more than two records, those that say anything say the same */
  CC_COMPARE_REMOVED,     /* under a retention rule: not two statements are left */
} CcCompareState;

typedef struct
{
  char      *text;     /* as stated, in the language asked for; NULL where nothing is */
  CcNoValue  no_value; /* why there is none */
  GArray    *spans;    /* CcLetterSpan of text: letters that some other record lacks */
  int        age_min;  /* where a birth is stated as an age; -1 where it is not */
  int        age_max;  /* -1 where open */
  CcDay      age_day;
  CcInterval derived; /* what a birth or age means as a date; unknown where it adds nothing */
  CcInterval date;    /* of rows of dates and births: the value, unknown elsewhere */
} CcCompareCell;

typedef struct
{
  CcCompareGroup    group;
  const CcVariable *variable;
  char             *label;
  CcCompareState    state;
  GPtrArray        *cells; /* CcCompareCell*, one per record */
} CcCompareRow;

/* Element-type CcCompareRow; by group, then in the order of reading. */
GPtrArray *cc_record_compare (CcPack                *pack,
                              CcTexts               *texts,
                              const char            *language,
                              const CcCompareSource *sources,
                              guint                  n_sources);
void       cc_compare_row_free (CcCompareRow *self);

CcInterval cc_compare_birth_from_age (int age_min, int age_max, CcDay day);
char      *cc_compare_format_interval (CcTexts *texts, const char *language, CcInterval interval);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCompareRow, cc_compare_row_free)

G_END_DECLS
