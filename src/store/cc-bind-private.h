/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* 0 stands for "none" in the structures and for NULL in the tables. */
static inline void
cc_bind_id (CcStatement *statement, int index, gint64 id)
{
  if (id != 0)
    cc_statement_bind_int64 (statement, index, id);
  else
    cc_statement_bind_null (statement, index);
}

static inline void
cc_bind_day (CcStatement *statement, int index, CcDay day)
{
  if (day != CC_DAY_NONE)
    cc_statement_bind_int64 (statement, index, day);
  else
    cc_statement_bind_null (statement, index);
}

static inline CcDay
cc_read_day (CcStatement *statement, int column)
{
  return cc_statement_is_null (statement, column) ? CC_DAY_NONE
                                                  : (CcDay) cc_statement_int64 (statement, column);
}

G_END_DECLS
