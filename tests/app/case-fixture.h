/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

#define CASE_PASSPHRASE "four quiet river stones"

typedef struct
{
  guint    n_victims;
  guint    n_pairs;     /* undecided: victims 2i and 2i + 1 */
  guint    n_withdrawn; /* pairs whose first record was taken back since */
  guint    n_parked;
  guint    n_unclear; /* of the victims, the first ones: no status is known */
  guint    n_undated; /* of the victims, the next ones: no date of detection is known */
  gboolean practice;
  gboolean
      sound; /* it passes `verify`: nothing that deliveries do not bring, no findings, no pairs */
} CaseParams;

/* Writes a closed case file of Senegal with invented victims from two of three agencies. */
void case_fixture_write (const char *path, const CaseParams *params);
