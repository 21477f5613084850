/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-case-file PATH N_VICTIMS N_PAIRS N_PARKED [practice]: for the tests from outside. */
#include "case-fixture.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  CaseParams params = { 0 };

  if (argc < 5)
    return 2;
  params.n_victims = (guint) atoi (argv[2]);
  params.n_pairs = (guint) atoi (argv[3]);
  params.n_parked = (guint) atoi (argv[4]);
  params.practice = argc > 5;
  case_fixture_write (argv[1], &params);
  return 0;
}
