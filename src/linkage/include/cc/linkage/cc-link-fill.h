/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-table.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Fills a table from texts as they stand in sources: names into words by the pack's tables,
 * numbers and places into normal forms, placeholders left out. Texts met before are not read again.
 * Has the columns citizenship, birth place, document, phone and e-mail; further ones can be added
 * before the first record. */
typedef struct _CcLinkFill CcLinkFill;

CcLinkFill  *cc_link_fill_new (CcPack *pack);
void         cc_link_fill_set_cancellable (CcLinkFill *self, GCancellable *cancellable);
CcLinkTable *cc_link_fill_finish (CcLinkFill *self);
void         cc_link_fill_free (CcLinkFill *self);
guint        cc_link_fill_add_column (CcLinkFill *self, const char *name);

void cc_link_fill_add_record (CcLinkFill *self, gint64 id);
void cc_link_fill_add_name (CcLinkFill *self, CcLinkName role, const char *text);
void cc_link_fill_set_sex (CcLinkFill *self, const CcCode *code);
void cc_link_fill_set_birth (CcLinkFill *self, CcInterval interval);
void cc_link_fill_set_age (CcLinkFill *self, int min, int max, CcInterval day);
void cc_link_fill_set_source (CcLinkFill *self,
                              gint64      entity,
                              gint64      delivery,
                              gint64      event,
                              const char *own_number);
void cc_link_fill_set_citizenship (CcLinkFill *self, const char *code);
void cc_link_fill_set_place (CcLinkFill *self, const char *text);
void cc_link_fill_set_document (CcLinkFill *self, const char *text);
void cc_link_fill_set_phone (CcLinkFill *self, const char *text);
void cc_link_fill_set_email (CcLinkFill *self, const char *text);
void cc_link_fill_set_text (CcLinkFill *self, guint column, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkFill, cc_link_fill_free)

G_END_DECLS
