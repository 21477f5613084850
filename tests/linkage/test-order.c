/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-engine.h>

#include <glib/gstdio.h>
#include <string.h>

/* What is found does not depend on the order in which records came. */

static CcPack *pack;

typedef struct
{
  GHashTable *pairs;    /* "id id" -> "weight probability levels joined" */
  GHashTable *clusters; /* id -> smallest id of its cluster */
  char       *model;
} Found;

static void
found_free (Found *self)
{
  g_hash_table_unref (self->pairs);
  g_hash_table_unref (self->clusters);
  g_free (self->model);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static const char *
get_name (const CcLinkCsv *csv, guint position)
{
  return csv->ids->pdata[position];
}

static void
note_clusters (Found *self, const CcLinkCsv *csv, const CcLinkResult *result)
{
  g_autofree const char **least = g_new0 (const char *, result->n_records);

  for (guint i = 0; i < result->n_records; i++)
    {
      const guint32 cluster = result->cluster_of[i];

      g_assert_cmpuint (cluster, <=, i);
      if (least[cluster] == NULL || strcmp (get_name (csv, i), least[cluster]) < 0)
        least[cluster] = get_name (csv, i);
    }
  for (guint i = 0; i < result->n_records; i++)
    g_hash_table_insert (self->clusters, g_strdup (get_name (csv, i)),
                         g_strdup (least[result->cluster_of[i]]));
}

static Found *
link_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *schema =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency-sim.ini", NULL);
  const char *paths[] = { path, NULL };
  g_autoptr (CcLinkCsv) csv = cc_link_csv_load (pack, paths, schema, NULL, &error);
  g_autoptr (CcLinkResult) result = NULL;
  Found       *self = g_new0 (Found, 1);
  CcLinkParams params;

  g_assert_no_error (error);
  cc_link_params_init (&params);
  params.accept = 0.99;
  result = cc_link_engine_run (csv->table, &params, NULL, &error);
  g_assert_no_error (error);
  self->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->clusters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->model = g_strdup (result->model);
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      const char           *a = get_name (csv, at->a);
      const char           *b = get_name (csv, at->b);

      g_assert_cmpuint (at->a, <, at->b);
      g_hash_table_insert (self->pairs,
                           strcmp (a, b) < 0 ? g_strdup_printf ("%s %s", a, b)
                                             : g_strdup_printf ("%s %s", b, a),
                           g_strdup_printf ("%d %.17g %" G_GUINT64_FORMAT " %d", at->weight,
                                            at->probability, at->levels, at->joined));
    }
  note_clusters (self, csv, result);
  return self;
}

static void
assert_equal_tables (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  g_assert_cmpuint (g_hash_table_size (a), >, 1000);
  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (value, ==, g_hash_table_lookup (b, key));
}

/* The lines of a CSV file but its head, drawn anew by a seed; 0 turns them round. */
static char *
rearrange (const char *text, guint64 seed)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint    n = g_strv_length (lines);
  CcRandom random;

  while (n > 0 && *lines[n - 1] == '\0')
    g_clear_pointer (&lines[--n], g_free);
  cc_random_init (&random, seed);
  for (guint i = 1; i < n; i++)
    {
      guint other = seed == 0 ? n - i : i + cc_random_below (&random, n - i);
      char *line = lines[i];

      if (other < i)
        break;
      lines[i] = lines[other];
      lines[other] = line;
    }
  return g_strjoinv ("\n", lines);
}

static void
test_rows (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);
  g_autofree char *folder = g_dir_make_tmp ("casecount-order-XXXXXX", NULL);
  g_autofree char *shuffled = g_build_filename (folder, "rows.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (Found) first = link_file (path);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint64 seed = 0; seed < 3; seed++)
    {
      g_autofree char *other = rearrange (text, seed);
      g_autoptr (Found) found = NULL;

      g_assert_cmpstr (other, !=, text);
      g_assert_true (g_file_set_contents (shuffled, other, -1, NULL));
      found = link_file (shuffled);
      g_assert_cmpstr (found->model, ==, first->model);
      assert_equal_tables (first->pairs, found->pairs);
      assert_equal_tables (first->clusters, found->clusters);
    }
  g_assert_cmpint (g_unlink (shuffled), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/order/rows", test_rows);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
