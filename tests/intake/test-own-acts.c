/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own-acts.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>

#include <stdlib.h>

/* Whatever the program does itself must never look like somebody else's doing: random acts, and
 * after each the file must be in order. CASECOUNT_OWN_ACTS sets another number of files, each from
 * the next seed; CASECOUNT_OWN_ACTS_FROM the first seed. */
#define DAILY_FILES 4
#define ACTS        24

/* ---- copies ---- */

static gboolean do_some (Worker *self, guint n, gboolean exchange);

static gboolean
bring_in (Worker *self, const char *path, GError **error)
{
  Worker        other = *self;
  CcMergeResult result;
  gboolean      ok;

  other.file = own_acts_open (path);
  g_string_append (self->told, " (");
  ok = do_some (&other, 1 + (guint) own_acts_roll (self, 4), FALSE);
  g_string_append (self->told, " |");
  ok = ok && do_some (self, (guint) own_acts_roll (self, 3), FALSE);
  g_string_append (self->told, " )");
  ok = ok && cc_merge (self->file, other.file, NULL, &result, error);
  own_acts_close (other.file);
  return ok;
}

static gboolean
merge_copy (Worker *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("copy-%u.casecount", self->n_copies++);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return cc_case_file_copy (self->file, path, NULL, error) && bring_in (self, path, error);
}

static gboolean
merge_package (Worker *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("part-%u.casecount", self->n_copies++);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  CcPackageOrder   order = { .period = CC_INTERVAL_UNKNOWN,
                             .identifiers = own_acts_roll (self, 2) == 0,
                             .audience = "authority" };
  CcPackageResult  result = { 0 };

  if (!cc_package_write (self->file, &order, path, OWN_ACTS_PASSPHRASE, NULL, &result, error))
    return FALSE;
  cc_package_result_clear (&result);
  return bring_in (self, path, error);
}

/* ---- all together ---- */

static gboolean
is_in_order (Worker *self)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  cc_case_file_verify (self->file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  return problems->len == 0;
}

static const Deed exchanges[] = {
  { "merge-copy", merge_copy, 2 },
  { "merge-package", merge_package, 1 },
  { NULL },
};

static guint
weigh (const Deed *deeds)
{
  guint all = 0;

  for (; deeds->name != NULL; deeds++)
    all += deeds->weight;
  return all;
}

static const Deed *
choose (Worker *self, gboolean exchange)
{
  const guint own = weigh (own_acts_deeds);
  guint drawn = (guint) own_acts_roll (self, (gint32) (own + (exchange ? weigh (exchanges) : 0)));
  const Deed *deed = drawn < own ? own_acts_deeds : exchanges;

  drawn -= drawn < own ? 0 : own;
  for (; drawn >= deed->weight; deed++)
    drawn -= deed->weight;
  return deed;
}

static gboolean
do_some (Worker *self, guint n, gboolean exchange)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      const Deed *deed = choose (self, exchange);

      g_string_append_printf (self->told, " %s", deed->name);
      /* What is refused has changed nothing; that, too, is seen. */
      if (!deed->func (self, &error))
        g_string_append_printf (self->told, " [%s]", error != NULL ? error->message : "?");
      if (!is_in_order (self))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_begin (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                            error)
             != 0
         && cc_act_add_entity (act, "court", "Court", cc_pack_find_code (pack, "RETYPE", "COU"),
                               error)
                != 0;
}

static gboolean
run_file (guint seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *folder = g_dir_make_tmp ("casecount-own-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  Worker           self = { .folder = folder, .told = told };
  gboolean         ok;

  self.random = g_rand_new_with_seed (seed);
  self.file = cc_case_file_create (path, OWN_ACTS_PASSPHRASE, pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  own_acts_act (&self, "entity", run_begin, NULL, &error);
  g_assert_no_error (error);
  ok = own_acts_deliver_again (&self, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  ok = do_some (&self, ACTS, TRUE);
  if (g_getenv ("CASECOUNT_OWN_ACTS") != NULL || !ok)
    g_test_message ("seed %u:%s", seed, told->str);
  own_acts_close (self.file);
  g_rand_free (self.random);
  if (ok || g_getenv ("CASECOUNT_OWN_ACTS_KEEP") == NULL)
    g_assert_cmpint (system (command), ==, 0);
  else
    g_test_message ("kept in %s", folder);
  return ok;
}

static guint
read_number (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_own_acts (void)
{
  const guint first = read_number ("CASECOUNT_OWN_ACTS_FROM", 0);
  const guint n = read_number ("CASECOUNT_OWN_ACTS", DAILY_FILES);
  guint       n_bad = 0;

  for (guint seed = first; seed < first + n; seed++)
    n_bad += !run_file (seed);
  g_assert_cmpuint (n_bad, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/own-acts", test_own_acts);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
