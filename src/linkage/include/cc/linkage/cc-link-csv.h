/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-table.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Any tables of persons, read by a schema: a key file whose group [columns] names a role for each
 * header, as "role.header=" or "header=role". Roles: given, family, fullname, alias, father, sex,
 * birth-date, birth-year, birth-month, birth-day, age, age-date, citizenship, place, document,
 * phone, email, source, id, other (or other(NAME)); a role may stand several times. */
typedef struct
{
  CcLinkTable *table;
  GPtrArray   *ids;     /* char*: value of the id column, else the row's number */
  GPtrArray   *sources; /* char*: value of the source column, else the file's name */
  guint32     *truth;   /* entity of each record, NULL without a truth column */
} CcLinkCsv;

CcLinkCsv *cc_link_csv_load (CcPack            *pack,
                             const char *const *paths,
                             const char        *schema,
                             const char        *truth_column,
                             GError           **error);
void       cc_link_csv_free (CcLinkCsv *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkCsv, cc_link_csv_free)

G_END_DECLS
