/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-case-file-private.h"

G_BEGIN_DECLS

/* How records of one unit stand in its table: the SQL and the place of each variable. Made once
 * per open file, then only read. Parameter n of the insert is column n - 1 of the select: the
 * record, its parents, the columns of the variables. */
struct _CcUnitPlan
{
  const CcUnit *unit;
  guint         index;     /* of the unit in the pack */
  gboolean      clustered; /* victims, perpetrators, events */
  guint         n_parents;
  GPtrArray    *variables; /* const CcVariable *: those with columns, in order */
  int          *first;     /* by the variable's index in the pack: its first parameter, 0 = none */
  char         *insert_sql;
  char         *select_sql;
  char         *match_sql; /* whether a record's row is this, with the parameters of the insert */
  char         *delete_sql;
  char         *parents_sql; /* NULL where the unit has no parents */
};

CcUnitPlan       *cc_unit_plan_new (CcPack *pack, CcDictionary *dictionary, guint unit);
void              cc_unit_plan_free (CcUnitPlan *self);
const CcUnitPlan *cc_case_file_find_plan (CcCaseFile *self, const CcUnit *unit, GError **error);

/* The unit and the parents of a stored record, without reading its values. */
const CcUnitPlan *cc_case_file_find_record_plan (CcCaseFile   *self,
                                                 CcConnection *connection,
                                                 gint64        record,
                                                 gint64        parents[2],
                                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcUnitPlan, cc_unit_plan_free)

G_END_DECLS
