/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-user.h>

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *last = NULL;
  g_autofree char *user = NULL;
  g_autoptr (GPtrArray) names = cc_user_list (fixture->file, &last, &error);
  gint64 acts;

  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 0);
  g_assert_null (last);
  acts = fixture_count (fixture, "SELECT count (*) FROM audit");
  g_assert_true (cc_user_choose (fixture->file, "Yawa Kossi", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, acts + 1);
  /* A name known already is no act. */
  g_assert_true (cc_user_choose (fixture->file, "Afi Mensah", NULL, &error));
  g_assert_true (cc_user_choose (fixture->file, "Yawa Kossi", NULL, &error));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, acts + 2);
  user = cc_case_file_get_user (fixture->file);
  g_assert_cmpstr (user, ==, "Yawa Kossi");

  g_ptr_array_unref (names);
  names = cc_user_list (fixture->file, &last, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "Afi Mensah");
  /* The newest signed act is the one that added the second name. */
  g_assert_cmpstr (last, ==, "Afi Mensah");
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM audit WHERE act = 'user' AND user <> ''"),
                   ==, 2);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { " ", "\t", "a\nb", "\xff", "..." };
  GError                  *error = NULL;
  g_autofree char         *user = NULL;

  g_assert_true (cc_user_choose (fixture->file, "Afi", NULL, &error));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cc_user_choose (fixture->file, bad[i], NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
      g_clear_error (&error);
    }
  user = cc_case_file_get_user (fixture->file);
  g_assert_cmpstr (user, ==, "Afi");
  g_assert_true (cc_user_choose (fixture->file, "", NULL, &error));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM user"), ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/user/choose", test_choose);
  ADD ("/store/user/refused", test_refused);
  return g_test_run ();
}
