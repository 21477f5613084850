/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* Where a record comes from, for naming it without naming a person. Texts are "" and numbers 0
 * where there is none: what was entered by hand has no file. */
typedef struct
{
  gint64 record;
  char  *unit;   /* VI, PE, EV ... */
  char  *entity; /* name of the reporting entity */
  char  *file_name;
  char  *sheet;
  gint64 row;      /* as in Excel, from 1 */
  gint64 received; /* Unix seconds */
} CcRecordSource;

CcRecordSource *cc_record_source_read (CcConnection *connection, gint64 record, GError **error);
void            cc_record_source_free (CcRecordSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordSource, cc_record_source_free)

G_END_DECLS
