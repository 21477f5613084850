/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-cli.h"

#include <cc/store/cc-difference.h>

G_BEGIN_DECLS

/* The key "difference" of the object that is open. */
void cc_cli_add_difference (CcCli *cli, const CcDifference *difference);
/* Rows that are told, as an array under a key. */
void cc_cli_add_rows (CcCli *cli, const char *key, GPtrArray *rows);

/* Rows that changed, are gone or came back, the first of each; new ones are told by their number.
 */
void cc_cli_print_difference (CcCli *cli, const CcDifference *difference);
/* "V1, V2 and 3 more". */
char *cc_cli_list_rows (GPtrArray *rows, gint64 n_all);

G_END_DECLS
