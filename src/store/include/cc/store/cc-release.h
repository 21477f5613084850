/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* One workbook that left the program: what it was made from, as a frozen note. The workbook itself
 * is not kept; its hash proves later which file it was. */
typedef struct
{
  gint64 id;
  gint64 act;  /* number in the audit chain */
  gint64 time; /* Unix seconds */
  char  *user; /* "" where nobody gave a name */
  char  *questionnaire;
  int    version; /* of the definition */
  char  *checksum;
  char  *periods;   /* codes joined by ";" */
  char  *language;  /* en fr pt es ar sw */
  char  *audience;  /* agency, authority, public, research */
  char  *file_name; /* without folder, as given */
  char  *sha256;    /* of the workbook */
  char  *head;      /* hash that the workbook carries */
  guint  n_tables;
  guint  n_errors; /* of its checks at that time */
  guint  n_warnings;
  guint  n_notes;
} CcRelease;

/* Sets id, act and time of the note. Logged: what left is part of the chain. */
gboolean cc_act_add_release (CcAct *act, CcRelease *release, GError **error);

/* Element-type CcRelease, the newest first. */
GPtrArray *cc_release_list (CcConnection *connection, GError **error);
void       cc_release_free (CcRelease *self);

/* The last act that may have changed a figure: handing something in is an act, too, but the same
 * data handed in twice must give the same workbook. time may be NULL. The hash is an anchor as that
 * of cc_case_file_head_hash () is; "" in a file without acts. */
char *cc_release_find_head (CcConnection *connection, gint64 *time, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRelease, cc_release_free)

G_END_DECLS
