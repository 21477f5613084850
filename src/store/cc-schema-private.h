/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* 'Ccas' in the database's header: an encrypted database of another program is told apart. */
#define CC_APPLICATION_ID 0x43636173
/* What a step from one version to the next is made of: cc-migration-private.h. */
#define CC_SCHEMA_VERSION 2

typedef struct _CcDictionary CcDictionary;

gboolean cc_schema_create (CcConnection *connection, GError **error);
gboolean cc_schema_create_units (CcConnection *connection,
                                 CcPack       *pack,
                                 CcDictionary *dictionary,
                                 GError      **error);
gboolean cc_schema_create_person_fact (CcConnection *connection, CcPack *pack, GError **error);
gboolean cc_schema_is_derived (const char *table);
gboolean cc_schema_is_audit (const char *table);
gboolean cc_unit_has_table (CcPack *pack, const CcUnit *unit);
gboolean cc_unit_is_clustered (const CcUnit *unit);
guint    cc_variable_get_n_columns (const CcVariable *variable);
char    *cc_variable_get_column (const CcVariable *variable, gint64 id, guint index);

CcDictionary     *cc_dictionary_new (CcPack *pack);
void              cc_dictionary_free (CcDictionary *self);
gboolean          cc_dictionary_load (CcDictionary *self, CcConnection *connection, GError **error);
gboolean          cc_dictionary_assign (CcDictionary *self,
                                        CcConnection *connection,
                                        gboolean     *changed,
                                        GError      **error);
gint64            cc_dictionary_get_variable (CcDictionary *self, const CcVariable *variable);
gint64            cc_dictionary_get_code (CcDictionary *self, const CcCode *code);
const CcCode     *cc_dictionary_find_code (CcDictionary *self, gint64 id);
const CcVariable *cc_dictionary_find_variable (CcDictionary *self, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDictionary, cc_dictionary_free)

G_END_DECLS
