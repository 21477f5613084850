/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* What an act changes in persons and cases, value by value: of a delivery that comes, replaces
 * another or is taken back. What is said of a person beside (decisions, steps, services, links)
 * counts as said of the person. */

/* Rows that are told in full, for new ones and for all others; the rest is only counted. */
#define CC_DIFFERENCE_ROWS 1000

typedef enum
{
  CC_DIFFERENCE_NEW,
  CC_DIFFERENCE_CHANGED,
  CC_DIFFERENCE_GONE,      /* counts no more */
  CC_DIFFERENCE_BACK,      /* counts again, changed or not */
  CC_DIFFERENCE_ELSEWHERE, /* a record of it is gone, another one counts on */
  CC_N_DIFFERENCE,
} CcDifferenceKind;

/* Values as the history notes them. */
typedef struct
{
  const CcVariable *variable;
  char             *before; /* NULL: not stated */
  char             *after;
} CcDifferenceValue;

typedef struct
{
  CcDifferenceKind kind;
  const CcUnit    *unit; /* victim, perpetrator or event */
  gint64           record;
  char            *number; /* the agency's own, of the person or case; NULL where none is stated */
  char            *sheet;  /* NULL where entered by hand */
  gint64           row;    /* from 1 as in Excel; of the delivery it stands for afterwards */
  GPtrArray       *values; /* CcDifferenceValue; none where new, gone or elsewhere */
} CcDifferenceRow;

typedef struct
{
  gint64 persons[CC_N_DIFFERENCE];
  gint64 cases[CC_N_DIFFERENCE];
  /* CcDifferenceRow: changed, gone, elsewhere, back, new; each by record. A person of whom several
   * records are gone stands there once. */
  GPtrArray *rows;
} CcDifference;

void cc_difference_free (CcDifference *self);

/* Whether no person and no case is any other. */
gboolean cc_difference_is_empty (const CcDifference *self);

/* From here on the act notes what it changes. */
gboolean cc_act_watch (CcAct *act, GError **error);
/* What it has changed since; to be asked once, before the act ends. */
CcDifference *cc_act_end_watch (CcAct *act, GError **error);

/* Persons that an earlier delivery states and this one, which the act brings, does not, although it
 * does not replace it. n_again (out): how many it does state. Returns: (transfer full)
 * (element-type CcDifferenceRow): the first of them; n_vanished (out): all. */
GPtrArray *cc_act_list_vanished (CcAct   *act,
                                 gint64   earlier,
                                 gint64   submission,
                                 gint64  *n_vanished,
                                 gint64  *n_again,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDifference, cc_difference_free)

G_END_DECLS
