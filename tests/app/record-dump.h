/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>
#include <cc/store/cc-connection.h>

/* What a case file says of its records; not their UUIDs, which are secret to each file. */
char *record_dump_make (CcCaseFile *file);
