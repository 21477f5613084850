/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-map.h>

G_BEGIN_DECLS

/* What the values of coded columns are taken for, before anything is imported: what the step
 * "Values" of the window shows and lets a person change. */

typedef enum
{
  CC_VALUE_KNOWN,    /* a word of the pack */
  CC_VALUE_DECIDED,  /* a decision of the map */
  CC_VALUE_NO_VALUE, /* a word for unknown, refused, not applicable */
  CC_VALUE_ASK,      /* may mean several things and is never guessed: NIG */
  CC_VALUE_OPEN,     /* nobody knows; kept as text */
} CcValueState;

typedef struct
{
  char             *text;
  guint             count; /* cells that hold it */
  CcValueState      state;
  GPtrArray        *codes; /* CcCode*: KNOWN and DECIDED; what it is near to: ASK and OPEN */
  CcNoValue         no_value;
  const CcVariable *like; /* DECIDED as the same text of this variable was; else NULL */

  /* Texts that nobody knew and that seem to be spellings of one another: all but the most frequent
   * name that one, whichever column of the variable it stands in. */
  char    *spelling_of; /* NULL: stands alone, or is the most frequent */
  guint    n_spellings; /* the others of the most frequent; else 0 */
  gboolean as_spelling; /* DECIDED because the most frequent was */
} CcPlannedValue;

/* One coded column with one variable it feeds. Borrows from the inspection. */
typedef struct
{
  const CcInspectTable  *table;
  const CcInspectColumn *column;
  const CcVariable      *variable;
  GPtrArray             *values; /* CcPlannedValue*: what must be looked at first, then by count;
                                     spellings of one another stand together */
  guint    n_open;               /* of them ASK or OPEN */
  guint    n_rows;               /* data rows of the table */
  gboolean several;              /* the cells may hold lists, which are taken apart */
} CcValuePlan;

GPtrArray *
cc_value_plan_list (CcPack *pack, CcMap *map, CcInspection *inspection, const char *own_country);
void cc_value_plan_free (CcValuePlan *self);

/* Notes a decision for one value of the plan in the map: codes as in a map file, NULL to take a
 * decision back. The value's state is set anew. */
void cc_value_plan_decide (CcValuePlan    *self,
                           CcPack         *pack,
                           CcMap          *map,
                           CcPlannedValue *value,
                           const char     *codes,
                           const char     *own_country);

/* One answer for one word: the same for the other columns of the delivery, and for its other
 * spellings as long as nobody answered these by themselves. */
void  cc_value_plans_decide (GPtrArray      *plans,
                             CcPack         *pack,
                             CcMap          *map,
                             CcValuePlan    *plan,
                             CcPlannedValue *value,
                             const char     *codes,
                             const char     *own_country);
guint cc_value_plans_follow (GPtrArray *plans, CcPack *pack, CcMap *map, const char *own_country);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcValuePlan, cc_value_plan_free)

G_END_DECLS
