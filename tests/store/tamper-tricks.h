/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* What somebody who has the passphrase can do to a case file with another program, in small: one
 * row more, one less, one value that is another. */
typedef struct
{
  char *table;
  char *what; /* name of a column; TAMPER_INSERT or TAMPER_DELETE */
  char *sql;
} TamperTrick;

#define TAMPER_INSERT "+"
#define TAMPER_DELETE "-"

/* Of every table of the file (wanted NULL) or of those named: its first and its last row, each
 * removed, copied under another key, and each of its columns changed in each way its kind allows; a
 * column that points elsewhere points to another row that is there. wanted: (nullable): ends with
 * NULL. Returns: (element-type TamperTrick) */
GPtrArray *tamper_list_tricks (CcConnection *connection, const char *const *wanted);

/* (element-type utf8): the tables that have no row, so that nothing was tried on one. */
GPtrArray *tamper_list_empty (CcConnection *connection);

G_END_DECLS
