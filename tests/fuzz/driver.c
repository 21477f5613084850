/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdlib.h>

/* Runs a fuzz target over stored samples, as an ordinary test for builds without an engine. Besides
 * each sample, its cut and flipped variants are tried, always the same ones. */

#define N_VARIANTS 64

static void
run (const guint8 *data, gsize size)
{
  /* A copy of exactly this size, so that a sanitizer sees a step past its end. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
run_variants (const char *data, gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  run ((const guint8 *) data, size);
  for (guint i = 0; i < N_VARIANTS && size > 0; i++)
    {
      g_autofree char *copy = g_memdup2 (data, size);
      gsize            at = (gsize) g_rand_int_range (random, 0, (gint32) MIN (size, G_MAXINT32));

      copy[at] ^= (char) (1 << g_rand_int_range (random, 0, 8));
      run ((const guint8 *) copy, size);
      run ((const guint8 *) data, at);
    }
}

static void
test_samples (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint       n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_test_message ("%s", name);
      run_variants (content, length);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    {
      g_printerr ("The folder of the samples is missing.\n");
      return EXIT_FAILURE;
    }
  g_test_add_data_func ("/fuzz/samples", argv[1], test_samples);
  return g_test_run ();
}
