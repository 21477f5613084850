/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

/* Preloaded into casecount-cli by a test: where the program ends, it stops, so that the test can
 * look at what is left in its memory. */

__attribute__ ((destructor)) static void
stop (void)
{
  raise (SIGSTOP);
}
