/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-table.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* A labelled set read into a table, with the true entity of each record. */
typedef struct
{
  CcLinkTable *table;
  guint32     *truth;
} LinkSet;

LinkSet *link_set_load_agency_sim (CcPack *pack, const char *path);
LinkSet *link_set_load_febrl (CcPack *pack, const char *const *paths);
void     link_set_free (LinkSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkSet, link_set_free)

G_END_DECLS
