/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-csv.h>
#include <cc/linkage/cc-linkage.h>

G_BEGIN_DECLS

/* A case file in a folder of its own, holding rows of agency_sim as victims of six agencies. */
typedef struct
{
  CcPack     *pack;
  char       *folder;
  CcCaseFile *file;
  CcCsvTable *csv;
} LinkCase;

void   link_case_set_up (LinkCase *self, gconstpointer data);
void   link_case_tear_down (LinkCase *self, gconstpointer data);
void   link_case_add_rows (LinkCase *self, guint first, guint n);
void   link_case_add_event (LinkCase   *self,
                            guint       number,
                            const char *agency,
                            const char *case_no,
                            const char *other_ref);
void   link_case_withdraw (LinkCase *self, gint64 record);
void   link_case_change_phone (LinkCase *self, guint row, const char *phone);
gint64 link_case_find (LinkCase *self, guint row);
gint64 link_case_count (LinkCase *self, const char *sql);
gint64 link_case_cluster (LinkCase *self, guint row);
void   link_case_make_uuid (guint number, guint8 uuid[16]);
guint  link_case_decide (LinkCase *self, guint a, guint b, CcVerdict verdict);

G_END_DECLS
