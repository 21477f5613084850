/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-count.h"
#include "store-fixture.h"

static void
test_one_engine (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 3, { 0 } };

  fixture_act (fixture, add_victims, &victims);
  engine_count_check ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/libraries/one-engine", Fixture, NULL, fixture_set_up, test_one_engine,
              fixture_tear_down);
  return g_test_run ();
}
