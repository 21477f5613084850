/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-history.h>
#include <cc/store/cc-user.h>

static const CcUser *
get_user (const CcUserList *list, guint i)
{
  g_assert_cmpuint (i, <, list->users->len);
  return g_ptr_array_index (list->users, i);
}

static void
choose (Fixture *fixture, const char *name, const char *hat)
{
  GError *error = NULL;

  g_assert_true (cc_user_choose (fixture->file, name, hat, NULL, &error));
  g_assert_no_error (error);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *user = NULL;
  g_autoptr (CcUserList) list = cc_user_list (fixture->file, &error);
  gint64 acts;

  g_assert_no_error (error);
  g_assert_cmpuint (list->users->len, ==, 0);
  g_assert_null (list->last);
  acts = fixture_count (fixture, "SELECT count (*) FROM audit");
  choose (fixture, "Yawa Kossi", NULL);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, acts + 1);
  /* A name known already is no act. */
  choose (fixture, "Afi Mensah", "");
  choose (fixture, "Yawa Kossi", NULL);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, acts + 2);
  user = cc_case_file_get_user (fixture->file);
  g_assert_cmpstr (user, ==, "Yawa Kossi");

  cc_user_list_free (list);
  list = cc_user_list (fixture->file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->users->len, ==, 2);
  g_assert_cmpuint (list->hats->len, ==, 0);
  g_assert_cmpstr (get_user (list, 0)->name, ==, "Afi Mensah");
  g_assert_cmpstr (get_user (list, 0)->hat, ==, "");
  /* The newest signed act is the one that added the second name. */
  g_assert_cmpstr (list->last, ==, "Afi Mensah");
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM audit WHERE act = 'user' AND user <> ''"),
                   ==, 2);
}

/* One person in two functions: offered once, with the function of the newest act. */
static void
test_hats (Fixture *fixture, gconstpointer data)
{
  GError       *error = NULL;
  CcConnection *reader;
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (CcUserList) list = NULL;

  choose (fixture, "Yawa Kossi", "Trainer");
  choose (fixture, "Afi Mensah", "Head of office (acting)");
  choose (fixture, "Yawa Kossi", "Data entry");
  choose (fixture, "Yawa", "Trainer");
  list = cc_user_list (fixture->file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->users->len, ==, 3);
  g_assert_cmpstr (get_user (list, 0)->hat, ==, "Head of office (acting)");
  g_assert_cmpstr (get_user (list, 2)->name, ==, "Yawa Kossi");
  g_assert_cmpstr (get_user (list, 2)->hat, ==, "Data entry");
  g_assert_cmpuint (list->hats->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (list->hats, 0), ==, "Data entry");
  g_assert_cmpstr (list->last, ==, "Yawa");

  /* The history lists a person once, and finds what was done in each function. */
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  names = cc_history_list_users (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) names, "Yawa Kossi"));
  acts = cc_history_list (reader, &(CcHistoryFilter){ .user = "Yawa Kossi" }, 0, 0, &error);
  g_assert_cmpuint (acts->len, ==, 2);
  g_assert_cmpstr (((CcHistoryAct *) g_ptr_array_index (acts, 0))->user, ==,
                   "Yawa Kossi (Data entry)");
  g_ptr_array_unref (acts);
  acts = cc_history_list (reader, &(CcHistoryFilter){ .user = "Yawa" }, 0, 0, &error);
  g_assert_cmpuint (acts->len, ==, 1);
  g_ptr_array_unref (acts);
  acts = cc_history_list (reader, &(CcHistoryFilter){ .text = "TRAINER" }, 0, 0, &error);
  g_assert_cmpuint (acts->len, ==, 2);
  cc_case_file_release_reader (fixture->file, reader);
}

static void
test_signatures (void)
{
  static const struct
  {
    const char *signature, *name, *hat;
  } cases[] = {
    { "", "", "" },
    { "Afi", "Afi", "" },
    { "Afi (Trainer)", "Afi", "Trainer" },
    { "Afi (Head (acting))", "Afi", "Head (acting)" },
    { "Afi (b) (Trainer)", "Afi (b)", "Trainer" },
    { "Afi ()", "Afi ()", "" },
    { "Afi(Trainer)", "Afi(Trainer)", "" },
    { "(Trainer)", "(Trainer)", "" },
    { " (Trainer)", " (Trainer)", "" },
    { "Afi Trainer)", "Afi Trainer)", "" },
    { "عافي (مدرب)", "عافي", "مدرب" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *hat = NULL;
      g_autofree char *joined = NULL;

      cc_user_split (cases[i].signature, &name, &hat);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpstr (hat, ==, cases[i].hat);
      joined = cc_user_join (name, hat);
      g_assert_cmpstr (joined, ==, cases[i].signature);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { " ", "\t", "a\nb", "\xff", "..." };
  static const char *const bad_hats[] = { " ", "a\nb", ")", "a) (b", "(a" };
  GError                  *error = NULL;
  g_autofree char         *user = NULL;

  choose (fixture, "Afi", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cc_user_choose (fixture->file, bad[i], NULL, NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
      g_clear_error (&error);
      g_assert_false (cc_user_choose (fixture->file, "Awa", bad_hats[i], NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
      g_clear_error (&error);
    }
  user = cc_case_file_get_user (fixture->file);
  g_assert_cmpstr (user, ==, "Afi");
  choose (fixture, "", NULL);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM user"), ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/user/signatures", test_signatures);
  ADD ("/store/user/choose", test_choose);
  ADD ("/store/user/hats", test_hats);
  ADD ("/store/user/refused", test_refused);
  return g_test_run ();
}
