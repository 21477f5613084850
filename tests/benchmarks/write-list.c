/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-list.h"

#include <stdlib.h>

/* write-list FILE ROWS: the list of the measurements, for those that run the command. */
int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      g_printerr ("write-list FILE ROWS\n");
      return 2;
    }
  bench_list_write (argv[1], (guint) atoi (argv[2]));
  return 0;
}
