/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-cli.h"

#include <cc/stats/cc-checks.h>
#include <cc/stats/cc-count.h>

void cc_cli_add_table (CcCli *cli, const CcTableResult *result);
void cc_cli_print_table (CcCli *cli, const CcTableResult *result);
void cc_cli_add_checks (CcCli *cli, GPtrArray *checks, gboolean print);
