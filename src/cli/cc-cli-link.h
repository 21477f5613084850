/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-cli.h"

/* What linking all kinds of records came to. */
typedef struct
{
  gint64 victim_records;
  gint64 undecided; /* open pairs of victims and perpetrators */
} CcCliLinkTotals;

gboolean cc_cli_link_all (CcCli           *cli,
                          CcCaseFile      *file,
                          double           accept,
                          guint64          seed,
                          CcProgress      *progress,
                          CcCliLinkTotals *totals,
                          GError         **error);
