/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>
#include <cc/model/cc-pack.h>

#include <glib/gstdio.h>
#include <string.h>

/* One planted fault: a line of a file is replaced, and loading must name the place. */
typedef struct
{
  const char *file;
  const char *line_prefix; /* the first line that begins so */
  const char *replacement; /* NULL removes the line */
  const char *message;     /* must stand in the error */
} Fault;

static const Fault faults[] = {
  { "codes.csv", "SEX,M,", "SEX,F,,20,B,S11,no,", "codes.csv, line 3: the code “F” stands twice" },
  { "codes.csv", "EXPL,SEX_PORN,", "EXPL,SEX_PORN,NOPE,30,B,,no,", "“NOPE” is no code" },
  { "variables.csv", "VI03,", "VI03,nobody,sex,code,1,SEX,,column,1,B,,no,x", "“nobody”" },
  { "variables.csv", "VI03,", "VI03,victim,sex,colour,1,SEX,,column,1,B,,no,x", "“colour”" },
  { "variables.csv", "VI03,", "VI03,victim,sex,code,1,GENRE,,column,1,B,,no,x", "“GENRE”" },
  { "rollups.csv", "unodc,EXPL,BEG,", NULL, "“BEG” of the list “EXPL” has neither" },
  { "rollups.csv", "unodc,EXPL,BEG,", "unodc,EXPL,BEG,nowhere", "“nowhere” is no target" },
  { "contract.csv", "victim,sex,",
    "victim,sex,code,no,no,victim,,VI99,SEX,handle,value,first-known,", "“VI99” is no variable" },
  { "contract.csv", "victim,sex,", "victim,sex,code,no,no,victim,,,SEX,handle,,first-known,",
    "has no source" },
  { "labels.csv", "unit,victim,", NULL, "no label of “unit.victim”" },
  { "codes-ever.csv", "SEX,F,", "SEX,OLD,1", "“OLD” of the list “SEX” was shipped once" },
  { "codes-ever.csv", "SEX,F,", NULL, "“F” of the list “SEX” is shipped but not noted" },
  { "synonyms_values.csv", "SEX,F,en,", "SEX,Q,en,female", "“Q” is no code" },
  { "synonyms_headers.csv", "victim,sex,en,", "victim,shoe_size,en,shoe", "“shoe_size”" },
  { "skips.csv", "VS06,", "VS06,VS01,MAYBE,C,", "“MAYBE” is no code of the list “VSTAT”" },
  { "skips.csv", "VS06,", "VS06,VI03,F,C,", "“VS06” and “VI03” belong to different units" },
  { "skips.csv", "VS06,", "VS06,VS02,F,C,", "“VS02” takes no codes" },
  { "skips.csv", "VS06,", "VS06,VS04,POL,C,", "“VS04” is never asked" },
  { "skips.csv", "VS06,", "VS99,VS01,FLAG,C,", "skips.csv, line 7: “VS99” is no variable" },
  { "skips.csv", "VS06,", "VS06,VS01,,C,", "no code is named" },
  { "skips.csv", "PE04,", "PE03,PE04,F,C,\nPE04,PE03,NATURAL,D,", "“PE03” depends on itself" },
  { "definitions.csv", "EV03,", "EV99,a,ours,b,ours", "“EV99” is no variable" },
  { "definitions.csv", "EV03,", "EV02,a,ours,b,ours", "“EV02” stands twice" },
  { "definitions.csv", "EV03,", "EV03,a,ours,b,mine", "has no status in ar" },
  { "forms.csv", "EV03,", "EV03,later,x", "“later” is no part of a form" },
  { "forms.csv", "EV03,", "EV99,more,x", "“EV99” is no variable" },
  { "forms.csv", "VI02,", "EV03,more,x", "“EV03” stands twice" },
  { "units.csv", "VE,", "VE,victim_event,link,victim;nothing,D,no", "“nothing”" },
};

static char *
copy_pack (void)
{
  g_autofree char *source = cc_data_dir_build ("classification", "ic-tip-2025-recon", NULL);
  char            *copy = g_dir_make_tmp ("cc-pack-XXXXXX", NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    {
      g_autofree char *from = g_build_filename (source, name, NULL);
      g_autofree char *to = g_build_filename (copy, name, NULL);
      g_autofree char *contents = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
      g_assert_true (g_file_set_contents (to, contents, length, NULL));
    }
  return copy;
}

static void
remove_pack (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
plant (const char *directory, const Fault *fault)
{
  g_autofree char *path = g_build_filename (directory, fault->file, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  GString *damaged = g_string_new (NULL);
  gboolean planted = FALSE;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      gboolean here = !planted && g_str_has_prefix (lines[i], fault->line_prefix);

      planted = planted || here;
      if (here && !fault->replacement)
        continue;
      g_string_append (damaged, here ? fault->replacement : lines[i]);
      if (lines[i + 1])
        g_string_append_c (damaged, '\n');
    }
  g_assert_true (planted);
  g_assert_true (g_file_set_contents (path, damaged->str, damaged->len, NULL));
  g_string_free (damaged, TRUE);
}

static void
test_fault (gconstpointer data)
{
  const Fault     *fault = data;
  g_autofree char *directory = copy_pack ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = NULL;

  plant (directory, fault);
  pack = cc_pack_load (directory, &error);
  g_assert_null (pack);
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  if (!strstr (error->message, fault->message) || !strstr (error->message, fault->file))
    g_error ("“%s” does not say “%s” of %s", error->message, fault->message, fault->file);
  remove_pack (directory);
}

static void
test_undamaged_copy_loads (void)
{
  g_autofree char *directory = copy_pack ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load (directory, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pack);
  remove_pack (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pack-errors/undamaged", test_undamaged_copy_loads);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/pack-errors/%02u-%s", i, faults[i].file);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  return g_test_run ();
}
