/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* The findings of the checks as lists to work off. */

/* All findings of one rule. */
typedef struct
{
  char  *rule;     /* key of its text */
  char  *severity; /* error, warning or note: the heaviest that occurs */
  gint64 n_open;
  gint64 n_settled;
} CcFindingGroup;

/* One finding with what it is about. */
typedef struct
{
  gint64            id;
  char             *rule;
  char             *severity;
  char             *state;       /* open, confirmed, corrected, dismissed */
  char             *resolution;  /* may be NULL */
  char             *resolved_by; /* may be NULL */
  gint64            record;      /* the victim, perpetrator or event it belongs to; 0 for none */
  char             *title;       /* name, else number of that record; may be NULL */
  gint64            submission;  /* 0 where it came by hand */
  char             *agency;      /* may be NULL */
  char             *file_name;   /* may be NULL */
  char             *sheet;       /* may be NULL */
  gint64            row;         /* from 1; 0 where there is none */
  const CcVariable *variable;    /* may be NULL */
  char             *value;       /* as given; may be NULL */
} CcFindingRow;

/* Element-type CcFindingGroup: rules with findings on live deliveries and records, heaviest and
 * most frequent first. */
GPtrArray *cc_finding_list_groups (CcConnection *connection, GError **error);

/* The ids (gint64) of findings, by agency and row. settled: those settled instead of those open. */
GArray *
cc_finding_find (CcConnection *connection, const char *rule, gboolean settled, GError **error);

/* Element-type CcFindingRow, in the order of ids; one that is gone is left out. */
GPtrArray *cc_finding_read_rows (CcCaseFile   *file,
                                 CcConnection *connection,
                                 const gint64 *ids,
                                 guint         n_ids,
                                 GError      **error);

void cc_finding_group_free (CcFindingGroup *self);
void cc_finding_row_free (CcFindingRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFindingGroup, cc_finding_group_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFindingRow, cc_finding_row_free)

G_END_DECLS
