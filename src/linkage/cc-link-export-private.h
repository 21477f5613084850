/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-engine-private.h"

G_BEGIN_DECLS

/* A column of the table as SQL and files name it: "birth-place" is birth_place. (transfer full) */
char *cc_link_export_name (const char *name);

/* The settings for Splink: every comparison, its levels as rules in SQL over the prepared columns,
 * and what each weighs. (transfer full) */
char *cc_link_export_settings (const CcLinkModel *model, CcLinkTable *table);

/* What a record is called there: its row, so that the two of a pair come in the order in which they
 * are compared here, and its UUID as 32 hexadecimal digits. */
void cc_link_export_append_id (GString *text, guint row, const guint8 uuid[16]);

/* The prepared columns, and pairs to try the rules on, as lines of CSV. uuids: of 16 bytes each, by
 * row. (transfer full) */
GString *
cc_link_export_columns (CcLinkTable *table, const CcLinkLearnt *learnt, const guint8 *uuids);
GString *
cc_link_export_examples (CcLinkTable *table, const CcLinkLearnt *learnt, const guint8 *uuids);

G_END_DECLS
