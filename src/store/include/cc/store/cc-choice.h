/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* Departures from the rules by which the values of a person are selected from those of its records.
 * record: the one whose value counts; 0 gives the choice back to the rule. The record must be in
 * the cluster. */
gboolean cc_act_choose_value (CcAct            *act,
                              gint64            cluster,
                              const CcVariable *variable,
                              gint64            record,
                              GError          **error);

G_END_DECLS
