/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-concordance.h>
#include <cc/model/cc-pack.h>

#include <string.h>

static CcConcordance *
load (CcPack *pack, const char *lines, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = g_strconcat ("kind,list,old,new\n", lines, NULL);
  const int        fd = g_file_open_tmp ("concordance-XXXXXX.csv", &path, NULL);
  CcConcordance   *concordance;

  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  concordance = cc_concordance_load (path, pack, pack, error);
  g_unlink (path);
  return concordance;
}

static const CcFate *
find (CcConcordance *concordance, const char *list, const char *old)
{
  for (guint i = 0; i < cc_concordance_get_n_fates (concordance); i++)
    {
      const CcFate *fate = cc_concordance_get_fate (concordance, i);

      if (g_strcmp0 (fate->list, list) == 0 && g_str_equal (fate->old, old))
        return fate;
    }
  g_assert_not_reached ();
}

/* An old code whose name the new pack uses for something else gets another name and stays. */
static const char *const lines = "code,EXPL,LAB,LAB_CHILD\n"
                                 "code,EXPL,BEG,BEG\n"
                                 "code,EXPL,BEG,SEX\n"
                                 "code,SEX,M,\n";

static void
test_fates (void)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcConcordance) concordance = load (pack, lines, &error);

  g_assert_no_error (error);
  g_assert_cmpint (find (concordance, "EXPL", "SEX")->state, ==, CC_FATE_SAME);
  /* The new name is that of another code already. */
  g_assert_cmpint (find (concordance, "EXPL", "LAB")->state, ==, CC_FATE_KEPT);
  g_assert_cmpstr (find (concordance, "EXPL", "LAB")->name, ==, "LAB_OLD");
  g_assert_cmpint (find (concordance, "EXPL", "BEG")->state, ==, CC_FATE_SPLIT);
  g_assert_cmpstr (find (concordance, "EXPL", "BEG")->name, ==, "BEG_OLD");
  g_assert_cmpuint (g_strv_length (find (concordance, "EXPL", "BEG")->targets), ==, 2);
  g_assert_cmpint (find (concordance, "SEX", "M")->state, ==, CC_FATE_KEPT);
  g_assert_cmpint (find (concordance, NULL, "VI03")->state, ==, CC_FATE_SAME);
}

static void
test_pack (void)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcConcordance) concordance = load (pack, lines, &error);
  g_autofree char *folder = g_dir_make_tmp ("casecount-pack-XXXXXX", &error);
  g_autoptr (CcPack) merged = NULL;
  g_autoptr (GDir) files = NULL;
  const char *name;

  g_assert_no_error (error);
  cc_concordance_write_pack (concordance, cc_pack_get_directory (pack),
                             cc_pack_get_directory (pack), folder, &error);
  g_assert_no_error (error);
  merged = cc_pack_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cc_pack_get_n_codes (merged), ==, cc_pack_get_n_codes (pack) + 3);
  /* It rolls up to where it did, and is called what it was. */
  g_assert_cmpstr (cc_pack_roll_up (merged, "unodc", "EXPL", "LAB_OLD"), ==, "labour");
  g_assert_cmpstr (cc_pack_get_label (merged, "code", "EXPL.BEG_OLD", "fr"), ==,
                   cc_pack_get_label (pack, "code", "EXPL.BEG", "fr"));
  files = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_map (void)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcConcordance) concordance = load (pack, lines, &error);
  g_autofree char *text = cc_concordance_rewrite_map (concordance, "# LAB=LAB\n"
                                                                   "[columns *]\n"
                                                                   "A = B=form:LAB; victim.sex\n"
                                                                   "LAB=-\n"
                                                                   "[values form]\n"
                                                                   "LAB=LAB;SEX\n"
                                                                   "[values citizenship]\n"
                                                                   "LAB=SEN\n"
                                                                   "[dates]\n"
                                                                   "order=DMY\n");

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "# LAB=LAB\n"
                   "[columns *]\n"
                   "A = B=form:LAB_OLD; victim.sex\n"
                   "LAB=-\n"
                   "[values form]\n"
                   "LAB=LAB_OLD;SEX\n"
                   "[values citizenship]\n"
                   "LAB=SEN\n"
                   "[dates]\n"
                   "order=DMY\n");
}

static void
test_refused (void)
{
  static const char *const bad[] = { "code,EXPL,NOSUCH,LAB\n", "code,EXPL,LAB,NOSUCH\n",
                                     "word,EXPL,LAB,BEG\n", "variable,,VI03,VI19\n",
                                     "variable,,VI03,\n" };
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      GError *error = NULL;

      g_assert_null (load (pack, bad[i], &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/concordance/fates", test_fates);
  g_test_add_func ("/model/concordance/pack", test_pack);
  g_test_add_func ("/model/concordance/map", test_map);
  g_test_add_func ("/model/concordance/refused", test_refused);
  return g_test_run ();
}
