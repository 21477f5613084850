/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-cli.h"

#include <cc/intake/cc-import.h>

void cc_cli_add_import (CcCli *cli, const char *path, const CcImportResult *result);
